"""Reviews have registers of their own: which is in force, who stands on it, what it makes of strip and notices."""

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from send_desk.domain.advice_steps import Deed, deeds
from send_desk.domain.case import Case, CaseEvent
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.cycle import ASSESSMENT, cycle_in_force, cycles, meeting_of, review_without_register
from send_desk.domain.ids import Cell, EventKind, State
from send_desk.domain.ids import ContributionEventKind as Kind
from send_desk.domain.missing_advice import missing_box
from send_desk.domain.person import Adviser
from send_desk.domain.register import earlier, fill_register, register, required, strip
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.timetable import timetable

NOTICE = date(2027, 2, 15)
TODAY = date(2027, 3, 1)
YOUNG = (Cell.FAMILY, Cell.EDUCATION, Cell.HEALTH, Cell.PSYCHOLOGY, Cell.SOCIAL_CARE)
PLANNED = (
    CaseEvent("e1", EventKind.DECISION_ASSESS, date(2026, 3, 2)),
    CaseEvent("e2", EventKind.FINAL_SENT, date(2026, 6, 1)),
)


def event(id_: str, kind: EventKind, day: date, **fields: str) -> CaseEvent:
    return CaseEvent(id_, kind, day, fields=fields)


@pytest.fixture
def planned(case: Case) -> Case:
    """A plan in force since June 2026; everybody answered for the assessment."""
    lines = tuple(Contribution(f"a-{cell}", cell, stated=State.CONTRIBUTES) for cell in YOUNG)
    return replace(case, events=PLANNED, contributions=lines)


def noticed(case: Case, book: RuleBook, notice: CaseEvent) -> Case:
    numbers = count(1)
    with_event = replace(case, events=(*case.events, notice))
    lines = fill_register(
        with_event, book, notice.on or TODAY, new_id=lambda: f"{notice.id}-{next(numbers)}", cycle=notice.id
    )
    return replace(with_event, contributions=(*case.contributions, *lines))


@pytest.fixture
def review(planned: Case, book: RuleBook) -> Case:
    notice = event("r1", EventKind.REVIEW_NOTICE, NOTICE, meeting="2027-03-22")
    return noticed(planned, book, notice)


def then(case: Case, *events: CaseEvent) -> Case:
    return replace(case, events=(*case.events, *events))


def on_line(case: Case, cell: Cell, *events: ContributionEvent, cycle: str = "r1") -> Case:
    return replace(
        case,
        contributions=tuple(
            replace(line, events=(*line.events, *events)) if (line.cell, line.cycle) == (cell, cycle) else line
            for line in case.contributions
        ),
    )


def test_from_the_notice_the_strip_is_the_reviews_own(planned: Case, review: Case, book: RuleBook) -> None:
    before, after = strip(planned, book, TODAY), strip(review, book, TODAY)
    assert {before[cell].state for cell in YOUNG} == {State.CONTRIBUTES}
    invited = {cell for cell, status in after.items() if status.state is State.NOT_REQUESTED}
    assert invited == {Cell.FAMILY, Cell.EDUCATION, Cell.HEALTH, Cell.SOCIAL_CARE, Cell.OTHERS}
    assert after[Cell.PSYCHOLOGY].state is State.NOT_DUE
    assert "reg 20(2)(d)" in after[Cell.HEALTH].tip
    assert "reg 6" not in after[Cell.PSYCHOLOGY].tip
    assert [giver.letter for giver in required(review, book, TODAY)] == [f"20(2)({letter})" for letter in "abcde"]


def test_older_registers_stay_readable(review: Case, book: RuleBook) -> None:
    assert [one.title for one in cycles(review)] == ["Review of 15 February 2027", "Assessment"]
    old = register(review, book, TODAY, cycle=ASSESSMENT)
    assert {one.contribution.id for one in old if one.contribution} == {f"a-{cell}" for cell in YOUNG}
    assert list(earlier(review, book, TODAY)) == list(old)


def test_a_line_without_a_cycle_is_the_assessments(planned: Case, book: RuleBook) -> None:
    assert Contribution("x", Cell.HEALTH).cycle == ASSESSMENT
    assert cycle_in_force(planned) == ASSESSMENT
    # A review from before reviews had registers, or from a file, leaves the register that there is.
    bare = then(planned, event("r0", EventKind.REVIEW_NOTICE, NOTICE))
    assert strip(bare, book, TODAY) == strip(planned, book, TODAY)
    found = review_without_register(bare)
    assert found is not None
    assert found.id == "r0"
    assert review_without_register(planned) is None


@pytest.mark.parametrize(
    ("events", "in_force"),
    [
        ((), "r1"),
        ((event("h", EventKind.REVIEW_HELD, date(2027, 3, 22)),), "r1"),
        ((event("d", EventKind.REVIEW_DECISION, date(2027, 4, 1), outcome="maintain"),), ""),
        ((event("d", EventKind.REVIEW_DECISION, date(2027, 4, 1), outcome="cease"),), ""),
        ((event("d", EventKind.REVIEW_DECISION, date(2027, 4, 1)),), ""),
        ((event("d", EventKind.REVIEW_DECISION, date(2027, 4, 1), outcome="amend"),), "r1"),
        (
            (
                event("d", EventKind.REVIEW_DECISION, date(2027, 4, 1)),
                event("n", EventKind.AMENDMENT_NOTICE_SENT, date(2027, 4, 9)),
            ),
            "r1",
        ),
        (
            (
                event("d", EventKind.REVIEW_DECISION, date(2027, 4, 1), outcome="amend"),
                event("f", EventKind.FINAL_SENT, date(2027, 5, 20)),
            ),
            "r1",
        ),
        (
            (
                event("d", EventKind.REVIEW_DECISION, date(2027, 4, 1), outcome="maintain"),
                event("f", EventKind.FINAL_SENT, date(2027, 5, 20)),
            ),
            "",
        ),
        ((event("q", EventKind.REASSESSMENT_DECIDED, date(2027, 4, 1), outcome="yes"),), ""),
        ((event("q", EventKind.REASSESSMENT_DECIDED, date(2027, 4, 1), outcome="no"),), "r1"),
    ],
)
def test_between_reviews_it_is_the_register_that_the_plan_in_force_was_made_from(
    review: Case, events: tuple[CaseEvent, ...], in_force: str
) -> None:
    assert cycle_in_force(then(review, *events)) == in_force


def test_a_maintained_plan_goes_back_to_the_review_that_last_amended_it(review: Case, book: RuleBook) -> None:
    amended = then(
        review,
        event("d1", EventKind.REVIEW_DECISION, date(2027, 4, 1), outcome="amend"),
        event("f1", EventKind.FINAL_SENT, date(2027, 5, 20)),
    )
    second = noticed(amended, book, event("r2", EventKind.REVIEW_NOTICE, date(2028, 2, 1)))
    assert cycle_in_force(second) == "r2"
    kept = then(second, event("d2", EventKind.REVIEW_DECISION, date(2028, 3, 1), outcome="maintain"))
    assert cycle_in_force(kept) == "r1"
    assert [one.id for one in cycles(kept)] == ["r2", "r1", ""]


def test_advice_for_a_review_is_due_two_weeks_before_its_meeting(review: Case, book: RuleBook) -> None:
    asked = ContributionEvent("x", Kind.REQUESTED, NOTICE)
    held = on_line(on_line(review, Cell.HEALTH, asked), Cell.FAMILY, asked)
    cells = strip(held, book, TODAY)
    [health] = cells[Cell.HEALTH].statuses
    assert (health.state, health.due, health.days_left) == (State.REQUESTED, date(2027, 3, 8), 7)
    assert cells[Cell.FAMILY].statuses[0].due is None
    assert strip(held, book, date(2027, 3, 9))[Cell.HEALTH].state is State.OVERDUE
    assert not [line for line in timetable(held, book, TODAY) if line.contribution.startswith("r1")]


def test_the_day_a_meeting_was_held_counts_before_the_day_its_notice_gave(review: Case) -> None:
    assert meeting_of(review, "r1") == date(2027, 3, 22)
    assert meeting_of(then(review, event("h", EventKind.REVIEW_HELD, date(2027, 3, 29))), "r1") == date(2027, 3, 29)
    assert meeting_of(review, "nobody") is None


def test_a_draft_says_what_the_review_was_prepared_without(review: Case, book: RuleBook) -> None:
    told = on_line(review, Cell.HEALTH, ContributionEvent("x", Kind.CONFIRMED, NOTICE, state=State.CONTRIBUTES))
    assert missing_box(told, book, TODAY) == (
        "This draft was prepared without: the family's views (not requested); education advice (not requested); "
        "social care advice (not requested); other advice from the authority's SEN officer (not requested)"
    )


def test_somebody_else_who_is_invited_does_not_stand_for_the_officer(review: Case, book: RuleBook) -> None:
    lines = (one for one in review.contributions if one.letter != "20(2)(c)")
    youth = Contribution("y", Cell.OTHERS, Adviser(role="youth worker"), stated=State.CONTRIBUTES, cycle="r1")
    other = replace(review, contributions=(*lines, youth))
    states = [one.state for one in register(other, book, TODAY) if one.cell is Cell.OTHERS]
    assert sorted(states) == [State.CONTRIBUTES, State.NOT_REQUESTED]


def test_a_review_offers_notice_and_attendance_and_nothing_of_regulations_6_and_8(review: Case, book: RuleBook) -> None:
    for status in register(review, book, TODAY):
        offered = set(deeds(status))
        assert {Deed.REQUEST, Deed.NOTICE, Deed.ATTENDANCE} <= offered
        assert not offered & {Deed.EXCEPT, Deed.RECEIPT, Deed.REUSE}
    for status in register(review, book, TODAY, cycle=ASSESSMENT):
        assert not set(deeds(status)) & {Deed.NOTICE, Deed.ATTENDANCE}


def test_lines_of_a_review_whose_notice_is_gone_stay_readable(review: Case) -> None:
    gone = replace(review, events=PLANNED)
    assert [one.title for one in cycles(gone)] == ["Review whose notice is not recorded", "Assessment"]
    assert cycle_in_force(gone) == ASSESSMENT
