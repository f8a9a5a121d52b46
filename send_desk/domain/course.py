"""What happened, in order, and how a clock ended: done, made moot, or still running."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from .case import Case
from .contribution import Contribution
from .dates import months_before
from .time_limit import EventMatch, TimeLimit


@dataclass(frozen=True)
class Happening:
    """A dated event of a case or a contribution, with its place in the order and the outcome recorded with it."""

    id: str
    kind: str
    on: date
    place: int
    outcome: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)

    def fits(self, matches: Iterable[EventMatch]) -> bool:
        """Whether any of the matches means this event."""
        for match in matches:  # noqa: SIM110  asked thousands of times for one timetable; a generator doubles its cost
            if match.kind == self.kind and match.fits(self.kind, self.outcome):
                return True
        return False

    def follows(self, other: "Happening") -> bool:
        """Whether it may end what the other began: later, or on the same day unless it is another of the same kind."""
        if self.on == other.on:
            return self.kind != other.kind or self.place > other.place
        return self.on > other.on


@dataclass(frozen=True, slots=True)
class Course:
    """How a clock went: the day its step was done, or that it no longer matters."""

    done: date | None = None
    moot: bool = False


def of_case(case: Case) -> tuple[Happening, ...]:
    """Return the dated events of a case, earliest first, those of one day as they were recorded."""
    return _ordered(
        Happening(event.id, event.kind.value, event.on, place, event.fields.get("outcome", ""), event.fields)
        for place, event in enumerate(case.events)
        if event.on is not None
    )


def of_contribution(contribution: Contribution) -> tuple[Happening, ...]:
    """Return the dated events of a contribution, earliest first; the outcome of `confirmed` is its state."""
    return _ordered(
        Happening(event.id, event.kind.value, event.on, place, "" if event.state is None else event.state.value)
        for place, event in enumerate(contribution.events)
        if event.on is not None
    )


def course(limit: TimeLimit, start: Happening, events: Sequence[Happening], done_by: Iterable[EventMatch]) -> Course:
    """Follow the events from a start and say how the clock went."""
    done: date | None = None
    moot = False
    ready = not limit.done_after
    for event in _that_count(limit, start, events):
        ready = ready or event.fits(limit.done_after)
        if done is not None:
            if event.fits(limit.undone_by):
                done = None
        elif moot:
            # A new round, or an order with clocks of its own: what is moot by then stays so.
            if event.fits(limit.starts) or event.fits(limit.sealed_by):
                break
            moot = not event.fits(limit.revived_by)
        elif ready and event.fits(done_by):
            done = event.on
        else:
            moot = event.fits(limit.moot_by)
    return Course(done, moot)


def _that_count(limit: TimeLimit, start: Happening, events: Sequence[Happening]) -> list[Happening]:
    if not limit.look_back:
        return [event for event in events if event is not start and event.follows(start)]
    # The step may come before its start (notice before a meeting), but not before the start of an earlier round.
    earlier = [event for event in events if event.fits(limit.starts) and event is not start and start.follows(event)]
    floor = months_before(start.on, limit.look_back)
    return [
        event
        for event in events
        if event is not start
        and event.on >= floor
        and (not earlier or event.follows(earlier[-1]))
        and (not limit.span.back or event.on <= start.on)
    ]


def _ordered(events: Iterable[Happening]) -> tuple[Happening, ...]:
    return tuple(sorted(events, key=lambda event: (event.on, event.place)))
