"""The timetable of a case: every date of the law whose start event stands on it, as a pure function.

Each start event keeps a line of its own, so that a case refused and asked for again, or reviewed year after year, shows
every cycle. What ends a clock, and which clock an event starts, is data (`TimeLimit`, `Relevance`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from .case import Case, Exemption
from .contribution import Contribution
from .course import Happening, course, of_case, of_contribution
from .deadlines import DateLine, Start, ended, line_of
from .errors import WrongUse
from .exemptions import recorded
from .ids import ContributionEventKind, Ground
from .relevance import Occasion, is_relevant, occasions
from .rulebook import AdviceGiver, RuleBook
from .time_limit import LimitKind, TimeLimit, Who


def timetable(case: Case, rulebook: RuleBook, today: date) -> tuple[DateLine, ...]:
    """Return every dated line of a case, earliest due first; what the law dates no further has no line."""
    clocks = {giver.clock for giver in rulebook.advice_givers}
    events = of_case(case)
    lines: list[DateLine] = []
    for limit in rulebook.time_limits.values():
        if limit.id not in clocks:
            lines += _of_limit(limit, case, rulebook, events, today)
    for contribution in case.contributions:
        lines += filter(None, [advice_line(contribution, rulebook, today, case.exemptions)])
    return tuple(sorted(lines, key=lambda line: (line.due or date.max, line.start.on)))


def advice_line(
    contribution: Contribution, rulebook: RuleBook, today: date, exemptions: Sequence[Exemption] = ()
) -> DateLine | None:
    """Return the clock of one contribution, None where it has not begun, no longer matters, or never binds.

    It runs from the day the body received the request, and where that is not recorded from the day it was sent: the
    line's start says which. The family is asked, never timed.
    """
    giver = giver_of(contribution, rulebook)
    if giver is None or not giver.clock:
        return None
    limit = rulebook.limit(giver.clock)
    events = of_contribution(contribution)
    start = next((event for match in limit.starts for event in events if event.fits((match,))), None)
    if start is None:
        return None
    # What was recorded before the body had the request (advice that crossed with it) still answers it.
    begun = replace(start, on=events[0].on, place=-1)
    line = _line(rulebook, limit, Occasion(start, start))
    went = course(limit, begun, [event for event in events if event is not start], limit.done_by)
    if line is None or went.moot:
        return None
    line = replace(ended(line, done=went.done, today=today), contribution=contribution.id)
    own = [
        Exemption(event.id, limit.id, event.ground, from_=event.on, until=event.until)
        for event in contribution.events
        if event.kind is ContributionEventKind.EXCEPTION and event.ground is not None
    ]
    others = [one for one in exemptions if one.rule == limit.id and one.contribution in ("", contribution.id)]
    return replace(line, exemption=_exemption(rulebook, line, (*own, *others)))


def advice_due(contribution: Contribution, rulebook: RuleBook) -> date | None:
    """Return the day by which a contribution is due in law, None where no clock runs."""
    line = advice_line(contribution, rulebook, date.min)
    return None if line is None else line.due


def giver_of(contribution: Contribution, rulebook: RuleBook) -> AdviceGiver | None:
    """Return the line of the list of advice-givers that a contribution answers: by its letter, else by its cell."""
    for giver in rulebook.advice_givers:
        if giver.letter == contribution.letter:
            return giver
    return next((giver for giver in rulebook.advice_givers if giver.cell is contribution.cell), None)


def next_line(lines: Iterable[DateLine]) -> DateLine | None:
    """Return the authority's earliest duty that is still to be done, None if there is none."""
    return next(
        (
            line
            for line in sorted(lines, key=lambda line: line.due or date.max)
            if line.is_open and line.kind is LimitKind.DUTY and line.who is Who.AUTHORITY
        ),
        None,
    )


def week_of(lines: Iterable[DateLine], rulebook: RuleBook, today: date) -> int | None:
    """Return the week of the assessment that `today` lies in, None when none is running; the day of the start is in 1.

    The seventh day after the start still belongs to week 1, so that the last week ends with the last lawful day.
    """
    running = [line for line in lines if line.rule == rulebook.weeks_of and line.done_on is None]
    if not running:
        return None
    days = (today - max(line.start.on for line in running)).days
    return max(1, -(-days // 7))


def _of_limit(
    limit: TimeLimit, case: Case, rulebook: RuleBook, events: Sequence[Happening], today: date
) -> Iterator[DateLine]:
    found = list(occasions(limit, events))
    for occasion in found:
        line = _line(rulebook, limit, occasion)
        if line is None or line.due is None:
            continue
        if not is_relevant(limit, occasion.start, line.due, case, rulebook, events):
            continue
        own = [one for one in case.exemptions if one.rule == limit.id and _belongs(one, occasion, found)]
        yield from _steps(limit, line, occasion, rulebook, events, own, today)


def _steps(
    limit: TimeLimit,
    line: DateLine,
    occasion: Occasion,
    rulebook: RuleBook,
    events: Sequence[Happening],
    exemptions: Sequence[Exemption],
    today: date,
) -> Iterator[DateLine]:
    steps = [(line, limit.done_by)]
    if limit.then is not None:
        later = _line(rulebook, limit, replace(occasion, span=limit.then.span))
        if later is not None:
            steps.append((replace(later, ends_with=limit.then.ends_with), limit.then.done_by))
    for step, done_by in steps:
        went = course(limit, occasion.after, events, done_by)
        if not went.moot:
            dated = ended(step, done=went.done, today=today)
            yield replace(dated, exemption=_exemption(rulebook, dated, exemptions))


def _line(rulebook: RuleBook, limit: TimeLimit, occasion: Occasion) -> DateLine | None:
    start = Start(occasion.start.kind, occasion.start.on, occasion.start.id)
    try:
        return line_of(rulebook, limit, start, second=occasion.second, span=occasion.span)
    except WrongUse:
        # A day at the end of all calendars is a slip of the pen; a check speaks of it, the other lines stand.
        return None


def _exemption(rulebook: RuleBook, line: DateLine, exemptions: Sequence[Exemption]) -> Ground | None:
    for one in exemptions:
        if line.due is not None:
            verdict = recorded(
                rulebook,
                line.rule,
                one.ground,
                start=line.start.on,
                due=line.due,
                from_=one.from_,
                until=one.until,
                asked=one.asked,
            )
            if verdict.applies:
                return one.ground
    return None


def _belongs(exemption: Exemption, occasion: Occasion, all_of_them: Sequence[Occasion]) -> bool:
    """Whether an exemption is of this cycle: one with days of its own is told by them, else by the day of decision."""
    if exemption.from_ or exemption.until or exemption.asked:
        return True
    decided = exemption.decided_on or date.max
    before = [other for other in all_of_them if other.start.on <= decided]
    return bool(before) and before[-1] is occasion
