"""Before the lock: what is said gently, and the first home."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit
from pytest import MonkeyPatch
from pytestqt.qtbot import QtBot

from send_desk.gui.places import Page

if TYPE_CHECKING:
    from tests.gui.conftest import Shell

Shells = Callable[[Path], "Shell"]


def line(shell: Shell, name: str) -> QLineEdit:
    found = shell.find(name)
    assert isinstance(found, QLineEdit)
    return found


def button(shell: Shell, name: str) -> QAbstractButton:
    found = shell.find(name)
    assert isinstance(found, QAbstractButton)
    return found


def try_to_unlock(shell: Shell, words: str, qtbot: QtBot) -> str:
    """Type a passphrase that will not do, and return what is said under the field."""
    secret = line(shell, "unlock.passphrase")
    secret.clear()
    QTest.keyClicks(secret, words)
    QTest.keyClick(secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(secret.property("wrong")), timeout=20_000)
    return secret.accessibleDescription()


def test_a_wrong_passphrase_is_answered_gently_and_the_right_one_opens_my_day(
    shells: Shells, home: Path, qtbot: QtBot
) -> None:
    shell = shells(home)
    said = try_to_unlock(shell, "three loud herons", qtbot)
    assert "does not open the home" in said
    assert "Nothing was changed" in said
    assert shell.window.desk is None
    assert button(shell, "unlock.go").isEnabled()
    shell.unlock(qtbot)
    assert shell.desk.place.page is Page.MY_DAY
    assert line(shell, "unlock.passphrase").text() == ""


def test_no_passphrase_at_all_is_asked_for(shells: Shells, home: Path, qtbot: QtBot) -> None:
    assert "Please type the passphrase" in try_to_unlock(shells(home), "", qtbot)


def test_what_is_typed_is_covered_until_it_is_asked_for(shells: Shells, home: Path) -> None:
    shell = shells(home)
    secret, show = line(shell, "unlock.passphrase"), button(shell, "unlock.passphrase.show")
    assert secret.echoMode() == QLineEdit.EchoMode.Password
    show.click()
    assert secret.echoMode() == QLineEdit.EchoMode.Normal
    assert show.accessibleName() == "Hide what is typed"


_HOLDER = """
import sys
from pathlib import Path
from send_desk.storage.lock_file import LockFile
held = LockFile(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_home_that_is_open_elsewhere_is_named_with_its_process(shells: Shells, home: Path, qtbot: QtBot) -> None:
    arguments = [sys.executable, "-c", _HOLDER, str(home)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        shell = shells(home)
        assert str(other.pid) in try_to_unlock(shell, "three quiet herons", qtbot)
        other.stdin.close()
    shell.unlock(qtbot)


def test_a_damaged_file_is_told_with_what_to_do(shells: Shells, home: Path, qtbot: QtBot) -> None:
    store = home / "desk.db"
    store.write_bytes(b"\0" * store.stat().st_size)
    said = try_to_unlock(shells(home), "three quiet herons", qtbot)
    assert "damaged" in said
    assert "backup" in said


def test_a_first_run_makes_a_home_and_opens_it(
    shells: Shells, tmp_path: Path, qtbot: QtBot, monkeypatch: MonkeyPatch
) -> None:
    key = tmp_path / "authority.pem"
    key.write_bytes(
        X25519PrivateKey.generate().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(key), ""))  # the system's own dialogue
    home = tmp_path / "new" / "home"
    shell = shells(home)
    button(shell, "first.go").click()
    for name in ("first.name", "first.authority", "first.passphrase"):
        assert line(shell, name).property("wrong"), name
    QTest.keyClicks(line(shell, "first.name"), "Jo Marsh")
    QTest.keyClicks(line(shell, "first.authority"), "830")
    QTest.keyClicks(line(shell, "first.passphrase"), "four tall cranes")
    QTest.keyClicks(line(shell, "first.passphrase_again"), "four tall crane")
    button(shell, "first.go").click()
    assert line(shell, "first.passphrase_again").property("wrong")
    assert not home.exists()
    QTest.keyClicks(line(shell, "first.passphrase_again"), "s")
    button(shell, "first.recovery.choose").click()
    QTest.keyClick(line(shell, "first.passphrase_again"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.window.desk is not None, timeout=20_000)
    shell.settle(qtbot)
    user = shell.session.desk.user
    assert (user.name, user.authority, str(user.role)) == ("Jo Marsh", "830", "caseworker")
    assert b"x25519" in (home / "keys.json").read_bytes()
    shell.lock(qtbot)
    shell.unlock(qtbot, "four tall cranes")


def test_a_passphrase_that_is_too_short_makes_no_home(shells: Shells, tmp_path: Path, qtbot: QtBot) -> None:
    shell = shells(tmp_path / "home")
    for name, words in (
        ("first.name", "Jo Marsh"),
        ("first.authority", "830"),
        ("first.passphrase", "short"),
        ("first.passphrase_again", "short"),
    ):
        QTest.keyClicks(line(shell, name), words)
    button(shell, "first.go").click()
    message = shell.find("first.message")
    qtbot.waitUntil(message.isVisible, timeout=20_000)
    assert "at least 8 characters" in message.accessibleName()
    assert not shell.door.has_home
    assert button(shell, "first.go").isEnabled()
