"""Many revisions as columns: what is alike stands together, and a column that this version does not know is carried on.

A newer desk's further columns become `Packed.extra`; a column that an older one does not send is read as its default.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from .packed import Packed

Columns = dict[str, Any]
"""`n` and one list of `n` values for each column; sparse ones map the place of a row to its value."""

_NAMED = ("id", "record", "kind", "case", "authority", "author", "device", "made_at")
_SPARSE = ("extra", "redacted", "receipt")
_KNOWN = frozenset({"n", "parents", "schema", "body", *_NAMED, *_SPARSE})
_json = msgspec.json.Encoder(order="sorted")


class Crooked(ValueError):
    """Columns that do not fit together: what came is no list of revisions."""


def to_columns(revisions: Sequence[Packed]) -> Columns:
    """Return revisions as columns; a value that stands in every row is written once."""
    columns: Columns = {"n": len(revisions)}
    for name in (*_NAMED, "schema"):
        values = [getattr(one, name) for one in revisions]
        columns[name] = values[:1] if len(set(values)) == 1 else values
    columns["parents"] = [list(one.parents) for one in revisions]
    columns["body"] = [one.body for one in revisions]
    for name in _SPARSE:
        if told := {place: value for place, one in enumerate(revisions) if (value := getattr(one, name))}:
            columns[name] = told
    return columns


def from_columns(columns: Mapping[str, Any]) -> list[Packed]:
    """Return the revisions of columns; `Crooked` where they are none."""
    try:
        return _read(columns)
    except (KeyError, TypeError, IndexError, AttributeError, OverflowError) as fault:
        raise Crooked("the columns of the revisions do not fit together") from fault


def _read(columns: Mapping[str, Any]) -> list[Packed]:
    n = columns.get("n", 0)
    if not isinstance(n, int) or n < 0:
        raise Crooked("the number of revisions is none")
    parents, bodies = columns["parents"] if n else [], columns["body"] if n else []
    if len(parents) != n or len(bodies) != n:  # first, so that a number without rows behind it is never multiplied by
        raise Crooked("a column is longer or shorter than the others")
    whole = {name: _column(columns, name, n) for name in _NAMED}
    schema = _column(columns, "schema", n, default=1)
    sparse = {name: columns.get(name) or {} for name in _SPARSE}
    newer = [name for name in columns if name not in _KNOWN]
    return [
        _checked(
            Packed(
                **{name: whole[name][place] for name in _NAMED},
                schema=schema[place],
                parents=tuple(parents[place]),
                body=bodies[place],
                extra=_extra(columns, newer, place, n, sparse["extra"].get(place, b"")),
                redacted=sparse["redacted"].get(place, b""),
                receipt=sparse["receipt"].get(place, b""),
            )
        )
        for place in range(n)
    ]


def _column(columns: Mapping[str, Any], name: str, n: int, *, default: object = "") -> Sequence[Any]:
    values = columns.get(name, [default])
    if not isinstance(values, list | tuple) or len(values) not in (1, n):
        raise Crooked(f"the column {name} is longer or shorter than the others")
    return values if len(values) == n else values * n


def _extra(columns: Mapping[str, Any], newer: Sequence[str], place: int, n: int, extra: bytes) -> bytes:
    if not newer:
        return extra
    told: dict[str, Any] = dict(msgspec.json.decode(extra)) if extra else {}
    for name in newer:
        values = columns[name]
        value = values.get(place) if isinstance(values, Mapping) else _column(columns, name, n)[place]
        if value is not None:
            told[name] = value
    return _json.encode(told) if told else b""


def _checked(one: Packed) -> Packed:
    words = (one.id, one.record, one.kind, one.case, one.authority, one.author, one.device, one.made_at, *one.parents)
    data = (one.body, one.extra, one.redacted, one.receipt)
    if not all(isinstance(word, str) for word in words) or not all(isinstance(each, bytes) for each in data):
        raise Crooked("a value of a revision is of the wrong kind")
    if not one.id or isinstance(one.schema, bool) or not isinstance(one.schema, int):
        raise Crooked("a revision has no id or no version")
    return one
