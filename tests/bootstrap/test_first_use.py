"""What is dear to import waits for its first use: a typed command and an opened window pay only for what they need."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

_HEAVY = {
    "PySide6",
    "sqlalchemy",
    "alembic",
    "sqlcipher3",
    "reportlab",
    "pypdfium2",
    "docx",
    "openpyxl",
    "keyring",
    "argon2",
}
_LATER = _HEAVY - {"PySide6", "sqlalchemy", "sqlcipher3", "argon2"}

_COMMAND = """
import json, sys
from send_desk.bootstrap import start
status = start({words!r})
print(json.dumps([status, sorted(sys.modules)]))
"""
_LATER_OF_OURS = {
    "cli.commands",
    "cli.world",
    "documents",
    "domain.checks.checker",
    "domain.event_words",
    "domain.next_steps",
    "domain.register",
    "domain.staff_warnings",
    "gui.conflict_view",
    "gui.date_field",
    "gui.first_run",
    "gui.front_page",
    "gui.inline_form",
    "gui.keys_sheet",
    "gui.lapsed_page",
    "gui.new_case",
    "gui.plan_page",
    "gui.register_page",
    "gui.search_results",
    "gui.settings_parts",
    "gui.strip_delegate",
    "gui.tray_page",
    "readers",
    "services.advice",
    "services.casework",
    "services.conflicts",
    "services.enrolling",
    "services.importing",
    "services.issuing",
    "services.proposal",
    "services.sync_outcome",
    "services.syncing",
    "services.tables",
    "services.tray",
    "storage.models",
    "sync",
    "wire.frames",
}
"""What a page brings with it, or a question that few ask: not there when My day shows first."""

_WINDOW = """
import json, sys
from argparse import Namespace
from pathlib import Path
from send_desk.bootstrap.laptop import Laptop
from send_desk.bootstrap.window import WindowDoor
import send_desk.gui.app
from PySide6.QtWidgets import QApplication
from send_desk.gui.look import Look
from send_desk.gui.main_window import MainWindow
from send_desk.gui.preferences import Preferences
from send_desk.gui.session import Session
home = Path({home!r})
app = QApplication(["send-desk"])
door = WindowDoor(Laptop(Namespace(home=home, passphrase_file=None, today=None, json=False)))
session = Session(door, broken=lambda error: sys.exit(repr(error)))
window = MainWindow(session, Look(app, door.resources), Preferences(home))
session.unlock({passphrase!r}, failed=sys.exit)
while window.desk is None or window.desk.page is None or session.jobs.waiting:
    app.processEvents()
names = sorted(sys.modules)
window.close()
print(json.dumps([0, names]))
"""


def _modules_after(script: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    status, names = json.loads(done.stdout.splitlines()[-1])
    assert status == 0, done.stderr
    return set(names)


def _libraries(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


@pytest.fixture
def after_start(home: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The modules that are there when the window has been unlocked and My day shows."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return _modules_after(_WINDOW.format(home=str(home), passphrase="three quiet herons"))


@pytest.mark.parametrize("words", [["law", "due", "FINAL_PLAN", "--start", "2026-01-05"]])
def test_a_question_about_the_law_needs_no_store_no_window_and_no_paper(words: list[str]) -> None:
    assert not _libraries(_modules_after(_COMMAND.format(words=words))) & _HEAVY


def test_an_opened_window_has_not_paid_for_paper_readers_or_migrations(after_start: set[str]) -> None:
    found = _libraries(after_start)
    assert "PySide6" in found
    assert not found & _LATER
    assert not {"sqlalchemy.orm", "merge3", "zstandard"} & after_start


def test_an_opened_window_has_not_paid_for_pages_and_questions_that_come_later(after_start: set[str]) -> None:
    ours = {name.removeprefix("send_desk.") for name in after_start if name.startswith("send_desk.")}
    assert {"gui.my_day", "storage.home", "services.reading"} <= ours
    assert ours & _LATER_OF_OURS == set()
