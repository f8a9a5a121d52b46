"""Whole processes: the window on the county, and a bare window that does no more than it must; started by `start.py`.

    whole.py ours HOME KEY DAY        the program's own door, unlocked by the data key
    whole.py cases HOME KEY DAY ID..  the same, then each of these cases is opened
    whole.py bare FILE KEY MODULE..   a window, these modules imported, the file opened by its raw key, one row read

Each writes one line of JSON when its window is usable: processor time, memory, and of ours the libraries imported.
"""

import json
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

_TICK_MS = 4


def main(arguments: list[str]) -> int:
    """Run one of the processes."""
    match arguments:
        case ["ours" | "cases", home, key, day, *cases]:
            return _ours(home, bytes.fromhex(key), day, cases)
        case ["bare", file, key, *modules]:
            return _bare(file, key, modules)
    return 2


def _ours(home: str, key: bytes, day: str, cases: list[str]) -> int:
    from send_desk.bootstrap import start, window
    from send_desk.services.desk import Desk

    class KeyedDoor(window.WindowDoor):
        """The door as it is, but for the stretching of the passphrase."""

        def unlock(self, passphrase: str) -> Desk:
            from send_desk.storage.home import open_home_with_key
            from send_desk.storage.keys import DataKey

            opened = open_home_with_key(self.home, DataKey(key), now=self.laptop.clock.now())
            self._opened, self._desk = opened, self.laptop.desk_of(opened)
            return self._desk

    window.WindowDoor = KeyedDoor  # type: ignore[misc]  # this process is the benchmark's own

    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLineEdit

    app = QApplication(["send-desk"])  # made here, so that a timer can wait for its loop

    def unlock() -> None:
        # As a person does it: the words are typed and Enter is pressed.
        line = _window().findChild(QLineEdit, "unlock.passphrase")
        line.setText("x")
        line.returnPressed.emit()
        _when(_my_day_shows, lambda: _told(cases))

    QTimer.singleShot(0, app, unlock)
    return start(["--home", home, "--today", day])


def _told(cases: list[str]) -> None:
    if not cases:
        _say(modules=_libraries())
        _leave()
        return
    places = [f"plan/{case}" for case in cases]

    def step() -> None:
        if not places:
            _say()
            _leave()
            return
        place = places.pop()
        _desk().go(place)
        _when(lambda: _desk().place.words.startswith(place) and not _busy(), step)

    step()


def _bare(file: str, key: str, modules: list[str]) -> int:
    import importlib
    from contextlib import suppress

    for name in modules:
        with suppress(ImportError):
            importlib.import_module(name)
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
    from sqlcipher3 import dbapi2

    app = QApplication(["bare"])
    window = QMainWindow()
    window.resize(1180, 760)
    driver = dbapi2.connect(file)
    driver.execute(f"PRAGMA key = \"x'{key}'\"")
    row = driver.execute("SELECT body FROM summary LIMIT 1").fetchone()
    window.setCentralWidget(QLabel(str(len(row[0]))))
    window.show()

    def usable() -> None:
        _say()
        app.quit()

    QTimer.singleShot(0, lambda: QTimer.singleShot(0, usable))
    return app.exec()


def _when(ready: Callable[[], bool], then: Callable[[], None]) -> None:
    """Call when something is so and the event loop has come to rest."""
    from PySide6.QtCore import QTimer

    timer = QTimer()
    timer.setInterval(_TICK_MS)

    def look() -> None:
        if ready():
            timer.stop()
            QTimer.singleShot(0, then)

    timer.timeout.connect(look)
    timer.start()
    _timers.append(timer)


_timers: list[object] = []


@cache
def _window() -> Any:
    from PySide6.QtWidgets import QApplication

    return next(one for one in QApplication.topLevelWidgets() if one.objectName() == "window")


def _desk() -> Any:
    return _window().desk


def _busy() -> bool:
    return bool(_window()._session.jobs.waiting)


def _my_day_shows() -> bool:
    desk = _desk()
    if desk is None or not desk.lines.shown.rows.rows:
        return False
    return any(row.isVisible() for row in desk.findChildren(_row_type()) if row.objectName().startswith("myday."))


def _row_type() -> type:
    from send_desk.gui.rows import Row

    return Row


def _leave() -> None:
    _window().close()


def _libraries() -> list[str]:
    """Return the modules of others that are imported at this moment, packages before what is in them."""
    ours = ("send_desk", "whole", "__main__", "_")
    return sorted(
        name
        for name, module in tuple(sys.modules.items())  # the worker may be importing more
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not name.startswith(ours)
        and getattr(module, "__file__", None)
    )


def _say(**more: object) -> None:
    told = {"cpu": process_time() * 1000, "memory": _memory(), **more}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _memory() -> float:
    """Return the megabytes that stand in memory now, or where the system does not tell, the most that ever stood."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
