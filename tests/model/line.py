"""The line between a desk and the hub: real bytes both ways, and what may happen to them on the way.

`Line` answers `services.office.Office`. Every call is encoded as it would be for HTTPS and answered by the real
`hub.feed`; a `Mishap` says at which call from now on what goes wrong.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from send_desk.domain.errors import Cannot
from send_desk.hub.auth import Verified
from send_desk.hub.central import Caller, Central, Denied
from send_desk.hub.feed import Feed
from send_desk.hub.troubles import CallRefused
from send_desk.services import office
from send_desk.services.office import Traffic
from send_desk.wire import frames, refusals
from send_desk.wire.columns import from_columns
from send_desk.wire.messages import (
    BlobChunk,
    BlobGet,
    BlobHave,
    BlobHaveAnswer,
    BlobPut,
    Check,
    CheckAnswer,
    HelloAnswer,
    Limits,
    Looked,
    LookedAnswer,
    Pull,
    PullAnswer,
    Push,
    PushAnswer,
    SnapshotHead,
    SnapshotWish,
)
from send_desk.wire.packed import Packed

T = TypeVar("T")


class Died(BaseException):
    """The desk's process ends here and now."""


class Harm(StrEnum):
    """What happens to one call."""

    REQUEST_LOST = "the request is lost"
    ANSWER_LOST = "the answer is lost"
    DIED_BEFORE = "the desk dies before it asks"
    DIED_AFTER = "the desk dies before it keeps the answer"
    CUT = "the answer is cut in its middle"
    BUSY = "the hub is busy"
    REPEATED = "the request arrives twice"
    MEANWHILE = "somebody else syncs first"


@dataclass(slots=True)
class Mishap:
    """What happens at the call of this number, counted from 0."""

    harm: Harm
    at_call: int
    meanwhile: Callable[[], object] | None = None


class Clock(Protocol):
    """A clock of the hub."""

    def now(self) -> datetime:
        """Return the moment, aware."""
        ...


class Exchange:
    """The hub behind all lines: the real feed over a central, with small pages so that they matter."""

    def __init__(self, central: Central, clock: Clock, *, page: int = 3, piece: int = 0) -> None:
        self.central = central
        self.limits = Limits(page=page)
        self.clock = clock
        self.feed = Feed(central, clock, self.limits)
        self.piece = piece

    def verified(self, device: str) -> Verified:
        """Return the caller of a laptop, as a good token would."""
        found = self.central.device(device)
        if found is None:
            raise CallRefused(refusals.SIGN_IN)
        enrolled, account = found
        caller = Caller(account.authority, account.id, enrolled.id, account.role, account.name)
        lease = enrolled.lease_until or self.clock.now()
        return Verified(caller, account.authors, lease, enrolled.barred)


class Line:
    """One laptop's way to the hub."""

    def __init__(self, exchange: Exchange, device: str) -> None:
        self._exchange = exchange
        self._device = device
        self._calls = 0
        self._up = 0
        self._down = 0
        self.mishap: Mishap | None = None
        self.names: list[str] = []

    @property
    def traffic(self) -> Traffic:
        """What has gone over the line."""
        return Traffic(self._calls, self._up, self._down)

    @property
    def lease_until(self) -> datetime | None:
        """Until when the lease runs."""
        return self._exchange.verified(self._device).lease_until

    @property
    def orders(self) -> str:
        """What the desk must do: nothing."""
        return ""

    def begin(self, mishap: Mishap | None) -> None:
        """Count calls from now on, with this mishap before them."""
        self._calls = 0
        self.names = []
        self.mishap = mishap

    def hello(self) -> HelloAnswer:
        """Say who answers; remembered, so it is no turn."""
        now = self._exchange.clock.now().isoformat()
        return HelloAnswer(hub="model", wire=1, time=now, limits=self._exchange.limits)

    def push(self, wish: Push, /) -> PushAnswer:
        """Send revisions."""
        return self._ask("push", wish, PushAnswer, lambda who, body: self._exchange.feed.push(who, frames.unfold(body)))

    def pull(self, wish: Pull, /) -> PullAnswer:
        """Fetch a page."""
        return self._plain("pull", wish, Pull, PullAnswer, self._exchange.feed.pull)

    def check(self, wish: Check, /) -> CheckAnswer:
        """Ask for marks."""
        return self._plain("check", wish, Check, CheckAnswer, self._exchange.feed.check)

    def blob_have(self, wish: BlobHave, /) -> BlobHaveAnswer:
        """Ask what is held."""
        return self._plain("blob_have", wish, BlobHave, BlobHaveAnswer, self._exchange.feed.blob_have)

    def blob_put(self, wish: BlobPut, /) -> BlobHaveAnswer:
        """Send a chunk."""
        return self._plain("blob_put", wish, BlobPut, BlobHaveAnswer, self._exchange.feed.blob_put)

    def blob_get(self, wish: BlobGet, /) -> BlobChunk:
        """Fetch a chunk."""
        return self._plain("blob_get", wish, BlobGet, BlobChunk, self._exchange.feed.blob_get)

    def looked(self, case: str, /) -> LookedAnswer:
        """Ask who looked."""
        return self._plain("looked", Looked(case=case), Looked, LookedAnswer, self._exchange.feed.looked)

    @contextmanager
    def snapshot(self, cases: Sequence[str], /) -> Iterator[tuple[SnapshotHead, Iterator[list[Packed]]]]:
        """Open a snapshot; a cut lets its beginning through."""
        wish = SnapshotWish(cases=tuple(cases))
        whole = self._carried("snapshot", wish, lambda who, body: b"".join(self._told(who, body)))
        try:
            messages = frames.from_frames(io.BytesIO(whole))
            head = frames.decode(next(messages), SnapshotHead)
            yield head, self._batches(messages)
        except (frames.Unreadable, StopIteration) as fault:
            raise office.Offline("The line was cut.") from fault

    def _told(self, who: Verified, body: bytes) -> Iterator[bytes]:
        yield from self._exchange.feed.snapshot(who, frames.from_bytes(body, SnapshotWish))

    @staticmethod
    def _batches(messages: Iterator[bytes]) -> Iterator[list[Packed]]:
        for plain in messages:
            yield from_columns(frames.decode(plain, dict[str, Any]))

    def _plain(
        self, name: str, wish: object, asked: type[Any], answered: type[T], answer: Callable[[Verified, Any], T]
    ) -> T:
        return self._ask(name, wish, answered, lambda who, body: answer(who, frames.from_bytes(body, asked)))

    def _ask(self, name: str, wish: object, answered: type[T], answer: Callable[[Verified, bytes], T]) -> T:
        body = self._carried(name, wish, lambda who, sent: frames.to_bytes(answer(who, sent)))
        try:
            return frames.from_bytes(body, answered)
        except frames.Unreadable as fault:
            raise office.Offline("The line was cut.") from fault

    def _carried(self, name: str, wish: object, answer: Callable[[Verified, bytes], bytes]) -> bytes:
        number, self._calls = self._calls, self._calls + 1
        self.names.append(name)
        mishap = self.mishap if self.mishap is not None and self.mishap.at_call == number else None
        harm = mishap.harm if mishap is not None else None
        sent = frames.to_bytes(wish)
        self._up += len(sent)
        match harm:
            case Harm.REQUEST_LOST:
                raise office.Offline("The office cannot be reached.")
            case Harm.DIED_BEFORE:
                raise Died
            case Harm.BUSY:
                raise office.Busy("The office is busy.")
            case Harm.MEANWHILE if mishap is not None and mishap.meanwhile is not None:
                mishap.meanwhile()
            case Harm.REPEATED:
                self._answered(answer, sent)
        body = self._answered(answer, sent)
        match harm:
            case Harm.ANSWER_LOST:
                raise office.Offline("The answer never came.")
            case Harm.DIED_AFTER:
                raise Died
            case Harm.CUT:
                body = body[: len(body) * 2 // 3]
        self._down += len(body)
        return body

    def _answered(self, answer: Callable[[Verified, bytes], bytes], sent: bytes) -> bytes:
        try:
            return answer(self._exchange.verified(self._device), sent)
        except Denied as refused:
            raise _error(refused.code, "") from refused
        except CallRefused as refused:
            raise _error(refused.code, refused.words) from refused


def _error(code: str, words: str) -> Cannot:
    match code:
        case refusals.BARRED:
            return office.Barred("The office has barred this laptop.")
        case refusals.SIGN_IN | refusals.LAPSED:
            return office.SignInNeeded("The office asks for a sign-in.")
        case refusals.BUSY:
            return office.Busy("The office is busy.")
        case _:
            return office.NotTaken(words or code, code=code)
