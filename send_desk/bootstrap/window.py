"""The window's door to the world: the home behind the lock, readers and paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from send_desk import paths
from send_desk.domain.errors import Cannot

from .files import read_file, write_file
from .journal import close_journal, frames_of, open_journal
from .passphrase import long_enough
from .window_office import WindowOffice

if TYPE_CHECKING:
    from send_desk.domain.case import Case
    from send_desk.gui.door import DraftPaper, DraftWish, EnrolWish, NewHome
    from send_desk.services.advice import Paper
    from send_desk.services.desk import Desk
    from send_desk.services.importing import Layout
    from send_desk.services.syncing import Outcome, Progress
    from send_desk.services.tables import Table
    from send_desk.storage.home import OpenHome
    from send_desk.wire.messages import LookedAnswer

    from .laptop import Laptop


@dataclass
class WindowDoor:
    """Answers `gui.door.Door`; everything that waits for a disk is called on the worker thread."""

    laptop: Laptop
    hint: str = ""
    _opened: OpenHome | None = field(default=None, repr=False)
    _desk: Desk | None = field(default=None, repr=False)
    _office: WindowOffice = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._office = WindowOffice(self.laptop)

    @property
    def home(self) -> Path:
        """The folder of the home."""
        return self.laptop.home

    @property
    def resources(self) -> Path:
        """The folder of fonts and icons."""
        return paths.resources()

    @property
    def has_home(self) -> bool:
        """Whether a home stands in the folder."""
        from send_desk.storage.schema import KEYS_FILE

        return (self.home / KEYS_FILE).is_file()

    @property
    def is_destroyed(self) -> bool:
        """Whether a store stands in the folder and nothing that opens it."""
        from send_desk.storage.schema import KEYS_FILE, STORE_FILE

        return (self.home / STORE_FILE).is_file() and not (self.home / KEYS_FILE).is_file()

    def warm_up(self) -> None:
        """Read the law and import what opens a home."""
        from send_desk.storage import home  # noqa: F401  for its import, which takes longer than an unlocking

        self.laptop.rulebooks()
        self.laptop.lists()

    def create(self, wish: NewHome) -> Desk:
        """Make a home and open it."""
        self._opened = self.laptop.make_home(
            long_enough(wish.passphrase),
            authority=wish.authority,
            user=wish.name,
            role=wish.role,
            authority_name=wish.authority_name,
            recovery_key=read_file(wish.recovery_key) if wish.recovery_key else None,
        )
        return self._enter(self._opened)

    def unlock(self, passphrase: str) -> Desk:
        """Open the home; today's backup is made when it has not been yet."""
        from send_desk.services.leasing import note_now
        from send_desk.storage.home import open_home

        self._opened = open_home(self.home, passphrase, now=self.laptop.clock.now())
        desk = self._enter(self._opened)
        note_now(desk)
        return desk

    def back_up(self) -> bool:
        """Make today's backup if it is still to be made; tell whether one was made."""
        if self._opened is None or not self._opened.backup_due(self.laptop.today()):
            return False
        self._opened.backup(self.laptop.clock.now())
        return True

    def back_up_now(self) -> Path:
        """Make a backup and return where it is."""
        opened = self._opened
        if opened is None:
            raise Cannot("SEND Desk is locked. No backup was made. Unlock it first.")
        return opened.backup(self.laptop.clock.now())

    def backups(self) -> tuple[Path, ...]:
        """Return the backups that are kept, the newest first."""
        from send_desk.storage.backups import kept

        return kept(self.home)

    def lock(self) -> None:
        """Close the store and drop the key."""
        self._office.shut()
        opened, self._opened, self._desk = self._opened, None, None
        if opened is not None:
            opened.close()

    def change_passphrase(self, old: str, new: str) -> None:
        """Let a new passphrase open the home from now on."""
        from send_desk.storage.home import change_passphrase

        change_passphrase(self.home, old, long_enough(new))

    def paper(self, path: Path) -> tuple[Paper, str]:
        """Read a file and its text, with a remark where the text could not be read."""
        return self.laptop.paper(path)

    def tables(self, paths: Sequence[Path]) -> Sequence[Table]:
        """Read the tables of CSV and XLSX files."""
        return self.laptop.tables(paths)

    def layouts(self) -> Sequence[Layout]:
        """Return the layouts of lists that councils have."""
        return self.laptop.layouts()

    def draft(self, case: Case, wish: DraftWish) -> DraftPaper:
        """Make the printed draft of a case."""
        desk = self._desk
        if desk is None:
            raise Cannot("SEND Desk is locked. Unlock it to print; nothing was lost.")
        from send_desk.cli.world import Printing
        from send_desk.documents.recipients import suggested_name
        from send_desk.gui.door import DraftPaper

        drawn = self.laptop.draw(desk, case, Printing("draft", "pdf", wish.served, wish.to, wish.findings))
        person = next((one for one in case.people if one.id == wish.to), None)
        name = f"{suggested_name(case, 'draft', person, desk.today)}.pdf"
        return DraftPaper(drawn.content, drawn.sha256, drawn.pages, drawn.notices, name, drawn.remarks)

    def write(self, path: Path, content: bytes) -> None:
        """Write a file whole or not at all."""
        write_file(path, content)

    def enrol(self, wish: EnrolWish) -> Desk:
        """Bind the home to an account of the office."""
        self._office.enrol(self._unlocked(), wish)
        return self._renewed()

    def sign_in(self, user: str, password: str) -> Desk:
        """Renew what the office gave this laptop."""
        self._office.sign_in(self._unlocked(), user, password)
        return self._renewed()

    def sync(self, case: str, told: Callable[[Progress], None]) -> Outcome:
        """Send what waits and take in what came."""
        return self._office.sync(self._unlocked(), case, told)

    def issue(self, case: str, reason: str) -> None:
        """Make the plan of a case final at the office."""
        self._office.issue(self._unlocked(), case, reason)

    def stop_sync(self) -> None:
        """Cut off a running sync."""
        self._office.stop()

    def looked(self, case: str) -> LookedAnswer:
        """Ask who looked at a file."""
        return self._office.looked(self._unlocked(), case)

    def _enter(self, opened: OpenHome) -> Desk:
        self._desk = self.laptop.desk_of(opened)
        self._office.open()
        return self._desk

    def _renewed(self) -> Desk:
        opened = self._opened
        if opened is None:
            raise Cannot("SEND Desk was locked meanwhile. Unlock it and try again; nothing was lost.")
        opened.look_again()
        self._desk = self.laptop.desk_of(opened)
        return self._desk

    def _unlocked(self) -> Desk:
        if self._desk is None:
            raise Cannot("SEND Desk is locked. Unlock it to go on; nothing was lost.")
        return self._desk


def open_window(laptop: Laptop, *, hint: str = "") -> int:
    """Open the window on the laptop's home and return the exit status."""
    from send_desk.gui.app import run_window

    journal = open_journal(laptop.home / "logs")

    def broken(error: Exception) -> None:
        journal.error("fault", kind=type(error).__name__, frames=frames_of(error))

    try:
        return run_window(WindowDoor(laptop, hint=hint), broken=broken)
    finally:
        close_journal(journal)
