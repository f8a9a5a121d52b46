"""What is next: the one or two lawful steps, each with its reason, its date and its buttons."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from send_desk.domain.dates import counted, in_words
from send_desk.domain.deadlines import DateLine
from send_desk.domain.ids import EventKind
from send_desk.domain.next_steps import Door, Step
from send_desk.gui.column_page import Listed, PagePart
from send_desk.gui.flow import FlowLayout
from send_desk.gui.metrics import SPACE_1, SPACE_2, SPACE_4
from send_desk.gui.panes import first_stop
from send_desk.gui.style import text_font
from send_desk.gui.words import Paragraph, Voice, set_role

_DOORS: Mapping[Door, str] = {
    Door.REGISTER: "Open the contributions",
    Door.PLAN: "Open the plan",
    Door.FINAL: "Make the plan final...",
}
_KINDS: Mapping[EventKind, str] = {
    EventKind.REQUEST_RECEIVED: "The request was received",
    EventKind.DECISION_ASSESS: "We will assess",
    EventKind.DECISION_NOT_ASSESS: "We will not assess",
    EventKind.DECISION_PLAN: "There will be a plan",
    EventKind.DECISION_NO_PLAN: "There will be no plan",
    EventKind.DRAFT_SERVED: "The draft was sent",
    EventKind.REPRESENTATION: "The family answered",
    EventKind.FINAL_SENT: "The final plan was sent",
    EventKind.REVIEW_NOTICE: "Notice was given",
    EventKind.REVIEW_HELD: "The meeting was held",
    EventKind.REVIEW_REPORT: "The report was sent",
    EventKind.REVIEW_DECISION: "The decision was made",
}


class NextPart(PagePart):
    """The steps; `chosen` is sent with a step and the event that was chosen for it, or None."""

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What is next", parent=parent)
        self._steps: Listed[tuple[int, Step], _StepView] = Listed(
            lambda one: str(one[0]), self._make, lambda view, one: view.show_step(one[1], main=one[0] == 0), gap=SPACE_4
        )
        self.body.addWidget(self._steps)

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Show these steps."""
        self.say("" if steps else "Nothing has to be done now. The dates below say what comes, and when.")
        self._steps.show_items(list(enumerate(steps)))

    def focus(self) -> None:
        """Bring the keyboard to the first thing to do."""
        goal = first_stop(self._steps)
        if goal is not None:
            goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_across(self, across: bool) -> None:
        """Set the steps beside one another where there is room."""
        self._steps.set_across(across)

    def _make(self, one: tuple[int, Step]) -> _StepView:
        view = _StepView(one[0] + 1)
        view.chosen.connect(self.chosen)
        return view


class _StepView(QWidget):
    chosen = Signal(object, object)

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._shown: tuple[Step, bool] | None = None
        self._title = Paragraph()
        self._title.setFont(text_font(bold=True))
        self._why = Paragraph()
        self._when = Paragraph("", Voice.SMALL)
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons, gap=SPACE_2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        for widget in (self._title, self._why, self._when):
            column.addWidget(widget)
        column.addSpacing(SPACE_1)
        column.addWidget(self._buttons)
        column.addStretch(1)

    def show_step(self, step: Step, *, main: bool) -> None:
        """Show a step; the buttons of the first are the main ones of the page."""
        if self._shown == (step, main):
            return
        before, self._shown = self._shown, (step, main)
        self._title.say(step.title)
        self._why.say(step.why)
        self._why.setVisible(bool(step.why))
        self._when.say(when_words(step.line))
        self._when.setVisible(step.line is not None)
        set_role(self._when, (Voice.LATE if step.line and step.line.late_days else Voice.SMALL).value)
        if before is None or before[0].kinds != step.kinds or before[0].door is not step.door or before[1] != main:
            self._lay(step, main=main)

    def _lay(self, step: Step, *, main: bool) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        offered: list[EventKind | None] = list(step.kinds) or [None]
        for place, kind in enumerate(offered):
            words = _DOORS[step.door] if kind is None else _KINDS.get(kind, "Record what happened...")
            button = QPushButton(words)
            button.setObjectName(f"front.next.{self._number}.{kind or step.door}")
            button.setAccessibleName(f"{words}: {step.title}")
            button.setAutoDefault(False)
            if main and place == 0:
                button.setProperty("role", "main")
            button.clicked.connect(partial(self._choose, kind))
            self._flow.addWidget(button)

    def _choose(self, kind: EventKind | None, _: bool = False) -> None:
        if self._shown is not None:
            self.chosen.emit(self._shown[0], kind)


def when_words(line: DateLine | None) -> str:
    """Return the date of a step with its law: "By 16 February 2026, act by ..., SEND Regulations 2014 reg 5(1)"."""
    if line is None or line.due is None:
        return ""
    parts = [f"By {in_words(line.due)}"]
    if line.late_days:
        parts.append(f"{counted(line.late_days, 'day')} late")
    elif line.act_by is not None and line.act_by != line.due:
        parts.append(f"act by {in_words(line.act_by)}")
    if line.exemption is not None:
        parts.append("an exemption is recorded")
    return ", ".join((*parts, line.citation))
