"""Every test of the window runs on a real Qt without a screen, in the program's own look."""

import faulthandler
import os
import shutil
import tempfile
import threading
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # read when the first application is made, so it stands first

import pytest
from coverage import Coverage
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from send_desk.bootstrap.demo import fill_county
from send_desk.bootstrap.laptop import Laptop
from send_desk.bootstrap.window import WindowDoor
from send_desk.gui.collector import Collector
from send_desk.gui.desk_view import DeskView
from send_desk.gui.look import Look
from send_desk.gui.main_window import MainWindow
from send_desk.gui.preferences import Preferences
from send_desk.gui.session import Session
from send_desk.gui.theme import ThemeChoice
from send_desk.gui.turns import Turns
from send_desk.storage.home import open_home

RESOURCES = Path(__file__).parents[2] / "resources"
PASSPHRASE = "three quiet herons"


@pytest.fixture(scope="session", autouse=True)
def _collector(qapp: QApplication) -> Iterator[Collector]:
    """As in the program, Python collects cycles on the window's thread only: on a worker it would destroy widgets."""
    collector = Collector(qapp)
    yield collector
    collector.stop()


@pytest.fixture(autouse=True)
def _collected(_collector: Collector) -> Iterator[None]:
    """What a test leaves is collected here, on the window's thread, before the next one starts its workers."""
    yield
    _collector.look()


@pytest.fixture(scope="session")
def window_look(qapp: QApplication) -> Look:
    """One look for the whole run, because Qt keeps fonts and the application for the life of the process."""
    return Look(qapp, RESOURCES)


@pytest.fixture
def look(window_look: Look) -> Iterator[Look]:
    """The look in its light theme; a test may choose another, and the next test finds light again."""
    if window_look.choice is not ThemeChoice.LIGHT:
        window_look.choose(ThemeChoice.LIGHT)
    yield window_look
    if window_look.choice is not ThemeChoice.LIGHT:
        window_look.choose(ThemeChoice.LIGHT)


@pytest.fixture(params=[ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.HIGH_CONTRAST])
def each_look(request: pytest.FixtureRequest, window_look: Look) -> Iterator[Look]:
    """The look in each theme in turn."""
    window_look.choose(request.param)
    yield window_look
    window_look.choose(ThemeChoice.LIGHT)


_QUIET = 0.0012  # seconds that the work of `slowness` takes on a quiet machine of the kind that tests what lands


class StallWatch(QObject):
    """Watches that the window's thread is never busy for long: the processor time it takes between two ticks.

    Processor time, not time on the wall, so that another program's load on the machine is no fault of ours.
    """

    LIMIT = 0.050

    def __init__(self) -> None:
        super().__init__()
        self.worst = 0.0
        self.where = ""
        self._thread = threading.get_ident()
        self._at = time.thread_time()
        self._ticked = time.monotonic()
        self._sample = ""
        self._ending = threading.Event()
        self._timer = QTimer(self)
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._sampler = threading.Thread(target=self._look, daemon=True)
        self._sampler.start()

    def rest(self) -> None:
        """Begin anew from here: what went before is not looked at."""
        self._at, self.worst, self.where = time.thread_time(), 0.0, ""

    @contextmanager
    def away(self) -> Iterator[None]:
        """Look away for a while; what was seen before it stays seen."""
        before = self.worst, self.where
        yield
        self.rest()
        self.worst, self.where = before

    def stop(self) -> None:
        """Watch no more."""
        self._tick()
        self._timer.stop()
        self._ending.set()
        self._sampler.join()

    def _tick(self) -> None:
        now = time.thread_time()
        if now - self._at > self.worst:
            self.worst, self.where = now - self._at, self._sample
        self._at, self._ticked, self._sample = now, time.monotonic(), ""

    def _look(self) -> None:
        while not self._ending.wait(0.01):
            if not self._sample and time.monotonic() - self._ticked > self.LIMIT / 2:
                self._sample = _where_all_stand()


def _where_all_stand() -> str:
    """The stacks of all threads as words. A frame must not be held here: if it were the last to hold it, this thread
    would destroy the widgets among its locals, and their timers would fire for nothing.
    """
    with tempfile.TemporaryFile("w+") as file:
        faulthandler.dump_traceback(file, all_threads=True)
        file.seek(0)
        return file.read()


def slowness() -> float:
    """How many times longer a fixed piece of work takes here and now than on a quiet machine; at least 1, at most 4.

    Two programs on one core also slow each other's processor time, and so does the tracer that measures coverage.
    """
    times: list[float] = []
    for _ in range(9):
        began = time.thread_time()
        sum(number * number for number in range(20_000))
        times.append(time.thread_time() - began)
    traced = 2.0 if Coverage.current() is not None else 1.0
    return min(4.0, traced * max(1.0, median(times) / _QUIET))


@pytest.fixture
def no_stall(qapp: QApplication) -> Iterator[StallWatch]:
    """Fails the test where the window's thread was busy for more than 50 ms at a stretch, and says where.

    The 50 ms are those of a quiet machine: where this one is slower at the moment, the limit is longer by as much.
    What a test does outside the event loop counts as well: call `rest` after such work.
    """
    before = slowness()
    watch = StallWatch()
    yield watch
    watch.stop()
    limit = watch.LIMIT * max(before, slowness())
    assert watch.worst <= limit, (
        f"busy for {watch.worst * 1000:.0f} ms at a stretch, {limit * 1000:.0f} allowed\n{watch.where}"
    )


@dataclass
class Shell:
    """The real window on a real home, with the faults that were noted: a test that leaves any has failed."""

    window: MainWindow
    session: Session
    door: WindowDoor
    faults: list[Exception]

    @property
    def desk(self) -> DeskView:
        """The unlocked desk."""
        assert self.window.desk is not None
        return self.window.desk

    def find(self, name: str) -> QWidget:
        """The control of that object name, in the window or in a dialogue of it."""
        found = self.window.findChild(QWidget, name)
        assert isinstance(found, QWidget), f"there is no {name}"
        return found

    def settle(self, qtbot: QtBot) -> None:
        """Wait until all work is done and answered, and the window has drawn what came of it."""
        for _ in range(2):
            qtbot.waitUntil(lambda: self.session.jobs.waiting == 0 and self._stands(), timeout=20_000)
            QApplication.processEvents()

    def _stands(self) -> bool:
        """Whether nothing is left that a page makes a moment after it shows."""
        return all(turns.is_done for turns in self.window.findChildren(Turns))

    def unlock(self, qtbot: QtBot, passphrase: str = PASSPHRASE) -> None:
        """Type the passphrase and wait for the desk with its first lines."""
        line = self.find("unlock.passphrase")
        assert isinstance(line, QLineEdit)
        line.clear()
        QTest.keyClicks(line, passphrase)
        QTest.keyClick(line, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: self.window.desk is not None, timeout=20_000)
        qtbot.waitUntil(lambda: self.desk.isVisible() and self.desk.page is not None, timeout=20_000)
        self.settle(qtbot)
        self.activate()

    def activate(self) -> None:
        """Give the window the keyboard; without a window manager it may have stayed with one that is gone."""
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)

    def lock(self, qtbot: QtBot) -> None:
        """Lock and wait for the end of it."""
        with qtbot.waitSignal(self.session.locked, timeout=20_000):
            self.session.lock()
        qtbot.waitUntil(self._stands, timeout=20_000)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def open_shell(home: Path, look: Look, *, day: date | None = None) -> Shell:
    """The window on a home, shown and still locked."""
    door = WindowDoor(Laptop(Namespace(home=str(home), today=day, passphrase_file=None, json=False)))
    faults: list[Exception] = []
    session = Session(door, broken=faults.append)
    window = MainWindow(session, look, Preferences(home))
    window.resize(1180, 760)  # wider than the screen that Qt pretends to have
    window.show()
    QTest.qWaitForWindowActive(window)
    return Shell(window, session, door, faults)


@pytest.fixture
def shells(look: Look, qtbot: QtBot) -> Iterator[Callable[[Path], Shell]]:
    """Opens windows on homes on 3 March 2026; closes them at the end and fails where a fault was noted."""
    made: list[Shell] = []

    def make(home: Path) -> Shell:
        shell = open_shell(home, look, day=date(2026, 3, 3))
        made.append(shell)
        return shell

    yield make
    for shell in made:
        shell.session.close()
        shell.window.close()
        shell.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [fault for shell in made for fault in shell.faults] == []


@pytest.fixture(scope="session")
def county_template(template_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with twelve children of the fictional county, closed; copy it, never write to it."""
    home = Path(shutil.copytree(template_home, tmp_path_factory.mktemp("county") / "home"))
    laptop = Laptop(Namespace(home=str(home), today=date(2026, 3, 3), passphrase_file=None, json=False))
    opened = open_home(home, PASSPHRASE, now=datetime(2026, 3, 3, 9, 0, tzinfo=UTC))
    for _ in fill_county(laptop.desk_of(opened), cases=12):
        pass
    opened.close()
    return home


@pytest.fixture
def county_home(county_template: Path, tmp_path: Path) -> Path:
    """A county home of the test's own."""
    return Path(shutil.copytree(county_template, tmp_path / "county"))


@pytest.fixture
def shell(shells: Callable[[Path], Shell], county_home: Path, qtbot: QtBot) -> Shell:
    """The window, unlocked, on a home with twelve children."""
    made = shells(county_home)
    made.unlock(qtbot)
    return made
