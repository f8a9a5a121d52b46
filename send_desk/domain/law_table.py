"""Reading one table of a law file strictly: every key is asked for by name, typed, and none may be left over.

A slip in a file of law must never pass silently, so an unknown key, a missing one and a wrong type are all refused
with the place where they stand.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from .errors import Cannot

_Word = TypeVar("_Word", bound=StrEnum)
_Value = TypeVar("_Value")


class LawTable:
    """One table with its place in the file; each method takes a key away, and `finish` says that all were wanted."""

    def __init__(self, values: object, place: str) -> None:
        if not isinstance(values, Mapping):
            raise Cannot(f"The law file cannot be used: {place} should be a table.")
        self._values = {str(key): value for key, value in values.items()}
        self.place = place

    def finish(self) -> None:
        """Refuse keys that nobody asked for."""
        if self._values:
            raise self._fault(f"does not know {', '.join(sorted(self._values))}")

    def has(self, key: str) -> bool:
        """Whether the key is still there."""
        return key in self._values

    def text(self, key: str, default: str | None = None) -> str:
        """A string."""
        return self._take(key, str, default)

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        return self._take(key, int, default)

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false."""
        return self._take(key, bool, default)

    def day(self, key: str, default: date | None = None) -> date:
        """A date."""
        return self._take(key, date, default)

    def word(self, key: str, kind: type[_Word], default: _Word | None = None) -> _Word:
        """One of the words of an enumeration."""
        if default is not None and key not in self._values:
            return default
        return self._one_of(key, self.text(key), kind)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; none where the key is missing."""
        found = self._take(key, list, [])
        if not all(isinstance(value, str) for value in found):
            raise self._fault(f"needs a list of strings as {key}")
        return tuple(found)

    def wholes(self, key: str, *, count: int) -> tuple[int, ...]:
        """A list of so many whole numbers."""
        found = self._take(key, list, None)
        if len(found) != count or not all(type(value) is int for value in found):
            raise self._fault(f"needs a list of {count} whole numbers as {key}")
        return tuple(found)

    def words(self, key: str, kind: type[_Word]) -> tuple[_Word, ...]:
        """A list of words of an enumeration; none where the key is missing."""
        return tuple(self._one_of(key, value, kind) for value in self.texts(key))

    def month_and_day(self, key: str) -> tuple[int, int]:
        """A day of every year, written "12-25"."""
        written = self.text(key)
        try:
            found = date.fromisoformat(f"2000-{written}")
        except ValueError:
            raise self._fault(f"needs a month and day such as 12-25 as {key}") from None
        return found.month, found.day

    def table(self, key: str) -> "LawTable":
        """A table within this one."""
        return LawTable(self._take(key, dict, None), f"{self.place}.{key}")

    def tables(self, key: str) -> "tuple[LawTable, ...]":
        """A list of tables; none where the key is missing."""
        rows = self._take(key, list, [])
        return tuple(LawTable(row, f"{self.place}.{key}[{number}]") for number, row in enumerate(rows, start=1))

    def named(self, key: str) -> "dict[str, LawTable]":
        """Tables by name; none where the key is missing."""
        found = self._take(key, dict, {})
        return {str(name): LawTable(row, f"{self.place}.{key}.{name}") for name, row in found.items()}

    def _one_of(self, key: str, value: str, kind: type[_Word]) -> _Word:
        try:
            return kind(value)
        except ValueError:
            raise self._fault(f"has {value!r} as {key}; it may be {', '.join(kind)}") from None

    def _take(self, key: str, kind: type[_Value], default: _Value | None) -> _Value:
        if key not in self._values:
            if default is None:
                raise self._fault(f"has no {key}")
            return default
        value = self._values.pop(key)
        # By type and not by instance: true is no number, and a date with a time is no date.
        if type(value) is not kind:
            raise self._fault(f"needs {kind.__name__} as {key}")
        return value

    def _fault(self, what: str) -> Cannot:
        return Cannot(f"The law file cannot be used: {self.place} {what}.")


def parse(text: str) -> LawTable:
    """Return the top table of a file's text; raises Cannot for text that is no TOML."""
    try:
        return LawTable(tomllib.loads(text), "the file")
    except tomllib.TOMLDecodeError as fault:
        raise Cannot(f"The law file cannot be used: it is not TOML ({fault}).") from fault
