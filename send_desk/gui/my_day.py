"""My day: what a caseworker must see first, grouped by how much it presses; each line opens the place itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from send_desk.domain.dates import counted, in_words
from send_desk.domain.summary import Errand
from send_desk.gui.case_lines import CaseLines
from send_desk.gui.column_page import Scrolled
from send_desk.gui.day_words import in_full
from send_desk.gui.flow import FlowLayout
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_3, SPACE_4, SPACE_6, TURN_MS
from send_desk.gui.naming import named
from send_desk.gui.pieces import Chip
from send_desk.gui.places import place_of_line
from send_desk.gui.rows import Row
from send_desk.gui.session import Session
from send_desk.gui.words import Line, Paragraph, Voice
from send_desk.services.reading import DayItem

_FIRST = 8
_MORE = 40
_WIDEST = 860  # so that the word at the end of a line still belongs to it
_GROUPS: Mapping[Errand, tuple[str, str, str]] = {
    Errand.MUST_ACT: ("Must act today", "warning-circle", "late"),
    Errand.CONFLICT: ("Written by two people", "users", "no_answer"),
    Errand.NOT_TAKEN: ("Not taken by the office", "warning", "late"),
    Errand.ADVICE_OVERDUE: ("Advice overdue", "clock", "late"),
    Errand.REPLY_OWED: ("Replies owed", "envelope", "waiting"),
    Errand.DUE_SOON: ("Due this week", "calendar-blank", ""),
    Errand.DRAFT_WAITING: ("Drafts waiting", "note-pencil", ""),
}

_UNDATED = (Errand.DRAFT_WAITING, Errand.CONFLICT, Errand.NOT_TAKEN)


class MyDayPage(QWidget):
    """Opens first. `opened` is sent with the place of the line that was chosen."""

    opened = Signal(str)

    def __init__(self, session: Session, look: Look, lines: CaseLines, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("myday")
        self._session, self._lines = session, lines
        self._focus_due = False
        self._title = Line("My day", Voice.TITLE)
        self._date = Paragraph("", Voice.QUIET)
        self._everyone = Chip(look, "Everyone's cases", name="myday.everyone")
        self._everyone.toggled.connect(self._draw)
        self._progress = named(QProgressBar(), "myday.progress", "Bringing the list up to today")
        self._progress.setFormat("Bringing the list up to today: %v of %m")
        self._progress.hide()
        self._calm = Paragraph("", Voice.QUIET)
        self._groups = {errand: _Group(look, errand) for errand in _GROUPS}
        head = QWidget()
        row = FlowLayout(head, gap=SPACE_4)
        row.addWidget(self._title)
        row.addWidget(self._everyone)
        content = Scrolled()
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_6)
        column.setSpacing(SPACE_3)
        column.addWidget(head)
        column.addWidget(self._date)
        column.addWidget(self._progress)
        column.addWidget(self._calm)
        for group in self._groups.values():
            column.addWidget(group)
            group.opened.connect(self.opened)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        lines.changed.connect(self._draw)
        lines.progressed.connect(self._progressed)
        QTimer.singleShot(TURN_MS, self, self._draw)  # the page first, its lines in the next turn: no turn is long

    def focus(self) -> None:
        """Bring the keyboard to the first line; where the lines are still on their way, when they come."""
        self._focus_due = not any(group.focus() for group in self._groups.values())

    def _draw(self) -> None:
        if self._session.is_locked:
            return
        shown = self._lines.shown
        today = self._session.desk.today
        alone = shown.owners < 2
        self._everyone.setVisible(not alone)
        items = shown.everyone if self._everyone.isChecked() or alone else shown.mine
        self._date.say(in_full(today))
        for errand, group in self._groups.items():
            group.show_items([item for item in items if item.line.errand is errand], today)
        self._calm.say(_calm_words(len(shown.rows.rows), elsewhere=len(shown.everyone)))
        self._calm.setVisible(not items)
        if self._focus_due and items and self.isVisible() and not _is_typing():
            self.focus()

    def _progressed(self, done: int, total: int) -> None:
        self._progress.setMaximum(total)
        self._progress.setValue(done)
        self._progress.setVisible(done < total)


def _is_typing() -> bool:
    line = QApplication.focusWidget()
    return isinstance(line, QLineEdit) and bool(line.text())


def _calm_words(cases: int, *, elsewhere: int) -> str:
    if not cases:
        return "There are no cases here yet. Ctrl+N begins one, from a name and the day the request was received."
    if elsewhere:
        return "No case of your own presses today. Everyone's cases, above, shows what presses others."
    return "Nothing presses today: no date is due this week, no advice is late and nobody waits for a reply."


class _Group(QWidget):
    """One errand with its count and its lines; the first few, and the rest on request."""

    opened = Signal(str)

    def __init__(self, look: Look, errand: Errand) -> None:
        super().__init__()
        self._look, self._errand = look, errand
        self._title_words, self._icon, self._colour = _GROUPS[errand]
        self._items: list[DayItem] = []
        self._limit = _FIRST
        self._today: date | None = None
        self._rows: list[Row] = []
        self._title = Line("", Voice.HEADING)
        card = QFrame()
        card.setProperty("role", "card")
        self._inner = QVBoxLayout(card)
        self._inner.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        self._inner.setSpacing(0)
        self._more = named(QPushButton(), f"myday.{errand.value}.more")
        self._more.setProperty("role", "link")
        self._more.clicked.connect(self._show_more)
        foot = QHBoxLayout()
        foot.addWidget(self._more)
        foot.addStretch(1)
        self._inner.addLayout(foot)
        self.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_2, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self._title)
        column.addWidget(card)
        self.hide()

    def show_items(self, items: list[DayItem], today: date) -> None:
        """Show these lines; rows that stand already are given other words, so that the focus stays where it is."""
        if items == self._items and today == self._today:
            return
        self._items, self._today = items, today
        self._title.setText(f"{self._title_words}  {len(items)}")
        self._title.setAccessibleName(f"{self._title_words}: {counted(len(items), 'line')}")
        self._fill()

    def focus(self) -> bool:
        """Bring the keyboard to the first line; tell whether there is one."""
        if self._items and self._rows:
            self._rows[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _show_more(self) -> None:
        at = self._limit
        self._limit += _MORE
        self._fill()
        self._rows[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self) -> None:
        # Hidden meanwhile: on a page that shows, Qt would lay the whole of it out for every line that comes or goes.
        focused = next((row for row in self._rows if row.hasFocus()), None)
        self.hide()
        shown = self._items[: self._limit]
        while len(self._rows) < len(shown):
            self._add_row()
        for row, item in zip(self._rows, shown, strict=False):
            row.say(item.name, item.line.words, end=self._when(item), mark=self._icon, colour=self._colour)
        for at, row in enumerate(self._rows):
            row.setVisible(at < len(shown))
        left = len(self._items) - len(shown)
        self._more.setText(f"Show {min(left, _MORE)} more of {left}" if left > _MORE else f"Show {left} more")
        self._more.setAccessibleName(f"{self._title_words}: {self._more.text()}")
        self._more.setVisible(left > 0)
        self.setVisible(bool(shown))
        if focused is not None and not focused.isHidden():
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_row(self) -> None:
        at = len(self._rows)
        row = Row(self._look, name=f"myday.{self._errand.value}.{at + 1}")
        row.clicked.connect(partial(self._open, at))
        self._rows.append(row)
        self._inner.insertWidget(at, row)
        if at:
            QWidget.setTabOrder(self._rows[at - 1], row)
        QWidget.setTabOrder(row, self._more)

    def _open(self, at: int) -> None:
        item = self._items[at]
        self.opened.emit(place_of_line(item.case, item.line))

    def _when(self, item: DayItem) -> str:
        today = self._today
        if today is None or self._errand in _UNDATED:
            return ""
        days = (item.line.on - today).days
        match days:
            case 0:
                return "today"
            case 1:
                return "tomorrow"
            case _ if days < 0:
                return f"{counted(-days, 'day')} late"
            case _:
                return f"in {counted(days, 'day')}" if days <= 14 else in_words(item.line.on)
