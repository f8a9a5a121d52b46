"""kill -9 over desks, hub and database server: every save that a desk acknowledged is everywhere afterwards.

`SEND_DESK_KILLS` says how often (60 in an ordinary run, 2,000 at night); two of them in sixty end the database server.
Three desks write and sync on all the while. The moments are drawn from a fixed seed.
"""

import json
import os
import random
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from send_desk.domain.checks.lists import CheckLists
from send_desk.domain.revision import heads
from send_desk.domain.rulebook import RuleBook
from send_desk.services.syncing import Outcome, sync
from send_desk.storage.mapping import PACKED_COLUMNS, packed_from
from send_desk.wire.packed import unpack

from .field import PEOPLE, Field
from .workload import Writer

KILLS = int(os.environ.get("SEND_DESK_KILLS", "60"))
_ROOT = Path(__file__).parents[2]
_CASES = ("019585a1-0c1f-7b52-8d04-5b6f7e3c21aa", "019585a1-0c1f-7b52-8d04-5b6f7e3c21bb")
_SERVER_EVERY = 30
_HUB_EVERY = 10
Told = dict[str, Any]


class Living:
    """One desk that lives in a process to be killed, and all that it has acknowledged."""

    def __init__(self, field: Field, number: int) -> None:
        self._order = {"home": str(field.homes[number]), "key": field.key.raw.hex(), "cases": _CASES}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.sync.killed_desk"], cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.saved: set[str] = set()
        self.synced = 0
        self._lines = 0
        self._child = 0
        self._heard = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._lives = 0

    def begin(self, number: int) -> None:
        """Let a desk live; its lines are heard from now on."""
        assert self._process.stdin is not None
        self._lives += 1
        order = {**self._order, "number": number}
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        with self._heard:
            assert self._heard.wait_for(lambda: self._child, timeout=600), "the desk did not begin"

    def killed(self, *, lines: int, then: float) -> None:
        """Kill the desk a moment after it has said so many more lines."""
        with self._heard:
            wanted = self._lines + lines
            assert self._heard.wait_for(lambda: self._lines >= wanted, timeout=600), "the desk stands still"
            child = self._child
        select.select([], [], [], then)
        os.kill(child, signal.SIGKILL)
        with self._heard:
            assert self._heard.wait_for(lambda: not self._child, timeout=600), "the desk did not end"

    def end(self) -> None:
        """Kill what lives, and let its parent go."""
        if self._child:
            self.killed(lines=0, then=0.0)
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        self._reader.join()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told: Told = json.loads(line)
            with self._heard:
                match told["kind"]:
                    case "begun":
                        self._child = told["process"]
                    case "ended":
                        assert told["status"] == signal.SIGKILL, "the desk ended by itself"
                        self._child = 0
                    case "saved":
                        self.saved.add(told["revision"])
                    case "synced":
                        self.synced += 1
                self._lines += told["kind"] in ("saved", "synced", "alone")
                self._heard.notify_all()


@pytest.fixture
def field(books: Mapping[str, RuleBook], lists: CheckLists) -> Iterator[Field]:
    with Field(books, lists) as made:
        yield made


def test_no_acknowledged_save_is_lost_whoever_is_killed(field: Field) -> None:
    dice = random.Random(20260303)  # noqa: S311  moments of a test, not secrets
    saved = _begin_cases(field)
    living = [Living(field, number) for number in range(len(PEOPLE))]
    try:
        for number, one in enumerate(living):
            one.begin(number)
        for kill in range(1, KILLS + 1):
            victim = dice.choice(living)
            if kill % _SERVER_EVERY == 0:
                field.server.crash()
                victim.killed(lines=2, then=dice.random() * 0.01)  # it works on alone meanwhile
                field.server.start()
            elif kill % _HUB_EVERY == 0:
                victim.killed(lines=1, then=dice.random() * 0.01)
                field.kill_hub()
                field.start_hub()
            else:
                victim.killed(lines=dice.choice((0, 0, 1, 2, dice.randrange(3, 6))), then=dice.random() * 0.02)
            victim.begin(1000 * kill + living.index(victim))
    finally:
        for one in living:
            one.end()
    saved = saved.union(*(one.saved for one in living))
    assert min(one.synced for one in living) > 0
    assert len(saved) > KILLS
    _heal(field)
    _must_hold(field, saved)


def _begin_cases(field: Field) -> set[str]:
    with field.desk(0) as (desk, _, office):
        writer = Writer(desk.user.id, desk.device, seed=1)
        first = [writer.case(case, f"HD-{case[-2:]}") for case in _CASES]
        with desk.store.write() as unit:
            unit.append([unpack(one) for one in first])
        sync(desk, office)
    with field.administrator as administrator:
        for case in _CASES:
            administrator.grant(case, team="north")
    return {one.id for one in first}


def _heal(field: Field) -> None:
    for _ in range(3):
        outcomes = [_synced(field, number) for number in range(len(PEOPLE))]
    for outcome in outcomes:
        assert (outcome.sent, outcome.received, outcome.waiting, outcome.refused) == (0, 0, 0, ())
        assert (outcome.resync, outcome.mended_cases) == (False, ())


def _synced(field: Field, number: int) -> Outcome:
    with field.desk(number) as (desk, _, office):
        return sync(desk, office)


def _must_hold(field: Field, saved: set[str]) -> None:
    central = {id_: one for case in _CASES for id_, one in field.history(case).items()}
    assert not saved - central.keys()
    leaves = set(heads([unpack(one) for one in central.values()]))
    for number in range(len(PEOPLE)):
        with field.desk(number) as (_, home, _), home.store.reading() as driver:
            assert driver.execute("PRAGMA cipher_integrity_check").fetchall() == []
            rows = driver.execute(f"SELECT {PACKED_COLUMNS} FROM revision")  # noqa: S608  constant names
            held = {row[0]: packed_from((*row[:13], None)) for row in rows}
            assert held == central
            told = driver.execute("SELECT value FROM record, json_each(record.heads)").fetchall()
            assert {row[0] for row in told} == leaves
