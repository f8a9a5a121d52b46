"""When a child becomes a young person in law, and ceases to be one."""

from datetime import date

import pytest

from send_desk.domain.rulebook import RuleBook
from send_desk.domain.young_person import compulsory_school_age_ends, is_young_person


@pytest.mark.parametrize(
    ("born", "ends"),
    [
        ("2009-09-01", "2026-06-26"),  # sixteen on the first day of the school year 2025/26
        ("2010-08-31", "2026-06-26"),  # sixteen on its last day, after the leaving day
        ("2010-09-01", "2027-06-25"),  # one day younger, one year later
        ("2010-06-26", "2026-06-26"),  # sixteen on the leaving day itself
        ("2007-02-15", "2023-06-30"),  # the last Friday of June is the 30th
        ("2008-02-29", "2024-06-28"),
    ],
)
def test_compulsory_school_age_ends_on_the_last_friday_in_june(book: RuleBook, born: str, ends: str) -> None:
    assert compulsory_school_age_ends(book, date.fromisoformat(born)) == date.fromisoformat(ends)


@pytest.mark.parametrize(
    ("born", "on", "young"),
    [
        ("2010-03-03", "2026-06-26", False),  # the leaving day is the last of compulsory school age
        ("2010-03-03", "2026-06-27", True),
        ("2010-08-31", "2026-06-27", True),  # fifteen still, but over compulsory school age
        ("2001-11-22", "2026-11-21", True),
        ("2001-11-21", "2026-11-21", False),  # the 25th birthday
        ("2000-02-29", "2025-02-28", True),  # born on 29 February: 25 on 1 March
        ("2000-02-29", "2025-03-01", False),
    ],
)
def test_a_young_person_is_over_school_age_and_under_25(book: RuleBook, born: str, on: str, young: bool) -> None:
    assert is_young_person(book, date.fromisoformat(born), date.fromisoformat(on)) is young


def test_born_on_a_leap_day_where_the_sixteenth_year_has_none(book: RuleBook) -> None:
    assert compulsory_school_age_ends(book, date(2084, 2, 29)) == date(2100, 6, 25)
