"""Rows of the central database as the values of the wire, in the order in which its functions answer them."""

from collections.abc import Mapping, Sequence
from typing import Any

from send_desk.wire.messages import Event, Person
from send_desk.wire.packed import Packed

Row = Mapping[str, Any]


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
    """Whether PostgreSQL can hold a revision's words: it takes no NUL, and UTF-8 has no half of a pair."""
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
    return bool(packed.id) and "\0" not in joined and not any("\ud800" <= letter <= "\udfff" for letter in joined)
