"""Where one contribution stands on a day: what its events tell, weighed by the law (contributions.md, States).

`not_requested` and `overdue` follow from events and the day and are never stored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .case import Case
from .contribution import Contribution
from .contribution_telling import Told, tell
from .contribution_words import bracket_words, state_words
from .cycle import meeting_of
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


@dataclass(frozen=True)
class ContributionStatus:
    """Where one adviser's answer stands on a day.

    `words` is for a screen, `bracket` is what stands in brackets on paper. `contribution` is None where somebody who
    must be asked has no line in the register. `answered` is the day of the answer, `chased` counts since the request.
    `cycle` is that of the register it stands on: empty for the assessment's, else a review's notice.
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
    cycle: str = ""

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
    day of the request. In a review it is the day by which advice must go round before the meeting (reg 20(4)), where
    the day of the meeting is known.
    """
    told = tell(contribution, case)
    state = told.state
    if state is State.NOT_REQUESTED and not _due_yet(contribution, case, book, today):
        state = State.NOT_DUE
    giver = giver_of(contribution, book)
    limit = book.time_limits.get(giver.clock if giver else "")
    begun = told.body_received or told.asked
    start = meeting_of(case, contribution.cycle) if begun and contribution.cycle else begun
    due = _due(limit, start, book) if limit and start else None
    exception: Verdict | None = None
    if state in (State.REQUESTED, State.ACKNOWLEDGED):
        exception = _exception(contribution, case, book, start=begun, due=due)
        if (exception is not None and exception.applies) or told.excused:
            state = State.LAWFUL_EXCEPTION
        elif due is not None and due < today:
            state = State.OVERDUE
    waiting = state in (State.REQUESTED, State.ACKNOWLEDGED) and due is not None
    days_left = (due - today).days if waiting and due else None
    days_late = (today - due).days if state is State.OVERDUE and due else None
    bracket = bracket_words(state, told, due)
    return ContributionStatus(
        contribution.cell,
        state,
        state_words(state, bracket, days_left=days_left, days_late=days_late),
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
        cycle=contribution.cycle,
    )


def unasked(giver: AdviceGiver, *, cycle: str = "") -> ContributionStatus:
    """Return the status of somebody who must be asked and stands on no line of the register."""
    words = bracket_words(State.NOT_REQUESTED, Told(), None)
    return ContributionStatus(giver.cell, State.NOT_REQUESTED, words, words, giver=giver, cycle=cycle)


def giver_of(contribution: Contribution, book: RuleBook) -> AdviceGiver | None:
    """Return the paragraph of reg 6, or in a review of reg 20(2), that a line answers.

    By its letter, else the first of its cell; in a review somebody else is nobody whom the regulation names.
    """
    of_cell = [giver for giver in givers_of(book, contribution.cycle) if giver.cell is contribution.cell]
    lettered = next((giver for giver in of_cell if giver.letter == contribution.letter), None)
    if lettered is not None or (contribution.cycle and contribution.cell is Cell.OTHERS):
        return lettered
    return next(iter(of_cell), None)


def givers_of(book: RuleBook, cycle: str) -> tuple[AdviceGiver, ...]:
    """Return who must be asked by the law in one cycle: for advice (reg 6), or to a review (reg 20(2))."""
    return book.review_invitees if cycle else book.advice_givers


def _due_yet(contribution: Contribution, case: Case, book: RuleBook, today: date) -> bool:
    if contribution.cycle:
        return True
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
    if contribution.cycle:
        return  # reg 8(2) lifts the six weeks of an assessment; nothing lifts the days of a review
    for event in contribution.events:
        if event.kind is ContributionEventKind.EXCEPTION and event.ground is not None:
            yield event.ground, event.since or event.on, event.until
    for exemption in case.exemptions:
        if exemption.contribution == contribution.id:
            yield exemption.ground, exemption.from_, exemption.until
