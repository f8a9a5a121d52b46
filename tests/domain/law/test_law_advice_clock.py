"""The clock of an adviser: from the body's receipt to the advice."""

from collections.abc import Callable
from datetime import date

import pytest

from send_desk.domain.case import Case, Exemption
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.contribution_state import status_of
from send_desk.domain.deadlines import DateLine
from send_desk.domain.ids import Cell, ContributionEventKind, Ground, State
from send_desk.domain.person import Child
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.timetable import timetable

Story = Callable[..., Case]
Lines = Callable[..., dict[str, DateLine]]
Rules = Callable[[Case], list[str]]

TODAY = date(2026, 11, 21)


def day(written: str) -> date:
    return date.fromisoformat(written)


def contribution(*told: str, cell: Cell = Cell.HEALTH, letter: str = "") -> Contribution:
    """A contribution from lines such as "2026-03-03 requested" or "2026-04-01 confirmed not_known"."""
    events = []
    for place, line in enumerate(told):
        on, kind, *more = line.split()
        state = State(more[0]) if kind == "confirmed" else None
        ground = Ground(more[0]) if kind == "exception" and more else None
        until = day(more[1]) if kind == "exception" and len(more) > 1 else None
        agreed = tuple(more) if kind == "reuse_agreed" else ()
        made = ContributionEvent(
            f"v{place}",
            ContributionEventKind(kind),
            day(on),
            state=state,
            ground=ground,
            until=until,
            agreed_by=agreed,
        )
        events.append(made)
    return Contribution("k", cell, letter=letter, events=tuple(events))


def advised(one: Contribution, exemptions: tuple[Exemption, ...] = ()) -> Case:
    return Case("c", "R", Child("Ava", "Thornley"), contributions=(one,), exemptions=exemptions)


@pytest.mark.parametrize(
    ("told", "event", "due", "done", "late"),
    [
        (("2026-03-03 requested",), "requested", "2026-04-14", None, 221),
        (("2026-03-03 requested", "2026-03-05 received_by_body"), "received_by_body", "2026-04-16", None, 219),
        (("2026-03-03 requested", "2026-04-14 received"), "requested", "2026-04-14", "2026-04-14", 0),
        (("2026-03-03 requested", "2026-04-20 received"), "requested", "2026-04-14", "2026-04-20", 6),
        (("2026-03-03 requested", "2026-04-20 confirmed contributes"), "requested", "2026-04-14", "2026-04-20", 6),
        (
            ("2026-03-03 requested", "2026-04-10 received", "2026-05-20 confirmed no_relevant_needs"),
            *("requested", "2026-04-14", "2026-04-10", 0),
        ),
        (
            ("2026-03-03 requested", "2026-04-01 received", "2026-04-02 confirmed not_known"),
            *("requested", "2026-04-14", None, 221),
        ),
        (("2026-03-03 requested", "2026-04-01 declined"), "requested", "2026-04-14", None, 221),
        (
            ("2026-03-03 requested", "2026-03-04 received", "2026-03-05 received_by_body"),
            *("received_by_body", "2026-04-16", "2026-03-04", 0),
        ),
    ],
)
def test_the_clock_of_an_adviser(
    told: tuple[str, ...], event: str, due: str, done: str | None, late: int, lines: Lines
) -> None:
    line = lines(advised(contribution(*told)))["ADVICE_IN"]
    assert (line.start.event, line.due, line.late_days) == (event, day(due), late)
    assert line.done_on == (None if done is None else day(done))
    assert line.contribution == "k"


def test_the_register_and_the_timetable_give_one_date(book: RuleBook, lines: Lines) -> None:
    one = contribution("2026-03-03 requested", "2026-03-05 received_by_body")
    case = advised(one)
    assert status_of(one, case, book, TODAY).due == lines(case)["ADVICE_IN"].due


@pytest.mark.parametrize(
    "one",
    [
        contribution("2026-03-03 requested", cell=Cell.FAMILY),
        contribution(),
        contribution("2026-03-03 chased"),
        contribution("2026-03-03 requested", "2026-03-09 reuse_agreed adviser authority family"),
        contribution("9999-12-31 requested"),
    ],
)
def test_no_clock_for_the_family_before_the_request_or_where_earlier_advice_serves(
    book: RuleBook, one: Contribution
) -> None:
    assert timetable(advised(one), book, TODAY) == ()


def test_earlier_advice_ends_the_clock_only_when_all_three_are_satisfied(lines: Lines) -> None:
    one = contribution("2026-03-03 requested", "2026-03-09 reuse_agreed adviser authority")
    assert lines(advised(one))["ADVICE_IN"].is_open


def test_an_exception_of_the_adviser_keeps_the_original_date(lines: Lines) -> None:
    away = contribution("2026-03-03 requested", "2026-03-20 exception absence 2026-04-17")
    line = lines(advised(away))["ADVICE_IN"]
    assert (line.due, line.exemption) == (day("2026-04-14"), Ground.ABSENCE)
    closed = contribution("2026-03-03 requested", "2026-03-20 exception school_closed 2026-05-17")
    assert lines(advised(closed))["ADVICE_IN"].exemption is None
    bare = contribution("2026-03-03 requested", "2026-03-20 exception")
    assert lines(advised(bare))["ADVICE_IN"].exemption is None


def test_an_exemption_is_of_one_contribution(lines: Lines) -> None:
    missed = Exemption("x", "ADVICE_IN", Ground.MISSED_APPOINTMENT, contribution="k")
    other = Exemption("y", "ADVICE_IN", Ground.MISSED_APPOINTMENT, contribution="another")
    one = contribution("2026-03-03 requested")
    assert lines(advised(one, (missed,)))["ADVICE_IN"].exemption is Ground.MISSED_APPOINTMENT
    assert lines(advised(one, (other,)))["ADVICE_IN"].exemption is None
