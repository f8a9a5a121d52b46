"""Saves without end until it is killed; `test_kill_loop.py` starts it and does the killing.

It reads lines of JSON: the home, its key, the first number, and whether to acknowledge too early (a planted fault).
For each it forks a writer, which prints one line after every save that returned; then it waits for the writer's end.
Forking saves the second that Python and the libraries take to start, so that many kills fit into a short time.
"""

import hashlib
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from send_desk.domain.revision import Revision
from send_desk.services.ports import KeptText
from send_desk.storage.home import OpenHome, open_home_with_key
from send_desk.storage.keys import DataKey

_NOW = datetime(2026, 3, 3, tzinfo=UTC)
_RECORDS = 5
_PARAGRAPH = "Speech and language therapy in a small group, planned and reviewed with the family. " * 8


def _say(**told: object) -> None:
    os.write(1, json.dumps(told).encode() + b"\n")


def _keep(home: OpenHome, number: int, record: str) -> None:
    heads = _heads(home, record)
    with home.store.write() as unit:
        unit.keep(KeptText("case-1", record, "text", f"{number} {_PARAGRAPH}", heads, _NOW))
    _say(kind="keep", number=number, record=record)


def _close(home: OpenHome, number: int, record: str) -> None:
    revision = _revision(number, record, _heads(home, record))
    with home.store.write() as unit:
        unit.append([revision])
        unit.drop_kept(record)
    _say(kind="close", number=number, record=record, revision=revision.id)


def _attach(home: OpenHome, number: int) -> None:
    content = (f"{number} ".encode() * 400_000)[: 1000 if number % 3 else 300_000]
    digest = hashlib.sha256(content).hexdigest()
    with home.store.write() as unit:
        unit.put_blob(digest, content)
    _say(kind="blob", number=number, sha256=digest)


def _save_without_end(home: OpenHome, number: int) -> None:
    while True:
        record = f"case-1/e{number % _RECORDS}"
        if number % 11 == 0:
            _attach(home, number)
        elif number % 4 == 0:
            _close(home, number, record)
        else:
            _keep(home, number, record)
        if number % 37 == 0:
            home.store.search("speech")
        number += 1


def _acknowledge_too_early(home: OpenHome, number: int) -> None:
    record = "case-1/e0"
    with home.store.write() as unit:
        unit.append([_revision(number, record, _heads(home, record))])
        _say(kind="close", number=number, record=record, revision=f"rev-{number:09}")
        sys.stdin.read()  # nothing comes: the kill finds the save before its end


def _revision(number: int, record: str, parents: tuple[str, ...]) -> Revision:
    fields = {"text": f"{number} {_PARAGRAPH}", "section": "F", "kind": "provision"}
    return Revision(f"rev-{number:09}", record, "entry", "case-1", "830", parents, fields, "u", "d", _NOW)


def _heads(home: OpenHome, record: str) -> tuple[str, ...]:
    return home.store.merged("case-1", record).heads


def _write(order: dict[str, Any]) -> None:
    home = open_home_with_key(Path(order["home"]), DataKey(bytes.fromhex(order["key"])), now=_NOW)
    _say(kind="open")
    if order["too_early"]:
        _acknowledge_too_early(home, order["number"])
    else:
        _save_without_end(home, order["number"])


if __name__ == "__main__":
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _write(json.loads(line))
        _say(kind="writer", process=child)
        _, status = os.waitpid(child, 0)
        _say(kind="ended", status=status)
