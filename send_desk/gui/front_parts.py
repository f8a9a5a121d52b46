"""The parts of the front page in two columns, made one after the other so that the window answers between them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from send_desk.domain.deadlines import DateLine
from send_desk.domain.rulebook import RuleBook
from send_desk.gui.child_part import ChildPart
from send_desk.gui.contacts_part import ContactsPart
from send_desk.gui.dates_part import DatesPart
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_4, SPACE_8
from send_desk.gui.office_part import OfficePart
from send_desk.gui.open_case import OpenCase
from send_desk.gui.papers_part import PapersPart
from send_desk.gui.people_part import PeoplePart
from send_desk.gui.plan_link import PlanLink
from send_desk.gui.session import Session
from send_desk.gui.turns import Turns

_P = TypeVar("_P", bound=QWidget)
_SIDE = 336  # width of the side with the child and the people, where there is room for two columns
_WIDEST = 16_777_215


class FrontParts(QWidget):
    """Who, people and plan at the side; dates, contacts and papers beside it, or below where there is no room."""

    ready = Signal()
    """All parts stand."""
    plan_opened = Signal(str)
    paper_opened = Signal(str)
    recorded = Signal(object)
    """Sent with the form by which something was recorded among the dates."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._open: OpenCase | None = None
        self._lines: tuple[DateLine, ...] = ()
        self._side, self._main = QVBoxLayout(), QVBoxLayout()
        self._side_place, self._main_place = QWidget(self), QWidget(self)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(SPACE_8)
        for place, column in ((self._side_place, self._side), (self._main_place, self._main)):
            place.setLayout(column)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(SPACE_4)
            column.addStretch(1)
        self._columns.addWidget(self._side_place)
        self._columns.addWidget(self._main_place, 1)
        self._made: list[QWidget] = []
        self._turns = Turns(self)
        self._turns.finished.connect(self.ready)
        session.locking.connect(self._turns.drop)

    @property
    def is_ready(self) -> bool:
        """Whether all parts stand."""
        return self._turns.is_done and len(self._made) == len(self._makers())

    @cached_property
    def child(self) -> ChildPart:
        """Who the child is."""
        return self._put(self._side, ChildPart(self._session, self._look, self._side_place))

    @cached_property
    def people(self) -> PeoplePart:
        """The people around the child."""
        return self._put(self._side, PeoplePart(self._look, self._side_place))

    @cached_property
    def plan(self) -> PlanLink:
        """The way into the plan."""
        part = self._put(self._side, PlanLink(self._look, self._side_place))
        part.opened.connect(self.plan_opened)
        return part

    @cached_property
    def dates(self) -> DatesPart:
        """The dates of the law."""
        part = self._put(self._main, DatesPart(self._session, self._look, self._main_place))
        part.recorded.connect(self.recorded)
        return part

    @cached_property
    def contacts(self) -> ContactsPart:
        """The contact log."""
        return self._put(self._main, ContactsPart(self._session, self._look, self._main_place))

    @cached_property
    def papers(self) -> PapersPart:
        """The papers."""
        part = self._put(self._main, PapersPart(self._session, self._look, self._main_place))
        part.opened.connect(self.paper_opened)
        return part

    @cached_property
    def office(self) -> OfficePart:
        """The office copy of the case."""
        return self._put(self._side, OfficePart(self._session, self._look, self._side_place))

    def show_case(self, open_case: OpenCase, lines: tuple[DateLine, ...]) -> None:
        """Show a case in the parts that stand, one a turn so that the window answers, and go on making the others."""
        self._turns.drop()
        fresh, self._open, self._lines = open_case is not self._open, open_case, lines
        if fresh:
            for part in self._made:  # nothing of the case before may stand beside this one
                part.hide()
                self._turns.add(partial(self._renew, part))
        else:
            self._turns.add(*(partial(self._fill, part) for part in self._made))
        left = self._makers()[len(self._made) :]
        self._turns.add(*(partial(self._make, maker) for maker in left))

    def show_findings(self) -> None:
        """Show new findings in the marks of the sections."""
        for part in self._made:
            if isinstance(part, PlanLink):
                self._fill(part)

    def make_all(self) -> None:
        """Make what is left at once: somebody is about to use it."""
        self._turns.finish()

    def set_wide(self, wide: bool) -> None:
        """Set the two columns beside one another, or under one another."""
        way = QBoxLayout.Direction
        self._columns.setDirection(way.LeftToRight if wide else way.TopToBottom)
        self._side_place.setMaximumWidth(_SIDE if wide else _WIDEST)
        self._side_place.setMinimumWidth(_SIDE if wide else 0)

    def _makers(self) -> tuple[Callable[[], QWidget], ...]:
        """The parts in the order in which the eye wants them; the Tab key walks them as they are laid out."""
        return (
            lambda: self.child,
            lambda: self.dates,
            lambda: self.people,
            lambda: self.contacts,
            lambda: self.papers,
            lambda: self.plan,
            lambda: self.office,
        )

    def _put(self, column: QVBoxLayout, part: _P) -> _P:
        column.insertWidget(column.count() - 1, part)
        self._made.append(part)
        return part

    def _renew(self, part: QWidget) -> None:
        self._fill(part)
        part.setVisible(not isinstance(part, OfficePart) or part.is_wanted)

    def _make(self, maker: Callable[[], QWidget]) -> None:
        self._fill(maker())

    def _fill(self, part: QWidget) -> None:
        if self._open is None or self._session.is_locked:
            return
        book: RuleBook = self._session.desk.book(self._open.case)
        match part:
            case ChildPart():
                part.show_case(self._open, book)
            case PeoplePart() | ContactsPart() | PapersPart() | OfficePart():
                part.show_case(self._open)
            case DatesPart():
                part.show_case(self._open, self._lines, book)
            case PlanLink():
                part.show_case(self._open.case, self._open.findings, book)
