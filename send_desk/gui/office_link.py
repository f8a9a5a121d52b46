"""The window's end of the line to the office: when to sync, how it stands, and what came of it.

A sync runs on a worker of its own, so that neither storage nor the screen ever waits for a network. Nothing runs while
the desk is locked: a lock closes the connection at once, and after unlocking it goes on from where it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from send_desk.gui.jobs import Jobs
from send_desk.gui.office_facts import Facts, read_facts
from send_desk.gui.office_words import CaseSync, Phase
from send_desk.services.desk import Desk
from send_desk.services.office import Barred, Busy, Offline, SignInNeeded, Stopped

if TYPE_CHECKING:
    from send_desk.gui.door import EnrolWish
    from send_desk.gui.session import Session
    from send_desk.services.syncing import Outcome, Progress

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pace:
    """How often the desk turns to its office, in milliseconds.

    `first` after unlocking, `every` while online, `pause` after the last writing; after a failure `again`, doubled each
    time up to `seldom`.
    """

    first: int = 1_500
    every: int = 300_000
    pause: int = 15_000
    again: int = 30_000
    seldom: int = 900_000
    calm: int = 400


class OfficeLink(QObject):
    """One for the life of the program, owned by the session. Every method is called on the GUI thread."""

    changed = Signal()
    """`facts` or `phase` are new."""
    progressed = Signal(object)
    """Sent with the `Progress` of a running sync, and with None at its end."""
    came = Signal(object)
    """Sent with the `Outcome` of a sync that has ended well, before anything is said of it."""
    barred = Signal(str, bool)
    """The office has barred this laptop; sent with what it said, and whether the key of the home is destroyed."""

    def __init__(self, session: Session, *, pace: Pace | None = None) -> None:
        super().__init__(session)
        self._session = session
        self._pace = pace or Pace()
        self._line = Jobs(session.tell, self)
        self._facts: Facts | None = None
        self._phase = Phase.RESTING
        self._running = False
        self._again = ""
        self._fails = 0
        self._turn = 0
        self._stopping = False
        self._calm = self._timer(self._pace.calm, self._read)
        self._next = self._timer(self._pace.every, self._by_itself)
        self._pause = self._timer(self._pace.pause, self._after_writing)
        session.saved.connect(self._calm.start)
        session.listed.connect(self._calm.start)
        session.written.connect(self._pause.start)

    @property
    def facts(self) -> Facts | None:
        """How the laptop stands to its office, as last read; None before it was read."""
        return self._facts

    @property
    def phase(self) -> Phase:
        """What goes on now."""
        return self._phase

    @property
    def is_enrolled(self) -> bool:
        """Whether this laptop has an office."""
        return self._facts is not None and self._facts.state.enrolled

    @property
    def line(self) -> Jobs:
        """The worker that may wait for a network."""
        return self._line

    def set_pace(self, pace: Pace) -> None:
        """Turn to the office more often or more seldom."""
        self._pace = pace
        for timer, interval in ((self._calm, pace.calm), (self._next, pace.every), (self._pause, pace.pause)):
            timer.setInterval(interval)

    def of_case(self, case: str) -> CaseSync | None:
        """How a case stands to its office copy; None where there is no office."""
        return self._facts.of_case(case) if self._facts is not None else None

    def begin(self) -> None:
        """The desk is open: read how it stands, and sync soon."""
        self._turn += 1
        self._fails = 0
        self._running, self._stopping, self._again = False, False, ""
        self._enter(Phase.RESTING)
        self._read()
        self._next.start(self._pace.first)

    def end(self) -> None:
        """The desk locks: stop at once; what had arrived is kept, and it goes on after unlocking."""
        self._turn += 1
        for timer in (self._calm, self._next, self._pause):
            timer.stop()
        self._facts = None
        if self._running:
            self._session.door.stop_sync()
        self._running = False
        self._phase = Phase.RESTING
        self.progressed.emit(None)

    def cancel(self) -> None:
        """Stop a running sync; what has arrived stays, and the rest comes another time."""
        if self._running:
            self._stopping = True
            self._session.door.stop_sync()

    def sync(self, case: str = "") -> None:
        """Sync now, one case first where it is named; while a sync runs, do it after that."""
        if self._session.is_locked or not self.is_enrolled:
            return
        if self._running:
            self._again = case or self._again or "all"
            return
        self._running, self._stopping, self._again = True, False, ""
        self._next.stop()
        self._pause.stop()
        self._enter(Phase.SYNCING)
        self._session.rest()
        # Behind the closing of the words in work, so that what was typed a moment ago goes along.
        self._session.ask(lambda desk: None, partial(self._start, self._turn, case), self._not_started)

    def enrol(self, wish: EnrolWish, done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        """Bind this laptop to an account of the office, and fetch what belongs to it."""
        door = self._session.door
        self._signed(lambda: door.enrol(wish), done, failed)

    def sign_in(self, user: str, password: str, done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        """Renew what the office gave this laptop, by name and password."""
        door = self._session.door
        self._signed(lambda: door.sign_in(user, password), done, failed)

    def ask(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Ask the office something, off the worker of storage; an answer after a lock is dropped."""
        turn = self._turn

        def answer(value: T) -> None:
            if turn == self._turn:
                done(value)

        def wrong(error: Exception) -> None:
            if turn == self._turn:
                failed(error)

        self._line.submit(work, answer, wrong)

    def close(self, timeout: int) -> None:
        """Take no more work."""
        self.end()
        self._line.close(timeout)

    def read(self) -> None:
        """Read anew how the laptop stands."""
        self._calm.start()

    def _signed(self, work: Callable[[], Desk], done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        def signed(desk: Desk) -> None:
            self._session.renewed(desk)
            self._fails = 0
            self._enter(Phase.RESTING)
            done()
            self._session.ask(read_facts, self._read_and_go)

        self.ask(work, signed, failed)

    def _read_and_go(self, facts: Facts) -> None:
        self._show(facts)
        self.sync()

    def _start(self, turn: int, case: str, _: object) -> None:
        if turn != self._turn:
            return
        door = self._session.door

        def told(progress: Progress) -> None:
            if turn != self._turn or self._stopping:
                raise Stopped("The sync was stopped. What had arrived is kept.")
            self._line.post(partial(self._tell_progress, turn, progress))

        self._line.submit(lambda: door.sync(case, told), partial(self._done, turn), partial(self._failed, turn))

    def _not_started(self, error: Exception) -> None:
        self._running = False
        self._enter(Phase.RESTING)
        self._session.tell(error)

    def _tell_progress(self, turn: int, progress: Progress) -> None:
        if turn == self._turn and self._running:
            self.progressed.emit(progress)

    def _done(self, turn: int, outcome: Outcome) -> None:
        if turn != self._turn:
            return
        self._fails = 0
        self._ended(Phase.RESTING, self._pace.every)
        self.came.emit(outcome)
        again, self._again = self._again, ""
        if again:
            self.sync("" if again == "all" else again)

    def _failed(self, turn: int, error: Exception) -> None:
        if turn != self._turn:
            return
        stopped, self._stopping = self._stopping, False
        if stopped:
            self._ended(Phase.RESTING, self._pace.every)
            return
        wait = min(self._pace.seldom, self._pace.again * 2**self._fails)
        self._fails += 1
        match error:
            case SignInNeeded():
                self._ended(Phase.SIGN_IN, self._pace.seldom)
            case Barred():
                self._ended(Phase.RESTING, self._pace.seldom)
                self.barred.emit(str(error), error.wiped)
            case Offline() | Busy():
                self._ended(Phase.OFFLINE, wait)  # quiet: the status line and the button say it
            case _:
                self._ended(Phase.OFFLINE, wait)
                self._session.tell(error)

    def _ended(self, phase: Phase, wait: int) -> None:
        self._running = False
        self.progressed.emit(None)
        self._next.start(wait)
        self._enter(phase)
        self._read()

    def _enter(self, phase: Phase) -> None:
        if phase is not self._phase:
            self._phase = phase
            self.changed.emit()

    def _by_itself(self) -> None:
        if self._phase is not Phase.SIGN_IN:
            self.sync()
        if not self._running:
            self._next.start(self._pace.every)

    def _after_writing(self) -> None:
        # While the office cannot be reached, the back-off decides when it is tried again, not the writing.
        if self._facts is not None and self._facts.waiting and self._phase is Phase.RESTING:
            self.sync()

    def _read(self) -> None:
        self._session.ask(read_facts, self._show, latest="office")

    def _show(self, facts: Facts) -> None:
        if facts != self._facts:
            self._facts = facts
            self.changed.emit()

    def _timer(self, milliseconds: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(call)
        return timer
