"""The notice of a review opens a register of its own; what is recorded there leaves the assessment's as it is."""

from dataclasses import replace
from datetime import date

import pytest

from send_desk.domain.contribution import Attendance, Contribution, ContributionEvent
from send_desk.domain.cycle import ASSESSMENT, cycle_in_force, cycles, lines_of, review_without_register
from send_desk.domain.errors import WrongUse
from send_desk.domain.ids import Cell, ContributionEventKind, EventKind, State
from send_desk.domain.register import register, strip
from send_desk.services import advice, casework, reading
from send_desk.services.commit import commit
from send_desk.services.desk import Desk
from send_desk.services.plan_file import plan_words, read_plan
from send_desk.services.ports import CaseFile

NOTICE = date(2026, 2, 10)


@pytest.fixture
def planned(desk: Desk) -> CaseFile:
    file = casework.new_case(
        desk,
        first_names="Ava",
        surname="Thornley",
        born=date(2016, 5, 4),
        received=date(2025, 1, 6),
        reference="HD-1",
    )
    file = casework.record_event(desk, file, EventKind.DECISION_ASSESS, on=date(2025, 2, 3))
    return casework.record_event(desk, file, EventKind.FINAL_SENT, on=date(2025, 5, 6))


@pytest.fixture
def review(desk: Desk, planned: CaseFile) -> CaseFile:
    return casework.record_event(desk, planned, EventKind.REVIEW_NOTICE, on=NOTICE, fields={"meeting": "2026-03-10"})


def by_id(file: CaseFile) -> dict[str, Contribution]:
    return {one.id: one for one in file.case.contributions}


def states(desk: Desk, file: CaseFile, cycle: str | None = None) -> dict[str, State]:
    found = register(file.case, desk.book(file.case), desk.today, cycle=cycle)
    return {one.giver.letter: one.state for one in found if one.giver}


def test_a_notice_opens_the_reviews_own_register_and_it_is_there_when_opened_again(
    desk: Desk, planned: CaseFile, review: CaseFile
) -> None:
    again = reading.open_case(desk, "HD-1")
    assert by_id(again) == by_id(review)
    assert set(states(desk, again)) == {f"20(2)({letter})" for letter in "abcde"}
    assert {one.id for one in lines_of(again.case, ASSESSMENT)} == set(by_id(planned))


def test_all_are_invited_at_once_and_who_was_invited_already_stays(desk: Desk, review: CaseFile) -> None:
    cycle = cycle_in_force(review.case)
    line = advice.line_for(review.case, Cell.HEALTH)
    assert line is not None
    assert line.cycle == cycle
    early = ContributionEvent("", ContributionEventKind.REQUESTED, date(2026, 2, 2))
    file = advice.record(desk, review, line.id, early)
    file = advice.invite_all(desk, file, cycle, NOTICE, note="by letter")
    lines = {one.cell: one for one in lines_of(file.case, cycle)}
    assert lines[Cell.HEALTH].events[0].on == date(2026, 2, 2)
    assert [one.notice_given for one in lines.values()].count(NOTICE) == 4
    assert set(states(desk, file).values()) == {State.REQUESTED, State.OVERDUE}
    assert states(desk, file, ASSESSMENT) == states(desk, review, ASSESSMENT)
    with pytest.raises(WrongUse):
        advice.invite_all(desk, file, cycle, date(2027, 1, 1))


def test_notice_and_attendance_are_kept_and_travel_in_the_plan_file(desk: Desk, review: CaseFile) -> None:
    line = advice.line_for(review.case, Cell.FAMILY)
    assert line is not None
    told = replace(line, notice_given=NOTICE, attendance=Attendance.APOLOGIES)
    file = advice.change_line(desk, review, told)
    assert by_id(reading.open_case(desk, "HD-1")) == by_id(file)
    back = read_plan(plan_words(file.case))
    kept = {one.id: (one.cycle, one.notice_given, one.attendance) for one in back.contributions}
    assert kept == {one.id: (one.cycle, one.notice_given, one.attendance) for one in file.case.contributions}
    assert strip(back, desk.book(back), desk.today) == strip(file.case, desk.book(file.case), desk.today)


def test_somebody_added_stands_on_the_register_in_force_or_on_the_one_named(desk: Desk, review: CaseFile) -> None:
    _, now = advice.add_line(desk, review, Cell.OTHERS, review.case.contributions[0].adviser)
    assert now.cycle == cycle_in_force(review.case)
    _, then = advice.add_line(desk, review, Cell.OTHERS, review.case.contributions[0].adviser, cycle=ASSESSMENT)
    assert then.cycle == ASSESSMENT


def test_a_notice_taken_back_takes_the_empty_lines_along_and_keeps_what_was_recorded(
    desk: Desk, planned: CaseFile, review: CaseFile
) -> None:
    notice = cycle_in_force(review.case)
    assert casework.remove_event(desk, review, notice).case.contributions == planned.case.contributions
    line = advice.line_for(reading.open_case(desk, "HD-1").case, Cell.HEALTH)
    assert line is not None
    again = casework.record_event(desk, reading.open_case(desk, "HD-1"), EventKind.REVIEW_NOTICE, on=NOTICE)
    line = advice.line_for(again.case, Cell.HEALTH)
    assert line is not None
    event = ContributionEvent("", ContributionEventKind.REQUESTED, NOTICE)
    file = advice.record(desk, again, line.id, event)
    left = casework.remove_event(desk, file, line.cycle)
    assert [one.id for one in lines_of(left.case, line.cycle)] == [line.id]
    assert len(cycles(left.case)) == 2
    assert cycle_in_force(left.case) == ASSESSMENT


def test_a_review_from_before_there_were_registers_gets_one_when_she_asks(desk: Desk, review: CaseFile) -> None:
    bare = commit(desk, review, replace(review.case, contributions=lines_of(review.case, ASSESSMENT)))
    notice = review_without_register(bare.case)
    assert notice is not None
    assert cycle_in_force(bare.case) == ASSESSMENT
    begun = advice.begin_review_register(desk, bare, notice.id)
    assert cycle_in_force(begun.case) == notice.id
    with pytest.raises(WrongUse):
        advice.begin_review_register(desk, begun, "nothing")
