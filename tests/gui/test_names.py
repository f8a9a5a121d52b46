"""Every control that takes the keyboard has its name, as tests and scripts know it and in words; names.txt lists them.

A line of names.txt is a name or a pattern: `<n>` stands for a number, any other word in angle brackets for an id, a
letter or a word. Names are unique among what shows: the strip stands on three pages, one of which shows at a time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLineEdit, QPushButton, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from send_desk.gui.panes import first_stop

if TYPE_CHECKING:
    from tests.gui.conftest import Shell

NAMES = Path(__file__).with_name("names.txt")


def patterns() -> list[re.Pattern[str]]:
    lines = [line.strip() for line in NAMES.read_text("utf-8").splitlines()]
    return [_pattern(line) for line in lines if line and not line.startswith("#")]


def _pattern(line: str) -> re.Pattern[str]:
    parts = re.split(r"(<\w+>)", line)
    return re.compile(
        "".join({"<n>": r"\d+"}.get(part, r"[^ ]+") if part.startswith("<") else re.escape(part) for part in parts)
    )


def controls(root: QWidget) -> Iterator[QWidget]:
    """Every control under `root` that shows and that the Tab key reaches, without the insides of Qt's own."""
    for widget in (root, *root.findChildren(QWidget)):
        inside = isinstance(widget.parentWidget(), QComboBox) or widget.parentWidget().__class__.__name__ == "QFrame"
        if (
            widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.focusProxy() is None
            and not (inside and isinstance(widget, QLineEdit | QAbstractItemView) and not widget.objectName())
            and not isinstance(widget, QTabWidget)  # its bar is the control
        ):
            yield widget


def check(root: QWidget, known: list[re.Pattern[str]]) -> None:
    found = list(controls(root))
    assert found
    assert [type(widget).__name__ for widget in found if not widget.objectName()] == []
    assert [widget.objectName() for widget in found if not widget.accessibleName()] == []
    names = [widget.objectName() for widget in found]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert sorted(name for name in names if not any(each.fullmatch(name) for each in known)) == []


PLACES = ["my_day", "cases", "settings", "front", "register", *(f"plan/{letter}" for letter in "ABCDEFGIJK"), "plan/H1"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("width", [1366, 683])
def test_every_control_of_a_page_has_its_names(shell: Shell, place: str, width: int, qtbot: QtBot) -> None:
    line = next(row.line for row in shell.desk.lines.shown.rows.rows if row.line.stage == "drafting")
    shell.window.resize(width, 768 if width > 900 else 384)
    kind, _, section = place.partition("/")
    of_case = kind in ("front", "register", "plan")
    shell.desk.go(f"{kind}/{line.case}" + (f"/{section}" if section else "") if of_case else kind)
    shell.settle(qtbot)
    if place == "my_day":
        everyone = shell.find("myday.everyone")
        assert isinstance(everyone, QPushButton)
        everyone.click()
    if place == "settings":
        qtbot.waitUntil(lambda: shell.desk.findChild(QPushButton, "settings.backup") is not None, timeout=20_000)
    check(shell.window, patterns())


def test_every_control_before_the_lock_has_its_names(
    shells: Callable[[Path], Shell], home: Path, tmp_path: Path
) -> None:
    check(shells(home).window, patterns())
    check(shells(tmp_path / "none").window, patterns())


@pytest.mark.parametrize("dialogue", ["new_case", "keys"])
def test_every_control_of_a_dialogue_has_its_names(shell: Shell, dialogue: str, qtbot: QtBot) -> None:
    getattr(shell.desk.commands, dialogue).trigger()
    found = shell.find(dialogue)
    check(found, patterns())
    found.close()


def test_the_list_of_names_is_in_order_and_names_nothing_twice() -> None:
    lines = [line for line in NAMES.read_text("utf-8").splitlines() if line]
    blocks: list[list[str]] = []
    for line in lines:
        if line.startswith("#"):
            blocks.append([])
        else:
            blocks[-1].append(line)
    for block in blocks:
        assert block == sorted(block)
    every = [line for block in blocks for line in block]
    assert len(every) == len(set(every))


@pytest.mark.parametrize("place", ["my_day", "cases", "settings"])
def test_the_tab_key_follows_the_order_of_reading(shell: Shell, place: str, qtbot: QtBot) -> None:
    shell.desk.go(place)
    shell.settle(qtbot)
    if place == "settings":
        qtbot.waitUntil(lambda: shell.desk.findChild(QPushButton, "settings.backup") is not None, timeout=20_000)
    page = shell.find({"my_day": "myday"}.get(place, place))
    QApplication.processEvents()
    first = first_stop(page)
    assert first is not None
    walked = [first]
    at = first.nextInFocusChain()
    while at is not None and at is not first:
        if at in set(controls(page)):
            walked.append(at)
        at = at.nextInFocusChain()
    places = [widget.mapTo(page, widget.rect().center()) for widget in walked]
    for before, after, one, other in zip(places, places[1:], walked, walked[1:], strict=False):
        same_line = abs(before.y() - after.y()) <= max(one.height(), other.height()) // 2
        assert after.x() > before.x() if same_line else after.y() > before.y(), (one.objectName(), other.objectName())


def test_the_head_of_the_window_comes_before_the_pages_in_the_order_of_the_tab_key(shell: Shell) -> None:
    at: QWidget | None = shell.find("top.search")
    names: list[str] = []
    while at is not None and len(names) < 4:
        if at in set(controls(shell.window)):
            names.append(at.objectName())
        at = at.nextInFocusChain()
    assert names == ["top.search", "top.lock", "nav.my_day", "nav.cases"]
