"""Whether somebody is still there: keys and the mouse in any window of the program, by the clock on the wall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_LOOK_MS = 5_000
_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletMove,
    }
)


class IdleWatch(QObject):
    """Sends `idle` when nobody has touched the program for so long; a laptop that slept meanwhile counts as idle.

    `now` gives the moment by the wall clock: a timer alone stands still while the lid is shut.
    """

    idle = Signal()

    def __init__(self, app: QGuiApplication, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._after = timedelta(minutes=10)
        self._last = now()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())

    def start(self, minutes: int) -> None:
        """Begin to watch; the time counts from now."""
        self._after = timedelta(minutes=minutes)
        self._last = self._now()
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def look(self) -> None:
        """Compare with the clock now, as the timer does every few seconds."""
        now = self._now()
        if now < self._last:
            self._last = now  # the clock was put back
        if now - self._last >= self._after:
            self.stop()
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS and self._timer.isActive():
            self._last = self._now()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
