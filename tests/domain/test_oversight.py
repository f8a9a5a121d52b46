"""What a manager counts of one case: the caseworker's own states and dates, and no others."""

from dataclasses import replace
from datetime import date

from send_desk.domain.case import Case, CaseEvent, Exemption, Override
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.ids import Cell, ContributionEventKind, EventKind, Ground, Role, State
from send_desk.domain.oversight import IssuedInSpite, oversee
from send_desk.domain.person import Adviser, Child
from send_desk.domain.register import strip
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.summary import CaseStage

TODAY = date(2026, 3, 3)


def _event(kind: EventKind, on: date) -> CaseEvent:
    return CaseEvent(f"{kind}-{on}", kind, on)


def _asked(on: date, *later: ContributionEvent) -> tuple[ContributionEvent, ...]:
    return (ContributionEvent("1", ContributionEventKind.REQUESTED, on), *later)


AVA = Case(
    "c",
    "HD-1",
    Child("Ava", "Thornley", date(2016, 5, 4)),
    owner="Jo Marsh",
    events=(_event(EventKind.REQUEST_RECEIVED, date(2026, 1, 5)), _event(EventKind.DECISION_ASSESS, date(2026, 1, 12))),
    contributions=(
        Contribution(
            "s",
            Cell.SOCIAL_CARE,
            Adviser("Lee Ashby", "social worker", "Children's social care"),
            events=_asked(date(2026, 1, 12)),
        ),
        Contribution("h", Cell.HEALTH, Adviser("", "", "Community paediatrics"), events=_asked(date(2026, 2, 20))),
        Contribution(
            "p",
            Cell.PSYCHOLOGY,
            events=_asked(
                date(2026, 1, 12),
                ContributionEvent("2", ContributionEventKind.CONFIRMED, date(2026, 2, 9), state=State.CONTRIBUTES),
            ),
        ),
    ),
)


def test_advice_outstanding_names_the_service_and_how_late_it_is(book: RuleBook) -> None:
    told = {(one.cell, one.service): one for one in oversee(AVA, book, TODAY).advice}
    late = told[Cell.SOCIAL_CARE, "Children's social care"]
    assert (late.state, late.due, late.days_late) == (State.OVERDUE, date(2026, 2, 23), 8)
    running = told[Cell.HEALTH, "Community paediatrics"]
    assert (running.state, running.asked, running.days_late) == (State.REQUESTED, date(2026, 2, 20), 0)
    assert not any(cell is Cell.PSYCHOLOGY for cell, _ in told)
    assert any(one.state is State.NOT_REQUESTED and one.cell is Cell.EDUCATION for one in told.values())


def test_the_strip_is_the_one_on_the_caseworkers_screen(book: RuleBook) -> None:
    seen = oversee(AVA, book, TODAY)
    assert seen.strip == {cell: one.state for cell, one in strip(AVA, book, TODAY).items()}
    assert (seen.reference, seen.owner, seen.stage) == ("HD-1", "Jo Marsh", CaseStage.ASSESSMENT)


def test_a_duty_is_out_of_time_from_the_day_after_until_it_is_done_and_a_late_plan_stays_so(book: RuleBook) -> None:
    due = date(2026, 5, 25)
    assert not [one for one in oversee(AVA, book, due).late if one.rule == "FINAL_PLAN"]
    (late,) = [one for one in oversee(AVA, book, date(2026, 5, 28)).late if one.rule == "FINAL_PLAN"]
    assert (late.due, late.days_late, late.done_on) == (due, 3, None)
    made = replace(
        AVA,
        events=(
            *AVA.events,
            _event(EventKind.PLAN_MADE, date(2026, 5, 29)),
            _event(EventKind.FINAL_SENT, date(2026, 5, 29)),
        ),
    )
    (after,) = [one for one in oversee(made, book, date(2026, 8, 1)).late if one.rule == "FINAL_PLAN"]
    assert (after.days_late, after.done_on) == (4, date(2026, 5, 29))
    assert oversee(made, book, date(2026, 8, 1)).plan_made == date(2026, 5, 29)


def test_a_lawful_exemption_is_no_breach(book: RuleBook) -> None:
    exempt = replace(
        AVA,
        exemptions=(Exemption("x", "FINAL_PLAN", Ground.PERSONAL_CIRCUMSTANCES, date(2026, 3, 1), date(2026, 5, 1)),),
    )
    assert not [one for one in oversee(exempt, book, date(2026, 5, 28)).late if one.rule == "FINAL_PLAN"]


def test_a_case_that_has_moved_out_is_owed_nothing_but_keeps_its_overrides(book: RuleBook) -> None:
    override = Override(
        "o", "Tribunal hearing on Friday.", "Ruth Dale", Role.MANAGER, date(2026, 2, 1), findings=("8/social_care",)
    )
    moved = replace(AVA, events=(*AVA.events, _event(EventKind.MOVED_OUT, date(2026, 3, 1))), overrides=(override,))
    seen = oversee(moved, book, TODAY)
    assert (seen.advice, seen.late) == ((), ())
    assert seen.overrides == (
        IssuedInSpite("Ruth Dale", Role.MANAGER, date(2026, 2, 1), "Tribunal hearing on Friday.", ("8/social_care",)),
    )
