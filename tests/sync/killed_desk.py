"""A desk that saves and syncs without end until it is killed; `test_kill.py` starts it and does the killing.

It reads lines of JSON: the home, its key, the cases, a number never given before. For each it forks a desk, which
prints one line after every save that returned and after every sync; then it waits for the desk's end. Forking saves the
second that Python and the libraries take to start.
"""

import json
import os
import random
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

from send_desk import paths
from send_desk.bootstrap.clock import SystemClock
from send_desk.bootstrap.law import read_frameworks, read_word_lists
from send_desk.domain.errors import Cannot
from send_desk.domain.revision import Revision
from send_desk.services.desk import Desk
from send_desk.services.syncing import sync
from send_desk.storage.home import open_home_with_key
from send_desk.storage.keys import DataKey
from tests.model.desks import PlainDesk
from tests.sync.field import desk_of, office_of

_ENTRIES = 4
_PARAGRAPH = "Speech and language therapy in a small group, planned and reviewed with the family. " * 4


def _say(**told: object) -> None:
    os.write(1, json.dumps(told).encode() + b"\n")


def _live(order: dict[str, Any], desk: Desk) -> None:
    dice = random.Random(order["number"])  # noqa: S311  which entry is written, no secret
    number = 0
    with office_of(desk) as office:
        while True:
            for _ in range(dice.randrange(1, 4)):
                number += 1
                revision = _revision(desk, dice.choice(order["cases"]), order["number"], number, dice)
                with desk.store.write() as unit:
                    unit.append([revision])
                _say(kind="saved", revision=revision.id, case=revision.case)
            try:
                outcome = sync(desk, office)
                _say(kind="synced", sent=outcome.sent, received=outcome.received, refused=len(outcome.refused))
            except Cannot as trouble:
                _say(kind="alone", words=type(trouble).__name__)


def _revision(desk: Desk, case: str, order: int, number: int, dice: random.Random) -> Revision:
    record = f"{case}/e{dice.randrange(_ENTRIES)}"
    heads = desk.store.merged(case, record).heads
    told = {"section": "F", "kind": "provision", "order": 1, "text": f"{order} {number} {_PARAGRAPH}"}
    return Revision(
        id=desk.ids.new(),
        record=record,
        kind="entry",
        case=case,
        authority=desk.user.authority,
        parents=heads,
        fields=told,
        author=desk.user.id,
        device=desk.device,
        made_at=desk.clock.now(),
    )


def _plain(desk: Desk) -> PlainDesk:
    """The same desk without the law in its lines, which is most of the time and none of what is tried here."""
    return PlainDesk(**{one.name: getattr(desk, one.name) for one in fields(desk)})


def main() -> None:
    """Fork one desk for each order."""
    books, lists = dict(read_frameworks(paths.resources())), read_word_lists(paths.resources())
    _say(kind="ready")
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            key = DataKey(bytes.fromhex(order["key"]))
            home = open_home_with_key(Path(order["home"]), key, now=SystemClock().now())
            _live(order, _plain(desk_of(home, books, lists)))
        _say(kind="begun", process=child)
        _, status = os.waitpid(child, 0)
        _say(kind="ended", status=status)


if __name__ == "__main__":
    main()
