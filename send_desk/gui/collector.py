"""Python's collector of cycles, kept on the window's thread: on the worker it would destroy widgets, and crash."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 1_000
_MANY = 10_000  # new containers since the last look; collecting so many takes a few milliseconds
_FULL_AFTER = 30  # young collections between two full ones


class Collector(QObject):
    """Switches the automatic collector off, which runs on whichever thread allocates, and collects by a timer here.

    After a full collection what is alive is set aside, so that the next one is as short as the first; `sweep`, at a
    lock, looks at all of it again.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._young = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect where enough has been made since the last time."""
        if gc.get_count()[0] < _MANY:
            return
        self._young += 1
        if self._young % _FULL_AFTER:
            gc.collect(1)
        else:
            gc.collect()
            gc.freeze()

    def sweep(self) -> None:
        """Collect everything, also what was set aside."""
        gc.unfreeze()
        gc.collect()

    def stop(self) -> None:
        """Leave the collecting to Python again, when no worker is left."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
