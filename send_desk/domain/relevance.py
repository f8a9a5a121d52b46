"""Which events start a time limit, and whether what is recorded on the case says that they do not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .case import Case
from .course import Happening
from .dates import age_on, iso
from .ids import EventKind
from .rulebook import RuleBook
from .time_limit import Relevance, Second, Span, TimeLimit
from .year_group import year_of

_ON_A_CASE = frozenset(kind.value for kind in EventKind)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One start of a time limit.

    `after` is the event from which its ending is looked for; `second` the second day, where the limit counts from two
    and it is known; `span` what to count instead, where only the second day is known.
    """

    start: Happening
    after: Happening
    second: date | None = None
    span: Span | None = None


def occasions(limit: TimeLimit, events: Sequence[Happening]) -> Iterator[Occasion]:
    """Yield every start of a limit among the events, in order."""
    starts = [event for event in events if event.fits(limit.starts)]
    if limit.relevance.once_until and starts:
        starts = list(_first_of_each_life(limit, events))
    second = limit.second
    if second is None:
        yield from (Occasion(start, start) for start in starts)
    elif all(match.kind in _ON_A_CASE for match in second.starts):
        yield from _with_second_event(second, starts, events)
    else:
        for start in starts:
            yield Occasion(start, start, second=iso(start.fields.get(second.starts[0].kind, "")))


def is_relevant(
    limit: TimeLimit, start: Happening, due: date, case: Case, rulebook: RuleBook, events: Sequence[Happening]
) -> bool:
    """Whether nothing recorded on the case says that this start does not start this limit."""
    relevance = limit.relevance
    earlier = [event for event in events if event is not start and start.follows(event)]
    return (
        _by_fact(relevance, start, earlier, case, rulebook)
        and _by_age(relevance, due, case)
        and _by_what_went_before(relevance, earlier)
    )


def _first_of_each_life(limit: TimeLimit, events: Sequence[Happening]) -> Iterator[Happening]:
    life: list[Happening] = []
    for event in (*events, None):
        if event is None or event.kind in limit.relevance.once_until:
            # The kinds of start stand in order of preference: the day the plan was made before the day it was sent.
            found = (first for match in limit.starts for first in life if first.fits((match,)))
            yield from (first for first in (next(found, None),) if first is not None)
            life = []
        else:
            life.append(event)


def _with_second_event(second: Second, starts: Sequence[Happening], events: Sequence[Happening]) -> Iterator[Occasion]:
    for event in events:
        if event.fits(second.starts):
            before = [start for start in starts if start.on <= event.on]
            if before:
                yield Occasion(before[-1], event, second=event.on)
            else:
                yield Occasion(event, event, span=second.span)


def _by_fact(
    relevance: Relevance, start: Happening, earlier: Sequence[Happening], case: Case, rulebook: RuleBook
) -> bool:
    told = start.fields.get(relevance.fact, "")
    if told:
        return told in relevance.values
    if relevance.standing_on:
        stood_on = [event for event in earlier if event.kind in rulebook.appealable]
        return stood_on[-1].fits(relevance.standing_on) if stood_on else relevance.if_unknown
    if relevance.year_groups is not None:
        # The year group is that of the day before: a transfer on the first day of a school year is from the last one.
        year = year_of(case.child, rulebook, start.on - timedelta(days=1))
        first, last = relevance.year_groups
        return relevance.if_unknown if year is None else first <= year <= last
    return True


def _by_age(relevance: Relevance, due: date, case: Case) -> bool:
    if relevance.under_age is None:
        return True
    born = case.child.date_of_birth
    return born is not None and age_on(born, due) < relevance.under_age


def _by_what_went_before(relevance: Relevance, earlier: Sequence[Happening]) -> bool:
    for event in reversed(earlier):
        if event.kind in relevance.unless_preceded_by:
            return False
        if event.kind in relevance.since:
            break
    return True
