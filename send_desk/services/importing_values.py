"""What a cell of a list means: days and answers in the ways that people and systems write them."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_BRITISH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[- ]([A-Za-z]{3,9})[- ](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[- ]([A-Za-z]{3,9})[- ,]+(\d{4})")
_ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+\d+")
_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})


class Unreadable(ValueError):
    """A cell that cannot mean what its column says, told in words."""


def day(cell: str) -> date:
    """Read a day, written as 2025-09-28, 28/09/2025, 28 September 2025 or 2025-Sep-28, a time of day aside."""
    written = _TIME.sub("", cell.strip())
    try:
        if found := _ISO.fullmatch(written):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _BRITISH.fullmatch(written):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _YEAR_FIRST.fullmatch(written):
            return date(int(found[1]), _month(found[2]), int(found[3]))
        if found := _DAY_FIRST.fullmatch(written):
            return date(int(found[3]), _month(found[2]), int(found[1]))
    except ValueError as error:
        raise Unreadable(f"{cell[:40]} is not a day of the calendar") from error
    raise Unreadable(f"{cell[:40]} is not a date; write it as 2025-09-28 or 28/09/2025")


def answer(cell: str) -> bool:
    """Read yes or no."""
    said = cell.strip().casefold()
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise Unreadable(f"{cell[:40]} is neither yes nor no")


def number(cell: str) -> str:
    """Return an identifier as written; one that a spreadsheet has rounded is worse than none."""
    if _ROUNDED.fullmatch(cell):
        raise Unreadable(f"{cell} has been rounded by a spreadsheet; format the column as text and save the list again")
    return cell


def _month(name: str) -> int:
    short = name[:3].casefold()
    if short not in _MONTHS:
        raise ValueError(name)
    return _MONTHS.index(short) + 1
