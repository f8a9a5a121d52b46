"""Where a case stands is told from its events."""

from datetime import date

import pytest

from send_desk.domain.case import Case, CaseEvent
from send_desk.domain.entry import Entry
from send_desk.domain.ids import EntryKind, EventKind, Section
from send_desk.domain.person import Child
from send_desk.domain.stage import draft_is_out, stage_of, week_of
from send_desk.domain.summary import CaseStage


def case_of(*kinds: EventKind, written: bool = False) -> Case:
    events = tuple(CaseEvent(str(n), kind, date(2026, 1, 5 + n)) for n, kind in enumerate(kinds))
    entries = (Entry("b", Section.B, EntryKind.NEED),) if written else ()
    return Case("c", "HD-1", Child("Ava", "Thornley"), events=events, entries=entries)


@pytest.mark.parametrize(
    ("kinds", "written", "stage"),
    [
        ((), False, CaseStage.REQUEST),
        ((), True, CaseStage.DRAFTING),
        ((EventKind.REQUEST_RECEIVED,), False, CaseStage.REQUEST),
        ((EventKind.REQUEST_RECEIVED, EventKind.DECISION_ASSESS), False, CaseStage.ASSESSMENT),
        ((EventKind.REQUEST_RECEIVED, EventKind.DECISION_ASSESS), True, CaseStage.DRAFTING),
        ((EventKind.REQUEST_RECEIVED, EventKind.DECISION_NOT_ASSESS), False, CaseStage.REFUSED),
        ((EventKind.DECISION_ASSESS, EventKind.DECISION_NO_PLAN), True, CaseStage.NO_PLAN),
        ((EventKind.DECISION_PLAN, EventKind.DRAFT_SERVED), True, CaseStage.DRAFT_OUT),
        ((EventKind.DRAFT_SERVED, EventKind.REPRESENTATION), True, CaseStage.DRAFT_OUT),
        ((EventKind.DRAFT_SERVED, EventKind.FINAL_SENT), True, CaseStage.PLAN_IN_FORCE),
        ((EventKind.FINAL_SENT, EventKind.REVIEW_NOTICE), True, CaseStage.REVIEW),
        ((EventKind.REVIEW_HELD, EventKind.REVIEW_DECISION), True, CaseStage.PLAN_IN_FORCE),
        ((EventKind.REVIEW_DECISION, EventKind.AMENDMENT_NOTICE_SENT), True, CaseStage.AMENDMENT),
        ((EventKind.FINAL_SENT, EventKind.REASSESSMENT_DECIDED), True, CaseStage.REASSESSMENT),
        ((EventKind.FINAL_SENT, EventKind.MOVED_OUT), True, CaseStage.MOVED_OUT),
        ((EventKind.FINAL_SENT, EventKind.CEASED), True, CaseStage.CEASED),
    ],
)
def test_the_latest_step_tells_the_stage(kinds: tuple[EventKind, ...], written: bool, stage: CaseStage) -> None:
    assert stage_of(case_of(*kinds, written=written)) is stage


@pytest.mark.parametrize(
    ("today", "week"),
    [
        (date(2026, 1, 4), None),
        (date(2026, 1, 5), 1),
        (date(2026, 1, 12), 1),
        (date(2026, 1, 13), 2),
        (date(2026, 5, 25), 20),
        (date(2026, 5, 26), 21),
    ],
)
def test_the_last_lawful_day_is_in_week_20(today: date, week: int | None) -> None:
    assert week_of(case_of(EventKind.REQUEST_RECEIVED), today) == week


def test_no_weeks_run_once_the_plan_is_made_or_refused() -> None:
    for end in (EventKind.FINAL_SENT, EventKind.PLAN_MADE, EventKind.DECISION_NO_PLAN, EventKind.CEASED):
        assert week_of(case_of(EventKind.REQUEST_RECEIVED, end), date(2026, 3, 3)) is None
    assert week_of(case_of(EventKind.FINAL_SENT, EventKind.REQUEST_RECEIVED), date(2026, 3, 3)) == 8
    assert week_of(case_of(), date(2026, 3, 3)) is None


def test_the_draft_is_out_once_served_and_until_the_next_request() -> None:
    assert not draft_is_out(case_of(EventKind.REQUEST_RECEIVED))
    assert draft_is_out(case_of(EventKind.REQUEST_RECEIVED, EventKind.DRAFT_SERVED))
    assert draft_is_out(case_of(EventKind.DRAFT_SERVED))
    assert not draft_is_out(case_of(EventKind.DRAFT_SERVED, EventKind.REQUEST_RECEIVED))
