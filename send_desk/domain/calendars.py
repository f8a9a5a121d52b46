"""Working days: weekends, bank holidays and closures as dated data, and counting by them (law.md 1.1: 4, 5, 13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Closure:
    """A stretch of every year in which nobody counts: first and last day as (month, day); it may cross New Year."""

    first: tuple[int, int]
    last: tuple[int, int]
    name: str = ""

    def covers(self, day: date) -> bool:
        """Whether the day lies in the stretch."""
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


@dataclass(frozen=True)
class Calendar:
    """Which days are working days; `holidays` names each single day off, known from `first_year` to `last_year`."""

    name: str
    title: str
    citation: str
    checked_to: date
    first_year: int
    last_year: int
    weekend: frozenset[int]
    holidays: Mapping[date, str]
    closures: tuple[Closure, ...] = ()

    def knows(self, day: date) -> bool:
        """Whether the bank holidays of that year are in the data; outside them only weekends and closures count."""
        return self.first_year <= day.year <= self.last_year

    def is_working(self, day: date) -> bool:
        """Whether the day counts."""
        return (
            day.weekday() not in self.weekend
            and day not in self.holidays
            and not any(closure.covers(day) for closure in self.closures)
        )

    def on_or_before(self, day: date) -> date:
        """The last working day not after `day`."""
        return self._walk(day, -_DAY)

    def on_or_after(self, day: date) -> date:
        """The first working day not before `day`."""
        return self._walk(day, _DAY)

    def after(self, start: date, count: int, *, inclusive: bool) -> date:
        """The `count`-th working day from `start`; with `inclusive` the day itself counts if it is one."""
        day = start if inclusive else start + _DAY
        return self._nth(day, count, _DAY)

    def before(self, start: date, count: int) -> date:
        """The latest day that lies at least `count` working days before `start`, the day of the event left out."""
        return self._nth(start - _DAY, count, -_DAY)

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and with `end`; 0 if `end` is not later."""
        return sum(self.is_working(start + _DAY * n) for n in range(1, (end - start).days + 1))

    def _walk(self, day: date, step: timedelta) -> date:
        while not self.is_working(day):
            day += step
        return day

    def _nth(self, day: date, count: int, step: timedelta) -> date:
        found = self._walk(day, step)
        for _ in range(count - 1):
            found = self._walk(found + step, step)
        return found
