"""Between the values of the wire and the rows and columns of the central database's functions."""

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg.types.json import Jsonb

from send_desk.wire.messages import Event, Person, Read
from send_desk.wire.packed import Mark, Packed

from .central import Offered

Row = Mapping[str, Any]

_LARGEST_INT = 2**63
_LONGEST_KEY = 2500
"""The most bytes of a revision's place in its case: a row of a PostgreSQL index has 2,704 at most."""


def to_packed(row: Row, *, authority: str, id_: str) -> Packed:
    """Return the revision of a row; its authority is not told with every row."""
    return Packed(
        id=id_,
        record=row["record"],
        kind=row["kind"],
        case=row["case_id"],
        authority=authority,
        parents=tuple(row["parents"]),
        author=row["author"],
        device=row["device"],
        made_at=row["made_at"],
        schema=row["schema_version"],
        body=row["body"],
        extra=row["extra"],
        redacted=row["redacted"],
    )


def to_event(row: Row) -> Event:
    """Return the event of a row of the feed."""
    return Event(
        kind=row["kind"],
        id=row["item"],
        position=row["pos"],
        case=row["case_id"],
        revisions=tuple(row["revisions"] or ()),
        person=None
        if row["person"] is None
        else Person(
            id=row["person"],
            name=row["person_name"],
            role=row["person_role"],
            authors=tuple(row["person_authors"] or ()),
        ),
    )


def is_storable(packed: Packed) -> bool:
    """Whether PostgreSQL can hold a revision: no NUL, no half of a pair of UTF-16, no id beyond an index."""
    words: Sequence[str] = (
        packed.id,
        packed.record,
        packed.kind,
        packed.case,
        packed.authority,
        packed.author,
        packed.device,
        packed.made_at,
        *packed.parents,
    )
    joined = "\n".join(words)
    if not packed.id or "\0" in joined or not -_LARGEST_INT <= packed.schema < _LARGEST_INT:
        return False
    try:
        joined.encode()
    except UnicodeEncodeError:
        return False
    return len("".join((packed.authority, packed.case, packed.record, packed.id)).encode()) <= _LONGEST_KEY


def columns_of(offered: Sequence[Offered]) -> tuple[object, ...]:
    """Return offered revisions as the columns that the function `push` takes, in its order."""
    packed = [one.packed for one in offered]
    return (
        [one.authority for one in packed],
        [one.id for one in packed],
        [one.record for one in packed],
        [one.kind for one in packed],
        [one.case for one in packed],
        Jsonb([list(one.parents) for one in packed]),
        [one.author for one in packed],
        [one.device for one in packed],
        [one.made_at for one in packed],
        [one.schema for one in packed],
        [one.body for one in packed],
        [one.extra for one in packed],
        [one.redacted for one in packed],
        [one.digest for one in offered],
        [one.mark for one in offered],
        [one.vouched for one in offered],
        [one.final for one in offered],
        ["" if one.needs is None else str(one.needs) for one in offered],
        [one.reference for one in offered],
    )


def columns_of_expected(expects: Mapping[str, Mark]) -> tuple[object, ...]:
    """Return what a push rests upon as columns: cases, counts, digests."""
    marks = list(expects.values())
    return list(expects), [mark.count for mark in marks], [mark.digest for mark in marks]


def columns_of_reads(reads: Sequence[Read]) -> tuple[object, ...]:
    """Return who looked as columns; what PostgreSQL cannot hold is left out of the words."""
    columns = [(read.id, read.case, read.what, read.at, read.detail) for read in reads]
    return tuple([value.replace("\0", "") for value in column] for column in zip(*columns, strict=True))
