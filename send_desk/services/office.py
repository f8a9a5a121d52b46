"""The office copy as the services see it: the calls of the hub, what may go wrong with them, and how this desk stands.

`send_desk.sync` answers `Office` over HTTPS. Every error is a condition of the world in words, and none of them names a
child. Whatever they interrupt, what was saved on this laptop stays saved.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from send_desk.domain.errors import Cannot
from send_desk.domain.ids import Role
from send_desk.wire.messages import (
    BlobChunk,
    BlobGet,
    BlobHave,
    BlobHaveAnswer,
    BlobPut,
    Check,
    CheckAnswer,
    Cursor,
    Enrol,
    HelloAnswer,
    LookedAnswer,
    Pull,
    PullAnswer,
    Push,
    PushAnswer,
    Session,
    SnapshotHead,
)
from send_desk.wire.packed import Packed


class Offline(Cannot):
    """The office could not be reached, or stopped answering."""


class Untrusted(Offline):
    """The office could not be reached, because nobody whom this laptop trusts vouches for its certificate."""


class SignInNeeded(Cannot):
    """The office asks for name and password: `locked` says that too many wrong ones were given."""


class Barred(Cannot):
    """The office has barred this laptop; `wiped` says that its key has been destroyed."""

    def __init__(self, words: str, *, wiped: bool = False) -> None:
        super().__init__(words)
        self.wiped = wiped


class Busy(Cannot):
    """The office asks to come back later."""


class Stopped(Cannot):
    """The person stopped the sync; raised by a `progress` callback and let through."""


class NotTaken(Cannot):
    """The office refused a whole call for its content, too large or unreadable; `code` is one of `wire.refusals`."""

    def __init__(self, words: str, *, code: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True, slots=True)
class Traffic:
    """What has gone over the wire so far: calls made, and bytes both ways with their headers."""

    turns: int = 0
    bytes_up: int = 0
    bytes_down: int = 0

    def since(self, before: "Traffic") -> "Traffic":
        """Return what has gone over the wire since an earlier look."""
        up, down = self.bytes_up - before.bytes_up, self.bytes_down - before.bytes_down
        return Traffic(self.turns - before.turns, up, down)


class Office(Protocol):
    """The calls of the hub for one enrolled laptop; each may raise `Offline`, `SignInNeeded`, `Barred`, `Busy`."""

    @property
    def traffic(self) -> Traffic:
        """What has gone over the wire since this was made."""
        ...

    @property
    def lease_until(self) -> datetime | None:
        """Until when the desk may be unlocked offline, by the hub's clock, as the last answer said; None before."""
        ...

    @property
    def orders(self) -> str:
        """What the last answer told the desk to do: empty, or `wire.messages.WIPE`."""
        ...

    def hello(self) -> HelloAnswer:
        """Return who answers; asked once, remembered afterwards without a turn."""
        ...

    def push(self, wish: Push, /) -> PushAnswer:
        """Send revisions; `NotTaken` where the whole call was refused for its content."""
        ...

    def pull(self, wish: Pull, /) -> PullAnswer:
        """Ask for what came after a cursor."""
        ...

    def snapshot(self, cases: Sequence[str], /) -> AbstractContextManager[tuple[SnapshotHead, Iterator[list[Packed]]]]:
        """Open the whole history of these cases (of all granted ones where none is named), in batches."""
        ...

    def check(self, wish: Check, /) -> CheckAnswer:
        """Ask for the marks of granted cases."""
        ...

    def blob_have(self, wish: BlobHave, /) -> BlobHaveAnswer:
        """Ask what the office holds of attachments."""
        ...

    def blob_put(self, wish: BlobPut, /) -> BlobHaveAnswer:
        """Send a chunk of an attachment."""
        ...

    def blob_get(self, wish: BlobGet, /) -> BlobChunk:
        """Ask for a chunk of an attachment."""
        ...

    def looked(self, case: str, /) -> LookedAnswer:
        """Ask who looked at a file."""
        ...


@dataclass(frozen=True, slots=True)
class Admitted:
    """What a hub answered at its door, with its clock at that moment (ISO 8601)."""

    session: Session
    hub_time: str


class Door(Protocol):
    """How a laptop presents itself to a hub: makes its key, enrols, and signs in again."""

    def new_key(self) -> tuple[bytes, bytes]:
        """Return a new device key: its private and its public half, 32 bytes each."""
        ...

    def enrol(self, hub: str, wish: Enrol, /, *, ca: bytes = b"") -> Admitted:
        """Present name, password and public key once; `ca` is the PEM of a private authority to trust for this hub."""
        ...

    def sign_in(self, enrolment: "Enrolment", /, *, user: str, password: str) -> Admitted:
        """Renew a lease by name and password."""
        ...


@dataclass(frozen=True, slots=True)
class Enrolment:
    """How this home is known to its hub; `private_key` stands in the encrypted store only.

    `ca` is the PEM of the private authority that the hub's certificate comes from, empty for the system's own.
    """

    hub: str
    device: str
    private_key: bytes
    public_key: bytes
    ca: bytes = b""
    account: str = ""
    login: str = ""
    name: str = ""
    role: Role | None = None
    enrolled_at: datetime | None = None

    @property
    def complete(self) -> bool:
        """Whether the hub has answered: before, only the key is there."""
        return self.enrolled_at is not None


@dataclass(frozen=True, slots=True)
class Contact:
    """What the last contact left: the lease by the hub's clock, how far this clock is ahead of it in seconds.

    `seen` is the latest moment this laptop has known, by its own clock; `office_copy_at` that of the last sync that
    ended well.
    """

    lease_until: datetime | None = None
    ahead: float = 0.0
    seen: datetime | None = None
    office_copy_at: datetime | None = None
    barred: bool = False


@dataclass(frozen=True, slots=True)
class OfficeState:
    """How this desk stands with the office: what the status line, the tray and the lock screen say.

    `warned`: the lease ends within four days; `ended`: it has ended, and unlocking asks for a sign-in. `days_left`
    counts whole days. A desk that was never enrolled has no hub, no lease and no warning.
    """

    enrolled: bool = False
    hub: str = ""
    name: str = ""
    role: Role | None = None
    lease_until: datetime | None = None
    days_left: int | None = None
    warned: bool = False
    ended: bool = False
    office_copy_at: datetime | None = None
    cursor: Cursor | None = None
    refused: int = 0
    barred: bool = False
