"""What a manager counts, of one case on one day: advice outstanding, duties out of time, plans issued all the same.

The same states, dates and records that the caseworker sees, so that no figure can differ from a screen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from .case import Case
from .contribution_state import ContributionStatus
from .ids import Cell, EventKind, Role, State
from .register import register, strip_of
from .rulebook import RuleBook
from .stage import stage_of
from .summary import CaseStage
from .time_limit import LimitKind, Who
from .timetable import timetable

_CLOSED = frozenset({CaseStage.MOVED_OUT, CaseStage.CEASED})
_WAITED_FOR = frozenset({State.NOT_REQUESTED, State.REQUESTED, State.ACKNOWLEDGED, State.OVERDUE})
_NO_ANSWER = frozenset({State.NOT_KNOWN, State.ADMINISTRATIVE_ONLY, State.DECLINED, State.RECEIVED})
TWENTY_WEEKS = "FINAL_PLAN"
"""The rule by which a plan is in time or not (reg 13(2))."""


@dataclass(frozen=True, slots=True)
class AdviceOutstanding:
    """An adviser whose answer is not there, or is none; `days_late` is 0 while the time limit runs."""

    cell: Cell
    service: str
    state: State
    asked: date | None
    due: date | None
    days_late: int


@dataclass(frozen=True, slots=True)
class DutyOutOfTime:
    """A duty of the authority that was not done by its day; `done_on` is None while it is still open."""

    rule: str
    due: date
    done_on: date | None
    days_late: int
    citation: str


@dataclass(frozen=True, slots=True)
class IssuedInSpite:
    """A manager's override: by whom, when, why, and which findings it passed over."""

    by: str
    role: Role
    on: date | None
    reason: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Oversight:
    """One case as a manager counts it on a day; `plan_made` is the day its newest plan was made."""

    case: str
    reference: str
    owner: str
    stage: CaseStage
    strip: Mapping[Cell, State]
    plan_made: date | None
    advice: tuple[AdviceOutstanding, ...]
    late: tuple[DutyOutOfTime, ...]
    overrides: tuple[IssuedInSpite, ...]


def oversee(case: Case, book: RuleBook, today: date) -> Oversight:
    """Count one case: nothing is outstanding or late any more in one that is closed, its overrides stay for ever."""
    stage = stage_of(case)
    statuses = register(case, book, today)
    closed = stage in _CLOSED
    made = [event.on for event in case.happened(EventKind.PLAN_MADE) if event.on is not None]
    return Oversight(
        case=case.id,
        reference=case.reference,
        owner=case.owner,
        stage=stage,
        strip={cell: one.state for cell, one in strip_of(statuses, book).items()},
        plan_made=made[-1] if made else None,
        advice=() if closed else tuple(_outstanding(statuses)),
        late=() if closed else tuple(_late(case, book, today)),
        overrides=tuple(_overrides(case)),
    )


def _outstanding(statuses: tuple[ContributionStatus, ...]) -> Iterator[AdviceOutstanding]:
    for one in statuses:
        if one.state in _WAITED_FOR or one.state in _NO_ANSWER:
            adviser = one.contribution.adviser if one.contribution else None
            service = (adviser.service.strip() if adviser else "") or (one.giver.title if one.giver else str(one.cell))
            yield AdviceOutstanding(one.cell, service, one.state, one.asked, one.due, one.days_late or 0)


def _late(case: Case, book: RuleBook, today: date) -> Iterator[DutyOutOfTime]:
    for line in timetable(case, book, today):
        duty = line.kind is LimitKind.DUTY and line.who is Who.AUTHORITY and line.exemption is None
        if duty and line.due is not None and line.late_days > 0 and (line.is_open or line.rule == TWENTY_WEEKS):
            yield DutyOutOfTime(line.rule, line.due, line.done_on, line.late_days, line.citation)


def _overrides(case: Case) -> Iterator[IssuedInSpite]:
    for one in case.overrides:
        yield IssuedInSpite(one.by, one.role, one.on, one.reason, one.findings)
