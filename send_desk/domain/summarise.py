"""From a case to its line in the list, with the lines it puts on My day."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from .case import Case
from .contribution_state import ContributionStatus
from .dates import counted, in_words, times
from .deadlines import DateLine, is_bygone
from .finding import Finding
from .ids import Cell, Severity, State
from .register import CellStatus, strip
from .rulebook import RuleBook
from .stage import stage_of, week_of
from .summary import CaseStage, DayLine, Errand, Summary
from .time_limit import LimitKind, Who
from .timetable import timetable

_SOON = timedelta(days=7)
_CLOSED = frozenset({CaseStage.MOVED_OUT, CaseStage.CEASED})


def summarise(
    case: Case,
    book: RuleBook,
    today: date,
    *,
    findings: Sequence[Finding],
) -> Summary:
    """Return the case's line for a day, given the findings of the same case on the same day."""
    weights = Counter(finding.severity for finding in findings if finding.dismissed is None)
    stage = stage_of(case)
    cells = strip(case, book, today)
    dates = () if stage in _CLOSED else timetable(case, book, today)
    coming = _next(dates, book, today)
    return Summary(
        case=case.id,
        reference=case.reference,
        name=case.child.full_name,
        known_as=case.child.known_as,
        born=case.child.date_of_birth,
        stage=stage,
        week=week_of(case, today),
        strip={cell: status.state for cell, status in cells.items()},
        next_rule=coming.rule if coming else "",
        next_due=coming.due if coming else None,
        blocks=weights[Severity.BLOCK],
        warnings=weights[Severity.WARN],
        notes=weights[Severity.NOTE],
        owner=case.owner,
        lines=tuple(_lines(case, dates, {} if stage in _CLOSED else cells, stage, book, today)),
        computed_for=today,
        setting=case.setting.name,
        tips={cell: status.words for cell, status in cells.items()},
    )


def _next(dates: Sequence[DateLine], book: RuleBook, today: date) -> DateLine | None:
    running = [
        line
        for line in dates
        if line.is_open and line.due is not None and line.kind is LimitKind.DUTY and not is_bygone(line, book, today)
    ]
    return min(running, key=lambda line: (line.due or date.max, line.rule), default=None)


def _lines(
    case: Case,
    dates: Sequence[DateLine],
    cells: Mapping[Cell, CellStatus],
    stage: CaseStage,
    book: RuleBook,
    today: date,
) -> Iterator[DayLine]:
    for line in dates:
        if not line.is_open or line.due is None or line.kind is not LimitKind.DUTY or line.who is Who.ADVISER:
            continue
        day = line.act_by or line.due
        if day <= today:
            yield _must_act(line, line.due, book, today)
        elif day <= today + _SOON:
            yield DayLine(Errand.DUE_SOON, line.due, line.words, "dates")
    for cell, status in cells.items():
        for one in status.statuses:
            if one.state is State.OVERDUE and one.due is not None:
                yield DayLine(Errand.ADVICE_OVERDUE, one.due, _late(one), f"register/{cell}")
    for contact in case.contacts:
        if contact.reply_owed_by is not None and contact.answered_on is None:
            words = f"{contact.whom or 'Somebody'} awaits a reply by {in_words(contact.reply_owed_by)}"
            yield DayLine(Errand.REPLY_OWED, contact.reply_owed_by, words, f"contacts/{contact.id}")
    if stage is CaseStage.DRAFTING:
        target = next((line.due for line in dates if line.rule == "DRAFT_SENT" and line.due is not None), today)
        yield DayLine(Errand.DRAFT_WAITING, target, f"Draft to send, planned by {in_words(target)}", "plan")


def _must_act(line: DateLine, due: date, book: RuleBook, today: date) -> DayLine:
    asks = book.limit(line.rule).asks
    if not asks:
        return DayLine(Errand.MUST_ACT, due, line.words, "dates")
    if due < today:
        return DayLine(Errand.MUST_ACT, today, f"{asks}: the last day to refuse one was {in_words(due)}", "dates")
    return DayLine(Errand.MUST_ACT, due, f"{asks}: a refusal must be told by {in_words(due)}", "dates")


def _is_duty(line: DateLine) -> bool:
    """Whether a date is a step that the authority itself must still take; advisers' dates stand in the strip."""
    return line.is_open and line.due is not None and line.kind is LimitKind.DUTY and line.who is Who.AUTHORITY


def _late(status: ContributionStatus) -> str:
    asked = status.adviser_words or str(status.cell)
    chased = f", chased {times(status.chased)}" if status.chased else ", not chased yet"
    return f"{asked}: {counted(status.days_late or 0, 'day')} late{chased}"
