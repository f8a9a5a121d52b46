"""Checks 41 to 44: what a need says, where else it hides, how often it stands there, and what it rests on."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from send_desk.domain.case import Case, Document
from send_desk.domain.entry import Entry, Source
from send_desk.domain.finding import Finding
from send_desk.domain.ids import Area, Level, Severity

Look = Callable[..., list[Finding]]
Make = Callable[..., Entry]
Change = Callable[..., Case]


def ids(found: list[Finding]) -> list[str]:
    return [one.id for one in found]


BARE = [
    "Ava has ADHD.",
    "Autism",
    "Ava was diagnosed with autism and ADHD by Dr Shah in March 2024.",
    "She has a diagnosis of moderate learning difficulties.",
    "Ava's dyslexia.",
    "Severe anxiety (diagnosed at Hartwell).",
]
DESCRIBED = [
    "Ava has ADHD and leaves her seat every few minutes.",
    "Ava finds reading hard: dyslexia.",
    "Ava does not hear speech from behind her because of her hearing loss.",
    "Ava leaves her seat every few minutes.",
    "",
]


@pytest.mark.parametrize("words", BARE)
def test_a_diagnosis_alone_is_asked_about(good: Case, look: Look, row: Make, put: Change, words: str) -> None:
    found = look(put(good, row("B1", words)), 41)
    assert [(one.id, one.severity, one.level) for one in found] == [("41/B1", Severity.WARN, Level.ASKS)]


@pytest.mark.parametrize("words", DESCRIBED)
def test_a_need_that_is_described_is_left_alone(good: Case, look: Look, row: Make, put: Change, words: str) -> None:
    assert look(put(good, row("B1", words)), 41) == []


def test_a_strength_or_provision_may_name_a_diagnosis(good: Case, look: Look, row: Make, put: Change) -> None:
    assert look(put(good, row("F3", "ADHD")), 41) == []


HIDING = [
    "A scribe is given because she struggles to hold a pencil.",
    "Due to her difficulties with handwriting a laptop is used.",
    "She finds it difficult to swim. A float is used.",
]
TOLD = [
    "Pictures are used because she finds it hard to hold instructions in mind.",
    "A quiet place is given because of her anxiety around loud rooms.",
    "A teaching assistant reads with Ava for twenty minutes.",
    "Because of her needs.",
]


@pytest.mark.parametrize("words", HIDING)
def test_a_need_that_only_provision_speaks_of(good: Case, look: Look, row: Make, put: Change, words: str) -> None:
    found = look(put(good, row("F1", words)), 42)
    assert [(one.id, one.severity) for one in found] == [("42/F1", Severity.NOTE)]


@pytest.mark.parametrize("words", TOLD)
def test_a_need_that_stands_in_b_too(good: Case, look: Look, row: Make, put: Change, words: str) -> None:
    assert [one.quote for one in look(put(good, row("F1", words)), 42)] == []


SAME = "Ava cannot hold instructions in her memory and forgets what her teacher explained."
AGAIN = [
    "Ava cannot hold instructions in memory, and forgets what the teacher explained to her.",
    "In lessons Ava forgets what her teacher explained: she cannot hold instructions in memory.",
    "Ava forgets instructions; she cannot hold in memory what the teacher explained.",
]
OTHER = [
    "Ava cannot hold a pencil in her hand and tires when she writes.",
    "Ava forgets.",
    "Ava cannot hold instructions in her memory, tires when she writes, covers her ears and seeks horses.",
]


@pytest.mark.parametrize("words", AGAIN)
def test_a_need_under_two_areas(good: Case, look: Look, row: Make, put: Change, words: str) -> None:
    first = row("B3", SAME, area=Area.COGNITION)
    found = look(put(good, first, row("B4", words, area=Area.COMMUNICATION)), 43)
    assert [(one.id, one.severity) for one in found] == [("43/B4", Severity.NOTE)]
    assert look(put(good, first, row("B4", words, area=Area.COGNITION)), 43) == []


@pytest.mark.parametrize("words", OTHER)
def test_two_needs_that_differ(good: Case, look: Look, row: Make, put: Change, words: str) -> None:
    two = put(good, row("B3", SAME, area=Area.COGNITION), row("B4", words, area=Area.SEMH))
    assert look(two, 43) == []


def test_the_same_paragraph_is_told_by_check_10_alone(good: Case, look: Look, row: Make, put: Change) -> None:
    rows = [row(f"B{number}", SAME, area=area) for number, area in enumerate((Area.COGNITION, Area.SEMH), 3)]
    assert look(put(good, *rows), 43) == []
    assert ids(look(put(good, *rows), 10)) == ["10/B4"]


def test_a_need_repeated_twice_is_told_once_for_each_place(good: Case, look: Look, row: Make, put: Change) -> None:
    areas = (Area.COGNITION, Area.SEMH, Area.COMMUNICATION)
    rows = [
        row(f"B{n}", words, area=area) for n, (words, area) in enumerate(zip((SAME, *AGAIN), areas, strict=False), 3)
    ]
    assert ids(look(put(good, *rows), 43)) == ["43/B4", "43/B5"]


QUOTE = "hard to hold more than two spoken instructions"
UNPROVED = [
    ((), "says nothing of where it comes from"),
    ((Source(),), "names no paper"),
    ((Source("d-psych", None, QUOTE),), "without a page"),
    ((Source("d-psych", 1, " "),), "without the words"),
    ((Source("d-psych", 2, QUOTE),), "stand on page 1"),
    ((Source("d-psych", 1, "Ava likes maths."),), "not on page 1"),
    ((Source("d-psych", 9, "Ava likes maths."),), "not on page 9"),
    ((Source("d-psych", 0, "Ava likes maths."),), "not on page 0"),
]
PROVED = [
    (Source(judgement=True),),
    (Source("d-psych", 1, "HARD to hold more than\ntwo spoken instruc-tions"),),
    (Source("d-psych", 1, "in mind at once. An adult should give"),),
    (Source("gone", 1, "words"),),
    (Source("d-blank", None, ""),),
    (Source("d-psych", 1, "..."),),
]


@pytest.mark.parametrize(("sources", "words"), UNPROVED)
def test_a_row_says_where_it_comes_from(
    good: Case, look: Look, row: Make, put: Change, sources: tuple[Source, ...], words: str
) -> None:
    found = look(put(good, row("B1", "Ava forgets.", sources=sources)), 44)
    assert [(one.id, one.severity) for one in found] == [("44/B1", Severity.WARN)]
    assert words in found[0].reason


@pytest.mark.parametrize("sources", PROVED)
def test_a_row_that_does(good: Case, look: Look, row: Make, put: Change, sources: tuple[Source, ...]) -> None:
    held = replace(good, documents=(*good.documents, Document("d-blank", "A scan")))
    assert look(put(held, row("B1", "Ava forgets.", sources=sources)), 44) == []


def test_only_needs_and_provision_that_say_something_are_asked(good: Case, look: Look, row: Make, put: Change) -> None:
    assert look(put(good, row("B1"), row("A2", "I like horses."), row("E1", "By July, Ava will read.")), 44) == []
    assert ids(look(put(good, row("F1", fields={"what": "teach"})), 44)) == ["44/F1"]
