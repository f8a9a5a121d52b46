"""The timetable of a case: every date of the law whose start event stands on it, as a pure function.

Each start event keeps a line of its own, so that a case refused and asked for again, or reviewed year after year, shows
every cycle. What ends a clock, and which clock an event starts, is data (`TimeLimit`, `Relevance`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from .case import Case, Exemption
from .contribution import Contribution
from .contribution_state import status_of
from .course import Happening, course, of_case, of_contribution
from .deadlines import DateLine, Start, ended, line_of
from .errors import WrongUse
from .exemptions import recorded
from .ids import ContributionEventKind, State
from .relevance import Occasion, is_relevant, occasions
from .rulebook import RuleBook
from .time_limit import TimeLimit


def timetable(case: Case, rulebook: RuleBook, today: date) -> tuple[DateLine, ...]:
    """Return every dated line of a case, earliest due first; what the law dates no further has no line."""
    clocks = {giver.clock for giver in rulebook.advice_givers}
    events = of_case(case)
    lines: list[DateLine] = []
    for limit in rulebook.time_limits.values():
        if limit.id not in clocks:
            lines += _of_limit(limit, case, rulebook, events, today)
    for contribution in case.contributions:
        lines += filter(None, [advice_line(case, contribution, rulebook, today)])
    return tuple(sorted(lines, key=lambda line: (line.due or date.max, line.start.on)))


def advice_line(case: Case, contribution: Contribution, rulebook: RuleBook, today: date) -> DateLine | None:
    """Return the clock of one contribution, None where it has not begun, no longer matters, or never binds.

    It runs from the day the body received the request, and where that is not recorded from the day it was sent: the
    line's start says which. The family is asked, never timed; in a review the case has one date for all (reg 20(4)).
    """
    if contribution.cycle:
        return None
    status = status_of(contribution, case, rulebook, today)
    begun = status.body_received or status.asked
    if status.giver is None or not status.giver.clock or begun is None or status.state is State.REUSED:
        return None
    limit = rulebook.limit(status.giver.clock)
    kind = ContributionEventKind.RECEIVED_BY_BODY if status.body_received else ContributionEventKind.REQUESTED
    start = Happening("", kind.value, begun, -1)
    line = _line(rulebook, limit, Occasion(start, start))
    # Advice that crossed with the request in the post answers it all the same.
    asked = replace(start, on=min(begun, status.asked or begun))
    went = course(limit, asked, of_contribution(contribution), limit.done_by)
    if line is None:
        return None
    line = replace(ended(line, done=went.done, today=today), contribution=contribution.id)
    own = [
        Exemption(event.id, limit.id, event.ground, from_=event.since or event.on, until=event.until)
        for event in contribution.events
        if event.kind is ContributionEventKind.EXCEPTION and event.ground is not None
    ]
    others = [one for one in case.exemptions if one.contribution == contribution.id]
    return _exempted(rulebook, line, (*own, *others))


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
            yield _exempted(rulebook, ended(step, done=went.done, today=today), exemptions)


def _line(rulebook: RuleBook, limit: TimeLimit, occasion: Occasion) -> DateLine | None:
    start = Start(occasion.start.kind, occasion.start.on, occasion.start.id)
    try:
        return line_of(rulebook, limit, start, second=occasion.second, span=occasion.span)
    except WrongUse:
        # A day at the end of all calendars is a slip of the pen; a check speaks of it, the other lines stand.
        return None


def _exempted(rulebook: RuleBook, line: DateLine, exemptions: Sequence[Exemption]) -> DateLine:
    for one in exemptions:
        verdict = recorded(
            rulebook,
            line.rule,
            one.ground,
            start=line.start.on,
            due=line.due or date.max,
            from_=one.from_,
            until=one.until,
            asked=one.asked,
        )
        if verdict.applies:
            return replace(line, exemption=one.ground)
    return line


def _belongs(exemption: Exemption, occasion: Occasion, all_of_them: Sequence[Occasion]) -> bool:
    """Whether an exemption is of this cycle: one with days of its own is told by them, else by the day of decision."""
    if exemption.from_ or exemption.until or exemption.asked:
        return True
    decided = exemption.decided_on or date.max
    before = [other for other in all_of_them if other.start.on <= decided]
    return bool(before) and before[-1] is occasion
