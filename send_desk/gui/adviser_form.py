"""The form that puts another adviser on the register: somebody the authority or the family wants asked."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from send_desk.domain.ids import Cell
from send_desk.domain.person import Adviser
from send_desk.domain.register import CELL_TITLES
from send_desk.gui.adviser_field import AdviserField
from send_desk.gui.choices import Choice
from send_desk.gui.inline_form import InlineForm
from send_desk.gui.look import Look
from send_desk.gui.open_case import Work
from send_desk.gui.pieces import Field
from send_desk.gui.session import Session
from send_desk.services import advice
from send_desk.services.desk import Desk
from send_desk.services.ports import CaseFile

_WANTED = {"f": "The authority thinks it appropriate (reg 6(1)(f))", "h": "The family asks for it (reg 6(1)(h))"}


class AdviserForm(InlineForm):
    """Which cell, who, and at whose wish."""

    def __init__(
        self, session: Session, look: Look, *, name: str, cycle: str = "", parent: QWidget | None = None
    ) -> None:
        title = "Invite somebody else to the review" if cycle else "Add an adviser"
        super().__init__(look, title, name=name, main="Add", parent=parent)
        self._cycle = cycle
        self._cell = Choice({cell: CELL_TITLES[cell] for cell in reversed(Cell)}, name=f"{name}.cell", says="Group")
        self._wish = Choice(_WANTED, name=f"{name}.wish", says="Why")
        self._wish.setMinimumContentsLength(20)
        self.side_by_side(Field("Group", self._cell, name=f"{name}.cell"))
        self._why = Field("At whose wish", self._wish, name=f"{name}.wish")
        self.body.addWidget(self._why)
        self._adviser = AdviserField(session, Cell.OTHERS, Adviser(), name=name)
        self.body.addWidget(self._adviser)
        self._cell.currentIndexChanged.connect(self._follow)
        self._follow()

    def work(self) -> Work | None:
        """Return what adds the line; where nobody is named, say so and return None."""
        adviser, cell = self._adviser.adviser, self._cell.value
        if not any((adviser.name, adviser.role, adviser.service)):
            self.complain("Give a name, a role or a service.", self._adviser.named.editor)
            return None
        cycle = self._cycle
        letter = self._wish.value if cell is Cell.OTHERS and not cycle else ""

        def work(desk: Desk, file: CaseFile) -> CaseFile:
            return advice.add_line(desk, file, cell, adviser, letter=letter, cycle=cycle)[0]

        return work

    def _follow(self) -> None:
        self._why.setHidden(bool(self._cycle) or self._cell.value is not Cell.OTHERS)
