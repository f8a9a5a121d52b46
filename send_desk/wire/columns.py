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
    except (KeyError, TypeError, IndexError, AttributeError, OverflowError, msgspec.MsgspecError) as fault:
        raise Crooked("the columns of the revisions do not fit together") from fault


def _read(columns: Mapping[str, Any]) -> list[Packed]:
    n = columns.get("n", 0)
    if not isinstance(n, int) or n < 0:
        raise Crooked("the number of revisions is none")
    if n == 0:
        return []
    # These two first: a number of rows that nothing stands behind must never be multiplied by.
    parents = [tuple(each) for each in _long(columns["parents"], n)]
    _of([parent for each in parents for parent in each], str)
    bodies = _of(_long(columns["body"], n), bytes)
    whole = [_of(_column(columns, name, n), str) for name in _NAMED]
    schema = _of(_column(columns, "schema", n, default=1), int)
    if not all(whole[0]):
        raise Crooked("a revision has no id")
    extra, redacted, receipt = (_sparse(columns, name, n) for name in _SPARSE)
    if newer := [name for name in columns if name not in _KNOWN]:
        extra = [_with_newer(columns, newer, place, n, each) for place, each in enumerate(extra)]
    id_, record, kind, case, authority, author, device, made_at = whole
    # In the order of the fields of `Packed`: by place this costs half of what it costs by name, and there are many.
    return list(
        map(
            Packed, id_, record, kind, case, authority, parents, author, device, made_at, schema, bodies, extra,
            redacted, receipt,
        )
    )  # fmt: skip


def _column(columns: Mapping[str, Any], name: str, n: int, *, default: object = "") -> Sequence[Any]:
    values = columns.get(name, [default])
    if not isinstance(values, list | tuple) or len(values) not in (1, n):
        raise Crooked(f"the column {name} is longer or shorter than the others")
    return values if len(values) == n else values * n


def _long(values: Any, n: int) -> Sequence[Any]:
    if not isinstance(values, list | tuple) or len(values) != n:
        raise Crooked("a column is longer or shorter than the others")
    return values


def _of(values: Sequence[Any], kind: type) -> Sequence[Any]:
    # By the whole column: looking at every value by itself takes longer than all the rest of the reading.
    if set(map(type, values)) - {kind}:
        raise Crooked("a value of a revision is of the wrong kind")
    return values


def _sparse(columns: Mapping[str, Any], name: str, n: int) -> Sequence[bytes]:
    told = columns.get(name)
    if not told:
        return [b""] * n
    values = [b""] * n
    for place, value in told.items():
        if type(place) is not int or not 0 <= place < n:
            raise Crooked(f"the column {name} tells of a row that is not there")
        values[place] = value
    return _of(values, bytes)


def _with_newer(columns: Mapping[str, Any], newer: Sequence[str], place: int, n: int, extra: bytes) -> bytes:
    told: dict[str, Any] = dict(msgspec.json.decode(extra)) if extra else {}
    for name in newer:
        values = columns[name]
        value = values.get(place) if isinstance(values, Mapping) else _column(columns, name, n)[place]
        if value is not None:
            told[name] = value
    return _json.encode(told) if told else b""
