"""The front page of a case: who, what is next, when, contacts, papers, and the way into the plan."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from send_desk.domain.ids import Cell, EventKind
from send_desk.domain.next_steps import Door, Step, next_steps
from send_desk.domain.register import register, strip_of
from send_desk.domain.staff_warnings import staff_warnings, young_person_words
from send_desk.domain.stage import week_of
from send_desk.domain.timetable import timetable
from send_desk.gui.case_head import CaseHead
from send_desk.gui.column_page import ColumnPage, is_behind
from send_desk.gui.event_form import EventForm
from send_desk.gui.front_parts import FrontParts
from send_desk.gui.inline_form import FormPlace
from send_desk.gui.issue_form import IssueForm
from send_desk.gui.look import Look
from send_desk.gui.next_part import NextPart
from send_desk.gui.open_case import OpenCase
from send_desk.gui.panes import NARROW
from send_desk.gui.paper_reader import PaperReader
from send_desk.gui.plan_keys import SectionKeys
from send_desk.gui.session import Session
from send_desk.gui.warnings_view import WarningsView
from send_desk.gui.words import Paragraph, Voice


class FrontPage(QWidget):
    """The page that opens first."""

    opened = Signal(str)
    moved = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._open: OpenCase | None = None
        self._wanted = ""
        self._step: EventForm | None = None
        self._reader: PaperReader | None = None
        self.setAcceptDrops(True)
        self._stack = QStackedWidget(self)
        self._page = ColumnPage(name="front", says="Front page", parent=self._stack)
        inside = self._page.content  # parents are given from the start: to move a styled part costs as much as it does
        self._head = CaseHead(look, inside)
        self._head.opened.connect(self._open_cell)
        self._warnings = WarningsView(look, inside)
        self._young = Paragraph("", Voice.QUIET, inside)
        self._next = NextPart(inside)
        self._next.chosen.connect(self._take_step)
        self._issue = FormPlace(inside)
        self._parts = FrontParts(session, look, inside)
        self._parts.plan_opened.connect(self._open_plan)
        self._parts.paper_opened.connect(self._open_paper)
        self._parts.ready.connect(self._bring_wanted)
        self._parts.recorded.connect(self._come_back)
        for widget in (self._head, self._warnings, self._young, self._next, self._issue, self._parts):
            self._page.column.addWidget(widget)
        self._page.column.addStretch(1)
        self._stack.addWidget(self._page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        session.office.changed.connect(self._show_office)
        self._add_actions()

    @property
    def is_ready(self) -> bool:
        """Whether all parts of the page stand."""
        return self._parts.is_ready

    def show_case(self, open_case: OpenCase, place: str = "") -> None:
        """Show a case, and bring what the place names: dates, a contact, a paper."""
        if self._open is not open_case:
            if self._open is not None:
                for signal in (self._open.changed, self._open.worded):
                    signal.disconnect(self._follow)
                self._open.checked.disconnect(self._follow_findings)
            self._open = open_case
            for signal in (open_case.changed, open_case.worded):
                signal.connect(self._follow)
            open_case.checked.connect(self._follow_findings)
            self._issue.close_form()
        self._leave_paper()
        self._wanted = place
        self._show()
        if self._parts.is_ready:
            self._bring_wanted()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= NARROW
        self._parts.set_wide(wide)
        self._next.set_across(wide)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _files(event)
        if paths:
            event.acceptProposedAction()
            self._parts.make_all()
            self._leave_paper()
            self._parts.papers.add(paths)
            self._bring(self._parts.papers)

    def _add_actions(self) -> None:
        SectionKeys(self, self._open_plan)
        for name, words, keys, deed in (
            ("contact", "Add a contact", "Ctrl+Shift+N", self._begin_contact),
            ("sync", "Sync this case first", "Ctrl+Alt+S", self._sync_first),
        ):
            action = QAction(words, self)
            action.setObjectName(f"front.action.{name}")
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.setProperty("group", "Case")
            action.triggered.connect(deed)
            self.addAction(action)

    def _follow(self) -> None:
        # Behind another page nothing is drawn: it would cost whoever writes there, and `show_case` comes before this.
        if not is_behind(self):
            self._show()

    def _follow_findings(self) -> None:
        if not is_behind(self):
            self._parts.show_findings()

    def _show(self) -> None:
        if self._session.is_locked or self._open is None:
            return
        case, today = self._open.case, self._session.desk.today
        book = self._session.desk.book(case)
        statuses = register(case, book, today)
        lines = timetable(case, book, today)
        cells = strip_of(statuses, book)
        self._show_office()
        self._head.show_case(case, tuple(cells.values()), week=week_of(case, today), today=today)
        self._warnings.show_warnings(staff_warnings(case))
        young = young_person_words(case, book, today)
        self._young.say(young)
        self._young.setVisible(bool(young))
        self._next.show_steps(next_steps(case, book, today, lines=lines, statuses=statuses))
        self._parts.show_case(self._open, lines)
        if self._reader is not None:
            self._reader.show_case(self._open)

    def _show_office(self) -> None:
        if self._open is not None and not self._session.is_locked:
            self._head.show_office(self._session.office.of_case(self._open.case.id))

    def _bring_wanted(self) -> None:
        """Bring what the place named: "contacts/CASE/ID", "papers/CASE/ID", "front/CASE/dates"."""
        wanted, self._wanted = self._wanted, ""
        parts = [*wanted.split("/"), "", "", ""]
        page, thing = parts[0], parts[2]
        match page:
            case "papers" if thing:
                self._open_paper(thing)
            case "papers":
                self._bring(self._parts.papers)
            case "contacts":
                self._bring((self._parts.contacts.bring(thing) if thing else None) or self._parts.contacts)
            case "front" if thing == "dates":
                self._bring(self._parts.dates)
            case _:
                pass

    def _bring(self, widget: QWidget) -> None:
        self._page.column.activate()
        self._page.bring(widget, focus=False)

    def _open_cell(self, cell: Cell) -> None:
        if self._open is not None:
            self.opened.emit(f"register/{self._open.case.id}/{cell}")

    def _open_plan(self, section: str) -> None:
        if self._open is not None:
            self.opened.emit("/".join(part for part in ("plan", self._open.case.id, section) if part))

    def _take_step(self, step: Step, kind: EventKind | None) -> None:
        match step.door:
            case Door.REGISTER if step.cell is not None:
                self._open_cell(step.cell)
            case Door.PLAN:
                self._open_plan("")
            case Door.FINAL:
                self._begin_issue()
            case _:
                self._parts.make_all()
                self._step = self._parts.dates.begin_event((kind,) if kind is not None else step.kinds)
                self._bring(self._parts.dates.form_place)

    def _come_back(self, form: QWidget) -> None:
        """After a step has been recorded, bring the one that comes next."""
        if form is self._step:
            self._step = None
            self._bring(self._head)
            self._next.focus()

    def _begin_issue(self) -> None:
        if self._open is None:
            return
        form = IssueForm(self._session, self._look, self._open, name="front.issue")
        form.opened.connect(self.opened)
        form.handed_in.connect(lambda: self._issue_now(form))
        self._issue.open(form)

    def _issue_now(self, form: IssueForm) -> None:
        if form.needs_office:
            form.issue_connected(self._issue.close_form)
            return
        work = form.work()
        if work is not None and self._open is not None:
            self._open.do(work, self._issue.close_form)

    def _sync_first(self) -> None:
        if self._open is not None:
            self._session.office.sync(self._open.case.id)

    def _begin_contact(self) -> None:
        self._parts.make_all()
        self._leave_paper()
        self._parts.contacts.begin_new()
        self._bring(self._parts.contacts)

    def _open_paper(self, id_: str) -> None:
        papers = self._open.case.documents if self._open is not None else ()
        paper = next((one for one in papers if one.id == id_), None)
        if paper is None or self._open is None:
            return
        if self._reader is None:
            self._reader = PaperReader(self._session, self._look, self._stack)
            self._reader.left.connect(self._leave_paper)
            self._reader.opened.connect(self.opened)
            self._stack.addWidget(self._reader)
        self._reader.show_paper(self._open, paper)
        self._stack.setCurrentWidget(self._reader)
        self.moved.emit(f"papers/{self._open.case.id}/{id_}")

    def _leave_paper(self) -> None:
        if self._reader is not None and self._stack.currentWidget() is self._reader:
            self._stack.setCurrentWidget(self._page)
            self._reader.forget()
            if self._open is not None:
                self.moved.emit(f"front/{self._open.case.id}")


def _files(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile() and Path(url.toLocalFile()).is_file()]
