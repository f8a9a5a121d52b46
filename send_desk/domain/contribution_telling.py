"""What the events of a contribution tell, in their order, before the law and the day are asked.

An event counts from the moment it is recorded, whatever its date, so that waiting alone never turns something missing
into something answered. `not_requested` and `overdue` are never stored: an import that says so is kept as requested.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from .case import Case
from .contribution import Contribution, ContributionEvent
from .ids import ContributionEventKind, State

WAITING = frozenset({State.REQUESTED, State.ACKNOWLEDGED, State.OVERDUE, State.LAWFUL_EXCEPTION})
"""The states in which somebody has been asked and has not answered."""

AGREEMENTS = frozenset({"adviser", "authority", "family"})
"""Who must all be satisfied that earlier advice is enough (reg 6(4))."""

_COMPUTED = frozenset({State.OVERDUE, State.LAWFUL_EXCEPTION})
_UNASKED = frozenset({State.NOT_REQUESTED, State.NOT_DUE})
_VERDICTS = frozenset(
    {
        State.CONTRIBUTES,
        State.NO_RELEVANT_NEEDS,
        State.NOT_KNOWN,
        State.ADMINISTRATIVE_ONLY,
        State.REUSED,
        State.DECLINED,
        State.RECEIVED,
    }
)


@dataclass
class Told:
    """What is known of a contribution from its events alone.

    `chased` counts since the request, `answered` is the day of the answer, `excused` says that another system named a
    lawful exception without its ground, `verdict` that somebody said what the answer is.
    """

    state: State = State.NOT_REQUESTED
    asked: date | None = None
    body_received: date | None = None
    chased: int = 0
    last_contact: date | None = None
    answered: date | None = None
    excused: bool = False
    verdict: bool = False
    agreed: set[str] = field(default_factory=set)


def tell(contribution: Contribution, case: Case) -> Told:
    """Return what the register itself tells of a contribution: no law, no day, so neither `overdue` nor `not_due`.

    A state that came in a file without a verdict among its events is taken as confirmed on the document's date.
    """
    told = Told()
    for event in _in_order(contribution.events):
        _take(event, told, contribution.stated)
    if not told.verdict:
        _take_stated(contribution, case, told)
    return told


def recorded_state(contribution: Contribution, case: Case) -> State:
    """Return the state that the register itself tells."""
    return tell(contribution, case).state


def _in_order(events: Iterable[ContributionEvent]) -> list[ContributionEvent]:
    """Events by day; one whose day is not recorded stays behind the one before it."""
    placed: list[tuple[date, ContributionEvent]] = []
    last = date.min
    for event in events:
        last = event.on or last
        placed.append((last, event))
    return [event for _, event in sorted(placed, key=lambda pair: pair[0])]


def _take(event: ContributionEvent, told: Told, stated: State | None) -> None:
    """Let one event change what is told; an exception is weighed later, when the due date is known."""
    match event.kind:
        case ContributionEventKind.REQUESTED:
            if told.state not in WAITING:
                told.asked, told.body_received, told.chased, told.verdict = event.on, None, 0, False
                told.state = State.REQUESTED
            told.last_contact = event.on or told.last_contact
        case ContributionEventKind.RECEIVED_BY_BODY:
            told.body_received = told.body_received or event.on
            told.state = State.REQUESTED if told.state is State.NOT_REQUESTED else told.state
        case ContributionEventKind.ACKNOWLEDGED:
            waits = told.state in (State.NOT_REQUESTED, State.REQUESTED)
            told.state = State.ACKNOWLEDGED if waits else told.state
        case ContributionEventKind.CHASED:
            told.chased += 1
            told.last_contact = event.on or told.last_contact
        case ContributionEventKind.RECEIVED:
            told.state, told.answered = State.RECEIVED, event.on
        case ContributionEventKind.CONFIRMED:
            _confirm(event, told, event.state or stated)
        case ContributionEventKind.DECLINED:
            told.state, told.answered, told.verdict = State.DECLINED, event.on, True
        case ContributionEventKind.EXCEPTION if event.ground is None:
            _imported(State.LAWFUL_EXCEPTION, told)  # interface.md gives it no ground: its author says that one applies
        case ContributionEventKind.REUSE_AGREED:
            told.agreed.update(who.strip().casefold() for who in (*event.agreed_by, event.by, event.role))
            if told.agreed >= AGREEMENTS:
                told.state, told.answered, told.verdict = State.REUSED, event.on, True


def _confirm(event: ContributionEvent, told: Told, state: State | None) -> None:
    if state in _VERDICTS:
        arrived = told.answered if told.state is State.RECEIVED else None  # it may be looked at days later
        told.state, told.answered, told.verdict = state, arrived or event.on, True
    elif state is None:
        told.state, told.answered = State.RECEIVED, event.on
    else:
        _imported(state, told)


def _imported(state: State, told: Told) -> None:
    """Keep what another system said without a verdict: `overdue` is kept as requested."""
    told.excused = told.excused or state is State.LAWFUL_EXCEPTION
    if told.state is State.NOT_REQUESTED and state not in _UNASKED:
        told.state = State.REQUESTED if state in _COMPUTED else state


def _take_stated(contribution: Contribution, case: Case, told: Told) -> None:
    paper = next((one for one in case.documents if contribution.document and one.id == contribution.document), None)
    stated = contribution.stated
    if stated in _VERDICTS:
        told.state = stated
        told.answered = told.answered or (paper.dated if paper else None)
    elif stated is not None:
        _imported(stated, told)
    elif paper is not None and told.state is not State.RECEIVED:
        told.state, told.answered = State.RECEIVED, paper.dated
