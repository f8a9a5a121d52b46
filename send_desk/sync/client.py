"""The hub behind `services.office.Office` and `Door`: messages to bytes and back, tokens, leases and orders."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, BinaryIO, Protocol, TypeVar, cast

from send_desk.domain.errors import Cannot
from send_desk.services.office import Admitted, Enrolment, Offline, Traffic
from send_desk.wire import frames, messages, refusals
from send_desk.wire.columns import Crooked, from_columns
from send_desk.wire.messages import (
    BlobChunk,
    BlobGet,
    BlobHave,
    BlobHaveAnswer,
    BlobPut,
    Check,
    CheckAnswer,
    Enrol,
    HelloAnswer,
    Looked,
    LookedAnswer,
    Pull,
    PullAnswer,
    Push,
    PushAnswer,
    Session,
    SnapshotHead,
    SnapshotWish,
    TokenWish,
    Trouble,
)
from send_desk.wire.packed import Packed

from . import device, words
from .line import Line, Reply

T = TypeVar("T")


class Clock(Protocol):
    """The time, given in from outside."""

    def now(self) -> datetime:
        """Return the moment, aware, in UTC."""
        ...


class HttpOffice:
    """Answers `Office` for one enrolled laptop over one line; `close` may be called from another thread."""

    def __init__(self, line: Line, enrolment: Enrolment, clock: Clock) -> None:
        """Speak for this laptop; nothing is sent yet."""
        self._line = line
        self._enrolment = enrolment
        self._clock = clock
        self._token = ""
        self._hello: HelloAnswer | None = None
        self._ahead = timedelta(0)
        self._lease: datetime | None = None
        self._orders = ""

    @property
    def traffic(self) -> Traffic:
        """What has gone over the wire since this was made."""
        return self._line.traffic

    @property
    def lease_until(self) -> datetime | None:
        """Until when the desk may be unlocked offline, by the hub's clock; None before the first answer."""
        return self._lease

    @property
    def orders(self) -> str:
        """What the last answer told the desk to do."""
        return self._orders

    def __enter__(self) -> "HttpOffice":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End what is under way with `Offline`."""
        self._line.close()

    def hello(self) -> HelloAnswer:
        """Return who answers; asked once."""
        if self._hello is None:
            answer = _greeted(self._line)
            self._ahead = self._clock.now() - datetime.fromisoformat(answer.time)
            self._hello = answer
        return self._hello

    def push(self, wish: Push, /) -> PushAnswer:
        """Send revisions."""
        return self._call("push", wish, PushAnswer)

    def pull(self, wish: Pull, /) -> PullAnswer:
        """Ask for what came after a cursor."""
        return self._call("pull", wish, PullAnswer)

    def check(self, wish: Check, /) -> CheckAnswer:
        """Ask for the marks of granted cases."""
        return self._call("check", wish, CheckAnswer)

    def blob_have(self, wish: BlobHave, /) -> BlobHaveAnswer:
        """Ask what the office holds of attachments."""
        return self._call("blob_have", wish, BlobHaveAnswer)

    def blob_put(self, wish: BlobPut, /) -> BlobHaveAnswer:
        """Send a chunk of an attachment."""
        return self._call("blob_put", wish, BlobHaveAnswer)

    def blob_get(self, wish: BlobGet, /) -> BlobChunk:
        """Ask for a chunk of an attachment."""
        return self._call("blob_get", wish, BlobChunk)

    def looked(self, case: str, /) -> LookedAnswer:
        """Ask who looked at a file."""
        return self._call("looked", Looked(case=case), LookedAnswer)

    @contextmanager
    def snapshot(self, cases: Sequence[str], /) -> Iterator[tuple[SnapshotHead, Iterator[list[Packed]]]]:
        """Open the whole history of these cases, or of all granted ones, in batches."""
        body = frames.to_bytes(SnapshotWish(cases=tuple(cases)))
        for again in (False, True):
            with self._line.stream("snapshot", body, token=self._fresh_token()) as (reply, pieces):
                self._note(reply)
                if reply.status == 200:
                    plain = frames.from_frames(cast("BinaryIO", pieces))
                    with cuts_in_words():
                        head = frames.decode(next(plain, b""), SnapshotHead)
                    yield head, _batches(plain)
                    return
            if again or not self._signs_in_anew(reply):
                raise words.of_refusal(reply.status, trouble_of(reply))

    def _call(self, name: str, wish: object, kind: type[T]) -> T:
        body = frames.to_bytes(wish)
        reply = self._line.post(name, body, token=self._fresh_token())
        self._note(reply)
        if self._signs_in_anew(reply):
            reply = self._line.post(name, body, token=self._fresh_token())
            self._note(reply)
        return read(reply, kind)

    def _signs_in_anew(self, reply: Reply) -> bool:
        """Tell whether the token had only ended; a new one is asked for by the next call."""
        if reply.status != 401:
            return False
        trouble = trouble_of(reply)
        self._token = ""
        return trouble is not None and trouble.code == refusals.SIGN_IN

    def _fresh_token(self) -> str:
        if not self._token:
            self.hello()
            now = self._clock.now() - self._ahead
            reply = _admitted(self._line, self._enrolment, now)
            self._note(reply)
            session = read(reply, Session)
            self._token = session.token
            self._lease = _moment(session.lease_until) or self._lease
        return self._token

    def _note(self, reply: Reply) -> None:
        self._token = reply.headers.get(messages.TOKEN) or self._token
        self._lease = _moment(reply.headers.get(messages.LEASE, "")) or self._lease
        self._orders = reply.headers.get(messages.ORDERS, "")


class HttpDoor:
    """Answers `Door`: makes a laptop's key, enrols it, signs it in again."""

    def __init__(self, reach: Callable[[str, bytes], Line]) -> None:
        """Work over lines that `reach(hub, ca)` makes."""
        self._reach = reach

    def new_key(self) -> tuple[bytes, bytes]:
        """Return a new device key: its private and its public half."""
        return device.new_key()

    def enrol(self, hub: str, wish: Enrol, /, *, ca: bytes = b"") -> Admitted:
        """Present name, password and public key once."""
        line = self._reach(hub, ca)
        try:
            hello = _greeted(line)
            return Admitted(read(line.post("enrol", frames.to_bytes(wish)), Session), hello.time)
        finally:
            line.close()

    def sign_in(self, enrolment: Enrolment, /, *, user: str, password: str) -> Admitted:
        """Renew a lease by name and password."""
        line = self._reach(enrolment.hub, enrolment.ca)
        try:
            hello = _greeted(line)
            theirs = datetime.fromisoformat(hello.time)
            reply = _admitted(line, enrolment, theirs, user=user, password=password)
            return Admitted(read(reply, Session), hello.time)
        finally:
            line.close()


@contextmanager
def cuts_in_words() -> Iterator[None]:
    """Say in words that an answer ended before its end, or is none of ours."""
    try:
        yield
    except (frames.Unreadable, Crooked) as error:
        raise Offline(words.CUT) from error
    except frames.TooLarge as error:
        raise Cannot(words.STRANGER) from error


def read(reply: Reply, kind: type[T]) -> T:
    """Return what an answer says; its trouble in words where it is a refusal."""
    if reply.status != 200:
        raise words.of_refusal(reply.status, trouble_of(reply))
    if not reply.headers.get("content-type", "").startswith(messages.MEDIA):
        raise Offline(words.STRANGER)
    with cuts_in_words():
        return frames.from_bytes(reply.body, kind)


def trouble_of(reply: Reply) -> Trouble | None:
    """Return why a call was refused; None where no hub says so."""
    if not reply.headers.get("content-type", "").startswith(messages.MEDIA):
        return None
    try:
        return frames.from_bytes(reply.body, Trouble, most=64 * 1024)
    except (frames.Unreadable, frames.TooLarge):
        return None


def _admitted(line: Line, enrolment: Enrolment, now: datetime, *, user: str = "", password: str = "") -> Reply:
    """Ask for a token; `now` is by the hub's clock.

    An assertion is good once: where the line was cut after it arrived, the same one is refused, so another is made.
    """
    for again in (False, True):
        told = device.assertion(enrolment.private_key, enrolment.device, now)
        wish = TokenWish(assertion=told, user=user, password=password)
        reply = line.post("token", frames.to_bytes(wish))
        trouble = trouble_of(reply) if reply.status == 401 else None
        if again or trouble is None or trouble.code != refusals.SIGN_IN:
            break
    return reply


def _greeted(line: Line) -> HelloAnswer:
    answer = read(line.post("hello", frames.to_bytes({})), HelloAnswer)
    if answer.wire < messages.VERSION:
        raise Cannot(words.OLDER_HUB)
    if _moment(answer.time) is None:
        raise Offline(words.STRANGER)
    return answer


def _batches(plain: Iterator[bytes]) -> Iterator[list[Packed]]:
    while True:
        with cuts_in_words():
            message = next(plain, None)
            if message is None:
                return
            batch = from_columns(frames.decode(message, dict[str, Any]))
        yield batch


def _moment(told: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(told) if told else None
    except ValueError:
        return None
    return moment if moment is None or moment.tzinfo is not None else None
