"""One case that stands open: the file on the worker's side, its snapshot on the screen's, and what is typed between.

The worker's file is the truth; each piece of work takes it, lets a service change it, and leaves the new one. The
screen gets snapshots. Words being typed are kept 800 ms after the last key and 5 s after the first at the latest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from send_desk.domain.checks import Checker
from send_desk.domain.entry import Entry
from send_desk.domain.finding import Finding
from send_desk.services import drafting
from send_desk.services.desk import Desk
from send_desk.services.ports import CaseFile

if TYPE_CHECKING:
    from send_desk.domain.case import Case
    from send_desk.gui.session import Session

PAUSE_MS = 800
LONGEST_MS = 5_000
REST_MS = 60_000

Work = Callable[[Desk, CaseFile], CaseFile]


@dataclass(frozen=True, slots=True)
class _Outcome:
    file: CaseFile
    findings: tuple[Finding, ...]
    at: datetime | None


class OpenCase(QObject):
    """A case on the screen. Every method is called on the GUI thread."""

    changed = Signal()
    """`file` has a new snapshot whose structure differs: entries, events, people, contributions."""
    worded = Signal()
    """`file` has a new snapshot in which only words of one field differ; editors stay as they are."""
    checked = Signal()
    """`findings` are new."""
    saved = Signal(object)
    """A durable save, with its moment."""
    committed = Signal()
    """Revisions were written, so the line in the list may differ."""

    def __init__(self, session: Session, file: CaseFile) -> None:
        super().__init__(session)
        self._session = session
        self._file = file
        self._worker_file = file
        self._findings: tuple[Finding, ...] = ()
        self._checker = Checker()
        self._typed: dict[tuple[str, str], object] = {}
        self.undo = QUndoStack(self)
        self._pause = self._timer(PAUSE_MS, self.flush)
        self._longest = self._timer(LONGEST_MS, self.flush)
        self._resting = self._timer(REST_MS, self.rest)
        self.recheck()

    @property
    def file(self) -> CaseFile:
        """The latest snapshot."""
        return self._file

    @property
    def case(self) -> Case:
        """The latest snapshot's case."""
        return self._file.case

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding of the latest checked snapshot, dismissed ones included."""
        return self._findings

    def type(self, record: str, field: str, value: object) -> None:
        """Take words being typed in a field (`text`, `fields.how_often`) of a record; they are kept at the next pause."""
        self._typed[(record, field)] = value
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()
        self._resting.start()

    def flush(self) -> None:
        """Keep now what has been typed."""
        typed, self._typed = self._typed, {}
        self._pause.stop()
        self._longest.stop()
        if typed:
            self._submit(_keeping(typed), self._kept, typed)

    def leave(self, *records: str) -> None:
        """Keep what has been typed and let the words of these records become a revision: the writer has left them."""
        self.flush()
        self._submit(lambda desk, file: drafting.close(desk, file, *records), self._worded)

    def rest(self) -> None:
        """Keep what has been typed and close all words in work: before lock, print and close, and after a minute."""
        self._resting.stop()
        self.flush()
        self._submit(lambda desk, file: drafting.close(desk, file), self._worded)

    def do(self, work: Work, done: Callable[[], None] | None = None) -> None:
        """Let a service change the case, after whatever has been typed so far; `done` is called when it is on disk."""
        self.flush()

        def answer(outcome: _Outcome) -> None:
            self._take(outcome)
            self.changed.emit()
            self.committed.emit()
            if done is not None:
                done()

        self._submit(work, answer)

    def restructure(self, title: str, work: Work, done: Callable[[], None] | None = None) -> None:
        """Do the same with undo: the entries that the work changes can be brought back with Ctrl+Z."""
        before = self._file.case.entries

        def finished() -> None:
            after = self._file.case.entries
            if after != before:
                self.undo.push(_Restructured(self, title, before, after))
            if done is not None:
                done()

        self.do(work, finished)

    def recheck(self) -> None:
        """Compute the findings anew, as when the day or the lists have changed."""
        self._submit(lambda desk, file: file, self._checked_only)

    def _submit(
        self,
        work: Work,
        answer: Callable[[_Outcome], None],
        typed: Mapping[tuple[str, str], object] | None = None,
    ) -> None:
        def run(desk: Desk) -> _Outcome:
            before = self._worker_file
            self._worker_file = work(desk, before)
            book = desk.book(self._worker_file.case)
            findings = self._checker.check(self._worker_file.case, book, desk.lists, desk.today)
            at = None if self._worker_file is before else desk.clock.now()
            return _Outcome(self._worker_file, findings, at)

        def failed(error: Exception) -> None:
            # What could not be kept stays typed, so that the next pause, lock or close tries it again.
            for place, value in (typed or {}).items():
                self._typed.setdefault(place, value)
            self._session.tell(error)

        self._session.ask(run, answer, failed)

    def _take(self, outcome: _Outcome) -> None:
        self._file = outcome.file
        if outcome.at is not None:
            self.saved.emit(outcome.at)
        if outcome.findings != self._findings:
            self._findings = outcome.findings
            self.checked.emit()

    def _kept(self, outcome: _Outcome) -> None:
        self._take(outcome)
        self.worded.emit()

    def _worded(self, outcome: _Outcome) -> None:
        self._take(outcome)
        if outcome.at is not None:
            self.worded.emit()
            self.committed.emit()

    def _checked_only(self, outcome: _Outcome) -> None:
        self._findings = outcome.findings
        self.checked.emit()

    def _timer(self, milliseconds: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(call)
        return timer


class _Restructured(QUndoCommand):
    def __init__(self, case: OpenCase, title: str, before: tuple[Entry, ...], after: tuple[Entry, ...]) -> None:
        super().__init__(title)
        self._case, self._before, self._after = case, before, after
        self._fresh = True

    def undo(self) -> None:
        self._bring(self._before, self._after)

    def redo(self) -> None:
        # Qt calls redo when the command is pushed, but the work is done by then.
        if not self._fresh:
            self._bring(self._after, self._before)
        self._fresh = False

    def _bring(self, old: tuple[Entry, ...], new: tuple[Entry, ...]) -> None:
        self._case.do(lambda desk, file: drafting.restore_entries(desk, file, old=old, new=new))


def _keeping(typed: Mapping[tuple[str, str], object]) -> Work:
    def work(desk: Desk, file: CaseFile) -> CaseFile:
        for (record, field), value in typed.items():
            file = drafting.keep(desk, file, record, field, value).file
        return file

    return work
