"""Days as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from send_desk.domain.dates import in_words
from send_desk.gui.day_words import in_full, read_day

TODAY = date(2026, 3, 3)
FIFTH = date(2026, 1, 5)


@pytest.mark.parametrize(
    "words",
    [
        "5/1/26", "05/01/2026", "5.1.2026", "5-1-26", "5 1", "2026-01-05", "5 Jan 2026", "5 January", "5th jan 26",
        "Monday 5 January 2026", "Jan 5 2026", " 5  january,  2026 ",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(words: str) -> None:
    assert read_day(words, today=TODAY).day == FIFTH


@pytest.mark.parametrize("words", ["32/1/26", "29/2/2026", "5/13/26", "soon", "5", "5/1/2/6", "5 Ja 2026", "1/1/123"])
def test_what_is_no_day_is_answered_with_what_would_be(words: str) -> None:
    reading = read_day(words, today=TODAY)
    assert reading.day is None
    assert "5 January 2026" in reading.trouble


def test_nothing_typed_is_neither_a_day_nor_trouble() -> None:
    reading = read_day("   ", today=TODAY)
    assert (reading.day, reading.trouble) == (None, "")


def test_two_figures_of_a_year_are_of_this_lifetime() -> None:
    assert read_day("1/2/46", today=TODAY).day == date(2046, 2, 1)
    assert read_day("1/2/47", today=TODAY).day == date(1947, 2, 1)
    assert read_day("1 2 1900", today=TODAY).day == date(1900, 2, 1)
    assert read_day("1 2 2099", today=TODAY).day == date(2099, 2, 1)


def test_a_day_after_the_last_one_taken_is_trouble_and_that_day_itself_is_not() -> None:
    assert read_day("4/3/26", today=TODAY, latest=TODAY).trouble == "Wednesday 4 March 2026 lies after today."
    assert read_day("today", today=TODAY, latest=TODAY).day == TODAY


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_from_every_way_it_is_printed(day: date) -> None:
    for words in (day.isoformat(), in_words(day), in_full(day), f"{day.day}/{day.month}/{day.year}"):
        assert read_day(words, today=TODAY).day == day


@given(st.text(max_size=30))
def test_whatever_is_typed_is_answered(words: str) -> None:
    reading = read_day(words, today=TODAY)
    assert reading.day is None or reading.trouble == ""
