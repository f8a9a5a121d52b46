"""kill -9 in the middle of typing and saving: every save that returned is there afterwards, and the file is sound.

`SEND_DESK_KILLS` says how often (60 in an ordinary run). The moments are drawn from a fixed seed, spread from the
opening of the home to a burst of saves.
"""

import json
import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from send_desk.storage.home import open_home_with_key
from send_desk.storage.keys import DataKey
from send_desk.storage.store import SqlStore

KILLS = int(os.environ.get("SEND_DESK_KILLS", "60"))
Told = dict[str, Any]


class Writer:
    """A process that forks writers to be killed, and the lines they print."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("killed_writer.py")
        self._process = subprocess.Popen([sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._rest = b""

    def killed_at(self, order: Told, *, saves: int, then: float) -> list[Told]:
        """Let one writer save, kill it `then` seconds after so many saves, and return all that it acknowledged."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        told: list[Told] = []
        process = 0
        while not process or len(told) < saves:
            line = self._line()
            if line["kind"] == "writer":
                process = line["process"]
            else:
                assert line["kind"] != "ended", "the writer ended by itself"
                told.append(line)
        select.select([], [], [], then)
        os.kill(process, signal.SIGKILL)
        while (line := self._line())["kind"] != "ended":
            told.append(line)
        assert line["status"] == signal.SIGKILL
        return told

    def end(self) -> None:
        """Let the process go."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def _line(self) -> Told:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


@pytest.fixture
def writer() -> Iterator[Writer]:
    """A fresh process that forks writers."""
    started = Writer()
    yield started
    started.end()


@pytest.fixture
def begun_home(home_path: Path, key: DataKey, now: datetime, revise: Any) -> Path:
    """A closed home with the case that the writers work on."""
    home = open_home_with_key(home_path, key, now=now)
    with home.store.write() as unit:
        unit.append([revise("case-1", {"reference": "EX/1"}, kind="case")])
    home.close()
    return home_path


def test_no_acknowledged_save_is_lost_by_killing_the_program(
    begun_home: Path, key: DataKey, now: datetime, writer: Writer
) -> None:
    dice = random.Random(20260303)  # noqa: S311  moments of a test, not secrets
    number, acknowledged = 1, 0
    for _ in range(KILLS):
        saves = dice.choice((0, 1, 1, 2, dice.randrange(3, 40)))
        order = {"home": str(begun_home), "key": key.raw.hex(), "number": number, "too_early": False}
        told = writer.killed_at(order, saves=saves, then=dice.random() * 0.004)
        home = open_home_with_key(begun_home, key, now=now)
        missing = _missing(home.store, told)
        with home.store.reading() as driver:
            faults = driver.execute("PRAGMA cipher_integrity_check").fetchall()
        home.close()
        assert (missing, faults) == ([], [])
        acknowledged += sum(line["kind"] != "open" for line in told)
        # Room for saves that were on disk before their acknowledgement could be printed.
        number = max((line["number"] for line in told if line["kind"] != "open"), default=number) + 50
    assert acknowledged > KILLS
    home = open_home_with_key(begun_home, key, now=now)
    standing = home.store.case_file("case-1")
    home.store.rebuild()
    assert home.store.case_file("case-1") == standing
    home.close()


def test_a_writer_that_acknowledges_too_early_is_caught(
    begun_home: Path, key: DataKey, now: datetime, writer: Writer
) -> None:
    order = {"home": str(begun_home), "key": key.raw.hex(), "number": 1, "too_early": True}
    told = writer.killed_at(order, saves=2, then=0.0)
    home = open_home_with_key(begun_home, key, now=now)
    assert _missing(home.store, told) == [told[-1]]
    home.close()


def _missing(store: SqlStore, told: list[Told]) -> list[Told]:
    """Return the acknowledged saves that are not in the store; later words of the same field stand for earlier ones."""
    kept = {words.record: int(str(words.text).split()[0]) for words in store.kept()}
    with store.reading() as driver:
        revisions = {row[0] for row in driver.execute("SELECT id FROM revision")}
    missing = []
    for line in told:
        match line["kind"]:
            case "close":
                there = line["revision"] in revisions
            case "keep":
                there = max(kept.get(line["record"], 0), _last_closed(store, line["record"])) >= line["number"]
            case "blob":
                there = store.blob(line["sha256"]) is not None
            case _:
                there = True
        if not there:
            missing.append(line)
    return missing


def _last_closed(store: SqlStore, record: str) -> int:
    words = store.merged("case-1", record).fields.get("text", "0")
    return int(str(words).split()[0])
