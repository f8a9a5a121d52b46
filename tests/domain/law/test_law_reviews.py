"""The timetable of reviews and amendments, told as stories."""

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


def test_the_first_review_counts_from_the_day_the_plan_was_made(story: Story, lines: Lines) -> None:
    found = lines(story("2025-11-24 plan_made", "2025-11-26 final_sent"))
    assert (found["AR_FIRST"].start.event, found["AR_FIRST"].due) == ("plan_made", day("2026-11-23"))


def test_where_the_making_is_not_recorded_it_counts_from_the_sending(story: Story, lines: Lines) -> None:
    found = lines(story("2025-11-26 final_sent"))
    assert (found["AR_FIRST"].start.event, found["AR_FIRST"].due) == ("final_sent", day("2026-11-25"))


def test_an_amended_plan_does_not_start_a_first_review_again(book: RuleBook, story: Story) -> None:
    case = story("2024-03-04 final_sent", "2025-02-20 review_decision outcome=amend", "2025-04-10 final_sent")
    assert [str(line.start.on) for line in timetable(case, book, TODAY) if line.rule == "AR_FIRST"] == ["2024-03-04"]
    following = [line for line in timetable(case, book, TODAY) if line.rule == "AR_NEXT"]
    assert [(str(line.start.on), str(line.due), line.late_days) for line in following] == [
        ("2025-02-20", "2026-02-19", 275)
    ]


def test_a_plan_made_anew_after_one_that_ceased_has_a_first_review_of_its_own(book: RuleBook, story: Story) -> None:
    case = story("2023-03-06 final_sent", "2024-01-15 ceased", "2026-03-02 final_sent")
    assert [str(line.start.on) for line in timetable(case, book, TODAY) if line.rule == "AR_FIRST"] == ["2026-03-02"]


def test_every_year_s_review_is_a_line_ended_by_the_next(book: RuleBook, story: Story) -> None:
    case = story("2023-05-01 plan_made", "2024-04-20 review_decision", "2025-04-28 review_decision")
    found = [line for line in timetable(case, book, TODAY) if line.rule in ("AR_FIRST", "AR_NEXT")]
    assert [(str(line.due), str(line.done_on), line.late_days) for line in found] == [
        ("2024-04-30", "2024-04-20", 0),
        ("2025-04-19", "2025-04-28", 9),
        ("2026-04-27", "None", 208),
    ]


def test_a_review_meeting_and_what_follows_it(story: Story, lines: Lines) -> None:
    case = story("2026-05-20 review_notice", "2026-06-15 review_held", "2026-06-30 review_report")
    found = lines(case, day("2026-07-20"))
    assert (found["AR_NOTICE"].due, found["AR_NOTICE"].done_on) == (day("2026-06-01"), day("2026-05-20"))
    assert (found["AR_REPORT"].done_on, found["AR_REPORT"].late_days) == (day("2026-06-30"), 1)
    assert (found["AR_DECISION"].done_on, found["AR_DECISION"].late_days) == (None, 7)
    assert found["AR_AMEND_NOTICE"].due == day("2026-07-13")
    assert found["AR_TO_FINAL"].due == day("2026-09-07")
    assert found["AR_PAPERS"].late_days == 0 and not found["AR_PAPERS"].is_open


def test_notice_that_was_never_given_is_late_until_the_meeting_and_no_further(book: RuleBook, story: Story) -> None:
    case = story("2025-06-02 review_notice", "2025-06-20 review_held", "2026-06-15 review_held")
    late = {
        today: [line.late_days for line in timetable(case, book, day(today)) if line.rule == "AR_NOTICE"]
        for today in ("2026-05-30", "2026-06-03", "2026-11-21")
    }
    assert late == {"2026-05-30": [0, 0], "2026-06-03": [0, 2], "2026-11-21": [0, 14]}


def test_the_notice_of_the_next_review_is_not_the_notice_of_this_one(book: RuleBook, story: Story) -> None:
    case = story("2025-06-20 review_held", "2025-12-01 review_notice", "2026-01-15 review_held")
    found = [line for line in timetable(case, book, TODAY) if line.rule == "AR_NOTICE"]
    assert [str(line.done_on) for line in found] == ["None", "2025-12-01"]


@pytest.mark.parametrize("outcome", ["maintain", "cease"])
def test_a_review_that_amends_nothing_awaits_no_amendment(outcome: str, story: Story, rules: Rules) -> None:
    case = story("2026-06-15 review_held", f"2026-07-01 review_decision outcome={outcome}")
    assert not {"AR_AMEND_NOTICE", "AR_TO_FINAL"} & set(rules(case))
    assert ("AR_NEXT" in rules(case)) is (outcome == "maintain")
    assert ("CEASE_HOLD" in rules(case)) is (outcome == "cease")
    assert "APPEAL" in rules(case)


def test_a_decision_whose_outcome_is_not_recorded_excludes_nothing(story: Story, rules: Rules) -> None:
    case = story("2026-06-15 review_held", "2026-07-01 review_decision")
    assert {"AR_AMEND_NOTICE", "AR_TO_FINAL", "AR_NEXT", "APPEAL"} <= set(rules(case))


def test_a_decision_to_amend_opens_no_appeal_before_the_plan(story: Story, rules: Rules) -> None:
    case = story("2026-06-15 review_held", "2026-07-01 review_decision outcome=amend")
    assert "APPEAL" not in rules(case)


def test_an_amendment_after_a_review(story: Story, lines: Lines) -> None:
    told = ("2026-06-15 review_held", "2026-07-01 review_decision outcome=amend", "2026-07-01 amendment_notice_sent")
    found = lines(story(*told, "2026-08-27 final_sent"))
    assert (found["AR_AMEND_NOTICE"].done_on, found["AR_AMEND_NOTICE"].late_days) == (day("2026-07-01"), 0)
    assert (found["AMEND_FINAL"].due, found["AMEND_FINAL"].late_days) == (day("2026-08-26"), 1)
    assert (found["AR_TO_FINAL"].due, found["AR_TO_FINAL"].late_days) == (day("2026-09-07"), 0)
    assert found["AMEND_REPS"].due == day("2026-07-15")
    assert not {"AMEND_REFUSED", "AMEND_NO_REVIEW"} & set(found)


def test_an_amendment_given_up_after_the_notice(story: Story, lines: Lines) -> None:
    told = ("2026-06-15 review_held", "2026-07-01 amendment_notice_sent", "2026-08-20 review_decision outcome=maintain")
    found = lines(story(*told))
    assert (found["AMEND_REFUSED"].done_on, found["AMEND_REFUSED"].late_days) == (day("2026-08-20"), 0)
    assert "AMEND_FINAL" not in found


def test_an_amendment_without_a_review_since_the_plan(story: Story, rules: Rules) -> None:
    told = ("2025-01-10 review_held", "2025-03-10 final_sent", "2026-07-01 amendment_notice_sent")
    assert "AMEND_NO_REVIEW" in rules(story(*told))
    assert "AMEND_NO_REVIEW" in rules(story("2026-07-01 amendment_notice_sent"))


def test_a_plan_of_a_child_under_five_is_looked_at_sooner(story: Story, rules: Rules) -> None:
    small = Child("Ava", "Thornley", date(2022, 9, 1))
    assert "EY_REVIEW" in rules(story("2026-01-05 final_sent", child=small))
    assert "EY_REVIEW" not in rules(story("2027-04-05 final_sent", child=small))
    assert "EY_REVIEW" not in rules(story("2026-01-05 final_sent"))
