"""An answer that is read from the database while it is sent, and lets go of it whatever the reader does."""

import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from typing import Any

import anyio
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from send_desk.wire.messages import MEDIA

from .answering import Talk

_log = logging.getLogger("send_desk.hub")
_END = None

InThread = Callable[..., Awaitable[Any]]


class Streamed(Response):
    """Sends pieces as they come; `held` is closed at the end, and a reader that stands still is left.

    Where the database fails on the way, the answer stops without its end, so that no desk takes a part for the whole.
    """

    def __init__(
        self, first: bytes, rest: Iterator[bytes], held: ExitStack, talk: Talk, in_thread: InThread, seconds: float
    ) -> None:
        super().__init__(media_type=MEDIA, headers=talk.headers)
        del self.headers["content-length"]
        self._first = first
        self._rest = rest
        self._held = held
        self._talk = talk
        self._in_thread = in_thread
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send everything, each piece within the time that a reader is given."""
        try:
            with anyio.fail_after(self._seconds):
                await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            piece: bytes | None = self._first
            while piece is not _END:
                with anyio.fail_after(self._seconds):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                piece = await self._in_thread(next, self._rest, _END)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except Exception as fault:  # noqa: BLE001  whatever it was: the answer has begun, and can only be cut off
            _log.warning("call=snapshot device=%s cut=%s", self._talk.device, type(fault).__name__)
        finally:
            with anyio.CancelScope(shield=True):
                await self._in_thread(self._held.close)
