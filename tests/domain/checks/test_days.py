"""Checks 11 and 13: dates that cannot be, and numbers in which a key was pressed wrongly."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from send_desk.domain.case import Case, CaseEvent, Document
from send_desk.domain.contribution import ContributionEvent
from send_desk.domain.entry import Entry
from send_desk.domain.finding import Finding
from send_desk.domain.ids import ContributionEventKind, EventKind, Severity, Stage

Look = Callable[..., list[Finding]]
Make = Callable[..., Entry]
Put = Callable[..., Case]

IMPOSSIBLE = [
    "Ava was seen on 31 June 2026.",
    "Ava was seen on 29th February 2025.",
    "Ava was seen on 30 Feb and again in May.",
    "Ava was seen on 32/05/2026.",
    "Ava was seen on 12/13/26.",
    "Ava was seen on 2026-02-30.",
    "Ava was seen on 0 March 2026.",
    "Ava was seen on 2026-13-01.",
    "Ava was seen on 1 March 0000.",
]
POSSIBLE = [
    "Ava was seen on 30 June 2026, on 29 February 2024 and on 29 February.",
    "Ava was seen on 12/05/2026 and on 2026-02-28.",
    "Ava scored 31/40 and 12/13. The code is 12/34/5678/90.",
    "31 may come before 30. She may go. 45 marches were held.",
]


@pytest.mark.parametrize("words", IMPOSSIBLE)
def test_a_day_that_no_calendar_has(good: Case, look: Look, row: Make, put: Put, words: str) -> None:
    found = look(put(good, row("B1", words)), 11)
    assert [(one.id, one.severity) for one in found] == [("11/B1/text", Severity.BLOCK)]


@pytest.mark.parametrize("words", POSSIBLE)
def test_a_day_that_there_is(good: Case, look: Look, row: Make, put: Put, words: str) -> None:
    assert [one.reason for one in look(put(good, row("B1", words)), 11)] == []


@pytest.mark.parametrize(
    ("fields", "id_"),
    [
        ({"will": "read", "by_date": "2027-02-30"}, "11/E1/by_date"),
        ({"will": "read", "baseline_on": "2026-10-06"}, "11/E1/baseline_on"),
        ({"will": "read", "baseline_on": "2016-07-03"}, "11/E1/baseline_on"),
    ],
)
def test_days_in_fields(good: Case, look: Look, row: Make, put: Put, fields: dict[str, str], id_: str) -> None:
    assert [one.id for one in look(put(good, row("E1", fields=fields)), 11)] == [id_]


def test_an_outcome_may_lie_ahead(good: Case, look: Look, row: Make, put: Put) -> None:
    fields = {"will": "read", "by_date": "2027-07-31", "baseline_on": "2026-10-05"}
    assert look(put(good, row("E1", fields=fields)), 11) == []


def happened(case: Case, kind: EventKind, on: date | None) -> Case:
    return replace(case, events=(*case.events, CaseEvent("x", kind, on)))


@pytest.mark.parametrize(
    ("kind", "on"),
    [
        (EventKind.DRAFT_SERVED, date(2026, 10, 6)),
        (EventKind.DRAFT_SERVED, date(2016, 7, 3)),
        (EventKind.DRAFT_SERVED, date(2026, 5, 3)),
        (EventKind.DECISION_ASSESS, date(2026, 5, 3)),
        (EventKind.REVIEW_HELD, date(2027, 1, 1)),
    ],
)
def test_an_event_that_cannot_be(good: Case, look: Look, kind: EventKind, on: date) -> None:
    alone = replace(good, events=good.events[:1])
    assert [one.id for one in look(happened(alone, kind, on), 11)] == ["11/x"]


@pytest.mark.parametrize(
    ("kind", "on"),
    [
        (EventKind.DRAFT_SERVED, date(2026, 10, 5)),
        (EventKind.PHASE_TRANSFER, date(2027, 9, 1)),
        (EventKind.MOVED_OUT, date(2026, 12, 1)),
        (EventKind.REVIEW_NOTICE, None),
    ],
)
def test_an_event_that_may_be(good: Case, look: Look, kind: EventKind, on: date | None) -> None:
    assert look(happened(good, kind, on), 11) == []


def test_a_request_that_lies_ahead_is_told_once(good: Case, look: Look) -> None:
    asked = tuple(
        replace(one, on=date(2027, 1, 4)) if one.kind is EventKind.REQUEST_RECEIVED else one for one in good.events
    )
    assert [one.quote for one in look(replace(good, events=asked), 11)] == ["4 January 2027"]


def test_the_final_plan_comes_after_the_draft(good: Case, look: Look) -> None:
    drafted = happened(good, EventKind.DRAFT_SERVED, date(2026, 9, 1))
    made = replace(drafted, events=(*drafted.events, CaseEvent("y", EventKind.PLAN_MADE, date(2026, 8, 31))))
    assert [one.id for one in look(made, 11)] == ["11/y"]
    earlier_plan = replace(made, stage=Stage.AMENDMENT)
    assert look(earlier_plan, 11) == []
    again = replace(made, events=(*made.events, CaseEvent("z", EventKind.PLAN_MADE, date(2026, 9, 20))))
    assert look(again, 11) == []


def test_contributions_and_papers(good: Case, look: Look, line: Callable[..., Case]) -> None:
    ahead = ContributionEvent("s", ContributionEventKind.CHASED, date(2026, 10, 6))
    excused = ContributionEvent("e", ContributionEventKind.EXCEPTION, date(2026, 11, 6))
    undated = ContributionEvent("u", ContributionEventKind.CHASED, None)
    events = (*good.contributions[0].events, excused, undated, ahead)
    assert [one.id for one in look(line(good, "c-family", events=events), 11)] == ["11/c-family/s"]
    papers = tuple(Document(f"p{year}", "A letter", dated=date(year, 1, 1)) for year in (2015, 2020, 2027))
    found = look(replace(good, documents=(*good.documents, *papers)), 11)
    assert [one.id for one in found] == ["11/p2015", "11/p2027"]


@pytest.mark.parametrize("born", [date(2027, 1, 1), date(1900, 1, 1), date(2000, 10, 5)])
def test_a_date_of_birth_that_cannot_be_is_told_once(good: Case, look: Look, born: date) -> None:
    assert [one.id for one in look(replace(good, child=replace(good.child, date_of_birth=born)), 11)] == [
        "11/child/date_of_birth"
    ]


@pytest.mark.parametrize("born", [date(2026, 5, 1), date(2000, 10, 6), None])
def test_a_date_of_birth_that_may_be(good: Case, look: Look, born: date | None) -> None:
    assert look(replace(good, child=replace(good.child, date_of_birth=born)), 11) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("nhs_number", "943 476 5910"), ("upn", "A801200001001"), ("uln", "1000000001"), ("postcode", "DE4 3A")],
)
def test_a_number_with_a_wrong_key(good: Case, look: Look, field: str, value: str) -> None:
    wrong = replace(good, child=replace(good.child, **{field: value}))
    found = look(wrong, 13)
    assert [(one.id, one.field, one.severity) for one in found] == [(f"13/child/{field}", field, Severity.WARN)]


@pytest.mark.parametrize(
    ("field", "value"), [("nhs_number", "943 476 5919"), ("postcode", "de4 3ag"), ("uln", ""), ("upn", " ")]
)
def test_a_number_that_is_well_formed(good: Case, look: Look, field: str, value: str) -> None:
    assert look(replace(good, child=replace(good.child, **{field: value})), 13) == []
