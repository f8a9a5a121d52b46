"""The desk's file as sync sees it: answers `services.sync_store.SyncStore`, each writing method in one transaction."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from sqlcipher3 import dbapi2

from send_desk.domain.errors import Cannot
from send_desk.domain.revision import Revision
from send_desk.services.office import Contact, Enrolment
from send_desk.services.ports import User
from send_desk.services.sync_store import Arrival, Attachment, RefusedChange
from send_desk.wire.messages import Cursor, Event, Person, Read, Refusal
from send_desk.wire.packed import Mark, Packed

from . import attachments, incoming, marks, outgoing, purge
from .blobs import Blobs
from .incoming import CURSOR
from .mapping import ids_of, packed_from, revision_row, text_of, to_json, value_of
from .purge import EXPORTED
from .schema import moment_text
from .unit import SqlUnit

T = TypeVar("T")

CONTACT, ENROLMENT, COPIES_DUE = (
    "sync.contact",
    "sync.enrolment",
    "sync.copies_due",
)
SAVED = "sync.saved"
WHO = "desk.who"
_READ_COLUMNS = "id, case_id, what, at, detail"


@dataclass(frozen=True, slots=True)
class Keeper:
    """What only the folder of the home can do for sync: renew its backups, destroy its key."""

    renew_backups: Callable[[datetime], None]
    destroy_key: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Exchange:
    """Answers `SyncStore` over the store's own connection; `write` and `read` are the store's own doors to it."""

    write: Callable[[], AbstractContextManager[SqlUnit]]
    read: Callable[[], AbstractContextManager[dbapi2.Connection]]
    saved_at: Callable[[], datetime | None]
    blobs: Blobs
    keeper: Keeper | None = None

    # --- what goes ---------------------------------------------------------------------------------------------------

    def outbox(self, *, case: str | None = None, most: int = 2000, most_bytes: int = 4_000_000) -> tuple[Packed, ...]:
        """Return the oldest revisions that wait (of one case, where named); at least one where any waits."""
        with self.read() as driver:
            return outgoing.outbox(driver, case, most=most, most_bytes=most_bytes)

    def pending(self, case: str | None = None) -> int:
        """Return how many revisions wait, of all cases or of one; refused ones and words in work do not count."""
        with self.read() as driver:
            return outgoing.pending(driver, case)

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
        with self._writing() as driver:
            outgoing.settle(driver, taken, at=at, refused=refused, given=given, reads=reads)

    def store_taken(self, revisions: Sequence[Revision], *, at: datetime, given: Sequence[tuple[int, int]]) -> None:
        """Store revisions that the office has taken before this desk kept them, as an issue is."""
        packed = self.packed(revisions)
        with self.write() as unit:
            unit.append(revisions)
            unit.recount = True
            outgoing.settle(unit.driver, packed, at=at, refused=(), given=given, reads=())

    def packed(self, revisions: Sequence[Revision]) -> tuple[Packed, ...]:
        """Return revisions in the very bytes that the log would keep of them."""
        return tuple(packed_from((*revision_row(one), None)) for one in revisions)

    def refused(self) -> tuple[RefusedChange, ...]:
        """Return what is in the tray, oldest first."""
        with self.read() as driver:
            return outgoing.tray(driver)

    def waiting_changes(self) -> tuple[RefusedChange, ...]:
        """Return what waits, in the form of the tray, for an export; from then on a restore may replace it."""
        with self._writing() as driver:
            newest = driver.execute("SELECT coalesce(max(seq), 0) FROM revision").fetchone()[0]
            _put(driver, EXPORTED, newest)
            return outgoing.waiting_changes(driver)

    def refused_count(self) -> int:
        """Return how many changes are in the tray."""
        with self.read() as driver:
            return int(driver.execute("SELECT count(*) FROM revision WHERE refused_at IS NOT NULL").fetchone()[0])

    def try_again(self, revision: str) -> bool:
        """Let a refused revision wait to be sent once more; False where none of that id is in the tray."""
        with self._writing() as driver:
            return outgoing.try_again(driver, revision)

    # --- what comes --------------------------------------------------------------------------------------------------

    def cursor(self) -> Cursor | None:
        """Return how far the feed was taken in; None before the first time."""
        with self.read() as driver:
            return _setting(driver, CURSOR, Cursor)

    def seen(self) -> Cursor | None:
        """Return the cursor that a push tells: while a withdrawn case is leaving, the one from before it was."""
        with self.read() as driver:
            rows = driver.execute("SELECT seen FROM leaving WHERE seen IS NOT NULL").fetchall()
            before = [msgspec.convert(value_of(row[0]), Cursor) for row in rows]
            return min(before, key=lambda one: one.position) if before else _setting(driver, CURSOR, Cursor)

    def had(self) -> tuple[tuple[int, int], ...]:
        """Return the positions, as inclusive ranges beyond the cursor, that own pushes were given."""
        with self.read() as driver:
            return tuple(driver.execute("SELECT first, last FROM had ORDER BY first").fetchall())

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
        saved = self.saved_at()
        with self._writing() as driver:
            found = incoming.receive(driver, revisions, at=at)
            redacted = found.redacted | incoming.follow(driver, events)
            incoming.meet(driver, people)
            if anew:
                driver.execute("DELETE FROM had")
                attachments.ask_again(driver)
            if cursor is not None:
                _put(driver, CURSOR, cursor)
                driver.execute("DELETE FROM had WHERE last <= ?", (cursor.position,))
            if found.new:
                _note_saved(driver, saved)
            if redacted:
                _put(driver, COPIES_DUE, True)
        return Arrival(found.new, frozenset(found.changed | redacted), frozenset(redacted), frozenset(found.behind))

    def send_again(self, case: str, *, but: Collection[str] = ()) -> int:
        """Let acknowledged revisions of a case wait again, but for those of these ids; return how many."""
        with self._writing() as driver:
            return outgoing.send_again(driver, case, but=but)

    def leaving(self) -> tuple[str, ...]:
        """Return the cases that were withdrawn and are still to be purged."""
        with self.read() as driver:
            return tuple(row[0] for row in driver.execute("SELECT case_id FROM leaving ORDER BY case_id"))

    def forget(self, case: str) -> bool:
        """Purge a withdrawn case; False, and nothing done, while a change or words in work of it wait."""
        saved = self.saved_at()
        with self._writing() as driver:
            if not purge.may_go(driver, case):
                return False
            purge.forget(driver, case)
            _note_saved(driver, saved)
            _put(driver, COPIES_DUE, True)
            return True

    def marks(self) -> Mapping[str, Mark]:
        """Return the mark of the acknowledged revisions of every case that is not leaving."""
        with self.read() as driver:
            return marks.of_cases(driver)

    def mark(self) -> Mark:
        """Return the mark of all of these together."""
        return marks.together(self.marks())

    def people(self) -> tuple[Person, ...]:
        """Return the users that are known by name."""
        with self.read() as driver:
            rows = driver.execute("SELECT id, name, role, authors FROM colleague ORDER BY name, id").fetchall()
        return tuple(Person(id=row[0], name=row[1], role=row[2], authors=ids_of(row[3])) for row in rows)

    def copies_due(self) -> bool:
        """Tell whether something was purged or redacted that older backups still hold."""
        with self.read() as driver:
            return bool(_setting(driver, COPIES_DUE, bool))

    def renew_copies(self, now: datetime) -> None:
        """Make a backup anew and delete the older ones, and leave nothing of what is gone in any file of the home."""
        if self.keeper is None:
            raise Cannot("This home was opened for reading only, so its backups were not renewed.")
        with self.read() as driver:
            emptied = purge.clean(driver, self.blobs)
        self.keeper.renew_backups(now)
        if emptied:
            with self._writing() as driver:
                driver.execute("DELETE FROM setting WHERE key = ?", (COPIES_DUE,))

    # --- attachments -------------------------------------------------------------------------------------------------

    def to_send(self) -> tuple[Attachment, ...]:
        """Return the attachments held here that the office is not known to have."""
        with self.read() as driver:
            return attachments.to_send(driver)

    def to_fetch(self, *, asked_before: datetime | None = None) -> tuple[Attachment, ...]:
        """Return the attachments that a document names and that are not here, with how much of each has come.

        With a moment, only those for which the office was not asked in vain since then.
        """
        with self.read() as driver:
            return attachments.to_fetch(driver, asked_before)

    def asked(self, case: str, sha256: Sequence[str], *, at: datetime) -> None:
        """Remember that the office was asked for these attachments and does not have them yet."""
        with self._writing() as driver:
            attachments.asked(driver, case, sha256, at)

    def in_office(self, case: str, sha256: Sequence[str]) -> None:
        """Remember that the office has these attachments whole."""
        with self._writing() as driver:
            attachments.in_office(driver, case, sha256)

    def take_chunk(self, attachment: Attachment, chunk: bytes, *, size: int) -> bool:
        """Keep the next chunk; True where the attachment is whole now. A wrong whole is thrown away."""
        with self._writing() as driver:
            return attachments.take_chunk(driver, self.blobs, attachment, chunk, size=size)

    # --- who looked, who is who --------------------------------------------------------------------------------------

    def note_read(self, read: Read) -> None:
        """Remember that a file was opened, printed or exported."""
        row = (read.id, read.case, read.what, read.at, text_of(read.detail))
        with self._writing() as driver:
            driver.execute(
                f"INSERT INTO read ({_READ_COLUMNS}) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",  # noqa: S608  constant names
                row,
            )

    def reads(self, most: int = 1000) -> tuple[Read, ...]:
        """Return what the office has not been told of yet, oldest first."""
        with self.read() as driver:
            rows = driver.execute(f"SELECT {_READ_COLUMNS} FROM read ORDER BY seq LIMIT ?", (most,)).fetchall()  # noqa: S608  constant names
        return tuple(Read(id=row[0], case=row[1], what=row[2], at=row[3], detail=row[4]) for row in rows)

    def enrolment(self) -> Enrolment | None:
        """Return how this home is known to its hub; None where it never was."""
        with self.read() as driver:
            return _setting(driver, ENROLMENT, Enrolment)

    def put_enrolment(self, enrolment: Enrolment, *, user: User | None = None, authority_name: str = "") -> None:
        """Remember it; with `user` the home takes that name and role."""
        with self._writing() as driver:
            _put(driver, ENROLMENT, enrolment)
            who = _setting(driver, WHO, dict[str, Any])
            if user is not None and who is not None:
                _put(driver, WHO, {**who, "user": user, "authority_name": authority_name or who.get("authority_name")})

    def contact(self) -> Contact:
        """Return what the last contact left."""
        with self.read() as driver:
            return _setting(driver, CONTACT, Contact) or Contact()

    def put_contact(self, contact: Contact) -> None:
        """Remember what this contact leaves."""
        with self._writing() as driver:
            _put(driver, CONTACT, contact)

    def at_stake(self) -> int:
        """Return how many changes a restore would take away: they wait, and no export holds them."""
        with self.read() as driver:
            exported = _setting(driver, EXPORTED, int) or 0
            return outgoing.pending_since(driver, exported)

    def destroy_key(self) -> None:
        """Destroy the key of the home, and with it all it holds and all its backups."""
        if self.keeper is None:
            raise Cannot("This home was opened for reading only. Its key was not destroyed.")
        self.keeper.destroy_key()

    @contextmanager
    def _writing(self) -> Iterator[dbapi2.Connection]:
        with self.write() as unit:
            unit.recount = True
            yield unit.driver


def _setting(driver: dbapi2.Connection, key: str, kind: type[T]) -> T | None:
    row = driver.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return None if row is None else msgspec.convert(value_of(row[0]), kind)


def _put(driver: dbapi2.Connection, key: str, value: object) -> None:
    driver.execute(
        "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, to_json(value)),
    )


def _note_saved(driver: dbapi2.Connection, saved: datetime | None) -> None:
    # What others wrote is no save of this laptop: from here on only later revisions tell of one.
    seq = driver.execute("SELECT coalesce(max(seq), 0) FROM revision").fetchone()[0]
    _put(driver, SAVED, {"at": moment_text(saved) if saved else None, "to": seq})
