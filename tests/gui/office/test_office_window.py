"""The window of an enrolled laptop: what the button, the status line and the badges say, and when it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from send_desk.gui.office_words import Phase

if TYPE_CHECKING:
    from tests.gui.conftest import Shell

    from .conftest import Desks, Hub


def said(shell: Shell, name: str) -> str:
    """What a control says, empty where it does not show."""
    found = shell.window.findChild(QPushButton, name)
    return found.text() if isinstance(found, QPushButton) and found.isVisible() else ""


def test_a_desk_without_an_office_offers_no_button_and_no_key(desks: Desks) -> None:
    shell = desks.open(desks.county())
    assert said(shell, "top.sync") == ""
    assert said(shell, "status.office") == said(shell, "status.waiting") == ""
    assert not shell.desk.commands.sync.isEnabled()
    assert said(shell, "status.saved").startswith("Saved on this laptop")


def test_what_waits_stands_on_the_button_and_goes_when_the_office_has_it(desks: Desks, hub: Hub) -> None:
    shell = desks.joined(desks.county(), "Jo Marsh")
    waiting = sum(shell.session.desk.store.waiting().values())
    assert waiting > 100
    assert said(shell, "top.sync") == f"Sync - {waiting:,} waiting"
    assert said(shell, "status.office") == "Not in the office copy yet"
    QTest.keyClick(shell.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert said(shell, "top.sync") == "Syncing ..."
    desks.settle(shell)
    assert sum(shell.session.desk.store.waiting().values()) == 0
    assert said(shell, "top.sync") == "Sync"
    assert said(shell, "status.waiting") == ""
    assert said(shell, "status.office").startswith("In the office copy")
    assert len(hub.central.books.log) == waiting


def test_offline_is_said_quietly_with_what_waits(desks: Desks, hub: Hub) -> None:
    shell = desks.joined(desks.county(), "Jo Marsh")
    hub.reachable = False
    desks.sync(shell)
    waiting = sum(shell.session.desk.store.waiting().values())
    assert said(shell, "top.sync") == f"Offline - {waiting:,} waiting"
    assert not shell.find("top.message").isVisible()
    assert not shell.find("top.news").isVisible()
    hub.reachable = True
    desks.sync(shell)
    assert said(shell, "top.sync") == "Sync"


def test_a_lock_ends_a_sync_at_once_and_it_goes_on_after_unlocking(desks: Desks, hub: Hub) -> None:
    import threading

    shell = desks.joined(desks.county(), "Jo Marsh")
    hub.held = threading.Event()
    shell.session.office.sync()
    desks.qtbot.waitUntil(lambda: bool(hub.calls), timeout=20_000)
    shell.lock(desks.qtbot)
    assert shell.session.office.phase is Phase.RESTING
    assert hub.central.books.log == {}
    hub.held.set()
    shell.unlock(desks.qtbot)
    desks.sync(shell)
    assert said(shell, "top.sync") == "Sync"
    assert sum(shell.session.desk.store.waiting().values()) == 0
