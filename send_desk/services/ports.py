"""What the services ask of the world: a store, a clock, ids. Adapters in `storage` and `bootstrap` answer."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from send_desk.domain.case import Case
from send_desk.domain.ids import Role
from send_desk.domain.person import DirectoryEntry
from send_desk.domain.revision import Merged, Revision
from send_desk.domain.summary import Summary

if TYPE_CHECKING:
    from .sync_store import SyncStore


@dataclass(frozen=True, slots=True)
class User:
    """The local user; every revision carries `id`, a UUID."""

    id: str
    name: str
    role: Role
    authority: str


@dataclass(frozen=True, slots=True)
class KeptText:
    """Words in work on one field, saved but not yet a revision; `base` are the heads when the editor was opened."""

    case: str
    record: str
    field: str
    text: object
    base: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with what is needed to change it: the heads of every record and the words in work (already in `case`).

    `merged` holds the records whose history has more than one head.
    """

    case: Case
    heads: Mapping[str, tuple[str, ...]]
    kept: tuple[KeptText, ...] = ()
    merged: Mapping[str, Merged] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Establishment:
    """A line of the national register of establishments."""

    urn: str
    name: str
    phase: str = ""
    postcode: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """By what an import finds a case: its id, its reference and the child's UPN, as recorded."""

    case: str
    reference: str
    upn: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where searched words stand; `snippet` marks them between U+0002 and U+0003."""

    case: str
    reference: str
    name: str
    kind: str
    record: str
    snippet: str


class Clock(Protocol):
    """The time, given in from outside."""

    def now(self) -> datetime:
        """Return the moment, aware, in UTC."""
        ...

    def today(self) -> date:
        """Return the day at the authority, or the one the user asked for with --today."""
        ...


class Ids(Protocol):
    """New ids, given in from outside."""

    def new(self) -> str:
        """Return a UUIDv7 never given before, for a revision."""
        ...

    def record(self) -> str:
        """Return a random UUID for a record, so that its first eight characters tell it from others."""
        ...


class Unit(Protocol):
    """One transaction: all of it is on disk when its block has ended, or none of it."""

    def append(self, revisions: Sequence[Revision]) -> None:
        """Add revisions to the log and bring the projections along; a known id is passed over."""
        ...

    def keep(self, words: KeptText) -> None:
        """Save words in work, replacing earlier ones of the same record and field (the first `base` stays)."""
        ...

    def drop_kept(self, record: str) -> None:
        """Forget the words in work of a record, because they have become a revision."""
        ...

    def put_summaries(self, summaries: Sequence[Summary]) -> None:
        """Replace the lines of these cases in the list."""
        ...

    def put_blob(self, sha256: str, content: bytes) -> None:
        """Keep an attachment, encrypted, under the digest of its content; known content is passed over."""
        ...

    def put_establishments(self, establishments: Sequence[Establishment]) -> None:
        """Replace the register of establishments."""
        ...

    def put_other_names(self, digests: Sequence[bytes]) -> None:
        """Replace the keyed digests of other children's names."""
        ...

    def put_setting(self, key: str, value: object) -> None:
        """Remember one setting of this desk; the value is plain JSON."""
        ...


class Store(Protocol):
    """The desk's encrypted file, as the services see it."""

    @property
    def sync(self) -> "SyncStore":
        """The same file as sync sees it."""
        ...

    def write(self) -> AbstractContextManager[Unit]:
        """Open the one transaction that may write; it commits at the end of its block and rolls back on an error."""
        ...

    def case_file(self, case: str) -> CaseFile | None:
        """Return a case by its id, words in work included; None where there is none."""
        ...

    def case_ids(self) -> tuple[str, ...]:
        """Return the ids of all cases held in full."""
        ...

    def find(self, name: str) -> tuple[str, ...]:
        """Return the ids of the cases with this reference, this id, or an id beginning with these 8 characters."""
        ...

    def by_upn(self, upn: str) -> tuple[str, ...]:
        """Return the ids of the cases with this UPN."""
        ...

    def identities(self) -> tuple[Identity, ...]:
        """Return by what every case is found, in one look: an import asks for ten thousand."""
        ...

    def summaries(self) -> tuple[Summary, ...]:
        """Return the line of every case, as last computed."""
        ...

    def search(self, words: str, *, limit: int = 50) -> tuple[Hit, ...]:
        """Return the places where all these words stand (each word may be a beginning), best first."""
        ...

    def history(self, record: str) -> tuple[Revision, ...]:
        """Return every revision of a record, oldest first."""
        ...

    def forked(self, case: str | None = None) -> tuple[tuple[str, str], ...]:
        """Return the places (case, record) of records with several heads or values, of all cases or of one."""
        ...

    def directory(self) -> tuple[DirectoryEntry, ...]:
        """Return the authority's services and advisers."""
        ...

    def directory_heads(self) -> Mapping[str, tuple[str, ...]]:
        """Return the heads of every line of the directory."""
        ...

    def establishments(self, words: str, *, limit: int = 20) -> tuple[Establishment, ...]:
        """Return establishments whose URN is, or whose name holds, these words."""
        ...

    def blob(self, sha256: str) -> bytes | None:
        """Return an attachment's bytes, verified against its digest; None where it is not held."""
        ...

    def setting(self, key: str) -> object:
        """Return one remembered setting, or None."""
        ...

    def kept(self) -> tuple[KeptText, ...]:
        """Return all words in work, of every case."""
        ...

    def waiting(self) -> Mapping[str, int]:
        """Return the number of changes not yet in the office copy, by case; words in work count too."""
        ...

    def saved_at(self) -> datetime | None:
        """Return the moment of the last durable write."""
        ...
