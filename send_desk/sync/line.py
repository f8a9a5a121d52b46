"""One kept-alive connection to a hub: bodies out, bodies back, counted, tried again a few times, with a watchdog.

httpx over the system's proxy and the operating system's certificates (truststore), or over those of a private authority
alone. Plain HTTP goes to loopback only, and past every proxy.
"""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
import truststore

from send_desk.domain.errors import Cannot
from send_desk.services.office import Offline, Traffic
from send_desk.wire.messages import MEDIA

from . import words
from .backoff import pause

STILL_FOR = 60.0
"""Seconds without a byte either way after which the watchdog speaks."""
CONNECT_WITHIN = 10.0
TRIES = 3
_LONGEST_PAUSE = 5.0
_LARGEST_ANSWER = 32 * 1024 * 1024
"""The most bytes of an answer that is read whole: a page of the feed has 16 MB at most before it is compressed."""
_AGAIN_STATUS = (502, 503, 504)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_CUT = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError, httpx.CloseError)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came: status, headers, and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Line:
    """The connection to one hub. Calls are made from one thread; `close` may be called from any, and ends them."""

    def __init__(
        self,
        hub: str,
        *,
        jitter: Callable[[], float],
        ca: bytes = b"",
        still_for: float = STILL_FOR,
        first_pause: float = 0.5,
    ) -> None:
        """Prepare the way to a hub; nothing is sent yet. `ca` is PEM, `jitter` draws evenly from 0 to 1."""
        self._jitter = jitter
        self._first_pause = first_pause
        self._closed = threading.Event()
        self._stream: Any = None
        self._traffic = Traffic()
        parts = urlsplit(hub)
        loopback = parts.hostname in _LOOPBACK
        if parts.scheme != "https" and not loopback:
            raise Offline("The hub must be reached by https, so that nobody on the way can read. Nothing was sent.")
        self._client = httpx.Client(
            base_url=hub,
            verify=_context(ca) if parts.scheme == "https" else False,
            trust_env=not loopback,
            timeout=httpx.Timeout(still_for, connect=CONNECT_WITHIN),
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=120.0),
            follow_redirects=False,
        )
        for name in ("accept", "accept-encoding", "connection", "user-agent"):
            self._client.headers.pop(name, None)

    @property
    def traffic(self) -> Traffic:
        """What has gone over this line, request lines and headers included."""
        return self._traffic

    def close(self) -> None:
        """End what is under way with `Offline`, and take no more calls."""
        self._closed.set()
        self._wake()
        self._client.close()

    def post(self, name: str, body: bytes, *, token: str = "") -> Reply:
        """Make a call that may be made twice without harm; cuts and a busy hub are tried again a few times."""
        for attempt in range(TRIES):
            last = attempt == TRIES - 1
            try:
                with self._sent(name, body, token) as response:
                    reply = Reply(response.status_code, response.headers, self._read_all(response))
            except _CUT as error:
                if last or self._closed.is_set():
                    raise self._worded(error) from error
            except Exception as error:
                raise self._worded(error) from error
            else:
                if last or reply.status not in _AGAIN_STATUS or _too_late(reply):
                    return reply
            self._wait(attempt)
        raise AssertionError("the last try ends in an answer or in words")

    @contextmanager
    def stream(self, name: str, body: bytes, *, token: str = "") -> Iterator[tuple[Reply, "Pieces"]]:
        """Make a call whose answer is read piece by piece; that of one refused is in the `Reply` whole."""
        try:
            with self._sent(name, body, token) as response:
                good = response.status_code == 200
                content = b"" if good else self._read_all(response)
                pieces = Pieces(response.iter_raw(), self._worded)
                try:
                    yield Reply(response.status_code, response.headers, content), pieces
                finally:
                    if good:
                        self._count_down(response, pieces.size)
        except Cannot:
            raise
        except httpx.HTTPError as error:
            raise self._worded(error) from error

    @contextmanager
    def _sent(self, name: str, body: bytes, token: str) -> Iterator[httpx.Response]:
        if self._closed.is_set():
            raise Offline(words.STOPPED)
        headers = {"content-type": MEDIA}
        if token:
            headers["authorization"] = f"Bearer {token}"
        request = self._client.build_request(
            "POST", f"/v1/{name}", content=body, headers=headers, extensions={"trace": self._trace}
        )
        self._count_up(request, len(body))
        response = self._client.send(request, stream=True)
        try:
            yield response
        finally:
            response.close()

    def _read_all(self, response: httpx.Response) -> bytes:
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_raw():
            size += len(piece)
            if size > _LARGEST_ANSWER:
                raise Offline(words.STRANGER)
            pieces.append(piece)
        self._count_down(response, size)
        return b"".join(pieces)

    def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._stream = info["return_value"]
            if self._closed.is_set():
                self._wake()

    def _wake(self) -> None:
        stream = self._stream
        if stream is not None:
            with contextlib.suppress(OSError, AttributeError):
                # Only a shutdown wakes a thread that waits for bytes; the TLS layer's own would first say farewell.
                socket.socket.shutdown(stream.get_extra_info("socket"), socket.SHUT_RDWR)

    def _wait(self, attempt: int) -> None:
        self._closed.wait(pause(attempt, self._jitter(), first=self._first_pause, longest=_LONGEST_PAUSE))

    def _worded(self, error: Exception) -> Cannot:
        if self._closed.is_set():
            return Offline(words.STOPPED)
        if isinstance(error, Cannot):
            return error
        if not isinstance(error, httpx.HTTPError | httpx.InvalidURL | OSError):
            raise error
        return words.of_network(error)

    def _count_up(self, request: httpx.Request, body: int) -> None:
        line = len(request.method) + len(request.url.raw_path) + len("  HTTP/1.1\r\n")
        sent = line + _size(request.headers) + body
        now = self._traffic
        self._traffic = Traffic(now.turns + 1, now.bytes_up + sent, now.bytes_down)

    def _count_down(self, response: httpx.Response, body: int) -> None:
        reason = len(response.reason_phrase)
        came = len("HTTP/1.1 200 \r\n") + reason + _size(response.headers) + body
        now = self._traffic
        self._traffic = Traffic(now.turns, now.bytes_up, now.bytes_down + came)


class Pieces:
    """A streamed body as a file that is read from: `read(n)` returns at most `n` bytes, nothing at its end."""

    def __init__(self, pieces: Iterator[bytes], worded: Callable[[Exception], Cannot]) -> None:
        """Read from these pieces; a fault of the network is said in words."""
        self._pieces = pieces
        self._worded = worded
        self._left = b""
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        while not self._left:
            try:
                self._left = next(self._pieces)
            except StopIteration:
                return b""
            except Exception as error:
                raise self._worded(error) from error
            self.size += len(self._left)
        taken = self._left if size < 0 else self._left[:size]
        self._left = self._left[len(taken) :]
        return taken


def _context(ca: bytes) -> ssl.SSLContext:
    if ca:
        # Only the authority's own: a certificate that anybody else gave out does not open this way.
        return ssl.create_default_context(cadata=ca.decode("ascii"))
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _size(headers: httpx.Headers) -> int:
    return sum(len(name) + len(value) + len(": \r\n") for name, value in headers.raw) + len("\r\n")


def _too_late(reply: Reply) -> bool:
    asked = reply.headers.get("retry-after", "")
    return asked.isdigit() and int(asked) > _LONGEST_PAUSE
