"""A wrong passphrase, a damaged home, a home that somebody else has open: said in words, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

Say = Callable[..., Any]
Damage = Callable[[bytes], bytes]

_HOLDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from send_desk.storage.home import open_home
home = open_home(Path(sys.argv[1]), sys.argv[2], now=datetime(2026, 3, 3, tzinfo=UTC))
print("open", flush=True)
sys.stdin.readline()
home.close()
"""


def test_a_wrong_passphrase_opens_nothing_and_the_right_one_still_does(run: Say, ava: str, passphrase: Path) -> None:
    right = passphrase.read_text("utf-8")
    passphrase.write_text("three quiet heron\n", encoding="utf-8")
    said = run("cases")
    assert said.status == 3
    assert "passphrase" in said.err.lower()
    passphrase.write_text(right, encoding="utf-8")
    assert [case["reference"] for case in run("cases").data["cases"]] == [ava]


def test_an_empty_passphrase_file_and_nobody_at_the_keyboard_are_said(run: Say, passphrase: Path) -> None:
    passphrase.write_text("\n", encoding="utf-8")
    assert run("cases").status == 2
    passphrase.unlink()
    assert "There is no file" in run("cases").err


def _flipped(content: bytes) -> bytes:
    dice = Random(3)  # noqa: S311  where a test does its damage
    changed = bytearray(content)
    for _ in range(200):
        changed[dice.randrange(len(changed))] ^= 0xFF
    return bytes(changed)


@pytest.mark.parametrize(
    "damage",
    [_flipped, lambda content: content[: len(content) // 2], lambda _: b"", lambda content: b"\0" * len(content)],
    ids=["flipped", "cut off", "empty", "zeroes"],
)
def test_a_damaged_home_is_named_so_and_its_backup_brings_everything_back(
    say: Say, home: Path, ava: str, damage: Damage
) -> None:
    backup = say("backup").data["backup"]
    store = home / "desk.db"
    for log in home.glob("desk.db-*"):
        log.unlink()
    store.write_bytes(damage(store.read_bytes()))
    broken = store.read_bytes()
    for command in (("cases",), ("show", ava), ("event", ava, "decision_assess", "--on", "2026-02-02")):
        said = say(*command)
        assert said.status == 3
        assert "damaged" in said.err
        assert "Restore the newest backup" in said.err
    assert store.read_bytes() == broken, "looking at a damaged file must not make it worse"
    assert say("restore", backup).status == 0
    assert [case["name"] for case in say("cases").data["cases"]] == ["Ava Thornley"]


def test_damaged_keys_are_said_and_the_whole_ones_open_it_again(say: Say, home: Path, ava: str) -> None:
    keys = home / "keys.json"
    whole = keys.read_bytes()
    for broken in (b"", b"{}", whole[:-20], b"\xff\xfe" + whole, b"[" * 100_000):
        keys.write_bytes(broken)
        assert say("cases").status == 3
    keys.write_bytes(whole)
    assert len(say("cases").data["cases"]) == 1


@pytest.fixture
def held(home: Path) -> Iterator[int]:
    """The process id of another SEND Desk that has the home open for writing."""
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(home), "three quiet herons"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    yield other.pid
    other.communicate("\n")
    assert other.returncode == 0


def test_a_home_that_is_open_elsewhere_can_be_read_but_not_written_to(run: Say, ava: str, held: int) -> None:
    refused = run("event", ava, "decision_assess", "--on", "2026-02-02", "--by", "panel")
    assert refused.status == 3
    assert f"process {held}" in refused.err
    assert "Nothing was changed" in refused.err
    shown = run("show", ava)
    assert shown.status == 0
    assert shown.data["strip"]["health"] == "not_due", "the refused decision was not recorded"
    assert [hit["reference"] for hit in run("search", "thorn").data["hits"]] == [ava]
