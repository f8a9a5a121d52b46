"""How a call is answered whatever becomes of it: a message, or a `Trouble` in words, and a line of ids in the log."""

import logging
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import anyio
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from send_desk.wire import messages, refusals
from send_desk.wire.frames import to_bytes

from .central import Away, Denied
from .troubles import CallRefused

FAULT = "fault"
_RETRY_SECONDS = "5"
_UNHEARD_BYTES = 8 * 1024 * 1024
_UNHEARD_SECONDS = 20
_log = logging.getLogger("send_desk.hub")


@dataclass(slots=True)
class Talk:
    """What is known of a call while it is answered: the laptop, and the headers of the answer."""

    device: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def tell_lease(self, until: datetime, *, wipe: bool) -> None:
        """Let the answer say until when the laptop may be unlocked offline, and what it must do."""
        self.headers[messages.LEASE] = until.isoformat()
        if wipe:
            self.headers[messages.ORDERS] = messages.WIPE


Answering = Callable[[Request, Talk], Awaitable[Response]]


async def answered(name: str, answering: Answering, request: Request) -> Response:
    """Return the answer of a call or its refusal, never a traceback, and log it by ids."""
    talk = Talk()
    try:
        if request.headers.get("content-type") != messages.MEDIA:
            raise CallRefused(refusals.BAD_CALL, "Only desks are answered here.", status=415)
        response = await answering(request, talk)
    except CallRefused as refused:
        return await _refused(name, refused, request, talk)
    except Denied as denied:
        return await _refused(name, CallRefused(denied.code), request, talk)
    except Away:
        return await _refused(name, CallRefused(refusals.BUSY), request, talk)
    except ClientDisconnect:
        return refusal_of(CallRefused(refusals.BAD_CALL), talk)
    except Exception as fault:  # noqa: BLE001  the last resort: nobody is shown a traceback, nor a word of anybody's text
        _log.error("call=%s device=%s fault=%s at=%s", name, _safe(talk.device), type(fault).__name__, _places(fault))
        words = "The office copy met a fault of its own. Your work is saved on this laptop."
        return refusal_of(CallRefused(FAULT, words, status=500), talk)
    _log.info("call=%s device=%s status=%d", name, _safe(talk.device), response.status_code)
    return response


def answer_of(message: object, talk: Talk) -> Response:
    """Return a message as an answer."""
    return Response(to_bytes(message), media_type=messages.MEDIA, headers=talk.headers)


def refusal_of(refused: CallRefused, talk: Talk, *, goes_on: bool = False) -> Response:
    """Return a refusal as an answer; the connection ends with it where not everything was read (`goes_on`)."""
    headers = {**talk.headers} if goes_on else {**talk.headers, "Connection": "close"}
    if refused.status == 503:
        headers["Retry-After"] = _RETRY_SECONDS
    trouble = messages.Trouble(refused.code, refused.words)
    return Response(to_bytes(trouble), refused.status, media_type=messages.MEDIA, headers=headers)


async def _refused(name: str, refused: CallRefused, request: Request, talk: Talk) -> Response:
    _log.info("call=%s device=%s status=%d code=%s", name, _safe(talk.device), refused.status, refused.code)
    goes_on = refused.status not in (408, 413) and await _let_finish(request)
    return refusal_of(refused, talk, goes_on=goes_on)


async def _let_finish(request: Request) -> bool:
    """Let whoever is refused say the rest, unheard and not for long; return whether all of it came.

    A laptop that is still sending would find its connection broken and never read why it was refused: its token ends
    every quarter of an hour, so that is an everyday thing.
    """
    length = request.headers.get("content-length", "")
    if not length.isascii() or not length.isdigit() or len(length) > 9 or int(length) > _UNHEARD_BYTES:
        return False
    try:
        with anyio.fail_after(_UNHEARD_SECONDS):
            async for _ in request.stream():
                pass
    except RuntimeError:  # it was read before
        return True
    except (TimeoutError, ClientDisconnect):
        return False
    return True


def _safe(device: str) -> str:
    return device if device.isascii() and device.isprintable() else "odd"


def _places(fault: BaseException) -> str:
    frames = traceback.extract_tb(fault.__traceback__)[-3:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
