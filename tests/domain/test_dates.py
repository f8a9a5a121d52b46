"""Days in words, ages and months."""

from datetime import date

import pytest

from send_desk.domain.dates import age_on, counted, in_words, iso, months_before, on_day, times


def test_a_day_in_words() -> None:
    assert in_words(date(2026, 3, 3)) == "3 March 2026"
    assert on_day(date(2026, 12, 31)) == " on 31 December 2026"
    assert on_day(None) == ""


@pytest.mark.parametrize(("count", "words"), [(1, "once"), (2, "twice"), (3, "three times"), (11, "11 times")])
def test_how_often(count: int, words: str) -> None:
    assert times(count) == words


@pytest.mark.parametrize(
    ("words", "said"),
    [(counted(1, "day"), "1 day"), (counted(12, "day"), "12 days"), (counted(2, "child", "children"), "2 children")],
)
def test_a_number_with_its_noun(words: str, said: str) -> None:
    assert words == said


@pytest.mark.parametrize("words", ["", "tomorrow", "2026-02-30", "3 March 2026"])
def test_what_is_no_iso_day(words: str) -> None:
    assert iso(words) is None
    assert iso(" 2026-02-28 ") == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2016, 7, 4), date(2026, 7, 3), 9),
        (date(2016, 7, 4), date(2026, 7, 4), 10),
        (date(2016, 2, 29), date(2026, 2, 28), 9),
        (date(2016, 2, 29), date(2026, 3, 1), 10),
    ],
)
def test_age(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 3), 12, date(2025, 3, 3)),
        (date(2026, 3, 3), 3, date(2025, 12, 3)),
        (date(1, 2, 1), 3, date.min),
    ],
)
def test_months_earlier(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before
