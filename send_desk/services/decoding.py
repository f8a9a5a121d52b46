"""Flat fields of a record to a value of the domain; what cannot be read as its type is kept beside, never lost."""

from collections.abc import Mapping, Set
from dataclasses import MISSING, fields
from functools import cache
from types import NoneType
from typing import Any, get_args

import msgspec

from send_desk.domain.entry import Entry
from send_desk.domain.revision import DELETED
from send_desk.domain.text import Text, from_value

from . import nesting
from .nesting import Group, hints


class Unreadable(ValueError):
    """A record that this program cannot make sense of: a newer desk's section or kind, or a damaged one."""


def decode(cls: Any, id_: str | None, named: Mapping[str, object]) -> Any:
    """Return a value of the domain from flat fields; `Unreadable` where it makes no sense without what lacks."""
    known, extra = read_fields(cls, named, hints(cls).keys() - {"extra", "id", "events"})
    values = {**_required_blanks(cls), **({} if id_ is None else {"id": id_}), **known}
    if not _required(cls) <= values.keys():
        raise Unreadable(f"a record lacks {', '.join(sorted(_required(cls) - values.keys()))}")
    return cls(**values, extra=extra)


def read_fields(cls: Any, named: Mapping[str, object], names: Set[str]) -> tuple[dict[str, Any], dict[str, object]]:
    """Read what this program knows of a record, field by field; what it does not know comes back beside it."""
    types, groups = hints(cls), nesting.groups(cls)
    known: dict[str, Any] = {}
    extra: dict[str, object] = {}
    parts: dict[str, dict[str, object]] = {}
    for name, value in named.items():
        if value is None or name == DELETED:
            continue
        group, dot, inner = name.partition(".")
        if dot and group in groups:
            parts.setdefault(group, {})[inner] = value
        elif name == "text" and cls is Entry:
            known["text"] = read_text(value)
        elif name in names:
            _read(types[name], name, value, known, extra)
        else:
            extra[name] = value
    for name, inner_values in parts.items():
        _join(name, groups[name], inner_values, known, extra)
    return known, extra


def _join(
    name: str, group: Group, parts: Mapping[str, object], known: dict[str, Any], extra: dict[str, object]
) -> None:
    # One by one, so that a field of a newer desk does not take its neighbours along.
    inner_known: dict[str, Any] = {}
    more: dict[str, object] = {}
    for inner, value in parts.items():
        unread: dict[str, object] = {}
        if group.type is None:
            if isinstance(value, str):
                inner_known[inner] = value
            else:
                _read(group.value, inner, value, inner_known, unread)
        elif inner in hints(group.type) and inner != "extra":
            _read(hints(group.type)[inner], inner, value, inner_known, unread)
        elif group.keeps_more:
            more[inner] = value
        else:
            unread[inner] = value
        extra.update({f"{name}.{each}": kept for each, kept in unread.items()})
    if inner_known or more:
        known[name] = nesting.joined(group, inner_known, more)


def read_text(value: object) -> Text:
    """Return the text of an entry; `Unreadable` where it is none."""
    try:
        return from_value(value)
    except (ValueError, RecursionError):
        raise Unreadable("a text of an unknown form") from None


def _read(hint: Any, name: str, value: object, known: dict[str, Any], extra: dict[str, object]) -> None:
    structure = nesting.holds_structures(hint)
    try:
        known[name] = msgspec.convert(value, hint) if structure is None else nesting.structures(structure, value)
    except (msgspec.ValidationError, RecursionError):
        extra[name] = value


@cache
def _required(cls: Any) -> frozenset[str]:
    return frozenset(one.name for one in fields(cls) if one.default is MISSING and one.default_factory is MISSING)


@cache
def _required_blanks(cls: Any) -> dict[str, Any]:
    """What a required field is when the record does not give it: no day, and no words in a damaged or newer one."""
    required, types = _required(cls), hints(cls)
    blanks: dict[str, Any] = {name: None for name in required if NoneType in get_args(types[name])}
    return blanks | {name: "" for name in required if types[name] is str}
