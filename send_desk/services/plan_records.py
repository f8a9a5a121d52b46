"""Records of a plan file, each way, by the types that the domain gives their fields.

What a file says beyond what the domain knows is kept with the nearest record, in `extra` under the one name `FILE`:
`more` holds members that have no field here; `written` holds a member as it was written where this program would
write it otherwise (a year group as a number, a source with a colour of its own). It comes back as long as it still
means what the record says; where that has been changed, what was unknown in it comes back beside the change.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from send_desk.domain.case import Authority, Case, CaseEvent, Document, Officer, Setting
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.entry import Entry, FieldValue, Links
from send_desk.domain.errors import WrongUse
from send_desk.domain.person import Adviser, Child, Person, Pronouns
from send_desk.domain.text import Text

from . import plan_values as values
from .plan_json import Place
from .plan_values import Codec

FILE = "file"
"""The name in `extra` under which a record keeps what came in a file and has no field of its own."""

OTHER = "other"
"""The member of a plan file that carries what a record keeps in `extra` from elsewhere, such as imported columns."""

# What interface.md draws is always written, so that a reader finds every name it was promised.
_EVENT = frozenset({"kind", "on", "by", "note"})
_ALWAYS: Mapping[type[Any], frozenset[str]] = {
    Child: frozenset(field.name for field in fields(Child)) - {"sensory_impairment"},
    Authority: frozenset({"code", "name"}),
    Officer: frozenset({"name", "role", "phone", "email"}),
    Setting: frozenset({"name", "urn", "type", "since"}),
    Person: frozenset({"relation", "kind", "pronouns", "parental_responsibility", "receives_copy", "barred"}),
    CaseEvent: _EVENT,
    Contribution: frozenset({"cell", "adviser", "stated", "document"}),
    ContributionEvent: _EVENT,
    Adviser: frozenset({"name", "role", "service"}),
    Document: frozenset({"cell", "title", "author", "role", "dated", "name", "sha256", "pages"}),
    Entry: frozenset({"section", "kind", "area", "text", "voice", "fields", "links", "sources"}),
    Links: frozenset(field.name for field in fields(Links)),
}
# What no member of a file tells: it follows from where a record stands, or its reader makes it of several members.
_NOT_IN_FILES: Mapping[type[Any], frozenset[str]] = {
    Entry: frozenset({"order"}),
    Contribution: frozenset({"events"}),
}
_FILE_NAMES = {"from_": "from", "stated": "state"}
_ATTRIBUTES = {name: attribute for attribute, name in _FILE_NAMES.items()}


def read_record(
    cls: Any,
    value: object,
    place: Place,
    *,
    taken: frozenset[str] = frozenset(),
    other: bool = True,
    **given: Any,
) -> Any:
    """Read one object of a file as a value of the domain; the caller has read the members `taken` and gives fields.

    Without `other`, a member of that name is as unknown as any.
    Raise WrongUse naming the place where a member is not of its type or a required one is missing.
    """
    known: dict[str, Any] = dict(given)
    more: dict[str, object] = {}
    written: dict[str, object] = {}
    extra: dict[str, object] = {}
    codecs = _codecs(cls)
    for name, inner in values.as_object(value, place).items():
        if name in taken:
            continue
        attribute = next((one for one in (_ATTRIBUTES.get(name), name) if one in codecs), "")
        if attribute and name not in _FILE_NAMES:
            if inner is not None:
                known[attribute] = codecs[attribute].read(inner, place.at(name))
                if loses(inner, codecs[attribute].write(known[attribute])):
                    written[name] = inner
        elif other and name == OTHER and isinstance(inner, Mapping) and _free(cls, inner):
            extra.update(inner)
        else:
            more[name] = inner
    bundle = {name: kept for name, kept in (("more", more), ("written", written)) if kept}
    if bundle:
        extra[FILE] = bundle
    if extra and _has_extra(cls):
        known["extra"] = extra
    for missing in _required(cls):
        if missing in known:
            continue
        if NoneType not in get_args(_hint(cls, missing)):
            place.wrong(f"{_FILE_NAMES.get(missing, missing)} is missing")
        known[missing] = None
    return cls(**known)


def write_record(record: Any, *, always: frozenset[str] = frozenset()) -> dict[str, object]:
    """Write a value of the domain as an object of a file.

    What the interface draws is always there, the rest where it says something, and what the file it came from said
    besides comes with it.
    """
    cls: Any = type(record)
    written = as_mapping(bundle_of(record).get("written"))
    out: dict[str, object] = {}
    for field in fields(cls):
        if field.name not in _codecs(cls):
            continue
        value = getattr(record, field.name)
        name = _FILE_NAMES.get(field.name, field.name)
        drawn = field.name == "id" or field.name in always | _ALWAYS.get(cls, always) or _default(field) is MISSING
        if drawn or name in written or value != _default(field):
            codec = _codecs(cls)[field.name]
            restored = name in written and _restored(codec, _hint(cls, field.name), written[name], value)
            out[name] = restored if name in written else codec.write(value)
    extra = as_mapping(getattr(record, "extra", None))
    more = as_mapping(bundle_of(record).get("more"))
    other = {name: value for name, value in extra.items() if name != FILE}
    if other:
        out[OTHER] = {**as_mapping(more.get(OTHER)), **other}
    return {**more, **out}


def loses(original: object, fresh: object) -> bool:
    """Whether something that a file says is not said by what would be written for it; an empty value may be written as
    another, but a name that would not be written at all is lost, whatever it holds.
    """
    if _says_nothing(original) and _says_nothing(fresh):
        return False
    match original, fresh:
        case Mapping(), Mapping():
            return any(name not in fresh or loses(value, fresh[name]) for name, value in original.items())
        case list(), list():
            return len(original) != len(fresh) or any(map(loses, original, fresh))
        case _:
            return type(original) is not type(fresh) or original != fresh


def bundle_of(record: Any) -> Mapping[str, object]:
    """Return what a record keeps of the file it came from."""
    return as_mapping(as_mapping(getattr(record, "extra", None)).get(FILE))


def as_mapping(value: object) -> Mapping[str, object]:
    """Return a mapping, an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def _says_nothing(value: object) -> bool:
    return value is None or value is False or (isinstance(value, str | list | Mapping) and not value)


def _restored(codec: Codec, hint: Any, original: object, current: Any) -> object:
    """What a changed record may still say in the words of its file."""
    fresh = codec.write(current)
    if _means(codec, original, current):
        return original
    match original, fresh:
        case Mapping(), Mapping():
            readable = as_mapping(codec.write(codec.read(original, Place())))
            return {**{name: value for name, value in original.items() if name not in readable}, **fresh}
        case list(), list() if get_origin(hint) is tuple and hint != Text:
            inner = _codec(get_args(hint)[0])
            left = list(original)
            return [_taken(left, inner, one) for one in current]
        case _:
            return fresh


def _taken(left: list[object], codec: Codec, current: Any) -> object:
    for original in left:
        if _means(codec, original, current):
            left.remove(original)
            return original
    return codec.write(current)


def _means(codec: Codec, original: object, current: Any) -> bool:
    try:
        return bool(codec.read(original, Place()) == current)
    except WrongUse:  # the record came from a newer desk, whose words this one cannot read
        return False


@cache
def _codecs(cls: Any) -> Mapping[str, Codec]:
    hints = get_type_hints(cls)
    left_out = {"extra"} | _NOT_IN_FILES.get(cls, frozenset())
    found = {field.name: _codec(hints[field.name]) for field in fields(cls) if field.name not in left_out}
    if cls is Child:
        # The interface does not say whether an interpreter is named or only needed, so both are taken.
        found["interpreter"] = values.WORDS_OR_FLAG
    return found


@cache
def _hint(cls: Any, attribute: str) -> Any:
    return get_type_hints(cls)[attribute]


@cache
def _codec(hint: Any) -> Codec:
    simple = {
        str: values.WORDS,
        bool: values.FLAG,
        int: values.WHOLE,
        date: values.DAY,
        Pronouns: values.PRONOUNS,
        Text: values.TEXT,
        Mapping[str, FieldValue]: values.FIELDS_OF_ENTRY,
        Mapping[str, str]: values.FACTS,
    }
    plain = _without_none(hint)
    if plain in simple:
        return simple[plain]
    if get_origin(plain) is tuple:
        return _list_codec(_codec(get_args(plain)[0]))
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return values.choice(plain)
    return _record_codec(plain)


def _list_codec(inner: Codec) -> Codec:
    return Codec(
        lambda value, place: tuple(
            inner.read(one, place.number(index)) for index, one in enumerate(values.as_list(value, place))
        ),
        lambda value: [inner.write(one) for one in value],
    )


def _record_codec(cls: type[Any]) -> Codec:
    return Codec(lambda value, place: read_record(cls, value, place), write_record)


def _without_none(hint: Any) -> Any:
    rest = [one for one in get_args(hint) if one is not NoneType]
    return rest[0] if NoneType in get_args(hint) and len(rest) == 1 else hint


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _has_extra(cls: type[Any]) -> bool:
    return any(field.name == "extra" for field in fields(cls))


def _free(cls: type[Any], names: Mapping[str, object]) -> bool:
    """Whether these names can stand in `extra` without hiding a field of the record or being taken for nothing."""
    taken = {field.name for one in (cls, Case) for field in fields(one)} | {FILE, "child", "contribution"}
    return not any(
        name.partition(".")[0] in taken or name.startswith("$") or value is None for name, value in names.items()
    )


@cache
def _required(cls: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls) if _default(field) is MISSING)
