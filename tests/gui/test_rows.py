"""A line that opens a place can be read, wrapped and reached by keys."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from send_desk.domain.ids import State
from send_desk.gui.look import Look
from send_desk.gui.rows import Row


@pytest.fixture
def rows(look: Look, qtbot: QtBot) -> Iterator[list[Row]]:
    page = QWidget()
    column = QVBoxLayout(page)
    made = [Row(look, name=f"my_day.{at}") for at in range(3)]
    for row in made:
        row.say("Health advice for Ava T.", "Asked 3 March 2026", end="12 days late", mark=State.OVERDUE, colour="late")
        column.addWidget(row)
    qtbot.addWidget(page)
    page.resize(600, 300)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    yield made
    page.close()  # named here, because the page would go with its last name


def test_a_row_is_read_as_one_sentence(rows: list[Row]) -> None:
    assert rows[0].accessibleName() == "Health advice for Ava T. Asked 3 March 2026. 12 days late"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_key_opens(rows: list[Row], qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(rows[1].clicked):
        QTest.keyClick(rows[1], key)


def test_arrows_walk(rows: list[Row]) -> None:
    rows[0].setFocus()
    QTest.keyClick(rows[0], Qt.Key.Key_Down)
    assert rows[1].hasFocus()
    QTest.keyClick(rows[1], Qt.Key.Key_Up)
    assert rows[0].hasFocus()


def test_long_words_wrap_and_make_the_row_higher(rows: list[Row]) -> None:
    before = rows[0].heightForWidth(300)
    rows[0].say("Health advice for Ava T., who is known as Avie, " * 4, "Asked 3 March 2026")
    assert rows[0].heightForWidth(300) > before
    assert rows[0].heightForWidth(300) > rows[0].heightForWidth(600)


def test_the_focus_and_the_mark_can_be_seen(rows: list[Row], each_look: Look) -> None:
    plain = rows[2].grab().toImage()
    rows[2].say("Health advice for Ava T.", "Asked 3 March 2026", end="12 days late", mark="envelope", colour="late")
    other = rows[2].grab().toImage()
    assert plain != other
    rows[2].setFocus()
    assert rows[2].grab().toImage() != other
