"""People, laptops, teams and cases for the authorisation test, and an oracle of its own that says who may see what."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random
from typing import Any, Protocol

from send_desk.domain.ids import Role
from tests.hub.laptop import PASSWORD, Laptop

PEOPLE = {
    "Jo Marsh": Role.CASEWORKER,
    "Sam Field": Role.CASEWORKER,
    "Kit Ash": Role.CASEWORKER,
    "Ada Reed": Role.MANAGER,
    "Lee Fox": Role.MANAGER,
}
TEAMS = ("north", "south")
CASES = tuple(f"{number}aaaaaaa-0000-4000-8000-000000000000" for number in range(8))


class Administrator(Protocol):
    """What an administrator does; by name of person, team and case."""

    def add_user(self, name: str, role: Role, password: str) -> None:
        """Add a person."""
        ...

    def team(self, name: str, *, add: Sequence[str] = (), remove: Sequence[str] = (), lead: Sequence[str] = ()) -> None:
        """Change a team."""
        ...

    def grant(self, case: str, *, user: str | None = None, team: str | None = None) -> None:
        """Let somebody see a case."""
        ...

    def withdraw(self, case: str, *, user: str | None = None, team: str | None = None) -> None:
        """Take it away."""
        ...

    def bar(self, device: str) -> None:
        """Bar a laptop."""
        ...


@dataclass
class Oracle:
    """Who may see what, told in the plainest words there are, and from nothing but what was done."""

    members: dict[str, dict[str, bool]] = field(default_factory=lambda: {team: {} for team in TEAMS})
    people_on: dict[str, set[str]] = field(default_factory=lambda: {case: set() for case in CASES})
    teams_on: dict[str, set[str]] = field(default_factory=lambda: {case: set() for case in CASES})
    owner: dict[str, str] = field(default_factory=dict)
    barred: set[str] = field(default_factory=set)
    once: set[tuple[str, str]] = field(default_factory=set)
    """Who has ever been on a case: what was attached before he could know of a withdrawal is still taken."""

    def sees(self, person: str, case: str) -> bool:
        """Whether a person may see a case at this moment."""
        if case not in self.owner:
            return False
        if person in self.people_on[case] or any(person in self.members[team] for team in self.teams_on[case]):
            return True
        return any(led.get(person) and self.owner[case] in led for led in self.members.values())

    def seen(self, person: str) -> set[str]:
        """All cases that a person may see at this moment."""
        return {case for case in self.owner if self.sees(person, case)}


def probe(case: str, number: int) -> str:
    """Return words that stand in one revision of one case and nowhere else; no compression can hide or make them."""
    return f"probe{CASES.index(case)}x{sha256(f'{case} {number}'.encode()).hexdigest()[:16]}"


def probes_in(body: bytes) -> set[str]:
    """Return the cases whose probe words stand in some bytes."""
    return {case for place, case in enumerate(CASES) if f"probe{place}x".encode() in body}


@dataclass
class County:
    """The scene: laptops at the hub, an administrator, the oracle, and a die."""

    client: Any
    clock: Any
    administrator: Administrator
    dice: Random
    oracle: Oracle = field(default_factory=Oracle)

    def __post_init__(self) -> None:
        for name, role in PEOPLE.items():
            self.administrator.add_user(name, role, PASSWORD)
        self.laptops = [Laptop(self.client, self.clock, user=name) for name in PEOPLE for _ in range(2)]
        for laptop in self.laptops:
            assert laptop.enrol().status_code == 200
        self.written: dict[str, list[str]] = {case: [] for case in CASES}
        self.attached: dict[str, tuple[str, bytes]] = {}
        self._numbers = 0

    def act(self) -> None:
        """Let the administrator do something."""
        self.oracle.once |= {(name, case) for name in PEOPLE for case in self.oracle.seen(name)}
        name, team, case = self.dice.choice(list(PEOPLE)), self.dice.choice(TEAMS), self.dice.choice(CASES)
        known = case in self.oracle.owner
        match self.dice.randrange(12):
            case 0 | 1 if known:
                self.administrator.grant(case, user=name)
                self.oracle.people_on[case].add(name)
            case 2 | 3 | 4 if known:
                self.administrator.withdraw(case, user=name)
                self.oracle.people_on[case].discard(name)
            case 5 if known:
                self.administrator.grant(case, team=team)
                self.oracle.teams_on[case].add(team)
            case 6 if known:
                self.administrator.withdraw(case, team=team)
                self.oracle.teams_on[case].discard(team)
            case 7 | 8:
                self.administrator.team(team, add=(name,))
                self.oracle.members[team].setdefault(name, False)
            case 9:
                self.administrator.team(team, remove=(name,))
                self.oracle.members[team].pop(name, None)
            case 10 if name in self.oracle.members[team]:
                self.administrator.team(team, lead=(name,))
                self.oracle.members[team][name] = True
            case 11 if self.dice.randrange(6) == 0:
                laptop = self.dice.choice(self.laptops)
                self.administrator.bar(laptop.device)
                self.oracle.barred.add(laptop.device)
            case _:
                pass

    def number(self) -> int:
        """Return a number never given before."""
        self._numbers += 1
        return self._numbers
