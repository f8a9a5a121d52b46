"""The office in memory passes the suite that the functions of PostgreSQL pass: what is tried is what is served."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from send_desk.domain.ids import Role
from tests.hub.conformance import Conformance
from tests.hub.ground import Ground
from tests.hub.hostile import Hostile

from .memory_central import MemoryCentral


@dataclass
class MemoryGround:
    """The office in memory with its administrator; people go by login."""

    central: MemoryCentral = field(default_factory=MemoryCentral)
    _accounts: dict[str, str] = field(default_factory=dict)

    def add_user(self, login: str, role: Role) -> str:
        self._accounts[login] = self.central.add_user(login, role)
        return self._accounts[login]

    def team(self, name: str, *, add: Sequence[str] = (), remove: Sequence[str] = (), lead: Sequence[str] = ()) -> None:
        add, remove, lead = ([self._accounts[one] for one in who] for who in (add, remove, lead))
        self.central.team(name, add=add, remove=remove, lead=lead)

    def grant(self, case: str, *, user: str | None = None, team: str | None = None) -> None:
        self.central.grant(case, account=self._accounts[user] if user else "", team=team or "")

    def withdraw(self, case: str, *, user: str | None = None, team: str | None = None) -> None:
        self.central.withdraw(case, account=self._accounts[user] if user else "", team=team or "")

    def bar(self, device: str) -> None:
        self.central.bar(device)

    def leave(self, login: str) -> None:
        account = self._accounts[login]
        self.central.books.members[account] = replace(self.central.books.members[account], left=True)

    def redact(self, case: str, revisions: Sequence[str]) -> None:
        self.central.redact(case, revisions)

    def aside(self) -> Mapping[str, str]:
        return {id_: code for id_, (_, code, _) in self.central.books.aside.items()}


class TestInMemory(Conformance):
    @pytest.fixture
    def ground(self) -> Ground:
        return MemoryGround()


class TestHostileInMemory(Hostile):
    @pytest.fixture
    def ground(self) -> Ground:
        return MemoryGround()
