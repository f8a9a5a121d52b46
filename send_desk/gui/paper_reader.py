"""One paper in a reading pane: its text by page with search, or its pages as pictures, and what it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from send_desk.domain.case import Document
from send_desk.domain.errors import Cannot
from send_desk.gui.flow import FlowLayout
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_3, SPACE_4, SPACE_6, SPACE_8
from send_desk.gui.open_case import OpenCase
from send_desk.gui.paper_facts import PaperFacts
from send_desk.gui.paper_pictures import is_pdf, page_picture
from send_desk.gui.pieces import Chip, Fold, Kind, Message, set_icon
from send_desk.gui.session import Session
from send_desk.gui.words import Line, Paragraph, Voice, measure
from send_desk.services.desk import Desk
from send_desk.services.reads import note_read

_WIDEST = 1_000  # logical pixels of a page
_LOW = 560  # logical pixels of height under which the fields and the page do not both fit


class PaperReader(QWidget):
    """Reads one paper; `left` takes the reader back, `opened` leads to the register."""

    left = Signal()
    opened = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._open: OpenCase | None = None
        self._paper: Document | None = None
        self._content: bytes | None = None
        self._page = 0
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        back = _button("Back", "paper.back", "Back to the front page", look, "arrow-left")
        back.clicked.connect(self.left)
        self._title = Paragraph("", Voice.HEADING)
        copy = _button("Save a copy...", "paper.copy", "Save a copy outside SEND Desk", look, "download-simple")
        copy.clicked.connect(self._warn_of_copy)
        self._message = Message(look, name="paper.message")
        self._message.acted.connect(self._save_copy)
        self._facts: PaperFacts | None = None
        self._fold = Fold(look, "What this paper is", name="paper.facts")
        self._text = QPlainTextEdit()
        self._text.setObjectName("paper.text")
        self._text.setAccessibleName("Text of the page")
        self._text.setReadOnly(True)
        self._text.setMaximumWidth(measure() + SPACE_8)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setObjectName("paper.picture")
        scroll.setAccessibleName("Picture of the page")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._picture)
        self._scroll = scroll
        self._stack = QStackedWidget()
        self._stack.addWidget(self._text)
        self._stack.addWidget(scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        top = QHBoxLayout()
        top.setSpacing(SPACE_3)
        top.addWidget(back)
        top.addWidget(self._title, 1)
        top.addWidget(copy)
        column.addLayout(top)
        column.addWidget(self._message)
        column.addWidget(self._fold)
        self._bar = self._tools()
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)
        self._fold.toggled.connect(self._make_room)

    def show_paper(self, open_case: OpenCase, paper: Document) -> None:
        """Show a paper from its first page."""
        self._open, self._paper, self._content, self._page = open_case, paper, None, 0
        self._title.say(paper.title or paper.name)
        self._message.hide()
        self._find.clear()
        self._found.setText("")
        self._pictures.setChecked(False)
        self._pictures.setEnabled(False)
        self._lay_facts()
        self._show_page()
        digest = paper.sha256
        self._session.ask(partial(_bytes, digest), partial(self._arrived, paper.id), latest="paper")

    def show_case(self, open_case: OpenCase) -> None:
        """Follow what changed in the case; a paper that is gone closes the reader."""
        if self._paper is None or open_case is not self._open:
            return
        found = next((one for one in open_case.case.documents if one.id == self._paper.id), None)
        if found is None:
            self.left.emit()
            return
        self._paper = found
        self._title.say(found.title or found.name)

    def forget(self) -> None:
        """Let go of the paper's bytes and pictures."""
        self._content = None
        self._paper = None
        self._picture.clear()
        self._text.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self, _: bool = False) -> None:
        """On a low window the page makes room for the fields about the paper while they are open."""
        shown = not self._fold.opened or self.height() >= _LOW
        for widget in (self._bar, self._stack):
            widget.setVisible(shown)

    def _tools(self) -> QWidget:
        tools = QWidget()
        flow = FlowLayout(tools, gap=SPACE_2)
        self._pictures = Chip(self._look, "Pages as pictures", name="paper.pictures")
        self._pictures.toggled.connect(self._show_page)
        before = _button("", "paper.before", "Page before", self._look, "caret-left")
        before.clicked.connect(lambda: self._go(-1))
        after = _button("", "paper.after", "Next page", self._look, "caret-right")
        after.clicked.connect(lambda: self._go(1))
        self._where = Line("", Voice.QUIET)
        self._find = QLineEdit()
        self._find.setObjectName("paper.find")
        self._find.setAccessibleName("Find in the text of this paper")
        self._find.setPlaceholderText("Find in the text; Enter for the next")
        self._find.setFixedWidth(260)
        self._find.returnPressed.connect(self._find_next)
        self._found = Line("", Voice.QUIET)
        for widget in (before, self._where, after, self._pictures, self._find, self._found):
            flow.addWidget(widget)
        return tools

    def _lay_facts(self) -> None:
        self._fold.set_open(False)
        if self._facts is not None:
            self._facts.hide()
            self._facts.deleteLater()
        if self._open is not None and self._paper is not None:
            self._facts = PaperFacts(self._session, self._look, self._open, self._paper)
            self._facts.opened.connect(self.opened)
            self._fold.add(self._facts)

    def _arrived(self, id_: str, content: bytes) -> None:
        if isValid(self) and self._paper is not None and self._paper.id == id_:
            self._content = content
            self._pictures.setEnabled(is_pdf(content))
            if is_pdf(content) and not any(page.strip() for page in self._paper.pages):
                self._pictures.setChecked(True)

    def _show_page(self, _: bool = False) -> None:
        paper = self._paper
        if paper is None:
            return
        count = max(1, len(paper.pages))
        self._page = max(0, min(self._page, count - 1))
        self._where.setText(f"Page {self._page + 1} of {count}")
        if self._pictures.isChecked() and self._content is not None:
            self._stack.setCurrentWidget(self._scroll)
            content, page = self._content, self._page
            ratio = self.devicePixelRatioF()
            width = round(min(_WIDEST, max(200, self._scroll.viewport().width() - SPACE_4)) * ratio)
            self._session.jobs.submit_latest(
                "page", lambda: page_picture(content, page, width), partial(self._drawn, ratio)
            )
            return
        self._stack.setCurrentWidget(self._text)
        words = paper.pages[self._page] if paper.pages else ""
        self._text.setPlainText(words or "No text could be read from this page.")

    def _drawn(self, ratio: float, told: tuple[QImage, int]) -> None:
        if not isValid(self) or self._paper is None:
            return
        image, count = told
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(ratio)
        self._picture.setPixmap(picture)
        self._where.setText(f"Page {self._page + 1} of {count}")

    def _go(self, step: int) -> None:
        self._page += step
        self._show_page()

    def _find_next(self) -> None:
        words = self._find.text().strip().casefold()
        pages = self._paper.pages if self._paper is not None else ()
        hits = [at for at, page in enumerate(pages) if words and words in page.casefold()]
        if not hits:
            self._found.setText("Not found" if words else "")
            return
        self._pictures.setChecked(False)
        if self._page in hits and self._text.find(self._find.text().strip()):
            self._say_hits(hits)
            return
        self._page = next((at for at in hits if at > self._page), hits[0])
        self._show_page()
        self._text.moveCursor(QTextCursor.MoveOperation.Start)
        self._text.find(self._find.text().strip())
        self._say_hits(hits)

    def _say_hits(self, hits: list[int]) -> None:
        shown = ", ".join(str(at + 1) for at in hits[:8])
        self._found.setText(f"On page {shown}{'...' if len(hits) > 8 else ''}")

    def _warn_of_copy(self) -> None:
        self._message.say(
            "A copy outside SEND Desk is not encrypted: whoever has the file can read it.",
            kind=Kind.WARN,
            action="Choose where...",
        )

    def _save_copy(self) -> None:
        self._message.hide()
        if self._paper is None or self._content is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(self, "Save a copy, not encrypted", self._paper.name)
        if chosen:
            path, content, door = Path(chosen), self._content, self._session.door
            case = self._open.case.id if self._open is not None else ""

            def work(desk: Desk) -> None:
                door.write(path, content)
                if case:
                    note_read(desk, case, "exported", "paper")

            self._session.ask(work, partial(self._copied, path.name))

    def _copied(self, name: str, _: None) -> None:
        if isValid(self):
            self._message.say(f"{name} is saved. It is not encrypted.")


def _bytes(digest: str, desk: Desk) -> bytes:
    content = desk.store.blob(digest)
    if content is None:
        raise Cannot("The file of this paper is not on this laptop. Its text, where it was read, is still here.")
    return content


def _button(words: str, name: str, says: str, look: Look, icon: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setAccessibleName(says)
    button.setToolTip(says)
    button.setAutoDefault(False)
    set_icon(button, look, icon)
    return button
