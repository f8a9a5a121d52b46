"""Work on the window's thread that is too long for one turn of its loop, done in several: keys are answered between."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal


class Turns(QObject):
    """Does one piece of work a turn, in the order in which they were added; each should take 30 ms at most.

    What is seen first is added first. `finish` does what is left at once, for whoever cannot wait for it.
    """

    finished = Signal()
    """Nothing is left to do."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left: deque[Callable[[], object]] = deque()
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._turn)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return not self._left

    def add(self, *works: Callable[[], object]) -> None:
        """Do these as well, from the next turn on."""
        self._left.extend(works)
        if self._left:
            self._next.start()

    def drop(self) -> None:
        """Leave undone what is left: what it was for is no longer shown."""
        self._left.clear()
        self._next.stop()

    def finish(self) -> None:
        """Do now what is left."""
        while self._left:
            self._turn()

    def _turn(self) -> None:
        if not self._left:
            return
        work = self._left.popleft()
        if self._left:
            self._next.start()  # before the work, so that a fault in it does not stop the rest
        work()
        if not self._left:
            self._next.stop()
            self.finished.emit()
