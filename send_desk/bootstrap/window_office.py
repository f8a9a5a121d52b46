"""The window's line to its office: one call at a time, which a lock can cut off from another thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from send_desk.services.office import Stopped

from .files import read_file

if TYPE_CHECKING:
    from send_desk.gui.door import EnrolWish
    from send_desk.services.desk import Desk
    from send_desk.services.syncing import Outcome, Progress
    from send_desk.sync.client import HttpOffice
    from send_desk.wire.messages import LookedAnswer

    from .laptop import Laptop

_STOPPED = "The sync was stopped. What had arrived is kept, and what waits is sent another time."
_WAIT_S = 5.0


@dataclass
class WindowOffice:
    """Made with the door; `open` and `shut` are called as the home is unlocked and locked."""

    laptop: Laptop
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _change: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _connected: HttpOffice | None = field(default=None, repr=False)
    _stopped: bool = field(default=False, repr=False)
    _is_open: bool = field(default=False, repr=False)

    def open(self) -> None:
        """The home is unlocked: calls may be made."""
        with self._change:
            self._is_open = True

    def shut(self) -> None:
        """Cut off what is under way and wait for its end, so that the store may be closed; then no call is made."""
        with self._change:
            self._is_open = False
        self.stop()
        if self._turn.acquire(timeout=_WAIT_S):  # a call that does not end by then finds the store closed
            self._turn.release()

    def stop(self) -> None:
        """Cut off what is under way at once; waits for nothing."""
        with self._change:
            self._stopped = True
        self._hang_up()

    def enrol(self, desk: Desk, wish: EnrolWish) -> None:
        """Bind the home to an account."""
        from send_desk.services.enrolling import enrol

        ca = read_file(wish.ca) if wish.ca is not None else b""
        with self._alone():
            enrol(
                desk,
                self.laptop.door(),
                hub=wish.hub,
                user=wish.user,
                password=wish.password,
                ca=ca,
                machine=self.laptop.machine(),
                version=self.laptop.version(),
            )
        self._hang_up()

    def sign_in(self, desk: Desk, user: str, password: str) -> None:
        """Renew the lease."""
        from send_desk.services.enrolling import sign_in

        with self._alone():
            sign_in(desk, self.laptop.door(), user=user, password=password)
        self._hang_up()

    def sync(self, desk: Desk, case: str, told: Callable[[Progress], None]) -> Outcome:
        """Sync; where it was stopped meanwhile, whatever that led to is `Stopped`."""
        from send_desk.services.syncing import sync

        with self._connection(desk) as office:
            return sync(desk, office, case=case or None, progress=told)

    def issue(self, desk: Desk, case: str, reason: str) -> None:
        """Make a plan final at the office; words in work of the case must have been closed before."""
        from send_desk.services.issuing import issue_final
        from send_desk.services.reading import open_case

        with self._connection(desk) as office:
            issue_final(desk, open_case(desk, case), override_reason=reason, office=office)

    def looked(self, desk: Desk, case: str) -> LookedAnswer:
        """Ask who looked at a file."""
        with self._connection(desk) as office:
            return office.looked(case)

    @contextmanager
    def _connection(self, desk: Desk) -> Iterator[HttpOffice]:
        with self._alone():
            try:
                yield self._office(desk)
            except Exception as error:
                if self._stopped:
                    raise Stopped(_STOPPED) from error
                raise

    def _office(self, desk: Desk) -> HttpOffice:
        # Kept between two syncs, so that the next one finds its token warm.
        with self._change:
            if self._stopped:
                raise Stopped(_STOPPED)
            if self._connected is None:
                self._connected = self.laptop.office(desk)
            return self._connected

    def _hang_up(self) -> None:
        with self._change:
            connected, self._connected = self._connected, None
        if connected is not None:
            connected.close()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._turn:
            with self._change:
                if not self._is_open:
                    raise Stopped(_STOPPED)
                self._stopped = False
            yield
