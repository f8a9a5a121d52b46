"""What the hub asks of the central database; `database.py` answers by calling the functions of `migrations/central`.

Everything is asked for one verified `Caller`, and the functions check his membership and role again. Positions are
those of the authority's feed. Times are aware and in UTC.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from send_desk.domain.ids import Role
from send_desk.wire.messages import Event, Person, Read
from send_desk.wire.packed import Mark, Packed


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, as his token says and the database confirmed: the account, its role, the device in use."""

    authority: str
    account: str
    device: str
    role: Role
    name: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """What a sign-in needs to know; `password_hash` is Argon2id's own text, empty where no password opens it."""

    authority: str
    authority_name: str
    id: str
    name: str
    role: Role
    password_hash: str
    locked_until: datetime | None = None
    left: bool = False
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Device:
    """An enrolled laptop; `lease_until` is what `renewed` said last, None where it never did."""

    authority: str
    id: str
    account: str
    public_key: bytes
    enrolled_at: datetime
    signed_in_at: datetime
    barred: bool = False
    lease_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """A revision as it is handed to the database, with what the hub found out about it.

    `vouched`: its receipt shows that the hub once took it from its author, so author and device are not the caller's.
    `final`: it makes a plan final. `needs` is the role that may author it, None where any member may.
    `reference` is that of the case, where this revision sets one.
    """

    packed: Packed
    digest: bytes
    mark: int
    vouched: bool = False
    final: bool = False
    needs: Role | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an offered revision, in the order offered: a position, known already, or a refusal's code."""

    revision: str
    position: int | None = None
    refused: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the feed for one caller, read at one moment; `at` is how far it was looked through.

    `mark` is that of all cases granted, where the page reaches the end of the feed.
    """

    feed: str
    at: int
    item: str
    revisions: tuple[Packed, ...]
    events: tuple[Event, ...]
    more: bool
    mark: Mark | None
    resync: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """A snapshot, read at one moment: its place in the feed, its size, and its revisions in record order."""

    feed: str
    at: int
    item: str
    cases: tuple[str, ...]
    count: int
    people: tuple[Person, ...]
    revisions: Iterator[Packed]


class Central(Protocol):
    """The authority's log, its people and its rules, behind functions that the service role may only execute."""

    # --- who is there ----------------------------------------------------------------------------------------------

    def key(self, use: str) -> bytes:
        """Return the 32-byte key of one use (`token`, `receipt`), made at `init`, the same for every hub."""
        ...

    def account(self, authority: str, login: str) -> Account | None:
        """Return the account of a login name, compared without case; None where there is none."""
        ...

    def signed_in(self, authority: str, account: str, *, good: bool) -> datetime | None:
        """Note a sign-in that went well or not; return until when the account is locked out, if it now is."""
        ...

    def enrol(self, device: Device, *, author: str, machine: str, version: str) -> None:
        """Enrol a laptop and bind the id that its revisions carry to the account."""
        ...

    def device(self, device: str) -> tuple[Device, Account] | None:
        """Return an enrolled laptop with its account; None where there is none."""
        ...

    def renewed(self, device: str, *, version: str, signed_in: bool) -> datetime:
        """Note that a laptop was seen (and that a person signed in on it); return until when its lease now runs."""
        ...

    # --- the feed --------------------------------------------------------------------------------------------------

    def push(
        self,
        caller: Caller,
        offered: Sequence[Offered],
        *,
        expects: Mapping[str, Mark],
        seen: int,
        reads: Sequence[Read],
    ) -> tuple[Taken, ...]:
        """Take revisions in one transaction; `seen` is the position up to which the laptop has read the feed.

        Each is taken, known already or refused by name. With `expects` it is all or nothing: each case must have that
        mark before, and no final may stand on it. What is refused is kept aside for the administrator.
        """
        ...

    def pull(
        self, caller: Caller, *, feed: str, position: int, item: str, have: Sequence[tuple[int, int]], limit: int
    ) -> Page:
        """Return what came after a place of the feed, without positions in `have`."""
        ...

    def snapshot(self, caller: Caller, cases: Sequence[str]) -> AbstractContextManager[Whole]:
        """Open the whole history of these cases, or of all that are granted where none is named."""
        ...

    def marks(self, caller: Caller, cases: Sequence[str]) -> tuple[str, int, str, Mapping[str, Mark]]:
        """Return the feed, the position, its item and the mark of each granted case, all of one moment."""
        ...

    # --- attachments -----------------------------------------------------------------------------------------------

    def blob_have(self, caller: Caller, case: str, blobs: Sequence[str]) -> Mapping[str, tuple[int, bool]]:
        """Return how many bytes of each attachment are held for a case, and whether it is whole."""
        ...

    def blob_put(self, caller: Caller, case: str, blob: str, *, offset: int, size: int, chunk: bytes) -> int:
        """Add a chunk where `offset` is what is held; return the bytes now held. The last one is verified."""
        ...

    def blob_get(self, caller: Caller, case: str, blob: str, *, offset: int, most: int) -> tuple[int, bytes] | None:
        """Return the size of a whole attachment and a chunk of it; None where it is not held for this case."""
        ...

    # --- who looked ------------------------------------------------------------------------------------------------

    def looked(self, caller: Caller, case: str) -> tuple[Mapping[str, object], ...]:
        """Return who opened, printed, exported or changed a file, the latest first, for whoever is on the case."""
        ...


class Denied(Exception):
    """The database refuses a whole call: not a member, barred, or no such thing; `code` is one of `wire.refusals`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Away(Exception):
    """The database does not answer now: it is down, starting, or has no connection to spare."""
