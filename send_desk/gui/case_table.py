"""Cases: the table of all of them, with chips and words to filter by."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTableView, QVBoxLayout, QWidget

from send_desk.domain.ids import Cell
from send_desk.gui.badge import BadgeDelegate
from send_desk.gui.case_lines import CaseLines
from send_desk.gui.case_model import CaseModel
from send_desk.gui.case_rows import Column, Wanted
from send_desk.gui.findings_delegate import FindingsDelegate
from send_desk.gui.flow import FlowLayout
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_3, SPACE_4, SPACE_6, TURN_MS
from send_desk.gui.naming import named
from send_desk.gui.pieces import Chip, Kind, Message
from send_desk.gui.rows import quiet_table
from send_desk.gui.strip import HEIGHT, WIDTH
from send_desk.gui.strip_delegate import StripDelegate
from send_desk.gui.week_bar import WeekBarDelegate
from send_desk.gui.words import Line, Voice

_CHIPS: Mapping[Wanted, tuple[str, str]] = {
    Wanted.MINE: ("mine", "Mine"),
    Wanted.MISSING_HEALTH: ("missing_health", "Missing health"),
    Wanted.MISSING_SOCIAL_CARE: ("missing_social_care", "Missing social care"),
    Wanted.DUE_THIS_WEEK: ("due_this_week", "Due this week"),
    Wanted.OUT_OF_TIME: ("out_of_time", "Out of time"),
    Wanted.WAITING: ("waiting", "Waiting"),
}
_WIDTHS: Mapping[Column, int] = {
    Column.AGE: 92,
    Column.STAGE: 118,
    Column.WEEK: 124,
    Column.STRIP: WIDTH + 2 * SPACE_2,
    Column.NEXT: 154,
    Column.FINDINGS: 100,
    Column.OWNER: 146,
    Column.SYNC: 72,
}
_NAME_LEAST = 170
_LOW = 420
_LAST_TO_GO = (
    Column.STRIP,
    Column.NEXT,
    Column.SYNC,
    Column.FINDINGS,
    Column.WEEK,
    Column.STAGE,
    Column.AGE,
    Column.OWNER,
)
_ELSEWHERE = (
    "This case is not on this laptop in full: the line is a summary of a colleague's case. "
    "Its owner can tell you more, and nothing of it can be changed here."
)


class CasesPage(QWidget):
    """The list of cases. `opened` is sent with a place: the front page of a case, or a cell of its register."""

    opened = Signal(str)

    def __init__(self, look: Look, lines: CaseLines, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cases")
        self._lines = lines
        self.model = CaseModel(self)
        self._title = Line("Cases", Voice.TITLE)
        self._count = Line("", Voice.QUIET)
        self._words = named(
            _Words(), "cases.words", "Show only cases with these words in name, reference, school or owner"
        )
        self._words.setPlaceholderText("Name, reference, school, owner")
        self._words.setMinimumWidth(240)
        self._chips = {wanted: Chip(look, words, name=f"cases.filter.{key}") for wanted, (key, words) in _CHIPS.items()}
        self._message = Message(look, name="cases.message")
        self._table = named(_Table(self._words), "cases.table", "Cases")
        self._table.setModel(self.model)
        self._set_table(look)
        filters = QWidget()
        flow = FlowLayout(filters)
        flow.addWidget(self._words)
        for chip in self._chips.values():
            flow.addWidget(chip)
            chip.toggled.connect(self._ask)
        flow.addWidget(self._count)
        column = self._column = QVBoxLayout(self)
        column.setSpacing(SPACE_2)
        column.addWidget(self._title)
        column.addWidget(filters)
        column.addWidget(self._message)
        column.addWidget(self._table, 1)
        self._set_low(low=False)
        self._words.textChanged.connect(self._ask)
        self._words.returnPressed.connect(self._open_first)
        self._words.down.connect(self.focus)
        lines.changed.connect(self._draw)
        QTimer.singleShot(TURN_MS, self, self._draw)  # the page first, its rows in the next turn: no turn is long

    def focus(self) -> None:
        """Bring the keyboard to the table, on the case that was chosen last or on the first."""
        if not self._table.currentIndex().isValid():
            self._table.setCurrentIndex(self.model.index(0, 0))
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_low(low=event.size().height() < _LOW)

    def _set_low(self, *, low: bool) -> None:
        # A low window (200% on a laptop) keeps its room for the rows; the pressed page says where one is.
        self._title.setVisible(not low)
        side, edge = (SPACE_3, SPACE_2) if low else (SPACE_6, SPACE_4)
        self._column.setContentsMargins(side, edge, side, edge)

    def _set_table(self, look: Look) -> None:
        table = self._table
        quiet_table(table, row_height=HEIGHT + SPACE_2)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        strip = StripDelegate(look, table)
        strip.opened.connect(self._open_cell)
        table.setItemDelegateForColumn(Column.STRIP, strip)
        table.setItemDelegateForColumn(Column.WEEK, WeekBarDelegate(look, table))
        table.setItemDelegateForColumn(Column.FINDINGS, FindingsDelegate(look, table))
        table.setItemDelegateForColumn(Column.SYNC, BadgeDelegate(look, table))
        heads = table.horizontalHeader()
        heads.setMinimumSectionSize(60)
        heads.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            table.setColumnWidth(column, width)
        heads.setSortIndicator(Column.NEXT, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)
        table.opened.connect(self._open_row)
        table.resized.connect(self._fit)
        table.doubleClicked.connect(self._double_clicked)

    def _fit(self) -> None:
        # What does not fit is left out, the least pressing first: nothing scrolls sideways.
        room = self._table.viewport().width() - _NAME_LEAST
        for column in _LAST_TO_GO:
            if column is Column.SYNC and not self._lines.shown.has_office:
                self._table.setColumnHidden(column, True)
                continue
            room -= _WIDTHS[column]
            self._table.setColumnHidden(column, room < 0)

    def _draw(self) -> None:
        current = self._table.currentIndex()
        case = self.model.line(current.row()).case if current.isValid() else ""
        scrolled = self._table.verticalScrollBar().value()
        self.model.show_rows(self._lines.shown.rows)
        self._offer_waiting(self._lines.shown.has_office)
        row = self.model.row_of(case) if case else -1
        if row >= 0:
            self._table.setCurrentIndex(self.model.index(row, 0))
            self._table.verticalScrollBar().setValue(scrolled)
        self._tell_count()

    def show_place(self, words: str) -> None:
        """Filter as a place asks: "cases/waiting" shows what is not all in the office copy."""
        if words.partition("/")[2] == "waiting":
            for wanted, chip in self._chips.items():
                chip.setChecked(wanted is Wanted.WAITING)
            self._words.clear()

    def _offer_waiting(self, has_office: bool) -> None:
        chip = self._chips[Wanted.WAITING]
        if not has_office:
            chip.setChecked(False)
        if chip.isHidden() is has_office:
            chip.setVisible(has_office)
            self._fit()

    def _ask(self) -> None:
        wanted = Wanted.NOTHING
        for one, chip in self._chips.items():
            if chip.isChecked():
                wanted |= one
        self.model.ask_for(wanted, self._words.text())
        self._tell_count()

    def _tell_count(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        cases = "1 case" if total == 1 else f"{total:,} cases"
        self._count.setText(cases if shown == total else f"{shown:,} of {cases}")

    def _open_first(self) -> None:
        if self.model.rowCount():
            self._open_row(0)

    def _double_clicked(self, index: QModelIndex) -> None:
        self._open_row(index.row())

    def _open_row(self, row: int) -> None:
        self._open(row, "front")

    def _open_cell(self, index: QModelIndex, cell: Cell) -> None:
        self._open(index.row(), "register", f"/{cell}")

    def _open(self, row: int, kind: str, rest: str = "") -> None:
        line = self.model.line(row)
        if line.full:
            self.opened.emit(f"{kind}/{line.case}{rest}")
        else:
            self._message.say(_ELSEWHERE, kind=Kind.INFO)


class _Words(QLineEdit):
    """Esc empties the line; Down goes to the table."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case Qt.Key.Key_Down:
                self.down.emit()
            case _:
                super().keyPressEvent(event)


class _Table(QTableView):
    """Enter opens the row; typing goes to the words above, so that a case is found by beginning to type its name."""

    opened = Signal(int)
    resized = Signal()

    def __init__(self, words: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.resized.emit()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self.currentIndex().isValid():
                    self.opened.emit(self.currentIndex().row())
            case Qt.Key.Key_Home:
                self._go(0)
            case Qt.Key.Key_End:
                self._go(self.model().rowCount() - 1)
            case _ if event.text().strip() and event.text().isprintable() and not _is_command(event):
                self._words.setFocus(Qt.FocusReason.OtherFocusReason)
                self._words.setText(event.text())
            case _:
                super().keyPressEvent(event)

    def _go(self, row: int) -> None:
        if row >= 0:
            self.setCurrentIndex(self.model().index(row, max(0, self.currentIndex().column())))


def _is_command(event: QKeyEvent) -> bool:
    held = event.modifiers()
    return bool(held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))
