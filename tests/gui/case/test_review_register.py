"""The register page of a case in review: its own register, the older one behind a choice, all invited at once."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QComboBox

from send_desk.domain.contribution import Attendance
from send_desk.domain.cycle import ASSESSMENT, cycle_in_force, lines_of
from send_desk.domain.ids import Cell, EventKind, State
from send_desk.domain.register import strip
from send_desk.gui.register_page import RegisterPage
from send_desk.services import casework
from send_desk.services.commit import commit
from send_desk.services.desk import Desk
from send_desk.services.ports import CaseFile

from .conftest import Show, Shown, asked

NOTICE = date(2026, 3, 2)


def review(shown: Shown, meeting: str = "2026-03-30") -> None:
    """Record that the plan is in force and that notice of a review was given."""

    def work(desk: Desk, file: CaseFile) -> CaseFile:
        file = casework.record_event(desk, file, EventKind.PLAN_MADE, on=date(2026, 2, 20))
        fields = {"meeting": meeting} if meeting else {}
        return casework.record_event(desk, file, EventKind.REVIEW_NOTICE, on=NOTICE, fields=fields)

    shown.do(work)


def test_the_notice_brings_the_reviews_register_and_the_choice_of_the_older_one(show: Show) -> None:
    page = show(RegisterPage)
    asked(page, Cell.HEALTH, date(2026, 2, 3))
    assert not page.has("register.cycle")
    review(page)
    said = page.words()
    assert "0 of 5 advisers answered, 5 not asked yet." in said
    assert "To be invited under SEND Regulations 2014 reg 20(2)(d) (confirmed in the source)" in said
    assert "The meeting: 30 March 2026." in said
    assert page.has("register.health.request")
    page.choose("register.cycle", "Assessment")
    page.settle()
    older = page.words()
    assert "An earlier register" in older
    assert "requested 3 February 2026" in older
    assert not page.has("register.invite_all")
    assert page.find("strip.health").accessibleName().startswith("Health: not requested"), "the strip is the review's"
    page.choose("register.cycle", "Review of 2 March 2026")
    page.settle()
    assert "Not invited yet; no notice recorded; no advice yet; attendance not recorded." in page.words()


def test_all_are_invited_at_once_and_the_strip_counts_the_days_to_the_meeting(show: Show) -> None:
    page = show(RegisterPage)
    review(page)
    page.press("register.invite_all")
    page.press("register.form.record")
    case = page.stored()
    lines = lines_of(case, cycle_in_force(case))
    assert {one.notice_given for one in lines} == {NOTICE}
    states = strip(case, page.session.desk.book(case), page.session.desk.today)
    assert states[Cell.HEALTH].state is State.REQUESTED
    assert states[Cell.HEALTH].statuses[0].due == date(2026, 3, 16)
    assert not page.has("register.invite_all")
    assert "Invited 2 March 2026; notice given 2 March 2026; no advice yet" in page.words()


def test_one_is_invited_with_notice_and_attends(show: Show) -> None:
    page = show(RegisterPage)
    review(page)
    page.press("register.social_care.request")
    page.write("register.form.on", "3 March 2026")
    page.press("register.form.record")
    page.press("register.social_care.attendance")
    page.choose("register.form.attendance", "Sent apologies")
    page.press("register.form.record")
    case = page.stored()
    line = next(one for one in lines_of(case, cycle_in_force(case)) if one.cell is Cell.SOCIAL_CARE)
    assert (line.notice_given, line.attendance) == (date(2026, 3, 3), Attendance.APOLOGIES)
    assert "sent apologies" in page.words()


def test_somebody_else_is_invited_to_the_register_that_is_shown(show: Show) -> None:
    page = show(RegisterPage)
    review(page)
    page.press("register.add")
    assert not page.has("register.form.wish")
    page.write("register.form.role", "Youth worker")
    page.press("register.form.record")
    case = page.stored()
    added = next(one for one in case.contributions if one.adviser.role == "Youth worker")
    assert added.cycle == cycle_in_force(case)


def test_a_review_without_a_register_gets_one_when_she_asks(show: Show) -> None:
    page = show(RegisterPage)
    review(page, meeting="")
    page.do(lambda desk, file: commit(desk, file, replace(file.case, contributions=lines_of(file.case, ASSESSMENT))))
    assert "It has no register yet" in page.words()
    page.press("register.begin_review")
    case = page.stored()
    assert len(lines_of(case, cycle_in_force(case))) == 5
    assert page.find("register.cycle", QComboBox).currentText() == "Review of 2 March 2026"
    assert "The day of the meeting is not recorded" in page.words()
