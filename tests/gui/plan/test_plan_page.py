"""The page as a whole: sections, keys, what is offered where, names and the order of the Tab key."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QListWidget, QPushButton, QWidget

from send_desk.domain.case import Document
from send_desk.domain.entry import Links, Source
from send_desk.domain.ids import Cell, EntryKind, EventKind, Section
from send_desk.gui.links_editor import LinkChooser
from send_desk.gui.look import Look
from send_desk.gui.row_column import RowColumn
from send_desk.services import advice, casework
from send_desk.services.advice import Paper
from send_desk.services.desk import Desk
from send_desk.services.ports import CaseFile

from .conftest import Plan


def named(plan: Plan, name: str) -> QWidget | None:
    return plan.page.findChild(QWidget, name)


def press(plan: Plan, name: str) -> None:
    button = plan.page.findChild(QPushButton, name)
    assert button is not None, name
    button.click()
    plan.settle()


def shown(plan: Plan) -> Section:
    return Section(plan.page.place.split("/")[2])


def test_every_section_opens_with_its_law_and_the_answers_beside_it(plan: Plan) -> None:
    for section in Section:
        plan.section(section)
        words = " ".join(label.accessibleName() for label in plan.page.findChildren(QLabel))
        law = plan.session.desk.book(plan.case.case).section(section)
        assert law.heading in words
        assert all(hold.citation in words for hold in law.holds)
    plan.section(Section.G)
    beside = named(plan, "case.beside.health.1")
    assert beside is not None
    assert "Not requested" in beside.accessibleName()


def test_an_answer_beside_the_section_opens_the_register(plan: Plan) -> None:
    plan.section(Section.C)
    with plan.qtbot.waitSignal(plan.page.opened) as opened:
        beside = named(plan, "case.beside.health.1")
        assert beside is not None
        QTest.keyClick(beside, Qt.Key.Key_Return)
    assert opened.args == [f"register/{plan.case.case.id}/health"]


@pytest.mark.parametrize(
    ("keys", "section"), [("F", Section.F), ("K", Section.K), ("H1", Section.H1), ("H2", Section.H2)]
)
def test_control_g_and_a_letter_open_a_section_even_while_writing(plan: Plan, keys: str, section: Section) -> None:
    made = plan.add(Section.B, EntryKind.NEED, "words")
    row = plan.row(made)
    row.focus()
    field = row.form.editor("text")
    QTest.keyClick(field, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or field, Qt.Key(ord(key)))
    plan.settle()
    assert shown(plan) is section
    assert plan.entry(made).words == "words"


def test_alt_and_arrows_walk_the_sections(plan: Plan) -> None:
    plan.section(Section.F)
    QTest.keyClick(plan.page, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert shown(plan) is Section.G
    QTest.keyClick(plan.page, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert shown(plan) is Section.F


def test_arrows_and_enter_choose_a_section_in_the_list(plan: Plan) -> None:
    first = named(plan, "case.section.A")
    second = named(plan, "case.section.B")
    assert first is not None and second is not None
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert shown(plan) is Section.B


def test_a_place_opens_the_entry_and_the_field(plan: Plan) -> None:
    made = plan.add(Section.F, EntryKind.PROVISION)
    plan.page.show_case(plan.case, f"plan/{plan.case.case.id}/F/{made.id}/fields.how_often")
    plan.settle()
    assert plan.row(made).form.editor("how_often").hasFocus()
    plan.page.show_case(plan.case, f"plan/{plan.case.case.id}/A")
    plan.page.show_case(plan.case, f"record/{plan.case.case.id}/{made.id}")
    plan.settle()
    assert plan.row(made).form.editor("what").hasFocus()


def test_section_i_is_locked_in_a_draft_with_its_reason(plan: Plan) -> None:
    plan.section(Section.I)
    assert named(plan, "case.add.placement") is None
    said = " ".join(label.accessibleName() for label in plan.page.findChildren(QLabel) if label.isVisible())
    assert "s38(5)" in said
    button = named(plan, "case.section.I")
    assert button is not None and "locked" in button.accessibleName()


def test_nothing_needed_is_offered_only_behind_an_answer(plan: Plan) -> None:
    plan.section(Section.D)
    assert named(plan, "case.add.nil") is None
    assert named(plan, "case.add.need") is not None


def test_nothing_needed_rests_on_the_answer_of_a_named_professional(plan: Plan, nothing_needed: str) -> None:
    plan.section(Section.D)
    press(plan, "case.add.nil")
    entry = plan.section(Section.D)[0].entry
    assert (entry.kind, entry.value("contribution"), entry.value("on")) == (EntryKind.NIL, nothing_needed, "2026-02-20")
    rests = plan.page.findChild(QComboBox, "entry.D1.contribution")
    assert rests is not None and "Imran Cobb" in rests.currentText()


def test_nothing_needed_still_rests_on_the_answer_given_before_a_review(plan: Plan, nothing_needed: str) -> None:
    plan.section(Section.D)
    press(plan, "case.add.nil")
    plan.case.do(lambda desk, file: casework.record_event(desk, file, EventKind.REVIEW_NOTICE, on=desk.today))
    plan.settle()
    rests = plan.page.findChild(QComboBox, "entry.D1.contribution")
    assert rests is not None and "Imran Cobb" in rests.currentText()


def test_section_k_lists_every_paper_that_no_line_names(plan: Plan) -> None:
    def papers(desk: Desk, file: CaseFile) -> CaseFile:
        for name in ("speech.txt", "school.txt"):
            paper = Paper(name, name.encode(), ("words",))
            file, _ = advice.add_document(desk, file, paper, cell=Cell.EDUCATION, author="Jo", dated=date(2026, 2, 1))
        return file

    plan.do(papers)
    plan.section(Section.K)
    press(plan, "case.add.papers")
    listed = [row.entry.sources[0].document for row in plan.section(Section.K)]
    assert sorted(listed) == sorted(one.id for one in plan.stored().case.documents)
    assert named(plan, "case.add.papers") is None


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)  # Qt without a screen has none
def test_links_are_ticked_in_a_list_by_keys(plan: Plan) -> None:
    need = plan.add(Section.B, EntryKind.NEED, "Reading")
    outcome = plan.add(Section.E, EntryKind.OUTCOME)
    made = plan.add(Section.F, EntryKind.PROVISION)
    plan.row(made)
    button = plan.page.findChild(QPushButton, "entry.F1.links")
    assert button is not None and button.text() == "Choose what it meets"
    button.click()
    chooser = plan.page.findChild(LinkChooser)
    assert chooser is not None
    ticks = chooser.findChild(QListWidget)
    assert ticks is not None
    QTest.keyClick(ticks, Qt.Key.Key_Space)
    QTest.keyClick(ticks, Qt.Key.Key_End)
    QTest.keyClick(ticks, Qt.Key.Key_Space)
    QTest.keyClick(ticks, Qt.Key.Key_Return)
    plan.settle()
    assert plan.entry(made).links == Links(needs=(need.id,), outcomes=(outcome.id,))
    assert button.text() == "meets B1, towards E1"


def test_a_source_is_added_with_its_page_and_the_quote_is_looked_up(plan: Plan) -> None:
    def paper(desk: Desk, file: CaseFile) -> CaseFile:
        pages = ("Nothing here.", "Ava reads three words in a minute.")
        file, _ = advice.add_document(
            desk, file, Paper("ep.txt", b"ep", pages), cell=Cell.PSYCHOLOGY, title="EP report"
        )
        return file

    plan.do(paper)
    document: Document = plan.stored().case.documents[0]
    made = plan.add(Section.B, EntryKind.NEED, "Reading")
    row = plan.row(made)
    row.focus("sources")
    quote = plan.page.findChild(QWidget, "entry.B1.source.quote")
    assert quote is not None
    QTest.keyClicks(quote, "Ava reads three words")
    assert quote.accessibleDescription() == "These words stand on page 2."
    press(plan, "entry.B1.source.add")
    assert plan.entry(made).sources == (Source(document.id, 2, "Ava reads three words"),)
    press(plan, "entry.B1.source.judgement")
    assert plan.entry(made).sources[1] == Source(judgement=True, by="Jo Marsh")


def test_the_tab_key_goes_through_a_row_as_it_is_read(plan: Plan) -> None:
    first = plan.add(Section.F, EntryKind.PROVISION)
    plan.add(Section.F, EntryKind.PROVISION)
    row = plan.row(first)
    links = plan.page.findChild(QWidget, "entry.F1.links")
    assert links is not None
    links.setFocus()
    walked: list[str] = []
    while (at := QApplication.focusWidget()) is not None and len(walked) < 13:
        walked.append(at.objectName().removeprefix("entry."))
        QTest.keyClick(at, Qt.Key.Key_Tab)
    fields = ["what", "who", "qualification", "how_often", "how_long", "group", "for_how_long", "review", "text"]
    assert walked == [f"F1.{name}" for name in ("links", "menu", *fields, "sources")] + ["F2.links"]
    assert row.isVisible()


def test_every_control_has_a_name_of_its_own_and_words(plan: Plan, nothing_needed: str) -> None:
    plan.add(Section.D, EntryKind.NIL, fields={"contribution": nothing_needed})
    plan.add(Section.B, EntryKind.NEED, "Reading")
    for section in Section:
        plan.section(section)
        stops = [
            one
            for one in plan.page.findChildren(QWidget)
            if one.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
            and one.isVisible()
            and one.objectName()[:3] != "qt_"
        ]
        names = [one.objectName() for one in stops]
        assert sorted(set(names)) == sorted(names)
        assert all(names), [type(one) for one in stops if not one.objectName()]
        assert all(one.accessibleName() for one in stops), [n.objectName() for n in stops if not n.accessibleName()]


def test_at_200_percent_one_pane_shows_and_nothing_needs_more_width(plan: Plan) -> None:
    made = plan.add(Section.F, EntryKind.PROVISION)
    plan.page.resize(683, 330)
    plan.row(made).focus("what")
    plan.settle()
    assert plan.page.minimumSizeHint().width() <= 683
    assert plan.page.width() == 683
    column = plan.page.findChild(RowColumn)
    assert column is not None and column.horizontalScrollBar().maximum() == 0
    drop_down = plan.page.findChild(QComboBox, "case.section")
    assert drop_down is not None and drop_down.isVisible()
    drop_down.setCurrentIndex(1)
    drop_down.activated.emit(1)
    assert shown(plan) is Section.B


def test_a_long_section_is_built_in_many_turns_and_can_be_written_in_meanwhile(plan: Plan) -> None:
    made = [plan.add(Section.F, EntryKind.PROVISION) for _ in range(12)]
    plan.section(Section.A)
    plan.page.show_section(Section.F)
    column = plan.page.findChild(RowColumn)
    assert column is not None and len(column.rows) == 0
    column.focus(made[-1].id, "what")
    assert len(column.rows) == 1
    QTest.keyClicks(column.rows[0].form.editor("what"), "the last one")
    turns = 0
    while not column.is_built:
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        QApplication.processEvents()
        turns += 1
    assert turns > 3
    plan.settle()
    assert [row.form.editor("what").words for row in column.rows][-1] == "the last one"


def test_a_lock_blanks_the_page(plan: Plan, look: Look) -> None:
    plan.add(Section.B, EntryKind.NEED, "A private matter")
    plan.section(Section.B)
    plan.session.locking.emit()
    assert plan.page.place == ""
    words = " ".join(label.text() for label in plan.page.findChildren(QLabel))
    assert "Thornley" not in words
    column = plan.page.findChild(RowColumn)
    assert column is not None and column.rows == ()
