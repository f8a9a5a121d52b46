"""Year groups as people write them, and as a date of birth suggests."""

from datetime import date

import pytest

from send_desk.domain.person import Child
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.year_group import prepares_for_adulthood, usual_year, year_number, year_of, year_words


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Year 9", 9),
        ("9", 9),
        (" Y10 ", 10),
        ("yr 4", 4),
        ("NCY 11", 11),
        ("Year group 5", 5),
        ("Year 14", 14),
        ("Reception", 0),
        ("Year R", 0),
        ("R", 0),
        ("Nursery", -1),
        ("N2", -1),
        ("pre-school", -1),
        ("Year 15", None),
        ("College", None),
        ("", None),
        ("Year 9 and 10", None),
    ],
)
def test_reading(words: str, number: int | None) -> None:
    assert year_number(words) == number


@pytest.mark.parametrize(("number", "words"), [(9, "Year 9"), (0, "Reception"), (-1, "Nursery")])
def test_writing(number: int, words: str) -> None:
    assert year_words(number) == words


@pytest.mark.parametrize(
    ("born", "day", "year"),
    [
        (date(2016, 8, 31), date(2025, 9, 1), 5),
        (date(2016, 9, 1), date(2025, 9, 1), 4),
        (date(2016, 9, 1), date(2026, 8, 31), 4),
        (date(2021, 9, 1), date(2026, 9, 1), 0),
    ],
)
def test_the_usual_year(book: RuleBook, born: date, day: date, year: int) -> None:
    assert usual_year(born, book, day) == year


def test_the_recorded_year_goes_before_the_usual_one(book: RuleBook) -> None:
    child = Child("Ava", "T", date(2012, 5, 1), year_group="Year 8")
    assert year_of(child, book, date(2026, 5, 1)) == 8
    assert not prepares_for_adulthood(child, book, date(2026, 5, 1))
    assert not prepares_for_adulthood(Child("Ava", "T"), book, date(2026, 5, 1))
    assert prepares_for_adulthood(Child("Ava", "T", date(2012, 5, 1)), book, date(2026, 5, 1))
