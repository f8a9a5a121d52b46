"""Single values of a plan file, each way: words, days, choices, text, the fields of an entry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from send_desk.domain.entry import FIELDS, FieldValue
from send_desk.domain.person import HE, SHE, THEY, Pronouns
from send_desk.domain.text import Text, from_value, to_value

from .plan_json import Place

LONGEST = 100_000
"""How many characters one text or field of an entry may have: some forty printed pages, more than a whole plan."""

_FIELD_NAMES = frozenset(name for names in FIELDS.values() for name in names)
_BEGINNINGS = {"she": SHE, "he": HE}


@dataclass(frozen=True, slots=True)
class Codec:
    """How one kind of value is read, with the place named where it cannot be, and how it is written."""

    read: Callable[[object, Place], Any]
    write: Callable[[Any], object]


def as_object(value: object, place: Place) -> Mapping[str, object]:
    """Return the object that stands here, or say that none does."""
    return value if isinstance(value, Mapping) else place.wrong("it should be an object in braces")


def as_list(value: object, place: Place) -> Sequence[object]:
    """Return the list that stands here, or say that none does."""
    return value if isinstance(value, list) else place.wrong("it should be a list in brackets")


def as_id(value: object, place: Place) -> str:
    """Return an id, empty where none is given; a number is none, because links tell "3" from 3."""
    match value:
        case None:
            return ""
        case str():
            return value
        case _:
            return place.wrong("it should be words in quotation marks")


def as_words(value: object, place: Place) -> str:
    """Return words; a number is taken as its digits, because a year group or a URN is often written so."""
    match value:
        case str():
            return value
        case bool():
            return place.wrong("it should be words in quotation marks, not true or false")
        case int() | float():
            return str(value)
        case _:
            return place.wrong("it should be words in quotation marks")


def choice(cls: type[StrEnum]) -> Codec:
    """The codec for one of the interface's ids."""

    def read(value: object, place: Place) -> StrEnum:
        if isinstance(value, str) and value in set(cls):
            return cls(value)
        shown = f'"{value[:40]}"' if isinstance(value, str) else "this"
        return place.wrong(f"{shown} is not one of {', '.join(cls)}")

    return Codec(read, lambda value: None if value is None else str(value))


def _flag(value: object, place: Place) -> bool:
    return value if isinstance(value, bool) else place.wrong("it should be true or false")


def _whole(value: object, place: Place) -> int:
    match value:
        case bool():
            return place.wrong("it should be a whole number")
        case int():
            return value
        case float() if value.is_integer():
            return int(value)
        case _:
            return place.wrong("it should be a whole number")


def _day(value: object, place: Place) -> date | None:
    if value == "":
        return None
    try:
        # The longer and shorter forms of the standard are not what the interface means by a date.
        if isinstance(value, str) and len(value) == len("2026-03-03"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    shown = f'"{value[:40]}"' if isinstance(value, str) else "this"
    return place.wrong(f"{shown} is not a date; write it as 2026-03-31")


def _text(value: object, place: Place) -> Text:
    try:
        text = from_value(value)
    except ValueError as error:
        return place.wrong(str(error))
    _no_longer(sum(len(block.words) for block in text), place)
    return text


def _no_longer(long: int, place: Place) -> None:
    if long > LONGEST:
        place.wrong(
            f"it has {long:,} characters and a plan holds no more than {LONGEST:,} in one place; "
            "keep a long text as a paper of the case and quote from it"
        )


def _fields(value: object, place: Place) -> dict[str, FieldValue]:
    found: dict[str, FieldValue] = {}
    for name, inner in as_object(value, place).items():
        match inner:
            case str():
                _no_longer(len(inner), place.at(name))
                found[name] = inner
            case list() if all(isinstance(one, str) for one in inner):
                found[name] = tuple(str(one) for one in inner)
                _no_longer(sum(map(len, inner)), place.at(name))
            case None:
                pass
            case list() if name in _FIELD_NAMES:
                found[name] = tuple(as_words(one, place.at(name).number(n)) for n, one in enumerate(inner))
            case _ if name in _FIELD_NAMES:
                found[name] = as_words(inner, place.at(name))
    return found


def _facts(value: object, place: Place) -> dict[str, str]:
    return {name: inner for name, inner in as_object(value, place).items() if isinstance(inner, str)}


def _pronouns(value: object, place: Place) -> Pronouns | None:
    members = as_object(value, place)
    given = {
        field.name: as_words(members[field.name], place.at(field.name))
        for field in fields(Pronouns)
        if members.get(field.name) is not None
    }
    if not given:
        return None
    base = _BEGINNINGS.get(given.get("subject", "").casefold(), THEY)
    return Pronouns(**{**_pronoun_fields(base), **given})


def _pronoun_fields(pronouns: Pronouns) -> dict[str, str]:
    return {field.name: getattr(pronouns, field.name) for field in fields(Pronouns)}


def _words_or_flag(value: object, place: Place) -> str:
    return ("yes" if value else "") if isinstance(value, bool) else as_words(value, place)


def _same(value: Any) -> object:
    return value


WORDS = Codec(as_words, _same)
WORDS_OR_FLAG = Codec(_words_or_flag, _same)
FLAG = Codec(_flag, _same)
WHOLE = Codec(_whole, _same)
DAY = Codec(_day, lambda value: value.isoformat() if value else None)
TEXT = Codec(_text, to_value)
FIELDS_OF_ENTRY = Codec(_fields, lambda value: {k: v if isinstance(v, str) else list(v) for k, v in value.items()})
FACTS = Codec(_facts, dict)
PRONOUNS = Codec(_pronouns, lambda value: None if value is None else _pronoun_fields(value))
