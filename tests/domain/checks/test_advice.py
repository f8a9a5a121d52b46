"""Checks 29 to 32: old, unused and unlisted advice, and requests that were late or left alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from send_desk.domain.case import Case, CaseEvent, Document
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.entry import Entry, Source
from send_desk.domain.finding import Finding
from send_desk.domain.ids import Cell, EntryKind, EventKind, Ground, Severity, Stage, State, Version
from send_desk.domain.ids import ContributionEventKind as Step
from send_desk.domain.person import Adviser

Look = Callable[..., list[Finding]]
Make = Callable[..., Entry]
Change = Callable[..., Case]


def ids(found: list[Finding]) -> list[str]:
    return [one.id for one in found]


def dated(case: Case, day: date | None) -> Case:
    papers = tuple(replace(one, dated=day) if one.id == "d-psych" else one for one in case.documents)
    return replace(case, documents=papers)


@pytest.mark.parametrize("day", [date(2025, 10, 4), date(2020, 1, 1), date(2017, 3, 3)])
def test_old_advice_is_asked_about(good: Case, look: Look, day: date) -> None:
    found = look(dated(good, day), 29)
    assert [(one.id, one.severity) for one in found] == [("29/d-psych", Severity.WARN)]


@pytest.mark.parametrize("day", [date(2025, 10, 5), date(2026, 10, 1), None])
def test_recent_advice_is_left_alone(good: Case, look: Look, day: date | None) -> None:
    assert look(dated(good, day), 29) == []


def test_earlier_advice_that_all_agreed_on_is_left_alone(good: Case, look: Look, line: Change) -> None:
    agreed = ContributionEvent("r", Step.REUSE_AGREED, date(2026, 6, 10), agreed_by=("adviser", "authority", "family"))
    assert look(line(dated(good, date(2024, 1, 1)), "c-psych", events=(agreed,)), 29) == []


def test_advice_from_before_a_move(good: Case, look: Look) -> None:
    moved = replace(good, setting=replace(good.setting, since=date(2026, 9, 1)))
    assert sorted(ids(look(moved, 29))) == sorted(f"29/{paper.id}" for paper in good.documents)
    transfer = CaseEvent("t", EventKind.PHASE_TRANSFER, date(2026, 7, 5))
    found = look(replace(good, events=(*good.events, transfer)), 29)
    assert ids(found) == ["29/d-care", "29/d-family", "29/d-health", "29/d-school"]
    assert "5 July 2026" in found[0].reason
    to_come = replace(transfer, on=date(2027, 9, 1))
    assert look(replace(good, events=(*good.events, to_come)), 29) == []


def test_while_a_plan_is_in_force_the_age_is_that_of_the_day_it_was_made(good: Case, look: Look) -> None:
    made = CaseEvent("m", EventKind.FINAL_SENT, date(2026, 9, 21), by="Ruth Vane")
    final = replace(good, version=Version.FINAL, events=(*good.events, made))
    assert look(final, 29, on=date(2028, 1, 1)) == []
    moved_since = replace(final, setting=replace(good.setting, since=date(2027, 9, 1)))
    assert look(moved_since, 29, on=date(2028, 1, 1)) == []
    unmade = replace(final, events=good.events)
    assert len(look(unmade, 29, on=date(2028, 1, 1))) == len(good.documents)
    assert ids(look(dated(final, date(2025, 1, 1)), 29)) == ["29/d-psych"]


def test_an_amendment_rests_on_earlier_advice(good: Case, look: Look) -> None:
    amended = replace(dated(good, date(2024, 1, 1)), stage=Stage.AMENDMENT)
    assert [(one.id, one.severity) for one in look(amended, 29)] == [("29/d-psych", Severity.NOTE)]


EXTRA = Document("d-new", "Therapy report", "health", "Kit Vale", "therapist", date(2026, 7, 1))


def with_paper(case: Case, row: Make, put: Change, **more: object) -> Case:
    added = Contribution("x", Cell.HEALTH, Adviser("Kit Vale", "therapist"), document="d-new", stated=State.CONTRIBUTES)
    listed = put(replace(case, documents=(*case.documents, EXTRA)), row("K9", "Therapy report"))
    return replace(listed, contributions=(*case.contributions, replace(added, **more)))  # type: ignore[arg-type]  # any field


def test_advice_that_no_row_rests_on(good: Case, look: Look, row: Make, put: Change) -> None:
    unused = with_paper(good, row, put)
    assert [(one.id, one.contribution, one.severity) for one in look(unused, 30)] == [("30/d-new", "x", Severity.WARN)]
    on_no_line = replace(unused, contributions=good.contributions)
    assert [(one.id, one.contribution) for one in look(on_no_line, 30)] == [("30/d-new", None)]
    by_event = ContributionEvent("r", Step.CONFIRMED, date(2026, 7, 2), state=State.CONTRIBUTES, document="d-new")
    assert ids(look(with_paper(good, row, put, document="", stated=None, events=(by_event,)), 30)) == ["30/d-new"]


@pytest.mark.parametrize(
    "more",
    [
        {"not_used_because": "It is about another school."},
        {"stated": State.NO_RELEVANT_NEEDS},
        {"stated": State.RECEIVED},
        {"stated": State.ADMINISTRATIVE_ONLY},
    ],
)
def test_advice_that_need_not_be_used(good: Case, look: Look, row: Make, put: Change, more: dict[str, object]) -> None:
    assert look(with_paper(good, row, put, **more), 30) == []


def test_advice_that_a_row_cites(good: Case, look: Look, row: Make, put: Change) -> None:
    cited = put(with_paper(good, row, put), row("B3", "Ava tires.", sources=(Source("d-new", 1, "tires"),)))
    assert look(cited, 30) == []
    behind = put(with_paper(good, row, put), row("D1", "None.", kind=EntryKind.NIL, fields={"contribution": "x"}))
    assert look(behind, 30) == []


def test_before_the_plan_is_begun_nothing_is_unused(good: Case, look: Look) -> None:
    begun = tuple(one for one in good.entries if one.section.value in ("A", "K"))
    assert look(replace(good, entries=begun), 30) == []


def test_a_row_that_rests_on_a_paper_nobody_has(good: Case, look: Look, row: Make, put: Change) -> None:
    gone = Source("gone", 1, "words")
    found = look(put(good, row("B3", "Ava tires.", sources=(gone, gone)), row("B4", "So.", sources=(gone,))), 31)
    assert [(one.id, one.severity, one.entry) for one in found] == [("31/gone", Severity.BLOCK, "B3")]


def test_a_row_that_rests_on_a_paper_k_does_not_list(good: Case, look: Look, without: Change) -> None:
    found = look(without(good, "K4"))
    assert ids(found) == ["31/d-psych"], "one fault, one finding: 18 is silent where a row rests on the paper"
    assert "Psychological advice" in found[0].reason


def test_a_paper_that_k_lists_and_nobody_attached_is_told_of_there(good: Case, look: Look) -> None:
    gone = replace(good, documents=tuple(one for one in good.documents if one.id != "d-psych"))
    assert look(gone, 31) == []
    assert ids(look(gone, 18)) == ["18/K4"]


@pytest.mark.parametrize("source", [Source(judgement=True), Source("d-psych", 1, "hard to hold"), Source()])
def test_rows_whose_sources_are_listed(good: Case, look: Look, row: Make, put: Change, source: Source) -> None:
    assert look(put(good, row("B3", "Ava tires.", sources=(source,))), 31) == []


def test_without_a_list_of_the_writers_own_every_paper_is_listed(good: Case, look: Look) -> None:
    bare = replace(good, entries=tuple(one for one in good.entries if one.kind is not EntryKind.ADVICE))
    assert look(bare, 31) == []


def asked(case: Case, line: Change, *events: ContributionEvent) -> Case:
    return line(case, "c-psych", events=events, document="")


def event(kind: Step, on: date | None, **more: object) -> ContributionEvent:
    return ContributionEvent(f"{kind}{on}", kind, on, **more)  # type: ignore[arg-type]  # any field


@pytest.mark.parametrize("on", [date(2026, 6, 16), date(2026, 7, 1), date(2026, 9, 21)])
def test_a_request_that_went_out_late(good: Case, look: Look, line: Change, on: date) -> None:
    answered = asked(
        good, line, event(Step.REQUESTED, on), event(Step.CONFIRMED, date(2026, 9, 30), state=State.CONTRIBUTES)
    )
    assert [(one.id, one.severity) for one in look(answered, 32)] == [("32/c-psych/late_request", Severity.NOTE)]


@pytest.mark.parametrize("on", [date(2026, 6, 8), date(2026, 6, 15), date(2026, 6, 1)])
def test_a_request_in_good_time(good: Case, look: Look, line: Change, on: date) -> None:
    answered = asked(
        good, line, event(Step.REQUESTED, on), event(Step.CONFIRMED, date(2026, 7, 9), state=State.CONTRIBUTES)
    )
    assert look(answered, 32) == []
    undecided = replace(asked(good, line, event(Step.REQUESTED, date(2026, 9, 30))), events=good.events[:1])
    assert look(undecided, 32) == []


@pytest.mark.parametrize(
    "events",
    [
        (event(Step.REQUESTED, date(2026, 6, 10)),),
        (event(Step.REQUESTED, date(2026, 6, 10)), event(Step.CHASED, date(2026, 9, 18))),
        (event(Step.REQUESTED, date(2026, 6, 10)), event(Step.ACKNOWLEDGED, date(2026, 6, 12))),
    ],
)
def test_an_answer_nobody_has_chased(
    good: Case, look: Look, line: Change, events: tuple[ContributionEvent, ...]
) -> None:
    assert ids(look(asked(good, line, *events), 32)) == ["32/c-psych/chase"]


@pytest.mark.parametrize(
    "events",
    [
        (event(Step.REQUESTED, date(2026, 6, 10)), event(Step.CHASED, date(2026, 9, 21))),
        (event(Step.REQUESTED, date(2026, 6, 10)), event(Step.RECEIVED, date(2026, 7, 1))),
        (event(Step.REQUESTED, None),),
        (
            event(Step.REQUESTED, date(2026, 6, 10)),
            event(Step.EXCEPTION, date(2026, 6, 20), ground=Ground.MISSED_APPOINTMENT),
        ),
    ],
)
def test_an_answer_that_was_chased_or_need_not_be(
    good: Case, look: Look, line: Change, events: tuple[ContributionEvent, ...]
) -> None:
    assert look(asked(good, line, *events), 32) == []


def test_an_unnamed_adviser_is_called_by_the_cell(good: Case, look: Look, line: Change) -> None:
    unnamed = line(good, "c-psych", events=(event(Step.REQUESTED, date(2026, 6, 10)),), adviser=Adviser(), document="")
    assert look(unnamed, 32)[0].reason.startswith("Psychology: no chase")
