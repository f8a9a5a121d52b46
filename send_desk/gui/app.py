"""The program with a window: one application, one look, one session, and what happens to faults and signals."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from send_desk import __version__
from send_desk.gui.case_pages import CASE_PAGES, loading
from send_desk.gui.collector import Collector
from send_desk.gui.door import Door
from send_desk.gui.look import Look
from send_desk.gui.main_window import MainWindow
from send_desk.gui.preferences import Preferences
from send_desk.gui.session import Session
from send_desk.gui.turns import Turns

_SETTLED_MS = 1_500  # while the passphrase is typed, and never before My day where it is typed faster
_ROOMY = 1500  # logical pixels of width from which a window need not fill the screen


class QtComplaint(Exception):
    """Something Qt warned about; only its first words are kept, which name no child."""


def run_window(door: Door, *, broken: Callable[[Exception], None]) -> int:
    """Show the window until it is closed, and return the exit status; no fault of ours ends in a traceback."""
    app = _application()
    preferences = Preferences(door.home)
    look = Look(app, door.resources)
    look.choose(preferences.theme)
    app.setWindowIcon(QIcon(look.icon("note-pencil", colour=look.tokens.accent)))
    collector = Collector(app)
    session = Session(door, broken=broken)
    window = MainWindow(session, look, preferences)
    window.emptied.connect(collector.sweep)
    with _faults_to(session, broken), _interrupts() as interrupts:
        interrupts.asked.connect(window.close)
        if preferences.place is None and window.screen().availableGeometry().width() < _ROOMY:
            window.showMaximized()  # a laptop's screen is given whole to the words
        else:
            window.show()
        session.jobs.submit(door.warm_up)
        QTimer.singleShot(_SETTLED_MS, window, partial(_load_pages, window, session))
        status = app.exec()
        session.close()
    collector.stop()
    return status


def _load_pages(window: MainWindow, session: Session) -> None:
    """Import the pages of a case while the window has nothing to do, and the checks on the worker: they make no class
    of Qt's.
    """
    if not window.isVisible():
        return  # closed already, it takes no more work
    if session.jobs.waiting:  # an unlocking, say: it goes first
        QTimer.singleShot(_SETTLED_MS, window, partial(_load_pages, window, session))
        return
    session.jobs.submit(partial(import_module, "send_desk.domain.checks.checker"))
    Turns(window).add(*(piece for page in CASE_PAGES for piece in loading(page)))


def _application() -> QApplication:
    known = QApplication.instance()
    if isinstance(known, QApplication):
        return known
    QApplication.setApplicationName("SEND Desk")
    QApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName("send-desk")
    return QApplication(["send-desk"])


@contextmanager
def _faults_to(session: Session, broken: Callable[[Exception], None]) -> Iterator[None]:
    """Let whatever is raised in a slot, and whatever Qt warns about, be told and noted instead of printed."""
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            session.tell(error.with_traceback(trace))
        else:
            before(kind, error, trace)

    def heard(kind: QtMsgType, _: QMessageLogContext, words: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            broken(QtComplaint(words[:80]))

    sys.excepthook = hook
    qInstallMessageHandler(heard)
    try:
        yield
    finally:
        qInstallMessageHandler(None)
        sys.excepthook = before


class _Interrupts(QObject):
    """Ctrl+C in the terminal, and the system's wish that the program end, on the thread of the window."""

    asked = Signal()

    def __init__(self, wakes: socket.socket) -> None:
        super().__init__()
        self._wakes = wakes
        self._notifier = QSocketNotifier(wakes.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def _woken(self) -> None:
        if self._wakes.recv(64):
            self.asked.emit()


@contextmanager
def _interrupts() -> Iterator[_Interrupts]:
    # Python runs its own handlers only between two steps of Python, and Qt's loop takes none: a byte in a socket does.
    wakes, wake = socket.socketpair()
    for end in (wakes, wake):
        end.setblocking(False)
    old = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    old_fd = signal.set_wakeup_fd(wake.fileno())
    heard = _Interrupts(wakes)
    try:
        yield heard
    finally:
        signal.set_wakeup_fd(old_fd)
        for number, handler in old.items():
            signal.signal(number, handler)
        heard.deleteLater()
        wakes.close()
        wake.close()
