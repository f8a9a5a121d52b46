"""The log and the records that are projected from it, brought along with every append.

A record whose new revision names its one head grows by the fields set; any other shape is merged anew from its whole
history by `domain.revision.merge`, so that both ways give what `rebuild` gives.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlcipher3 import dbapi2

from send_desk.domain.ids import RecordKind
from send_desk.domain.revision import DELETED, Merged, Revision, merge

from .mapping import REVISION_COLUMNS, fields_of, ids_of, revision_from, revision_row, to_json

_INSERT = (
    f"INSERT INTO revision ({REVISION_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "  # noqa: S608  constant names
    "ON CONFLICT (id) DO NOTHING"
)
_HISTORY = f"SELECT {REVISION_COLUMNS} FROM revision WHERE record = ? AND case_id = ? ORDER BY seq"  # noqa: S608  constant names
_RECORD = "SELECT kind, fields, heads, forked FROM record WHERE case_id = ? AND record = ?"
_ANY_RECORD = "SELECT 1 FROM record WHERE case_id = ? LIMIT 1"
_PUT_RECORD = (
    "INSERT INTO record (case_id, record, kind, fields, heads, deleted, forked) VALUES (?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (case_id, record) DO UPDATE SET kind = excluded.kind, fields = excluded.fields, "
    "heads = excluded.heads, deleted = excluded.deleted, forked = excluded.forked"
)
_PUT_CASE_KEY = (
    "INSERT INTO case_key (case_id, reference, reference_key, upn, name) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (case_id) DO UPDATE SET reference = excluded.reference, reference_key = excluded.reference_key, "
    "upn = excluded.upn, name = excluded.name"
)
Place = tuple[str, str]
"""A record's place: its case and its id."""


@dataclass(slots=True)
class _Standing:
    """A record as it stands before or after an append."""

    kind: str
    fields: dict[str, Any]
    heads: tuple[str, ...]
    forked: bool

    def follow(self, revision: "Revision | Step") -> bool:
        """Take one more revision on a clean line; False where the shape of the history asks for a merge."""
        if self.forked or revision.parents != self.heads:
            return False
        self.fields.update(revision.fields)
        self.heads = (revision.id,)
        return True


def append(driver: dbapi2.Connection, revisions: Sequence[Revision]) -> list[Revision]:
    """Write revisions into the log and their records into the projection; return those that were new."""
    new = [one for one in revisions if driver.execute(_INSERT, revision_row(one)).rowcount > 0]
    bring_along(driver, new)
    return new


class Step(msgspec.Struct, frozen=True):
    """What the records need to know of a revision; a first download makes fifty thousand of them."""

    id: str
    case: str
    record: str
    kind: str
    parents: tuple[str, ...]
    fields: Mapping[str, Any]


def bring_along(driver: dbapi2.Connection, new: Sequence[Revision | Step]) -> None:
    """Bring the records up to revisions that have just been written into the log."""
    several: dict[Place, list[Revision | Step]] = {}
    for revision in new:
        several.setdefault((revision.case, revision.record), []).append(revision)
    # Of a case that has only just come nothing stands yet, and its records need not be asked for one by one.
    blank = {case for case in {case for case, _ in several} if driver.execute(_ANY_RECORD, (case,)).fetchone() is None}
    standing: dict[Place, _Standing] = {}
    for place, added in several.items():
        kind = added[0].kind
        record = _nothing(kind) if place[0] in blank else _standing(driver, place, kind)
        followed = all(record.follow(revision) for revision in added)
        standing[place] = record if followed else _merged_standing(driver, place)
    _put(driver, standing)


def merge_anew(driver: dbapi2.Connection, place: Place) -> None:
    """Make one record anew from its whole history, because something in it is not what it was."""
    _put(driver, {place: _merged_standing(driver, place)})


def history(driver: dbapi2.Connection, place: Place) -> list[Revision]:
    """Return every revision of a record in the order of arrival."""
    return [revision_from(row) for row in driver.execute(_HISTORY, (place[1], place[0]))]


def merged(driver: dbapi2.Connection, place: Place) -> Merged:
    """Merge a record's whole history."""
    return merge(history(driver, place))


def rebuild(driver: dbapi2.Connection) -> None:
    """Throw the records away and make them anew from the log, inside the caller's transaction."""
    driver.execute("DELETE FROM record")
    driver.execute("DELETE FROM case_key")
    places = driver.execute("SELECT DISTINCT case_id, record FROM revision ORDER BY case_id, record").fetchall()
    for place in places:
        _put(driver, {place: _merged_standing(driver, place)})


def _nothing(kind: str) -> _Standing:
    return _Standing(kind=str(kind), fields={}, heads=(), forked=False)


def _standing(driver: dbapi2.Connection, place: Place, kind: str) -> _Standing:
    row = driver.execute(_RECORD, place).fetchone()
    if row is None:
        return _nothing(kind)
    return _Standing(kind=row[0], fields=fields_of(row[1]), heads=ids_of(row[2]), forked=bool(row[3]))


def _merged_standing(driver: dbapi2.Connection, place: Place) -> _Standing:
    known = history(driver, place)
    whole = merge(known)
    # The kind is that of the revision that began the record, the same whatever the order of arrival.
    kind = str(min(known, key=lambda revision: (bool(revision.parents), revision.id)).kind)
    forked = len(whole.heads) > 1 or bool(whole.conflicts)
    return _Standing(kind=kind, fields=dict(whole.fields), heads=whole.heads, forked=forked)


def _put(driver: dbapi2.Connection, standing: Mapping[Place, _Standing]) -> None:
    driver.executemany(_PUT_RECORD, _record_rows(standing))
    for (case, record), whole in standing.items():
        if whole.kind == RecordKind.CASE and record == case:
            _put_case_key(driver, case, whole)


def _record_rows(standing: Mapping[Place, _Standing]) -> Iterable[tuple[object, ...]]:
    for (case, record), whole in standing.items():
        deleted = bool(whole.fields.get(DELETED, False))
        yield case, record, whole.kind, to_json(whole.fields), to_json(whole.heads), deleted, whole.forked


def _put_case_key(driver: dbapi2.Connection, case: str, whole: _Standing) -> None:
    if whole.fields.get(DELETED, False):
        driver.execute("DELETE FROM case_key WHERE case_id = ?", (case,))
        return
    told = {name: str(whole.fields.get(name) or "") for name in ("reference", "child.upn")}
    names = (str(whole.fields.get(f"child.{part}") or "") for part in ("first_names", "surname"))
    reference = told["reference"]
    name = " ".join(names).strip() or reference
    driver.execute(_PUT_CASE_KEY, (case, reference, reference_key(reference), told["child.upn"].upper(), name))


def reference_key(reference: str) -> str:
    """Return a reference as it is compared: without case and outer spaces."""
    return reference.strip().casefold()
