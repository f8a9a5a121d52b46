"""What is known of one contribution on a day, computed from its events (contributions.md, States).

`not_requested` and `overdue` follow from events and the day and are never stored. An event counts from the moment it is
recorded, whatever its date, so that waiting alone never turns something missing into something answered.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from .case import Case
from .contribution import Contribution, ContributionEvent
from .dates import counted, in_words, on_day, times
from .deadlines import end_of
from .exemptions import Verdict, recorded
from .ids import Cell, ContributionEventKind, Ground, State
from .rulebook import AdviceGiver, RuleBook
from .time_limit import TimeLimit
from .year_group import prepares_for_adulthood

ADVICE_RULE = "ADVICE_IN"
"""The time limit that binds those who give advice (reg 8(1))."""

WORST_FIRST = (
    State.OVERDUE,
    State.DECLINED,
    State.NOT_KNOWN,
    State.ADMINISTRATIVE_ONLY,
    State.RECEIVED,
    State.NOT_REQUESTED,
    State.REQUESTED,
    State.ACKNOWLEDGED,
    State.LAWFUL_EXCEPTION,
    State.REUSED,
    State.NO_RELEVANT_NEEDS,
    State.CONTRIBUTES,
    State.NOT_DUE,
)
"""The order in which a cell shows the worst of its advisers."""

ANSWERS = frozenset({State.CONTRIBUTES, State.NO_RELEVANT_NEEDS, State.REUSED})
"""The states in which the content of the advice is there."""

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


@dataclass(frozen=True)
class ContributionStatus:
    """Where one adviser's answer stands on a day.

    `words` is for a screen, `bracket` is what stands in brackets on paper. `contribution` is None where somebody who
    must be asked has no line in the register. `answered` is the day of the answer, `chased` counts since the request.
    """

    cell: Cell
    state: State
    words: str
    bracket: str
    contribution: Contribution | None = None
    giver: AdviceGiver | None = None
    asked: date | None = None
    body_received: date | None = None
    due: date | None = None
    days_left: int | None = None
    days_late: int | None = None
    chased: int = 0
    last_contact: date | None = None
    answered: date | None = None
    exception: Verdict | None = None

    @property
    def content_stands(self) -> bool:
        """Whether a plan may be issued as far as this adviser's content goes."""
        return self.state in ANSWERS or self.state is State.NOT_DUE

    @property
    def clock_stands(self) -> bool:
        """Whether the time limit is kept, not yet run out, or lawfully lifted (reg 8)."""
        return self.state is not State.OVERDUE

    @property
    def named(self) -> str:
        """Who the adviser is, as far as recorded: name and role, else service, else empty."""
        if self.contribution is None:
            return ""
        adviser = self.contribution.adviser
        parts = (adviser.name.strip(), adviser.role.strip())
        return ", ".join(part for part in parts if part) or adviser.service.strip()

    @property
    def adviser_words(self) -> str:
        """Who the adviser is: as recorded, else what the law calls them."""
        return self.named or (self.giver.title if self.giver else "")


def status_of(contribution: Contribution, case: Case, book: RuleBook, today: date) -> ContributionStatus:
    """Say where a contribution stands on a day.

    The legal due date is the body's receipt and six weeks (reg 8(1)); where the receipt is not recorded, the earlier
    day of the request. A state that came in a file without a verdict among its events is taken as confirmed on the
    document's date.
    """
    told = _tell(contribution, case)
    state = told.state
    if state is State.NOT_REQUESTED and not _due_yet(contribution, case, book, today):
        state = State.NOT_DUE
    giver = giver_of(contribution, book)
    limit = book.time_limits.get(giver.clock if giver else "")
    start = told.body_received or told.asked
    due = _due(limit, start, book) if limit and start else None
    exception: Verdict | None = None
    if state in (State.REQUESTED, State.ACKNOWLEDGED):
        exception = _exception(contribution, case, book, start=start, due=due)
        if (exception is not None and exception.applies) or told.excused:
            state = State.LAWFUL_EXCEPTION
        elif due is not None and due < today:
            state = State.OVERDUE
    waiting = state in (State.REQUESTED, State.ACKNOWLEDGED) and due is not None
    days_left = (due - today).days if waiting and due else None
    days_late = (today - due).days if state is State.OVERDUE and due else None
    bracket = _bracket(state, told, due)
    return ContributionStatus(
        contribution.cell,
        state,
        _words(state, bracket, days_left=days_left, days_late=days_late),
        bracket,
        contribution=contribution,
        giver=giver,
        asked=told.asked,
        body_received=told.body_received,
        due=due,
        days_left=days_left,
        days_late=days_late,
        chased=told.chased,
        last_contact=told.last_contact,
        answered=told.answered,
        exception=exception,
    )


def recorded_state(contribution: Contribution, case: Case) -> State:
    """Return what the register itself tells of a contribution: no law, no day, so neither `overdue` nor `not_due`."""
    return _tell(contribution, case).state


def unasked(giver: AdviceGiver) -> ContributionStatus:
    """Return the status of somebody who must be asked and stands on no line of the register."""
    return ContributionStatus(giver.cell, State.NOT_REQUESTED, "not requested", "not requested", giver=giver)


def giver_of(contribution: Contribution, book: RuleBook) -> AdviceGiver | None:
    """Return the paragraph of reg 6 that a line answers: by its letter, else the first of its cell."""
    of_cell = [giver for giver in book.advice_givers if giver.cell is contribution.cell]
    return next((giver for giver in of_cell if giver.letter == contribution.letter), next(iter(of_cell), None))


@dataclass
class _Told:
    """What the events of a contribution tell, in their order."""

    state: State = State.NOT_REQUESTED
    asked: date | None = None
    body_received: date | None = None
    chased: int = 0
    last_contact: date | None = None
    answered: date | None = None
    excused: bool = False
    verdict: bool = False
    agreed: set[str] = field(default_factory=set)


def _tell(contribution: Contribution, case: Case) -> _Told:
    told = _Told()
    for event in _in_order(contribution.events):
        _take(event, told, contribution.stated)
    if not told.verdict:
        _take_stated(contribution, case, told)
    return told


def _in_order(events: Iterable[ContributionEvent]) -> list[ContributionEvent]:
    """Events by day; one whose day is not recorded stays behind the one before it."""
    placed: list[tuple[date, ContributionEvent]] = []
    last = date.min
    for event in events:
        last = event.on or last
        placed.append((last, event))
    return [event for _, event in sorted(placed, key=lambda pair: pair[0])]


def _take(event: ContributionEvent, told: _Told, stated: State | None) -> None:
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


def _confirm(event: ContributionEvent, told: _Told, state: State | None) -> None:
    if state in _VERDICTS:
        arrived = told.answered if told.state is State.RECEIVED else None  # it may be looked at days later
        told.state, told.answered, told.verdict = state, arrived or event.on, True
    elif state is None:
        told.state, told.answered = State.RECEIVED, event.on
    else:
        _imported(state, told)


def _imported(state: State, told: _Told) -> None:
    """Keep what another system said without a verdict: `overdue` is kept as requested."""
    told.excused = told.excused or state is State.LAWFUL_EXCEPTION
    if told.state is State.NOT_REQUESTED and state not in _UNASKED:
        told.state = State.REQUESTED if state in _COMPUTED else state


def _take_stated(contribution: Contribution, case: Case, told: _Told) -> None:
    paper = next((one for one in case.documents if contribution.document and one.id == contribution.document), None)
    stated = contribution.stated
    if stated in _VERDICTS:
        told.state = stated
        told.answered = told.answered or (paper.dated if paper else None)
    elif stated is not None:
        _imported(stated, told)
    elif paper is not None and told.state is not State.RECEIVED:
        told.state, told.answered = State.RECEIVED, paper.dated


def _due_yet(contribution: Contribution, case: Case, book: RuleBook, today: date) -> bool:
    return contribution.cell is not Cell.ADULTHOOD or prepares_for_adulthood(case.child, book, today)


def _due(limit: TimeLimit, start: date, book: RuleBook) -> date | None:
    try:
        return end_of(limit.span, start, book.calendar)
    except OverflowError:
        return date.max


def _exception(
    contribution: Contribution, case: Case, book: RuleBook, *, start: date | None, due: date | None
) -> Verdict | None:
    """Weigh the recorded reasons for lateness: the first that applies, else the last that does not, else None."""
    verdict: Verdict | None = None
    for ground, from_, until in _grounds(contribution, case):
        verdict = recorded(
            book,
            ADVICE_RULE,
            ground,
            start=start or date.min,
            due=due or date.max,
            from_=from_,
            until=until,
            asked=start,
        )
        if verdict.applies:
            break
    return verdict


def _grounds(contribution: Contribution, case: Case) -> Iterator[tuple[Ground, date | None, date | None]]:
    for event in contribution.events:
        if event.kind is ContributionEventKind.EXCEPTION and event.ground is not None:
            yield event.ground, event.since or event.on, event.until
    for exemption in case.exemptions:
        if exemption.contribution == contribution.id:
            yield exemption.ground, exemption.from_, exemption.until


def _bracket(state: State, told: _Told, due: date | None) -> str:
    match state:
        case State.NOT_REQUESTED:
            return "not requested"
        case State.REQUESTED | State.ACKNOWLEDGED | State.OVERDUE | State.LAWFUL_EXCEPTION:
            parts = [f"requested {in_words(told.asked)}" if told.asked else "requested, the day is not recorded"]
            parts += [f"due {in_words(due)}"] if due else []
            parts += [f"chased {times(told.chased)}"] if told.chased else []
            parts += ["time limit lifted by regulation 8(2)"] if state is State.LAWFUL_EXCEPTION else []
            return ", ".join(parts)
        case State.RECEIVED:
            return f"received{on_day(told.answered)}, not yet considered"
        case State.NOT_KNOWN:
            return f"the service answered{on_day(told.answered)} that the child is not known to it"
        case State.ADMINISTRATIVE_ONLY:
            return f"the answer{_of(told.answered)} contains no advice"
        case State.DECLINED:
            return f"the service declined{on_day(told.answered)} to give it"
        case State.CONTRIBUTES:
            return f"advice received{on_day(told.answered)}"
        case State.NO_RELEVANT_NEEDS:
            stated = f", stated{on_day(told.answered)}" if told.answered else ""
            return f"no relevant needs found{stated}"
        case State.REUSED:
            return f"earlier advice{_of(told.answered)} used again with the agreement of all"
        case _:
            return "not due"


def _of(day: date | None) -> str:
    return f" of {in_words(day)}" if day else ""


def _words(state: State, bracket: str, *, days_left: int | None, days_late: int | None) -> str:
    if days_late is not None:
        return f"overdue by {counted(days_late, 'day')}: {bracket}"
    if days_left is not None:
        left = "due today" if days_left == 0 else f"{counted(days_left, 'day')} left"
        said = "acknowledged" if state is State.ACKNOWLEDGED else "asked"
        return f"{said}, {left}: {bracket}"
    return bracket
