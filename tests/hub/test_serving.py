"""The hub on a real socket: TLS, plain HTTP on loopback alone, and an end without a traceback."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue

import httpx
import pytest

from send_desk.domain.errors import Cannot, WrongUse
from send_desk.hub import serving
from send_desk.hub.certificates import make_certificates
from send_desk.hub.serving import Listening, Service, listening
from send_desk.wire import messages
from send_desk.wire.frames import from_bytes

from .office import Office

HEAD = {"content-type": messages.MEDIA}
PLAIN = Listening(host="127.0.0.1", port=0)


@pytest.fixture
def hub() -> Iterator[Office]:
    made = Office()
    yield made
    made.client.close()


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificates")
    make_certificates(folder, now=datetime.now(UTC))
    return folder


@contextmanager
def running(office: Office, where: Listening) -> Iterator[str]:
    told: Queue[str] = Queue()
    service = Service(office.app, where, announce=told.put)
    thread = threading.Thread(target=service.run)
    thread.start()
    try:
        yield told.get(timeout=30)
    finally:
        service.stop()
        thread.join(timeout=30)
        assert not thread.is_alive()


@pytest.mark.parametrize("where", ["0.0.0.0:0", "192.0.2.7:8443", "[::]:0", "hub.example:80"])
def test_plain_http_is_refused_anywhere_but_on_loopback(where: str) -> None:
    with pytest.raises(WrongUse, match="listens only on loopback"):
        listening(where, cert=None, key=None, plain_loopback=True)


@pytest.mark.parametrize("where", ["127.0.0.1:0", "[::1]:8080", "localhost:1"])
def test_plain_http_is_there_for_this_machine(where: str) -> None:
    assert listening(where, cert=None, key=None, plain_loopback=True).cert is None


@pytest.mark.parametrize("where", ["127.0.0.1", ":80", "h:x", "h:70000", ""])
def test_where_to_listen_is_host_and_port(where: str) -> None:
    with pytest.raises(WrongUse, match="HOST:PORT"):
        listening(where, cert=None, key=None, plain_loopback=True)


def test_without_a_certificate_nothing_listens_to_the_network() -> None:
    with pytest.raises(WrongUse, match="--cert"):
        listening("127.0.0.1:0", cert=None, key=None, plain_loopback=False)


def test_hello_over_a_real_socket_with_no_header_too_many(hub: Office) -> None:
    with running(hub, PLAIN) as url:
        assert url.startswith("http://127.0.0.1:")
        answer = httpx.post(f"{url}/v1/hello", headers=HEAD)
    assert from_bytes(answer.content, messages.HelloAnswer).wire == 1
    assert set(answer.headers) == {"content-type", "content-length"}


def test_a_large_push_without_a_token_is_told_so_and_the_connection_goes_on(hub: Office) -> None:
    with running(hub, PLAIN) as url, httpx.Client(base_url=url) as client:
        for _ in range(3):
            answer = client.post("/v1/push", content=bytes(7 * 1024 * 1024), headers=HEAD)
            assert from_bytes(answer.content, messages.Trouble).code == "sign-in"
        assert client.post("/v1/hello", headers=HEAD).status_code == 200


@pytest.mark.parametrize("begun", [b"", b"POST /v1/hello HTTP/1.1\r\nHost: h"])
def test_a_head_that_never_comes_ends_the_connection(
    hub: Office, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(serving, "_HEAD_SECONDS", 0.05)
    with running(hub, PLAIN) as url:
        port = int(url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=30) as slow:
            slow.sendall(begun)
            assert slow.recv(1) == b""


def test_a_second_head_that_never_comes_ends_the_connection_too(hub: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_HEAD_SECONDS", 0.05)
    whole = b"POST /v1/hello HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-send-desk\r\nContent-Length: 0\r\n\r\n"
    with running(hub, PLAIN) as url:
        port = int(url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=30) as slow:
            slow.sendall(whole)
            assert slow.recv(9) == b"HTTP/1.1 "
            slow.sendall(b"POST /v1/he")
            while slow.recv(4096):
                pass


def test_tls_is_spoken_with_a_certificate_of_our_own(hub: Office, certificates: Path) -> None:
    where = Listening(host="127.0.0.1", port=0, cert=certificates / "hub.pem", key=certificates / "hub-key.pem")
    trusted = ssl.create_default_context(cafile=str(certificates / "ca.pem"))
    with running(hub, where) as url:
        assert url.startswith("https://127.0.0.1:")
        with httpx.Client(verify=trusted) as client:
            assert client.post(f"{url}/v1/hello", headers=HEAD).status_code == 200
        with httpx.Client() as stranger, pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            stranger.post(f"{url}/v1/hello", headers=HEAD)
        with pytest.raises(httpx.TransportError):
            httpx.post(f"{url.replace('https', 'http')}/v1/hello", headers=HEAD)


def test_a_laptop_at_rest_does_not_hold_up_the_end(
    hub: Office, certificates: Path, caplog: pytest.LogCaptureFixture
) -> None:
    where = Listening(host="127.0.0.1", port=0, cert=certificates / "hub.pem", key=certificates / "hub-key.pem")
    trusted = ssl.create_default_context(cafile=str(certificates / "ca.pem"))
    with httpx.Client(verify=trusted) as client:
        with running(hub, where) as url:
            assert client.post(f"{url}/v1/hello", headers=HEAD).status_code == 200
        assert [record.getMessage() for record in caplog.records if "graceful" in record.getMessage()] == []


def test_old_tls_is_not_spoken(hub: Office, certificates: Path) -> None:
    where = Listening(host="127.0.0.1", port=0, cert=certificates / "hub.pem", key=certificates / "hub-key.pem")
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname = False
    old.verify_mode = ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning):
        old.minimum_version = ssl.TLSVersion.TLSv1
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    with running(hub, where) as url:
        port = int(url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as plain, pytest.raises((ssl.SSLError, ConnectionError)):
            old.wrap_socket(plain)


def test_a_port_in_use_is_told_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        where = Listening(host="127.0.0.1", port=taken.getsockname()[1])
        with pytest.raises(Cannot, match="cannot listen"):
            Service(lambda *_: None, where, announce=print)  # type: ignore[arg-type]  # never gets so far


def test_a_certificate_that_is_none_is_told_in_words(tmp_path: Path) -> None:
    none = tmp_path / "none.pem"
    none.write_text("nothing")
    for path, error in ((none, WrongUse), (tmp_path / "away.pem", Cannot)):
        with pytest.raises(error):
            Service(Office().app, Listening(host="127.0.0.1", port=0, cert=path, key=path), announce=print)
