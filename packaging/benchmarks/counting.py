"""A door between two ends of a connection that counts what goes through it: bytes each way, and turns.

A turn is one request with its answer: the moments at which the client speaks after the server was heard last.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Count:
    """What has gone through so far; `settled` starts anew."""

    up: int = 0
    down: int = 0
    turns: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def told(self, size: int, *, up: bool, first: bool) -> None:
        """Add a piece; `first` says that the client begins to speak."""
        with self._lock:
            if up:
                self.up += size
                self.turns += first
            else:
                self.down += size

    def taken(self) -> dict[str, int]:
        """Return the figures and begin again from nothing."""
        with self._lock:
            figures = {"bytes_up": self.up, "bytes_down": self.down, "turns": self.turns}
            self.up = self.down = self.turns = 0
        return figures


@contextmanager
def counting(target: tuple[str, int]) -> Iterator[tuple[int, Count]]:
    """Open a door on loopback to `target`; yield its port and the count."""
    count = Count()
    listening = socket.create_server(("127.0.0.1", 0))
    ends: list[socket.socket] = [listening]

    def serve() -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            server = socket.create_connection(target)
            ends.extend((client, server))
            speaking = threading.Event()
            threading.Thread(target=_carry, args=(client, server, count, True, speaking), daemon=True).start()
            threading.Thread(target=_carry, args=(server, client, count, False, speaking), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listening.getsockname()[1], count
    finally:
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def _carry(source: socket.socket, to: socket.socket, count: Count, up: bool, speaking: threading.Event) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            first = up and not speaking.is_set()
            speaking.set() if up else speaking.clear()
            count.told(len(piece), up=up, first=first)
            to.sendall(piece)
    for end in (source, to):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
