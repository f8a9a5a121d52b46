"""A hub over a central database in memory, with two people of one authority and cheap passwords."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import httpx
from argon2 import PasswordHasher
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from send_desk.domain.ids import Role
from send_desk.hub.app import make_app
from send_desk.hub.central import Away, Caller, Whole
from send_desk.hub.limits import Settings
from send_desk.hub.passwords import Passwords, hashed
from send_desk.wire.messages import MEDIA
from send_desk.wire.packed import Packed
from tests.model.memory_central import MemoryCentral

from .laptop import PASSWORD, Laptop

CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
PEOPLE = {"Jo Marsh": Role.CASEWORKER, "Sam Field": Role.CASEWORKER, "Ada Reed": Role.MANAGER}


@dataclass
class StillClock:
    """A clock that moves when it is told to."""

    moment: datetime = datetime(2026, 3, 3, 9, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def pass_(self, **time: float) -> None:
        self.moment += timedelta(**time)


class Direct:
    """Calls an app without a socket, in a loop of its own; what the app does not answer is raised here."""

    def __init__(self, app: ASGIApp) -> None:
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(_closed(app)), base_url="https://hub.example")
        self._client.headers.clear()
        self._runner = asyncio.Runner()

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.request("POST", path, **more)

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        return self._runner.run(self._client.request(method, path, **more))

    def stream(self, path: str, body: AsyncIterator[bytes], headers: Mapping[str, str]) -> httpx.Response:
        """Send a body in pieces, as they are asked for."""
        return self.post(path, content=body, headers={"content-type": MEDIA, **headers})

    def close(self) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()


def _closed(app: ASGIApp) -> ASGIApp:
    """Return the app with a server's own last word where it breaks its answer off; httpx's transport has none."""

    async def until_closed(scope: Scope, receive: Receive, send: Send) -> None:
        more = True

        async def sent(message: Message) -> None:
            nonlocal more
            more = message.get("more_body", message["type"] == "http.response.start")
            await send(message)

        await app(scope, receive, sent)
        if more:
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    return until_closed


class CountingHasher(PasswordHasher):
    """Argon2id as ever, and remembers what it was asked to verify against."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=64, parallelism=1)
        self.verified: list[str] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002  the library's own name
        self.verified.append(str(hash))
        return super().verify(hash, password)


class BrokenOff(MemoryCentral):
    """A central database in memory whose connection breaks while a snapshot is read."""

    breaks_after: int | None = None
    let_go = 0

    @contextmanager
    def snapshot(self, caller: Caller, cases: Sequence[str]) -> Iterator[Whole]:
        with super().snapshot(caller, cases) as whole:
            try:
                yield replace(whole, revisions=self._until_it_breaks(whole.revisions))
            finally:
                self.let_go += 1

    def _until_it_breaks(self, revisions: Iterator[Packed]) -> Iterator[Packed]:
        for count, one in enumerate(revisions):
            if count == self.breaks_after:
                raise Away
            yield one


@dataclass
class Office:
    """The hub's app with everything it stands on."""

    settings: Settings = field(default_factory=Settings)
    clock: StillClock = field(default_factory=StillClock)

    def __post_init__(self) -> None:
        self.central = BrokenOff(now=self.clock.now)
        self.passwords = Passwords(self.central, CHEAP)
        kept = hashed(PASSWORD, CHEAP)
        self.accounts = {name: self.central.add_user(name, role, password_hash=kept) for name, role in PEOPLE.items()}
        self.app = make_app(self.central, self.clock, settings=self.settings, identity=self.passwords)
        self.client = Direct(self.app)

    def with_hasher(self, hasher: PasswordHasher) -> None:
        """Let people be known by another hasher from now on."""
        self.client.close()
        passwords = Passwords(self.central, hasher)
        self.app = make_app(self.central, self.clock, settings=self.settings, identity=passwords)
        self.client = Direct(self.app)

    def account(self, name: str) -> str:
        return self.accounts[name]

    def laptop(self, user: str, **facts: Any) -> Laptop:
        return Laptop(self.client, self.clock, user=user, **facts)

    @staticmethod
    def forged(packed: Packed, **facts: Any) -> Packed:
        return replace(packed, **facts)
