"""What lawfully comes next in a case: the one or two steps that the front page offers, told from events and the day.

The order of the steps follows Part 3 of the Children and Families Act 2014 and the SEND Regulations 2014; their dates
and citations come from the timetable, so that no number of the law stands here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .case import Case
from .contribution_state import ContributionStatus
from .dates import counted, in_words
from .deadlines import DateLine, is_bygone
from .ids import Cell, EventKind, State, Version
from .register import register
from .rulebook import RuleBook
from .stage import stage_of
from .summary import CaseStage
from .time_limit import LimitKind
from .timetable import timetable

MOST = 2
"""How many steps are offered at once."""


class Door(StrEnum):
    """Where a step is done: recorded here, in the register, in the plan, or by making the plan final."""

    EVENT = "event"
    REGISTER = "register"
    PLAN = "plan"
    FINAL = "final"


@dataclass(frozen=True)
class Step:
    """One lawful step: `kinds` are the events that would take it, `line` the date of the law that it meets, if any."""

    door: Door
    title: str
    why: str
    kinds: tuple[EventKind, ...] = ()
    cell: Cell | None = None
    line: DateLine | None = None


def next_steps(
    case: Case,
    book: RuleBook,
    today: date,
    *,
    lines: Sequence[DateLine] | None = None,
    statuses: Sequence[ContributionStatus] | None = None,
) -> tuple[Step, ...]:
    """Return the next lawful steps, the most pressing first, at most two; what was just computed may be given."""
    dates = timetable(case, book, today) if lines is None else lines
    known = register(case, book, today) if statuses is None else statuses
    return tuple(step for step, _ in zip(_steps(case, book, dates, known, today), range(MOST), strict=False))


def lawful_kinds(case: Case) -> tuple[EventKind, ...]:
    """Return the events that may lawfully come next, the likeliest first; every other may still be recorded."""
    found: list[EventKind] = []
    if _open(case, EventKind.REASSESSMENT_REQUESTED, EventKind.REASSESSMENT_DECIDED):
        found.append(EventKind.REASSESSMENT_DECIDED)
    order = _latest(case, EventKind.TRIBUNAL_ORDER, EventKind.TRIBUNAL_UNOPPOSED)
    if order and _stands_last(case, order[0]):
        found += _BY_ORDER.get(order[1], (EventKind.DECISION_ASSESS, EventKind.DRAFT_SERVED, EventKind.FINAL_SENT))
    found += _by_stage(case)
    return tuple(dict.fromkeys(found))


_BY_ORDER = {
    "assess": (EventKind.DECISION_ASSESS,),
    "make": (EventKind.DRAFT_SERVED, EventKind.FINAL_SENT),
    "amend": (EventKind.FINAL_SENT,),
    "name": (EventKind.FINAL_SENT,),
    "cease": (EventKind.CEASED,),
}
_UNASKED = frozenset({State.NOT_REQUESTED})
_AGAIN = frozenset({State.NOT_KNOWN, State.ADMINISTRATIVE_ONLY, State.DECLINED})


def _by_stage(case: Case) -> tuple[EventKind, ...]:
    match stage_of(case):
        case CaseStage.REQUEST:
            if not case.happened(EventKind.REQUEST_RECEIVED, EventKind.BECAME_RESPONSIBLE):
                return (EventKind.REQUEST_RECEIVED, EventKind.BECAME_RESPONSIBLE, EventKind.MOVED_IN)
            return (EventKind.DECISION_ASSESS, EventKind.DECISION_NOT_ASSESS)
        case CaseStage.ASSESSMENT:
            return (EventKind.DECISION_PLAN, EventKind.DECISION_NO_PLAN)
        case CaseStage.DRAFTING:
            return _drafting(case)
        case CaseStage.DRAFT_OUT | CaseStage.REASSESSMENT:
            return (EventKind.REPRESENTATION, EventKind.FINAL_SENT, EventKind.DRAFT_SERVED)
        case CaseStage.AMENDMENT:
            return (EventKind.REPRESENTATION, EventKind.FINAL_SENT, EventKind.REVIEW_DECISION)
        case CaseStage.REVIEW:
            if _open(case, EventKind.REVIEW_HELD, EventKind.REVIEW_REPORT):
                return (EventKind.REVIEW_REPORT, EventKind.REVIEW_DECISION)
            if _open(case, EventKind.REVIEW_HELD, EventKind.REVIEW_DECISION):
                return (EventKind.REVIEW_DECISION,)
            return (EventKind.REVIEW_HELD,)
        case CaseStage.PLAN_IN_FORCE:
            return _in_force(case)
        case CaseStage.REFUSED | CaseStage.NO_PLAN:
            return (EventKind.TRIBUNAL_ORDER, EventKind.TRIBUNAL_UNOPPOSED, EventKind.REQUEST_RECEIVED)
        case CaseStage.MOVED_OUT | CaseStage.CEASED:
            return (EventKind.MOVED_IN, EventKind.REQUEST_RECEIVED)


def _drafting(case: Case) -> tuple[EventKind, ...]:
    if case.happened(EventKind.DECISION_PLAN):
        return (EventKind.DRAFT_SERVED, EventKind.DECISION_NO_PLAN)
    return (EventKind.DECISION_PLAN, EventKind.DECISION_NO_PLAN, EventKind.DRAFT_SERVED)


def _in_force(case: Case) -> tuple[EventKind, ...]:
    first: tuple[EventKind, ...] = ()
    if _open(case, EventKind.PLAN_MADE, EventKind.FINAL_SENT):
        first = (EventKind.FINAL_SENT,)
    decided = _latest(case, EventKind.REVIEW_DECISION)
    if decided and decided[1] == "amend" and _open(case, EventKind.REVIEW_DECISION, EventKind.AMENDMENT_NOTICE_SENT):
        first = (*first, EventKind.AMENDMENT_NOTICE_SENT)
    if decided and decided[1] == "cease":
        first = (*first, EventKind.CEASED)
    return (
        *first,
        EventKind.REVIEW_NOTICE,
        EventKind.REVIEW_HELD,
        EventKind.PHASE_TRANSFER,
        EventKind.REASSESSMENT_REQUESTED,
        EventKind.AMENDMENT_NOTICE_SENT,
    )


def _steps(
    case: Case, book: RuleBook, dates: Sequence[DateLine], statuses: Sequence[ContributionStatus], today: date
) -> Iterator[Step]:
    stage = stage_of(case)
    kinds = lawful_kinds(case)
    if stage in (CaseStage.ASSESSMENT, CaseStage.DRAFTING, CaseStage.REASSESSMENT):
        yield from _advice(statuses)
    if stage is CaseStage.REVIEW and EventKind.REVIEW_HELD in kinds:
        yield from _advice([one for one in statuses if one.cycle])
    if stage is CaseStage.DRAFTING or (stage is CaseStage.ASSESSMENT and case.happened(EventKind.DECISION_PLAN)):
        sent = _line(book, dates, EventKind.DRAFT_SERVED)
        why = "The advice becomes needs, outcomes and provision."
        yield Step(Door.PLAN, "Write the draft plan", why, line=sent)
    if stage is CaseStage.DRAFT_OUT and case.version is Version.DRAFT:
        yield _final(book, dates, today)
    title, why, wanted = _event_step(stage, kinds)
    if wanted:
        current = [line for line in dates if not is_bygone(line, book, today)]
        yield Step(Door.EVENT, title, why, wanted, line=_line(book, current, *wanted))


def _event_step(stage: CaseStage, kinds: Sequence[EventKind]) -> tuple[str, str, tuple[EventKind, ...]]:
    """Return the title of the step that an event takes, why it is next, and the events that may be recorded."""
    pair = tuple(kinds[:2])
    match pair[:1]:
        case (EventKind.DECISION_ASSESS,) if stage is CaseStage.REQUEST:
            return "Decide whether to assess", "The family must be told of the decision.", pair
        case (EventKind.DECISION_PLAN,):
            return (
                "Decide whether to make a plan",
                "The advice leads to a plan, or to a letter saying why not.",
                pair,
            )
        case (EventKind.DRAFT_SERVED,):
            return "Send the draft to the family", "Record the day on which it was sent.", pair[:1]
        case (EventKind.REPRESENTATION,):
            return "Hear what the family says", "Record the day on which they answered.", pair[:1]
        case (EventKind.FINAL_SENT,):
            return "Send the final plan", "To the family, the place it names and the health commissioner.", pair[:1]
        case (EventKind.REVIEW_HELD,):
            return "Hold the review meeting", "Record the day on which it was held.", pair[:1]
        case (EventKind.REVIEW_REPORT,):
            return "Report on the review, and decide", "Maintain, amend or cease, and tell the family.", pair
        case (EventKind.REVIEW_DECISION,):
            return "Decide after the review", "Maintain, amend or cease, and tell the family and the school.", pair[:1]
        case (EventKind.REVIEW_NOTICE,):
            return "Prepare the next review", "Record the notice of the meeting when it is given.", pair[:1]
        case (EventKind.TRIBUNAL_ORDER,) | (EventKind.MOVED_IN,) | ():
            return "", "", ()
        case _:
            return "Record what comes next", "The law has a step that is open.", pair[:1]


def _advice(statuses: Sequence[ContributionStatus]) -> Iterator[Step]:
    """Yield what the register asks for: who has still to be asked, what is late, what nobody has looked at."""
    unasked = [one for one in statuses if one.state in _UNASKED]
    if unasked:
        citation = unasked[0].giver.citation if unasked[0].giver else ""
        if unasked[0].cycle:
            why = f"{counted(len(unasked), 'person has', 'people have')} not been invited yet ({citation})."
            yield Step(Door.REGISTER, "Invite to the review", why, cell=unasked[0].cell)
            return
        why = f"{counted(len(unasked), 'adviser has', 'advisers have')} not been asked yet ({citation})."
        yield Step(Door.REGISTER, "Ask for advice", why, cell=unasked[0].cell)
        return
    arrived = [one for one in statuses if one.state is State.RECEIVED]
    late = [one for one in statuses if one.state is State.OVERDUE]
    again = [one for one in statuses if one.state in _AGAIN]
    if late:
        why = f"{counted(len(late), 'answer is', 'answers are')} past the legal date."
        yield Step(Door.REGISTER, "Chase the late advice", why, cell=late[0].cell)
    elif arrived:
        why = f"{counted(len(arrived), 'paper has', 'papers have')} come in, and nobody has said what it is."
        yield Step(Door.REGISTER, "Say what the advice is", why, cell=arrived[0].cell)
    elif again:
        why = f"{counted(len(again), 'reply is', 'replies are')} no answer in law."
        yield Step(Door.REGISTER, "Ask again for advice", why, cell=again[0].cell)


def _final(book: RuleBook, dates: Sequence[DateLine], today: date) -> Step:
    sent = _line(book, dates, EventKind.FINAL_SENT)
    windows = [line.due for line in dates if line.kind is LimitKind.WINDOW and _begun_by_draft(line) and line.due]
    if windows and today <= max(windows):
        why = f"The family may answer the draft until {in_words(max(windows))}."
    else:
        why = "The family's time to answer the draft is over."
    return Step(Door.FINAL, "Make the plan final", why, line=sent)


def _begun_by_draft(line: DateLine) -> bool:
    return line.start.event == EventKind.DRAFT_SERVED.value


def _line(book: RuleBook, dates: Iterable[DateLine], *kinds: EventKind) -> DateLine | None:
    """Return the most pressing open date that one of these events would meet."""
    wanted = {kind.value for kind in kinds}
    fitting = [line for line in dates if line.is_open and line.due is not None and wanted & _enders(book, line)]
    return min(fitting, key=lambda line: line.due or date.max, default=None)


def _enders(book: RuleBook, line: DateLine) -> set[str]:
    limit = book.limit(line.rule)
    return {match.kind for match in (*limit.done_by, *(limit.then.done_by if limit.then else ()))}


def _latest(case: Case, *kinds: EventKind) -> tuple[date, str] | None:
    """Return the day and the outcome of the latest event of these kinds."""
    found = case.happened(*kinds)
    if not found or found[-1].on is None:
        return None
    last = found[-1]
    return found[-1].on, last.fields.get("outcome", "") or last.fields.get("order", "")


def _stands_last(case: Case, day: date) -> bool:
    later = (EventKind.DECISION_ASSESS, EventKind.DRAFT_SERVED, EventKind.FINAL_SENT, EventKind.CEASED)
    return not any(event.on is not None and event.on >= day for event in case.happened(*later))


def _open(case: Case, begins: EventKind, ends: EventKind) -> bool:
    """Whether the latest event of one kind is not followed by one of the other."""
    started, ended = _latest(case, begins), _latest(case, ends)
    return started is not None and (ended is None or ended[0] < started[0])
