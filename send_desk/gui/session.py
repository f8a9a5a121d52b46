"""The open home as the window sees it: one worker, one desk behind the lock, and the cases that stand open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from send_desk.domain.errors import Cannot, KnownError
from send_desk.gui.door import Door
from send_desk.gui.jobs import Jobs
from send_desk.gui.open_case import OpenCase
from send_desk.services.desk import Desk
from send_desk.services.ports import CaseFile
from send_desk.services.reading import open_case

T = TypeVar("T")

LOCK_WAIT_MS = 10_000


class Session(QObject):
    """Everything the pages share. Made once by `app` and passed in; all its signals are sent on the GUI thread."""

    unlocked = Signal()
    locked = Signal()
    saved = Signal(object)
    """A durable save, with its moment (aware datetime, UTC)."""
    troubled = Signal(str)
    """Something that the person should read: what happened, what was kept, what to do."""
    listed = Signal()
    """Lines of the case list have changed; My day and Cases should ask anew."""

    def __init__(self, door: Door, *, broken: Callable[[Exception], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.door = door
        self._broken = broken
        self._jobs = Jobs(self.tell, self)
        self._desk: Desk | None = None
        self._cases: dict[str, OpenCase] = {}

    @property
    def jobs(self) -> Jobs:
        """The worker, for long work that tells its progress."""
        return self._jobs

    @property
    def desk(self) -> Desk:
        """The open desk, to read its user, law and day; its store belongs to the worker thread."""
        if self._desk is None:
            raise Cannot("SEND Desk is locked. Unlock it to go on; nothing was lost.")
        return self._desk

    @property
    def is_locked(self) -> bool:
        """Whether the key is dropped and the store closed."""
        return self._desk is None

    def unlock(self, passphrase: str, *, failed: Callable[[str], None]) -> None:
        """Open the home off the GUI thread; `failed` gets the words where it stays shut."""

        def done(desk: Desk) -> None:
            self._desk = desk
            self.unlocked.emit()

        def wrong(error: Exception) -> None:
            if isinstance(error, KnownError):
                failed(str(error))
            else:
                self.tell(error)

        self._jobs.submit(lambda: self.door.unlock(passphrase), done, wrong)

    def lock(self) -> None:
        """Flush what is being written, close the store, drop the key and let the windows go blank."""
        if self._desk is None:
            return
        for case in tuple(self._cases.values()):
            case.rest()
        self._jobs.submit(self.door.lock)
        self._jobs.drain(LOCK_WAIT_MS)
        self._desk = None
        for case in self._cases.values():
            case.deleteLater()
        self._cases.clear()
        self.locked.emit()

    def close(self) -> None:
        """Lock, and take no more work."""
        self.lock()
        self._jobs.close(LOCK_WAIT_MS)

    def ask(
        self,
        work: Callable[[Desk], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        latest: str = "",
    ) -> None:
        """Do something with the desk on the worker; with `latest`, an older question of that name is dropped."""
        desk = self.desk
        if latest:
            self._jobs.submit_latest(latest, lambda: work(desk), done, failed)
        else:
            self._jobs.submit(lambda: work(desk), done, failed)

    def open(self, case: str, done: Callable[[OpenCase], None]) -> None:
        """Bring a case onto the screen: the one that stands open, or read from the store."""
        if case in self._cases:
            done(self._cases[case])
            return

        def arrived(file: CaseFile) -> None:
            done(self.adopt(file))

        self.ask(lambda desk: open_case(desk, case), arrived)

    def adopt(self, file: CaseFile) -> OpenCase:
        """Return the open case of a file that a service has just given, such as a new one."""
        known = self._cases.get(file.case.id)
        if known is not None:
            return known
        opened = OpenCase(self, file)
        opened.saved.connect(self.saved)
        opened.committed.connect(self.listed)
        self._cases[file.case.id] = opened
        return opened

    def tell(self, error: Exception) -> None:
        """Say in words what the world has against it; what is a fault of ours goes to the crash note as well."""
        if isinstance(error, KnownError):
            self.troubled.emit(str(error))
            return
        self._broken(error)
        self.troubled.emit(
            "Something went wrong inside SEND Desk. What you wrote up to the last save is kept. A note without any "
            "personal data was written for those who look after the program."
        )
