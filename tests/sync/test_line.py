"""The line to the hub when things go wrong: each trouble is told in its own words, within its own bounds."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue
from typing import Any

import httpx
import pytest

from send_desk.domain.errors import Cannot, Refused, WrongUse
from send_desk.hub.certificates import make_certificates
from send_desk.hub.serving import Listening, Service
from send_desk.services.enrolling import hub_address
from send_desk.services.office import Barred, Busy, Enrolment, NotTaken, Offline, SignInNeeded
from send_desk.sync import words
from send_desk.sync.backoff import pause
from send_desk.sync.client import HttpDoor, read
from send_desk.sync.device import new_key
from send_desk.sync.line import Line
from send_desk.wire import messages, refusals
from send_desk.wire.frames import to_bytes
from send_desk.wire.messages import HelloAnswer, Trouble
from tests.hub.office import Office

_HEAD = b"HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n"


def answer(body: bytes, *, status: int = 200, kind: str = messages.MEDIA, more: str = "") -> bytes:
    return _HEAD % (status, b"Reason", kind.encode(), len(body), more.encode()) + body


def hello(**facts: Any) -> bytes:
    told = {"hub": "h", "wire": 1, "time": "2026-03-03T09:00:00+00:00", **facts}
    return to_bytes(HelloAnswer(**told))


@contextmanager
def server(answers: Sequence[bytes], *, cut: bool = False, seen: list[bytes] | None = None) -> Iterator[str]:
    """A server that reads a call and says the next of these bytes; with `cut` it hangs up after each."""
    listener = socket.create_server(("127.0.0.1", 0))
    left = list(answers)

    def serve() -> None:
        while left:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            with peer:
                while left and (call := whole_call(peer)):
                    if seen is not None:
                        seen.append(call)
                    peer.sendall(left.pop(0))
                    if cut:
                        break

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()


def whole_call(peer: socket.socket) -> bytes:
    call = b""
    while b"\r\n\r\n" not in call or len(call) < wanted(call):
        piece = peer.recv(65536)
        if not piece:
            return b""
        call += piece
    return call


def wanted(call: bytes) -> int:
    head, _, _ = call.partition(b"\r\n\r\n")
    length = next(one for one in head.split(b"\r\n") if one.lower().startswith(b"content-length:"))
    return len(head) + 4 + int(length.split(b":")[1])


@contextmanager
def line(hub: str, **facts: Any) -> Iterator[Line]:
    made = Line(hub, jitter=lambda: 0.0, first_pause=0.001, **facts)
    try:
        yield made
    finally:
        made.close()


def test_what_went_over_the_wire_is_counted_to_the_byte() -> None:
    seen: list[bytes] = []
    said = answer(hello())
    with server([said, said], seen=seen) as hub, line(hub) as one:
        one.post("hello", b"body")
        one.post("pull", b"more", token="secret")
        assert one.traffic.turns == 2
        assert one.traffic.bytes_up == sum(map(len, seen))
        assert one.traffic.bytes_down == 2 * len(said)
    names = [head.split(b":")[0].lower() for head in seen[1].split(b"\r\n\r\n")[0].split(b"\r\n")[1:]]
    assert sorted(names) == [b"authorization", b"content-length", b"content-type", b"host"]


def test_nobody_there_is_told_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with line(f"http://127.0.0.1:{port}") as one, pytest.raises(Offline, match="does not answer at its address"):
        one.post("hello", b"")


def test_a_name_that_is_not_found_is_told() -> None:
    with line("https://hub.invalid") as one, pytest.raises(Offline, match="address was not found"):
        one.post("hello", b"")


def test_connected_but_nothing_moves() -> None:
    with server([b""]) as hub, line(hub, still_for=0.05) as one, pytest.raises(Offline, match="nothing has moved"):
        one.post("hello", b"")


def test_a_line_that_is_cut_is_tried_again_and_then_told() -> None:
    seen: list[bytes] = []
    said = answer(hello())
    with server([said[:40], said], cut=True, seen=seen) as hub, line(hub) as one:
        assert read(one.post("hello", b""), HelloAnswer).hub == "h"
        assert len(seen) == 2
    with server([said[:-3]] * 3, cut=True) as hub, line(hub) as one, pytest.raises(Offline, match="was cut"):
        one.post("hello", b"")


def test_a_busy_hub_is_asked_again_a_few_times() -> None:
    seen: list[bytes] = []
    busy = answer(to_bytes(Trouble(refusals.BUSY)), status=503, more="Retry-After: 1\r\n")
    with server([busy, answer(hello())], seen=seen) as hub, line(hub) as one:
        assert one.post("hello", b"").status == 200
    with server([busy] * 3, seen=seen) as hub, line(hub) as one, pytest.raises(Busy, match="busy"):
        read(one.post("hello", b""), HelloAnswer)
    assert len(seen) == 5


def test_a_hub_that_wants_minutes_is_not_waited_for() -> None:
    later = answer(to_bytes(Trouble(refusals.BUSY)), status=503, more="Retry-After: 600\r\n")
    with server([later]) as hub, line(hub) as one, pytest.raises(Busy):
        read(one.post("hello", b""), HelloAnswer)


def test_the_sign_in_page_of_a_network_is_not_taken_for_the_office() -> None:
    page = answer(b"<html>Welcome</html>", kind="text/html")
    elsewhere = answer(b"", status=302, kind="text/html", more="Location: http://hotel.example/\r\n")
    for said in (page, elsewhere):
        with server([said]) as hub, line(hub) as one, pytest.raises(Offline, match="instead of it"):
            read(one.post("hello", b""), HelloAnswer)


def test_an_older_hub_is_told() -> None:
    with (
        server([answer(hello(wire=0))]) as hub,
        line(hub) as one,
        pytest.raises(Cannot, match="older than"),
    ):
        HttpDoor(lambda *_: one).sign_in(_enrolment(hub), user="Jo", password="p")


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        (refusals.SIGN_IN, 401, SignInNeeded),
        (refusals.LAPSED, 401, SignInNeeded),
        (refusals.WRONG_PASSWORD, 401, SignInNeeded),
        (refusals.LOCKED_OUT, 429, SignInNeeded),
        (refusals.BARRED, 403, Barred),
        (refusals.NOT_MEMBER, 403, NotTaken),
        (refusals.TOO_LARGE, 413, NotTaken),
        (refusals.BAD_CALL, 400, NotTaken),
        (refusals.NEWER, 404, Cannot),
        ("fault", 500, Busy),
    ],
)
def test_every_refusal_has_its_kind_and_its_words(code: str, status: int, kind: type[Cannot]) -> None:
    with server([answer(to_bytes(Trouble(code)), status=status)]) as hub, line(hub) as one, pytest.raises(kind) as told:
        read(one.post("push", b""), HelloAnswer)
    assert str(told.value).endswith(".")


def test_a_proxy_that_wants_a_password_is_told() -> None:
    error = httpx.ProxyError("407 Proxy Authentication Required")
    assert "proxy of this network wants" in str(words.of_network(error))
    assert "does not let this laptop through" in str(words.of_network(httpx.ProxyError("502 Bad Gateway")))


def test_no_network_is_told() -> None:
    error = httpx.ConnectError("[Errno 101]")
    error.__cause__ = OSError(101, "Network is unreachable")
    assert "no network just now" in str(words.of_network(error))


def test_plain_http_goes_nowhere_but_to_this_machine() -> None:
    with pytest.raises(Offline, match="https"):
        Line("http://hub.example", jitter=lambda: 0.0)


def test_a_call_under_way_is_cut_off_from_another_thread() -> None:
    told: Queue[str] = Queue()
    with server([b"", b""]) as hub:
        one = Line(hub, jitter=lambda: 0.0, still_for=30.0)
        begun = threading.Event()

        def call() -> None:
            begun.set()
            try:
                one.post("pull", b"")
            except Offline as error:
                told.put(str(error))

        thread = threading.Thread(target=call)
        thread.start()
        begun.wait(10)
        one.close()
        thread.join(timeout=10)
        assert told.get(timeout=1).startswith("The sync was stopped.")
        with pytest.raises(Offline, match="stopped"):
            one.post("pull", b"")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificates")
    make_certificates(folder, now=datetime.now(UTC))
    return folder


@pytest.fixture
def tls(certificates: Path) -> Iterator[str]:
    office = Office()
    told: Queue[str] = Queue()
    where = Listening(host="127.0.0.1", port=0, cert=certificates / "hub.pem", key=certificates / "hub-key.pem")
    service = Service(office.app, where, announce=told.put)
    thread = threading.Thread(target=service.run)
    thread.start()
    try:
        yield told.get(timeout=30)
    finally:
        service.stop()
        thread.join(timeout=30)
        office.client.close()


def test_a_certificate_of_nobody_known_is_not_trusted(tls: str) -> None:
    with line(tls) as one, pytest.raises(Offline, match="certificate is not trusted"):
        one.post("hello", b"")


def test_a_private_authority_is_trusted_where_it_is_named(tls: str, certificates: Path) -> None:
    with line(tls, ca=(certificates / "ca.pem").read_bytes()) as one:
        assert read(one.post("hello", to_bytes({})), HelloAnswer).wire == messages.VERSION


def test_pauses_grow_up_to_a_bound_and_never_all_at_once() -> None:
    whole = [pause(attempt, 1.0) for attempt in range(60)]
    assert whole[:4] == [0.5, 1.0, 2.0, 4.0]
    assert max(whole) == 900.0
    assert all(pause(attempt, 0.0) == pause(attempt, 1.0) / 2 for attempt in range(60))


def _enrolment(hub: str) -> Enrolment:
    private, public = new_key()
    return Enrolment(hub=hub, device="d", private_key=private, public_key=public)


def test_an_answer_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("send_desk.sync.line._LARGEST_ANSWER", 100_000)
    with server([answer(b"x" * 100_001)]) as url:
        line = Line(url, jitter=lambda: 0.0)
        try:
            with pytest.raises(Offline, match="Something between"):
                line.post("hello", b"")
        finally:
            line.close()


@pytest.mark.parametrize(
    "hub",
    [
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://localhost@evil.example",
        "http://user:word@127.0.0.1:1@evil.example",
        "http://[::1].evil.example",
        "http://evil.example#@localhost",
        "http://evil.example?@localhost",
        "http://2130706433",
        "http://localhost%2eevil.example",
        "http:/localhost",
        "//localhost",
        "ftp://localhost",
        "https://jo:word@hub.example",
        "http://localhost:80:81",
        "http://0.0.0.0",
    ],
)
def test_no_spelling_of_an_address_leads_past_https(hub: str) -> None:
    with pytest.raises((Refused, WrongUse)):
        hub_address(hub)


def test_an_answer_that_points_elsewhere_is_not_followed() -> None:
    seen: list[bytes] = []
    with (
        server([answer(b"", more="")], seen=seen) as other,
        server([answer(b"", status=307, more=f"Location: {other}/v1/hello\r\n")]) as url,
    ):
        line = Line(url, jitter=lambda: 0.0)
        try:
            assert line.post("hello", b"").status == 307
        finally:
            line.close()
    assert seen == []
