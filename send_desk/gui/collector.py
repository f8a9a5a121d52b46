"""Python's collector of cycles, kept on the window's thread: on the worker it would destroy widgets, and crash."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 200
_MANY = 5_000  # new containers since the last look; looking through so many takes a few milliseconds


class Collector(QObject):
    """Switches the automatic collector off, which runs on whichever thread allocates, and collects by a timer here.

    Only what is new is looked through while somebody works, and what is still alive then is set aside, so that no
    look is longer than the one before; `sweep`, at a lock, goes through everything.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # what has been imported stays, and would be the longest look of all, at the very start
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect what is new, where it is enough to be worth a look."""
        if gc.get_count()[0] >= _MANY:
            gc.collect(0)
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
