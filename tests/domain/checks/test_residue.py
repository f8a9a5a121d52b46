"""Checks 8 and 10: what a template or a copied paragraph leaves behind."""

from collections.abc import Callable

import pytest

from send_desk.domain.case import Case
from send_desk.domain.entry import Entry
from send_desk.domain.finding import Finding
from send_desk.domain.ids import EntryKind, Severity

Look = Callable[..., list[Finding]]
Make = Callable[..., Entry]
Put = Callable[..., Case]

CAUGHT = [
    "[INSERT name] finds writing hard.",
    "Ava works for XXX minutes.",
    "Child’s name finds writing hard.",
    "Ava and his/her teacher meet. Delete as appropriate.",
    "Click or tap here to enter text.",
    "Ava ____ begins.",
    "Commented [AB1]: is this right?",
    "Seen on xx/xx/2026 by her doctor.",
    "<Name> needs quiet.",
    "Ava needs {{provision}}.",
    "TBC",
    "Seen on a day tbc.",
    "{name} needs quiet.",
    "Pupil name:",
    "n/a",
    "??? minutes",
]
LEFT_ALONE = [
    "Ava writes her own name and can say another child's name.",
    "Ava (known as Avie) has size XL boots and takes part in Year 6.",
    "Ava says “I can [laughs] run fast”, and likes maths [especially fractions].",
    "Ava waits ... and then begins.",
    "Adults insert a pause, and delete what Ava has crossed out.",
    "None of her friends live near. Nobody is unknown to her.",
    "The XX chromosome and a {curly} thing. Ava says a pupil's name.",
    "What happened? Ava cannot say!",
]


@pytest.mark.parametrize("words", CAUGHT)
def test_residue_is_caught(good: Case, look: Look, row: Make, put: Put, words: str) -> None:
    found = look(put(good, row("B1", words)), 8)
    assert [(one.id, one.severity) for one in found] == [("8/B1/text", Severity.BLOCK)]


@pytest.mark.parametrize("words", LEFT_ALONE)
def test_plain_words_are_left_alone(good: Case, look: Look, row: Make, put: Put, words: str) -> None:
    assert [one.quote for one in look(put(good, row("B1", words)), 8)] == []


def test_a_field_is_named(good: Case, look: Look, row: Make, put: Put) -> None:
    found = look(put(good, row("F1", fields={"what": "Teach phonics", "how_long": "XX minutes"})), 8)
    assert [(one.id, one.field) for one in found] == [("8/F1/how_long", "how_long")]


def test_none_in_a_section_of_needs_is_told_by_the_check_of_empty_sections(
    good: Case, look: Look, row: Make, put: Put
) -> None:
    bare = put(good, row("C1", "None"))
    assert look(bare, 8) == []
    assert [one.id for one in look(bare, 15)] == ["15/C"]


LONG = "Ava finds it hard to write for more than five minutes because her hand hurts and she grows tired."


def test_a_paragraph_that_stands_twice_is_told_at_the_second_place(good: Case, look: Look, row: Make, put: Put) -> None:
    twice = put(good, row("B1", LONG), row("B3", f"More to say.\n\n{LONG.upper()}"))
    found = look(twice, 10)
    assert [(one.id, one.severity) for one in found] == [("10/B3", Severity.WARN)]
    assert "B1" in found[0].reason


@pytest.mark.parametrize("words", [f"{LONG}\n\n{LONG}", f"{LONG}\n{LONG}\n{LONG}"])
def test_a_paragraph_twice_in_one_row(good: Case, look: Look, row: Make, put: Put, words: str) -> None:
    found = look(put(good, row("B1", words)), 10)
    assert [one.id for one in found] == ["10/B1"]
    assert "same row" in found[0].reason


@pytest.mark.parametrize("words", ["Ava is kind to all.", LONG.replace("hand", "arm"), ""])
def test_short_or_different_paragraphs_are_left_alone(good: Case, look: Look, row: Make, put: Put, words: str) -> None:
    assert look(put(good, row("B1", words), row("B3", words if len(words) < 40 else LONG)), 10) == []


def test_statements_of_none_and_the_list_of_advice_may_repeat(good: Case, look: Look, row: Make, put: Put) -> None:
    nils = (row("H1.1", LONG, kind=EntryKind.NIL), row("H2.1", LONG, kind=EntryKind.NIL), row("K1", LONG))
    assert look(put(good, *nils), 10) == []
