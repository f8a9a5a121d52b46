"""A hub over a central database in memory, with two people of one authority and cheap passwords."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from argon2 import PasswordHasher
from starlette.types import ASGIApp

from send_desk.domain.ids import Role
from send_desk.hub.app import make_app
from send_desk.hub.limits import Settings
from send_desk.hub.passwords import Passwords
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
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://hub.example")
        self._client.headers.clear()
        self._runner = asyncio.Runner()

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.request("POST", path, **more)

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        return self._runner.run(self._client.request(method, path, **more))

    def close(self) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()


@dataclass
class Office:
    """The hub's app with everything it stands on."""

    settings: Settings = field(default_factory=Settings)
    clock: StillClock = field(default_factory=StillClock)

    def __post_init__(self) -> None:
        self.central = MemoryCentral(now=self.clock.now)
        passwords = Passwords(self.central, CHEAP)
        hashed = passwords.hashed(PASSWORD)
        self.accounts = {name: self.central.add_user(name, role, password_hash=hashed) for name, role in PEOPLE.items()}
        self.app = make_app(self.central, self.clock, settings=self.settings, identity=passwords)
        self.client = Direct(self.app)

    def account(self, name: str) -> str:
        return self.accounts[name]

    def laptop(self, user: str, **facts: Any) -> Laptop:
        return Laptop(self.client, self.clock, user=user, **facts)

    @staticmethod
    def forged(packed: Packed, **facts: Any) -> Packed:
        return replace(packed, **facts)
