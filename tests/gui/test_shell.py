"""The window as a whole: pages, keys, the status line, a new case, settings, and that it never holds anybody up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from send_desk.domain.errors import Refused
from send_desk.gui.look import Look
from send_desk.gui.places import Page
from send_desk.gui.plan_panes import PlanPanes
from send_desk.gui.preferences import Preferences
from send_desk.gui.theme import ThemeChoice
from send_desk.services.settings import settings

if TYPE_CHECKING:
    from tests.gui.conftest import Shell, StallWatch


def press(shell: Shell, name: str) -> None:
    found = shell.find(name)
    assert isinstance(found, QAbstractButton)
    found.click()


def write(shell: Shell, name: str, words: str) -> QLineEdit:
    found = shell.find(name)
    assert isinstance(found, QLineEdit)
    found.setFocus()
    found.clear()
    QTest.keyClicks(found, words)
    return found


def test_the_keys_of_the_pages_go_to_them(shell: Shell, qtbot: QtBot) -> None:
    for key, page in ((Qt.Key.Key_2, Page.CASES), (Qt.Key.Key_1, Page.MY_DAY)):
        QTest.keyClick(shell.window, key, Qt.KeyboardModifier.AltModifier)
        shell.settle(qtbot)
        assert shell.desk.place.page is page
    QTest.keyClick(shell.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    shell.settle(qtbot)
    assert shell.desk.place.page is Page.SETTINGS
    QTest.keyClick(shell.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shell.desk.place.page is Page.MY_DAY


def test_the_pages_of_a_case_are_offered_once_one_is_open(shell: Shell, qtbot: QtBot) -> None:
    assert not shell.find("nav.plan").isVisible()
    line = shell.desk.lines.shown.rows.rows[0].line
    shell.desk.go(f"front/{line.case}")
    shell.settle(qtbot)
    assert shell.find("nav.plan").isVisible()
    press(shell, "nav.plan")
    shell.settle(qtbot)
    assert shell.desk.place.words.startswith(f"plan/{line.case}")
    press(shell, "nav.register")
    shell.settle(qtbot)
    assert shell.desk.place.words.startswith(f"register/{line.case}")


@pytest.mark.parametrize("page", ["front", "register", "plan"])
def test_ctrl_g_and_a_letter_open_a_section_from_any_page_of_a_case(shell: Shell, page: str, qtbot: QtBot) -> None:
    line = next(row.line for row in shell.desk.lines.shown.rows.rows if row.line.stage == "drafting")
    shell.desk.go(f"{page}/{line.case}")
    shell.settle(qtbot)
    QTest.keyClick(shell.window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(shell.window, Qt.Key.Key_H)
    QTest.keyClick(shell.window, Qt.Key.Key_2)
    shell.settle(qtbot)
    assert shell.desk.place.words.startswith(f"plan/{line.case}/H2")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName().startswith(("entry.H2", "case.add"))
    shell.lock(qtbot)
    shell.unlock(qtbot)
    assert shell.desk.place.words.startswith(f"plan/{line.case}/H2")


def test_a_new_case_needs_a_name_and_a_day_and_nothing_else(shell: Shell, qtbot: QtBot) -> None:
    QTest.keyClick(shell.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    press(shell, "new_case.make")
    assert shell.find("new_case.received").accessibleDescription() == "The weeks count from this day, so it is needed."
    write(shell, "new_case.first_names", "Ava Rose")
    write(shell, "new_case.surname", "Thornbury")
    born = write(shell, "new_case.born", "5/1/30")
    assert born.accessibleDescription().endswith("lies after today.")
    write(shell, "new_case.born", "5/1/17")
    received = write(shell, "new_case.received", "16 feb")
    assert received.accessibleDescription() == "Monday 16 February 2026"
    by = shell.find("new_case.by")
    assert isinstance(by, QComboBox)
    by.setCurrentText("Parent")
    with qtbot.waitSignal(shell.desk.moved, timeout=20_000):
        QTest.keyClick(received, Qt.Key.Key_Return)
    shell.settle(qtbot)
    file = shell.session.desk.store.case_file(shell.desk.place.case)
    assert file is not None
    child = file.case.child
    assert (child.full_name, child.date_of_birth) == ("Ava Rose Thornbury", date(2017, 1, 5))
    assert [(event.on, event.by) for event in file.case.events] == [(date(2026, 2, 16), "Parent")]
    assert shell.desk.place.page is Page.FRONT
    qtbot.waitUntil(lambda: len(shell.desk.lines.shown.rows.rows) == 13, timeout=20_000)


def test_a_save_is_told_in_the_status_line_with_its_hour(shell: Shell, qtbot: QtBot) -> None:
    at = datetime(2026, 3, 3, 14, 32, tzinfo=UTC)
    shell.session.saved.emit(at)
    said = [shown.text() for shown in shell.desk.findChildren(QPushButton)]
    assert f"Saved on this laptop {at.astimezone():%H:%M}" in said


def test_trouble_is_said_in_a_line_and_holds_nothing_up(shell: Shell, qtbot: QtBot) -> None:
    shell.session.tell(Refused("That is already on this laptop; nothing was saved."))
    message = shell.find("top.message")
    assert message.isVisible()
    assert message.accessibleName() == "That is already on this laptop; nothing was saved."
    assert QApplication.activeModalWidget() is None


def test_a_fault_of_ours_is_noted_and_told_without_a_traceback(shell: Shell, qtbot: QtBot) -> None:
    shell.session.tell(ValueError("the name of a child"))
    assert "Something went wrong" in shell.find("top.message").accessibleName()
    assert "the name of a child" not in shell.find("top.message").accessibleName()
    assert [type(fault) for fault in shell.faults] == [ValueError]
    shell.faults.clear()


def test_the_sheet_of_keys_holds_every_action_that_has_keys(shell: Shell, qtbot: QtBot) -> None:
    line = shell.desk.lines.shown.rows.rows[0].line
    shell.desk.go(f"plan/{line.case}")
    shell.settle(qtbot)
    QTest.keyClick(shell.window, Qt.Key.Key_F1)
    sheet = shell.find("keys")
    said = {label.text() for label in sheet.findChildren(QLabel)}
    actions = [action for action in shell.window.findChildren(QAction) if action.isEnabled() and action.objectName()]
    for action in actions:
        if not action.shortcut().isEmpty():
            assert action.text().replace("&", "").rstrip(".").strip() in {words.strip() for words in said}, (
                action.text()
            )
    sheet.close()


def test_no_two_actions_share_their_keys(shell: Shell, qtbot: QtBot) -> None:
    line = shell.desk.lines.shown.rows.rows[0].line
    for place in ("front", "register", "plan"):
        shell.desk.go(f"{place}/{line.case}")
        shell.settle(qtbot)
        actions = [*shell.desk.commands.all(), *shell.desk.page_actions()]
        keys = [keys.toString() for action in actions for keys in action.shortcuts() if not keys.isEmpty()]
        assert sorted(keys) == sorted(set(keys)), place


@pytest.fixture
def on_settings(shell: Shell, qtbot: QtBot) -> Iterator[Shell]:
    shell.desk.go("settings")
    qtbot.waitUntil(lambda: shell.desk.findChild(QPushButton, "settings.backup") is not None, timeout=20_000)
    shell.settle(qtbot)
    yield shell


def test_settings_open_with_the_keyboard_in_their_first_field(shell: Shell, qtbot: QtBot) -> None:
    QTest.keyClick(shell.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shell.desk.findChild(QPushButton, "settings.backup") is not None, timeout=20_000)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "settings.officer.role"


def test_what_is_set_is_kept_when_the_field_is_left(on_settings: Shell, qtbot: QtBot) -> None:
    write(on_settings, "settings.officer.phone", "01629 000000")
    line = write(on_settings, "settings.local.service", "Harrowdale SENDIASS")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    idle = on_settings.find("settings.idle")
    assert isinstance(idle, QComboBox)
    idle.setCurrentIndex(idle.findData(5))
    idle.activated.emit(idle.currentIndex())
    on_settings.settle(qtbot)
    known = settings(on_settings.session.desk)
    assert known.officer.phone == "01629 000000"
    assert known.local.service == "Harrowdale SENDIASS"
    assert known.idle_minutes == 5


def test_the_look_changes_at_once_and_is_remembered_before_the_next_unlocking(
    on_settings: Shell, look: Look, qtbot: QtBot
) -> None:
    theme = on_settings.find("settings.theme")
    assert isinstance(theme, QComboBox)
    theme.setCurrentIndex(theme.findData(ThemeChoice.DARK))
    theme.activated.emit(theme.currentIndex())
    assert look.choice is ThemeChoice.DARK
    assert Preferences(on_settings.door.home).theme is ThemeChoice.DARK


def test_another_passphrase_opens_the_home_and_the_old_one_no_longer(on_settings: Shell, qtbot: QtBot) -> None:
    write(on_settings, "settings.passphrase.old", "three quiet herons")
    write(on_settings, "settings.passphrase.new", "five small wrens")
    write(on_settings, "settings.passphrase.again", "five small wrens")
    press(on_settings, "settings.passphrase.change")
    message = on_settings.find("settings.passphrase.message")
    qtbot.waitUntil(message.isVisible, timeout=20_000)
    assert "the new passphrase opens this home" in message.accessibleName()
    on_settings.lock(qtbot)
    on_settings.unlock(qtbot, "five small wrens")


def test_a_backup_is_made_on_request(on_settings: Shell, qtbot: QtBot) -> None:
    before = on_settings.door.backups()
    press(on_settings, "settings.backup")
    qtbot.waitUntil(lambda: len(on_settings.door.backups()) == len(before) + 1, timeout=20_000)
    qtbot.waitUntil(lambda: on_settings.session.aside.waiting == 0, timeout=20_000)
    said = " ".join(label.accessibleName() for label in on_settings.desk.findChildren(QLabel))
    assert on_settings.door.backups()[0].name in said


@pytest.mark.parametrize("place", ["my_day", "cases", "settings", "front", "register", "plan"])
def test_at_200_per_cent_nothing_scrolls_sideways_and_the_pages_fold_into_a_menu(
    shell: Shell, place: str, qtbot: QtBot
) -> None:
    line = shell.desk.lines.shown.rows.rows[0].line
    shell.window.resize(683, 384)
    shell.desk.go(place if place in ("my_day", "cases", "settings") else f"{place}/{line.case}")
    shell.settle(qtbot)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert shell.window.width() == 683
    assert not shell.find("nav").isVisible()
    assert not shell.window.menuBar().isVisible()
    assert shell.find("top.menu").isVisible()
    for widget in shell.desk.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            left = widget.mapTo(shell.window, widget.rect().topLeft()).x()
            assert left >= 0, widget.objectName()
            assert left + widget.width() <= 683, widget.objectName()


def test_nothing_the_shell_does_holds_the_window_up(shell: Shell, no_stall: StallWatch, qtbot: QtBot) -> None:
    press(shell, "myday.everyone")
    shell.settle(qtbot)
    for place in ("cases", "settings", "my_day"):
        shell.desk.go(place)
        shell.settle(qtbot)
    press(shell, "nav.cases")
    press(shell, "cases.filter.out_of_time")
    box = shell.find("top.search")
    QTest.keyClicks(box, "speech the", delay=1)
    shell.settle(qtbot)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    shell.lock(qtbot)
    shell.unlock(qtbot)
    shell.settle(qtbot)


def test_a_plan_is_never_seen_with_empty_words(shell: Shell, qtbot: QtBot) -> None:
    """Each time the window draws the plan, its first words stand already; until then My day stays on the screen."""
    line = next(row.line for row in shell.desk.lines.shown.rows.rows if row.line.stage == "drafting")
    seen: list[bool] = []

    class Eye(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and isinstance(watched, PlanPanes):
                seen.append(bool(watched.editor.column.rows))
            return False

    eye = Eye()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(eye)
    try:
        shell.desk.go(f"plan/{line.case}/F")
        qtbot.waitUntil(lambda: bool(seen), timeout=20_000)
        shell.settle(qtbot)
    finally:
        app.removeEventFilter(eye)
    assert all(seen)
    assert shell.desk._pages.updatesEnabled()
