"""A first download of 50,000 revisions against COPY, decoding and SQLCipher's executemany of the same rows.

Bytes and turns are those that went over the wire. The time at 10 Mbit/s and 50 ms a turn is the measured time with
what such a line adds, as if nothing of it happened side by side.
"""

import gc
import random
import secrets
import shutil
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import uuid_utils
from county import County
from measure import By, Spent, once, say_limit, say_ratio
from prose import edited, sentence_of
from sqlcipher3 import dbapi2

sys.path.insert(0, str(Path(__file__).with_name("load")))

from hub import AUTHORITY, PASSWORD, Hub, running_hub

from send_desk.bootstrap.laptop import Laptop
from send_desk.domain.ids import Role
from send_desk.domain.revision import Revision
from send_desk.services.desk import Desk
from send_desk.services.enrolling import enrol
from send_desk.services.office import Office
from send_desk.services.sync_outcome import Outcome
from send_desk.services.syncing import sync

_REVISIONS = 50_000
_CASES = 100
_ENTRIES = 50
_BYTES = 956
_FRAME = 16
"""What the JSON of a body takes besides its words."""
_SOME = 200
_MBIT, _TURN = 10, 0.05


def run(county: County) -> None:
    """Fill one laptop and send its work, take it on another, and measure both ways and the peer."""
    del county
    gc.set_threshold(50_000)  # as `bootstrap` sets it for every command and the window
    folder = Path(tempfile.mkdtemp(prefix="send-desk-bench-sync-"))
    try:
        with running_hub() as hub:
            (user,) = hub.users(1)
            with desk_at(folder / "one", hub, user) as one, desk_at(folder / "two", hub, user) as two:
                write_edits(one, _REVISIONS)
                sent, _ = timed(one)
                say_limit("sync: first upload", sent.wall / 1000, "s", limit=60, revisions=_REVISIONS)
                taken, outcome = timed(two)
                peer = once(lambda: _peer(hub, folder / "peer.db"))
                told = {"revisions": outcome.received, "bytes": outcome.bytes_down, "turns": outcome.turns}
                say_ratio("sync: full history", [taken], [peer], goal=2.0, by=By.WALL, **told)
                line = taken.wall / 1000 + (outcome.bytes_up + outcome.bytes_down) * 8 / _MBIT / 1e6
                say_limit("sync: full history at 10 Mbit/s and 50 ms", line + outcome.turns * _TURN, "s", limit=8)
                write_edits(one, _SOME)
                _say_small("push 200", *timed(one))
                _say_small("pull 200", *timed(two))
                _say_small("nothing to do", *timed(two))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Side:
    """A desk with its way to the office, and what was written on it so far: each edit follows the one before."""

    desk: Desk
    office: Office
    words: dict[str, str] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)


@contextmanager
def desk_at(home: Path, hub: Hub, user: str) -> Iterator[Side]:
    """Make a home, enrol it, and lend its desk with its way to the office."""
    laptop = Laptop(Namespace(home=home, today=None, passphrase_file=None))
    opened = laptop.make_home(PASSWORD, authority=AUTHORITY, user=user, role=Role.CASEWORKER)
    desk = laptop.desk_of(opened)
    enrol(desk, laptop.door(), hub=hub.url, user=user, password=PASSWORD)
    try:
        yield Side(desk, laptop.office(desk))
    finally:
        opened.close()


def synced(side: Side) -> Outcome:
    """Sync one desk."""
    return sync(side.desk, side.office)


def timed(side: Side) -> tuple[Spent, Outcome]:
    """Sync one desk, and say what it took."""
    outcomes: list[Outcome] = []
    spent = once(lambda: outcomes.append(synced(side)))
    return spent, outcomes[0]


def _say_small(name: str, spent: Spent, outcome: Outcome) -> None:
    figures = {"sent": outcome.sent, "received": outcome.received, "turns": outcome.turns}
    size = outcome.bytes_up + outcome.bytes_down
    say_limit(f"sync: {name}", spent.wall, "ms", limit=2000, bytes=size, **figures)


def write_edits(side: Side, count: int) -> None:
    """Write edits of entries as a writer makes them: each one the words before with a change."""
    desk, words, heads = side.desk, side.words, side.heads
    rng = random.Random(count)
    start = datetime(2026, 3, 3, 9, tzinfo=UTC)
    revisions: list[Revision] = []
    for number in range(count):
        case = f"bench-{number % _CASES:03}"
        record = f"{case}/entry-{number // _CASES % _ENTRIES:02}"
        words[record] = edited(words[record], rng) if record in words else sentence_of(_BYTES - _FRAME, rng)
        id_ = str(uuid_utils.uuid7())
        revisions.append(
            Revision(
                id=id_,
                record=record,
                kind="entry",
                case=case,
                authority=AUTHORITY,
                parents=(heads[record],) if record in heads else (),
                fields={"section": "B", "kind": "need", "text": words[record]},
                author=desk.user.id,
                device=desk.device,
                made_at=start + timedelta(seconds=number),
            )
        )
        heads[record] = id_
    for first in range(0, count, 1000):
        with desk.store.write() as unit:
            unit.append(revisions[first : first + 1000])


def _peer(hub: Hub, path: Path) -> None:
    """Take every row by COPY, decode it, and put it into an encrypted table in one transaction."""
    bare = dbapi2.connect(path, isolation_level=None)
    bare.execute(f"PRAGMA key = \"x'{secrets.token_hex(32)}'\"")
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute(
        "CREATE TABLE revision (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, record TEXT, kind TEXT, case_id TEXT, "
        "authority TEXT, parents TEXT, fields BLOB, author TEXT, device TEXT, made_at TEXT, schema_version INTEGER)"
    )
    with psycopg.connect(hub.database) as link, link.cursor() as cursor:
        query = (
            "COPY (SELECT revision, record, kind, case_id, authority, parents::text, body, author, device, made_at, "
            "schema_version FROM send_desk.revision ORDER BY case_id, record, revision) TO STDOUT (FORMAT BINARY)"
        )
        with cursor.copy(query) as copy:
            copy.set_types(["text", "text", "text", "text", "text", "text", "bytea", "text", "text", "text", "int8"])
            rows = list(copy.rows())
    bare.execute("BEGIN IMMEDIATE")
    bare.executemany(
        "INSERT INTO revision (id, record, kind, case_id, authority, parents, fields, author, device, made_at, "
        "schema_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    bare.execute("COMMIT")
    bare.close()
