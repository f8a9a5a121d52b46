"""When the desk turns to its office by itself, what a first download shows, and that the window never waits for it."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from send_desk.domain.dates import counted
from send_desk.gui.download_strip import progress_words, share
from send_desk.gui.office_words import Phase
from send_desk.services.syncing import Progress
from tests.gui.test_names import check, patterns

from .conftest import SLOW

if TYPE_CHECKING:
    from tests.gui.conftest import Shell, StallWatch

    from .conftest import Desks, Hub


def waiting(shell: Shell) -> int:
    return sum(shell.session.desk.store.waiting().values())


def text(shell: Shell, name: str) -> str:
    found = shell.find(name)
    assert isinstance(found, QPushButton)
    return found.text()


def test_it_syncs_by_itself_soon_after_unlocking(desks: Desks, hub: Hub) -> None:
    shell = desks.joined(desks.county(), "Jo Marsh", pace=replace(SLOW, first=50))
    desks.qtbot.waitUntil(lambda: text(shell, "top.sync") == "Sync", timeout=20_000)
    assert len(hub.central.books.log) > 100
    assert waiting(shell) == 0


def test_it_syncs_by_itself_after_a_pause_in_writing(desks: Desks, hub: Hub) -> None:
    shell = desks.joined(desks.county(), "Jo Marsh", pace=replace(SLOW, pause=80))
    desks.sync(shell)
    known = len(hub.central.books.log)
    found = []
    shell.session.open(shell.session.desk.store.case_ids()[0], found.append)
    desks.qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    found[0].type(found[0].case.id, "child.known_as", "Avie")
    found[0].leave(found[0].case.id)
    desks.qtbot.waitUntil(lambda: len(hub.central.books.log) == known + 1, timeout=20_000)
    desks.settle(shell)
    assert waiting(shell) == 0


def test_offline_it_tries_again_by_itself_until_the_office_is_back(desks: Desks, hub: Hub) -> None:
    hub.reachable = True
    home = desks.county()
    desks.enrol(home, "Jo Marsh")
    hub.reachable = False
    shell = desks.open(home, pace=replace(SLOW, first=30, again=30, seldom=60))
    desks.qtbot.waitUntil(lambda: hub.calls.count(hub.calls[0]) >= 3 if hub.calls else False, timeout=20_000)
    desks.qtbot.waitUntil(lambda: text(shell, "top.sync").startswith("Offline - "), timeout=20_000)
    hub.reachable = True
    desks.qtbot.waitUntil(lambda: text(shell, "top.sync") == "Sync", timeout=20_000)


def test_a_stopped_sync_keeps_what_came_and_the_button_offers_it_again(desks: Desks, hub: Hub) -> None:
    shell = desks.joined(desks.county(), "Jo Marsh")
    hub.held = threading.Event()
    QTest.mouseClick(shell.find("top.sync"), Qt.MouseButton.LeftButton)
    desks.qtbot.waitUntil(lambda: bool(hub.calls), timeout=20_000)
    QTest.mouseClick(shell.find("top.sync"), Qt.MouseButton.LeftButton)  # while it runs, the button stops it
    desks.qtbot.waitUntil(lambda: shell.session.office.phase is Phase.RESTING, timeout=20_000)
    assert not shell.find("top.message").isVisible()
    desks.settle(shell)
    assert text(shell, "top.sync") == f"Sync - {waiting(shell):,} waiting"
    hub.held.set()
    desks.sync(shell)
    assert text(shell, "top.sync") == "Sync"


def test_the_first_download_shows_how_far_it_is_and_the_window_can_be_used(desks: Desks, hub: Hub) -> None:
    jo = desks.joined(desks.county(), "Jo Marsh")
    desks.sync(jo)
    for case in jo.session.desk.store.case_ids():
        hub.share(case, "Sam Field")
    sam = desks.joined(desks.home("Sam Field"), "Sam Field")
    told: list[Progress] = []
    sam.session.office.progressed.connect(lambda one: told.append(one) if one is not None else None)
    sam.session.office.sync()
    sam.desk.go("settings")
    desks.settle(sam)
    assert any(one.step == "first" and one.revisions for one in told)
    assert sam.desk.place.words == "settings"
    assert not sam.find("download.stop").isVisible()
    desks.qtbot.waitUntil(lambda: len(sam.desk.lines.shown.rows.rows) == 12, timeout=20_000)
    said = "\n".join(one.accessibleName() for one in sam.find("top.news").findChildren(QLabel))
    assert said.strip() == f"{counted(12, 'case')} came to this laptop."


@pytest.mark.parametrize(
    ("progress", "words", "done"),
    [
        (
            Progress(
                "first",
                cases_done=12,
                cases=240,
                revisions_done=50,
                revisions=200,
                bytes_done=3_250_586,
                bytes=9_437_184,
            ),
            "Your cases come from the office: 12 of 240 cases, 3.1 of 9.0 MB",
            (250, 1000),
        ),
        (Progress("send", revisions_done=5, revisions=10), "Going to the office: 5 of 10 changes", (500, 1000)),
        (Progress("attachments", bytes_done=2048), "Papers come and go: 2 KB", (0, 0)),
        (Progress("receive"), "Coming from the office ...", (0, 0)),
    ],
)
def test_progress_is_said_in_cases_and_megabytes(progress: Progress, words: str, done: tuple[int, int]) -> None:
    assert progress_words(progress) == words
    assert share(progress) == done


def test_no_turn_of_the_window_is_long_while_it_syncs(desks: Desks, hub: Hub, no_stall: StallWatch) -> None:
    shell = desks.joined(desks.county(), "Jo Marsh")
    no_stall.rest()
    desks.sync(shell)
    assert text(shell, "top.sync") == "Sync"


def test_every_control_of_the_tray_has_its_names(desks: Desks) -> None:
    shell = desks.joined(desks.county(), "Jo Marsh")
    found = []
    shell.session.open(shell.session.desk.store.case_ids()[0], found.append)
    desks.qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    found[0].type(found[0].case.entries[0].id if found[0].case.entries else found[0].case.id, "text", "x" * 1_100_000)
    found[0].rest()
    desks.settle(shell)
    desks.sync(shell)
    shell.desk.go("tray")
    desks.qtbot.waitUntil(lambda: shell.window.findChild(QPushButton, "tray.1.again") is not None, timeout=20_000)
    for width in (1366, 683):
        shell.window.resize(width, 768 if width > 900 else 384)
        desks.settle(shell)
        check(shell.window, patterns())
