"""Two real windows, a real hub by TLS over a real PostgreSQL, and a network that goes away and comes back."""

from __future__ import annotations

import shutil
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from send_desk.bootstrap.clock import SystemClock
from send_desk.bootstrap.laptop import Laptop
from send_desk.domain.ids import Role
from send_desk.domain.text import to_words
from send_desk.gui.connect_form import ConnectForm
from send_desk.gui.office_words import CaseSync
from send_desk.hub.trial import Town, Trial
from send_desk.storage.mapping import PACKED_COLUMNS
from tests.sync.bad_line import BadLine, Kind, Trouble

from .conftest import DAY, PASSWORD, Desks, Hub

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from send_desk.gui.look import Look
    from send_desk.gui.open_case import OpenCase
    from tests.gui.conftest import Shell

JO, SAM = "Jo Marsh", "Sam Field"


class FarDesks(Desks):
    """Windows whose way to the office is the program's own."""

    def laptop(self, home: Path) -> Laptop:  # type: ignore[override]  # the real one, where the others' ends in memory
        return Laptop(Namespace(home=str(home), today=DAY, passphrase_file=None, json=False))


@pytest.fixture
def office() -> Iterator[tuple[Trial, BadLine]]:
    """The hub of an authority with two people, behind a line that can be cut."""
    # As root the server runs as nobody, who cannot reach pytest's own folder.
    place = Path(tempfile.mkdtemp(prefix="send-desk-windows-"))
    place.chmod(0o711)
    people = {JO: Role.CASEWORKER, SAM: Role.MANAGER}
    town = Town(authority="999", name="Harrowdale", people=people, password=PASSWORD, team="North", leads=(SAM,))
    try:
        with Trial(place, town=town, clock=SystemClock()) as trial:
            address = urlsplit(trial.url)
            with BadLine((address.hostname or "", address.port or 0)) as line:
                yield trial, line
    finally:
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def far(look: Look, qtbot: QtBot, tmp_path: Path, county_template: Path) -> Iterator[FarDesks]:
    """Windows on laptops of their own."""
    folder = tmp_path / "far"
    folder.mkdir()
    made = FarDesks(Hub(), look, qtbot, folder, county_template)
    yield made
    for shell in made.made:
        shell.session.close()
        shell.window.close()
        shell.window.deleteLater()
    assert [fault for shell in made.made for fault in shell.faults] == []


def connected(far: FarDesks, home: Path, user: str, trial: Trial, port: int) -> Shell:
    """A window that has connected itself to the office from Settings and synced once."""
    shell = far.open(home)
    shell.desk.go("settings/office")
    far.qtbot.waitUntil(lambda: shell.window.findChild(ConnectForm) is not None, timeout=20_000)
    form = shell.window.findChild(ConnectForm)
    assert isinstance(form, ConnectForm)
    form.choose_certificate(trial.ca)
    for name, words in (("hub", f"https://127.0.0.1:{port}"), ("user", user), ("password", PASSWORD)):
        line = shell.find(f"enrol.{name}")
        line.setProperty("text", words)
    QTest.mouseClick(shell.find("enrol.go"), Qt.MouseButton.LeftButton)
    far.settle(shell)
    assert shell.session.office.is_enrolled
    assert says(shell, "top.sync") == "Sync"
    return shell


def says(shell: Shell, name: str) -> str:
    found = shell.find(name)
    return found.text() if isinstance(found, QPushButton) else ""


def opened(far: FarDesks, shell: Shell, case: str) -> OpenCase:
    found: list[OpenCase] = []
    shell.session.open(case, found.append)
    far.qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    far.settle(shell)
    return found[0]


def write(far: FarDesks, shell: Shell, case: OpenCase, entry: str, text: str) -> None:
    case.type(entry, "text", text)
    case.leave(entry)
    far.settle(shell)


def words(case: OpenCase, entry: str) -> str:
    return next(to_words(one.text) for one in case.case.entries if one.id == entry)


def log_of(shell: Shell, case: str) -> set[str]:
    with shell.session.desk.store.reading() as driver:  # type: ignore[attr-defined]  # the real store's own door
        rows = driver.execute(f"SELECT {PACKED_COLUMNS} FROM revision WHERE case_id = ?", (case,))  # noqa: S608  constant names
        return {str(row[0]) for row in rows}


def test_two_people_write_apart_offline_and_nothing_is_lost(far: FarDesks, office: tuple[Trial, BadLine]) -> None:
    trial, line = office
    jo = connected(far, far.county(), JO, trial, line.port)
    sam = connected(far, far.home(SAM), SAM, trial, line.port)
    case = next(row.line.case for row in jo.desk.lines.shown.rows.rows if row.line.stage == "drafting")
    ours, theirs = opened(far, jo, case), opened(far, sam, case)
    first, second, third = [one.id for one in ours.case.entries if one.section == "B"][:3]

    line.strike(Trouble(Kind.REFUSE))
    write(far, jo, ours, first, "Jo, on the same need.")
    write(far, sam, theirs, first, "Sam, on the same need.")
    write(far, jo, ours, second, "Jo, on another.")
    write(far, sam, theirs, third, "Sam, on a third.")
    for shell in (jo, sam):
        far.sync(shell)
        assert says(shell, "top.sync") == "Offline - 2 waiting"

    line.heal()
    for shell in (sam, jo, sam):
        far.sync(shell)
    for shell, open_case in ((jo, ours), (sam, theirs)):
        assert words(open_case, second) == "Jo, on another."
        assert words(open_case, third) == "Sam, on a third."
        assert says(shell, "top.sync") == "Sync"
        assert says(shell, "status.conflicts").startswith("1 conflict: ")
        assert shell.session.office.of_case(case) == CaseSync(conflicts=1)
    assert log_of(jo, case) == log_of(sam, case)

    QTest.mouseClick(jo.find("status.conflicts"), Qt.MouseButton.LeftButton)
    far.qtbot.waitUntil(lambda: len(keeps(jo)) == 2, timeout=20_000)
    assert {one.accessibleName() for one in keeps(jo)}  # each says whose words it keeps
    shown = "\n".join(one.text() for one in jo.desk.findChildren(QLabel))
    assert f"{SAM}, on another laptop" in shown
    assert f"{JO}, on this laptop" in shown
    keep = next(one for one in keeps(jo) if SAM in one.accessibleName())
    QTest.mouseClick(keep, Qt.MouseButton.LeftButton)
    far.settle(jo)
    for shell in (jo, sam):
        far.sync(shell)
    for shell, open_case in ((jo, ours), (sam, theirs)):
        assert shell.session.office.of_case(case) == CaseSync()
        assert words(open_case, first) == "Sam, on the same need."
        past = {str(one.fields.get("text")) for one in shell.session.desk.store.history(f"{case}/{first}")}
        assert {"Jo, on the same need.", "Sam, on the same need."} <= past
    assert log_of(jo, case) == log_of(sam, case)


def keeps(shell: Shell) -> list[QPushButton]:
    """The buttons that keep one of two versions."""
    return [
        one
        for one in shell.desk.findChildren(QPushButton)
        if one.isVisible() and one.objectName().startswith("conflict.") and one.objectName().endswith(".keep")
    ]
