"""A day as people type it: "5/1/26", "5 Jan 2026", "2026-01-05", "5.1.", "today"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from send_desk.domain.dates import MONTHS

_WORD = re.compile(r"[a-z]+|\d+")
_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*")
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1}
_AHEAD = 20  # a year of two figures lies at most so many years ahead; further on, it is of the century before


@dataclass(frozen=True, slots=True)
class Reading:
    """What typed words were read as: a day, nothing at all (`day` and `trouble` empty), or trouble in words."""

    day: date | None = None
    trouble: str = ""


def read_day(words: str, *, today: date, latest: date | None = None, earliest: date | None = None) -> Reading:
    """Read a day, the day before the month as it is written in England; the year may be left out for this one.

    `earliest` and `latest` bound what is taken, both included. Trouble says what would be understood.
    """
    text = words.strip().casefold()
    if not text:
        return Reading()
    if text in _NEAR:
        day: date | None = today + timedelta(days=_NEAR[text])
    else:
        day = _parsed(text, today)
    if day is None:
        return Reading(trouble="This is not read as a day. Write it as 5 January 2026, 5/1/26 or 2026-01-05.")
    if latest is not None and day > latest:
        return Reading(trouble=f"{in_full(day)} lies {'after today' if latest == today else 'too late'}.")
    if earliest is not None and day < earliest:
        return Reading(trouble=f"{in_full(day)} lies too early.")
    return Reading(day=day)


def in_full(day: date) -> str:
    """Return a day with its weekday: "Monday 5 January 2026"."""
    return f"{_WEEKDAYS[day.weekday()].capitalize()} {day.day} {MONTHS[day.month - 1]} {day.year}"


def _parsed(text: str, today: date) -> date | None:
    iso = _ISO.fullmatch(text)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    parts = _WORD.findall(_ORDINAL.sub("", text))
    if parts and any(name.startswith(parts[0]) for name in _WEEKDAYS) and len(parts[0]) >= 2 and len(parts) > 1:
        parts = parts[1:]
    if not 2 <= len(parts) <= 3:
        return None
    named = [at for at, part in enumerate(parts) if part.isalpha()]
    if len(named) > 1 or any(at > 1 for at in named):
        return None
    first, second = (parts[1], parts[0]) if named == [0] else (parts[0], parts[1])
    month = _month(second)
    if month is None or not first.isdigit():
        return None
    year = _year(parts[2], today) if len(parts) == 3 else today.year
    return None if year is None else _day(year, month, int(first))


def _month(part: str) -> int | None:
    if part.isdigit():
        return int(part)
    fits = [at for at, name in enumerate(MONTHS, start=1) if name.casefold().startswith(part)]
    return fits[0] if len(part) >= 3 and fits else (9 if part == "sept" else None)


def _year(part: str, today: date) -> int | None:
    if not part.isdigit():
        return None
    match len(part):
        case 4:
            return int(part)
        case 2:
            year = today.year // 100 * 100 + int(part)
            return year - 100 if year > today.year + _AHEAD else year
        case _:
            return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
