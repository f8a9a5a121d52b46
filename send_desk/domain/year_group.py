"""The year group: as it was recorded, else as the date of birth suggests.

A year group is recorded, never derived (law.md 3): a child taught out of year is no error. Where none is recorded, the
usual year for the age decides only whether to ask about preparing for adulthood.
"""

import re
from datetime import date, timedelta

from .dates import age_on
from .person import Child
from .rulebook import RuleBook

NURSERY = -1
RECEPTION = 0
LAST_YEAR = 14

_YEAR = re.compile(r"(?:ncy|year|yr|y)?\s*\.?\s*(?:group)?\s*([0-9]{1,2})", re.IGNORECASE)
_RECEPTION = re.compile(
    r"(?:year\s*|yr\s*|y)?r(?:eception)?(?:\s+(?:class|year))?|fs2|foundation(?:\s+stage)?\s*2", re.IGNORECASE
)
_NURSERY = re.compile(
    r"n[12]?|nursery(?:\s*[12]|\s+class)?|pre-?\s?school|fs1|foundation(?:\s+stage)?\s*1", re.IGNORECASE
)


def year_number(words: str) -> int | None:
    """Read a year group: "Year 9", "9", "Y10" and "Yr 4" as a number, "Reception" as 0, "Nursery" as -1, else None."""
    tidy = words.strip()
    if found := _YEAR.fullmatch(tidy):
        number = int(found[1])
        return number if number <= LAST_YEAR else None
    if _RECEPTION.fullmatch(tidy):
        return RECEPTION
    return NURSERY if _NURSERY.fullmatch(tidy) else None


def year_words(number: int) -> str:
    """Return a year group as it is written: "Year 9", "Reception", "Nursery"."""
    match number:
        case 0:
            return "Reception"
        case _ if number < 0:
            return "Nursery"
        case _:
            return f"Year {number}"


def usual_year(born: date, book: RuleBook, today: date) -> int:
    """Return the year group in which most children born on that day are taught; it may lie outside school age."""
    law = book.young_person
    month, day = law.school_year
    begun = date(today.year - ((today.month, today.day) < (month, day)), month, day)
    return age_on(born, begun - timedelta(days=1)) - law.first_year_age + 1


def year_of(child: Child, book: RuleBook, today: date) -> int | None:
    """Return the recorded year group, else the usual one for the date of birth, else None."""
    recorded = year_number(child.year_group)
    if recorded is not None or child.date_of_birth is None:
        return recorded
    return usual_year(child.date_of_birth, book, today)


def prepares_for_adulthood(child: Child, book: RuleBook, today: date) -> bool:
    """Whether the child or young person is in or beyond year 9 (regs 6(1)(g), 12(3))."""
    year = year_of(child, book, today)
    return year is not None and year >= book.threshold("adulthood_year")
