"""Nested values of a record (an officer, an adviser, pronouns) as fields of their own, and back.

`officer.name` and `officer.phone` are two fields, so that two people's changes of them never meet and what a newer desk
says of an officer besides survives this desk's edit. Earlier revisions hold such a value whole; both forms are read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

_PLAIN = frozenset({str, int, float, bool, NoneType})
"""What stands in a row as it is; a subclass, such as a letter of the law, is made plain first."""


@dataclass(frozen=True, slots=True)
class Group:
    """A field whose value is spread: its type and whether it may lack; for a mapping of names, what that holds."""

    type: Any
    optional: bool = False
    value: Any = None

    @property
    def keeps_more(self) -> bool:
        """Whether the value has a place of its own for what is unknown here."""
        return self.type is not None and "extra" in hints(self.type)


@cache
def hints(cls: Any) -> dict[str, Any]:
    """Return the types of the fields of a dataclass."""
    return get_type_hints(cls)


@cache
def groups(cls: Any) -> Mapping[str, Group]:
    """Return the fields of a record that are spread; a child has rows of its own names already."""
    found: dict[str, Group] = {}
    for name, hint in hints(cls).items():
        several = get_args(hint)
        plain = next((one for one in several if one is not NoneType), hint) if NoneType in several else hint
        if is_dataclass(plain) and name != "child":
            found[name] = Group(plain, plain is not hint)
        elif name == "fields":
            found[name] = Group(None, value=get_args(hint)[1])
    return found


@cache
def holds_structures(hint: Any) -> Any:
    """Return the dataclass of which a field holds a list, or None."""
    inner = get_args(hint)[0] if get_origin(hint) is tuple else None
    return inner if inner is not None and is_dataclass(inner) else None


def flat(cls: Any, named: Mapping[str, object], *, prefix: str = "") -> Mapping[str, object]:
    """Return fields with every nested value that stands whole spread out; what is set by its own name goes before it.

    A whole value sets all of its parts, those that it does not name to None.
    """
    out: dict[str, object] | None = None
    for name, group in groups(cls).items():
        whole = prefix + name
        if whole not in named:
            continue
        value = named[whole]
        if value is not None and not isinstance(value, Mapping):
            continue
        out = dict(named) if out is None else out
        del out[whole]
        for inner, part in _parts(group, value or {}).items():
            out.setdefault(f"{whole}.{inner}", part)
    return named if out is None else out


def spread(name: str, group: Group, value: Any) -> Iterator[tuple[str, object]]:
    """Yield the parts of a nested value under flat names; those equal to their defaults only where it may lack."""
    if group.type is None:
        for inner, part in value.items():
            yield f"{name}.{inner}", plain(part)
    elif value is not None:
        if group.keeps_more:
            for inner, part in value.extra.items():
                yield f"{name}.{inner}", part
        for inner, default in _inner_fields(group.type):
            part = getattr(value, inner)
            if group.optional or part != default:
                yield f"{name}.{inner}", plain(part)


def joined(group: Group, known: Mapping[str, Any], more: Mapping[str, object]) -> Any:
    """Return the nested value of its parts; `more` is what is unknown here, where the value keeps that."""
    if group.type is None:
        return dict(known)
    return group.type(**known, extra=dict(more)) if group.keeps_more else group.type(**known)


def structures(cls: Any, value: object) -> tuple[Any, ...]:
    """Read a list of structures, each with what is unknown in it; `msgspec.ValidationError` where it is none."""
    read: tuple[Any, ...] = msgspec.convert(value, tuple[cls, ...])
    if not isinstance(value, list | tuple):
        return read
    names = hints(cls)
    return tuple(
        replace(one, extra={name: part for name, part in each.items() if name not in names})
        if isinstance(each, Mapping) and not each.keys() <= names.keys()
        else one
        for one, each in zip(read, value, strict=True)
    )


def plain(value: Any) -> object:
    """Return a value as a row holds it: plain JSON, structures with what is unknown in them."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, tuple) and value and _is_structure(value[0]):
        return [_structure(one) for one in value]
    return msgspec.to_builtins(value)


def _is_structure(value: Any) -> bool:
    return is_dataclass(value) and hasattr(value, "extra")


def _structure(value: Any) -> dict[str, object]:
    named: dict[str, object] = msgspec.to_builtins(value)
    named.pop("extra")
    return {**value.extra, **named} if value.extra else named


def _parts(group: Group, value: Mapping[str, object]) -> dict[str, object]:
    if group.type is None:
        return dict(value)
    blank: dict[str, object] = dict.fromkeys(name for name, _ in _inner_fields(group.type))
    more = value.get("extra") if group.keeps_more else None
    given = {name: part for name, part in value.items() if not (name == "extra" and isinstance(more, Mapping))}
    return {**(more if isinstance(more, Mapping) else {}), **blank, **given}


@cache
def _inner_fields(cls: Any) -> tuple[tuple[str, object], ...]:
    return tuple((one.name, _default(one)) for one in fields(cls) if one.name != "extra")


def _default(field: Field[Any]) -> object:
    return field.default if field.default is not MISSING else None
