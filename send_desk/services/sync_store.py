"""What sync asks of the desk's file, beside `ports.Store`: the outbox, what comes, marks, attachments, reads, the tray.

Every method that writes is one transaction, on the disk when it returns. `storage.exchange` answers.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from send_desk.domain.revision import Revision
from send_desk.wire.messages import Cursor, Event, Person, Read, Refusal
from send_desk.wire.packed import Mark, Packed

from .office import Contact, Enrolment
from .ports import User


@dataclass(frozen=True, slots=True)
class RefusedChange:
    """A change that the office did not take: its code and words, since when; `fields` names what it sets."""

    revision: str
    case: str
    record: str
    kind: str
    fields: Mapping[str, object]
    code: str
    words: str
    at: datetime
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a page or a snapshot did to this desk: how many revisions were new, and which cases it touched.

    `behind` are revisions that came in full though they were redacted here: an office restored from a backup.
    """

    new: int = 0
    changed: frozenset[str] = frozenset()
    redacted: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment on its way: of which case, its digest in hex, its size in bytes (0: unknown), how much is here."""

    case: str
    sha256: str
    size: int = 0
    held: int = 0


class SyncStore(Protocol):
    """The desk's file as sync sees it."""

    # --- what goes ---------------------------------------------------------------------------------------------------

    def outbox(self, *, case: str | None = None, most: int = 2000, most_bytes: int = 4_000_000) -> tuple[Packed, ...]:
        """Return the oldest revisions that wait (of one case, where named); at least one where any waits."""
        ...

    def pending(self, case: str | None = None) -> int:
        """Return how many revisions wait, of all cases or of one; refused ones and words in work do not count."""
        ...

    def settle(
        self,
        taken: Sequence[Packed],
        *,
        at: datetime,
        refused: Sequence[Refusal] = (),
        given: Sequence[tuple[int, int]] = (),
        reads: Sequence[str] = (),
    ) -> None:
        """Store an answer to a push: taken revisions count as sent from now on, refused ones go to the tray."""
        ...

    def store_taken(self, revisions: Sequence[Revision], *, at: datetime, given: Sequence[tuple[int, int]]) -> None:
        """Store revisions that the office has taken before this desk kept them, as an issue is."""
        ...

    def packed(self, revisions: Sequence[Revision]) -> tuple[Packed, ...]:
        """Return revisions in the very bytes that the log would keep of them."""
        ...

    def refused(self) -> tuple[RefusedChange, ...]:
        """Return what is in the tray, oldest first."""
        ...

    def waiting_changes(self) -> tuple[RefusedChange, ...]:
        """Return what waits, in the form of the tray, for an export; from then on a restore may replace it."""
        ...

    def refused_count(self) -> int:
        """Return how many changes are in the tray."""
        ...

    def try_again(self, revision: str) -> bool:
        """Let a refused revision wait to be sent once more; False where none of that id is in the tray."""
        ...

    # --- what comes --------------------------------------------------------------------------------------------------

    def cursor(self) -> Cursor | None:
        """Return how far the feed was taken in; None before the first time."""
        ...

    def seen(self) -> Cursor | None:
        """Return the cursor that a push tells: while a withdrawn case is leaving, the one from before it was."""
        ...

    def had(self) -> tuple[tuple[int, int], ...]:
        """Return the positions, as inclusive ranges beyond the cursor, that own pushes were given."""
        ...

    def receive(
        self,
        revisions: Sequence[Packed],
        *,
        at: datetime,
        cursor: Cursor | None = None,
        events: Sequence[Event] = (),
        people: Sequence[Person] = (),
        anew: bool = False,
    ) -> Arrival:
        """Take in what came, all of it or none: revisions, redactions, grants, withdrawals, people, and the cursor.

        Known revisions are passed over, and count as sent where they waited. A withdrawn case is only noted as leaving.
        With `anew` the cursor belongs to another feed or to a restored one: positions had before mean nothing.
        """
        ...

    def send_again(self, case: str, *, but: Collection[str] = ()) -> int:
        """Let acknowledged revisions of a case wait again, but for those of these ids; return how many."""
        ...

    def leaving(self) -> tuple[str, ...]:
        """Return the cases that were withdrawn and are still to be purged."""
        ...

    def forget(self, case: str) -> bool:
        """Purge a withdrawn case; False, and nothing done, while a change or words in work of it wait."""
        ...

    def marks(self) -> Mapping[str, Mark]:
        """Return the mark of the acknowledged revisions of every case that is not leaving."""
        ...

    def mark(self) -> Mark:
        """Return the mark of all of these together."""
        ...

    def people(self) -> tuple[Person, ...]:
        """Return the users that are known by name."""
        ...

    def copies_due(self) -> bool:
        """Tell whether something was purged or redacted that older backups still hold."""
        ...

    def renew_copies(self, now: datetime) -> None:
        """Make a backup anew and delete the older ones, and leave nothing of what is gone in any file of the home."""
        ...

    # --- attachments -------------------------------------------------------------------------------------------------

    def to_send(self) -> tuple[Attachment, ...]:
        """Return the attachments held here that the office is not known to have."""
        ...

    def to_fetch(self, *, asked_before: datetime | None = None) -> tuple[Attachment, ...]:
        """Return the attachments that a document names and that are not here, with how much of each has come.

        With a moment, only those for which the office was not asked in vain since then.
        """
        ...

    def asked(self, case: str, sha256: Sequence[str], *, at: datetime) -> None:
        """Remember that the office was asked for these attachments and does not have them yet."""
        ...

    def in_office(self, case: str, sha256: Sequence[str]) -> None:
        """Remember that the office has these attachments whole."""
        ...

    def take_chunk(self, attachment: Attachment, chunk: bytes, *, size: int) -> bool:
        """Keep the next chunk; True where the attachment is whole now. A wrong whole is thrown away."""
        ...

    # --- who looked, who is who --------------------------------------------------------------------------------------

    def note_read(self, read: Read) -> None:
        """Remember that a file was opened, printed or exported."""
        ...

    def reads(self, most: int = 1000) -> tuple[Read, ...]:
        """Return what the office has not been told of yet, oldest first."""
        ...

    def enrolment(self) -> Enrolment | None:
        """Return how this home is known to its hub; None where it never was."""
        ...

    def put_enrolment(self, enrolment: Enrolment, *, user: User | None = None, authority_name: str = "") -> None:
        """Remember it; with `user` the home takes that name and role."""
        ...

    def contact(self) -> Contact:
        """Return what the last contact left."""
        ...

    def put_contact(self, contact: Contact) -> None:
        """Remember what this contact leaves."""
        ...

    def destroy_key(self) -> None:
        """Destroy the key of the home, and with it all it holds and all its backups."""
        ...
