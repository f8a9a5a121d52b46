"""Who is a young person: over compulsory school age and under 25 (Children and Families Act 2014 s83(2)).

Compulsory school age ends at the end of the last Friday in June of the school year in which the child turns 16
(Education Act 1996 s8(3)), so the young person's own rights begin on the day after.
"""

from calendar import monthrange
from datetime import date, timedelta

from .dates import age_on
from .rulebook import RuleBook, YoungPersonLaw


def compulsory_school_age_ends(rulebook: RuleBook, born: date) -> date:
    """Return the last day of compulsory school age."""
    law = rulebook.young_person
    turns = _birthday(born, law.turns)
    begins = date(turns.year - ((turns.month, turns.day) < law.school_year), *law.school_year)
    leaving = _leaving_day(law, begins.year)
    return leaving if leaving >= begins else _leaving_day(law, begins.year + 1)


def is_young_person(rulebook: RuleBook, born: date, on: date) -> bool:
    """Whether somebody born on `born` is a young person on a day: letters, rights and views are then their own."""
    under = age_on(born, on) < rulebook.young_person.under
    return under and on > compulsory_school_age_ends(rulebook, born)


def _leaving_day(law: YoungPersonLaw, year: int) -> date:
    day = date(year, law.leaving_month, monthrange(year, law.leaving_month)[1])
    return day - timedelta(days=(day.weekday() - law.leaving_weekday) % 7)


def _birthday(born: date, age: int) -> date:
    # Somebody born on 29 February is a year older on 1 March where the year has none.
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
