"""Checks 14 to 17: sections, what stands in them, and where a place may be named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from send_desk.domain.case import Case, CaseEvent, Setting
from send_desk.domain.entry import Entry
from send_desk.domain.finding import Finding
from send_desk.domain.ids import EntryKind, EventKind, Section, Severity, Stage, State, Version
from send_desk.domain.person import Child

Look = Callable[..., list[Finding]]
Make = Callable[..., Entry]
Change = Callable[..., Case]


def ids(found: list[Finding]) -> list[str]:
    return [one.id for one in found]


@pytest.mark.parametrize("missing", [Section.A, Section.H2, Section.K])
def test_a_section_that_is_not_there(good: Case, look: Look, missing: Section) -> None:
    headings = tuple(section for section in Section if section is not missing)
    left = replace(good, headings=headings, entries=tuple(one for one in good.entries if one.section is not missing))
    found = look(left)
    assert (f"14/{missing}", Severity.BLOCK) in [(one.id, one.severity) for one in found]
    assert f"15/{missing}" not in ids(found), "one fault, one finding"


def test_all_sections_in_any_order(good: Case, look: Look) -> None:
    assert look(replace(good, headings=tuple(reversed(Section))), 14) == []


@pytest.mark.parametrize("section", [Section.A, Section.C, Section.D, Section.E, Section.H1])
def test_a_blank_section_is_held(good: Case, look: Look, section: Section) -> None:
    blank = replace(good, entries=tuple(one for one in good.entries if one.section is not section))
    found = look(blank, 15)
    assert (ids(found), found[0].severity) == ([f"15/{section}"], Severity.BLOCK)


def test_an_empty_row_fills_nothing(good: Case, look: Look, row: Make, put: Change) -> None:
    assert ids(look(put(good, row("D1", kind=EntryKind.NIL, fields={"contribution": " "})), 15)) == ["15/D"]


def test_section_j_is_asked_about_gently(good: Case, look: Look, without: Change) -> None:
    assert [(one.id, one.severity) for one in look(without(good, "J1"), 15)] == [("15/J", Severity.NOTE)]


@pytest.mark.parametrize("words", ["None", "N/A", "not known."])
def test_a_bare_word_is_no_statement(good: Case, look: Look, row: Make, put: Change, words: str) -> None:
    found = look(put(good, row("D1", words)), 15)
    assert ids(found) == ["15/D"]
    assert words in found[0].reason


NIL = {"contribution": "c-care", "on": "2026-06-26"}


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("None were found.", {}),
        ("None were found.", {"contribution": "c-health"}),
        ("None were found.", {"contribution": "gone"}),
    ],
)
def test_a_statement_of_none_names_whose_answer_it_rests_on(
    good: Case, look: Look, row: Make, put: Change, words: str, fields: dict[str, str]
) -> None:
    stated = put(good, row("D1", words, kind=EntryKind.NIL, fields=fields))
    assert ids(look(stated, 15)) == ["15/D"]


@pytest.mark.parametrize(
    ("words", "fields"),
    [("None were found.", NIL), ("Piotr Nowak, social worker, found none on 26 June 2026.", {})],
)
def test_a_statement_that_does_is_left_alone(
    good: Case, look: Look, row: Make, put: Change, words: str, fields: dict[str, str]
) -> None:
    assert look(put(good, row("D1", words, kind=EntryKind.NIL, fields=fields)), 15) == []


def test_an_answer_that_names_needs_is_no_ground_for_none(good: Case, look: Look, line: Change) -> None:
    events = (*good.contributions[4].events[:2], replace(good.contributions[4].events[2], state=State.CONTRIBUTES))
    found = look(line(good, "c-care", events=events), 15)
    assert ids(found) == ["15/D"], "H1 and H2 may still be empty: needs need not call for provision there"


def test_none_is_not_written_before_anybody_answered_so(good: Case, look: Look, line: Change) -> None:
    unasked = line(good, "c-care", events=())
    assert ids(look(unasked, 15)) == ["15/D"], "in H1 and H2 the missing answer is the fault, told by 24"
    assert ids(look(unasked, 24)) == ["24/c-care"]


def test_a_statement_named_after_the_missing_one_of_two_answers(good: Case, look: Look, line: Change) -> None:
    other = replace(
        good.contributions[4], id="c-early", adviser=replace(good.contributions[4].adviser, name="Kit Vale")
    )
    two = replace(
        line(good, "c-care", events=()), contributions=(*line(good, "c-care", events=()).contributions, other)
    )
    assert ids(look(two, 15)) == ["15/D"]


def test_while_nobody_has_answered_only_the_section_of_needs_is_told_of(
    good: Case, look: Look, line: Change, without: Change
) -> None:
    blank = without(line(good, "c-care", events=()), "D1", "H1.1", "H2.1")
    assert ids(look(blank, 15)) == ["15/D"]
    answered = without(good, "D1", "H1.1", "H2.1")
    assert ids(look(answered, 15)) == ["15/D", "15/H1", "15/H2"]


def test_a_grown_person_has_no_h1(good: Case, look: Look, without: Change) -> None:
    grown = replace(without(good, "H1.1"), child=replace(good.child, date_of_birth=date(2008, 10, 5)))
    assert look(grown, 15) == []


@pytest.mark.parametrize("id_", ["B9", "F9", "A9"])
def test_nothing_to_say_is_no_answer_for_what_every_plan_has(
    good: Case, look: Look, row: Make, put: Change, id_: str
) -> None:
    section = Section(id_[0])
    bare = replace(good, entries=tuple(one for one in good.entries if one.section is not section))
    assert ids(look(put(bare, row(id_, "Nothing to add.", kind=EntryKind.NIL)), 15)) == [f"15/{section}"]


def test_a_plan_not_begun_is_told_once(look: Look) -> None:
    assert ids(look(Case("c", "R", Child("Ava", "T", date(2016, 7, 4))))) == ["15/plan"]


def test_a_draft_of_a_first_plan_names_no_place(good: Case, look: Look, row: Make, put: Change) -> None:
    placed = put(good, row("I1", fields={"name": "Hartwell Primary School", "type": "mainstream"}))
    found = look(placed, 16)
    assert [(one.id, one.severity, one.entry) for one in found] == [("16/I", Severity.BLOCK, "I1")]
    for stage in (Stage.AMENDMENT, Stage.REASSESSMENT):
        assert look(replace(placed, stage=stage), 16) == []
    nil = put(good, row("I1", "Left empty in a draft.", kind=EntryKind.NIL))
    assert look(nil, 16) == []
    assert look(good, 16) == []


def test_a_final_plan_names_a_place_or_its_type(good: Case, look: Look, row: Make, put: Change) -> None:
    final = replace(good, version=Version.FINAL)
    assert ids(look(final, 16)) == ["16/I"]
    assert ids(look(put(final, row("I1", fields={"urn": "112233"})), 16)) == ["16/I"]
    for told in (
        row("I1", fields={"type": "mainstream primary"}),
        row("I1", fields={"name": "Hartwell"}),
        row("I1", "x"),
    ):
        assert look(put(final, told), 16) == []
    elsewhere = row("I1", "Education otherwise than at school (s61).", kind=EntryKind.NIL)
    assert look(put(final, elsewhere), 16) == []
    assert look(replace(final, headings=tuple(one for one in Section if one is not Section.I)), 16) == []


PLACES = [
    ("B1", "Ava needs a special school."),
    ("B1", "At Hartwell Primary School Ava covers her ears."),
    ("E1", "Ava will be in a mainstream school."),
    ("F1", "A specialist setting with small classes."),
    ("F1", "As now at Elm Nursery."),
    ("F1", "At Oakfield Academy a teacher starts each task."),
    ("E1", "By then Ava goes to St Mary’s C of E Primary School."),
    ("F1", "Moorside College offers a quiet place."),
]
NO_PLACES = [
    ("B1", "In school Ava covers her ears; the school day is long, and mainstream lessons are loud."),
    ("A2", "I like Hartwell Primary School."),
    ("F1", "The setting is told a week before. Specialist teachers visit."),
    ("F1", "Forest School each week; the School Nurse calls; Ava's School offers a Whole School day."),
    ("F1", "A member of the Royal College of Speech and Language Therapists visits."),
    ("G1", "A special school nurse visits."),
]


@pytest.mark.parametrize(("id_", "words"), PLACES)
def test_a_place_named_outside_section_i(good: Case, look: Look, row: Make, put: Change, id_: str, words: str) -> None:
    moved = replace(good, previous_settings=(Setting("Elm Nursery"), Setting("Elm")))
    found = look(put(moved, row(id_, words)), 17)
    assert [(one.id, one.severity) for one in found] == [(f"17/{id_}", Severity.WARN)]


@pytest.mark.parametrize(("id_", "words"), NO_PLACES)
def test_no_place_is_named(good: Case, look: Look, row: Make, put: Change, id_: str, words: str) -> None:
    assert look(put(good, row(id_, words)), 17) == []
    assert look(replace(put(good, row(id_, words)), setting=Setting()), 17) == []


def test_section_i_may_be_written_once_the_draft_is_served(good: Case, look: Look) -> None:
    entry = Entry("I1", Section.I, EntryKind.PLACEMENT, fields={"name": "Mill Lane School"})
    draft = replace(good, version=Version.DRAFT, stage=Stage.NEW, entries=(*good.entries, entry))
    not_out = tuple(event for event in draft.events if event.kind is not EventKind.DRAFT_SERVED)
    assert ids(look(replace(draft, events=not_out), 16)) == ["16/I"]
    served = CaseEvent("served", EventKind.DRAFT_SERVED, date(2026, 6, 1))
    assert look(replace(draft, events=(*not_out, served)), 16) == []
