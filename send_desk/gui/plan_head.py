"""The head of the plan page: whose plan it is, how far the twenty weeks are, who has answered."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from send_desk.domain.case import Case
from send_desk.domain.ids import Cell
from send_desk.domain.register import CELL_TITLES
from send_desk.domain.year_group import year_number, year_words
from send_desk.gui.badge import BadgeLine
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_4
from send_desk.gui.office_words import CaseSync
from send_desk.gui.pieces import set_icon
from send_desk.gui.plan_view import PlanView
from send_desk.gui.strip import ContributionStrip, StripCell
from send_desk.gui.week_bar import WeekBar, week_words
from send_desk.gui.words import ShortLine, Voice

_WEEKS = 280
_ROOMY = 1_160
"""From how wide a head the badge of the office copy has its words beside it."""


class PlanHead(QWidget):
    """One line: name over age, year and setting; the strip; the week bar; how it stands to the office copy; print."""

    front_wanted = Signal()
    print_wanted = Signal()
    cell_wanted = Signal(object)
    """Sent with the `Cell` of the strip that was opened."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ShortLine("", Voice.HEADING)
        self._facts = ShortLine("", Voice.QUIET)
        self._facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._week = WeekBar(look)
        self._week.setMaximumWidth(_WEEKS)
        self._week_words = ShortLine("", Voice.SMALL)
        self._week_words.hide()
        self._narrow = False
        self._strip = ContributionStrip(look)
        self._strip.opened.connect(self.cell_wanted)
        self._office = BadgeLine(look, self)
        self._front = self._button(look, "case.front", "Front page", "identification-card")
        self._front.clicked.connect(lambda: self.front_wanted.emit())
        self._front.hide()
        self._print = self._button(look, "case.print", "Print", "printer")
        self._print.setToolTip("Print   Ctrl+P")
        self._print.clicked.connect(lambda: self.print_wanted.emit())
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addStretch(1)
        who.addWidget(self._name)
        who.addWidget(self._facts)
        who.addStretch(1)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_2)
        row.setSpacing(SPACE_4)
        row.addLayout(who, 1)
        row.addWidget(self._strip)
        row.addWidget(self._week)
        row.addWidget(self._week_words)
        row.addWidget(self._office)
        row.addWidget(self._front)
        row.addWidget(self._print)

    def take(self, view: PlanView) -> None:
        """Show a snapshot."""
        case = view.case
        self._name.say(case.title)
        self._facts.say(child_facts(view))
        self._week.show_week(view.week)
        self._week_words.say(week_words(view.week) if view.week is not None else "")
        self._show_week()
        self._strip.show_cells(strip_cells(view))

    def show_office(self, sync: CaseSync | None) -> None:
        """Show how the case stands to its office copy; None where there is no office."""
        self._office.say(sync)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._office.set_short(event.size().width() < _ROOMY)

    def clear(self) -> None:
        """Show nobody."""
        self._office.say(None)
        self._name.say("")
        self._facts.say("")

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what a narrow window has no room for."""
        self._facts.setVisible(not narrow)
        self._narrow = narrow
        self._show_week()
        self._front.setVisible(narrow)  # where there is room, the page stands at the left of the window
        self._front.setText("")
        self._print.setText("" if narrow else "Print")
        self._row.setSpacing(SPACE_2 if narrow else SPACE_4)

    def _show_week(self) -> None:
        running = bool(self._week_words.text())
        self._week.setVisible(running and not self._narrow)
        self._week_words.setVisible(running and self._narrow)

    def _button(self, look: Look, name: str, words: str, icon: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAccessibleName(words)
        set_icon(button, look, icon)
        return button


def child_facts(view: PlanView) -> str:
    """Known-as name, age, year group and setting on one line."""
    case: Case = view.case
    child = case.child
    number = year_number(child.year_group)
    parts = (
        f"known as {child.known_as}" if child.known_as and child.known_as != child.first_names else "",
        age_words(view),
        year_words(number) if number is not None else child.year_group,
        case.setting.name,
    )
    return "  ·  ".join(part for part in parts if part)


def age_words(view: PlanView) -> str:
    """The age in years and months: "9 y 4 m"; empty where no date of birth is recorded."""
    born, today = view.case.child.date_of_birth, view.today
    if born is None or born > today:
        return ""
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    return f"{months // 12} y {months % 12} m"


def strip_cells(view: PlanView) -> tuple[StripCell, ...]:
    """The seven cells as the strip shows them."""
    return tuple(_cell(cell, view) for cell in Cell)


def _cell(cell: Cell, view: PlanView) -> StripCell:
    status = view.cells[cell]
    late = [one.days_late for one in status.statuses if one.state is status.state and one.days_late is not None]
    left = [one.days_left for one in status.statuses if one.state is status.state and one.days_left is not None]
    days = max(late) if late else min(left) if left else None
    return StripCell(cell, status.state, f"{CELL_TITLES[cell]}: {status.words}", status.tip, days)
