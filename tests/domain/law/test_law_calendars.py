"""Working days: the bank holidays that proclamations moved, the Tribunal's closures, and counting by both."""

from collections import Counter
from datetime import date, timedelta

import pytest

from send_desk.domain.calendars import Calendar, Closure
from send_desk.domain.rulebook import RuleBook


@pytest.fixture
def england(book: RuleBook) -> Calendar:
    return book.calendar


@pytest.fixture
def tribunal(book: RuleBook) -> Calendar:
    return book.calendars["tribunal"]


@pytest.mark.parametrize(
    "day",
    [
        *("2012-06-04", "2012-06-05"),  # spring moved, Diamond Jubilee
        *("2015-12-28", "2016-12-27"),  # substitute days of Boxing Day and Christmas Day
        "2020-05-08",  # early May moved for VE Day
        *("2021-12-27", "2021-12-28", "2022-01-03"),  # both at Christmas, and New Year's Day
        *("2022-06-02", "2022-06-03"),  # spring moved, Platinum Jubilee
        "2022-09-19",  # state funeral
        "2023-05-08",  # coronation
        *("2024-03-29", "2025-04-21", "2026-04-03", "2027-03-29", "2028-04-14"),  # Easter
    ],
)
def test_a_day_off_by_law_or_proclamation(england: Calendar, day: str) -> None:
    assert not england.is_working(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2012-05-28", "2020-05-04", "2022-05-30", "2023-05-02", "2026-12-29"])
def test_a_weekday_from_which_a_holiday_was_moved_is_worked(england: Calendar, day: str) -> None:
    assert england.is_working(date.fromisoformat(day))


def test_every_year_has_its_holidays_none_on_a_weekend(england: Calendar) -> None:
    assert all(day.weekday() < 5 for day in england.holidays)
    years = Counter(day.year for day in england.holidays)
    assert set(years) == set(range(england.first_year, england.last_year + 1))
    more = {2012: 9, 2022: 10, 2023: 9}
    assert years == {year: more.get(year, 8) for year in years}
    assert england.first_year <= 2014 and england.last_year >= 2028


def test_the_calendar_says_which_years_it_knows(england: Calendar) -> None:
    assert england.knows(date(2026, 1, 1))
    assert not england.knows(date(2029, 1, 1))
    assert england.citation and england.checked_to == date(2026, 7, 15)


def test_the_tribunal_rests_in_august_and_over_christmas(tribunal: Calendar, england: Calendar) -> None:
    august = [date(2026, 8, 1) + timedelta(days=n) for n in range(31)]
    christmas = [date(2026, 12, 25) + timedelta(days=n) for n in range(8)]
    assert not any(tribunal.is_working(day) for day in august + christmas)
    assert tribunal.is_working(date(2026, 7, 31)) and tribunal.is_working(date(2026, 12, 24))
    assert tribunal.is_working(date(2026, 9, 1)) and tribunal.is_working(date(2027, 1, 4))
    assert not tribunal.is_working(date(2026, 4, 3))
    assert tribunal.weekend == england.weekend


def test_a_closure_within_one_year_and_one_across_new_year() -> None:
    august = Closure((8, 1), (8, 31))
    assert august.covers(date(2026, 8, 31)) and not august.covers(date(2026, 9, 1))
    winter = Closure((12, 25), (1, 1))
    assert winter.covers(date(2027, 1, 1)) and winter.covers(date(2026, 12, 25))
    assert not winter.covers(date(2026, 12, 24)) and not winter.covers(date(2027, 1, 2))


def test_counting_with_and_without_the_day_itself(england: Calendar) -> None:
    thursday = date(2026, 4, 2)  # before Good Friday
    assert england.after(thursday, 1, inclusive=True) == thursday
    assert england.after(thursday, 1, inclusive=False) == date(2026, 4, 7)
    assert england.after(date(2026, 4, 3), 1, inclusive=True) == date(2026, 4, 7)


def test_counting_back_leaves_the_day_out(england: Calendar) -> None:
    assert england.before(date(2026, 4, 7), 1) == date(2026, 4, 2)
    assert england.before(date(2026, 6, 15), 15) == date(2026, 5, 22)


def test_working_days_between(england: Calendar) -> None:
    assert england.between(date(2026, 4, 2), date(2026, 4, 7)) == 1
    assert england.between(date(2026, 4, 7), date(2026, 4, 7)) == 0
    assert england.between(date(2026, 4, 8), date(2026, 4, 7)) == 0
