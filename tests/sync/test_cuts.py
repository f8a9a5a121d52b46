"""A bad network: cut at any byte, silent one way, slow, late, truncated, repeated; nothing is doubled, nothing lost.

`SEND_DESK_CUTS` says how often it is struck (60 in an ordinary run, 600 at night). The moments are drawn from a fixed
seed. Two desks write, the hub's real service answers, and everything between them goes through `bad_line.py`.
"""

import os
import random
import time
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

from send_desk.domain.errors import Cannot
from send_desk.services.syncing import Outcome, sync
from send_desk.sync.client import HttpOffice
from send_desk.sync.line import Line
from send_desk.wire.packed import Packed, unpack
from tests.hub.office import Office

from .bad_line import BadLine, Kind, Trouble
from .conftest import Colleague, Sit
from .workload import Writer

CUTS = int(os.environ.get("SEND_DESK_CUTS", "60"))
HEALED_WITHIN = 30.0
"""Seconds after which nothing may wait any more (sync.md)."""
_CASES = ("019585a1-0c1f-7b52-8d04-5b6f7e3c21aa", "019585a1-0c1f-7b52-8d04-5b6f7e3c21bb")
_SILENT_FOR = 0.3
_KINDS = tuple(Kind)


@pytest.fixture
def bad_line(url: str) -> Iterator[BadLine]:
    parts = urlsplit(url)
    assert parts.hostname is not None
    assert parts.port is not None
    with BadLine((parts.hostname, parts.port)) as made:
        yield made


class Writing:
    """One person who writes on while the network fails."""

    def __init__(self, one: Colleague, line: BadLine, seed: int) -> None:
        self.one = one
        self.writer = Writer(one.desk.user.id, one.desk.device, seed=seed)
        enrolment = one.desk.store.sync.enrolment()
        assert enrolment is not None
        way = Line(f"http://127.0.0.1:{line.port}", jitter=lambda: 0.0, still_for=_SILENT_FOR)
        self.office = HttpOffice(way, enrolment, one.clock)
        one.offices.append(self.office)

    def write(self, case: str, edits: int) -> list[Packed]:
        made = [self.writer.change(case, f"{case}/e{number}") for number in range(edits)]
        with self.one.desk.store.write() as unit:
            unit.append([unpack(each) for each in made])
        return made

    def sync(self) -> Outcome:
        return sync(self.one.desk, self.office)

    def held(self) -> dict[str, int]:
        with self.one.opened.store.reading() as driver:
            rows = driver.execute("SELECT id, count(*) FROM revision GROUP BY id").fetchall()
            return {row[0]: row[1] for row in rows}


def test_whatever_the_network_does_nothing_is_lost_and_nothing_is_doubled(
    sit: Sit, hub: Office, bad_line: BadLine
) -> None:
    dice = random.Random(20260303)  # noqa: S311  moments of a test, not secrets
    both = [Writing(sit(name), bad_line, seed) for seed, name in enumerate(("Jo Marsh", "Sam Field"))]
    saved: set[str] = set()
    for writing, case in zip(both, _CASES, strict=True):
        first = writing.writer.case(case, f"HD-{case[-2:]}")
        with writing.one.desk.store.write() as unit:
            unit.append([unpack(first)])
        saved.add(first.id)
        writing.sync()
        hub.central.team("north", add=list(hub.accounts.values()))
        hub.central.grant(case, team="north")
    for number in range(CUTS):
        trouble = Trouble(_KINDS[number % len(_KINDS)], _offset(dice))
        bad_line.strike(trouble)
        for writing in dice.sample(both, k=dice.choice((1, 1, 2))):
            saved |= {one.id for one in writing.write(dice.choice(_CASES), dice.choice((1, 2, 8)))}
            with suppress(Cannot):
                writing.sync()
        bad_line.heal()
        healed = time.monotonic()
        for writing in both:
            while writing.one.desk.store.sync.pending():
                assert time.monotonic() - healed < HEALED_WITHIN, trouble
                with suppress(Cannot):
                    writing.sync()
    assert bad_line.struck >= CUTS // 2
    for writing in both * 2:
        outcome = writing.sync()
    assert (outcome.sent, outcome.received, outcome.waiting, outcome.mended_cases) == (0, 0, 0, ())
    for writing in both:
        assert writing.held() == dict.fromkeys(saved, 1)
    assert hub.central.books.log.keys() == saved
    assert len({place.item for place in hub.central.books.places}) == len(hub.central.books.places)


def _offset(dice: random.Random) -> int:
    """Where it strikes: in the head, in a small body, in a large one."""
    return dice.choice((0, dice.randrange(1, 200), dice.randrange(200, 900), dice.randrange(900, 6000)))
