"""Check 6: ages, years, key stages and schools in the words agree with the case on the day of the draft."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from send_desk.domain.case import Case, CaseEvent, Setting
from send_desk.domain.entry import Entry
from send_desk.domain.finding import Finding
from send_desk.domain.ids import EventKind, Severity, Voice

Look = Callable[..., list[Finding]]
Make = Callable[..., Entry]
Put = Callable[..., Case]

CAUGHT = [
    ("Age 7", "age"),
    ("Ava is 9 years old and likes horses.", "age"),
    ("Ava is nine.", "age"),
    ("Ava is eighteen, and she is twenty.", "age"),
    ("She is a seven-year-old girl who likes horses.", "age"),
    ("Ava (aged 8) likes horses.", "age"),
    ("Ava Rose Thornley, 11, likes horses.", "age"),
    ("She is now 12 years of age.", "age"),
    ("A 7-year-old, Ava likes horses.", "age"),
    ("Her teacher knows that Ava (8) and Jo are close.", "age"),
    ("Ava is currently in Year 5.", "year"),
    ("Ava is in Reception.", "year"),
    ("Year 3 pupil Ava likes horses.", "year"),
    ("Ava (Year 5) likes horses.", "year"),
    ("Ava is a KS1 pupil.", "key_stage"),
    ("Ava is a Year 4 pupil.", "year"),
    ("She is now in Y3 and settled.", "year"),
    ("Ava is in Key Stage 3.", "key_stage"),
    ("She is currently in KS1.", "key_stage"),
    ("Ava is at the start of Key Stage 4.", "key_stage"),
    ("Ava attends Oakfield Infant School.", "setting"),
    ("She is on roll at St Anne's Academy.", "setting"),
    ("Ava is a pupil at Birch Lane Nursery.", "setting"),
]
LEFT_ALONE = [
    "Age 10",
    "Ava is 10 years old and likes horses. Ava (10) is kind.",
    "She is a ten-year-old girl.",
    "When Ava was aged 4 she moved house.",
    "Ava has a reading age of 7, and works like a typical child aged 7.",
    "She was diagnosed aged 3. She could read by age 6.",
    "Her brother is 4 years old. He is 4.",
    "Children aged 7 to 11 learn together.",
    "Ava is 9 months behind with reading. She is 1 of 3 in her group.",
    "Ava is in Year 6.",
    "By the end of Year 9, Ava will travel alone. In Year 2 she learned to swim.",
    "Ava is working on the Year 4 curriculum.",
    "She was told that she is 8 years old. She waits in reception: Ava is in reception area two.",
    "Ava is in Year 99.",
    "Her sister is in Year 3 and her cousin is in Key Stage 3.",
    "Ava is in Key Stage 2.",
    "Ava attends Hartwell School. She attends breakfast club.",
    "Her brother attends Oakfield Infant School.",
    "Ava attended Oakfield Infant School.",
]


@pytest.mark.parametrize(("words", "part"), CAUGHT)
def test_what_is_no_longer_true_is_caught(good: Case, look: Look, row: Make, put: Put, words: str, part: str) -> None:
    found = look(put(good, row("B1", words)), 6)
    assert [one.id for one in found] == [f"6/B1/{part}"]
    assert found[0].severity is Severity.WARN


@pytest.mark.parametrize("words", LEFT_ALONE)
def test_what_is_true_or_about_another_time_is_left_alone(
    good: Case, look: Look, row: Make, put: Put, words: str
) -> None:
    assert [one.reason for one in look(put(good, row("B1", words)), 6)] == []


def test_what_the_child_says_of_herself(good: Case, look: Look, row: Make, put: Put) -> None:
    said = put(good, row("A2", "I am 9 years old. My dog is 3.", voice=Voice.CHILD))
    assert [one.quote for one in look(said, 6)] == ["I am 9 years old"]
    assert look(put(good, row("A2", "I'm 10, and I am 1 of 3 children.", voice=Voice.CHILD)), 6) == []
    assert look(put(good, row("A2", "I am 38.", voice=Voice.FAMILY)), 6) == []


def test_what_was_true_on_the_day_the_draft_was_served_stays_true(good: Case, look: Look, row: Make, put: Put) -> None:
    served = replace(good, events=(*good.events, CaseEvent("v9", EventKind.DRAFT_SERVED, date(2026, 6, 30))))
    assert look(put(served, row("B1", "Ava is 9 years old.")), 6) == []
    assert len(look(put(served, row("B1", "Ava is 8 years old.")), 6)) == 1


def test_without_a_recorded_year_a_year_either_way_is_no_error(good: Case, look: Look, row: Make, put: Put) -> None:
    unknown = replace(good, child=replace(good.child, year_group=""))
    for words in ("Ava is in Year 5.", "Ava is in Year 7.", "Ava is in Key Stage 3."):
        assert look(put(unknown, row("B1", words)), 6) == []
    assert len(look(put(unknown, row("B1", "Ava is in Year 3. Ava is in Key Stage 1.")), 6)) == 2
    ageless = replace(good, child=replace(good.child, year_group="", date_of_birth=None))
    assert look(put(ageless, row("B1", "Ava is 3 years old, is in Year 3 and is in Key Stage 4.")), 6) == []


def test_without_a_recorded_school_none_is_compared(good: Case, look: Look, row: Make, put: Put) -> None:
    assert look(put(replace(good, setting=Setting()), row("B1", "Ava attends Oakfield Infant School.")), 6) == []


def test_the_list_of_advice_is_not_read(good: Case, look: Look, row: Make, put: Put) -> None:
    assert look(put(good, row("K1", "What we want you to know: Ava is 4 years old.")), 6) == []
