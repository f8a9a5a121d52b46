"""The timetable of moves between phases, re-assessments, moves of house and the Tribunal."""

from collections.abc import Callable
from datetime import date

import pytest

from send_desk.domain.case import Case
from send_desk.domain.deadlines import DateLine
from send_desk.domain.person import Child
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.timetable import timetable

Story = Callable[..., Case]
Lines = Callable[..., dict[str, DateLine]]
Rules = Callable[[Case], list[str]]

TODAY = date(2026, 11, 21)


def day(written: str) -> date:
    return date.fromisoformat(written)


@pytest.mark.parametrize(
    ("year_group", "fact", "rule"),
    [
        ("Year 6", "", "PHASE_FEB"),
        ("Year 11", "", "PHASE_MAR"),
        ("Year 13", "", "PHASE_P16"),
        ("", "", "PHASE_FEB"),
        ("Year 6", " transfer=secondary_to_post16", "PHASE_MAR"),
        ("Year 11", " transfer=other", "PHASE_FEB"),
        ("Year 11", " transfer=post16_to_post16", "PHASE_P16"),
    ],
)
def test_which_phase_transfer_it_is(year_group: str, fact: str, rule: str, story: Story, lines: Lines) -> None:
    child = Child("Ava", "Thornley", year_group=year_group)
    found = lines(story(f"2027-09-01 phase_transfer{fact}", child=child))
    assert set(found) == {rule}
    assert found[rule].due is not None and found[rule].due < day("2027-09-01")


@pytest.mark.parametrize(
    ("told", "done"),
    [
        (("2026-10-05 review_held", "2027-02-10 final_sent"), "2027-02-10"),
        (("2026-10-05 review_held", "2026-11-02 review_decision outcome=maintain"), "2026-11-02"),
        (("2026-12-01 amendment_notice_sent", "2027-02-20 final_sent"), "2027-02-20"),
        # A plan that no review or amendment of that year led to says nothing of the next institution.
        (("2027-01-11 final_sent",), "None"),
        (("2026-02-02 review_held", "2026-04-13 final_sent"), "None"),
    ],
)
def test_a_transfer_is_met_by_a_review_of_the_year_before(
    book: RuleBook, told: tuple[str, ...], done: str, story: Story
) -> None:
    case = story(*told, "2027-09-01 phase_transfer")
    found = [line for line in timetable(case, book, day("2027-10-01")) if line.rule == "PHASE_FEB"]
    assert [str(line.done_on) for line in found] == [done]
    assert found[0].late_days == (199 if done == "None" else max(0, (day(done) - day("2027-02-14")).days))


def test_a_re_assessment_agreed_and_one_refused(story: Story, lines: Lines) -> None:
    asked = ("2026-01-05 reassessment_requested",)
    agreed = lines(story(*asked, "2026-01-19 reassessment_decided outcome=yes"))
    assert (agreed["REASSESS_DEC"].done_on, agreed["REASSESS_FINAL"].due) == (day("2026-01-19"), day("2026-04-27"))
    assert "APPEAL" not in agreed
    refused = lines(story(*asked, "2026-01-19 reassessment_decided outcome=no"))
    assert "REASSESS_FINAL" not in refused and "APPEAL" in refused


def test_a_family_that_moves_in_with_a_plan(book: RuleBook, story: Story) -> None:
    case = story("2025-07-01 plan_made", "2026-06-15 moved_in", "2026-09-10 review_decision")
    found = [line for line in timetable(case, book, TODAY) if line.rule.startswith("MOVE")]
    assert [(line.rule, str(line.start.on), str(line.due), str(line.done_on)) for line in found] == [
        ("MOVE_TELL", "2026-06-15", "2026-07-27", "None"),
        ("MOVE_REVIEW", "2025-07-01", "2026-09-14", "2026-09-10"),
    ]


def test_a_family_that_moves_in_with_a_plan_of_unknown_age(story: Story, lines: Lines) -> None:
    found = lines(story("2026-06-15 moved_in"))
    assert (found["MOVE_REVIEW"].start.event, found["MOVE_REVIEW"].due) == ("moved_in", day("2026-09-14"))


def test_a_move_out_of_which_the_authority_heard_too_late(story: Story, lines: Lines) -> None:
    found = lines(story("2026-06-15 moved_out became_aware_of_move=2026-06-10"))
    assert found["MOVE_OUT"].due == day("2026-06-30")
    assert lines(story("2026-06-15 moved_out became_aware_of_move=soon"))["MOVE_OUT"].due == day("2026-06-15")


def test_a_mediation_certificate_lengthens_the_time_to_appeal(story: Story, lines: Lines) -> None:
    found = lines(story("2026-01-05 decision_not_assess mediation_certificate=2026-02-20"))
    assert found["APPEAL"].due == day("2026-03-20")


ASSESS = {"TRIB_ASSESS_TELL", "TRIB_ASSESS_NO", "TRIB_ASSESS_FINAL"}
MAKE = {"TRIB_MAKE_DRAFT", "TRIB_MAKE_FINAL"}
AMEND = {"TRIB_AMEND", "TRIB_NAME"}


@pytest.mark.parametrize(
    ("stood_on", "order", "expected"),
    [
        ("decision_not_assess", "", ASSESS),
        ("reassessment_decided", "", ASSESS),
        ("decision_no_plan", "", MAKE),
        ("final_sent", "", AMEND),
        ("review_decision outcome=maintain", "", AMEND),
        ("review_decision outcome=cease", "", {"TRIB_CEASE_OK"}),
        ("request_received", "", ASSESS | MAKE | AMEND),
        ("final_sent", " order=name", {"TRIB_NAME"}),
        ("final_sent", " order=amend", {"TRIB_AMEND"}),
        ("final_sent", " order=dismissed", set()),
        ("request_received", " order=assess", ASSESS),
        ("review_decision", " order=cease", {"TRIB_CEASE_OK"}),
    ],
)
def test_an_order_follows_what_it_was_about(
    stood_on: str, order: str, expected: set[str], story: Story, rules: Rules
) -> None:
    case = story(f"2025-12-01 {stood_on}", f"2026-06-01 tribunal_order{order}")
    assert {rule for rule in rules(case) if rule.startswith("TRIB")} == expected


def test_an_order_to_assess_ends_one_way_or_the_other(book: RuleBook, story: Story) -> None:
    ordered = ("2025-12-01 decision_not_assess", "2026-06-01 tribunal_order", "2026-06-10 decision_assess")
    case = story(*ordered, "2026-09-14 final_sent")
    planned = {line.rule: line for line in timetable(case, book, TODAY)}
    assert (planned["TRIB_ASSESS_TELL"].late_days, planned["TRIB_ASSESS_FINAL"].late_days) == (0, 7)
    assert "TRIB_ASSESS_NO" not in planned
    none = [line.rule for line in timetable(story(*ordered, "2026-08-01 decision_no_plan"), book, TODAY)]
    assert "TRIB_ASSESS_NO" in none and "TRIB_ASSESS_FINAL" not in none


def test_an_unopposed_appeal_for_a_plan_has_two_steps(book: RuleBook, story: Story) -> None:
    case = story("2026-01-05 decision_no_plan", "2026-03-02 tribunal_unopposed", "2026-04-07 draft_served")
    steps = [line for line in timetable(case, book, TODAY) if line.rule == "UNOPP_MAKE"]
    assert [(str(line.due), str(line.done_on), line.ends_with) for line in steps] == [
        ("2026-04-06", "2026-04-07", "the draft plan is issued"),
        ("2026-05-18", "None", "the finalised plan is sent"),
    ]


def test_the_second_step_is_left_out_where_it_leaves_the_calendar(story: Story, rules: Rules) -> None:
    case = story("9999-01-04 decision_no_plan", "9999-11-15 tribunal_unopposed")
    assert rules(case).count("UNOPP_MAKE") == 1
