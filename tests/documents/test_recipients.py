"""Who may hold a paper, and a file name that gives no other child away."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from send_desk.documents.recipients import recipient_problem, suggested_name
from send_desk.domain.case import Case
from send_desk.domain.person import Child, Person

DAY = date(2026, 5, 4)


def test_a_barred_person_is_refused_by_id_or_name(filled: Case) -> None:
    barred = next(person for person in filled.people if person.barred)
    for asked in (barred, Person("other", "  colin  BARRACLOUGH "), replace(barred, id="x", barred=True)):
        problem = recipient_problem(filled, asked)
        assert problem is not None
        assert "Colin Barraclough is recorded as barred" in str(problem)
        assert "Nothing was printed" in str(problem)


def test_others_may_hold_it(filled: Case) -> None:
    assert recipient_problem(filled, None) is None
    assert recipient_problem(filled, filled.people[0]) is None
    assert recipient_problem(filled, Person("panel", "The panel of 6 May")) is None
    assert recipient_problem(filled, Person("", "")) is None


def test_the_name_says_case_paper_recipient_and_day(filled: Case) -> None:
    name = suggested_name(filled, "draft", filled.people[0], DAY)
    assert name == "CB-2026-0417 - Draft plan - for Joanne Thornley - 2026-05-04"
    assert suggested_name(filled, "letter-chase", None, DAY) == "CB-2026-0417 - Letter chase - 2026-05-04"


def test_a_case_without_a_reference_goes_by_its_id() -> None:
    assert suggested_name(Case("c9", "", Child("", "")), "draft", None, DAY) == "c9 - Draft plan - 2026-05-04"


def test_the_child_is_not_named_in_it(filled: Case) -> None:
    assert "Ava" not in suggested_name(filled, "draft", None, DAY)


@pytest.mark.parametrize("reference", ["CON", "a/b\\c:d*e?", "nul", "..", "x" * 300, "tab\there", "a.", " - "])
def test_it_is_safe_on_windows(reference: str) -> None:
    name = suggested_name(Case("id", reference, Child("", "")), "draft", Person("p", 'Anna "Nan" <x>|'), DAY)
    assert not set(name) & set('<>:"/\\|?*\t\n.')
    assert len(name) < 200
    assert name.split(" - ")[0].lower() not in {"con", "nul"}


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_words_make_an_unsafe_name(reference: str, to: str) -> None:
    name = suggested_name(Case("id", reference, Child("", "")), "draft", Person("p", to), DAY)
    assert name == name.strip(" .")
    assert not any(character in '<>:"/\\|?*' or ord(character) < 32 for character in name)
