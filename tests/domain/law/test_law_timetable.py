"""The timetable of an assessment, its exemptions, and the form of a line, told as stories."""

from collections.abc import Callable
from datetime import date

import pytest

from send_desk.domain.case import Case, CaseEvent, Exemption
from send_desk.domain.deadlines import DateLine, as_json
from send_desk.domain.ids import EventKind, Ground
from send_desk.domain.person import Child
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.timetable import timetable

Story = Callable[..., Case]
Lines = Callable[..., dict[str, DateLine]]
Rules = Callable[[Case], list[str]]

TODAY = date(2026, 11, 21)


def day(written: str) -> date:
    return date.fromisoformat(written)


@pytest.mark.parametrize("kind", ["request_received", "became_responsible"])
def test_a_request_or_responsibility_starts_the_clocks_of_the_assessment(kind: str, story: Story, lines: Lines) -> None:
    found = lines(story(f"2026-01-05 {kind}"), day("2026-02-20"))
    assert {rule: str(line.due) for rule, line in found.items()} == {
        "DEC_ASSESS": "2026-02-16",
        "DRAFT_SENT": "2026-04-27",
        "DEC_NO_PLAN": "2026-04-27",
        "FINAL_PLAN": "2026-05-25",
    }
    late = {rule: line.late_days for rule, line in found.items()}
    assert late == {"DEC_ASSESS": 4, "DRAFT_SENT": 0, "DEC_NO_PLAN": 0, "FINAL_PLAN": 0}
    assert all(line.start.event == kind and line.is_open for line in found.values())


def test_a_plan_made_in_time_and_one_made_late(story: Story, lines: Lines) -> None:
    told = ("2026-01-05 request_received", "2026-02-16 decision_assess", "2026-04-20 decision_plan")
    served = (*told, "2026-04-28 draft_served", "2026-06-01 final_sent")
    found = lines(story(*served))
    assert (found["DEC_ASSESS"].done_on, found["DEC_ASSESS"].late_days) == (day("2026-02-16"), 0)
    assert (found["DRAFT_SENT"].done_on, found["DRAFT_SENT"].late_days) == (day("2026-04-28"), 1)
    assert (found["FINAL_PLAN"].done_on, found["FINAL_PLAN"].late_days) == (day("2026-06-01"), 7)
    assert "DEC_NO_PLAN" not in found
    assert found["DRAFT_REPS"].due == day("2026-05-12")
    assert found["DRAFT_REPS"].late_days == 0


def test_after_a_refusal_only_the_decision_and_the_family_s_windows_remain(story: Story, lines: Lines) -> None:
    found = lines(story("2026-01-05 request_received", "2026-02-10 decision_not_assess"))
    assert set(found) == {"DEC_ASSESS", "MED_CONTACT", "APPEAL"}
    assert found["DEC_ASSESS"].done_on == day("2026-02-10")
    assert found["APPEAL"].due == day("2026-04-10")


def test_after_a_decision_for_no_plan_nothing_waits_for_a_plan(story: Story, lines: Lines) -> None:
    told = ("2026-01-05 request_received", "2026-02-10 decision_assess", "2026-05-04 decision_no_plan")
    found = lines(story(*told))
    assert set(found) == {"DEC_ASSESS", "DEC_NO_PLAN", "MED_CONTACT", "APPEAL"}
    assert found["DEC_NO_PLAN"].late_days == 7


def test_a_refusal_that_the_authority_takes_back_revives_the_twenty_weeks(story: Story, lines: Lines) -> None:
    told = ("2026-01-05 request_received", "2026-02-10 decision_not_assess", "2026-03-20 decision_assess")
    found = lines(story(*told))
    assert found["FINAL_PLAN"].is_open and found["DEC_NO_PLAN"].is_open


def test_an_order_to_assess_has_clocks_of_its_own_and_revives_none(story: Story, rules: Rules) -> None:
    told = ("2026-01-05 request_received", "2026-02-10 decision_not_assess", "2026-06-01 tribunal_order")
    found = rules(story(*told, "2026-06-10 decision_assess"))
    assert "FINAL_PLAN" not in found and "TRIB_ASSESS_FINAL" in found


def test_refused_and_asked_for_again_are_two_cycles(book: RuleBook, story: Story) -> None:
    first = ("2025-01-06 request_received", "2025-02-10 decision_not_assess")
    case = story(*first, "2026-06-01 request_received", "2026-07-10 decision_assess")
    decided = [line for line in timetable(case, book, TODAY) if line.rule == "DEC_ASSESS"]
    assert [(str(line.start.on), str(line.done_on)) for line in decided] == [
        ("2025-01-06", "2025-02-10"),
        ("2026-06-01", "2026-07-10"),
    ]
    # The first cycle's later clocks ended with its refusal, although the second cycle assesses.
    assert [str(line.start.on) for line in timetable(case, book, TODAY) if line.rule == "FINAL_PLAN"] == ["2026-06-01"]


def test_a_second_request_that_is_still_undecided_is_late_by_itself(book: RuleBook, story: Story) -> None:
    case = story("2025-01-06 request_received", "2025-02-10 decision_not_assess", "2026-10-01 request_received")
    decided = [line for line in timetable(case, book, TODAY) if line.rule == "DEC_ASSESS"]
    assert [(str(line.done_on), line.late_days) for line in decided] == [("2025-02-10", 0), ("None", 9)]


def test_a_family_that_moved_away_leaves_no_clock_of_the_assessment_running(story: Story, lines: Lines) -> None:
    found = lines(story("2026-01-05 request_received", "2026-02-02 moved_out"))
    assert set(found) == {"MOVE_OUT"}


def test_events_without_a_day_and_days_beyond_the_calendar_start_nothing(book: RuleBook) -> None:
    undated = CaseEvent("e1", EventKind.REQUEST_RECEIVED, None)
    absurd = CaseEvent("e2", EventKind.REQUEST_RECEIVED, date.max)
    case = Case("c", "R", Child("Ava", "Thornley"), events=(undated, absurd))
    assert timetable(case, book, TODAY) == ()


def test_an_exemption_shows_its_ground_and_leaves_date_and_lateness(story: Story, lines: Lines) -> None:
    away = Exemption("x", "FINAL_PLAN", Ground.ABSENCE, day("2026-02-02"), day("2026-03-02"))
    plain = lines(story("2026-01-05 request_received"))
    exempt = lines(story("2026-01-05 request_received", exemptions=(away,)))
    assert exempt["FINAL_PLAN"].exemption is Ground.ABSENCE
    assert exempt["FINAL_PLAN"].due == plain["FINAL_PLAN"].due
    assert exempt["FINAL_PLAN"].late_days == plain["FINAL_PLAN"].late_days == 180
    assert exempt["DEC_ASSESS"].exemption is None


def test_the_first_exemption_that_applies_is_shown(story: Story, lines: Lines) -> None:
    never = Exemption("x", "FINAL_PLAN", Ground.OTHER)
    applies = Exemption("y", "FINAL_PLAN", Ground.PERSONAL_CIRCUMSTANCES)
    found = lines(story("2026-01-05 request_received", exemptions=(never, applies)))
    assert found["FINAL_PLAN"].exemption is Ground.PERSONAL_CIRCUMSTANCES


@pytest.mark.parametrize(
    ("decided", "expected"),
    [("2025-03-01", ["personal_circumstances", None]), ("2026-07-01", [None, "personal_circumstances"])],
)
def test_an_exemption_without_days_belongs_to_the_cycle_in_which_it_was_decided(
    book: RuleBook, decided: str, expected: list[str | None], story: Story
) -> None:
    one = Exemption("x", "DEC_ASSESS", Ground.PERSONAL_CIRCUMSTANCES, decided_on=day(decided))
    told = ("2025-01-06 request_received", "2025-02-10 decision_not_assess", "2026-06-01 request_received")
    found = timetable(story(*told, exemptions=(one,)), book, TODAY)
    assert [line.exemption for line in found if line.rule == "DEC_ASSESS"] == expected


def test_an_exemption_decided_before_any_start_is_of_no_cycle(story: Story, lines: Lines) -> None:
    one = Exemption("x", "DEC_ASSESS", Ground.PERSONAL_CIRCUMSTANCES, decided_on=day("2024-01-01"))
    found = lines(story("2026-01-05 request_received", exemptions=(one,)))
    assert found["DEC_ASSESS"].exemption is None


def test_lines_come_earliest_due_first_and_read_as_the_interface_pins_them(book: RuleBook, story: Story) -> None:
    found = timetable(story("2026-01-05 request_received"), book, day("2026-02-20"))
    assert [line.due for line in found] == sorted(line.due for line in found if line.due)
    assert as_json(found[0]) == {
        "rule": "DEC_ASSESS",
        "start": {"event": "request_received", "on": "2026-01-05"},
        "due": "2026-02-16",
        "act_by": "2026-02-16",
        "done_on": None,
        "late_days": 4,
        "exemption": None,
        "citation": "SEND Regulations 2014 reg 5(1)",
        "confirmed": "primary",
        "kind": "duty",
    }
    assert found[0].words == "Decide whether to assess, and tell the family: by 16 February 2026"
    assert found[0].start.id == "e0"
