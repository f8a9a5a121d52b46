"""What comes from the office, written into the log in the very bytes in which it came, and what follows from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from sqlcipher3 import dbapi2

from send_desk.domain.errors import Cannot
from send_desk.wire.messages import Event, Person
from send_desk.wire.packed import Packed, digest_of, fields_of

from . import attachments, log, marks, search
from .log import Place, Step
from .mapping import PACKED_COLUMNS, packed_from, packed_row, text_of, to_json
from .outgoing import ids_as_json
from .schema import moment_text

_INSERT = (
    f"INSERT INTO revision ({PACKED_COLUMNS}, acked_at) "  # noqa: S608  constant names
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_KNOWN = (
    "SELECT id, acked_at IS NOT NULL, redacted IS NOT NULL FROM revision WHERE id IN (SELECT value FROM json_each(?))"
)
CURSOR = "sync.cursor"
"""The setting that says how far the feed was taken in."""
_ONE = f"SELECT {PACKED_COLUMNS}, acked_at FROM revision WHERE id = ?"  # noqa: S608  constant names
_ACK = "UPDATE revision SET acked_at = ?, refused_at = NULL, refused_code = NULL, refused_words = NULL WHERE id = ?"
_RECEIPT = "UPDATE revision SET receipt = ?1 WHERE id = ?2 AND receipt IS NOT ?1"
_EMPTY = "UPDATE revision SET fields = x'', extra = NULL, redacted = ? WHERE id = ?"
_PERSON = (
    "INSERT INTO colleague (id, name, role, authors) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
    "name = excluded.name, role = excluded.role, authors = excluded.authors"
)


@dataclass(slots=True)
class Received:
    """What was new in what came, by case; `redacted` are cases in which something was emptied."""

    new: int = 0
    changed: set[str] = field(default_factory=set)
    redacted: set[str] = field(default_factory=set)
    behind: set[str] = field(default_factory=set)


def receive(driver: dbapi2.Connection, revisions: Sequence[Packed], *, at: datetime) -> Received:
    """Write revisions that are not known, and let known ones that waited count as sent; inside a transaction."""
    known = {
        id_: (bool(acked), bool(redacted))
        for id_, acked, redacted in driver.execute(_KNOWN, (ids_as_json([one.id for one in revisions]),))
    }
    moment = moment_text(at)
    fresh: dict[str, Packed] = {}
    found = Received()
    for one in revisions:
        if one.id in fresh:
            continue
        if one.id not in known:
            fresh[one.id] = one
            continue
        acked, redacted = known[one.id]
        if not acked:
            known[one.id] = True, redacted
            driver.execute(_ACK, (moment, one.id))
            marks.add(driver, [packed_from(driver.execute(_ONE, (one.id,)).fetchone())])
        if one.redacted and not redacted:
            known[one.id] = True, True
            found.redacted.update(redact(driver, [one.id]))
        elif redacted and not one.redacted:
            found.behind.add(one.id)
        if one.receipt:
            driver.execute(_RECEIPT, (one.receipt, one.id))
    read = [_readable(one) for one in fresh.values()]
    driver.executemany(_INSERT, ((*packed_row(one), moment) for one in fresh.values()))
    marks.add(driver, fresh.values())
    log.bring_along(driver, read)
    attachments.expect(driver, read)
    found.new = len(fresh)
    found.changed = {one.case for one in fresh.values()} | found.redacted
    # Lines of the list are computed by services: until then the case stands there by its name alone, never outdated.
    driver.executemany("DELETE FROM summary WHERE case_id = ?", [(case,) for case in found.changed])
    return found


def redact(driver: dbapi2.Connection, revisions: Iterable[str]) -> set[str]:
    """Empty revisions and all that was made of them here; return the cases concerned."""
    places: set[Place] = set()
    for id_ in revisions:
        row = driver.execute(_ONE, (id_,)).fetchone()
        if row is None:
            continue
        packed = packed_from(row)
        if packed.redacted:
            continue
        digest = digest_of(packed)
        if row[-1] is not None:
            marks.take(driver, [packed])
        driver.execute(_EMPTY, (digest, id_))
        if row[-1] is not None:
            marks.add(driver, [packed_from(driver.execute(_ONE, (id_,)).fetchone())])
        _drop_kept(driver, packed)
        places.add((packed.case, packed.record))
    for place in sorted(places):
        log.merge_anew(driver, place)
        search.renew(driver, place)
    cases = {case for case, _ in places}
    for case in sorted(cases):
        attachments.let_go(driver, case)
        driver.execute("DELETE FROM summary WHERE case_id = ?", (case,))
    return cases


def follow(driver: dbapi2.Connection, events: Sequence[Event]) -> set[str]:
    """Do what the feed tells besides revisions, in its order; return the cases in which something was redacted."""
    redacted: set[str] = set()
    for event in sorted(events, key=lambda one: one.position):
        match event.kind:
            case "granted":
                driver.execute("DELETE FROM leaving WHERE case_id = ?", (event.case,))
            case "withdrawn":
                driver.execute(
                    "INSERT INTO leaving (case_id, seen) SELECT ?1, (SELECT value FROM setting WHERE key = ?2) "
                    "WHERE EXISTS (SELECT 1 FROM revision WHERE case_id = ?1) ON CONFLICT (case_id) DO NOTHING",
                    (event.case, CURSOR),
                )
            case "redacted":
                redacted |= redact(driver, event.revisions)
            case "person" if event.person is not None:
                meet(driver, [event.person])
            case _:
                pass  # a newer hub tells more than this program understands; nothing hangs on it
    return redacted


def meet(driver: dbapi2.Connection, people: Iterable[Person]) -> None:
    """Remember users of the authority by name."""
    rows = [(one.id, text_of(one.name), one.role, to_json(one.authors)) for one in people]
    driver.executemany(_PERSON, rows)


def _readable(packed: Packed) -> Step:
    try:
        fields = fields_of(packed)
        aware = datetime.fromisoformat(packed.made_at).tzinfo is not None
        if packed.extra:
            msgspec.json.decode(packed.extra, type=dict)
    except (msgspec.DecodeError, ValueError, RecursionError):
        aware = False
    if not aware:
        raise Cannot(
            "The office copy sent something that this program cannot read, so nothing of it was taken in. Everything "
            "on this laptop is kept. Please tell those who look after the program."
        )
    return Step(packed.id, packed.case, packed.record, packed.kind, packed.parents, fields)


def _drop_kept(driver: dbapi2.Connection, packed: Packed) -> None:
    names: list[Any] = [(packed.case, packed.record, name) for name in fields_of(packed)]
    driver.executemany("DELETE FROM kept WHERE case_id = ? AND record = ? AND field = ?", names)
