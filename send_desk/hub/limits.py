"""How much the hub takes in: bytes, time and calls at once, so that no caller can use up its memory or its seats."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import anyio

from send_desk.wire import refusals
from send_desk.wire.messages import Limits

from .troubles import CallRefused

SMALL = 64 * 1024
"""The most bytes of a call that needs no token."""

ROWS = 20_000
"""The most revisions of a push."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Seconds for a whole body and for a pause within it or before an answer is taken; calls and bytes at once."""

    limits: Limits = field(default_factory=Limits)
    body_seconds: float = 300
    pause_seconds: float = 30
    calls: int = 64
    calls_of_device: int = 4
    strangers: int = 16
    threads: int = 16
    pushes: int = 4
    snapshots: int = 8
    passwords: int = 2
    bytes_at_once: int = 128 * 1024 * 1024


class Gate:
    """Counts the calls that are under way, in the one thread of the event loop."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._devices: Counter[str] = Counter()
        self._all = 0
        self._strangers = 0
        self._bytes = 0
        self._snapshots = 0

    @contextmanager
    def device(self, device: str) -> Iterator[None]:
        """Let a call of an enrolled laptop in, or refuse it as busy."""
        if self._all >= self._settings.calls or self._devices[device] >= self._settings.calls_of_device:
            raise CallRefused(refusals.BUSY)
        self._all += 1
        self._devices[device] += 1
        try:
            yield
        finally:
            self._all -= 1
            self._devices[device] -= 1
            if not self._devices[device]:
                del self._devices[device]

    @contextmanager
    def stranger(self) -> Iterator[None]:
        """Let a call without a token in; these have seats of their own, so that they never take those of others."""
        if self._strangers >= self._settings.strangers:
            raise CallRefused(refusals.BUSY)
        self._strangers += 1
        try:
            yield
        finally:
            self._strangers -= 1

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let a snapshot begin, which holds a connection of the database for as long as it is read."""
        if self._snapshots >= self._settings.snapshots:
            raise CallRefused(refusals.BUSY)
        self._snapshots += 1
        try:
            yield
        finally:
            self._snapshots -= 1

    @contextmanager
    def room(self, size: int) -> Iterator[None]:
        """Set memory aside for a body of so many bytes, or refuse the call as busy."""
        if self._bytes + size > self._settings.bytes_at_once:
            raise CallRefused(refusals.BUSY)
        self._bytes += size
        try:
            yield
        finally:
            self._bytes -= size


def declared(header: str | None, *, most: int) -> int:
    """Return how many bytes a call says that it has, `most` where it does not say; refuse one that is too large."""
    if header is None:
        return most
    if not header.isascii() or not header.isdigit():
        raise CallRefused(refusals.BAD_CALL)
    if len(header) > len(str(most)) or int(header) > most:
        raise CallRefused(refusals.TOO_LARGE, _too_large(most))
    return int(header)


async def read_body(pieces: AsyncIterator[bytes], *, most: int, settings: Settings) -> bytes:
    """Read a body that has at most so many bytes, and neither stands still nor trickles for ever."""
    body = bytearray()
    try:
        with anyio.fail_after(settings.body_seconds):
            while True:
                with anyio.fail_after(settings.pause_seconds):
                    piece = await anext(pieces, None)
                if piece is None:
                    return bytes(body)
                body += piece
                if len(body) > most:
                    raise CallRefused(refusals.TOO_LARGE, _too_large(most))
    except TimeoutError:
        raise CallRefused(
            refusals.BAD_CALL, "The connection was too slow. It will be tried again.", status=408
        ) from None


def _too_large(most: int) -> str:
    return f"The office copy takes at most {most:,} bytes at once."
