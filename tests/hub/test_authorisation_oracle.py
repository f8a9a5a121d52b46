"""Five hundred calls and more against an oracle: nobody reads, counts or writes a case that he is not on."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from random import Random

import pytest

from send_desk.domain.ids import Role
from send_desk.hub.central import Denied
from send_desk.hub.database import Database
from send_desk.hub.office import Administration
from send_desk.wire import refusals

from .ground import Ground, Laptop
from .test_functions_conformance import PostgresGround

_PEOPLE = ("ada", "jo", "kim", "sam")
_TEAMS = ("North", "South")
_CASES = tuple(f"case-{place:04}-probe" for place in range(5))
_STEPS = 70


@dataclass
class Oracle:
    """Who is on which case, by the sentence in sync.md and nothing of the SQL."""

    owner: dict[str, str] = field(default_factory=dict)
    people: set[tuple[str, str]] = field(default_factory=set)
    teams: set[tuple[str, str]] = field(default_factory=set)
    members: set[tuple[str, str]] = field(default_factory=set)
    leads: set[tuple[str, str]] = field(default_factory=set)
    barred: set[str] = field(default_factory=set)

    def sees(self, who: str, case: str) -> bool:
        return (
            case == ""
            or (case, who) in self.people
            or any((case, team) in self.teams for team, member in self.members if member == who)
            or any((team, self.owner.get(case)) in self.members for team, lead in self.leads if lead == who)
        )

    def seen(self, who: str) -> set[str]:
        return {case for case in ("", *self.owner) if self.sees(who, case)}


@dataclass
class World:
    ground: Ground
    random: Random
    laptops: dict[str, Laptop]
    oracle: Oracle = field(default_factory=Oracle)
    papers: dict[str, str] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)

    def act(self) -> None:
        """One act of the administrator, of any kind, about anybody."""
        who, team, case = self.random.choice(_PEOPLE), self.random.choice(_TEAMS), self.random.choice(_CASES)
        oracle = self.oracle
        match self.random.choice(("grant", "withdraw", "grant team", "withdraw team", "add", "remove", "lead", "bar")):
            case "grant":
                self.ground.grant(case, user=who)
                oracle.people.add((case, who))
            case "withdraw":
                self.ground.withdraw(case, user=who)
                oracle.people.discard((case, who))
            case "grant team":
                self.ground.grant(case, team=team)
                oracle.teams.add((case, team))
            case "withdraw team":
                self.ground.withdraw(case, team=team)
                oracle.teams.discard((case, team))
            case "add":
                self.ground.team(team, add=[who])
                oracle.members.add((team, who))
            case "remove":
                self.ground.team(team, remove=[who])
                oracle.members.discard((team, who))
                oracle.leads.discard((team, who))
            case "lead":
                self.ground.team(team, lead=[who])
                oracle.members.add((team, who))
                oracle.leads.add((team, who))
            case _ if len(oracle.barred) < 1 and sum(self.calls.values()) > 300:
                self.ground.bar(self.laptops[who].caller.device)
                oracle.barred.add(who)

    def look(self, who: str) -> None:
        """Make every call in a person's name, and hold the answers against the oracle."""
        laptop, seen = self.laptops[who], self.oracle.seen(who)
        central, barred = self.ground.central, who in self.oracle.barred
        for case in _CASES:
            self.calls["looked"] += 1
            self.calls["blob_get"] += 1
            for ask in (
                lambda case=case: central.looked(laptop.caller, case),
                lambda case=case: central.blob_get(laptop.caller, case, self.papers[case], offset=0, most=100),
            ):
                if barred or case not in seen:
                    with pytest.raises(Denied):
                        ask()
                else:
                    assert ask()
        self.calls.update(("snapshot", "marks", "pull"))
        if barred:
            for ask in (laptop.fetch, laptop.page, lambda: central.marks(laptop.caller, ())):
                with pytest.raises(Denied, match=refusals.BARRED):
                    ask()
            return
        named = self.random.sample(_CASES, 2)
        assert {one.case for one in laptop.fetch(*named)} == set(named) & seen
        *_, marks = central.marks(laptop.caller, ())
        assert set(marks) == seen
        for page in laptop.pull():
            assert {one.case for one in page.revisions} <= seen
        assert {one.case for one in laptop.got.values()} <= seen
        assert laptop.mark == laptop.own_mark()

    def write(self, who: str) -> None:
        """Hand in one revision for every case: taken where the person is on it, refused by name elsewhere."""
        laptop = self.laptops[who]
        if who not in self.oracle.barred:
            laptop.pull()  # else the grace of those who cannot know yet would be tried, which is another test
        for case in _CASES:
            self.calls["push"] += 1
            (taken,) = laptop.push(laptop.write(case), seen=2**40)
            assert taken.refused == ("" if self.oracle.sees(who, case) else refusals.NOT_MEMBER)


@pytest.mark.parametrize("seed", [1, 2])
def test_no_call_tells_or_takes_what_the_oracle_forbids(database: Database, office: Administration, seed: int) -> None:
    ground = PostgresGround(database, office)
    laptops = {name: Laptop.of(ground, name, ground.add_user(name, Role.CASEWORKER)) for name in _PEOPLE}
    world = World(ground, Random(seed), laptops)  # noqa: S311  a reproducible walk, no secret
    for team in _TEAMS:
        ground.team(team)
    for place, case in enumerate(_CASES):
        owner = _PEOPLE[place % len(_PEOPLE)]
        laptops[owner].push(laptops[owner].write(case))
        world.oracle.owner[case] = owner
        world.oracle.people.add((case, owner))
        content = f"the paper of {case}".encode()
        world.papers[case] = hashlib.sha256(content).hexdigest()
        database.blob_put(laptops[owner].caller, case, world.papers[case], offset=0, size=len(content), chunk=content)
    for _ in range(_STEPS):
        world.act()
        world.look(world.random.choice(_PEOPLE))
        if world.random.random() < 0.2:
            world.write(world.random.choice(_PEOPLE))
    for name in _PEOPLE:
        world.look(name)
    assert sum(world.calls.values()) > 500
    assert min(world.calls.values()) >= 30
