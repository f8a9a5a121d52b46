"""The head of a case's page: who it is, how old, where taught, the twenty weeks, and the strip of seven cells."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from send_desk.domain.case import Case
from send_desk.domain.dates import age_on, counted
from send_desk.domain.register import CellStatus
from send_desk.domain.year_group import year_number, year_words
from send_desk.gui.badge import BadgeLine
from send_desk.gui.flow import FlowLayout
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1, SPACE_4, SPACE_6
from send_desk.gui.office_words import CaseSync
from send_desk.gui.strip import ContributionStrip, StripCell
from send_desk.gui.week_bar import WeekBar
from send_desk.gui.words import Paragraph, Voice


def age_words(born: date, today: date) -> str:
    """Return an age in years and months: "9 years 4 months"."""
    years = age_on(born, today)
    months = (today.year * 12 + today.month - (today.day < born.day)) - (born.year * 12 + born.month) - 12 * years
    return f"{counted(years, 'year')} {counted(months, 'month')}" if months > 0 else counted(years, "year")


def who_words(case: Case, today: date) -> str:
    """Return the line under the name: known as, age, year group, setting, reference."""
    child = case.child
    year = year_number(child.year_group)
    parts = [
        f"known as {child.known_as}" if child.known_as else "",
        age_words(child.date_of_birth, today) if child.date_of_birth else "date of birth not recorded",
        year_words(year) if year is not None else child.year_group,
        case.setting.name,
        case.reference,
    ]
    return "  ·  ".join(part for part in parts if part)


def strip_cells(cells: tuple[CellStatus, ...]) -> list[StripCell]:
    """Return the strip as it is painted: each cell with its days left or late, and its tip."""
    return [_cell(cell) for cell in cells]


def _cell(cell: CellStatus) -> StripCell:
    worst = next((one for one in cell.statuses if one.state is cell.state), None)
    days = None if worst is None else worst.days_late if worst.days_late is not None else worst.days_left
    title = cell.tip.partition("\n")[0].partition(":")[0]
    return StripCell(cell.cell, cell.state, f"{title}: {cell.words}", cell.tip, days)


class CaseHead(QWidget):
    """The head of a page; `opened` is sent with the cell of the strip that was opened."""

    opened = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = Paragraph("", Voice.TITLE)
        self._who = Paragraph("", Voice.QUIET)
        self._weeks = WeekBar(look)
        self._weeks.setMaximumWidth(320)
        self._strip = ContributionStrip(look)
        self._strip.opened.connect(self.opened)
        marks = QWidget()
        flow = FlowLayout(marks, gap=SPACE_6)
        flow.addWidget(self._strip)
        flow.addWidget(self._weeks)
        self._office = BadgeLine(look, marks)
        flow.addWidget(self._office)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(self._name)
        column.addWidget(self._who)
        column.addSpacing(SPACE_4 - SPACE_1)
        column.addWidget(marks)

    def show_office(self, sync: CaseSync | None) -> None:
        """Show how the case stands to its office copy; None where there is no office."""
        self._office.say(sync)

    def show_case(self, case: Case, cells: tuple[CellStatus, ...], *, week: int | None, today: date) -> None:
        """Show a case as it stands on a day."""
        self._name.say(case.title)
        self._name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._who.say(who_words(case, today))
        self._strip.show_cells(strip_cells(cells))
        self._weeks.show_week(week)
        self._weeks.setVisible(week is not None)
