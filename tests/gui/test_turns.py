"""Work that is done in turns: one piece after another, with room for keys between them."""

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from send_desk.gui.turns import Turns


@pytest.fixture
def owner() -> QObject:
    return QObject()


def test_pieces_are_done_in_their_order_and_the_end_is_told(owner: QObject, qtbot: QtBot) -> None:
    turns, done = Turns(owner), []
    turns.add(lambda: done.append("first"), lambda: done.append("second"))
    assert done == []
    assert not turns.is_done
    with qtbot.waitSignal(turns.finished):
        turns.add(lambda: done.append("third"))
    assert done == ["first", "second", "third"]
    assert turns.is_done


def test_others_have_their_turn_between_two_pieces(owner: QObject, qtbot: QtBot) -> None:
    turns, done = Turns(owner), []
    key = QTimer(owner, singleShot=True, interval=0)
    key.timeout.connect(lambda: done.append("key"))

    def first() -> None:
        done.append("first")
        key.start()

    turns.add(first, lambda: done.append("second"), lambda: done.append("third"))
    qtbot.waitUntil(lambda: turns.is_done and "key" in done)
    assert done.index("key") < done.index("third")


def test_what_cannot_wait_is_finished_at_once(owner: QObject) -> None:
    turns, done = Turns(owner), []
    turns.add(lambda: done.append(1), lambda: done.append(2))
    turns.finish()
    assert done == [1, 2]
    assert turns.is_done


def test_what_is_dropped_is_never_done(owner: QObject, qtbot: QtBot) -> None:
    turns, done = Turns(owner), []
    turns.add(lambda: done.append("old"))
    turns.drop()
    with qtbot.waitSignal(turns.finished):
        turns.add(lambda: done.append("new"))
    assert done == ["new"]


def test_a_fault_in_one_piece_leaves_the_others(owner: QObject, qtbot: QtBot) -> None:
    turns, done = Turns(owner), []

    def faulty() -> None:
        raise ValueError("this piece is at fault")

    with capture_exceptions() as faults:
        turns.add(faulty, lambda: done.append("after"))
        qtbot.waitUntil(lambda: bool(done))
    assert [str(fault[1]) for fault in faults] == ["this piece is at fault"]
    assert done == ["after"]
