"""What waits for the office, what it answered, and the tray of what it did not take."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlcipher3 import dbapi2

from send_desk.services.sync_store import RefusedChange
from send_desk.wire.messages import Refusal
from send_desk.wire.packed import Packed

from . import marks
from .mapping import PACKED_COLUMNS, fields_of, packed_from
from .schema import WAITING, moment_text

# By the small index of what waits: left to itself, the planner reads the whole log from its beginning.
_ANY = (
    f"SELECT {PACKED_COLUMNS} FROM revision WHERE seq IN (SELECT seq FROM revision INDEXED BY ix_revision_waiting "  # noqa: S608  constant names
    f"WHERE {WAITING} ORDER BY seq LIMIT ?) ORDER BY seq"
)
_OF_CASE = f"SELECT {PACKED_COLUMNS} FROM revision WHERE {WAITING} AND case_id = ? ORDER BY seq LIMIT ?"  # noqa: S608  constant names
_COUNT = f"SELECT count(*) FROM revision WHERE {WAITING}"  # noqa: S608  constant names
_TAKE = (
    "UPDATE revision SET acked_at = ?, refused_at = NULL, refused_code = NULL, refused_words = NULL "
    "WHERE id = ? AND acked_at IS NULL"
)
_REFUSE = "UPDATE revision SET refused_at = ?, refused_code = ?, refused_words = ? WHERE id = ? AND acked_at IS NULL"
_AGAIN = "UPDATE revision SET refused_at = NULL, refused_code = NULL, refused_words = NULL WHERE id = ? AND "
_CHANGES = "SELECT id, case_id, record, kind, fields, refused_code, refused_words, refused_at, made_at FROM revision"
_TRAY = f"{_CHANGES} WHERE refused_at IS NOT NULL ORDER BY seq"
_WAITING = f"{_CHANGES} WHERE {WAITING} ORDER BY seq"
_ACKED = (
    f"SELECT {PACKED_COLUMNS} FROM revision WHERE record IN (SELECT record FROM record WHERE case_id = ?1) "  # noqa: S608  constant names
    "AND case_id = ?1 AND acked_at IS NOT NULL"
)
_ROUGHLY = 400
"""About how many bytes a revision has besides its body."""


def outbox(driver: dbapi2.Connection, case: str | None, *, most: int, most_bytes: int) -> tuple[Packed, ...]:
    """Return the oldest revisions that wait, no more than fit; at least one where any waits."""
    rows = driver.execute(_ANY, (most,)) if case is None else driver.execute(_OF_CASE, (case, most))
    batch: list[Packed] = []
    size = 0
    for row in rows:
        packed = packed_from(row)
        size += len(packed.body) + len(packed.extra) + _ROUGHLY
        if batch and size > most_bytes:
            break
        batch.append(packed)
    rows.close()
    return tuple(batch)


def pending(driver: dbapi2.Connection, case: str | None) -> int:
    """Return how many revisions wait."""
    if case is None:
        return int(driver.execute(_COUNT).fetchone()[0])
    return int(driver.execute(f"{_COUNT} AND case_id = ?", (case,)).fetchone()[0])


def pending_since(driver: dbapi2.Connection, seq: int) -> int:
    """Return how many changes wait that came into the log after a place of it, words in work included."""
    kept = int(driver.execute("SELECT count(*) FROM kept").fetchone()[0])
    return kept + int(driver.execute(f"{_COUNT} AND seq > ?", (seq,)).fetchone()[0])


def settle(
    driver: dbapi2.Connection,
    taken: Sequence[Packed],
    *,
    at: datetime,
    refused: Sequence[Refusal],
    given: Sequence[tuple[int, int]],
    reads: Sequence[str],
) -> None:
    """Store an answer to a push, inside the caller's transaction."""
    moment = moment_text(at)
    marks.add(driver, [one for one in taken if driver.execute(_TAKE, (moment, one.id)).rowcount])
    driver.executemany(_REFUSE, [(moment, one.code, one.words, one.revision) for one in refused])
    driver.executemany(
        "INSERT INTO had (first, last) VALUES (?, ?) ON CONFLICT (first) DO UPDATE SET last = max(last, excluded.last)",
        given,
    )
    driver.executemany("DELETE FROM read WHERE id = ?", [(one,) for one in reads])


def send_again(driver: dbapi2.Connection, case: str, *, but: Collection[str]) -> int:
    """Let acknowledged revisions of a case wait once more, because the office does not have them (any more)."""
    kept = frozenset(but)
    again = [packed for row in driver.execute(_ACKED, (case,)) if (packed := packed_from(row)).id not in kept]
    marks.take(driver, again)
    driver.executemany("UPDATE revision SET acked_at = NULL WHERE id = ?", [(one.id,) for one in again])
    return len(again)


def try_again(driver: dbapi2.Connection, revision: str) -> bool:
    """Take a revision out of the tray, so that it waits again."""
    return bool(driver.execute(f"{_AGAIN} refused_at IS NOT NULL", (revision,)).rowcount)


def tray(driver: dbapi2.Connection) -> tuple[RefusedChange, ...]:
    """Return what was refused, oldest first."""
    return tuple(_change(row) for row in driver.execute(_TRAY))


def waiting_changes(driver: dbapi2.Connection) -> tuple[RefusedChange, ...]:
    """Return what waits, oldest first."""
    return tuple(_change(row) for row in driver.execute(_WAITING))


def _change(row: Sequence[Any]) -> RefusedChange:
    made_at = datetime.fromisoformat(row[8])
    return RefusedChange(
        revision=row[0],
        case=row[1],
        record=row[2],
        kind=row[3],
        fields=fields_of(row[4]),
        code=row[5] or "",
        words=row[6] or "",
        at=datetime.fromisoformat(row[7]) if row[7] else made_at,
        made_at=made_at,
    )


def ids_as_json(ids: Sequence[str]) -> str:
    """Return ids as SQLite's `json_each` reads them: one question for a thousand."""
    return json.dumps(list(ids))
