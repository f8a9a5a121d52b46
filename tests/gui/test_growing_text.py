"""A field is as high as its words, and words from elsewhere can be undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from send_desk.gui.growing_text import GrowingText
from send_desk.gui.look import Look
from send_desk.gui.metrics import LINE_PX


@pytest.fixture
def field(look: Look, qtbot: QtBot) -> GrowingText:
    made = GrowingText(most=5)
    qtbot.addWidget(made)
    made.resize(300, 40)
    made.show()
    return made


def test_it_grows_by_a_line_and_shrinks_again(field: GrowingText) -> None:
    one = field.height()
    field.setPlainText("one\ntwo\nthree")
    assert field.height() == one + 2 * LINE_PX
    field.setPlainText("one")
    assert field.height() == one


def test_wrapped_lines_count(field: GrowingText) -> None:
    one = field.height()
    field.setPlainText("word " * 20)
    assert field.height() > one
    assert not field.verticalScrollBar().isVisible()
    wide = field.height()
    field.resize(200, field.height())
    assert field.height() > wide


def test_it_stops_growing_and_scrolls(field: GrowingText) -> None:
    one = field.height()
    field.setPlainText("line\n" * 30)
    assert field.height() == one + 4 * LINE_PX
    assert field.verticalScrollBar().maximum() > 0


def test_all_words_can_be_seen_without_scrolling(field: GrowingText) -> None:
    for lines in range(1, 6):
        field.setPlainText("\n".join("words" for _ in range(lines)))
        assert field.verticalScrollBar().maximum() == 0


def test_words_from_elsewhere_are_one_step_of_undo(field: GrowingText) -> None:
    QTest.keyClicks(field, "mine")
    field.show_words("theirs, quite different")
    field.undo()
    assert field.toPlainText() == "mine"
    field.redo()
    field.show_words("theirs, quite different")
    field.undo()
    assert field.toPlainText() == "mine"


def test_tab_leaves_it(look: Look, qtbot: QtBot) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    fields = [GrowingText(), GrowingText()]
    for each in fields:
        column.addWidget(each)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    fields[0].setFocus()
    QTest.keyClick(fields[0], Qt.Key.Key_Tab)
    assert fields[1].hasFocus()
    assert fields[0].toPlainText() == ""
