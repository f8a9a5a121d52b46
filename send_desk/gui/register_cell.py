"""One cell of the register: its advisers line by line, and what the law says where nobody has to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from send_desk.domain.case import Case
from send_desk.domain.contribution_state import ContributionStatus, givers_of
from send_desk.domain.ids import Cell
from send_desk.domain.register import CELL_TITLES
from send_desk.domain.rulebook import RuleBook
from send_desk.gui.column_page import Listed, PagePart
from send_desk.gui.contribution_line import ContributionLine
from send_desk.gui.look import Look
from send_desk.gui.words import Paragraph, Voice


@dataclass(frozen=True)
class CellLines:
    """What one cell shows of a case."""

    case: Case
    book: RuleBook
    cycle: str
    cell: Cell
    statuses: tuple[ContributionStatus, ...]


@dataclass(frozen=True)
class _Placed:
    """A line of the register with the name that its controls carry: health, then health.2 for the second."""

    key: str
    name: str
    status: ContributionStatus


class CellPart(PagePart):
    """One cell of the strip with its lines."""

    chosen = Signal(object, object)
    history_wanted = Signal(object)
    taken_back = Signal(object, str)

    def __init__(self, look: Look, cell: Cell, parent: QWidget) -> None:
        super().__init__(CELL_TITLES[cell], rule=False, parent=parent)
        self._look = look
        self._none = Paragraph("Nobody has to be asked now.", Voice.QUIET)
        self._lines: Listed[_Placed, ContributionLine] = Listed(lambda one: one.key, self._make, self._fill)
        self.body.addWidget(self._none)
        self.body.addWidget(self._lines)

    def show_cell(self, one: CellLines) -> None:
        """Show the lines of the cell."""
        self._case, self._book = one.case, one.book
        self._none.setVisible(not one.statuses)
        self._none.say(f"Nobody has to be asked now. {_cell_law(one)}".strip())
        placed = [
            _Placed(_key(status, at), f"register.{one.cell}{f'.{at + 1}' if at else ''}", status)
            for at, status in enumerate(one.statuses)
        ]
        self._lines.show_items(placed)

    def begin(self) -> None:
        """Bring the keyboard to the first line."""
        if self._lines.widgets:
            self._lines.widgets[0].begin()

    def close_forms(self) -> None:
        """Take an open form away."""
        for line in self._lines.widgets:
            line.place.close_form()

    def _make(self, one: _Placed) -> ContributionLine:
        line = ContributionLine(self._look, name=one.name)
        line.chosen.connect(partial(self.chosen.emit, line))
        line.history_wanted.connect(partial(self.history_wanted.emit, line))
        line.taken_back.connect(partial(self.taken_back.emit, line))
        return line

    def _fill(self, line: ContributionLine, one: _Placed) -> None:
        line.show_status(one.status, self._case, self._book)


def _key(status: ContributionStatus, at: int) -> str:
    # A line that is made for somebody who stood here unasked stays the same widget, so that the keyboard stays too.
    return f"{at}/{status.giver.letter if status.giver else ''}"


def _cell_law(one: CellLines) -> str:
    asked = givers_of(one.book, one.cycle)
    return "; ".join(dict.fromkeys(giver.citation for giver in asked if giver.cell is one.cell))
