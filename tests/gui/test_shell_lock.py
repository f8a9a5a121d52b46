"""The lock: what it hides, what it keeps, and where one comes back to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from send_desk.gui.idle import IdleWatch
from send_desk.gui.look import Look
from send_desk.gui.open_case import OpenCase
from send_desk.gui.places import Page

if TYPE_CHECKING:
    from tests.gui.conftest import Shell, StallWatch


PASSPHRASE = "three quiet herons"


def words_on_screen(window: QWidget) -> str:
    """Everything that any widget of the window says or would say to a screen reader."""
    said = [window.windowTitle()]
    for widget in window.findChildren(QWidget):
        said += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel | QLineEdit):
            said.append(widget.text())
    return "\n".join(said)


def opened_case(shell: Shell, qtbot: QtBot) -> OpenCase:
    """A case of the county with something written, brought onto the screen."""
    row = next(row for row in shell.desk.lines.shown.rows.rows if row.line.stage == "drafting")
    found: list[OpenCase] = []
    shell.session.open(row.line.case, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    shell.settle(qtbot)
    return found[0]


def test_behind_the_lock_nothing_of_any_case_is_left(shell: Shell, qtbot: QtBot) -> None:
    names = {row.line.name for row in shell.desk.lines.shown.rows.rows}
    everyone = shell.find("myday.everyone")
    assert isinstance(everyone, QPushButton)
    everyone.click()
    search = shell.find("top.search")
    QTest.keyClicks(search, next(iter(names)))
    shell.settle(qtbot)
    assert any(name in words_on_screen(shell.window) for name in names)
    shell.lock(qtbot)
    left = words_on_screen(shell.window)
    assert shell.window.findChild(QWidget, "search.results") is None
    assert [name for name in names if name in left] == []
    assert shell.window.windowTitle() == "SEND Desk"


def test_the_screen_is_blank_before_the_last_words_are_saved(shell: Shell, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.session.locked, timeout=20_000):
        shell.session.lock()
        assert shell.find("unlock.passphrase").isVisible()
        assert not shell.desk.isVisible()
        assert shell.window.menuBar().actions() == []


def test_ctrl_l_locks_and_unlocking_comes_back_to_the_same_place(shell: Shell, qtbot: QtBot) -> None:
    shell.desk.go("settings")
    shell.settle(qtbot)
    with qtbot.waitSignal(shell.session.locked, timeout=20_000):
        QTest.keyClick(shell.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    shell.unlock(qtbot)
    assert shell.desk.place.page is Page.SETTINGS


def test_a_dialogue_does_not_stay_over_the_lock(shell: Shell, qtbot: QtBot) -> None:
    shell.desk.commands.new_case.trigger()
    dialogue = shell.find("new_case")
    assert dialogue.isVisible()
    shell.lock(qtbot)
    assert not any(widget.isVisible() for widget in QApplication.topLevelWidgets() if widget.objectName() == "new_case")


def test_words_in_typing_are_saved_by_the_lock(shell: Shell, qtbot: QtBot) -> None:
    case = opened_case(shell, qtbot)
    id_, entry = case.case.id, case.case.entries[0].id
    case.type(entry, "text", "Written a moment before the lock.")
    shell.lock(qtbot)
    assert shell.session.unsaved == 0
    shell.unlock(qtbot)
    file = shell.session.desk.store.case_file(id_)
    assert file is not None
    assert "Written a moment before the lock." in str(next(one for one in file.case.entries if one.id == entry).text)


def test_words_that_a_full_disk_refused_outlive_the_lock_and_are_saved_after_it(shell: Shell, qtbot: QtBot) -> None:
    case = opened_case(shell, qtbot)
    id_, entry = case.case.id, case.case.entries[0].id
    words = "Kept in memory while the disk was full. " * 4000
    driver = shell.session.desk.store._link.driver  # type: ignore[attr-defined]  the file is made really full
    pages = driver.execute("PRAGMA page_count").fetchone()[0]
    driver.execute(f"PRAGMA max_page_count = {pages}")
    case.type(entry, "text", words)
    shell.lock(qtbot)
    assert shell.session.unsaved == 1
    assert shell.window.desk is None
    message = shell.find("unlock.message")
    assert message.isVisible()
    assert "could not be saved" in message.accessibleName()
    assert case.case.child.surname not in words_on_screen(shell.window)
    with qtbot.waitSignal(shell.session.told, timeout=20_000) as told:  # the limit went with the connection
        shell.unlock(qtbot)
    assert "saved now" in told.args[0]
    assert shell.session.unsaved == 0
    file = shell.session.desk.store.case_file(id_)
    assert file is not None
    assert words.strip() in str(next(one for one in file.case.entries if one.id == entry).text)


def test_the_window_does_not_close_over_words_that_are_not_on_disk(shell: Shell, qtbot: QtBot) -> None:
    case = opened_case(shell, qtbot)
    driver = shell.session.desk.store._link.driver  # type: ignore[attr-defined]  the file is made really full
    pages = driver.execute("PRAGMA page_count").fetchone()[0]
    driver.execute(f"PRAGMA max_page_count = {pages}")
    case.type(case.case.entries[0].id, "text", "No room for these. " * 8000)
    assert not shell.window.close()
    message = shell.find("top.message")
    assert "could not be saved" in message.accessibleName()
    driver.execute(f"PRAGMA max_page_count = {pages * 100}")
    assert shell.window.close()


def test_nobody_there_for_the_set_time_is_idle_whatever_the_timer_did(qapp: QGuiApplication) -> None:
    clock = [datetime(2026, 3, 3, 9, 0, tzinfo=UTC)]
    watch = IdleWatch(qapp, lambda: clock[0])
    heard: list[bool] = []
    watch.idle.connect(lambda: heard.append(True))
    watch.start(10)
    clock[0] += timedelta(minutes=9, seconds=59)
    watch.look()
    assert heard == []
    watch.eventFilter(QObject(), QEvent(QEvent.Type.KeyPress))
    clock[0] += timedelta(minutes=9)
    watch.look()
    assert heard == []
    clock[0] += timedelta(hours=7)  # the lid was shut
    watch.look()
    assert heard == [True]


def test_a_clock_put_back_does_not_keep_the_desk_open_for_ever(qapp: QGuiApplication) -> None:
    clock = [datetime(2026, 3, 3, 9, 0, tzinfo=UTC)]
    watch = IdleWatch(qapp, lambda: clock[0])
    heard: list[bool] = []
    watch.idle.connect(lambda: heard.append(True))
    watch.start(10)
    clock[0] -= timedelta(hours=1)
    watch.look()
    clock[0] += timedelta(minutes=11)
    watch.look()
    assert heard == [True]


def test_an_idle_desk_locks_itself(shell: Shell, look: Look, qtbot: QtBot) -> None:
    watch = shell.window.findChild(IdleWatch)
    assert isinstance(watch, IdleWatch)
    with qtbot.waitSignal(shell.session.locked, timeout=20_000):
        watch.start(0)
        watch.look()
    assert shell.session.is_locked


def full_desk(shell: Shell, qtbot: QtBot) -> None:
    """Visit every page, the long ones of the case with the most rows as well."""
    case = opened_case(shell, qtbot).case.id
    for place in ("cases", "settings", f"front/{case}", f"register/{case}", f"plan/{case}/B", f"plan/{case}/F"):
        with qtbot.waitSignal(shell.desk.moved, timeout=20_000):
            shell.desk.go(place)
        shell.settle(qtbot)


def test_a_full_desk_is_hidden_at_once_and_goes_in_turns(shell: Shell, qtbot: QtBot, no_stall: StallWatch) -> None:
    full_desk(shell, qtbot)
    desk = shell.desk
    pages = len(desk._pages._made)
    no_stall.rest()
    with qtbot.waitSignal(shell.window.emptied, timeout=20_000):
        shell.session.lock()
        assert not desk.isVisible()
        with qtbot.waitSignal(shell.session.locked, timeout=20_000):
            pass
        assert shell.window.desk is None
    assert pages > 5
    assert not isValid(desk)


def test_unlocking_while_the_old_desk_still_goes_brings_a_new_one(shell: Shell, qtbot: QtBot) -> None:
    full_desk(shell, qtbot)
    old = shell.desk
    with qtbot.waitSignal(shell.session.locked, timeout=20_000):
        shell.session.lock()
    assert isValid(old)
    shell.session.unlock(PASSPHRASE, failed=pytest.fail)
    shell.session.office.changed.emit()
    shell.session.listed.emit()
    qtbot.waitUntil(lambda: shell.window.desk is not None and shell.desk.isVisible(), timeout=20_000)
    assert shell.desk is not old
    qtbot.waitUntil(lambda: shell.desk.page is not None, timeout=20_000)
    shell.settle(qtbot)
    qtbot.waitUntil(lambda: not isValid(old), timeout=20_000)
