"""The lines of all cases as the window last knew them: shown at once, brought up to the day in slices behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from send_desk.domain.dates import counted
from send_desk.domain.summary import DayLine, Errand, Summary
from send_desk.gui.case_rows import CaseRows, case_rows
from send_desk.gui.office_facts import sync_of
from send_desk.gui.office_words import CaseSync
from send_desk.gui.session import Session
from send_desk.services.desk import Desk
from send_desk.services.reading import DayItem, my_day, outdated, renew_lines

if TYPE_CHECKING:
    from send_desk.services.conflicts import Conflict

_SLICE = 6  # cases in one piece of work, so that a save of typed words waits a blink at most
_CALM_MS = 250
_REDRAW_EVERY = 10  # slices


@dataclass(frozen=True, slots=True)
class Lines:
    """One reading of the list: rows for the table, items for My day, and how many lines are still of another day."""

    rows: CaseRows = field(default_factory=CaseRows)
    everyone: tuple[DayItem, ...] = ()
    mine: tuple[DayItem, ...] = ()
    owners: int = 0
    outdated: int = 0
    has_office: bool = False
    """Whether this laptop is enrolled, so that every case has a badge."""


@dataclass(frozen=True, slots=True)
class _Known:
    lines: tuple[Summary, ...]
    left: tuple[str, ...]
    sync: Mapping[str, CaseSync] | None = None


class CaseLines(QObject):
    """Reads the list off the GUI thread; `changed` is sent with every new `Lines`."""

    changed = Signal()
    progressed = Signal(int, int)
    """Sent with how many lines have been brought up to the day, of how many; equal when it is done."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown = Lines()
        self._total = 0
        self._turn = 0
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._calm.timeout.connect(self.read)
        session.listed.connect(self._calm.start)

    @property
    def shown(self) -> Lines:
        """What was read last."""
        return self._shown

    def read(self) -> None:
        """Read the list now; lines of another day are shown as they are and then computed anew, slice by slice."""
        self._turn += 1
        self._session.ask(_read, partial(self._arrived, self._turn), latest="lines")

    def _arrived(self, turn: int, told: tuple[_Known, Lines]) -> None:
        if turn != self._turn:
            return
        known, lines = told
        self._show(lines)
        self._total = len(known.left)
        self._next(turn, known, 1)

    def _next(self, turn: int, known: _Known, count: int) -> None:
        if self._total:
            self.progressed.emit(self._total - len(known.left), self._total)
        if known.left and turn == self._turn:
            drawn = count % _REDRAW_EVERY == 0 or len(known.left) <= _SLICE
            self._session.ask(partial(_renew, known, drawn), partial(self._renewed, turn, count))

    def _renewed(self, turn: int, count: int, told: tuple[_Known, Lines | None]) -> None:
        known, lines = told
        if turn != self._turn:
            return
        if lines is not None:
            self._show(lines)
        self._next(turn, known, count + 1)

    def _show(self, lines: Lines) -> None:
        self._shown = lines
        self.changed.emit()


def _read(desk: Desk) -> tuple[_Known, Lines]:
    lines = desk.store.summaries()
    known = _Known(lines, outdated(desk, lines), sync_of(desk))
    return known, _made(desk, known)


def _renew(known: _Known, drawn: bool, desk: Desk) -> tuple[_Known, Lines | None]:
    fresh = {line.case: line for line in renew_lines(desk, known.left[:_SLICE])}
    lines = tuple(fresh.get(line.case, line) for line in known.lines)
    after = replace(known, lines=lines, left=known.left[_SLICE:])
    return after, _made(desk, after) if drawn else None


def _made(desk: Desk, known: _Known) -> Lines:
    mine = desk.user.name
    titles = {rule: limit.title for book in desk.rulebooks.values() for rule, limit in book.time_limits.items()}
    apart = _apart(desk, known)
    pressing = tuple(_office_items(desk, known, apart))
    own = {line.case for line in known.lines if line.owner == mine}
    concerned = {case for case, found in apart.items() if any(value.here for one in found for value in one.values)}
    ours = [
        item for item in pressing if item.case in own or item.line.errand is Errand.NOT_TAKEN or item.case in concerned
    ]
    return Lines(
        rows=case_rows(known.lines, today=desk.today, mine=mine, titles=titles, sync=known.sync),
        everyone=(*my_day(known.lines), *pressing),
        mine=(*my_day(known.lines, owner=mine), *ours),
        owners=len({line.owner for line in known.lines}),
        outdated=len(known.left),
        has_office=known.sync is not None,
    )


def _apart(desk: Desk, known: _Known) -> Mapping[str, Sequence[Conflict]]:
    """Return the open conflicts by case."""
    if not any(one.conflicts for one in (known.sync or {}).values()):
        return {}
    from send_desk.services.conflicts import conflicts  # not at a start, where nobody wrote apart

    found: dict[str, list[Conflict]] = {}
    for one in conflicts(desk):
        found.setdefault(one.case, []).append(one)
    return found


def _office_items(desk: Desk, known: _Known, apart: Mapping[str, Sequence[Conflict]]) -> Iterator[DayItem]:
    names = {line.case: line.name or line.reference for line in known.lines}
    for case, one in (known.sync or {}).items():
        for count, errand, words, place in (
            (one.conflicts, Errand.CONFLICT, _apart_words(apart.get(case, ())), "conflict"),
            (one.refused, Errand.NOT_TAKEN, f"{counted(one.refused, 'change')} not in the office copy", "tray"),
        ):
            if count and case in names:
                yield DayItem(case, names[case], DayLine(errand, desk.today, words, place))


def _apart_words(found: Sequence[Conflict]) -> str:
    if not found:
        return "Something to choose or to check"
    from send_desk.services.conflicts import named, written_by

    people = list(dict.fromkeys(written_by(one) for one in found))
    who = f", by {people[0]}" if len(people) == 1 else ""
    return f"{named(found)}{who}: please {'choose' if any(one.hard for one in found) else 'check'}"
