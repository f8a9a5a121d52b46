"""Where a case stands on its road, told from its events and what has been written."""

from datetime import date

from .case import Case
from .ids import EventKind, Section
from .summary import CaseStage

_AFTER: dict[EventKind, CaseStage] = {
    EventKind.REQUEST_RECEIVED: CaseStage.REQUEST,
    EventKind.BECAME_RESPONSIBLE: CaseStage.REQUEST,
    EventKind.DECISION_ASSESS: CaseStage.ASSESSMENT,
    EventKind.DECISION_NOT_ASSESS: CaseStage.REFUSED,
    EventKind.DECISION_PLAN: CaseStage.DRAFTING,
    EventKind.DECISION_NO_PLAN: CaseStage.NO_PLAN,
    EventKind.DRAFT_SERVED: CaseStage.DRAFT_OUT,
    EventKind.FINAL_SENT: CaseStage.PLAN_IN_FORCE,
    EventKind.PLAN_MADE: CaseStage.PLAN_IN_FORCE,
    EventKind.REVIEW_NOTICE: CaseStage.REVIEW,
    EventKind.REVIEW_HELD: CaseStage.REVIEW,
    EventKind.REVIEW_REPORT: CaseStage.REVIEW,
    EventKind.REVIEW_DECISION: CaseStage.PLAN_IN_FORCE,
    EventKind.AMENDMENT_NOTICE_SENT: CaseStage.AMENDMENT,
    EventKind.REASSESSMENT_DECIDED: CaseStage.REASSESSMENT,
    EventKind.MOVED_IN: CaseStage.PLAN_IN_FORCE,
    EventKind.MOVED_OUT: CaseStage.MOVED_OUT,
    EventKind.CEASED: CaseStage.CEASED,
}
_ORDER = {kind: place for place, kind in enumerate(EventKind)}
_WRITTEN = frozenset({Section.B, Section.C, Section.D, Section.E, Section.F, Section.G, Section.H1, Section.H2})


def stage_of(case: Case) -> CaseStage:
    """Return the stage after the latest event that moves a case along; an assessment being written up is drafting."""
    moving = [(event.on or date.min, _ORDER[event.kind], event) for event in case.events if event.kind in _AFTER]
    if not moving:
        return CaseStage.DRAFTING if _written(case) else CaseStage.REQUEST
    latest = max(moving, key=lambda one: (one[0], one[1]))[2]
    stage = _AFTER[latest.kind]
    if stage is CaseStage.ASSESSMENT and _written(case):
        return CaseStage.DRAFTING
    return stage


def draft_is_out(case: Case) -> bool:
    """Whether a draft has been served since the latest request, so that the family's choice of place can be heard."""
    served = case.happened(EventKind.DRAFT_SERVED)
    asked = case.happened(EventKind.REQUEST_RECEIVED, EventKind.BECAME_RESPONSIBLE, EventKind.REASSESSMENT_REQUESTED)
    return bool(served) and (not asked or (served[-1].on or date.min) >= (asked[-1].on or date.min))


def clock_start(case: Case) -> date | None:
    """Return the day on which the running 20 weeks began; None where the plan is made or no request stands."""
    starts = case.happened(EventKind.REQUEST_RECEIVED, EventKind.BECAME_RESPONSIBLE)
    ends = case.happened(
        EventKind.FINAL_SENT,
        EventKind.PLAN_MADE,
        EventKind.DECISION_NOT_ASSESS,
        EventKind.DECISION_NO_PLAN,
        EventKind.MOVED_OUT,
        EventKind.CEASED,
    )
    if not starts or starts[-1].on is None:
        return None
    start = starts[-1].on
    return None if any(end.on is not None and end.on >= start for end in ends) else start


def week_of(case: Case, today: date) -> int | None:
    """Return the week of the running 20; None where none runs.

    The day of the request is not counted (law.md 1.1), so that its last lawful day, the 140th, is in week 20.
    """
    start = clock_start(case)
    return None if start is None or today < start else max(1, -(-(today - start).days // 7))


def _written(case: Case) -> bool:
    return any(entry.section in _WRITTEN for entry in case.entries)
