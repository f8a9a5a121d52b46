"""Three panes side by side on a wide window, one at a time on a narrow one, and F6 walks them on both."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from send_desk.gui.flow import FlowLayout
from send_desk.gui.look import Look
from send_desk.gui.panes import NARROW, Pane, PaneSwitch, first_stop

KEYS = ("sections", "plan", "findings")


def pane(key: str, stretch: int) -> Pane:
    widget = QWidget()
    column = QVBoxLayout(widget)
    for name in ("one", "two"):
        editor = QLineEdit()
        editor.setObjectName(f"{key}.{name}")
        column.addWidget(editor)
    return Pane(key, key.capitalize(), widget, 180, stretch)


class Page:
    def __init__(self, qtbot: QtBot, *, compact: bool) -> None:
        self.panes = (pane("sections", 0), pane("plan", 3), pane("findings", 1))
        self.compact = QComboBox() if compact else None
        if self.compact is not None:
            self.compact.setObjectName("sections.compact")
        self.switch = PaneSwitch(self.panes, compact=self.compact)
        qtbot.addWidget(self.switch)
        self.switch.resize(1366, 700)
        self.switch.show()
        self.switch.activateWindow()
        qtbot.waitUntil(self.switch.isActiveWindow)

    def seen(self) -> list[str]:
        return [pane.key for pane in self.panes if pane.widget.isVisible()]

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> str:
        QTest.keyClick(QApplication.focusWidget() or self.switch, key, modifier)
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget.objectName()

    def button(self, key: str) -> QPushButton:
        found = self.switch.findChild(QPushButton, f"pane.{key}")
        assert isinstance(found, QPushButton)
        return found


@pytest.fixture
def page(look: Look, qtbot: QtBot) -> Page:
    return Page(qtbot, compact=True)


def test_all_three_where_there_is_room(page: Page) -> None:
    page.switch.resize(NARROW, 500)
    assert page.seen() == list(KEYS)
    assert not page.switch.narrow
    assert not page.button("plan").isVisible()


def test_only_the_plan_where_there_is_not(page: Page, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.switch.narrowed) as told:
        page.switch.resize(683, 384)
    assert told.args == [True]
    assert page.seen() == ["plan"]
    assert page.compact is not None
    assert page.compact.isVisible()
    assert page.button("plan").isChecked()


def test_f6_walks_a_wide_window_and_comes_back_to_where_it_was(page: Page) -> None:
    page.panes[1].widget.findChildren(QLineEdit)[1].setFocus()
    assert [page.press(Qt.Key.Key_F6) for _ in range(3)] == ["findings.one", "sections.one", "plan.two"]
    assert page.press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier) == "sections.one"


def test_f6_walks_a_narrow_window(page: Page) -> None:
    page.switch.resize(683, 384)
    page.switch.show_pane("plan")
    walked = [(page.press(Qt.Key.Key_F6), page.seen()) for _ in range(4)]
    assert walked == [
        ("findings.one", ["findings"]),
        ("sections.compact", ["findings"]),
        ("plan.one", ["plan"]),
        ("findings.one", ["findings"]),
    ]


def test_a_drawer_is_put_away_by_a_second_press(page: Page, qtbot: QtBot) -> None:
    page.switch.resize(683, 384)
    with qtbot.waitSignal(page.switch.shown_changed) as told:
        page.button("findings").click()
    assert told.args == ["findings"]
    assert page.seen() == ["findings"]
    page.button("findings").click()
    assert page.seen() == ["plan"]
    page.button("plan").click()
    assert page.button("plan").isChecked()


def test_a_wide_window_shows_all_again(page: Page) -> None:
    page.switch.resize(683, 384)
    page.switch.show_pane("findings")
    page.switch.resize(1366, 700)
    assert page.seen() == list(KEYS)


def test_without_a_drop_down_the_first_pane_has_its_button(look: Look, qtbot: QtBot) -> None:
    page = Page(qtbot, compact=False)
    page.switch.resize(600, 384)
    page.button("sections").click()
    assert page.seen() == ["sections"]
    assert page.switch.shown == "sections"


def test_a_pane_that_is_not_there(page: Page) -> None:
    with pytest.raises(KeyError):
        page.switch.show_pane("evidence")


def test_nothing_to_stop_at(look: Look, qtbot: QtBot) -> None:
    empty = QWidget()
    qtbot.addWidget(empty)
    assert first_stop(empty) is None


def _flow(qtbot: QtBot, width: int) -> tuple[QWidget, list[QWidget]]:
    page = QWidget()
    flow = FlowLayout(page, gap=8)
    things = [QWidget() for _ in range(5)]
    for thing in things:
        thing.setFixedSize(QSize(100, 20))
        flow.addWidget(thing)
    qtbot.addWidget(page)
    page.resize(width, 200)
    page.show()
    return page, things


@pytest.mark.parametrize(
    ("width", "rows", "height"), [(540, 1, 20), (532, 1, 20), (531, 2, 48), (210, 3, 76), (60, 5, 132)]
)
def test_a_flow_breaks_where_the_room_ends(look: Look, qtbot: QtBot, width: int, rows: int, height: int) -> None:
    page, things = _flow(qtbot, width)
    assert len({thing.y() for thing in things}) == rows
    layout = page.layout()
    assert layout is not None
    assert layout.heightForWidth(width) == height
    assert all(thing.x() == 0 or thing.geometry().right() < width for thing in things)


def test_a_flow_closes_over_what_is_hidden_and_taken(look: Look, qtbot: QtBot) -> None:
    page, things = _flow(qtbot, 540)
    layout = page.layout()
    assert layout is not None
    things[0].hide()
    layout.activate()
    assert things[1].x() == 0
    taken = layout.takeAt(0)
    assert taken is not None
    assert layout.count() == 4
    assert layout.itemAt(9) is None
