"""Which register the page shows: the assessment's or a review's, and what is done for all of a review at once."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from send_desk.domain.case import Case
from send_desk.domain.contribution_state import ContributionStatus
from send_desk.domain.cycle import cycle_in_force, cycles, meeting_of, review_without_register
from send_desk.domain.dates import in_words
from send_desk.domain.ids import State
from send_desk.gui.choices import Choice
from send_desk.gui.date_field import DateField
from send_desk.gui.flow import FlowLayout
from send_desk.gui.inline_form import InlineForm, field_words
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2
from send_desk.gui.open_case import Work
from send_desk.gui.session import Session
from send_desk.gui.words import Paragraph, Voice
from send_desk.services import advice


class ReviewBar(QWidget):
    """The choice of register, hidden while there is only one; `chosen` is sent with the cycle, `inviting` when all of a
    review are to be invited, `begun` with the notice of a review that has no register yet.
    """

    chosen = Signal(str)
    inviting = Signal()
    begun = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: tuple[tuple[str, str], ...] = ()
        self._choice: Choice[str] | None = None
        self._notice = ""
        self._invite = self._button("register.invite_all", "Record the invitations...")
        self._invite.clicked.connect(self.inviting)
        self._begin = self._button("register.begin_review", "Begin the register of the review")
        self._begin.clicked.connect(lambda: self.begun.emit(self._notice))
        self._words = Paragraph("", Voice.QUIET)
        self._row = QWidget()
        self._flow = FlowLayout(self._row, gap=SPACE_2)
        self._flow.addWidget(self._invite)
        self._flow.addWidget(self._begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self._row)
        column.addWidget(self._words)
        self.hide()

    def show_cycle(self, case: Case, cycle: str, statuses: tuple[ContributionStatus, ...]) -> None:
        """Show which register stands below, and what can be done with it."""
        offered = tuple((one.id, one.title) for one in cycles(case))
        if offered != self._offered:
            self._offered = offered
            self._lay_choice(dict(offered))
        if self._choice is not None:
            with QSignalBlocker(self._choice):
                self._choice.choose(cycle)
        waiting = review_without_register(case)
        self._notice = waiting.id if waiting is not None else ""
        uninvited = bool(cycle) and any(one.state is State.NOT_REQUESTED for one in statuses)
        self._invite.setHidden(not uninvited)
        self._begin.setHidden(waiting is None)
        said = _said(case, cycle)
        if waiting is not None and waiting.on is not None:
            said = (
                f"Notice of a review was recorded on {in_words(waiting.on)}. It has no register yet, so the one below "
                "still speaks."
            )
        self._words.say(said)
        self._words.setHidden(not said)
        self.setVisible(len(offered) > 1 or waiting is not None)

    def _lay_choice(self, offered: dict[str, str]) -> None:
        if self._choice is not None:
            self._flow.removeWidget(self._choice)
            self._choice.hide()
            self._choice.deleteLater()
        self._choice = Choice(offered, name="register.cycle", says="Which register", parent=self._row)
        self._choice.activated.connect(self._tell)
        for button in (self._invite, self._begin):
            self._flow.removeWidget(button)
        for widget in (self._choice, self._invite, self._begin):
            self._flow.addWidget(widget)

    def _tell(self) -> None:
        if self._choice is not None:
            self.chosen.emit(self._choice.value)

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAccessibleName(words.rstrip("."))
        button.setAutoDefault(False)
        return button


class InviteForm(InlineForm):
    """The day on which everybody who must be invited to a review was invited, and given notice of its meeting."""

    def __init__(self, session: Session, look: Look, cycle: str, on: date, *, name: str) -> None:
        super().__init__(look, "Everybody was invited, and given notice of the meeting", name=name)
        self._cycle = cycle

        def today() -> date:
            return session.desk.today

        self._on = DateField(look, "Day of the invitations", name=f"{name}.on", today=today, latest=today)
        self._on.set_day(min(on, session.desk.today))
        self.side_by_side(self._on)
        self._note = self.text("Note", "note", hint="How they were invited, and what was asked for.")
        self.say("Recorded for everybody who was not invited yet; each line can be mended on its own.")

    def work(self) -> Work | None:
        """Return what records it; where the day lacks, say so and return None."""
        day = self._on.day
        if day is None or self._on.is_wrong:
            self.complain("Please give the day.", self._on)
            return None
        note, cycle = field_words(self._note), self._cycle
        return lambda desk, file: advice.invite_all(desk, file, cycle, day, note=note)


def _said(case: Case, cycle: str) -> str:
    meeting = meeting_of(case, cycle) if cycle else None
    said = f"The meeting: {in_words(meeting)}." if meeting else ""
    if cycle and not meeting:
        said = "The day of the meeting is not recorded; advice must go round two weeks before it (reg 20(4))."
    if cycle != cycle_in_force(case):
        said = f"{said} An earlier register: the strip, the findings and the printed notices no longer rest on it."
    return said.strip()
