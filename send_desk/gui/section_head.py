"""The head of a section: its name, what must be in it by the law, and what the advisers beside it have answered."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from send_desk.domain.advice_words import CONFIRMED_WORDS
from send_desk.domain.contribution_state import ContributionStatus
from send_desk.domain.dates import in_words
from send_desk.domain.ids import Section
from send_desk.domain.rulebook import SectionLaw
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1, SPACE_2, SPACE_4
from send_desk.gui.pieces import Fold
from send_desk.gui.plan_view import PlanView, adviser_line
from send_desk.gui.rows import Row
from send_desk.gui.words import Line, Paragraph, Voice

_STRENGTH = {"must": "Must", "should": "Should", "may": "May"}


class SectionHead(QWidget):
    """Heading, the fold "What must be here", and a line for each adviser; a line opens the register."""

    opened = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._law: SectionLaw | None = None
        self._shown: tuple[ContributionStatus, ...] = ()
        self._case = ""
        self._heading = Line("", Voice.TITLE)
        self._heading.setWordWrap(True)
        self._fold = Fold(look, "What must be here", name="case.guidance")
        self._guidance = Paragraph("", Voice.QUIET)
        self._fold.add(self._guidance)
        self._answers = QVBoxLayout()
        self._answers.setSpacing(0)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_2)
        self._column.setSpacing(SPACE_1)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._fold)
        self._column.addLayout(self._answers)

    def show_section(self, view: PlanView, section: Section) -> None:
        """Show the head of a section; nothing is made anew where nothing differs."""
        law, statuses = view.law(section), view.beside(section)
        if law is not self._law:
            self._law = law
            self._heading.setText(f"{law.letter}  {law.title}")
            self._heading.setAccessibleName(law.heading)
            self._guidance.say(_guidance(law))
            self._fold.set_open(False)
            self._shown, self._case = (), ""
            self._fill(())
        if statuses != self._shown or view.case.id != self._case:
            self._shown, self._case = statuses, view.case.id
            self._fill(statuses)

    def _fill(self, statuses: tuple[ContributionStatus, ...]) -> None:
        while (item := self._answers.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for at, status in enumerate(statuses):
            row = Row(self._look, name=f"case.beside.{status.cell}.{at + 1}")
            law = status.giver.citation if status.giver else ""
            row.say(adviser_line(status), f"{_capital(status.words)}. {law}", mark=status.state)
            row.clicked.connect(partial(self._open, status))
            self._answers.addWidget(row)

    def _open(self, status: ContributionStatus, _: bool = False) -> None:
        self.opened.emit(f"register/{self._case}/{status.cell}")


def _guidance(law: SectionLaw) -> str:
    lines = [f"{law.citation}; law checked to {in_words(law.checked_to)}."]
    lines += [
        f"{_STRENGTH[hold.strength]}: {hold.text} {hold.citation} ({CONFIRMED_WORDS[hold.confirmed]})."
        for hold in law.holds
    ]
    return "\n".join(lines)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
