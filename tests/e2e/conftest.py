"""A caseworker at the real window: her hands on the keyboard, her eyes on the screen, and a home that is her own."""

from __future__ import annotations

import html
import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # read when the first application is made, so it stands first

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from send_desk.gui.main_window import MainWindow

_CONTROL, _SHIFT, _ALT, _NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)
_MODIFIERS = {"Ctrl": _CONTROL, "Shift": _SHIFT, "Alt": _ALT}
_WAIT_MS = 20_000
_FORBIDDEN = ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.bind")
_STOPS = 400  # more stops of the Tab key than any page has


_ways_out: list[str] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _FORBIDDEN:
        where = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
        if event == "socket.getaddrinfo" or not isinstance(where, str | bytes):  # a path is this machine's own
            _ways_out.append(f"{event} {where}")


sys.addaudithook(_watch)  # for the life of the process, as Python has no way to take one back


@pytest.fixture(autouse=True)
def ways_out() -> Iterator[list[str]]:
    """Whatever tried to reach a network during the test, which fails it."""
    _ways_out.clear()
    yield _ways_out
    assert _ways_out == []


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own for temporary files, of this process, of Qt and of every child."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TMP", "TEMP"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def in_the_clear() -> Callable[..., list[str]]:
    """Finds the files under a folder in which one of the words can be read."""

    def found(folder: Path, *words: str) -> list[str]:
        forms = [form for word in words for form in (word.encode(), word.encode("utf-16-le"))]
        return [
            str(path.relative_to(folder))
            for path in folder.rglob("*")
            if path.is_file() and any(form in path.read_bytes() for form in forms)
        ]

    return found


def _window_kit() -> ModuleType:
    """What the tests of the window share; pytest gives a conftest to its own folder only."""
    name = "send_desk_window_kit"
    if name not in sys.modules:
        place = Path(__file__).parents[1] / "gui" / "conftest.py"
        spec = importlib.util.spec_from_file_location(name, place)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


_kit = _window_kit()
_collector, _collected = _kit._collector, _kit._collected
window_look, look, shells = _kit.window_look, _kit.look, _kit.shells
PASSPHRASE: str = _kit.PASSPHRASE


@dataclass
class Person:
    """Somebody who works with the keyboard alone: every key goes to whatever has the focus, as on a real machine."""

    qtbot: QtBot
    shell: Any

    @property
    def tops(self) -> list[QWidget]:
        """What stands on this person's screen: the window with its dialogues and menus, and no other person's."""
        own = self.shell.window
        roots = ((top, _root_of(top)) for top in QApplication.topLevelWidgets())
        return [top for top, root in roots if root is own or not isinstance(root, MainWindow)]

    @property
    def at(self) -> QWidget:
        """Where the keyboard is."""
        active = QApplication.activeWindow()
        if active is None or active not in self.tops:
            # What the window manager does when a dialogue closes, or somebody turns to the other window; without a
            # screen there is none.
            self.shell.window.activateWindow()
            self.qtbot.waitUntil(lambda: QApplication.activeWindow() in self.tops, timeout=_WAIT_MS)
        here = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
        assert here is not None, "the keyboard is nowhere"
        focused = here.focusWidget()
        return focused if focused is not None and here.isWindow() else here

    @property
    def place(self) -> str:
        """The name of the control that has the keyboard."""
        return self.at.objectName()

    def press(self, *keys: str) -> None:
        """Press keys one after another: "Tab", "Ctrl+N", "Shift+F8"."""
        for each in keys:
            *held, name = each.split("+")
            modifiers = _NONE
            for one in held:
                modifiers |= _MODIFIERS[one]
            QTest.keyClick(self.at, getattr(Qt.Key, f"Key_{name}"), modifiers)
            QApplication.processEvents()

    def type(self, words: str) -> None:
        """Type words, character by character."""
        for one in words:
            QTest.keyClicks(self.at, one)
            QApplication.processEvents()

    def paste(self, words: str) -> None:
        """Paste words, as from a letter in another window."""
        QGuiApplication.clipboard().setText(words)
        self.press("Ctrl+V")

    def go_to(self, name: str, *, key: str = "Tab") -> None:
        """Press Tab until the keyboard is in the control of that name."""
        passed: list[str] = []
        for _ in range(_STOPS):
            if self.place == name:
                return
            passed.append(self.place)
            self.press(key)
        raise AssertionError(f"{key} never came to {name}; it went through {list(dict.fromkeys(passed))}")

    def fill(self, name: str, words: str) -> None:
        """Go to a field and type."""
        self.go_to(name)
        self.type(words)

    def wait_for(self, name: str) -> QWidget:
        """Wait until a control of that name is seen."""
        self.qtbot.waitUntil(lambda: self.seen(name) is not None, timeout=_WAIT_MS)
        found = self.seen(name)
        assert found is not None
        return found

    def wait_to_read(self, words: str) -> None:
        """Wait until words stand on the screen as they are read out."""

        def stand() -> bool:
            return any(
                widget.isVisible() and any(words in said for said in words_of(widget))
                for top in self.tops
                for widget in top.findChildren(QLabel)
            )

        self.qtbot.waitUntil(stand, timeout=_WAIT_MS)

    def wait_to_be_at(self, name: str) -> None:
        """Wait until the keyboard has been brought into a control."""
        self.qtbot.waitUntil(lambda: self.place == name, timeout=_WAIT_MS)

    def settle(self) -> None:
        """Wait until all work is done and what came of it is drawn."""
        self.shell.settle(self.qtbot)

    def seen(self, name: str) -> QWidget | None:
        """The control of that name that can be seen, None for none."""
        for top in self.tops:
            for widget in ([top] if top.objectName() == name else []) + top.findChildren(QWidget, name):
                if widget.isVisible():
                    return widget
        return None

    def names(self) -> list[str]:
        """The names of all controls that can be seen, for those who look for one in vain."""
        found = (widget for top in self.tops for widget in top.findChildren(QWidget))
        return sorted({widget.objectName() for widget in found if widget.isVisible() and widget.objectName()})

    def screen(self) -> str:
        """All words on the screen, as they are read or heard."""
        said: list[str] = []
        for top in self.tops:
            if not top.isVisible():
                continue
            for widget in [top, *top.findChildren(QWidget)]:
                if widget.isVisible():
                    said += words_of(widget)
        return html.unescape("\n".join(said))  # some labels are set in Qt's own markup


def _root_of(top: QWidget) -> QWidget:
    while (parent := top.parentWidget()) is not None:
        top = parent
    return top


def words_of(widget: QWidget) -> list[str]:
    """What one widget says."""
    said = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
    match widget:
        case QLabel() | QLineEdit() | QAbstractButton():
            said.append(widget.text())
        case QPlainTextEdit():
            said.append(widget.toPlainText())
        case QComboBox():
            said.append(widget.currentText())
    return [words for words in said if words]


@pytest.fixture
def no_stall(qapp: QApplication) -> Iterator[Any]:
    """Fails the test where the window's thread was busy for more than 50 ms of processor time at a stretch.

    Where more programs want to run than there are processors, they push one another out of the caches, and the same
    work takes more processor time: the limit grows with their number.
    """
    watch = _kit.StallWatch()
    yield watch
    watch.stop()
    crowd = os.getloadavg()[0] / (os.cpu_count() or 1) if hasattr(os, "getloadavg") else 1.0
    limit = watch.LIMIT * max(_kit.slowness(), min(3.0, crowd))
    assert watch.worst <= limit, f"busy for {watch.worst * 1000:.0f} ms at a stretch\n{watch.where}"


@pytest.fixture
def sit_down(shells: Callable[[Path], Any], qtbot: QtBot) -> Callable[[Path], Person]:
    """Open the window on a home, on 3 March 2026, still locked, and put a person before it."""

    def seat(home: Path) -> Person:
        shell = shells(home)
        shell.window.showNormal()
        shell.window.resize(1366, 768)  # Qt's screen that is none is smaller than any laptop's
        shell.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is shell.window, timeout=_WAIT_MS)
        return Person(qtbot, shell)

    return seat


@pytest.fixture
def person(sit_down: Callable[[Path], Person], home: Path) -> Person:
    """A person before the locked window of an empty home."""
    return sit_down(home)


@pytest.fixture
def as_it_is_now(tmp_path: Path) -> Iterator[Callable[[Path], Path]]:
    """Copies a home with all that is on the disk at this moment, as a power cut would leave it."""

    def copied(home: Path) -> Path:
        return Path(shutil.copytree(home, tmp_path / "after the power cut", ignore=shutil.ignore_patterns("lock")))

    yield copied
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
