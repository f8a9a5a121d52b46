"""Papers: dragged in, kept encrypted, read by page with search, shown as pictures, copied out with a warning."""

import io
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPlainTextEdit, QScrollArea
from reportlab.pdfgen.canvas import Canvas

from send_desk.domain.case import Print
from send_desk.domain.ids import Cell, ContributionEventKind
from send_desk.domain.person import Person
from send_desk.gui.front_page import FrontPage
from send_desk.gui.register_page import RegisterPage
from send_desk.services import casework, issuing

from .conftest import Show, Shown, asked

PAGES = ("Ava needs short instructions.", "One direct session of 45 minutes each week.")


def a_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for words in PAGES:
        canvas.drawString(72, 700, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def drop(page: Shown, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    button, key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, mime, button, key)
    QApplication.sendEvent(page.page, entered)
    assert entered.isAccepted()
    event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, button, key)
    QApplication.sendEvent(page.page, event)
    page.settle()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "speech report.pdf"
    path.write_bytes(a_pdf())
    return path


def test_a_paper_that_is_dragged_in_is_read_searched_and_shown(show: Show, report: Path) -> None:
    page = show(FrontPage)
    drop(page, report)
    (paper,) = page.stored().documents
    assert (paper.name, paper.title, len(paper.pages)) == ("speech report.pdf", "speech report", len(PAGES))
    assert "speech report.pdf is kept, encrypted; 2 pages of text were read." in page.words()
    page.press(f"front.paper.{paper.id}")
    text = page.find("paper.text", QPlainTextEdit)
    assert PAGES[0] in text.toPlainText()
    page.write("paper.find", "45 MINUTES")
    page.find("paper.find").returnPressed.emit()  # type: ignore[attr-defined]  # a line edit
    assert PAGES[1] in text.toPlainText()
    assert text.textCursor().selectedText().casefold() == "45 minutes"
    page.press("paper.pictures")
    label = page.find("paper.picture", QScrollArea).widget()
    assert isinstance(label, QLabel)
    assert label.pixmap().width() > 100
    page.press("paper.back")
    assert page.has(f"front.paper.{paper.id}")


def test_what_a_paper_is_is_saved_as_it_is_typed(show: Show, report: Path) -> None:
    page = show(FrontPage)
    drop(page, report)
    (paper,) = page.stored().documents
    page.press(f"front.paper.{paper.id}")
    page.press("paper.facts")
    page.write("paper.author", "Kit Lowe")
    page.write("paper.dated", "1 March 2026")
    page.choose("paper.cell", "Health")
    page.settle()
    (kept,) = page.stored().documents
    assert (kept.author, kept.dated, kept.cell) == ("Kit Lowe", date(2026, 3, 1), "health")
    page.press("paper.register")
    assert page.places[-1] == f"register/{page.case.case.id}/health"


def test_a_file_that_cannot_be_read_is_kept_all_the_same_and_said_so(show: Show, tmp_path: Path) -> None:
    page = show(FrontPage)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and no more")
    drop(page, broken, tmp_path / "not there.pdf")
    (paper,) = page.stored().documents
    assert paper.pages == ()
    assert "The words of broken.pdf could not be read: it is damaged" in page.words()
    assert "not there.pdf" not in page.words(), "what is no file is not taken in"
    page.press(f"front.paper.{paper.id}")
    assert "No text could be read" in page.find("paper.text", QPlainTextEdit).toPlainText()


def test_what_was_printed_stands_there_with_its_day_and_for_whom(show: Show) -> None:
    page = show(FrontPage)
    page.do(lambda desk, file: casework.put_person(desk, file, Person("p1", "Mina Thornley", "mother")))
    paper = Print("", "draft", "draft.pdf", "0" * 64, 12, to="p1")
    page.do(lambda desk, file: issuing.record_print(desk, file, paper))
    assert "Printed on 3 March 2026: draft, for Mina Thornley, by Jo Marsh, 12 pages." in page.words()


def test_a_copy_is_written_only_after_saying_that_it_is_not_encrypted(
    show: Show, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = show(FrontPage)
    drop(page, report)
    page.press(f"front.paper.{page.stored().documents[0].id}")
    out = tmp_path / "out.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    page.press("paper.copy")
    assert "is not encrypted" in page.words()
    assert not out.exists()
    page.press("paper.message.action")
    assert out.read_bytes() == report.read_bytes()


def test_advice_that_arrives_carries_its_paper(show: Show, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = show(RegisterPage)
    asked(page, Cell.HEALTH, date(2026, 2, 2))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(report), ""))
    page.press("register.health.arrive")
    page.press("register.form.file")
    page.choose("register.form.answer", "It contributes")
    page.write("register.form.by", "Dr Ines Rana")
    page.press("register.form.record")
    case = page.stored()
    (paper,) = case.documents
    line = next(one for one in case.contributions if one.cell is Cell.HEALTH)
    assert line.document == paper.id
    assert paper.cell == "health"
    assert line.events[-1].kind is ContributionEventKind.CONFIRMED
    assert "Paper: speech report." in page.words()
