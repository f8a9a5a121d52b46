"""The calls of `wire.messages` over HTTP: who may call, how much is read, and what is answered."""

from asyncio import wrap_future
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import anyio
import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from send_desk import __version__
from send_desk.wire import messages, refusals
from send_desk.wire.frames import LARGEST_PUSH, TooLarge, Unreadable, decode, unfold

from .answering import Talk, answer_of, answered, refusal_of
from .auth import Admitted, Auth, Clock, Verified
from .central import Central
from .feed import Feed
from .limits import SMALL, Gate, Settings, declared, read_body
from .passwords import Identity, Passwords
from .streaming import Streamed
from .troubles import CallRefused

T = TypeVar("T")
_MEDIUM = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Call:
    """A call that needs a token: what does it, how much it may unfold to, and whether it hands something in."""

    work: Callable[[Verified, bytes], object]
    most: int = _MEDIUM
    hands_in: bool = False


def make_app(
    central: Central, clock: Clock, *, settings: Settings | None = None, identity: Identity | None = None
) -> Starlette:
    """Return the service over a central database; without an `identity`, people are known by passwords of the hub."""
    wanted = settings or Settings()
    auth = Auth(central, identity or Passwords(central), clock)
    service = _Service(auth, Feed(central, clock, wanted.limits), clock, wanted)
    return Starlette(routes=list(service.routes()), exception_handlers={HTTPException: _no_such_call})


class _Service:
    def __init__(self, auth: Auth, feed: Feed, clock: Clock, settings: Settings) -> None:
        self._auth = auth
        self._feed = feed
        self._clock = clock
        self._settings = settings
        self._gate = Gate(settings)
        self._threads = anyio.CapacityLimiter(settings.threads)
        # What unfolds to megabytes has few threads of its own: each thread keeps the most that it ever took.
        self._pushes = ThreadPoolExecutor(settings.pushes, "push")
        self._passwords = ThreadPoolExecutor(settings.passwords, "password")

    def routes(self) -> Iterator[Route]:
        """Yield every call of this version."""
        feed, chunk = self._feed, self._settings.limits.chunk
        open_calls: Mapping[str, Callable[[bytes], object]] = {
            "hello": self._hello,
            "enrol": lambda plain: self._auth.enrol(_message(plain, messages.Enrol)),
            "token": lambda plain: self._auth.token(_message(plain, messages.TokenWish)),
        }
        calls = {
            "push": _Call(feed.push, LARGEST_PUSH, hands_in=True),
            "pull": _Call(lambda who, plain: feed.pull(who, _message(plain, messages.Pull))),
            "check": _Call(lambda who, plain: feed.check(who, _message(plain, messages.Check))),
            "looked": _Call(lambda who, plain: feed.looked(who, _message(plain, messages.Looked)), SMALL),
            "blob_have": _Call(
                lambda who, plain: feed.blob_have(who, _message(plain, messages.BlobHave)), hands_in=True
            ),
            "blob_put": _Call(
                lambda who, plain: feed.blob_put(who, _message(plain, messages.BlobPut)), chunk + SMALL, hands_in=True
            ),
            "blob_get": _Call(lambda who, plain: feed.blob_get(who, _message(plain, messages.BlobGet)), SMALL),
            "snapshot": _Call(lambda who, plain: feed.snapshot(who, _message(plain, messages.SnapshotWish))),
        }
        for name, work in open_calls.items():
            yield Route(f"/v1/{name}", partial(answered, name, partial(self._open, work)), methods=["POST"])
        for name, call in calls.items():
            yield Route(f"/v1/{name}", partial(answered, name, partial(self._signed, call)), methods=["POST"])

    def _hello(self, plain: bytes) -> messages.HelloAnswer:
        del plain  # whatever it is: hello is how the two find out what they speak
        return messages.HelloAnswer(
            hub=f"send-desk-hub {__version__}",
            wire=messages.VERSION,
            time=self._clock.now().isoformat(),
            limits=self._settings.limits,
        )

    async def _open(self, work: Callable[[bytes], object], request: Request, talk: Talk) -> Response:
        """Answer a call that needs no token."""
        with self._gate.stranger():
            declared(request.headers.get("content-length"), most=SMALL)
            body = await read_body(request.stream(), most=SMALL, settings=self._settings)
            job = partial(_unfolded_for, work, body)
            own = None if work == self._hello else self._passwords
            found = await self._in_thread(job) if own is None else await wrap_future(own.submit(job))
        if not isinstance(found, Admitted):
            return answer_of(found, talk)
        talk.tell_lease(found.lease_until, wipe=found.wipe)
        return answer_of(found.session, talk)

    async def _signed(self, call: _Call, request: Request, talk: Talk) -> Response:
        """Answer a call that needs a token; who calls, and that he may, is known before a byte of its body is read."""
        claims = await self._in_thread(self._auth.read, request.headers.get("authorization", ""))
        talk.device = claims.device
        with ExitStack() as held:
            held.enter_context(self._gate.device(claims.device))
            verified = await self._in_thread(self._auth.confirm, claims)
            talk.tell_lease(verified.lease_until, wipe=verified.wipe)
            if verified.fresh:
                talk.headers[messages.TOKEN] = verified.fresh
            if verified.handing_in and not call.hands_in:
                raise CallRefused(refusals.BARRED)
            most = min(call.most + SMALL, self._settings.limits.call)
            size = declared(request.headers.get("content-length"), most=most)
            held.enter_context(self._gate.room(size))
            body = await read_body(request.stream(), most=most, settings=self._settings)

            def work() -> Response | Iterator[bytes]:
                found = call.work(verified, _unfolded(body, call.most))
                return found if isinstance(found, Iterator) else answer_of(found, talk)

            is_push = call.most == LARGEST_PUSH
            match await (wrap_future(self._pushes.submit(work)) if is_push else self._in_thread(work)):
                case Response() as response:
                    return response
                case pieces:
                    held.enter_context(self._gate.snapshot())
                    held.callback(getattr(pieces, "close", lambda: None))
                    first = await self._in_thread(next, pieces)
                    return Streamed(first, pieces, held.pop_all(), talk, self._in_thread, self._settings.pause_seconds)

    async def _in_thread(self, work: Callable[..., T], *arguments: object) -> T:
        return await anyio.to_thread.run_sync(work, *arguments, limiter=self._threads)


def _unfolded_for(work: Callable[[bytes], object], body: bytes) -> object:
    return work(_unfolded(body, SMALL))


def _unfolded(body: bytes, most: int) -> bytes:
    try:
        return unfold(body, most=most) if body else b""
    except TooLarge as fault:
        raise CallRefused(refusals.TOO_LARGE) from fault
    except Unreadable as fault:
        raise CallRefused(refusals.BAD_CALL) from fault


def _message(plain: bytes, kind: type[T]) -> T:
    try:
        return decode(plain, kind)
    except Unreadable as fault:
        raise CallRefused(refusals.BAD_CALL) from fault


async def _no_such_call(request: Request, fault: Exception) -> Response:
    """Answer whoever asks for what is not here; a higher version is one that this hub does not know yet."""
    version, _, _ = request.url.path.removeprefix("/v").partition("/")
    newer = version.isascii() and version.isdigit() and 0 < len(version) < 6 and int(version) > messages.VERSION
    status = fault.status_code if isinstance(fault, HTTPException) else 404
    return refusal_of(CallRefused(refusals.NEWER if newer else refusals.BAD_CALL, status=status), Talk())
