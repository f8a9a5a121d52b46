"""The strip can be read, walked and opened, as a widget and in a table of ten thousand rows."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLineEdit,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from send_desk.domain.ids import Cell, State
from send_desk.gui.look import Look
from send_desk.gui.rows import quiet_table
from send_desk.gui.strip import HEIGHT, SIDE, WIDTH, ContributionStrip, StripCell, StripRow, cell_rects, paint_strip
from send_desk.gui.strip_delegate import STRIP_ROLE, StripDelegate
from send_desk.gui.theme import ThemeChoice


def cells(states: Callable[[int], State] = lambda at: State.REQUESTED) -> tuple[StripCell, ...]:
    return tuple(
        StripCell(cell, states(at), f"{cell.value}: {states(at).value}", f"{cell.value}, reg 6(1)")
        for at, cell in enumerate(Cell)
    )


class Rows(QAbstractTableModel):
    """Strips of many made-up cases; it counts how often it is asked."""

    def __init__(self, rows: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.asked = 0
        self._rows = rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return self._rows

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        if role != STRIP_ROLE:
            return None
        self.asked += 1
        states = list(State)
        return StripRow(cells(lambda at: states[(index.row() + at) % len(states)]))


@pytest.fixture
def strip(look: Look, qtbot: QtBot) -> Iterator[ContributionStrip]:
    page = QWidget()
    row = QHBoxLayout(page)
    made = ContributionStrip(look)
    for widget in (QLineEdit(), made, QLineEdit()):
        row.addWidget(widget)
    qtbot.addWidget(page)
    made.show_cells(cells())
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    yield made
    page.close()  # named here, because the page would go with its last name


def button(strip: ContributionStrip, cell: Cell) -> QAbstractButton:
    found = strip.findChild(QAbstractButton, f"strip.{cell.value}")
    assert isinstance(found, QAbstractButton)
    return found


def test_every_cell_has_its_name_its_words_and_its_tip(strip: ContributionStrip) -> None:
    strip.show_cells([StripCell(Cell.HEALTH, State.OVERDUE, "Health: overdue by 12 days", "Due 14 April 2026", 12)])
    health = button(strip, Cell.HEALTH)
    assert health.accessibleName() == "Health: overdue by 12 days"
    assert health.toolTip() == "Due 14 April 2026"
    assert button(strip, Cell.FAMILY).accessibleName() == "family: requested"
    assert {button(strip, cell).objectName() for cell in Cell} == {f"strip.{cell.value}" for cell in Cell}


def test_one_tab_stop_and_arrows_within(strip: ContributionStrip, qtbot: QtBot) -> None:
    page = strip.window()
    first, last = page.findChildren(QLineEdit)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert page.focusWidget() is button(strip, Cell.FAMILY)
    walked = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Home):
        QTest.keyClick(page.focusWidget(), key)
        walked.append(page.focusWidget().objectName())
    assert walked == [f"strip.{name}" for name in ("family", "education", "health", "others", "others", "family")]
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert page.focusWidget() is last
    QTest.keyClick(last, Qt.Key.Key_Backtab)
    assert page.focusWidget() is button(strip, Cell.EDUCATION)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_opens_the_register_at_the_cell(strip: ContributionStrip, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(strip.opened) as told:
        QTest.keyClick(button(strip, Cell.SOCIAL_CARE), key)
    assert told.args == [Cell.SOCIAL_CARE]


def test_a_click_opens_too(strip: ContributionStrip, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.opened) as told:
        qtbot.mouseClick(button(strip, Cell.HEALTH), Qt.MouseButton.LeftButton)
    assert told.args == [Cell.HEALTH]


def test_the_focus_can_be_seen(strip: ContributionStrip) -> None:
    health = button(strip, Cell.HEALTH)
    before = health.grab().toImage()
    health.setFocus()
    assert health.grab().toImage() != before


def test_seven_squares_of_28_with_letters_under_them() -> None:
    high, low = cell_rects(QRectF(10, 0, 300, HEIGHT)), cell_rects(QRectF(10, 0, 300, 32))
    assert {(place.width(), place.height()) for place in high + low} == {(SIDE, SIDE)}
    assert len(high) == len(Cell)
    assert high[0].left() == 10
    assert high[-1].right() == 10 + WIDTH
    assert (high[0].top(), low[0].top()) == (0, 2)


def test_the_painting_is_the_same_as_seven_cells(look: Look) -> None:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_strip(painter, QRectF(0, 0, WIDTH, HEIGHT), cells(), look.tokens)
    painter.end()
    step = cell_rects(QRectF(0, 0, WIDTH, HEIGHT))[1].left()
    squares = [image.copy(round(step) * at, 0, SIDE, SIDE) for at in range(len(Cell))]
    letters = [image.copy(round(step) * at, SIDE, SIDE, HEIGHT - SIDE) for at in range(len(Cell))]
    assert all(square == squares[0] for square in squares)
    assert len({letter.constBits().tobytes() for letter in letters}) == len(Cell)


@pytest.fixture
def table(look: Look, qtbot: QtBot) -> QTableView:
    view = QTableView()
    qtbot.addWidget(view)
    quiet_table(view, row_height=52)
    view.setModel(Rows(10_000, view))
    view.setItemDelegate(StripDelegate(look, view))
    view.setColumnWidth(0, 260)
    view.resize(300, 600)
    view.show()
    return view


def test_a_table_of_ten_thousand_asks_only_for_what_is_seen(table: QTableView) -> None:
    model = table.model()
    assert isinstance(model, Rows)
    table.grab()
    assert 0 < model.asked <= 60
    table.scrollToBottom()
    table.grab()
    assert model.asked <= 120


def _cell_point(table: QTableView, row: int, cell: Cell) -> QPoint:
    place = table.visualRect(table.model().index(row, 0)).adjusted(8, 0, -8, 0)
    return cell_rects(QRectF(place))[list(Cell).index(cell)].center().toPoint()


def test_a_click_in_the_table_opens_that_case_at_that_cell(table: QTableView, qtbot: QtBot) -> None:
    delegate = table.itemDelegate()
    assert isinstance(delegate, StripDelegate)
    with qtbot.waitSignal(delegate.opened) as told:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=_cell_point(table, 3, Cell.PSYCHOLOGY))
    index, cell = told.args
    assert (index.row(), cell) == (3, Cell.PSYCHOLOGY)


def test_each_cell_of_the_table_has_its_own_tip(table: QTableView) -> None:
    delegate, index = table.itemDelegate(), table.model().index(2, 0)
    option = QStyleOptionViewItem()
    option.rect = table.visualRect(index)
    for cell in (Cell.FAMILY, Cell.OTHERS):
        point = _cell_point(table, 2, cell)
        event = QHelpEvent(QEvent.Type.ToolTip, point, table.viewport().mapToGlobal(point))
        assert delegate.helpEvent(event, table, option, index)
        assert QToolTip.text() == f"{cell.value}, reg 6(1)"
    QToolTip.hideText()


def test_a_chosen_row_can_be_read_in_high_contrast(table: QTableView, look: Look) -> None:
    look.choose(ThemeChoice.HIGH_CONTRAST)
    place = table.visualRect(table.model().index(1, 0))
    table.clearSelection()
    plain = table.viewport().grab(place).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    table.selectRow(1)
    chosen = table.viewport().grab(place).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    spots = [QPointF(x, y).toPoint() for x in range(10, 230, 3) for y in range(4, 46, 3)]
    turned = sum(abs(plain.pixelColor(spot).value() - chosen.pixelColor(spot).value()) > 200 for spot in spots)
    assert turned > 0.7 * len(spots)


def test_the_strip_in_words() -> None:
    assert StripRow(cells()).words.startswith("family: requested; education: requested")
