"""Checks 24 to 28 on who has answered, and the plan's own part of 28."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from send_desk.domain.case import Case, CaseEvent
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.entry import Entry, Links
from send_desk.domain.finding import Finding
from send_desk.domain.ids import Cell, EntryKind, EventKind, Ground, Level, Section, Severity, State, Version
from send_desk.domain.ids import ContributionEventKind as Step
from send_desk.domain.person import Adviser
from send_desk.domain.register import fill_register
from send_desk.domain.rulebook import RuleBook

Look = Callable[..., list[Finding]]
Make = Callable[..., Entry]
Change = Callable[..., Case]

ASKED = ContributionEvent("a", Step.REQUESTED, date(2026, 9, 21))


def ids(found: list[Finding]) -> list[str]:
    return [one.id for one in found]


def told(look: Look, case: Case, *, on: date = date(2026, 10, 5)) -> list[str]:
    return [one.id for one in look(case, on=on) if one.check in (24, 25, 26, 28)]


UNANSWERED = [
    ((), "nobody has been asked yet"),
    ((ASKED,), "asked and not answered; due 2 November 2026"),
    ((ContributionEvent("a", Step.REQUESTED, date(2026, 8, 3)),), "21 days overdue"),
    ((ASKED, ContributionEvent("r", Step.RECEIVED, date(2026, 9, 28))), "Nobody has said yet what it is"),
    ((ASKED, ContributionEvent("d", Step.DECLINED, date(2026, 9, 28))), "declined on 28 September 2026"),
    ((ContributionEvent("a", Step.REQUESTED, None),), "the day is not recorded"),
    (
        (ContributionEvent("c", Step.CONFIRMED, date(2026, 9, 28), state=State.ADMINISTRATIVE_ONLY),),
        "contains no advice",
    ),
    ((ContributionEvent("c", Step.CONFIRMED, date(2026, 9, 28), state=State.NOT_KNOWN),), "That is not an answer"),
    (
        (ASKED, ContributionEvent("e", Step.EXCEPTION, date(2026, 9, 24), ground=Ground.MISSED_APPOINTMENT)),
        "lawfully lifted, but the advice itself is still missing",
    ),
]


@pytest.mark.parametrize(("events", "words"), UNANSWERED)
def test_an_adviser_who_has_not_answered_is_told_of_once(
    good: Case, look: Look, line: Change, events: tuple[ContributionEvent, ...], words: str
) -> None:
    open_ = line(good, "c-psych", events=events, document="")
    found = look(open_, 24)
    assert [(one.id, one.severity, one.section, one.contribution) for one in found] == [
        ("24/c-psych", Severity.BLOCK, Section.B, "c-psych")
    ]
    assert words in found[0].reason
    assert told(look, open_) == ["24/c-psych"]


@pytest.mark.parametrize("state", [State.CONTRIBUTES, State.NO_RELEVANT_NEEDS, State.REUSED])
def test_an_answer_is_left_alone(good: Case, look: Look, line: Change, state: State) -> None:
    assert told(look, line(good, "c-psych", events=(), stated=state)) == []


def test_somebody_who_must_be_asked_and_is_on_no_line(good: Case, look: Look) -> None:
    lines = tuple(one for one in good.contributions if one.id != "c-health")
    found = look(replace(good, contributions=lines), 24)
    assert [(one.id, one.contribution, one.section) for one in found] == [("24/health", None, Section.C)]


@pytest.fixture
def review(good: Case, book: RuleBook) -> Case:
    """The good case with notice of a review given: five people are on its register, and nobody is invited yet."""
    notice = CaseEvent("r1", EventKind.REVIEW_NOTICE, date(2026, 10, 1), fields={"meeting": "2026-11-02"})
    case = replace(good, events=(*good.events, notice))
    ids = iter(("r-family", "r-education", "r-others", "r-health", "r-social"))
    lines = fill_register(case, book, date(2026, 10, 1), new_id=lambda: next(ids), cycle="r1")
    return replace(case, contributions=(*good.contributions, *lines))


def test_in_a_review_who_is_not_invited_is_told_of_once_with_its_own_law(review: Case, look: Look) -> None:
    found = {one.contribution: one for one in look(review, 24)}
    assert sorted(filter(None, found)) == ["r-education", "r-family", "r-health", "r-others", "r-social"]
    health, officer = found["r-health"], found["r-others"]
    assert health.reason == "A health care professional: not invited to the review yet."
    assert (health.law.citation, health.section) == ("SEND Regulations 2014 reg 20(2)(d)", Section.C)
    assert health.mend.startswith("Invite them to the review")
    assert officer.reason == "The authority's SEN officer: not invited to the review yet."
    assert not {26, 28, 32} & {one.check for one in look(review)}


def test_who_is_on_no_line_of_a_review_is_told_of_under_that_review(review: Case, look: Look) -> None:
    lines = tuple(one for one in review.contributions if one.id != "r-health")
    assert "24/r1/health" in told(look, replace(review, contributions=lines))


def test_somebody_else_invited_who_is_silent_is_told_of_under_the_regulation(review: Case, look: Look) -> None:
    youth = Contribution("y", Cell.ADULTHOOD, Adviser("Sam Lowe", "youth worker"), events=(ASKED,), cycle="r1")
    found = {one.contribution: one for one in look(replace(review, contributions=(*review.contributions, youth)), 24)}
    assert found["y"].law.citation == "SEND Regulations 2014 reg 20(2), (4)"


def test_papers_of_the_assessment_are_still_listed_used_and_answered_for(review: Case, good: Case, look: Look) -> None:
    def of_papers(case: Case) -> list[str]:
        return [one.id for one in look(case) if one.check in (15, 18, 30, 31)]

    assert of_papers(review) == of_papers(good)
    lines = tuple(replace(one, not_used_because="old") if one.id == "c-psych" else one for one in review.contributions)
    uncited = tuple(entry for entry in review.entries if entry.section is not Section.F)
    unused = [one.id for one in look(replace(review, contributions=lines, entries=uncited), 30)]
    paper = next(one.document for one in review.contributions if one.id == "c-psych")
    assert f"30/{paper}" not in unused, "the reason that was recorded in the assessment still stands"


def test_a_teacher_of_the_impairment_is_told_of_by_name(good: Case, look: Look) -> None:
    found = look(replace(good, child=replace(good.child, sensory_impairment=True)), 24)
    assert ids(found) == ["24/education/6(2)"]
    assert "Qualified teacher" in found[0].reason


def test_not_known_to_social_care_is_no_answer(good: Case, look: Look, line: Change) -> None:
    answered = ContributionEvent("c", Step.CONFIRMED, date(2026, 4, 1), state=State.NOT_KNOWN)
    unknown = line(good, "c-care", events=(answered,))
    found = look(unknown, 26)
    assert [(one.id, one.severity, one.section) for one in found] == [("26/c-care", Severity.BLOCK, Section.D)]
    assert "1 April 2026" in found[0].reason
    assert told(look, unknown) == ["26/c-care"], "26 speaks first, 24 is silent"


@pytest.mark.parametrize("cell", [Cell.HEALTH, Cell.PSYCHOLOGY, Cell.EDUCATION])
def test_not_known_elsewhere_is_told_by_24(good: Case, look: Look, cell: Cell) -> None:
    extra = Contribution("x", cell, Adviser("Kit Vale", "nurse"), stated=State.NOT_KNOWN)
    assert told(look, replace(good, contributions=(*good.contributions, extra))) == ["24/x"]


def test_with_an_early_help_view_beside_it_26_is_satisfied(good: Case, look: Look) -> None:
    unknown = Contribution("x", Cell.SOCIAL_CARE, Adviser(service="Duty team"), stated=State.NOT_KNOWN)
    held = replace(good, contributions=(*good.contributions, unknown))
    assert look(held, 26) == []
    assert told(look, held) == ["24/x"], "that line itself still has no answer"


@pytest.mark.parametrize(
    ("adviser", "word"),
    [(Adviser("", "paediatrician"), "clinician's name"), (Adviser("Dr Shah"), "role"), (Adviser(), "name and no role")],
)
def test_health_advice_names_its_clinician(good: Case, look: Look, line: Change, adviser: Adviser, word: str) -> None:
    found = look(line(good, "c-health", adviser=adviser), 25)
    assert [(one.id, one.severity) for one in found] == [("25/c-health", Severity.BLOCK)]
    assert word in found[0].reason
    assert told(look, line(good, "c-health", adviser=adviser)) == ["25/c-health"]


def test_health_advice_without_a_day(good: Case, look: Look, line: Change) -> None:
    undated = line(good, "c-health", events=(), stated=State.CONTRIBUTES, document="")
    assert "no date" in look(undated, 25)[0].reason
    dated = line(good, "c-health", events=(), stated=State.CONTRIBUTES)
    assert look(dated, 25) == []


def test_section_g_is_agreed_by_the_commissioner(good: Case, look: Look, row: Make, put: Change) -> None:
    fields = {"what": "meet her parents", "who": "School nurse"}
    asked = put(good, row("G1", fields=fields))
    assert [(one.id, one.severity, one.level) for one in look(asked, 25)] == [
        ("25/G/agreed", Severity.NOTE, Level.GUIDED)
    ]
    assert look(replace(asked, version=Version.FINAL), 25)[0].severity is Severity.BLOCK
    refused = put(good, row("G1", "Not agreed by the board.", fields=fields))
    assert ids(look(refused, 25)) == ["25/G/agreed"]
    for agreed in (row("G1", "Agreed by the board on 1 July 2026.", fields=fields), row("G1")):
        assert look(put(good, agreed), 25) == []
    assert look(put(good, row("G1", "None needed.", kind=EntryKind.NIL)), 25) == []


def h1(good: Case, row: Make, put: Change, words: str, kind: EntryKind = EntryKind.NIL) -> Case:
    return put(
        good, row("D1", "Ava cannot get to a club by herself.", kind=EntryKind.NEED), row("H1.1", words, kind=kind)
    )


def test_an_empty_h1_beside_social_care_needs_is_asked_about(good: Case, look: Look, row: Make, put: Change) -> None:
    found = look(h1(good, row, put, "Nothing is needed."), 27)
    assert [(one.id, one.severity, one.level) for one in found] == [("27/H1", Severity.WARN, Level.GUIDED)]


def test_an_h1_that_was_thought_about_is_left_alone(good: Case, look: Look, row: Make, put: Change) -> None:
    assert look(h1(good, row, put, "Piotr Nowak considered section 2 of the 1970 Act; nothing is needed."), 27) == []
    assert look(h1(good, row, put, "A club, once a week.", EntryKind.PROVISION), 27) == []
    assert look(good, 27) == []
    grown = replace(h1(good, row, put, "None."), child=replace(good.child, date_of_birth=date(2008, 1, 1)))
    assert look(grown, 27) == []
    blank = replace(good, entries=tuple(one for one in good.entries if one.section is not Section.H1))
    assert look(put(blank, row("D1", "Ava cannot get to a club.", kind=EntryKind.NEED)), 27) == []


def in_year_9(case: Case, **more: object) -> Case:
    child = replace(case.child, year_group="Year 9", date_of_birth=date(2013, 5, 1), **more)  # type: ignore[arg-type]  # any field
    return replace(case, child=child)


def test_before_year_9_nothing_is_asked_of_adulthood(good: Case, look: Look) -> None:
    assert look(good, 28) == []


def test_from_year_9_advice_is_due_and_28_speaks_for_it(good: Case, look: Look) -> None:
    found = look(in_year_9(good), 28)
    assert found[0].id == "28/adulthood"
    assert found[0].severity is Severity.BLOCK
    assert told(look, in_year_9(good)).count("28/adulthood") == 1
    waiting = Contribution("x", Cell.ADULTHOOD, Adviser("Kit Vale", "adviser"), events=(ASKED,))
    held = replace(in_year_9(good), contributions=(*good.contributions, waiting))
    assert [one for one in told(look, held) if one.startswith(("24", "28/x"))] == ["28/x"]


OUTCOMES = {
    "E1": "do two days of work experience each term",
    "E2": "cook a meal and travel alone by bus",
    "E3": "go to a youth club and meet her friends there",
    "E5": "go to see her GP alone and take her medication",
}


def prepared(good: Case, row: Make, put: Change) -> Case:
    rows = [row(id_, fields={"will": words}, links=Links(("A3",), ("B1",))) for id_, words in OUTCOMES.items()]
    advice = Contribution("x", Cell.ADULTHOOD, Adviser("Kit Vale", "adviser"), stated=State.CONTRIBUTES)
    return replace(put(in_year_9(good), *rows), contributions=(*good.contributions, advice))


def test_a_plan_that_prepares_is_left_alone(good: Case, look: Look, row: Make, put: Change) -> None:
    assert look(prepared(good, row, put), 28) == []


@pytest.mark.parametrize(
    ("id_", "strand"),
    [
        ("E1", "employment"),
        ("E2", "independent_living"),
        ("E3", "community_participation"),
        ("E5", "good_health"),
    ],
)
def test_a_strand_without_an_outcome(good: Case, look: Look, row: Make, put: Change, id_: str, strand: str) -> None:
    lacking = put(prepared(good, row, put), row(id_, fields={"will": "read a page"}, links=Links(("A3",), ("B1",))))
    found = look(lacking, 28)
    assert [(one.id, one.severity) for one in found] == [(f"28/E/{strand}", Severity.WARN)]


def test_provision_for_adulthood_is_a_must(good: Case, look: Look, row: Make, put: Change) -> None:
    unlinked = [
        replace(one, links=Links((), one.links.needs)) for one in good.entries if one.kind is EntryKind.PROVISION
    ]
    visit = row("G1", fields={"what": "meet her parents", "who": "School nurse"})
    lacking = put(prepared(good, row, put), *unlinked, visit)
    found = look(lacking, 28)
    assert [(one.id, one.severity) for one in found] == [("28/F/provision", Severity.BLOCK)]
    trained = put(lacking, row("F1", fields={"what": "travel training", "who": "TA"}))
    assert look(trained, 28) == []


def test_without_outcomes_or_provision_the_empty_sections_are_told_elsewhere(good: Case, look: Look) -> None:
    kept = tuple(one for one in good.entries if one.kind not in (EntryKind.OUTCOME, EntryKind.PROVISION))
    assert ids(look(replace(in_year_9(good), entries=kept), 28)) == ["28/adulthood"]


def test_the_care_act_is_prompted_at_17_and_for_care_leavers_at_16(
    good: Case, look: Look, row: Make, put: Change
) -> None:
    ready = prepared(good, row, put)

    def born(year: int, *, looked_after: bool = False) -> Case:
        return replace(ready, child=replace(ready.child, date_of_birth=date(year, 1, 1), looked_after=looked_after))

    assert [(one.id, one.severity) for one in look(born(2009), 28)] == [("28/plan/care_act", Severity.NOTE)]
    assert look(born(2010), 28) == []
    assert "care leaver" in look(born(2010, looked_after=True), 28)[0].reason
    told_of = put(born(2009), row("H2.1", "An assessment under the Care Act 2014 is planned.", kind=EntryKind.NIL))
    assert look(told_of, 28) == []
