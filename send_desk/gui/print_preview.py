"""The printed draft on the screen before it leaves the program: its pages, its choices, and what is read back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from send_desk.domain.errors import KnownError
from send_desk.gui.door import DraftPaper
from send_desk.gui.flow import FlowLayout
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_3, SPACE_4
from send_desk.gui.open_case import OpenCase
from send_desk.gui.page_view import PageView
from send_desk.gui.panes import Pane, PaneSwitch
from send_desk.gui.paper_printer import has_printer
from send_desk.gui.pdf_pages import PagePicture, PageSize, PdfPages
from send_desk.gui.pieces import Kind, Message, Rule, set_icon
from send_desk.gui.plan_view import PlanView
from send_desk.gui.print_options import PrintOptions
from send_desk.gui.print_out import PrintOut
from send_desk.gui.session import Session
from send_desk.gui.words import Line, Paragraph, Voice
from send_desk.services.desk import Desk
from send_desk.services.reading import open_case

_ZOOM = 1.2


@dataclass(frozen=True, slots=True)
class _Drawn:
    paper: DraftPaper
    pages: PdfPages
    sizes: tuple[PageSize, ...]


class PrintPreview(QWidget):
    """Drawn on the worker, page by page as they are looked at. Nothing is written before it has been read back."""

    left = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._case: OpenCase | None = None
        self._drawn: _Drawn | None = None
        self._round = 0
        self._message = Message(look, name="print.message", parent=self)
        self.out = PrintOut(session, self._message, self)
        self._side = QScrollArea(self)  # parents from the start: to move a styled part costs as much as it does
        inside = QWidget(self._side)
        self._options = PrintOptions(look, today=lambda: session.desk.today, parent=inside)
        self._options.changed.connect(self._draw)
        self._notices = Paragraph("", Voice.LATE, inside)
        self._remarks = Paragraph("", Voice.QUIET, inside)
        self._remarks.hide()
        self._read_back = Paragraph("", Voice.QUIET, inside)
        self._pages = PageView(look, self)
        self._pages.wanted.connect(self._picture)
        self._pages.moved.connect(self._say_page)
        head = QWidget(self)
        self._page = Line("", Voice.SMALL, head)
        back = _button(look, head, "print.back", "Back to the plan", "arrow-left", self.left.emit)
        self._save_button = _button(look, head, "print.save", "Save as PDF ...", "download-simple", self._ask_where)
        self._save_button.setProperty("role", "main")
        set_icon(self._save_button, look, "download-simple")
        self._paper_button = _button(look, head, "print.paper", "Print on paper ...", "printer", self._ask_printer)
        self._paper_button.hide()
        flow = FlowLayout(head)
        flow.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_2)
        for button in (
            back,
            self._save_button,
            self._paper_button,
            _button(look, head, "print.narrower", "Smaller", "minus", partial(self._zoom, 1 / _ZOOM)),
            _button(look, head, "print.wider", "Larger", "plus", partial(self._zoom, _ZOOM)),
        ):
            flow.addWidget(button)
        flow.addWidget(self._page)
        self._fill_side(inside)
        panes = PaneSwitch(
            (Pane("print", "Choices", self._side, 300), Pane("pages", "Pages", self._pages, 700, stretch=1)),
            parent=self,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(Rule(self))
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
        self.out.forget()
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

    def _fill_side(self, inside: QWidget) -> None:
        column = QVBoxLayout(inside)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        for part in (self._notices, self._remarks, self._options, self._read_back):
            column.addWidget(part)
        column.addStretch(1)
        self._side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._side.setWidgetResizable(True)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setWidget(inside)

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
        self.out.take(self._case, drawn.paper, self._options.wish, whom=self._options.whom)
        self._read_back.say(self.out.said(""))
        self._save_button.setEnabled(True)
        self._paper_button.setEnabled(True)
        self._say_page(0)
        if before is not None:
            self._session.jobs.submit(before.pages.close)

    def _refused(self, round_: int, error: Exception) -> None:
        if round_ != self._round:
            return
        before, self._drawn = self._drawn, None
        self.out.forget()
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

    def _ask_where(self) -> None:
        if self._drawn is not None:
            self.out.ask_file()

    def _ask_printer(self) -> None:
        if self._drawn is not None:
            self.out.ask_printer()


def _button(look: Look, head: QWidget, name: str, words: str, icon: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(words, head)
    button.setObjectName(name)
    button.setAccessibleName(words)
    set_icon(button, look, icon)
    button.clicked.connect(partial(_done, act))
    return button


def _done(act: Callable[[], None], _: bool = False) -> None:
    act()
