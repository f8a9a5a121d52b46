"""What may be recorded about an adviser in each state: nothing unlawful is offered."""

import pytest

from send_desk.domain.advice_steps import Deed, deeds
from send_desk.domain.advice_words import STATE_WORDS, advice_event_words
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.contribution_state import ContributionStatus, giver_of
from send_desk.domain.ids import Cell, ContributionEventKind, Ground, State
from send_desk.domain.rulebook import RuleBook


def status(book: RuleBook, cell: Cell, state: State) -> ContributionStatus:
    line = Contribution("l", cell)
    return ContributionStatus(cell, state, "", "", contribution=line, giver=giver_of(line, book))


@pytest.mark.parametrize("state", list(State))
def test_the_family_is_never_timed_and_its_views_are_never_used_again(book: RuleBook, state: State) -> None:
    offered = set(deeds(status(book, Cell.FAMILY, state)))
    assert not offered & {Deed.EXCEPT, Deed.RECEIPT, Deed.REUSE}
    assert Deed.ADVISER in offered


@pytest.mark.parametrize(
    ("state", "first"),
    [
        (State.NOT_REQUESTED, Deed.REQUEST),
        (State.OVERDUE, Deed.CHASE),
        (State.REQUESTED, Deed.ARRIVE),
        (State.RECEIVED, Deed.CONFIRM),
        (State.NOT_KNOWN, Deed.REQUEST),
        (State.ADMINISTRATIVE_ONLY, Deed.REQUEST),
        (State.DECLINED, Deed.REQUEST),
    ],
)
def test_the_likeliest_deed_stands_first(book: RuleBook, state: State, first: Deed) -> None:
    assert deeds(status(book, Cell.HEALTH, state))[0] is first


def test_an_exception_is_offered_only_while_the_clock_runs(book: RuleBook) -> None:
    running = {State.REQUESTED, State.ACKNOWLEDGED, State.OVERDUE}
    offered = {state for state in State if Deed.EXCEPT in deeds(status(book, Cell.HEALTH, state))}
    assert offered == running


def test_words_tell_what_was_found_why_it_is_late_and_who_agreed() -> None:
    assert set(STATE_WORDS) == set(State)
    kind = ContributionEventKind
    assert advice_event_words(ContributionEvent("e", kind.CONFIRMED, None, state=State.NOT_KNOWN)) == (
        "Looked at: not known to the service"
    )
    assert advice_event_words(ContributionEvent("e", kind.EXCEPTION, None, ground=Ground.ABSENCE)) == (
        "Exception: away from the area"
    )
    assert advice_event_words(ContributionEvent("e", kind.REUSE_AGREED, None, agreed_by=("adviser", "family"))) == (
        "Earlier advice is enough: agreed by adviser, family"
    )
