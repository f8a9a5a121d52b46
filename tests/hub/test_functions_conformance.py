"""The conformance suite on a real PostgreSQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest

from send_desk.domain.ids import Role
from send_desk.hub.database import Database
from send_desk.hub.office import Administration

from .conformance import Conformance
from .ground import Ground


@dataclass
class PostgresGround:
    """A fresh database with its administrator."""

    central: Database
    office: Administration

    def add_user(self, login: str, role: Role) -> str:
        return self.office.add_user(login, login, role, "")

    def team(self, name: str, *, add: Sequence[str] = (), remove: Sequence[str] = (), lead: Sequence[str] = ()) -> None:
        self.office.team(name, add=add, remove=remove, lead=lead)

    def grant(self, case: str, *, user: str | None = None, team: str | None = None) -> None:
        self.office.grant(case, user=user, team=team)

    def withdraw(self, case: str, *, user: str | None = None, team: str | None = None) -> None:
        self.office.withdraw(case, user=user, team=team)

    def bar(self, device: str) -> None:
        self.office.bar(device)

    def leave(self, login: str) -> None:
        self.office.leave(login)

    def redact(self, case: str, revisions: Sequence[str]) -> None:
        self.office.redact(case, revisions, "court order")

    def aside(self) -> Mapping[str, str]:
        return {line.packed.id: line.code for line in self.office.refusals()}


class TestPostgres(Conformance):
    @pytest.fixture
    def ground(self, database: Database, office: Administration) -> Ground:
        return PostgresGround(database, office)
