"""What lawfully comes next, told from events alone."""

from dataclasses import replace
from datetime import date

import pytest

from send_desk.domain.case import Case, CaseEvent
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.event_words import EVENT_WORDS, event_details, event_words, facts_of
from send_desk.domain.ids import Cell, ContributionEventKind, EventKind, State
from send_desk.domain.next_steps import Door, lawful_kinds, next_steps
from send_desk.domain.person import HE, Child, Person
from send_desk.domain.register import fill_register
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.staff_warnings import Danger, staff_warnings, young_person_words

TODAY = date(2026, 3, 3)


def case(*kinds: EventKind, fields: dict[EventKind, dict[str, str]] | None = None) -> Case:
    events = tuple(
        CaseEvent(f"e{at}", kind, date(2026, 1, 5 + at), fields=(fields or {}).get(kind, {}))
        for at, kind in enumerate(kinds)
    )
    return Case("c", "R1", Child("Ava", "Thornley", date(2016, 5, 4)), events=events)


def answered(one: Case, *, but: dict[Cell, State] | None = None) -> Case:
    lines = []
    for cell in (Cell.FAMILY, Cell.EDUCATION, Cell.HEALTH, Cell.PSYCHOLOGY, Cell.SOCIAL_CARE):
        state = (but or {}).get(cell, State.CONTRIBUTES)
        event = ContributionEvent(f"x{cell}", ContributionEventKind.CONFIRMED, date(2026, 2, 1), state=state)
        lines.append(Contribution(f"l{cell}", cell, events=(event,)))
    return replace(one, contributions=tuple(lines))


def test_a_request_asks_for_a_decision_with_its_date(book: RuleBook) -> None:
    (step,) = next_steps(case(EventKind.REQUEST_RECEIVED), book, TODAY)
    assert step.door is Door.EVENT
    assert step.kinds == (EventKind.DECISION_ASSESS, EventKind.DECISION_NOT_ASSESS)
    assert step.line is not None
    assert (step.line.rule, step.line.due) == ("DEC_ASSESS", date(2026, 2, 16))


def test_an_assessment_asks_for_advice_first(book: RuleBook) -> None:
    steps = next_steps(case(EventKind.REQUEST_RECEIVED, EventKind.DECISION_ASSESS), book, TODAY)
    assert [(one.door, one.cell) for one in steps] == [(Door.REGISTER, Cell.FAMILY), (Door.EVENT, None)]
    assert "5 advisers have not been asked" in steps[0].why
    assert steps[1].kinds == (EventKind.DECISION_PLAN, EventKind.DECISION_NO_PLAN)


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (State.NOT_KNOWN, "Ask again for advice"),
        (State.ADMINISTRATIVE_ONLY, "Ask again for advice"),
        (State.RECEIVED, "Say what the advice is"),
        (State.NO_RELEVANT_NEEDS, "Decide whether to make a plan"),
    ],
)
def test_what_is_no_answer_in_law_is_the_next_step(book: RuleBook, state: State, title: str) -> None:
    one = answered(case(EventKind.REQUEST_RECEIVED, EventKind.DECISION_ASSESS), but={Cell.SOCIAL_CARE: state})
    assert next_steps(one, book, TODAY)[0].title == title


def test_late_advice_is_chased(book: RuleBook) -> None:
    one = answered(case(EventKind.REQUEST_RECEIVED, EventKind.DECISION_ASSESS))
    asked = ContributionEvent("r", ContributionEventKind.REQUESTED, date(2026, 1, 12))
    late = tuple(replace(line, events=(asked,)) if line.cell is Cell.HEALTH else line for line in one.contributions)
    step = next_steps(replace(one, contributions=late), book, TODAY)[0]
    assert (step.title, step.cell) == ("Chase the late advice", Cell.HEALTH)


def test_a_review_begins_with_who_must_be_invited(book: RuleBook) -> None:
    one = case(EventKind.FINAL_SENT, EventKind.REVIEW_NOTICE)
    held = next_steps(one, book, TODAY)
    assert [step.kinds for step in held] == [(EventKind.REVIEW_HELD,)]
    lines = fill_register(one, book, TODAY, new_id=iter("abcdefgh").__next__, cycle="e1")
    first, second = next_steps(replace(one, contributions=lines), book, TODAY)
    assert (first.door, first.title, first.cell) == (Door.REGISTER, "Invite to the review", Cell.FAMILY)
    assert "5 people have not been invited yet (SEND Regulations 2014 reg 20(2)(a))." in first.why
    assert second.kinds == (EventKind.REVIEW_HELD,)


def test_past_week_sixteen_the_decision_is_open_and_not_late(book: RuleBook) -> None:
    one = answered(case(EventKind.REQUEST_RECEIVED, EventKind.DECISION_ASSESS))
    before = next_steps(one, book, date(2026, 4, 1))[0]
    assert before.line is not None
    assert before.line.rule == "DEC_NO_PLAN"
    after = next_steps(one, book, date(2026, 5, 4))[0]
    assert (after.title, after.line) == ("Decide whether to make a plan", None)


def test_a_draft_that_is_out_waits_for_the_family_and_then_becomes_final(book: RuleBook) -> None:
    one = case(EventKind.REQUEST_RECEIVED, EventKind.DECISION_ASSESS, EventKind.DECISION_PLAN, EventKind.DRAFT_SERVED)
    early = next_steps(one, book, date(2026, 1, 10))
    assert early[0].door is Door.FINAL
    assert early[0].why == "The family may answer the draft until 22 January 2026."
    assert next_steps(one, book, TODAY)[0].why == "The family's time to answer the draft is over."
    assert early[1].kinds == (EventKind.REPRESENTATION,)


@pytest.mark.parametrize(
    ("kinds", "fields", "first"),
    [
        ((), {}, EventKind.REQUEST_RECEIVED),
        ((EventKind.PLAN_MADE,), {}, EventKind.FINAL_SENT),
        ((EventKind.FINAL_SENT,), {}, EventKind.REVIEW_NOTICE),
        ((EventKind.REVIEW_NOTICE,), {}, EventKind.REVIEW_HELD),
        ((EventKind.REVIEW_HELD,), {}, EventKind.REVIEW_REPORT),
        ((EventKind.REVIEW_HELD, EventKind.REVIEW_REPORT), {}, EventKind.REVIEW_DECISION),
        (
            (EventKind.REVIEW_HELD, EventKind.REVIEW_DECISION),
            {EventKind.REVIEW_DECISION: {"outcome": "amend"}},
            EventKind.AMENDMENT_NOTICE_SENT,
        ),
        (
            (EventKind.REVIEW_HELD, EventKind.REVIEW_DECISION),
            {EventKind.REVIEW_DECISION: {"outcome": "maintain"}},
            EventKind.REVIEW_NOTICE,
        ),
        ((EventKind.FINAL_SENT, EventKind.REASSESSMENT_REQUESTED), {}, EventKind.REASSESSMENT_DECIDED),
        (
            (EventKind.DECISION_NOT_ASSESS, EventKind.TRIBUNAL_ORDER),
            {EventKind.TRIBUNAL_ORDER: {"order": "assess"}},
            EventKind.DECISION_ASSESS,
        ),
        (
            (EventKind.FINAL_SENT, EventKind.TRIBUNAL_ORDER),
            {EventKind.TRIBUNAL_ORDER: {"order": "name"}},
            EventKind.FINAL_SENT,
        ),
    ],
)
def test_the_likeliest_lawful_event_stands_first(
    kinds: tuple[EventKind, ...], fields: dict[EventKind, dict[str, str]], first: EventKind
) -> None:
    assert lawful_kinds(case(*kinds, fields=fields))[0] is first


def test_a_refusal_or_an_end_asks_for_nothing(book: RuleBook) -> None:
    for kind in (EventKind.DECISION_NOT_ASSESS, EventKind.CEASED, EventKind.MOVED_OUT):
        assert next_steps(case(EventKind.REQUEST_RECEIVED, kind), book, TODAY) == ()


def test_every_event_has_words_and_its_outcome_is_told() -> None:
    assert set(EVENT_WORDS) == set(EventKind)
    told = CaseEvent("e", EventKind.TRIBUNAL_ORDER, TODAY, by="Tribunal", fields={"order": "make"})
    assert event_words(told) == "Order of the Tribunal: make a plan"
    moved = CaseEvent("e", EventKind.MOVED_OUT, TODAY, fields={"became_aware_of_move": "2026-03-01"})
    assert event_details(moved) == "day on which we learned of the move: 1 March 2026"
    assert {fact.name for fact in facts_of(EventKind.REVIEW_DECISION)} == {"outcome", "mediation_certificate"}


def test_staff_are_warned_of_address_barred_people_and_visits() -> None:
    one = case()
    assert staff_warnings(one) == ()
    people = (Person("p", "Rob Vance", "uncle", barred=True), Person("q", "Mina", visit_risk="Dogs"))
    one = replace(one, child=replace(one.child, address_confidential=True), people=people)
    assert [warning.danger for warning in staff_warnings(one)] == [Danger.ADDRESS, Danger.BARRED, Danger.VISIT]


def test_rights_are_the_young_persons_from_the_day_after_the_last_friday_in_june(book: RuleBook) -> None:
    one = case()
    born = replace(one, child=replace(one.child, date_of_birth=date(2010, 5, 4), pronouns=HE))
    assert young_person_words(born, book, date(2026, 6, 26)) == ""
    said = young_person_words(born, book, date(2026, 6, 27))
    assert said.startswith("Ava is a young person since 27 June 2026: letters, rights and views are his (")
