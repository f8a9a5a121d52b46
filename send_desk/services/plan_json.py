"""Strangers' JSON made safe to look at: limits on size, depth and characters, and places named in words."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from send_desk.domain.errors import WrongUse

BIGGEST = 10 * 1024 * 1024
"""The largest plan file that is read, in bytes; a plan with the text of all its advice is a tenth of it."""

DEEPEST = 64
"""How many lists and objects may stand one within the other; a plan needs seven."""

# What JSON may carry and no printed page, database or other program can: controls but tab and line ends, halves of
# characters, and the two code points that are none.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDEST_NUMBER = 2**63


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands, told as a person would: "entries, number 3 (F3), links"."""

    parts: tuple[str, ...] = ()

    def at(self, name: str) -> "Place":
        """The place of a named member."""
        return Place((*self.parts, name))

    def number(self, index: int, id_: object = None) -> "Place":
        """The place of a member of a list, counted from nought; its id helps to find it."""
        known = f" ({id_})" if isinstance(id_, str) and 0 < len(id_) <= 40 else ""
        return Place((*self.parts, f"number {index + 1}{known}"))

    def wrong(self, reason: str) -> NoReturn:
        """Say that what stands here cannot be used, and raise WrongUse."""
        where = ", ".join(self.parts) or "the whole file"
        raise WrongUse(f"The plan file cannot be used. {where}: {reason}. Nothing was changed.")


def parse(data: bytes | str) -> Mapping[str, object]:
    """Read the one JSON object of a file; raise WrongUse in words where it is not that, or not safe to keep."""
    size = len(data)
    if size > BIGGEST:
        raise WrongUse("The plan file is larger than 10 MB, which no plan is. Nothing was changed.")
    try:
        words = data if isinstance(data, str) else data.decode("utf-8-sig")
        value = json.loads(
            words.removeprefix("\ufeff"),
            object_pairs_hook=_object,
            parse_float=_fraction,
            parse_int=_whole,
            parse_constant=_no_number,
        )
    except UnicodeDecodeError as error:
        raise WrongUse("The plan file is not text in UTF-8. Please save it as UTF-8. Nothing was changed.") from error
    except RecursionError as error:
        raise _too_deep() from error
    except json.JSONDecodeError as error:
        raise WrongUse(
            f"The plan file is not JSON: line {error.lineno}, column {error.colno} cannot be read. Nothing was changed."
        ) from error
    if not isinstance(value, dict):
        raise WrongUse("The plan file does not hold a plan: it should be one JSON object. Nothing was changed.")
    _look_through(value)
    return value


def _look_through(whole: Mapping[str, object]) -> None:
    waiting: list[tuple[object, Place, int]] = [(whole, Place(), 1)]
    while waiting:
        value, place, depth = waiting.pop()
        if depth > DEEPEST:
            raise _too_deep()
        match value:
            case str():
                _words(value, place)
            case Mapping():
                for name, inner in value.items():
                    _words(name, place)
                    waiting.append((inner, place.at(name), depth + 1))
            case Sequence():
                waiting.extend((inner, place.number(index), depth + 1) for index, inner in enumerate(value))


def _words(value: str, place: Place) -> None:
    if found := _UNWANTED.search(value):
        place.wrong(f"it holds a character that cannot be kept (U+{ord(found.group()):04X})")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise WrongUse(
                f'The plan file gives "{name[:60]}" twice in one object, so one of them would be lost. '
                "Please leave one. Nothing was changed."
            )
        found[name] = value
    return found


def _fraction(digits: str) -> float:
    value = float(digits)
    return value if abs(value) < float("inf") else _no_number(digits)


def _whole(digits: str) -> int:
    # Longer ones than the store's JSON can carry would come back rounded, which is worse than being told.
    if len(digits) > 20 or not -_WIDEST_NUMBER <= int(digits) < _WIDEST_NUMBER:
        _no_number(digits)
    return int(digits)


def _no_number(digits: str) -> NoReturn:
    raise WrongUse(f"The plan file holds {digits[:30]}, which is not a number that can be kept. Nothing was changed.")


def _too_deep() -> WrongUse:
    return WrongUse("The plan file has lists within lists deeper than any plan needs. Nothing was changed.")
