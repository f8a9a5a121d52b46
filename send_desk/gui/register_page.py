"""The register of contributions of a case: every adviser who must be asked, by cell, and all that was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from send_desk.domain.advice_steps import Deed
from send_desk.domain.case import Case
from send_desk.domain.contribution_state import ContributionStatus
from send_desk.domain.cycle import cycle_in_force, cycles
from send_desk.domain.dates import counted, in_words
from send_desk.domain.ids import Cell, Section, State
from send_desk.domain.register import register, strip, strip_of
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.stage import week_of
from send_desk.gui.adviser_form import AdviserForm
from send_desk.gui.case_head import CaseHead
from send_desk.gui.column_page import ColumnPage, PagePart, is_behind
from send_desk.gui.contribution_form import ContributionForm
from send_desk.gui.contribution_line import ContributionLine
from send_desk.gui.inline_form import FormPlace
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_4
from send_desk.gui.open_case import OpenCase
from send_desk.gui.pieces import set_icon
from send_desk.gui.plan_keys import SectionKeys
from send_desk.gui.register_cell import CellLines, CellPart
from send_desk.gui.review_bar import InviteForm, ReviewBar
from send_desk.gui.session import Session
from send_desk.gui.turns import Turns
from send_desk.gui.words import Paragraph, Voice
from send_desk.services import advice
from send_desk.services.desk import Desk
from send_desk.services.reading import history


class RegisterPage(QWidget):
    """The page of a case's contributions."""

    opened = Signal(str)
    moved = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._open: OpenCase | None = None
        self._page = ColumnPage(name="register", says="Contributions", parent=self)
        inside = self._page.content  # parents are given from the start: to move a styled part costs as much as it does
        self._head = CaseHead(look, inside)
        self._head.opened.connect(self._bring)
        session.office.changed.connect(self._show_office)
        self._top = PagePart("Contributions", parent=inside)
        self._add = QPushButton("Add an adviser...", self._top)
        self._add.setObjectName("register.add")
        self._add.setAccessibleName("Add an adviser whom the authority or the family wants asked")
        set_icon(self._add, look, "plus")
        self._add.clicked.connect(self._add_adviser)
        self._top.add_beside(self._add)
        self._adding = FormPlace(self._top)
        self._cycle: str | None = None  # the one chosen; without a choice, the one in force
        self._bar = ReviewBar(self._top)
        self._bar.chosen.connect(self._choose_cycle)
        self._bar.inviting.connect(self._invite_all)
        self._bar.begun.connect(self._begin_review)
        self._top.body.addWidget(self._bar)
        self._top.body.addWidget(self._adding)
        self._cells: dict[Cell, CellPart] = {}
        self._cell_place = QWidget(inside)
        self._cell_column = QVBoxLayout(self._cell_place)
        self._cell_column.setContentsMargins(0, 0, 0, 0)
        self._cell_column.setSpacing(SPACE_4)
        self._foot = Paragraph("", Voice.SMALL, inside)
        self._wanted: Cell | None = None
        self._turns = Turns(self)
        self._turns.finished.connect(self._bring_wanted)
        session.locking.connect(self._turns.drop)
        for widget in (self._head, self._top, self._cell_place, self._foot):
            self._page.column.addWidget(widget)
        self._page.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._page)
        SectionKeys(self, self._open_section)

    def show_case(self, open_case: OpenCase, place: str = "") -> None:
        """Show the register of a case, and bring the cell that the place names ("register/CASE/CELL")."""
        fresh = self._open is not open_case
        if fresh:
            if self._open is not None:
                self._open.changed.disconnect(self._follow)
                self._open.worded.disconnect(self._follow)
            self._open, self._cycle = open_case, None
            open_case.changed.connect(self._follow)
            open_case.worded.connect(self._follow)
        self._show(fresh=fresh)
        parts = place.split("/")
        if len(parts) > 2 and parts[2] in set(Cell):
            self._bring(Cell(parts[2]))

    @property
    def is_ready(self) -> bool:
        """Whether all cells stand."""
        return self._turns.is_done and len(self._cells) == len(Cell)

    @property
    def case(self) -> Case:
        """The case as last shown."""
        if self._open is None:
            raise LookupError("no case is shown")
        return self._open.case

    @property
    def book(self) -> RuleBook:
        """The law of the case."""
        return self._session.desk.book(self.case)

    @property
    def cycle(self) -> str:
        """The register that stands on the page: the one chosen while it is there, else the one in force."""
        known = {one.id for one in cycles(self.case)}
        return self._cycle if self._cycle is not None and self._cycle in known else cycle_in_force(self.case)

    def _show_office(self) -> None:
        if self._open is not None and not self._session.is_locked:
            self._head.show_office(self._session.office.of_case(self._open.case.id))

    def _follow(self) -> None:
        # Behind another page nothing is drawn: it would cost whoever writes there, and `show_case` comes before this.
        if not is_behind(self):
            self._show()

    def _show(self, *, fresh: bool = False) -> None:
        if self._session.is_locked or self._open is None:
            return
        case, book, today, cycle = self.case, self.book, self._session.desk.today, self.cycle
        statuses = register(case, book, today, cycle=cycle)
        cells = strip_of(statuses, book)
        in_force = cells if cycle == cycle_in_force(case) else strip(case, book, today)
        self._bar.show_cycle(case, cycle, statuses)
        self._show_office()
        self._head.show_case(case, tuple(in_force.values()), week=week_of(case, today), today=today)
        self._top.say(_summary(statuses))
        self._foot.say(f"{book.notice} Checked to {in_words(book.checked_to)}.")
        if fresh:
            for part in self._cells.values():  # nothing of the register before may stand beside this one
                part.hide()
        # The first cell with the page, the others one a turn, so that the window answers meanwhile.
        first, *rest = (CellLines(case, book, cycle, cell, cells[cell].statuses) for cell in Cell)
        self._turns.drop()
        self._show_cell(first)
        self._turns.add(*(partial(self._show_cell, lines) for lines in rest))

    def _show_cell(self, lines: CellLines) -> None:
        part = self._cells.get(lines.cell)
        if part is None:
            part = self._cells[lines.cell] = self._make_cell(lines.cell)
            part.show_cell(lines)
            self._cell_column.addWidget(part)
        else:
            part.show_cell(lines)
        part.show()

    def _bring_wanted(self) -> None:
        if self._wanted is not None:
            self._bring(self._wanted)

    def _bring(self, cell: Cell) -> None:
        part = self._cells.get(cell)
        self._wanted = cell if part is None or part.isHidden() else None
        if part is not None and self._wanted is None:
            self._page.column.activate()
            self._page.bring(part, focus=False)
            part.begin()
            self.moved.emit(f"register/{self.case.id}/{cell}")

    def _open_section(self, section: Section) -> None:
        if self._open is not None:
            self.opened.emit(f"plan/{self.case.id}/{section}")

    def _make_cell(self, cell: Cell) -> CellPart:
        part = CellPart(self._look, cell, self._cell_place)
        part.chosen.connect(self._begin)
        part.history_wanted.connect(self._load_authors)
        part.taken_back.connect(self._take_back)
        return part

    def _begin(self, line: ContributionLine, deed: Deed) -> None:
        if line.status is None:
            return
        self._close_forms()
        form = ContributionForm(self._session, self._look, deed, line.status, self.case, name="register.form")
        form.handed_in.connect(partial(self._record, line, form))
        line.place.open(form)
        self._page.ensureWidgetVisible(form)

    def _record(self, line: ContributionLine, form: ContributionForm) -> None:
        work = form.work()
        if work is not None and self._open is not None:
            self._open.do(work, line.place.close_form)

    def _add_adviser(self) -> None:
        self._close_forms()
        form = AdviserForm(self._session, self._look, name="register.form", cycle=self.cycle)
        form.handed_in.connect(partial(self._record_adviser, form))
        self._adding.open(form)

    def _record_adviser(self, form: AdviserForm | InviteForm) -> None:
        work = form.work()
        if work is not None and self._open is not None:
            self._open.do(work, self._adding.close_form)

    def _choose_cycle(self, cycle: str) -> None:
        self._close_forms()
        self._cycle = cycle
        self._show(fresh=True)

    def _invite_all(self) -> None:
        self._close_forms()
        cycle = self.cycle
        notice = next((one.notice for one in cycles(self.case) if one.id == cycle), None)
        on = notice or self._session.desk.today
        form = InviteForm(self._session, self._look, cycle, on, name="register.form")
        form.handed_in.connect(partial(self._record_adviser, form))
        self._adding.open(form)

    def _begin_review(self, notice: str) -> None:
        if self._open is not None:
            self._cycle = None
            self._open.do(lambda desk, file: advice.begin_review_register(desk, file, notice))

    def _close_forms(self) -> None:
        self._adding.close_form()
        for part in self._cells.values():
            part.close_forms()

    def _load_authors(self, line: ContributionLine) -> None:
        status, case = line.status, self.case.id
        if status is None or status.contribution is None:
            return
        ids = [event.id for event in status.contribution.events]
        self._session.ask(lambda desk: _authors(desk, case, ids), line.show_authors)

    def _take_back(self, line: ContributionLine, event: str) -> None:
        status = line.status
        if self._open is not None and status is not None and status.contribution is not None:
            id_ = status.contribution.id
            self._open.do(lambda desk, file: advice.take_back(desk, file, id_, event))


def _summary(statuses: Sequence[ContributionStatus]) -> str:
    if not statuses:
        return "Nobody has to be asked before the decision to assess. Advice that comes earlier can still be added."
    asked = [one for one in statuses if one.state is not State.NOT_DUE]
    done = sum(one.content_stands for one in asked)
    late = sum(one.state is State.OVERDUE for one in asked)
    unasked = sum(one.state is State.NOT_REQUESTED for one in asked)
    parts = [f"{done} of {counted(len(asked), 'adviser')} answered"]
    parts += [f"{late} late"] if late else []
    parts += [f"{unasked} not asked yet"] if unasked else []
    return f"{', '.join(parts)}."


def _authors(desk: Desk, case: str, events: Sequence[str]) -> dict[str, str]:
    """Return who recorded each event, and when."""
    found: dict[str, str] = {}
    for event in events:
        past = history(desk, case, event)
        if past:
            who = desk.user.name if past[-1].author == desk.user.id else "another user"
            found[event] = f"Recorded by {who} on {in_words(past[-1].at.date())}"
    return found
