"""What a sync brought onto the open desk: cases follow, withdrawn ones are closed, and the person is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from send_desk.gui.pieces import Kind
from send_desk.gui.session import Session
from send_desk.services.reading import renew_lines

if TYPE_CHECKING:
    from send_desk.services.syncing import Outcome, Progress

_LOOK_AGAIN_MS = 1_000
_LIST_EVERY_MS = 2_500
_MOST = 5
_SLICE = 6
_RENEWED_ALREADY = 50
"""Up to how many changed cases a sync has brought their lines up to date itself (services/syncing.py)."""


class Arrivals(QObject):
    """Takes each outcome of a sync; `told` is sent with words, how pressing they are, and what a button may open."""

    told = Signal(str, object, str)

    def __init__(self, session: Session, desk: QWidget) -> None:
        super().__init__(desk)
        self._session, self._desk = session, desk
        self._waiting: list[str] = []
        self._later = QTimer(self, singleShot=True, interval=_LOOK_AGAIN_MS)
        self._later.timeout.connect(self._follow)
        self._lines: list[str] = []
        self._listing = QTimer(self, singleShot=True, interval=_LIST_EVERY_MS)
        self._listing.timeout.connect(session.listed)
        session.office.came.connect(self._take)
        session.office.progressed.connect(self._look)

    def _take(self, outcome: Outcome) -> None:
        for case in outcome.gone_cases:
            self._session.forget(case)
        touched = dict.fromkeys((*outcome.changed_cases, *outcome.redacted_cases, *outcome.mended_cases))
        self._waiting += [case for case in touched if case not in outcome.gone_cases and case not in self._waiting]
        self._lines += [case for case in outcome.changed_cases if case not in self._lines]
        if len(outcome.changed_cases) <= _RENEWED_ALREADY:
            self._lines.clear()
        if touched or outcome.gone_cases or outcome.sent or outcome.refused:
            self._renew()
        self._follow()
        self._tell(outcome)

    def _look(self, progress: Progress | None) -> None:
        # Cases appear in the list as they come.
        if progress is not None and progress.step in ("first", "receive") and not self._listing.isActive():
            self._listing.start()

    def _renew(self) -> None:
        # A few at a time, so that a save of typed words waits a blink at most.
        now, self._lines = self._lines[:_SLICE], self._lines[_SLICE:]
        if now:
            self._session.ask(lambda desk: renew_lines(desk, now), lambda _: self._renew())
        else:
            self._session.listed.emit()

    def _follow(self) -> None:
        from send_desk.gui.inline_form import InlineForm  # there is none to look for until a page brought it

        # A form that stands open was filled in from the case as it was: it is recorded on that, and then the case
        # follows, so that nothing which came meanwhile is written over unseen.
        if any(form.isVisible() for form in self._desk.findChildren(InlineForm)):
            self._later.start()
            return
        waiting, self._waiting = self._waiting, []
        for case in waiting:
            opened = self._session.opened(case)
            if opened is not None:
                opened.follow()

    def _tell(self, outcome: Outcome) -> None:
        said = list(outcome.messages)
        if not said:
            return
        words = "\n".join(said[:_MOST])
        if len(said) > _MOST:
            words += f"\nand {len(said) - _MOST} more"
        self.told.emit(words, Kind.WARN if outcome.refused else Kind.INFO, _place_of(outcome))


def _place_of(outcome: Outcome) -> str:
    """Return where what is told can be looked at; empty where there is nothing to be done."""
    if outcome.refused:
        return "tray"
    match outcome.apart_cases:
        case ():
            return ""
        case (case,):
            return f"conflict/{case}"
        case _:
            return "my_day"
