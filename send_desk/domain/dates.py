"""Days as people write them and count them: the one home for dates in words, ages and months."""

from calendar import monthrange
from datetime import date

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def in_words(day: date) -> str:
    """Return a day as it is printed: "3 March 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def on_day(day: date | None) -> str:
    """Return " on 3 March 2026", or nothing where the day is not recorded."""
    return f" on {in_words(day)}" if day else ""


def times(count: int) -> str:
    """Return how often something was done: "once", "twice", "three times", "12 times"."""
    match count:
        case 1:
            return "once"
        case 2:
            return "twice"
        case _:
            return f"{_COUNTS[count] if 0 <= count < len(_COUNTS) else count} times"


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 day", "12 days", "1,754 changes"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def iso(words: str) -> date | None:
    """Return the day that an ISO date names, None where the words are none."""
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        return None


def age_on(born: date, day: date) -> int:
    """Return the age in whole years; somebody born on 29 February is a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def months_before(day: date, months: int) -> date:
    """Return the same-numbered day so many months earlier, or that month's last day where it has none.

    A day before the calendar begins is its first day.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
