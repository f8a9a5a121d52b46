"""The order in which a person reads what happened: by day, and on one day as the steps follow each other."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T", bound=Any)


def in_order(happenings: Iterable[T]) -> tuple[T, ...]:
    """Return events or contacts by day, then by the order of their kinds or their hour, then by id.

    One whose day is not recorded comes first. The order never depends on how the records were stored.
    """
    return tuple(sorted(happenings, key=_place))


def _place(one: Any) -> tuple[date, int, str, str]:
    kind = getattr(one, "kind", None)
    return (one.on or date.min, _rank(kind) if isinstance(kind, StrEnum) else 0, getattr(one, "at", ""), one.id)


@cache
def _rank(kind: StrEnum) -> int:
    return list(type(kind)).index(kind)
