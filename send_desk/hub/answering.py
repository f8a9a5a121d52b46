"""How a call is answered whatever becomes of it: a message, or a `Trouble` in words, and a line of ids in the log."""

import logging
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from send_desk.wire import messages, refusals
from send_desk.wire.frames import to_bytes

from .central import Away, Denied
from .troubles import CallRefused

FAULT = "fault"
_RETRY_SECONDS = "5"
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
        response = _refused(name, refused, talk)
    except Denied as denied:
        response = _refused(name, CallRefused(denied.code), talk)
    except Away:
        response = _refused(name, CallRefused(refusals.BUSY), talk)
    except ClientDisconnect:
        response = _refused(name, CallRefused(refusals.BAD_CALL), talk)
    except Exception as fault:  # noqa: BLE001  the last resort: nobody is shown a traceback, nor a word of anybody's text
        _log.error("call=%s device=%s fault=%s at=%s", name, _safe(talk.device), type(fault).__name__, _places(fault))
        words = "The office copy met a fault of its own. Your work is saved on this laptop."
        return refusal_of(CallRefused(FAULT, words, status=500), talk)
    else:
        _log.info("call=%s device=%s status=%d", name, _safe(talk.device), response.status_code)
    return response


def answer_of(message: object, talk: Talk) -> Response:
    """Return a message as an answer."""
    return Response(to_bytes(message), media_type=messages.MEDIA, headers=talk.headers)


def refusal_of(refused: CallRefused, talk: Talk) -> Response:
    """Return a refusal as an answer; the connection ends with it, so that nothing unread is read after all."""
    headers = {**talk.headers, "Connection": "close"}
    if refused.status == 503:
        headers["Retry-After"] = _RETRY_SECONDS
    trouble = messages.Trouble(refused.code, refused.words)
    return Response(to_bytes(trouble), refused.status, media_type=messages.MEDIA, headers=headers)


def _refused(name: str, refused: CallRefused, talk: Talk) -> Response:
    _log.info("call=%s device=%s status=%d code=%s", name, _safe(talk.device), refused.status, refused.code)
    return refusal_of(refused, talk)


def _safe(device: str) -> str:
    return device if device.isascii() and device.isprintable() else "odd"


def _places(fault: BaseException) -> str:
    frames = traceback.extract_tb(fault.__traceback__)[-3:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
