"""A TCP line between a desk and the hub that can be cut, choked, silenced one way or made to repeat itself.

It knows nothing of HTTP: it counts bytes. A `Trouble` holds for every connection made while it stands; `heal` takes it
away and closes what hangs, as a wireless network does when it comes back.
"""

import contextlib
import socket
import threading
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What can be wrong with a line."""

    CUT_UP = "cut after so many bytes of the request"
    CUT_DOWN = "cut after so many bytes of the answer"
    TRUNCATE = "the answer ends early, as if it were whole"
    DROP_UP = "what the desk sends is swallowed after so many bytes"
    DROP_DOWN = "what the hub sends is swallowed after so many bytes"
    DELAY = "every piece comes late"
    THROTTLE = "small pieces, slowly"
    REPEAT = "every request reaches the hub twice"
    REFUSE = "no connection at all"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of trouble; `offset` counts bytes of one connection in the direction concerned."""

    kind: Kind
    offset: int = 0


_LATE = 0.01
_SMALL = 512
_PIECE = 65536


class BadLine:
    """Listens on a loopback port and passes everything on to the hub's, as well as its trouble allows."""

    def __init__(self, to: tuple[str, int]) -> None:
        self._to = to
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._trouble: Trouble | None = None
        self.struck = 0
        """How many connections met their trouble."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, name="bad line", daemon=True)
        self._thread.start()

    def __enter__(self) -> "BadLine":
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._close_all()
        self._thread.join()

    def strike(self, trouble: Trouble) -> None:
        """Let this trouble hold for connections from now on; open ones are cut, so that it is met at once."""
        with self._lock:
            self._trouble = trouble
        self._close_all()

    def heal(self) -> None:
        """Let everything through again."""
        with self._lock:
            self._trouble = None
        self._close_all()

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                desk, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                trouble = self._trouble
            if trouble is not None and trouble.kind is Kind.REFUSE:
                self.struck += 1
                _reset(desk)
                continue
            try:
                hub = socket.create_connection(self._to, timeout=10)
            except OSError:
                _reset(desk)
                continue
            hub.settimeout(None)
            twin = self._twin(trouble)
            with self._lock:
                self._open |= {desk, hub}
            for one, other, up in ((desk, hub, True), (hub, desk, False)):
                threading.Thread(
                    target=self._pump, args=(one, other, up, trouble, twin if up else None), daemon=True
                ).start()

    def _twin(self, trouble: Trouble | None) -> socket.socket | None:
        if trouble is None or trouble.kind is not Kind.REPEAT:
            return None
        try:
            twin = socket.create_connection(self._to, timeout=10)
        except OSError:
            return None
        self.struck += 1
        threading.Thread(target=_swallow, args=(twin,), daemon=True).start()
        with self._lock:
            self._open.add(twin)
        return twin

    def _pump(
        self,
        source: socket.socket,
        target: socket.socket,
        up: bool,
        trouble: Trouble | None,
        twin: socket.socket | None,
    ) -> None:
        passed = 0
        try:
            while True:
                slow = trouble is not None and trouble.kind is Kind.THROTTLE
                piece = source.recv(_SMALL if slow else _PIECE)
                if not piece:
                    break
                allowed = self._allowed(piece, passed, up, trouble)
                passed += len(piece)
                if twin is not None:
                    with contextlib.suppress(OSError):
                        twin.sendall(piece)
                target.sendall(allowed)
                if len(allowed) < len(piece) and trouble is not None and not self._goes_on(trouble, source, target):
                    return
            with contextlib.suppress(OSError):
                target.shutdown(socket.SHUT_WR)
        except OSError:
            self._close(source, target)

    def _allowed(self, piece: bytes, passed: int, up: bool, trouble: Trouble | None) -> bytes:
        if trouble is None:
            return piece
        match trouble.kind:
            case Kind.DELAY | Kind.THROTTLE:
                self._ended.wait(_LATE)
                self.struck += passed == 0
                return piece
            case Kind.CUT_UP | Kind.DROP_UP if up:
                return piece[: max(0, trouble.offset - passed)]
            case Kind.CUT_DOWN | Kind.DROP_DOWN | Kind.TRUNCATE if not up:
                return piece[: max(0, trouble.offset - passed)]
            case _:
                return piece

    def _goes_on(self, trouble: Trouble, source: socket.socket, target: socket.socket) -> bool:
        self.struck += 1
        match trouble.kind:
            case Kind.DROP_UP | Kind.DROP_DOWN:
                return True
            case Kind.TRUNCATE:
                with contextlib.suppress(OSError):
                    target.shutdown(socket.SHUT_WR)
                return True
            case _:
                _reset(source)
                _reset(target)
                return False

    def _close(self, *ends: socket.socket) -> None:
        with self._lock:
            self._open -= set(ends)
        for end in ends:
            _reset(end)

    def _close_all(self) -> None:
        with self._lock:
            ends, self._open = self._open, set()
        for end in ends:
            _reset(end)


def _reset(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        end.close()


def _swallow(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while end.recv(_PIECE):
            continue
