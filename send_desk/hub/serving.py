"""The service on a socket: TLS always, plain HTTP only on this machine's own loopback and only when asked."""

import asyncio
import ipaddress
import signal
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from send_desk.domain.errors import Cannot, WrongUse

_HEAD_SECONDS = 20
_CONNECTIONS = 2000
_IDLE_SECONDS = 75
_LAST_WORDS_SECONDS = 10
_HEAD_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Where the hub listens; `cert` and `key` are PEM files, and without them it is plain HTTP on loopback."""

    host: str
    port: int
    cert: Path | None = None
    key: Path | None = None


def listening(where: str, *, cert: Path | None, key: Path | None, plain_loopback: bool) -> Listening:
    """Return where to listen from HOST:PORT and what was given; `WrongUse` where that would be read by others."""
    host, _, port = where.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise WrongUse(f"{where} is not of the form HOST:PORT, such as 0.0.0.0:8443.")
    if plain_loopback:
        if cert or key:
            raise WrongUse("Give either --cert and --key, or --plain-loopback.")
        if not _is_loopback(host):
            raise WrongUse(
                f"Without TLS the hub listens only on loopback (127.0.0.1 or ::1), not on {host}, where others could "
                "read along. Give --cert and --key."
            )
        return Listening(host=host, port=int(port))
    if not cert or not key:
        raise WrongUse("The hub speaks TLS: give --cert and --key. To try it on this machine alone: --plain-loopback.")
    return Listening(host=host, port=int(port), cert=cert, key=key)


def serve(app: ASGIApp, where: Listening, *, announce: Callable[[str], None]) -> None:
    """Answer calls until SIGTERM or SIGINT; `announce` is given the URL once calls are really taken."""
    Service(app, where, announce=announce).run()


class Service:
    """One running service; `stop` ends it from another thread."""

    def __init__(self, app: ASGIApp, where: Listening, *, announce: Callable[[str], None]) -> None:
        context = _tls(where) if where.cert else None
        self._socket = _bound(where)
        port = self._socket.getsockname()[1]
        host = f"[{where.host}]" if ":" in where.host else where.host
        self._announce = lambda: announce(f"{'https' if context else 'http'}://{host}:{port}")
        config = uvicorn.Config(
            app,
            http=_Patient,
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_keep_alive=_IDLE_SECONDS,
            timeout_graceful_shutdown=_LAST_WORDS_SECONDS,
            h11_max_incomplete_event_size=_HEAD_BYTES,
            ssl_context_factory=(lambda *_: context) if context else None,
        )
        self._server = _Server(config, self._announce)

    def run(self) -> None:
        """Answer calls until a signal or `stop`."""
        asyncio.run(self._server.serve(sockets=[self._socket]))

    def stop(self) -> None:
        """End the service after the calls that are under way."""
        self._server.should_exit = True


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._announce()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take the signals that end the service; unlike uvicorn's own, end by them well and not by dying of them."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        signals = (signal.SIGINT, signal.SIGTERM)
        before = {each: signal.signal(each, self.handle_exit) for each in signals}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


class _Patient(H11Protocol):
    """Uvicorn's protocol, patient but not for ever: a head that does not come within seconds ends the connection."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._until_head: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own does
        super().connection_made(transport)
        if len(self.connections) > _CONNECTIONS:
            transport.close()
        else:
            self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._rest()
        elif self._until_head is None and self.conn.trailing_data[0]:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._rest()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """End the connection after the call that is under way; a laptop at rest would not answer TLS's farewell."""
        at_rest = self.cycle is None or self.cycle.response_complete
        super().shutdown()
        if at_rest:
            self.transport.abort()

    def _wait(self) -> None:
        self._until_head = self.loop.call_later(_HEAD_SECONDS, self.transport.close)

    def _rest(self) -> None:
        if self._until_head is not None:
            self._until_head.cancel()
            self._until_head = None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _bound(where: Listening) -> socket.socket:
    family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
    try:
        bound = socket.create_server((where.host, where.port), family=family, backlog=512)
        # Inherited by every connection: asyncio sets it only where a socket names its protocol, and without it the
        # second piece of each answer waits 40 ms for the other side's word.
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return bound
    except OSError as fault:
        why = fault.strerror or "the system refuses"
        raise Cannot(f"The hub cannot listen on {where.host}:{where.port}: {why}.") from fault


def _tls(where: Listening) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(str(where.cert), str(where.key))
    except ssl.SSLError as fault:
        raise WrongUse("The certificate and the key are not PEM files that belong together.") from fault
    except OSError as fault:
        why = fault.strerror or "the disk did not answer"
        raise Cannot(f"The certificate or its key could not be read: {why}.") from fault
    return context
