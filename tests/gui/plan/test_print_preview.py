"""The printed draft on the screen: its pages, what is missing, who may not have it, and what is read back."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QPushButton, QWidget

from send_desk.domain.ids import EntryKind, PersonKind, Section
from send_desk.domain.person import Person
from send_desk.gui.page_view import PageView
from send_desk.gui.pieces import Message
from send_desk.gui.print_preview import PrintPreview
from send_desk.services import casework

from .conftest import WAIT_MS, Plan


@pytest.fixture
def preview(plan: Plan) -> PrintPreview:
    return plan.page.preview


def drawn(plan: Plan, preview: PrintPreview) -> None:
    plan.qtbot.waitUntil(lambda: preview.paper is not None and plan.session.jobs.waiting == 0, timeout=WAIT_MS)


def words(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return " ".join(" ".join(pages).split())


def said(plan: Plan) -> str:
    return " ".join(label.accessibleName() for label in plan.page.findChildren(QLabel) if label.isVisible())


def test_the_draft_is_shown_with_words_typed_a_moment_ago_and_what_is_missing(
    plan: Plan, preview: PrintPreview
) -> None:
    made = plan.add(Section.B, EntryKind.NEED)
    row = plan.row(made)
    row.focus()
    QTest.keyClicks(row.form.editor("text"), "Ava reads three words in a minute.")
    QTest.keyClick(plan.page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    drawn(plan, preview)
    assert preview.paper is not None
    assert "Ava reads three words in a minute." in words(preview.paper.content)
    assert "This draft was prepared without" in said(plan)
    pages = plan.page.findChild(PageView)
    assert pages is not None
    plan.qtbot.waitUntil(lambda: "Draft education" in pages.accessibleDescription(), timeout=WAIT_MS)
    assert pages.accessibleName() == f"Page 1 of {preview.paper.pages} of the printed draft"
    assert f"page 1 of {preview.paper.pages}" in {label.text() for label in plan.page.findChildren(QLabel)}


def test_a_person_who_is_barred_is_refused_in_words(plan: Plan, preview: PrintPreview) -> None:
    person = Person("p1", "Lee Thornley", "father", PersonKind.FAMILY, barred=True)
    plan.do(lambda desk, file: casework.put_person(desk, file, person))
    plan.page.show_preview()
    drawn(plan, preview)
    for_whom = plan.page.findChild(QComboBox, "print.to")
    assert for_whom is not None
    for_whom.setCurrentIndex(1)
    message = plan.page.findChild(Message, "print.message")
    assert message is not None
    plan.qtbot.waitUntil(message.isVisible, timeout=WAIT_MS)
    assert "barred" in message.accessibleName()
    assert preview.paper is None
    save = plan.page.findChild(QPushButton, "print.save")
    assert save is not None and not save.isEnabled()
    for_whom.setCurrentIndex(0)
    drawn(plan, preview)
    assert save.isEnabled()


def test_what_is_saved_was_read_back_and_is_recorded(plan: Plan, preview: PrintPreview, tmp_path: Path) -> None:
    mother = Person("p1", "Carol Thornley", "mother", PersonKind.FAMILY)
    plan.do(lambda desk, file: casework.put_person(desk, file, mother))
    out = tmp_path / "ava.pdf"
    asked: list[str] = []

    def choose(parent: QWidget, suggested: str) -> str:
        asked.append(suggested)
        return str(out)

    preview.out.choose_file = choose
    plan.page.show_preview()
    drawn(plan, preview)
    for_whom = plan.page.findChild(QComboBox, "print.to")
    assert for_whom is not None
    for_whom.setCurrentIndex(1)
    plan.qtbot.waitUntil(lambda: "Carol Thornley (mother)" in said(plan), timeout=WAIT_MS)
    drawn(plan, preview)
    save = plan.page.findChild(QPushButton, "print.save")
    assert save is not None
    save.click()
    message = plan.page.findChild(Message, "print.message")
    assert message is not None
    assert "draft plan of Ava Thornley, for Carol Thornley (mother), in the file ava.pdf" in message.accessibleName()
    assert not out.exists()
    sure = plan.page.findChild(QPushButton, "print.message.action")
    assert sure is not None
    sure.click()
    plan.settle()
    assert out.read_bytes().startswith(b"%PDF")
    record = plan.stored().case.prints[0]
    assert (record.rendering, record.out, record.to) == ("draft", "ava.pdf", "p1")
    assert asked and "Thornley" not in asked[0].replace("Carol Thornley", "")


def test_a_file_that_cannot_be_written_is_said_and_nothing_is_recorded(
    plan: Plan, preview: PrintPreview, tmp_path: Path
) -> None:
    preview.out.choose_file = lambda parent, suggested: str(tmp_path / "no such folder" / "ava.pdf")
    plan.page.show_preview()
    drawn(plan, preview)
    for name in ("print.save", "print.message.action"):
        button = plan.page.findChild(QPushButton, name)
        assert button is not None
        button.click()
    plan.settle()
    message = plan.page.findChild(Message, "print.message")
    assert message is not None and "Saved" not in message.accessibleName()
    assert plan.stored().case.prints == ()


def test_the_findings_that_are_ticked_are_printed(plan: Plan, preview: PrintPreview) -> None:
    plan.add(Section.B, EntryKind.NEED, "[INSERT NEED]")
    finding = next(one for one in plan.case.findings if one.check == 8)
    plan.page.show_preview()
    drawn(plan, preview)
    assert preview.paper is not None
    assert finding.reason not in words(preview.paper.content)
    choices = plan.page.findChild(QListWidget, "print.findings.list")
    assert choices is not None
    rows = [choices.item(at) for at in range(choices.count())]
    next(item for item in rows if finding.reason in item.text()).setCheckState(Qt.CheckState.Checked)
    before = preview.paper.sha256
    plan.qtbot.waitUntil(lambda: preview.paper is not None and preview.paper.sha256 != before, timeout=WAIT_MS)
    assert " ".join(finding.reason.split()[:4]) in words(preview.paper.content)


def test_pages_are_drawn_only_when_they_are_seen_and_larger_when_zoomed(plan: Plan, preview: PrintPreview) -> None:
    plan.page.show_preview()
    drawn(plan, preview)
    pages = plan.page.findChild(PageView)
    assert pages is not None and preview.paper is not None
    wanted: list[tuple[int, int]] = []
    pages.wanted.connect(lambda page, wide: wanted.append((page, wide)))
    pages.go_to(preview.paper.pages - 1)
    plan.qtbot.waitUntil(lambda: any(page == preview.paper.pages - 1 for page, _ in wanted), timeout=WAIT_MS)
    widths = {wide for _, wide in wanted}
    button = plan.page.findChild(QPushButton, "print.wider")
    assert button is not None
    button.click()
    plan.qtbot.waitUntil(lambda: max(wide for _, wide in wanted) > max(widths), timeout=WAIT_MS)


def test_the_way_back_leads_to_the_words(plan: Plan, preview: PrintPreview) -> None:
    made = plan.add(Section.A, EntryKind.VIEW, "I like trains")
    plan.page.show_preview()
    drawn(plan, preview)
    back = plan.page.findChild(QPushButton, "print.back")
    assert back is not None
    back.click()
    plan.settle()
    assert plan.row(made).isVisible()


def test_the_draft_goes_to_a_printer_page_by_page_and_is_recorded(
    plan: Plan, preview: PrintPreview, tmp_path: Path
) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    preview.out.choose_printer = lambda parent: printer
    plan.page.show_preview()
    drawn(plan, preview)
    assert preview.paper is not None
    preview.out.ask_printer()
    sure = plan.page.findChild(QPushButton, "print.message.action")
    assert sure is not None and plan.stored().case.prints == ()
    sure.click()
    plan.qtbot.waitUntil(lambda: len(plan.case.case.prints) == 1, timeout=WAIT_MS)
    document = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    assert len(document) == preview.paper.pages
    document.close()
    assert plan.stored().case.prints[0].out == "on paper"
