"""A window in a process of its own, in which somebody types until it is killed; `test_bad_moments.py` does the killing.

It writes one line of JSON for every save that the window tells of: what had been typed when that save began.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import time
from collections import deque
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


class _Patience:
    """Waits as pytest-qt does; nobody measures here how busy the window is."""

    worst, where = 0.0, ""

    def rest(self) -> None:
        pass

    def waitUntil(self, holds: Callable[[], bool], *, timeout: int) -> None:
        until = time.monotonic() + timeout / 1000
        while not holds():
            assert time.monotonic() < until, "waited in vain"
            QApplication.processEvents()


def main(home: Path) -> None:
    """Open the window on a home and type."""
    app = QApplication([])
    kit, day = _load("conftest"), _load("test_caseworkers_day")
    shell = kit._kit.open_shell(home, kit._kit.Look(app, kit._kit.RESOURCES), day=date(2026, 3, 3))
    shell.window.showNormal()
    shell.window.resize(1366, 768)
    patience: Any = _Patience()
    person = kit.Person(patience, shell)
    day.unlock(person)
    case = day.make_case(person)
    person.press("Alt+5")
    person.wait_for("case.section.A")
    person.settle()
    day.section(person, "B")
    day.add(person, "need", "B1")
    open_case = day.case_of(person, case)
    under_way: deque[str] = deque()

    def tell(_: object) -> None:
        if under_way:
            os.write(1, json.dumps({"saved": under_way.popleft()}).encode() + b"\n")

    open_case.saved.connect(tell)
    words = ""
    for number in count(1):
        person.type(f"word{number} ")
        words += f"word{number} "
        if number % 10 == 0:
            under_way.append(words)
            open_case.flush()  # as the pause of 800 ms does


if __name__ == "__main__":
    main(Path(sys.argv[1]))
