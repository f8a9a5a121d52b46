"""The front page: what is next and when, who it is, events and exemptions, and the step to a final plan."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListWidget, QScrollArea, QWidget

from send_desk.domain.case import Contact
from send_desk.domain.ids import EventKind, Ground, Version
from send_desk.domain.person import Person
from send_desk.gui.front_page import FrontPage
from send_desk.services import casework

from .conftest import Show, Shown


def test_the_next_step_is_a_decision_and_it_fills_the_register(show: Show) -> None:
    page = show(FrontPage, assessed=False)
    said = page.words()
    assert "Decide whether to assess" in said
    assert "By 16 February 2026, 15 days late, SEND Regulations 2014 reg 5(1)" in said
    page.press("front.next.1.decision_assess")
    page.write("front.event.on", "2 February 2026")
    page.write("front.event.note", "Her needs are long-standing")
    page.press("front.event.record")
    case = page.stored()
    event = case.events[-1]
    assert (event.kind, event.on, event.by, event.note) == (
        EventKind.DECISION_ASSESS,
        date(2026, 2, 2),
        "Jo Marsh",
        "Her needs are long-standing",
    )
    assert len(case.contributions) == 5
    assert "Ask for advice" in page.words()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "front.next.1.register"  # the step that comes after the one recorded
    page.press("front.next.1.register")
    assert page.places == [f"register/{case.id}/family"]


def test_dates_stand_in_order_with_their_law_and_what_can_be_recorded(show: Show) -> None:
    page = show(FrontPage)
    said = page.words()
    assert "Send the final plan. 25 May 2026" in said
    assert "SEND Regulations 2014 reg 13(2)" in said
    rows = page.page.findChildren(QAbstractButton)
    next(one for one in rows if one.objectName().startswith("front.date.FINAL_PLAN")).click()
    page.settle()
    said = page.words()
    assert "Counted from: Request for an assessment received, 5 January 2026" in said
    assert "checked to 15 July 2026" in said
    page.press("front.date.record")
    page.press("front.event.cancel")
    assert not page.has("front.event.record")


def test_an_exemption_shows_its_verdict_and_keeps_the_original_date(show: Show) -> None:
    page = show(FrontPage)
    page.press("front.exempt")
    page.choose("front.exemption.line", "Send the final plan")
    page.choose("front.exemption.ground", "Waiting list")
    page.press("front.exemption.record")
    assert "Not recorded." in page.words()
    assert page.stored().exemptions == ()
    page.choose("front.exemption.ground", "Away from the area")
    page.write("front.exemption.from", "2 February 2026")
    page.write("front.exemption.until", "2 March 2026")
    assert "This lifts the time limit. The original date, 25 May 2026, stays on the screen." in page.words()
    page.press("front.exemption.record")
    (found,) = page.stored().exemptions
    assert (found.rule, found.ground, found.decided_by) == ("FINAL_PLAN", Ground.ABSENCE, "Jo Marsh")
    said = page.words()
    assert "exempt: away from the area; the original date stays" in said
    assert "25 May 2026" in said
    page.press("front.events")
    assert "3 March 2026: Exemption, Send the final plan: away from the area" in page.words()
    page.press(f"front.event.{found.id}.take_back")
    assert page.stored().exemptions == ()
    assert "the original date stays" not in page.words()


def test_facts_that_the_law_reads_are_asked_for_and_kept(show: Show) -> None:
    page = show(FrontPage)
    page.press("front.record")
    page.choose("front.event.kind", "Something else")
    page.choose("front.event.other", "Decision after the review")
    page.choose("front.event.outcome", "Amend")
    page.write("front.event.mediation_certificate", "1 March 2026")
    page.press("front.event.record")
    event = page.stored().events[-1]
    assert event.fields == {"outcome": "amend", "mediation_certificate": "2026-03-01"}
    page.press("front.events")
    assert "3 March 2026: Decision after the review: amend" in page.words()
    page.press(f"front.event.{event.id}.take_back")
    assert page.stored().events[-1].kind is not EventKind.REVIEW_DECISION


def test_a_transfer_that_lies_ahead_is_recorded(show: Show) -> None:
    page = show(FrontPage)
    page.press("front.record")
    page.choose("front.event.kind", "Something else")
    page.choose("front.event.other", "Moves to the next phase")
    page.write("front.event.on", "1 September 2027")
    page.press("front.event.record")
    assert page.stored().events[-1].on == date(2027, 9, 1)


def test_details_are_saved_as_they_are_typed_and_odd_ones_are_kept_with_a_hint(show: Show) -> None:
    page = show(FrontPage)
    page.press("front.child.change")
    page.write("front.child.known_as", "Avie")
    page.write("front.child.upn", "B123456789012")
    assert "Kept as written; but the check letter" in page.words()
    page.choose("front.child.pronouns", "she, her")
    page.find("front.child.address_confidential", QAbstractButton).click()
    page.press("front.child.change")
    child = page.stored().child
    assert (child.known_as, child.upn, child.address_confidential) == ("Avie", "B123456789012", True)
    assert child.pronouns is not None
    assert child.pronouns.possessive == "hers"
    said = page.words()
    assert "Known as: Avie, she/her" in said
    assert "The address is confidential." in said


def test_own_pronouns_have_five_forms(show: Show) -> None:
    page = show(FrontPage)
    page.press("front.child.change")
    page.choose("front.child.pronouns", "Others")
    for form, words in {"subject": "xe", "object": "xem", "determiner": "xyr", "reflexive": "xemself"}.items():
        page.write(f"front.child.pronouns.{form}", words)
    page.press("front.child.change")
    pronouns = page.stored().child.pronouns
    assert pronouns is not None
    assert (pronouns.subject, pronouns.object, pronouns.reflexive) == ("xe", "xem", "xemself")


def test_the_setting_is_chosen_by_name_and_the_former_one_is_kept(show: Show) -> None:
    page = show(FrontPage)
    for words, since in (("hartwell prim", ""), ("longmead", "2 March 2026")):
        page.press("front.setting.change")
        page.write("front.setting.name", words)
        page.settle()
        found = page.find("front.setting.found", QListWidget)
        assert found.count() == 1
        found.itemActivated.emit(found.item(0))
        page.write("front.setting.since", since)
        page.press("front.setting.record")
    case = page.stored()
    assert (case.setting.name, case.setting.urn) == ("Longmeadow School", "900002")
    assert [one.name for one in case.previous_settings] == ["Hartwell Primary School"]
    assert "Longmeadow School" in page.words()


def test_people_are_added_changed_and_warned_of(show: Show) -> None:
    page = show(FrontPage)
    page.press("front.people.add")
    page.write("front.person.name", "Rob Vance")
    page.write("front.person.relation", "uncle")
    page.find("front.person.barred", QAbstractButton).click()
    page.write("front.person.visit_risk", "Dogs loose in the yard")
    page.press("front.person.record")
    (person,) = page.stored().people
    assert (person.name, person.barred) == ("Rob Vance", True)
    said = page.words()
    assert "Rob Vance, uncle: must get no information about the child. (For staff only.)" in said
    assert "Dogs loose in the yard (For staff only.)" in said
    page.press(f"front.person.{person.id}")
    page.press("front.person.remove")
    assert page.stored().people == ()
    assert "must get no information" not in page.words()


def test_a_young_person_is_named_as_the_one_whose_rights_they_are(show: Show) -> None:
    page = show(FrontPage)
    assert "young person since" not in page.words()
    page.press("front.child.change")
    page.write("front.child.date_of_birth", "4 May 2009")
    page.press("front.child.change")
    assert "Ava is a young person since 28 June 2025: letters, rights and views are theirs" in page.words()


def test_a_final_plan_is_held_by_findings_and_a_caseworker_asks_a_manager(show: Show) -> None:
    page = show(FrontPage)
    page.do(lambda desk, file: casework.record_event(desk, file, EventKind.DRAFT_SERVED, on=date(2026, 2, 10)))
    page.press("front.next.1.final")
    assert "the plan" in page.words()
    page.press("front.issue.record")
    assert "Please give the reason" in page.words()
    page.write("front.issue.reason", "The Tribunal waits for it")
    page.press("front.issue.record")
    case = page.stored()
    assert [one.reason for one in case.override_requests] == ["The Tribunal waits for it"]
    assert case.version is Version.DRAFT
    assert page.troubles == []


def test_the_marks_of_the_sections_open_the_plan(show: Show) -> None:
    page = show(FrontPage)
    page.press("front.plan.F")
    page.press("front.plan")
    case = page.case.case.id
    assert page.places == [f"plan/{case}/F", f"plan/{case}"]


def test_the_tab_key_walks_the_page_as_it_is_read(show: Show) -> None:
    page = show(FrontPage)
    page.do(lambda desk, file: casework.put_person(desk, file, Person("p1", "Mina Thornley", "mother")))
    page.do(lambda desk, file: casework.put_contact(desk, file, Contact("c1", date(2026, 2, 1), whom="Mina")))
    page.settle()
    walked = _walk(page)
    wanted = [
        "strip.family",
        "front.next.1.register",
        "front.child.change",
        "front.person.p1",
        "front.plan",
        "front.record",
        "front.contacts.add",
        "front.contact.c1",
        "front.papers.add",
    ]
    assert [name for name in walked if name in wanted] == wanted


def test_nothing_scrolls_sideways_at_200_per_cent(show: Show) -> None:
    page = show(FrontPage)
    page.page.resize(520, 384)
    page.press("front.child.change")
    page.press("front.record")
    page.press("front.people.add")
    page.press("front.contacts.add")
    area = page.find("front", QScrollArea)
    content = area.widget()
    assert content is not None
    assert content.width() <= area.viewport().width()
    wide = [
        one.objectName()
        for one in content.findChildren(QWidget)
        if one.isVisible() and one.mapTo(content, one.rect().bottomRight()).x() > content.width()
    ]
    assert wide == []


def _walk(page: Shown) -> list[str]:
    first = page.find("strip.family")
    first.setFocus()
    names: list[str] = []
    while True:
        focused = QApplication.focusWidget()
        if focused is None or (names and focused is first):
            return names
        names.append(focused.objectName())
        if isinstance(focused, QLineEdit) and len(names) > 300:
            return names
        QTest.keyClick(focused, Qt.Key.Key_Tab)
