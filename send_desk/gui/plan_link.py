"""The way into the plan from the front page: how far each section is, and one large link."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from send_desk.domain.case import Case
from send_desk.domain.finding import Finding
from send_desk.domain.ids import Section, Version
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.section_state import SectionState, section_state
from send_desk.gui.column_page import PagePart
from send_desk.gui.flow import FlowLayout
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1
from send_desk.gui.pieces import set_icon

_MARK = 60  # as wide for A as for H1, so that they stand in columns
_MARKS = {
    SectionState.EMPTY: ("minus", "empty"),
    SectionState.IN_WORK: ("pencil-simple", "in work"),
    SectionState.READY: ("check", "ready"),
    SectionState.HELD: ("warning-circle", "held by a finding"),
}


class PlanLink(PagePart):
    """The plan on the front page; `opened` is sent with a section, or with nothing for the plan as a whole."""

    opened = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Plan", parent=parent)
        self._look = look
        plan = QPushButton("Open the plan")
        plan.setObjectName("front.plan")
        plan.setAccessibleName("Open the plan")
        plan.setAutoDefault(False)
        set_icon(plan, look, "note-pencil")
        plan.clicked.connect(partial(self.opened.emit, ""))
        self.add_beside(plan)
        marks = QWidget()
        flow = FlowLayout(marks, gap=SPACE_1)
        self._marks = {section: self._mark(section) for section in Section}
        for button in self._marks.values():
            flow.addWidget(button)
        self.body.addWidget(marks)
        self._states: dict[Section, SectionState] = {}
        look.changed.connect(self._draw)

    def show_case(self, case: Case, findings: tuple[Finding, ...], book: RuleBook) -> None:
        """Show how far each section is."""
        self._states = {section: section_state(case, section, findings) for section in Section}
        counts = {state: sum(one is state for one in self._states.values()) for state in SectionState}
        parts = [f"{count} {_MARKS[state][1]}" for state, count in counts.items() if count]
        self.say(f"{'Final' if case.version is Version.FINAL else 'Draft'}. Sections: {', '.join(parts)}.")
        for section, button in self._marks.items():
            words = f"Section {section}, {book.section(section).title}: {_MARKS[self._states[section]][1]}"
            button.setAccessibleName(words)
            button.setToolTip(words)
        self._draw()

    def _mark(self, section: Section) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"front.plan.{section}")
        button.setText(section.value)
        button.setToolButtonStyle(button.toolButtonStyle().ToolButtonTextBesideIcon)
        button.setProperty("role", "bare")
        button.setMinimumWidth(_MARK)
        button.clicked.connect(partial(self.opened.emit, section.value))
        return button

    def _draw(self) -> None:
        tokens = self._look.tokens
        colours = {
            SectionState.EMPTY: tokens.quiet,
            SectionState.IN_WORK: tokens.waiting,
            SectionState.READY: tokens.answered,
            SectionState.HELD: tokens.late,
        }
        for section, state in self._states.items():
            self._marks[section].setIcon(self._look.icon(_MARKS[state][0], colour=colours[state]))
