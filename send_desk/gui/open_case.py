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

from send_desk.domain.entry import Entry
from send_desk.domain.finding import Finding
from send_desk.services import drafting
from send_desk.services.desk import Desk
from send_desk.services.following import follow
from send_desk.services.ports import CaseFile
from send_desk.services.reading import open_case

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
        self._typed: dict[tuple[str, str], object] = {}
        self._failing = False
        self._in_hand: set[str] = set()
        self._behind = False
        self._gone = False
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

    @property
    def has_unsaved(self) -> bool:
        """Whether words stand here that are not on disk."""
        return bool(self._typed)

    def type(self, record: str, field: str, value: object) -> None:
        """Take words being typed in a field of a record (`text`, `fields.who`); they are kept at the next pause."""
        self._typed[(record, field)] = value
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()
        self._resting.start()

    def take_up(self, record: str) -> None:
        """The writer's cursor is in a record: nothing that comes from the office changes it under the cursor."""
        self._in_hand.add(record)

    def put_down(self, record: str) -> None:
        """The cursor has left a record: it follows what came meanwhile."""
        self._in_hand.discard(record)
        if self._behind:
            self._behind = False
            self.follow()

    def follow(self) -> None:
        """Take in what came from the office, but for the records that are in the writer's hands."""
        held = frozenset(self._in_hand | {record for record, _ in self._typed})
        self._behind = self._behind or bool(held)
        self._submit(lambda desk, file: follow(desk, file, held) or file, self._reread)

    def forget(self) -> None:
        """Let go of everything: the case is no longer on this laptop."""
        self._gone = True
        for timer in (self._pause, self._longest, self._resting):
            timer.stop()
        self._typed.clear()
        self.undo.clear()

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
        self._do(work, lambda: None, done)

    def _do(self, work: Work, told: Callable[[], None], done: Callable[[], None] | None) -> None:
        self.flush()

        def answer(outcome: _Outcome) -> None:
            self._take(outcome)
            self.changed.emit()
            self.committed.emit()
            told()
            if done is not None:
                # In a turn of its own: the pages have had theirs, and a row that is built now takes another.
                QTimer.singleShot(0, self, done)

        self._submit(work, answer)

    def restructure(self, title: str, work: Work, done: Callable[[], None] | None = None) -> None:
        """Do the same with undo: the entries that the work changes can be brought back with Ctrl+Z."""
        seen: list[tuple[tuple[Entry, ...], tuple[Entry, ...]]] = []

        def watched(desk: Desk, file: CaseFile) -> CaseFile:
            # On the worker, because the screen's snapshot may not have the words yet that were typed last.
            after = work(desk, file)
            seen.append((file.case.entries, after.case.entries))
            return after

        def finished() -> None:
            for before, after in seen:
                if after != before:
                    self.undo.push(_Restructured(self, title, before, after))

        self._do(watched, finished, done)

    def recheck(self) -> None:
        """Compute the findings anew, as when the day or the lists have changed."""
        self._submit(lambda desk, file: file, self._checked_only)

    def reread(self) -> None:
        """Take the case from the store anew, as a command may have written during a lock; then keep what waits."""
        self._submit(lambda desk, file: open_case(desk, file.case.id), self._reread)
        self.flush()

    def _submit(
        self,
        work: Work,
        answer: Callable[[_Outcome], None],
        typed: Mapping[tuple[str, str], object] | None = None,
    ) -> None:
        def run(desk: Desk) -> _Outcome:
            before = self._worker_file
            self._worker_file = work(desk, before)
            findings = desk.findings(self._worker_file.case)
            at = None if self._worker_file is before else desk.clock.now()
            return _Outcome(self._worker_file, findings, at)

        def failed(error: Exception) -> None:
            if self._gone:
                return
            # What could not be kept stays typed, so that the next pause, lock or close tries it again.
            for place, value in (typed or {}).items():
                self._typed.setdefault(place, value)
            told_before, self._failing = self._failing, bool(typed)
            if self._session.is_locked:
                return  # the lock screen says how many words wait, and unlocking tries again
            if self._typed:
                self._longest.start()
            if not (told_before and typed):
                self._session.tell(error)

        self._session.ask(run, answer, failed, even_locked=True)

    def _take(self, outcome: _Outcome) -> None:
        self._file = outcome.file
        if outcome.at is not None:
            self.saved.emit(outcome.at)
        if outcome.findings != self._findings:
            self._findings = outcome.findings
            self.checked.emit()

    def _kept(self, outcome: _Outcome) -> None:
        self._failing = False
        self._take(outcome)
        self.worded.emit()

    def _worded(self, outcome: _Outcome) -> None:
        self._take(outcome)
        if outcome.at is not None:
            self.worded.emit()
            self.committed.emit()

    def _reread(self, outcome: _Outcome) -> None:
        self._file = outcome.file
        self._checked_only(outcome)
        self.changed.emit()

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
        kept = {entry.id for entry in self._before}

        def work(desk: Desk, file: CaseFile) -> CaseFile:
            # An entry that goes again has been written in meanwhile: doing it again brings those words too.
            now = {entry.id: entry for entry in file.case.entries}
            self._after = tuple(one if one.id in kept else now.get(one.id, one) for one in self._after)
            return drafting.restore_entries(desk, file, old=self._before, new=self._after)

        self._case.do(work)

    def redo(self) -> None:
        # Qt calls redo when the command is pushed, but the work is done by then.
        if not self._fresh:
            self._case.do(lambda desk, file: drafting.restore_entries(desk, file, old=self._after, new=self._before))
        self._fresh = False


def _keeping(typed: Mapping[tuple[str, str], object]) -> Work:
    def work(desk: Desk, file: CaseFile) -> CaseFile:
        for (record, field), value in typed.items():
            file = drafting.keep(desk, file, record, field, value).file
        return file

    return work
