"""Papers: what was received and what was printed; files are dragged in or chosen, and kept encrypted."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from shiboken6 import isValid

from send_desk.domain.case import Document, Print
from send_desk.domain.dates import counted, in_words
from send_desk.domain.ids import Cell
from send_desk.domain.register import CELL_TITLES
from send_desk.gui.column_page import Listed, PagePart
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1
from send_desk.gui.open_case import OpenCase
from send_desk.gui.pieces import Kind, Message, set_icon
from send_desk.gui.rows import Row
from send_desk.gui.session import Session
from send_desk.gui.words import Paragraph, Voice
from send_desk.services import advice
from send_desk.services.advice import Paper


class PapersPart(PagePart):
    """The papers of the front page; `opened` is sent with the id of the one to read."""

    opened = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Papers", parent=parent)
        self._session, self._look = session, look
        self._open: OpenCase | None = None
        self._waiting: deque[tuple[OpenCase, Path]] = deque()
        self._reading = False
        self._remarks: list[str] = []
        add = QPushButton("Add a paper...")
        add.setObjectName("front.papers.add")
        add.setAccessibleName("Add a paper from a file; it is kept encrypted")
        add.setAutoDefault(False)
        set_icon(add, look, "paperclip")
        add.clicked.connect(self._choose)
        self.add_beside(add)
        self._message = Message(look, name="front.papers.message")
        self._papers: Listed[Document, Row] = Listed(lambda one: one.id, self._make, self._fill)
        self._prints: Listed[Print, Paragraph] = Listed(
            lambda one: one.id, lambda one: Paragraph("", Voice.QUIET), self._fill_print, gap=SPACE_1
        )
        for widget in (self._message, self._papers, self._prints):
            self.body.addWidget(widget)

    def show_case(self, open_case: OpenCase) -> None:
        """Show the papers of a case."""
        if open_case is not self._open:
            self._open = open_case
            self._message.hide()
        case = open_case.case
        empty = not case.documents and not case.prints
        self.say("No paper yet. Drag files onto this page, or add them." if empty else "")
        self._papers.show_items(tuple(reversed(case.documents)))
        self._prints.show_items(tuple(reversed(case.prints)))

    def add(self, paths: Sequence[Path]) -> None:
        """Take files in, one after the other; each is kept, also where its text cannot be read."""
        if self._open is not None:
            self._waiting.extend((self._open, path) for path in paths)
            self._next()

    def bring(self, id_: str) -> QWidget | None:
        """Return the line of a paper."""
        return self._papers.at(id_)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, "Add papers")
        self.add([Path(one) for one in chosen])

    def _next(self) -> None:
        if self._reading or not self._waiting:
            return
        self._reading = True
        open_case, path = self._waiting.popleft()
        left = f", {len(self._waiting)} more to come" if self._waiting else ""
        self._message.say(f"Reading {path.name}{left}. You can go on working.")
        door = self._session.door
        self._session.aside.submit(
            lambda: door.paper(path), partial(self._read, open_case), partial(self._failed, path.name)
        )

    def _read(self, open_case: OpenCase, told: tuple[Paper, str]) -> None:
        paper, remark = told
        if not isValid(self) or self._session.is_locked:
            return
        if remark:
            self._remarks.append(remark)
        open_case.do(lambda desk, file: advice.add_document(desk, file, paper)[0], partial(self._kept, paper))

    def _kept(self, paper: Paper) -> None:
        if not isValid(self):
            return
        self._reading = False
        remarks, self._remarks = self._remarks, []
        if remarks:
            self._message.say(" ".join(remarks), kind=Kind.WARN)
        else:
            self._message.say(
                f"{paper.name} is kept, encrypted; {counted(len(paper.pages), 'page')} of text were read."
            )
        self._next()

    def _failed(self, name: str, error: Exception) -> None:
        if not isValid(self):
            return
        self._reading = False
        self._message.say(f"{name} was not taken in. Everything else is as it was.", kind=Kind.WARN)
        self._session.tell(error)
        self._next()

    def _make(self, paper: Document) -> Row:
        row = Row(self._look, name=f"front.paper.{paper.id}")
        row.clicked.connect(partial(self.opened.emit, paper.id))
        return row

    def _fill(self, row: Row, paper: Document) -> None:
        row.say(paper.title or paper.name, paper_detail(paper), end=_pages(paper), mark="file-text")

    def _fill_print(self, line: Paragraph, print_: Print) -> None:
        whom = self._person(print_.to)
        day = f" on {in_words(print_.on)}" if print_.on else ""
        parts = (f"for {whom}" if whom else "", f"by {print_.by}" if print_.by else "", counted(print_.pages, "page"))
        line.say(f"Printed{day}: {', '.join(part for part in (print_.rendering, *parts) if part)}.")

    def _person(self, id_: str) -> str:
        people = self._open.case.people if self._open is not None else ()
        return next((one.name for one in people if one.id == id_), id_)


def paper_detail(paper: Document) -> str:
    """Return from whom a paper is, and to which group it belongs."""
    cell = CELL_TITLES[Cell(paper.cell)] if paper.cell in set(Cell) else ""
    day = in_words(paper.dated) if paper.dated else ""
    author = ", ".join(part for part in (paper.author, paper.role) if part)
    return "  ·  ".join(part for part in (cell, author, day) if part) or paper.name


def _pages(paper: Document) -> str:
    if not any(page.strip() for page in paper.pages):
        return "no text"
    return counted(len(paper.pages), "page")
