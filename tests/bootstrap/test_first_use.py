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
_WINDOW = """
import json, sys
from argparse import Namespace
from pathlib import Path
from send_desk.bootstrap.laptop import Laptop
from send_desk.bootstrap.window import WindowDoor
import send_desk.gui.app
door = WindowDoor(Laptop(Namespace(home=Path({home!r}), passphrase_file=None, today=None, json=False)))
desk = door.unlock({passphrase!r})
desk.store.summaries()
door.lock()
print(json.dumps([0, sorted(sys.modules)]))
"""


def _modules_after(script: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    status, names = json.loads(done.stdout.splitlines()[-1])
    assert status == 0, done.stderr
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("words", [["law", "due", "FINAL_PLAN", "--start", "2026-01-05"]])
def test_a_question_about_the_law_needs_no_store_no_window_and_no_paper(words: list[str]) -> None:
    assert not _modules_after(_COMMAND.format(words=words)) & _HEAVY


def test_an_opened_window_has_not_paid_for_paper_readers_or_migrations(home: Path) -> None:
    found = _modules_after(_WINDOW.format(home=str(home), passphrase="three quiet herons"))
    assert "PySide6" in found
    assert not found & _LATER
