"""How a draft leaves the program: as a file or on paper, never before it has been read back and said yes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from send_desk.domain.case import Print
from send_desk.domain.errors import KnownError
from send_desk.gui.door import DraftPaper, DraftWish
from send_desk.gui.open_case import OpenCase
from send_desk.gui.paper_printer import PaperPrinter, ask_for_printer
from send_desk.gui.pieces import Kind, Message
from send_desk.gui.session import Session
from send_desk.services import issuing
from send_desk.services.desk import Desk
from send_desk.services.ports import CaseFile
from send_desk.services.reads import note_read

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_PAPER = "on paper"
_PRINTED = "The draft was sent to the printer."
ChooseFile = Callable[[QWidget, str], str]
"""Asks for the name of a file, given a suggestion; empty where the person thinks better of it."""

ChoosePrinter = Callable[[QWidget], "QPrinter | None"]


@dataclass(frozen=True)
class _Draft:
    case: OpenCase
    paper: DraftPaper
    wish: DraftWish
    whom: str


def ask_for_file(parent: QWidget, suggested: str) -> str:
    """Ask with the system's own dialogue."""
    path, _ = QFileDialog.getSaveFileName(parent, "Save the draft as PDF", f"{suggested}.pdf", "PDF (*.pdf)")
    return path if not path or path.lower().endswith(".pdf") else f"{path}.pdf"


class PrintOut(QObject):
    """Asks where to, reads back, and does it when the message is answered; what has left is recorded in the case."""

    def __init__(self, session: Session, message: Message, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._message, self._page = session, message, page
        self.choose_file: ChooseFile = ask_for_file
        self.choose_printer: ChoosePrinter = ask_for_printer
        self._draft: _Draft | None = None
        self._path = ""
        self._printer: QPrinter | None = None
        self._printing: PaperPrinter | None = None
        message.acted.connect(self._go_ahead)

    def take(self, case: OpenCase, paper: DraftPaper, wish: DraftWish, *, whom: str) -> None:
        """Take the draft that is shown; `whom` says for whom it is, empty for nobody in particular."""
        self._draft = _Draft(case, paper, wish, whom)

    def forget(self) -> None:
        """Forget the draft, and what was asked about it."""
        self._draft = None
        self._path, self._printer = "", None

    def said(self, where: str) -> str:
        """Read back which child, for whom, and to where: what goes to the wrong house cannot be called back."""
        return _said(self._draft, where) if self._draft is not None else ""

    def ask_file(self) -> None:
        """Let the person choose a file, and read back what is about to be saved."""
        if self._draft is None:
            return
        self._path, self._printer = self.choose_file(self._page, self._draft.paper.suggested_name), None
        if self._path:
            self._ask(f"in the file {Path(self._path).name}", "Save it")

    def ask_printer(self) -> None:
        """Let the person choose a printer, and read back what is about to be printed."""
        if self._draft is None:
            return
        self._path, self._printer = "", self.choose_printer(self._page)
        if self._printer is not None:
            self._ask(f"on the printer {self._printer.printerName()}".rstrip(), "Print it")

    def _ask(self, where: str, action: str) -> None:
        self._message.say(f"{self.said(where)} Is that right?", action=action)

    def _go_ahead(self) -> None:
        draft = self._draft
        if draft is not None and self._printer is not None:
            self._print(draft, self._printer)
        elif draft is not None and self._path:
            self._save(draft, Path(self._path))

    def _print(self, draft: _Draft, printer: QPrinter) -> None:
        if self._printing is not None:
            return
        self._printer = None
        told = f"{_PRINTED} {_said(draft, 'on paper')}"
        self._message.say("Printing ...")
        self._printing = PaperPrinter(
            self._session.jobs,
            draft.paper.content,
            printer,
            done=lambda: self._left(draft, out=_PAPER, told=told),
            failed=self._not_left,
        )
        self._printing.start()

    def _save(self, draft: _Draft, path: Path) -> None:
        self._path = ""
        door = self._session.door
        told = f"Saved, {draft.paper.pages} pages. {_said(draft, f'in the file {path.name}')}"
        self._session.ask(
            lambda _: door.write(path, draft.paper.content),
            lambda _: self._left(draft, out=path.name, told=told),
            self._not_left,
        )

    def _left(self, draft: _Draft, *, out: str, told: str) -> None:
        """Remember what has left the program, and say so."""
        self._printing = None
        record = Print("", "draft", out, draft.paper.sha256, draft.paper.pages, to=draft.wish.to)
        what = "printed" if out == _PAPER else "exported"

        def work(desk: Desk, file: CaseFile) -> CaseFile:
            note_read(desk, file.case.id, what, "draft")
            return issuing.record_print(desk, file, record)

        draft.case.do(work)
        self._message.say(told)

    def _not_left(self, error: Exception) -> None:
        self._printing = None
        if isinstance(error, KnownError):
            self._message.say(str(error), kind=Kind.LATE)
        else:
            self._session.tell(error)


def _said(draft: _Draft, where: str) -> str:
    whom = f"for {draft.whom}" if draft.whom else "for nobody in particular"
    return f"This is the draft plan of {draft.case.case.title}, {whom}{f', {where}' if where else ''}."
