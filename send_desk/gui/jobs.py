"""Work off the GUI thread: one worker asks storage in order, and its answers come back on the GUI thread."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QThreadPool, Signal

T = TypeVar("T")


class JobsClosed(Exception):
    """Work was handed in after the window had closed its jobs."""


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    work: Callable[[], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None]
    key: str | None = None


class Jobs(QObject):
    """A queue of work for one thread.

    `submit` and `submit_latest` are called on the GUI thread; `work` runs on the worker and may touch no widget; `done`
    and `failed` are called on the GUI thread, in the order in which the work was done. Only frozen values should cross.
    An error that has no `failed` of its own goes to `lost`, which tells the writer: none vanishes.
    """

    busy_changed = Signal(bool)
    """Sent on the GUI thread when the first work is handed in and when the last answer has been given."""

    _arrived = Signal()

    def __init__(self, lost: Callable[[Exception], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lost = lost
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._lock = threading.Lock()
        self._queue: deque[_Job] = deque()
        self._answers: deque[Callable[[], None]] = deque()
        self._running = False
        self._open = True
        self._unanswered = 0
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def waiting(self) -> int:
        """How many pieces of work have been handed in and not yet answered."""
        return self._unanswered

    def submit(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do `work` after all that was handed in before it."""
        self._add(_Job(work, done, failed or self._lost))

    def submit_latest(
        self,
        key: str,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do `work`, and drop what waits under the same key: its answer is no longer wanted.

        Work handed in by `submit` is a line that this does not reach across: what waits before it stays, because that
        work may rest on it.
        """
        with self._lock:
            for job in reversed(self._queue):
                if job.key is None:
                    break
                if job.key == key:
                    self._queue.remove(job)
                    self._unanswered -= 1
                    break
        self._add(_Job(work, done, failed or self._lost, key))

    def post(self, call: Callable[[], None]) -> None:
        """From inside work: call this on the GUI thread, in order with the answers (progress of something long)."""
        self._answers.append(call)
        self._arrived.emit()

    def drain(self, timeout: int) -> bool:
        """Wait up to `timeout` milliseconds until all work is done and answered; False if some is still under way.

        Work that an answer hands in is waited for too. Called on the GUI thread before a lock and before closing.
        """
        deadline = QDeadlineTimer(timeout)
        while True:
            self._pool.waitForDone(max(0, deadline.remainingTime()))
            self._deliver()
            if self._unanswered == 0:
                return True
            if deadline.hasExpired():
                return False

    def close(self, timeout: int) -> bool:
        """Take no more work, and drain; False if some was still under way when the time was up."""
        drained = self.drain(timeout)
        self._open = False
        return drained

    def _add(self, job: _Job) -> None:
        if not self._open:
            raise JobsClosed("the window has been closed")
        was_idle = self._unanswered == 0
        with self._lock:
            self._queue.append(job)
            self._unanswered += 1
            start = not self._running
            self._running = True
        if start:
            self._pool.start(self._run)
        if was_idle:
            self.busy_changed.emit(True)

    def _run(self) -> None:
        while (job := self._next()) is not None:
            self._answers.append(self._do(job))
            self._arrived.emit()

    def _next(self) -> _Job | None:
        with self._lock:
            if self._queue:
                return self._queue.popleft()
            self._running = False
            return None

    def _do(self, job: _Job) -> Callable[[], None]:
        try:
            result = job.work()
        except Exception as error:  # noqa: BLE001  whatever it was is handed to `failed`, never dropped
            return partial(self._answer, job.failed, error)
        return partial(self._answer, job.done, result)

    def _answer(self, call: Callable[[Any], None] | None, value: object) -> None:
        with self._lock:
            self._unanswered -= 1  # before the call: an answer may itself drain, as a lock does
        try:
            if call is not None:
                call(value)
        finally:
            if self._unanswered == 0:
                self.busy_changed.emit(False)

    def _deliver(self) -> None:
        while self._answers:
            self._answers.popleft()()
