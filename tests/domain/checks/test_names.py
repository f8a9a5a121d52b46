"""Check 1: the child's own name, everywhere, and nobody else's in its place."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from send_desk.domain.case import Case, Document
from send_desk.domain.entry import Entry
from send_desk.domain.finding import Finding
from send_desk.domain.ids import Severity
from send_desk.domain.person import Child

Look = Callable[..., list[Finding]]
Make = Callable[..., Entry]
Put = Callable[..., Case]

CAUGHT = [
    ("Ava Thornby finds writing hard.", "thornby"),
    ("A task board helps Ava Smith to begin.", "smith"),
    ("Avie Jones is tired by noon.", "jones"),
    ("Ava Rose Jones is tired by noon.", "jones"),
    ("Josh finds it hard to hold instructions in mind.", "josh"),
    ("In a loud room, Ella covers her ears. Ella's needs are greatest at noon.", "ella"),
    ("Adults should support Mohammed to begin his work.", "mohammed"),
    ("Her mother says that Chloe is tired.", "chloe"),
    ("Eva Thornley finds writing hard.", "eva"),
    ("Work goes well when Mrs Thornly is near.", "thornly"),
    ("Tiredness is Thornleyy's greatest barrier.", "thornleyy"),
    ("Everybody in class knows Thonrley by now.", "thonrley"),
    ("Mia Thornley finds writing hard.", "mia"),
    ("Kestrel Thornley needs a quiet start.", "kestrel"),
    ("Eda Rose Thornley is tired by noon.", "eda"),
]
LEFT_ALONE = [
    "Ava Thornley finds writing hard.",
    "Ava Rose Thornley, known as Avie Thornley, finds writing hard.",
    "Ava’s writing is slow.",
    "Kit Thornley and Jo Thornley live with Ava Thornley.",
    "Liam finds Ava funny.",
    "Sam Okoro says that Ava is kind. Liam Fell is her friend.",
    "Josh, her brother, is close to her. Josh is her brother.",
    "On Monday Ava English homework is left until evening.",
    "Ava EHC plan",
    "Thornlee questions tire Ava. Mind maps help.",
    "Ava Thornley's autism shows when a room is loud. Autism is part of who Ava is.",
    "Will and Grace is a programme that Ava likes.",
    "Mrs Thornley has a word with Ava each day. The Thornley family has moved.",
    "Kestrel Thornley is Ava's cousin. Her brother Mia Thornley reads to her.",
]


@pytest.mark.parametrize(("words", "wrong"), CAUGHT)
def test_another_name_is_caught(good: Case, look: Look, row: Make, put: Put, words: str, wrong: str) -> None:
    found = look(put(good, row("B1", words)), 1)
    assert [one.id for one in found] == [f"1/B1/{wrong}"]
    assert (found[0].severity, found[0].entry) == (Severity.BLOCK, "B1")


@pytest.mark.parametrize("words", LEFT_ALONE)
def test_other_names_are_left_alone(good: Case, look: Look, row: Make, put: Put, words: str) -> None:
    assert look(put(good, row("B1", words)), 1) == []


def test_fields_are_read_too(good: Case, look: Look, row: Make, put: Put) -> None:
    wrong = row("E1", fields={"will": "Noah will read a page", "steps": ("By May, Noah will read a line", "two")})
    assert [one.id for one in look(put(good, wrong), 1)] == ["1/E1/noah"]


def test_the_family_may_speak_of_anybody_and_the_list_of_advice_too(
    good: Case, look: Look, row: Make, put: Put
) -> None:
    assert look(put(good, row("A2", "Noah is funny. Noah makes me laugh.")), 1) == []
    assert look(put(good, row("K1", "What Noah wants you to know")), 1) == []


def test_accents_and_double_names_compare(good: Case, look: Look, row: Make, put: Put) -> None:
    double = replace(good, child=Child("Zoë", "Smith-Jones", good.child.date_of_birth, year_group="Year 6"))
    for words in ("Zoë Smith Jones is ten.", "Zoë Smith-Jones is ten."):
        assert look(put(double, row("B1", words)), 1) == []
    assert [one.id for one in look(put(double, row("B1", "Zoë Smith is ten.")), 1)] == ["1/B1/smith"]
    accented = replace(good, child=Child("Ava", "Gül", good.child.date_of_birth))
    assert look(put(accented, row("B1", "Ava Gul is ten.")), 1) == []


def test_a_child_with_one_name_only(good: Case, look: Look, row: Make, put: Put) -> None:
    one_name = replace(good, child=Child("Ava", ""))
    assert look(put(one_name, row("B1", "Ava Smith finds writing hard.")), 1) == []
    no_first = replace(good, child=Child("", "Li"))
    assert look(put(no_first, row("B1", "Ava Smith finds writing hard.")), 1) == []


def test_a_name_that_is_not_known_is_told_once(good: Case, look: Look, row: Make, put: Put) -> None:
    nameless = replace(put(good, row("B1", "Josh finds writing hard.")), child=Child("", ""))
    found = look(nameless, 1)
    assert [(one.id, one.field) for one in found] == [("1/child/name", "first_names")]
    assert "T-100" in found[0].reason


PAPERS_CAUGHT = [("Report on Ava Jones", ""), ("Advice for Noah", ""), ("", "SaLT report re Josh_Brown.pdf")]
PAPERS_LEFT = [
    ("Report on Ava Thornley", ""),
    ("Advice for Liam", ""),
    ("Report by Rhona Bell", ""),
    ("", "report.pdf"),
]


@pytest.mark.parametrize(("title", "name"), PAPERS_CAUGHT)
def test_a_paper_about_another_child_is_caught(good: Case, look: Look, title: str, name: str) -> None:
    held = replace(good, documents=(*good.documents, Document("x", title, name=name)))
    assert [one.id for one in look(held, 1)] == ["1/x"]


@pytest.mark.parametrize(("title", "name"), PAPERS_LEFT)
def test_a_paper_about_this_child_is_left_alone(good: Case, look: Look, title: str, name: str) -> None:
    assert look(replace(good, documents=(*good.documents, Document("x", title, name=name))), 1) == []
