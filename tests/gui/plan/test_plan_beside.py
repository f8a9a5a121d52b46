"""What helps beside the words: findings, the thread, the history."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListWidget, QPushButton, QTabBar, QTextBrowser, QWidget

from send_desk.domain.entry import Links
from send_desk.domain.finding import Finding
from send_desk.domain.ids import EntryKind, Section, Severity
from send_desk.gui.findings_list import ITEM, FindingsList
from send_desk.gui.findings_order import Heading, grouped, next_finding, walk

from .conftest import Plan


def lines(plan: Plan) -> list[object]:
    found = plan.page.findChild(FindingsList)
    assert found is not None
    return [found.lines.index(row).data(ITEM) for row in range(found.lines.rowCount())]


def chosen(plan: Plan) -> Finding:
    found = plan.page.findChild(FindingsList)
    assert found is not None and found.chosen is not None
    return found.chosen


def press(plan: Plan, name: str) -> None:
    button = plan.page.findChild(QPushButton, name)
    assert button is not None and button.isVisible(), name
    button.click()
    plan.settle()


def tab(plan: Plan, at: int) -> None:
    bar = plan.page.findChild(QTabBar, "case.tabs")
    assert bar is not None
    bar.setCurrentIndex(at)
    plan.settle()


def test_findings_of_the_place_come_first_then_of_the_section_then_of_the_plan(plan: Plan) -> None:
    plan.add(Section.B, EntryKind.NEED, "Ava has autism.")
    made = plan.add(Section.B, EntryKind.NEED, "[INSERT NEED]")
    plan.row(made).focus()
    plan.settle()
    plan.qtbot.waitUntil(lambda: any(isinstance(one, Heading) and one.words.startswith("B2") for one in lines(plan)))
    heads = [one.words.partition(":")[0] for one in lines(plan) if isinstance(one, Heading)]
    assert list(dict.fromkeys(heads)) == ["B2", "Section B", "The plan"]
    shown = [one for one in lines(plan) if isinstance(one, Finding)]
    assert {one.id for one in shown} == {one.id for one in plan.case.findings}
    weights = [one.severity for one in shown if one.entry == made.id]
    assert weights == sorted(weights, key=list(Severity).index)


def test_each_finding_says_its_law_and_how_far_it_is_confirmed(plan: Plan) -> None:
    plan.add(Section.B, EntryKind.NEED, "[INSERT NEED]")
    finding = next(one for one in plan.case.findings if one.check == 8)
    found = plan.page.findChild(FindingsList)
    assert found is not None
    found.choose(finding.id)
    said = " ".join(str(one.property("accessibleName")) for one in plan.page.findChildren(QWidget))
    book = plan.session.desk.book(plan.case.case)
    assert finding.law.citation in said
    assert f"Law checked to {book.checked_to.day} " in said
    assert "INSERT" in said


def test_f8_puts_the_cursor_on_the_words(plan: Plan) -> None:
    made = plan.add(Section.B, EntryKind.NEED, "Ava finds [INSERT NEED] hard.")
    plan.section(Section.K)
    assert plan.page.view is not None
    walked = walk(plan.page.view)
    assert [one.section for one in walked if one.section] == sorted(
        (one.section for one in walked if one.section), key=list(Section).index
    )
    seen = []
    for _ in walked:
        QTest.keyClick(plan.page, Qt.Key.Key_F8)
        plan.settle()
        seen.append(chosen(plan).id)
    assert sorted(seen) == sorted(one.id for one in walked)
    while chosen(plan).check != 8:
        QTest.keyClick(plan.page, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
        plan.settle()
    field = plan.row(made).form.editor("text")
    assert field.hasFocus()
    assert "INSERT NEED" in field.textCursor().selectedText()


def test_the_next_finding_after_a_place_without_any_is_the_one_behind_it(plan: Plan) -> None:
    plan.add(Section.B, EntryKind.NEED, "[INSERT NEED]")
    assert plan.page.view is not None
    walked = walk(plan.page.view)
    found = next_finding(walked, "", Section.B, "", 1)
    assert found is not None and found.section is Section.B
    assert next_finding(walked, walked[-1].id, Section.A, "", 1) == walked[0]
    assert next_finding((), "", Section.A, "", 1) is None


def test_a_finding_is_set_aside_with_a_reason_and_speaks_again(plan: Plan) -> None:
    plan.add(Section.B, EntryKind.NEED, "[INSERT NEED]")
    finding = next(one for one in plan.case.findings if one.check == 8)
    found = plan.page.findChild(FindingsList)
    assert found is not None
    found.choose(finding.id)
    press(plan, "findings.dismiss")
    assert plan.stored().case.dismissals == ()
    reason = plan.page.findChild(QLineEdit, "findings.reason")
    assert reason is not None
    QTest.keyClicks(reason, "It is a quotation")
    press(plan, "findings.dismiss")
    assert [(one.finding, one.reason) for one in plan.stored().case.dismissals] == [(finding.id, "It is a quotation")]
    assert plan.page.view is not None
    assert finding.id not in {one.id for one in plan.page.view.open_findings}
    last = list(grouped(plan.page.view, Section.B, ""))[-1]
    assert isinstance(last, Finding) and last.id == finding.id
    found.choose(finding.id)
    press(plan, "findings.undismiss")
    assert plan.stored().case.dismissals == ()


def test_go_there_opens_the_field_and_a_missing_answer_opens_the_register(plan: Plan) -> None:
    made = plan.add(Section.B, EntryKind.NEED, "[INSERT NEED]")
    plan.section(Section.A)
    found = plan.page.findChild(FindingsList)
    assert found is not None
    found.choose(next(one.id for one in plan.case.findings if one.check == 8))
    press(plan, "findings.go")
    assert plan.row(made).form.editor("text").hasFocus()
    missing = next(one for one in plan.case.findings if one.contribution and not one.entry)
    found.choose(missing.id)
    with plan.qtbot.waitSignal(plan.page.opened) as opened:
        press(plan, "findings.go")
    assert opened.args[0].startswith(f"register/{plan.case.case.id}/")


def test_section_marks_count_the_findings(plan: Plan) -> None:
    plan.add(Section.B, EntryKind.NEED, "[INSERT NEED]")
    button = plan.page.findChild(QAbstractButton, "case.section.B")
    assert button is not None and plan.page.view is not None
    count = sum(one.section is Section.B for one in plan.case.findings if one.dismissed is None)
    assert f"held by a finding, {count} finding" in button.accessibleName()


def test_the_thread_draws_its_gaps_and_opens_entries(plan: Plan) -> None:
    need = plan.add(Section.B, EntryKind.NEED, "Reading")
    plan.add(Section.F, EntryKind.PROVISION, fields={"what": "Reading help"}, links=Links(needs=(need.id,)))
    lonely = plan.add(Section.B, EntryKind.NEED, "Crossing roads")
    plan.section(Section.A)
    tab(plan, 1)
    gap = plan.page.findChild(QAbstractButton, f"thread.gap.{lonely.id}.provision")
    assert gap is not None and gap.accessibleName() == "Gap: B2: no provision yet"
    assert plan.page.findChild(QAbstractButton, f"thread.gap.{need.id}.provision") is None
    gap.click()
    plan.settle()
    assert plan.page.place.endswith(f"/B/{lonely.id}")
    assert plan.row(lonely).form.editor("text").hasFocus()


def test_the_history_marks_what_came_and_went_and_brings_a_state_back(plan: Plan) -> None:
    made = plan.add(Section.B, EntryKind.NEED, "Ava reads slowly")
    row = plan.row(made)
    row.focus()
    field = row.form.editor("text")
    field.selectAll()
    QTest.keyClicks(field, "Ava reads with care")
    plan.case.rest()
    plan.settle()
    tab(plan, 2)
    changes = plan.page.findChild(QListWidget, "history.list")
    words = plan.page.findChild(QTextBrowser, "history.words")
    assert changes is not None and words is not None
    plan.qtbot.waitUntil(lambda: changes.count() == 2)
    html = words.toHtml()
    assert "line-through" in html and "underline" in html
    assert "Jo Marsh" in changes.item(0).text()
    changes.setCurrentRow(1)
    press(plan, "history.restore")
    assert plan.entry(made).words == "Ava reads slowly" == field.words
    plan.qtbot.waitUntil(lambda: changes.count() == 3)
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.words == "Ava reads with care"
