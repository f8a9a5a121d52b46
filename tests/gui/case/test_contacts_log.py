"""The contact log: one key to write, replies that are owed on top, answered by one button."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from send_desk.domain.case import Contact
from send_desk.gui.contacts_part import in_reading_order
from send_desk.gui.front_page import FrontPage
from send_desk.services import casework

from .conftest import Show

OWED = Contact(
    "owed", date(2026, 2, 1), "e-mail", "Mina Thornley", "When is the visit?", reply_owed_by=date(2026, 3, 1)
)


def test_one_key_opens_the_form_and_the_line_is_kept(show: Show) -> None:
    page = show(FrontPage)
    QTest.keyClick(page.page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    page.settle()
    focused = page.page.window().focusWidget()
    assert focused is not None
    assert focused.objectName() == "front.contact.whom"
    page.write("front.contact.whom", "Mina Thornley")
    page.write("front.contact.text", "Asked when the draft comes")
    page.write("front.contact.reply_owed_by", "10 March 2026")
    QTest.keyClick(page.find("front.contact.text"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.settle()
    (contact,) = page.stored().contacts
    assert (contact.on, contact.way, contact.whom) == (date(2026, 3, 3), "telephone", "Mina Thornley")
    assert (contact.text, contact.reply_owed_by, contact.by) == (
        "Asked when the draft comes",
        date(2026, 3, 10),
        "Jo Marsh",
    )
    assert "1 reply owed." in page.words()
    assert "reply in 7 days" in page.words()


def test_nothing_is_kept_of_an_empty_form_or_one_that_was_left(show: Show) -> None:
    page = show(FrontPage)
    page.press("front.contacts.add")
    page.press("front.contact.record")
    assert "Say with whom it was" in page.words()
    page.write("front.contact.whom", "Mina")
    QTest.keyClick(page.find("front.contact.whom"), Qt.Key.Key_Escape)
    page.settle()
    assert not page.has("front.contact.whom")
    assert page.stored().contacts == ()


def test_an_owed_reply_is_late_until_it_is_marked_answered(show: Show) -> None:
    page = show(FrontPage)
    page.do(lambda desk, file: casework.put_contact(desk, file, OWED))
    assert "reply 2 days late" in page.words()
    page.press("front.contact.owed.answered")
    (contact,) = page.stored().contacts
    assert contact.answered_on == date(2026, 3, 3)
    assert "answered 3 March 2026" in page.words()
    assert not page.has("front.contact.owed.answered")


def test_a_line_is_changed_in_its_place(show: Show) -> None:
    page = show(FrontPage)
    page.do(lambda desk, file: casework.put_contact(desk, file, OWED))
    page.press("front.contact.owed")
    page.write("front.contact.text", "When is the meeting?")
    page.press("front.contact.record")
    (contact,) = page.stored().contacts
    assert (contact.id, contact.text, contact.reply_owed_by) == ("owed", "When is the meeting?", OWED.reply_owed_by)


def test_owed_replies_come_first_by_their_day_and_the_rest_newest_first() -> None:
    log = (
        Contact("old", date(2026, 1, 1)),
        replace(OWED, id="later", reply_owed_by=date(2026, 3, 9)),
        Contact("new", date(2026, 2, 20)),
        OWED,
        replace(OWED, id="done", answered_on=date(2026, 2, 2), on=date(2026, 2, 2)),
    )
    assert [one.id for one in in_reading_order(log)] == ["owed", "later", "new", "done", "old"]


def test_a_place_brings_an_old_line_that_was_not_shown(show: Show) -> None:
    page = show(FrontPage)
    for day in range(1, 12):
        page.do(lambda desk, file, day=day: casework.put_contact(desk, file, Contact(f"c{day}", date(2026, 1, day))))  # type: ignore[misc]  # the day is bound in the lambda
    assert not page.has("front.contact.c1")
    assert isinstance(page.page, FrontPage)
    page.page.show_case(page.case, f"contacts/{page.case.case.id}/c1")
    page.settle()
    assert page.has("front.contact.c1")
