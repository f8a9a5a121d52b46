"""What a paper is: title, author, role, day, group; saved as they are typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from send_desk.domain.case import Document
from send_desk.domain.ids import Cell
from send_desk.domain.register import CELL_TITLES
from send_desk.gui.choices import Choice
from send_desk.gui.date_field import DateField
from send_desk.gui.flow import FlowLayout
from send_desk.gui.inline_form import HALF
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_3
from send_desk.gui.open_case import OpenCase
from send_desk.gui.pieces import Field
from send_desk.gui.session import Session

_LINES = {"title": "Title", "author": "Author", "role": "The author's role"}


class PaperFacts(QWidget):
    """The fields of one paper; `opened` leads to the group's place in the register."""

    opened = Signal(str)

    def __init__(
        self, session: Session, look: Look, open_case: OpenCase, paper: Document, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._open, self._id = open_case, paper.id
        holder = QWidget()
        flow = FlowLayout(holder, gap=SPACE_3, top=True)
        for name, label in _LINES.items():
            editor = QLineEdit(str(getattr(paper, name)))
            editor.textEdited.connect(partial(self._typed, name))
            editor.editingFinished.connect(self._keep)
            flow.addWidget(_half(Field(label, editor, name=f"paper.{name}")))
        self._dated = DateField(look, "Dated", name="paper.dated", today=lambda: session.desk.today)
        self._dated.set_day(paper.dated)
        self._dated.changed.connect(self._day_changed)
        self._dated.left.connect(self._keep)
        self._dated.setFixedWidth(HALF)
        flow.addWidget(self._dated)
        cells = {"": "No group", **{cell.value: CELL_TITLES[cell] for cell in Cell}}
        self._cell: Choice[str] = Choice(cells, name="paper.cell", says="Group of advice it belongs to")
        self._cell.choose(paper.cell)
        self._cell.activated.connect(self._cell_chosen)
        flow.addWidget(_half(Field("Group of advice", self._cell, name="paper.cell")))
        self._register = QPushButton("Record it as an answer, in the contributions")
        self._register.setObjectName("paper.register")
        self._register.setProperty("role", "link")
        self._register.setAutoDefault(False)
        self._register.clicked.connect(self._to_register)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(holder)
        column.addWidget(self._register)
        self._follow()

    def _typed(self, name: str, words: str) -> None:
        self._open.type(self._id, name, words)

    def _day_changed(self) -> None:
        if not self._dated.is_wrong:
            day = self._dated.day
            self._open.type(self._id, "dated", day.isoformat() if day else None)

    def _cell_chosen(self, _: int) -> None:
        self._open.type(self._id, "cell", self._cell.value)
        self._keep()
        self._follow()

    def _keep(self) -> None:
        self._open.leave(self._id)

    def _follow(self) -> None:
        self._register.setVisible(bool(self._cell.value))

    def _to_register(self) -> None:
        self.opened.emit(f"register/{self._open.case.id}/{self._cell.value}")


def _half(field: Field) -> Field:
    field.setFixedWidth(HALF)
    return field
