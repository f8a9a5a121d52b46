"""The open home as the window sees it: one worker, one desk behind the lock, and the cases that stand open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from send_desk.domain.errors import Cannot, KnownError
from send_desk.gui.door import Door, NewHome
from send_desk.gui.jobs import Jobs
from send_desk.gui.office_link import OfficeLink, Pace
from send_desk.gui.open_case import OpenCase
from send_desk.services.desk import Desk
from send_desk.services.leasing import office_state
from send_desk.services.office import OfficeState
from send_desk.services.ports import CaseFile
from send_desk.services.reading import open_case
from send_desk.services.reads import note_read

T = TypeVar("T")

LOCK_WAIT_MS = 10_000
_LOCKED = "SEND Desk is locked. Unlock it to go on; nothing was lost."


class Session(QObject):
    """Everything the pages share. Made once by `app` and passed in; all its signals are sent on the GUI thread."""

    unlocked = Signal()
    locking = Signal()
    """The lock begins: the window shows nothing of any case from now on, while the last words are being saved."""
    locked = Signal()
    """The store is closed and the key dropped; no answer of the time before is still under way."""
    saved = Signal(object)
    """A durable save, with its moment (aware datetime, UTC)."""
    troubled = Signal(str)
    """Something that the person should read: what happened, what was kept, what to do."""
    told = Signal(str)
    """Good news that the person should read."""
    listed = Signal()
    """Lines of the case list have changed; My day and Cases should ask anew."""

    written = Signal()
    """A change stands in the log of this laptop, and waits for the office where there is one."""
    forgotten = Signal(str)
    """A case is no longer on this laptop; sent with its id, once nothing of it stands open."""
    lapsed = Signal(object)
    """The home is open, but its lease has ended: the desk stays shut until a sign-in. Sent with the `OfficeState`."""

    idle_changed = Signal(int)
    """After how many minutes without a key the window is to lock itself from now on."""

    def __init__(
        self,
        door: Door,
        *,
        broken: Callable[[Exception], None],
        pace: Pace | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.door = door
        self._broken = broken
        self._jobs = Jobs(self.tell, self)
        self._aside = Jobs(self.tell, self)
        self._desk: Desk | None = None
        self._lapsed: Desk | None = None
        self._opening = 0
        self._cases: dict[str, OpenCase] = {}
        self.office = OfficeLink(self, pace=pace)

    @property
    def jobs(self) -> Jobs:
        """The worker, for long work that tells its progress."""
        return self._jobs

    @property
    def aside(self) -> Jobs:
        """A second worker for what takes long and reads by a connection of its own: backups."""
        return self._aside

    @property
    def desk(self) -> Desk:
        """The open desk, to read its user, law and day; its store belongs to the worker thread."""
        if self._desk is None:
            raise Cannot(_LOCKED)
        return self._desk

    @property
    def is_locked(self) -> bool:
        """Whether the desk is shut, or about to be: nothing new may be asked of it."""
        return self._desk is None

    @property
    def unsaved(self) -> int:
        """In how many open cases words stand that are not on disk."""
        return sum(case.has_unsaved for case in self._cases.values())

    def unlock(self, passphrase: str, *, failed: Callable[[str], None]) -> None:
        """Open the home off the GUI thread; `failed` gets the words where it stays shut."""
        self._enter(lambda: self.door.unlock(passphrase), failed)

    def create(self, wish: NewHome, *, failed: Callable[[str], None]) -> None:
        """Make a home off the GUI thread and open it; `failed` gets the words where none was made."""
        self._enter(lambda: self.door.create(wish), failed)

    def lock(self) -> None:
        """Blank the window, flush what is being written, close the store and drop the key; `locked` tells the end.

        Words that could not be saved (a full disk) stay in memory with their case, and are saved after unlocking.
        """
        if self._desk is None and self._lapsed is None:
            return
        self.rest()
        self._desk = self._lapsed = None
        self._opening += 1
        self.office.end()
        self.locking.emit()
        self._jobs.submit(self.door.lock, self._shut, self._shut_badly)

    def flush(self) -> bool:
        """Save what is being written, and wait for it; False if some of it could not be saved."""
        self.rest()
        return self._jobs.drain(LOCK_WAIT_MS) and self.unsaved == 0

    def rest(self) -> None:
        """Let the words in work of every open case become revisions."""
        if self._desk is not None:
            for case in self._cases.values():
                case.rest()

    def close(self) -> None:
        """Lock, wait for the end of it, and take no more work."""
        self.lock()
        self.office.close(LOCK_WAIT_MS)
        self._jobs.close(LOCK_WAIT_MS)
        self._aside.close(LOCK_WAIT_MS)

    def ask(
        self,
        work: Callable[[Desk], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        latest: str = "",
        even_locked: bool = False,
    ) -> None:
        """Do something with the desk on the worker; with `latest`, an older question of that name is dropped.

        While it is locked, `failed` is called at once, and nothing happens where there is none. An answer that comes
        after a lock is dropped, for its page is gone or going, unless it is wanted `even_locked`.
        """
        desk = self._desk
        if desk is None:
            if failed is not None:
                failed(Cannot(_LOCKED))
            return

        opening = self._opening

        def answer(value: T) -> None:
            if done is not None and (even_locked or self._opening == opening):
                done(value)

        def wrong(error: Exception) -> None:
            if failed is not None and (even_locked or self._opening == opening):
                failed(error)
            else:
                self.tell(error)

        if latest:
            self._jobs.submit_latest(latest, lambda: work(desk), answer, wrong)
        else:
            self._jobs.submit(lambda: work(desk), answer, wrong)

    def open(self, case: str, done: Callable[[OpenCase], None]) -> None:
        """Bring a case onto the screen: the one that stands open, or read from the store."""
        if case in self._cases:
            done(self._cases[case])
            return

        def arrived(file: CaseFile) -> None:
            done(self.adopt(file))

        def read(desk: Desk) -> CaseFile:
            file = open_case(desk, case)
            note_read(desk, file.case.id, "opened")
            return file

        self.ask(read, arrived)

    def adopt(self, file: CaseFile) -> OpenCase:
        """Return the open case of a file that a service has just given, such as a new one."""
        known = self._cases.get(file.case.id)
        if known is not None:
            return known
        opened = OpenCase(self, file)
        opened.saved.connect(self.saved)
        opened.committed.connect(self.listed)
        opened.committed.connect(self.written)
        self._cases[file.case.id] = opened
        return opened

    def opened(self, case: str) -> OpenCase | None:
        """Return the case of that id where it stands open."""
        return self._cases.get(case)

    def forget(self, case: str) -> None:
        """Let go of a case that is no longer on this laptop."""
        opened = self._cases.pop(case, None)
        if opened is not None:
            opened.forget()
        self.forgotten.emit(case)
        if opened is not None:
            opened.deleteLater()

    def renewed(self, desk: Desk) -> None:
        """The office has given this home its name and role anew; where the desk was kept shut for it, it opens now."""
        if self._lapsed is not None:
            self._lapsed = None
            self._let_in(desk)
        elif self._desk is not None:
            self._desk = desk

    def new_day(self) -> None:
        """Check every open case anew: midnight has passed, or the lists have changed."""
        for case in self._cases.values():
            case.recheck()
        self.listed.emit()

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

    def _enter(self, work: Callable[[], Desk], failed: Callable[[str], None]) -> None:
        def wrong(error: Exception) -> None:
            if isinstance(error, KnownError):
                failed(str(error))
                return
            self.tell(error)
            failed("")

        def enter() -> tuple[Desk, OfficeState]:
            desk = work()
            return desk, office_state(desk)

        self._jobs.submit(enter, self._entered, wrong)

    def _entered(self, told: tuple[Desk, OfficeState]) -> None:
        desk, state = told
        if state.enrolled and state.ended:
            self._lapsed = desk
            self.lapsed.emit(state)
        else:
            self._let_in(desk)

    def _let_in(self, desk: Desk) -> None:
        self._desk = desk
        self.office.begin()
        self.unlocked.emit()
        held = tuple(case for case in self._cases.values() if case.has_unsaved)
        for case in held:
            case.reread()
        if held:
            self._jobs.submit(lambda: None, lambda _: self._tell_of_held())

    def _tell_of_held(self) -> None:
        if self.unsaved == 0:
            self.told.emit("The words that could not be saved before SEND Desk was locked are saved now.")
        else:
            self.troubled.emit(
                "Words that you wrote before the lock are still not on the disk. They stand in their place and will "
                "be saved as soon as the disk takes them. Free some room on it, and leave SEND Desk open until then."
            )

    def _shut(self, _: object = None) -> None:
        for id_, case in tuple(self._cases.items()):
            if not case.has_unsaved:
                del self._cases[id_]
                case.deleteLater()
        self.locked.emit()

    def _shut_badly(self, error: Exception) -> None:
        self._shut()
        self.tell(error)
