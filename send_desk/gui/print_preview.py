"""The printed draft on the screen before it leaves the program: its pages, its choices, and what is read back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QScrollArea, QVBoxLayout, QWidget

from send_desk.domain.case import Print
from send_desk.domain.errors import KnownError
from send_desk.gui.door import DraftPaper, DraftWish
from send_desk.gui.flow import FlowLayout
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_3, SPACE_4
from send_desk.gui.open_case import OpenCase
from send_desk.gui.page_view import PageView
from send_desk.gui.panes import Pane, PaneSwitch
from send_desk.gui.paper_printer import PaperPrinter, ask_for_printer, has_printer
from send_desk.gui.pdf_pages import PagePicture, PageSize, PdfPages
from send_desk.gui.pieces import Kind, Message, Rule, set_icon
from send_desk.gui.plan_view import PlanView
from send_desk.gui.print_options import PrintOptions
from send_desk.gui.session import Session
from send_desk.gui.words import Line, Paragraph, Voice
from send_desk.services import issuing
from send_desk.services.desk import Desk
from send_desk.services.reading import open_case

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_PRINTED = "The draft was sent to the printer."
ChooseFile = Callable[[QWidget, str], str]
"""Asks for the name of a file, given a suggestion; empty where the person thinks better of it."""

ChoosePrinter = Callable[[QWidget], "QPrinter | None"]
_ZOOM = 1.2


@dataclass(frozen=True, slots=True)
class _Drawn:
    paper: DraftPaper
    pages: PdfPages
    sizes: tuple[PageSize, ...]


def ask_for_file(parent: QWidget, suggested: str) -> str:
    """Ask with the system's own dialogue."""
    path, _ = QFileDialog.getSaveFileName(parent, "Save the draft as PDF", f"{suggested}.pdf", "PDF (*.pdf)")
    return path if not path or path.lower().endswith(".pdf") else f"{path}.pdf"


class PrintPreview(QWidget):
    """Drawn on the worker, page by page as they are looked at. Nothing is written before it has been read back."""

    left = Signal()

    def __init__(
        self,
        session: Session,
        look: Look,
        *,
        choose_file: ChooseFile = ask_for_file,
        choose_printer: ChoosePrinter = ask_for_printer,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self.choose_file, self.choose_printer = session, choose_file, choose_printer
        self._case: OpenCase | None = None
        self._drawn: _Drawn | None = None
        self._path = ""
        self._printer: QPrinter | None = None
        self._printing: PaperPrinter | None = None
        self._round = 0
        self._message = Message(look, name="print.message")
        self._message.acted.connect(self._go_ahead)
        self._options = PrintOptions(look, today=lambda: session.desk.today)
        self._options.changed.connect(self._draw)
        self._notices = Paragraph("", Voice.LATE)
        self._remarks = Paragraph("", Voice.QUIET)
        self._remarks.hide()
        self._read_back = Paragraph("", Voice.QUIET)
        self._pages = PageView(look)
        self._pages.wanted.connect(self._picture)
        self._pages.moved.connect(self._say_page)
        self._page = Line("", Voice.SMALL)
        back = _button(look, "print.back", "Back to the plan", "arrow-left", self.left.emit)
        self._save_button = _button(look, "print.save", "Save as PDF ...", "download-simple", self._ask_where)
        self._save_button.setProperty("role", "main")
        set_icon(self._save_button, look, "download-simple")
        self._paper_button = _button(look, "print.paper", "Print on paper ...", "printer", self.ask_printer)
        self._paper_button.hide()
        head = QWidget()
        flow = FlowLayout(head)
        flow.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_2)
        for button in (
            back,
            self._save_button,
            self._paper_button,
            _button(look, "print.narrower", "Smaller", "minus", partial(self._zoom, 1 / _ZOOM)),
            _button(look, "print.wider", "Larger", "plus", partial(self._zoom, _ZOOM)),
        ):
            flow.addWidget(button)
        flow.addWidget(self._page)
        panes = PaneSwitch(
            (Pane("print", "Choices", self._side(), 300), Pane("pages", "Pages", self._pages, 700, stretch=1))
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(Rule())
        column.addWidget(self._message)
        column.addWidget(panes, 1)

    @property
    def paper(self) -> DraftPaper | None:
        """The draft that is shown, None while it is being drawn or where it was refused."""
        return self._drawn.paper if self._drawn else None

    def show_case(self, case: OpenCase, view: PlanView) -> None:
        """Draw the draft of a case as it stands now, words in work included."""
        self.clear()
        self._case = case
        self._options.show_view(view)
        case.rest()
        self._draw()
        self._session.jobs.submit(has_printer, self._offer_paper)

    def clear(self) -> None:
        """Let the pages go, as a lock does."""
        self._round += 1
        drawn, self._drawn, self._case = self._drawn, None, None
        self._path, self._printer = "", None
        self._pages.show_pages(())
        for words in (self._notices, self._remarks, self._read_back):
            words.say("")
        self._message.hide()
        self._page.setText("")
        if drawn is not None:
            self._session.jobs.submit(drawn.pages.close)

    def focus(self) -> None:
        """Bring the keyboard to the pages."""
        self._pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def _side(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        for part in (self._notices, self._remarks, self._options, self._read_back):
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        return scroll

    def _draw(self) -> None:
        if self._case is None:
            return
        case, wish, door = self._case.case.id, self._options.wish, self._session.door
        self._round += 1
        self._message.hide()
        self._save_button.setEnabled(False)
        self._paper_button.setEnabled(False)
        self._page.setText("Drawing the pages ...")

        def work(desk: Desk) -> _Drawn:
            paper = door.draft(open_case(desk, case).case, wish)
            pages = PdfPages(paper.content)
            return _Drawn(paper, pages, pages.sizes())

        self._session.ask(work, partial(self._arrived, self._round), partial(self._refused, self._round))

    def _arrived(self, round_: int, drawn: _Drawn) -> None:
        before = self._drawn
        if round_ != self._round or self._case is None:
            self._session.jobs.submit(drawn.pages.close)
            return
        self._drawn = drawn
        self._pages.show_pages(drawn.sizes)
        self._notices.say(next(iter(drawn.paper.notices), ""))  # the first tells of all; the others repeat it in place
        self._notices.setVisible(bool(drawn.paper.notices))
        self._remarks.say(" ".join(drawn.paper.remarks))
        self._remarks.setVisible(bool(drawn.paper.remarks))
        self._read_back.say(self._said(""))
        self._save_button.setEnabled(True)
        self._paper_button.setEnabled(True)
        self._say_page(0)
        if before is not None:
            self._session.jobs.submit(before.pages.close)

    def _refused(self, round_: int, error: Exception) -> None:
        if round_ != self._round:
            return
        before, self._drawn = self._drawn, None
        if before is not None:
            self._session.jobs.submit(before.pages.close)
        self._pages.show_pages(())
        self._page.setText("")
        self._read_back.say("")
        if isinstance(error, KnownError):
            self._message.say(str(error), kind=Kind.LATE)
        else:
            self._session.tell(error)

    def _picture(self, number: int, wide: int) -> None:
        drawn = self._drawn
        if drawn is not None:
            self._session.jobs.submit(lambda: drawn.pages.picture(number, wide), self._pictured)

    def _pictured(self, picture: PagePicture) -> None:
        if self._drawn is not None:
            self._pages.show_picture(picture)

    def _offer_paper(self, known: bool) -> None:
        if self._case is not None:
            self._paper_button.setVisible(known)

    def _say_page(self, at: int) -> None:
        count = len(self._drawn.sizes) if self._drawn else 0
        self._page.setText(f"page {at + 1} of {count}" if count else "")

    def _zoom(self, by: float) -> None:
        self._pages.set_zoom(self._pages.zoom * by)

    def _said(self, where: str) -> str:
        """Read back which child, for whom, and to where: what goes to the wrong house cannot be called back."""
        if self._case is None:
            return ""
        whom = f"for {self._options.whom}" if self._options.whom else "for nobody in particular"
        return f"This is the draft plan of {self._case.case.title}, {whom}{f', {where}' if where else ''}."

    def _ask_where(self) -> None:
        if self._drawn is None:
            return
        self._path, self._printer = self.choose_file(self, self._drawn.paper.suggested_name), None
        if self._path:
            said = self._said(f"in the file {Path(self._path).name}")
            self._message.say(f"{said} Is that right?", action="Save it")

    def ask_printer(self) -> None:
        """Let the person choose a printer, and read back what is about to be printed."""
        if self._drawn is None:
            return
        self._path, self._printer = "", self.choose_printer(self)
        if self._printer is not None:
            said = self._said(f"on the printer {self._printer.printerName()}".rstrip())
            self._message.say(f"{said} Is that right?", action="Print it")

    def _go_ahead(self) -> None:
        if self._printer is not None:
            self._print()
        else:
            self._save()

    def _print(self) -> None:
        drawn, case, printer = self._drawn, self._case, self._printer
        if drawn is None or case is None or printer is None or self._printing is not None:
            return
        self._printer = None
        wish, said = self._options.wish, self._said("on paper")
        self._message.say("Printing ...")
        self._printing = PaperPrinter(
            self._session.jobs,
            drawn.paper.content,
            printer,
            done=lambda: self._left(case, drawn.paper, wish, out="on paper", told=f"{_PRINTED} {said}"),
            failed=self._not_left,
        )
        self._printing.start()

    def _save(self) -> None:
        drawn, case, path, door = self._drawn, self._case, self._path, self._session.door
        if drawn is None or case is None or not path:
            return
        self._path = ""
        name, wish = Path(path).name, self._options.wish
        told = f"Saved, {drawn.paper.pages} pages. {self._said(f'in the file {name}')}"
        self._session.ask(
            lambda _: door.write(Path(path), drawn.paper.content),
            lambda _: self._left(case, drawn.paper, wish, out=name, told=told),
            self._not_left,
        )

    def _left(self, case: OpenCase, paper: DraftPaper, wish: DraftWish, *, out: str, told: str) -> None:
        """Remember what has left the program, and say so."""
        self._printing = None
        record = Print("", "draft", out, paper.sha256, paper.pages, to=wish.to)
        case.do(lambda desk, file: issuing.record_print(desk, file, record))
        self._message.say(told)

    def _not_left(self, error: Exception) -> None:
        self._printing = None
        if isinstance(error, KnownError):
            self._message.say(str(error), kind=Kind.LATE)
        else:
            self._session.tell(error)


def _button(look: Look, name: str, words: str, icon: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setAccessibleName(words)
    set_icon(button, look, icon)
    button.clicked.connect(partial(_done, act))
    return button


def _done(act: Callable[[], None], _: bool = False) -> None:
    act()
