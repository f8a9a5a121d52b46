"""The register of contributions of a case: every adviser who must be asked, by cell, and all that was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from send_desk.domain.advice_steps import Deed
from send_desk.domain.case import Case
from send_desk.domain.contribution_state import ContributionStatus, givers_of
from send_desk.domain.cycle import cycle_in_force, cycles
from send_desk.domain.dates import counted, in_words
from send_desk.domain.ids import Cell, Section, State
from send_desk.domain.register import CELL_TITLES, register, strip, strip_of
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.stage import week_of
from send_desk.gui.adviser_form import AdviserForm
from send_desk.gui.case_head import CaseHead
from send_desk.gui.column_page import ColumnPage, Listed, PagePart, is_behind
from send_desk.gui.contribution_form import ContributionForm
from send_desk.gui.contribution_line import ContributionLine
from send_desk.gui.inline_form import FormPlace
from send_desk.gui.look import Look
from send_desk.gui.open_case import OpenCase
from send_desk.gui.pieces import set_icon
from send_desk.gui.plan_keys import SectionKeys
from send_desk.gui.review_bar import InviteForm, ReviewBar
from send_desk.gui.session import Session
from send_desk.gui.words import Paragraph, Voice
from send_desk.services import advice
from send_desk.services.desk import Desk
from send_desk.services.reading import history

_AT_ONCE = 1  # cells that are made before the page shows; the others follow


@dataclass(frozen=True)
class _Cell:
    cell: Cell
    law: str
    statuses: tuple[ContributionStatus, ...]


@dataclass(frozen=True)
class _Placed:
    """A line of the register with the name that its controls carry: health, then health.2 for the second."""

    key: str
    name: str
    status: ContributionStatus


class RegisterPage(QWidget):
    """The page of a case's contributions."""

    opened = Signal(str)
    moved = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._open: OpenCase | None = None
        self._page = ColumnPage(name="register", says="Contributions")
        self._head = CaseHead(look)
        self._head.opened.connect(self._bring)
        self._top = PagePart("Contributions")
        self._add = QPushButton("Add an adviser...")
        self._add.setObjectName("register.add")
        self._add.setAccessibleName("Add an adviser whom the authority or the family wants asked")
        set_icon(self._add, look, "plus")
        self._add.clicked.connect(self._add_adviser)
        self._top.add_beside(self._add)
        self._adding = FormPlace()
        self._cycle: str | None = None  # the one chosen; without a choice, the one in force
        self._bar = ReviewBar()
        self._bar.chosen.connect(self._choose_cycle)
        self._bar.inviting.connect(self._invite_all)
        self._bar.begun.connect(self._begin_review)
        self._top.body.addWidget(self._bar)
        self._top.body.addWidget(self._adding)
        self._cells: Listed[_Cell, _CellPart] = Listed(
            lambda one: one.cell.value, self._make_cell, lambda part, one: part.show_cell(one), gap=16
        )
        self._foot = Paragraph("", Voice.SMALL)
        self._wanted: Cell | None = None
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self._show_rest)
        for widget in (self._head, self._top, self._cells, self._foot):
            self._page.column.addWidget(widget)
        self._page.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._page)
        SectionKeys(self, self._open_section)

    def show_case(self, open_case: OpenCase, place: str = "") -> None:
        """Show the register of a case, and bring the cell that the place names ("register/CASE/CELL")."""
        if self._open is not open_case:
            if self._open is not None:
                self._open.changed.disconnect(self._follow)
                self._open.worded.disconnect(self._follow)
            self._open, self._cycle = open_case, None
            open_case.changed.connect(self._follow)
            open_case.worded.connect(self._follow)
        self._show()
        parts = place.split("/")
        if len(parts) > 2 and parts[2] in set(Cell):
            self._bring(Cell(parts[2]))

    @property
    def is_ready(self) -> bool:
        """Whether all cells stand."""
        return len(self._cells.widgets) == len(Cell)

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

    def _follow(self) -> None:
        # Behind another page nothing is drawn: it would cost whoever writes there, and `show_case` comes before this.
        if not is_behind(self):
            self._show()

    def _show(self) -> None:
        if self._session.is_locked or self._open is None:
            return
        today, cycle = self._session.desk.today, self.cycle
        statuses = register(self.case, self.book, today, cycle=cycle)
        cells = strip_of(statuses, self.book)
        in_force = cells if cycle == cycle_in_force(self.case) else strip(self.case, self.book, today)
        self._bar.show_cycle(self.case, cycle, statuses)
        self._head.show_case(self.case, tuple(in_force.values()), week=week_of(self.case, today), today=today)
        self._top.say(_summary(statuses))
        shown = [_Cell(cell, _cell_law(cell, self.book, cycle), cells[cell].statuses) for cell in Cell]
        made = len(self._cells.widgets)
        self._cells.show_items(shown[: max(made, _AT_ONCE)])
        if len(self._cells.widgets) < len(shown):
            self._rest.start()
        self._foot.say(f"{self.book.notice} Checked to {in_words(self.book.checked_to)}.")

    def _show_rest(self) -> None:
        """Make the cells further down one by one between the keys, so that the window answers meanwhile."""
        if self._session.is_locked or self._open is None:
            return
        today, cycle = self._session.desk.today, self.cycle
        statuses = register(self.case, self.book, today, cycle=cycle)
        made = len(self._cells.widgets)
        cells = [
            _Cell(cell, _cell_law(cell, self.book, cycle), tuple(one for one in statuses if one.cell is cell))
            for cell in Cell
        ]
        self._cells.show_items(cells[: made + 1])
        if made + 1 < len(cells):
            self._rest.start()
        elif self._wanted is not None:
            self._bring(self._wanted)

    def _bring(self, cell: Cell) -> None:
        self._wanted = None if self._cells.at(cell.value) else cell
        part = self._cells.at(cell.value)
        if part is not None:
            self._page.column.activate()
            self._page.bring(part, focus=False)
            part.begin()
            self.moved.emit(f"register/{self.case.id}/{cell}")

    def _open_section(self, section: Section) -> None:
        if self._open is not None:
            self.opened.emit(f"plan/{self.case.id}/{section}")

    def _make_cell(self, one: _Cell) -> _CellPart:
        part = _CellPart(self._look, self, one.cell)
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
        self._show()

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
        for part in self._cells.widgets:
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


class _CellPart(PagePart):
    """One cell of the strip with its lines."""

    chosen = Signal(object, object)
    history_wanted = Signal(object)
    taken_back = Signal(object, str)

    def __init__(self, look: Look, page: RegisterPage, cell: Cell) -> None:
        super().__init__(CELL_TITLES[cell], rule=False)
        self._look, self._page = look, page
        self._none = Paragraph("Nobody has to be asked now.", Voice.QUIET)
        self._lines: Listed[_Placed, ContributionLine] = Listed(lambda one: one.key, self._make, self._fill)
        self.body.addWidget(self._none)
        self.body.addWidget(self._lines)

    def show_cell(self, one: _Cell) -> None:
        """Show the lines of the cell."""
        self._none.setVisible(not one.statuses)
        self._none.say(f"Nobody has to be asked now. {one.law}".strip())
        placed = [
            _Placed(_key(status, at), f"register.{one.cell}{f'.{at + 1}' if at else ''}", status)
            for at, status in enumerate(one.statuses)
        ]
        self._lines.show_items(placed)

    def begin(self) -> None:
        """Bring the keyboard to the first line."""
        if self._lines.widgets:
            self._lines.widgets[0].begin()

    def close_forms(self) -> None:
        """Take an open form away."""
        for line in self._lines.widgets:
            line.place.close_form()

    def _make(self, one: _Placed) -> ContributionLine:
        line = ContributionLine(self._look, name=one.name)
        line.chosen.connect(partial(self.chosen.emit, line))
        line.history_wanted.connect(partial(self.history_wanted.emit, line))
        line.taken_back.connect(partial(self.taken_back.emit, line))
        return line

    def _fill(self, line: ContributionLine, one: _Placed) -> None:
        line.show_status(one.status, self._page.case, self._page.book)


def _key(status: ContributionStatus, at: int) -> str:
    # A line that is made for somebody who stood here unasked stays the same widget, so that the keyboard stays too.
    return f"{at}/{status.giver.letter if status.giver else ''}"


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


def _cell_law(cell: Cell, book: RuleBook, cycle: str) -> str:
    return "; ".join(dict.fromkeys(giver.citation for giver in givers_of(book, cycle) if giver.cell is cell))


def _authors(desk: Desk, case: str, events: Sequence[str]) -> dict[str, str]:
    """Return who recorded each event, and when."""
    found: dict[str, str] = {}
    for event in events:
        past = history(desk, case, event)
        if past:
            who = desk.user.name if past[-1].author == desk.user.id else "another user"
            found[event] = f"Recorded by {who} on {in_words(past[-1].at.date())}"
    return found
