"""Desks of the model: the real services over the real encrypted store, copied from a template and opened by raw key."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from send_desk.domain.case import Case
from send_desk.domain.checks.lists import CheckLists
from send_desk.domain.revision import Merged, Revision
from send_desk.domain.summary import CaseStage, Summary
from send_desk.services import syncing
from send_desk.services.desk import Desk
from send_desk.services.ports import User
from send_desk.services.syncing import Outcome
from send_desk.storage import migrate
from send_desk.storage.blobs import FOLDER as BLOBS_FOLDER
from send_desk.storage.blobs import Blobs
from send_desk.storage.engine import Link
from send_desk.storage.exchange import Keeper
from send_desk.storage.keys import DataKey
from send_desk.storage.mapping import PACKED_COLUMNS, fields_of, ids_of, packed_from
from send_desk.storage.store import SqlStore
from send_desk.storage.unit import SqlUnit
from send_desk.wire.packed import Packed

from .line import Died, Line
from .world import AUTHORITY, DESKS, PEOPLE, YEARS_OFF, Told, author_of, device_of

_KEY = DataKey(b"model key of 32 bytes, no secret")


@dataclass(frozen=True, slots=True)
class PlainDesk(Desk):
    """A desk whose lines of the list are bare: the law is not what this model tries, and takes most of the time."""

    def line(self, case: Case) -> Summary:
        """Return a bare line."""
        return Summary(
            case=case.id,
            reference=case.reference,
            name=case.reference,
            known_as="",
            born=None,
            stage=CaseStage.REQUEST,
            week=None,
            strip={},
            next_rule="",
            next_due=None,
            blocks=0,
            warnings=0,
            notes=0,
            owner="",
        )


class _DyingStore(SqlStore):
    """The real store, whose process dies in a transaction: all is written, and the commit never comes."""

    dies_at: int | None = None

    @contextmanager
    def write(self) -> Iterator[SqlUnit]:
        """Open the transaction as ever; the one that `dies_at` counts down to does not end well."""
        with super().write() as unit:
            yield unit
            if self.dies_at is not None:
                self.dies_at -= 1
                if self.dies_at < 0:
                    raise Died


@dataclass
class _Clock:
    """A desk's clock, as wrong as it may be."""

    office: Told
    ahead: timedelta

    def now(self) -> datetime:
        return self.office.at + self.ahead

    def today(self) -> date:
        return self.now().date()


class RealDesk:
    """One desk over its own copy of the template, in a folder of its own."""

    def __init__(self, number: int, template: Path, folder: Path, office: Told) -> None:
        self._folder = folder
        self.path = folder / "desk.db"
        self.key = _KEY.derived("store")
        (folder / BLOBS_FOLDER).mkdir(parents=True)
        shutil.copyfile(template, self.path)
        self._clock = _Clock(office, timedelta(days=365 * YEARS_OFF[number]))
        name, role = PEOPLE[DESKS[number]]
        self._user = User(author_of(number), name, role, AUTHORITY)
        self._device = device_of(number)
        self._open()

    def _open(self) -> None:
        keeper = Keeper(renew_backups=lambda _: None, destroy_key=lambda: None)
        self.store = _DyingStore(Link(self.path, self.key), Blobs(self._folder, _KEY), keeper=keeper)
        self._desk = PlainDesk(
            store=self.store,
            user=self._user,
            device=self._device,
            rulebooks={},
            lists=CheckLists(),
            clock=self._clock,
            ids=_NoIds(),
        )

    def sync(self, line: Line, *, case: str | None = None) -> Outcome:
        """Run the real sync."""
        return syncing.sync(self._desk, line, case=case)

    def append(self, revision: Revision) -> Packed:
        """Save a revision in one transaction, and return the bytes that were kept."""
        with self.store.write() as unit:
            unit.append([revision])
        return self.store.sync.packed([revision])[0]

    def merged(self, case: str, record: str) -> Merged:
        """Return a record as its revisions make it."""
        return self.store.merged(case, record)

    def held(self) -> dict[str, Packed]:
        """Return every revision of the desk's log, by id."""
        with self.store.reading() as driver:
            rows = driver.execute(f"SELECT {PACKED_COLUMNS} FROM revision")  # noqa: S608  constant names
            return {row[0]: packed_from(row) for row in rows}

    def shown(self) -> dict[tuple[str, str], tuple[tuple[str, ...], dict[str, object]]]:
        """Return the heads and the fields of every record as the desk shows them."""
        with self.store.reading() as driver:
            rows = driver.execute("SELECT case_id, record, heads, fields FROM record")
            return {(case, record): (ids_of(heads), fields_of(body)) for case, record, heads, body in rows}

    def crash_at_write(self, number: int | None) -> None:
        """Let the process die in the transaction of this number from now on, just before it commits."""
        self.store.dies_at = number

    def reopen(self) -> None:
        """Open the file again, as after a crash."""
        self.store.close()
        self._open()

    def close(self) -> None:
        """Close the file and throw it away."""
        self.store.close()
        shutil.rmtree(self._folder)


class _NoIds:
    """Sync makes no ids of its own: nothing is written that a person did not write."""

    def new(self) -> str:
        raise AssertionError("sync made a revision by itself")

    def record(self) -> str:
        raise AssertionError("sync made a record by itself")


def make_template(path: Path) -> Path:
    """Make an empty store with the newest tables."""
    link = Link(path, _KEY.derived("store"))
    migrate.upgrade(link)
    link.close()
    return path
