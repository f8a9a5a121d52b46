"""Connecting to an office, signing in where a lease has ended, and what a barred laptop says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from send_desk.gui.office_words import Phase
from send_desk.storage.home import open_home
from tests.gui.test_names import check, patterns

from .conftest import PASSPHRASE, PASSWORD

if TYPE_CHECKING:
    from tests.gui.conftest import Shell

    from .conftest import Desks, Hub


def type_in(shell: Shell, name: str, words: str) -> None:
    line = shell.find(name)
    assert isinstance(line, QLineEdit)
    line.clear()
    QTest.keyClicks(line, words)


def shown(widget: QWidget) -> str:
    return "\n".join(one.accessibleName() or one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def leave_alone(desks: Desks, home: Path, *, days: float) -> None:
    """Let the last contact with the office be as long ago as this."""
    laptop = desks.laptop(home)
    opened = open_home(home, PASSPHRASE, now=laptop.clock.now())
    try:
        store = laptop.desk_of(opened).store.sync
        until = datetime.now(UTC) + timedelta(days=14 - days)
        store.put_contact(replace(store.contact(), lease_until=until, seen=None))
    finally:
        opened.close()


def connect_page(desks: Desks, shell: Shell) -> None:
    shell.desk.go("settings/office")
    desks.qtbot.waitUntil(lambda: shell.window.findChild(QPushButton, "enrol.go") is not None, timeout=20_000)
    desks.settle(shell)


def test_a_laptop_connects_from_settings_and_its_work_goes_to_the_office(desks: Desks, hub: Hub) -> None:
    shell = desks.open(desks.county())
    connect_page(desks, shell)
    type_in(shell, "enrol.hub", "https://hub.example")
    type_in(shell, "enrol.user", "Jo Marsh")
    type_in(shell, "enrol.password", PASSWORD)
    check(shell.window, patterns())
    QTest.keyClick(shell.find("enrol.password"), Qt.Key.Key_Return)
    desks.settle(shell)
    assert len(hub.central.books.log) > 100
    assert shell.find("top.sync").isVisible()
    assert shell.find("settings.office.sync").isVisible()
    assert "Connected to https://hub.example as Jo Marsh." in shown(shell.window)
    check(shell.window, patterns())


@pytest.mark.parametrize(
    ("hub_words", "user", "password", "said"),
    [
        ("https://hub.example", "Jo Marsh", "wrong", "does not know this name and password"),
        ("hub", "Jo Marsh", PASSWORD, "is not the address of a hub"),
        ("http://hub.example", "Jo Marsh", PASSWORD, "must be reached by https"),
    ],
)
def test_every_trouble_of_connecting_is_said_in_words_and_keeps_what_was_typed(
    desks: Desks, hub: Hub, hub_words: str, user: str, password: str, said: str
) -> None:
    shell = desks.open(desks.county())
    connect_page(desks, shell)
    for name, words in (("enrol.hub", hub_words), ("enrol.user", user), ("enrol.password", password)):
        type_in(shell, name, words)
    QTest.mouseClick(shell.find("enrol.go"), Qt.MouseButton.LeftButton)
    desks.settle(shell)
    assert shell.find("enrol.message").isVisible()
    assert said in shown(shell.find("enrol.message"))
    line = shell.find("enrol.hub")
    assert isinstance(line, QLineEdit)
    assert line.text() == hub_words
    assert shell.find("enrol.go").isEnabled()
    assert hub.central.books.devices == {}


def test_what_is_missing_is_said_beside_its_field_before_anything_is_asked(desks: Desks, hub: Hub) -> None:
    shell = desks.open(desks.county())
    connect_page(desks, shell)
    QTest.mouseClick(shell.find("enrol.go"), Qt.MouseButton.LeftButton)
    assert shell.find("enrol.hub").accessibleDescription() == "Please give the address of the office copy."
    assert hub.calls == []


def test_from_the_tenth_day_a_banner_asks_to_connect(desks: Desks) -> None:
    home = desks.county()
    desks.enrol(home, "Jo Marsh")
    leave_alone(desks, home, days=10.5)
    shell = desks.open(home)
    banner = shell.find("top.lease")
    assert banner.isVisible()
    assert "Connect within 3 days" in shown(banner)
    QTest.mouseClick(shell.find("top.lease.action"), Qt.MouseButton.LeftButton)
    desks.settle(shell)
    assert not banner.isVisible()


def test_after_the_lease_a_sign_in_stands_in_place_of_the_desk_and_nothing_is_deleted(desks: Desks, hub: Hub) -> None:
    home = desks.county()
    desks.enrol(home, "Jo Marsh")
    leave_alone(desks, home, days=15)
    shell = desks.shell(home)
    type_in(shell, "unlock.passphrase", PASSPHRASE)
    QTest.keyClick(shell.find("unlock.passphrase"), Qt.Key.Key_Return)
    desks.qtbot.waitUntil(lambda: shell.window.findChild(QWidget, "lapsed") is not None, timeout=20_000)
    assert shell.window.desk is None
    assert shell.session.is_locked
    check(shell.window, patterns())
    assert "Nothing was deleted" in shown(shell.window)
    hub.reachable = False
    type_in(shell, "lapsed.password", PASSWORD)
    QTest.keyClick(shell.find("lapsed.password"), Qt.Key.Key_Return)
    desks.settle(shell)
    assert "cannot be reached" in shown(shell.find("lapsed.message"))
    assert shell.window.desk is None
    hub.reachable = True
    QTest.keyClick(shell.find("lapsed.password"), Qt.Key.Key_Return)
    desks.qtbot.waitUntil(lambda: shell.window.desk is not None, timeout=20_000)
    desks.qtbot.waitUntil(lambda: shell.desk.isVisible() and shell.desk.page is not None, timeout=20_000)
    desks.settle(shell)
    assert len(shell.session.desk.store.case_ids()) == 12


def test_the_sign_in_can_be_left_by_a_lock(desks: Desks) -> None:
    home = desks.county()
    desks.enrol(home, "Jo Marsh")
    leave_alone(desks, home, days=15)
    shell = desks.shell(home)
    type_in(shell, "unlock.passphrase", PASSPHRASE)
    QTest.keyClick(shell.find("unlock.passphrase"), Qt.Key.Key_Return)
    desks.qtbot.waitUntil(lambda: shell.window.findChild(QWidget, "lapsed") is not None, timeout=20_000)
    with desks.qtbot.waitSignal(shell.session.locked, timeout=20_000):
        QTest.mouseClick(shell.find("lapsed.lock"), Qt.MouseButton.LeftButton)
    assert shell.find("unlock.passphrase").isVisible()


def test_when_the_office_asks_who_it_is_the_button_leads_to_the_sign_in(desks: Desks, hub: Hub) -> None:
    shell = desks.joined(desks.county(), "Jo Marsh")
    device = shell.session.desk.device
    known = hub.central.books.devices.pop(device)
    desks.sync(shell)
    assert shell.session.office.phase is Phase.SIGN_IN
    button = shell.find("top.sync")
    assert isinstance(button, QPushButton)
    assert button.text() == "Sign in to sync"
    hub.central.books.devices[device] = known
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desks.qtbot.waitUntil(lambda: shell.window.findChild(QPushButton, "settings.office.go") is not None, timeout=20_000)
    desks.settle(shell)
    type_in(shell, "settings.office.password", PASSWORD)
    QTest.keyClick(shell.find("settings.office.password"), Qt.Key.Key_Return)
    desks.settle(shell)
    assert button.text() == "Sync"


def test_a_barred_laptop_sends_what_waits_and_says_what_happened(desks: Desks, hub: Hub) -> None:
    home = desks.county()
    shell = desks.joined(home, "Jo Marsh")
    hub.central.bar(shell.session.desk.device)
    shell.session.office.sync()
    desks.qtbot.waitUntil(lambda: shell.window.findChild(QPushButton, "barred.close") is not None, timeout=20_000)
    desks.qtbot.waitUntil(lambda: shell.window.desk is None, timeout=20_000)
    assert len(hub.central.books.log) > 100  # what waited is in the office copy
    assert "can no longer be opened" in shown(shell.window)
    check(shell.window, patterns())
    again = desks.shell(home)
    assert again.find("barred.close").isVisible()
    assert again.window.findChild(QWidget, "first") is None
