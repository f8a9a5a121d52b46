"""One adviser in the register: the mark, who it is, where the answer stands, what can be done, what happened."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from send_desk.domain.advice_steps import Deed, deeds
from send_desk.domain.advice_words import advice_event_words, law_words
from send_desk.domain.case import Case
from send_desk.domain.contribution import ContributionEvent
from send_desk.domain.contribution_state import ContributionStatus
from send_desk.domain.dates import counted, in_words
from send_desk.domain.ids import State
from send_desk.domain.rulebook import RuleBook
from send_desk.gui.column_page import Listed
from send_desk.gui.contribution_words import review_words
from send_desk.gui.flow import FlowLayout
from send_desk.gui.glyphs import paint_state
from send_desk.gui.inline_form import FormPlace
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1, SPACE_2, SPACE_3
from send_desk.gui.panes import first_stop
from send_desk.gui.pieces import set_icon
from send_desk.gui.strip import SIDE
from send_desk.gui.style import text_font
from send_desk.gui.words import Paragraph, Voice, set_role

LABELS: Mapping[Deed, str] = {
    Deed.REQUEST: "Request",
    Deed.RECEIPT: "The body received it on...",
    Deed.ACKNOWLEDGE: "Acknowledged",
    Deed.CHASE: "Chase",
    Deed.ARRIVE: "Advice arrived",
    Deed.CONFIRM: "What is it?",
    Deed.REUSE: "Earlier advice is enough",
    Deed.EXCEPT: "Lawful exception",
    Deed.DECLINE: "Declined",
    Deed.NOT_USED: "Not used because...",
    Deed.ADVISER: "Who advises",
    Deed.NOTICE: "Notice given",
    Deed.ATTENDANCE: "At the meeting",
}
_AGAIN = frozenset({State.NOT_KNOWN, State.ADMINISTRATIVE_ONLY, State.DECLINED})
_PRESSING = frozenset({State.NOT_REQUESTED, State.OVERDUE, State.RECEIVED, *_AGAIN})
_CALM = {State.CONTRIBUTES: 0, State.NO_RELEVANT_NEEDS: 0, State.REUSED: 0, State.NOT_DUE: 0}


class StateMark(QWidget):
    """The mark of a state as the strip paints it; it takes no focus, the words beside it say the same."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._state = State.NOT_DUE
        self._days: int | None = None
        self.setFixedSize(SIDE, SIDE)
        look.changed.connect(self.update)

    def show_state(self, state: State, days: int | None) -> None:
        """Show a state with its days left or late."""
        self._state, self._days = state, days
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_state(QPainter(self), QRectF(self.rect()), self._state, self._look.tokens, days=self._days)


class ContributionLine(QWidget):
    """One line of the register. `chosen` is sent with the deed; its owner opens the form in `place`."""

    chosen = Signal(object)
    history_wanted = Signal()
    taken_back = Signal(str)

    def __init__(self, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._name = look, name
        self.status: ContributionStatus | None = None
        self._offered: tuple[Deed, ...] = ()
        self._authors: Mapping[str, str] = {}
        self._mark = StateMark(look)
        self._who = Paragraph()
        self._who.setFont(text_font(bold=True))
        self._words = Paragraph()
        self._steps = Paragraph("", Voice.QUIET)
        self._steps.hide()
        self._law = Paragraph("", Voice.SMALL)
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons, gap=SPACE_2)
        self.place = FormPlace()
        self._past = self._past_button()
        self._events: Listed[ContributionEvent, _Event] | None = None
        self._text = QVBoxLayout()
        self._text.setSpacing(SPACE_1)
        for widget in (self._who, self._words, self._steps, self._law, self._buttons, self.place):
            self._text.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, SPACE_2, 0, SPACE_2)
        row.setSpacing(SPACE_3)
        mark = QVBoxLayout()
        mark.addWidget(self._mark)
        mark.addStretch(1)
        row.addLayout(mark)
        row.addLayout(self._text, 1)

    def show_status(self, status: ContributionStatus, case: Case, book: RuleBook) -> None:
        """Show where the adviser stands."""
        self.status = status
        self._mark.show_state(status.state, status.days_late if status.days_late is not None else status.days_left)
        self._who.say(status.adviser_words or "Nobody named yet")
        self._words.say(_sentence(status, case))
        loud = status.state in (State.OVERDUE, State.DECLINED)
        set_role(self._words, (Voice.LATE if loud else Voice.BODY).value)
        self._steps.say(review_words(status))
        self._steps.setVisible(bool(status.cycle))
        self._law.say(_law(status, book))
        offered = deeds(status)
        if offered != self._offered:
            self._offered = offered
            self._lay_buttons(status)
        count = len(status.contribution.events) if status.contribution else 0
        self._past.setVisible(count > 0)
        self._past.setText(f"What happened ({count})")
        self._past.setAccessibleName(f"What happened, {counted(count, 'event')}: {status.adviser_words}")
        self._show_events()

    def show_authors(self, authors: Mapping[str, str]) -> None:
        """Show who recorded each event, by its id."""
        if isValid(self):
            self._authors = authors
            self._show_events()

    def begin(self) -> None:
        """Bring the keyboard to the first thing that can be done."""
        first = first_stop(self._buttons)
        if first is not None:
            first.setFocus()

    def _lay_buttons(self, status: ContributionStatus) -> None:
        focused = self._buttons.focusWidget()
        while (item := self._flow.takeAt(0)) is not None:
            if (gone := item.widget()) is not None and gone is not self._past:
                gone.hide()
                gone.deleteLater()
        shown = _CALM.get(status.state, 2)  # an answer that stands needs no button, only the menu
        for place, deed in enumerate(self._offered[:shown]):
            button = QPushButton(_label(deed, status))
            button.setObjectName(f"{self._name}.{deed}")
            button.setAccessibleName(f"{_label(deed, status)}: {status.adviser_words}")
            button.setAutoDefault(False)
            if place == 0 and status.state in _PRESSING:
                button.setProperty("role", "main")
            button.clicked.connect(partial(self.chosen.emit, deed))
            self._flow.addWidget(button)
        rest = self._offered[shown:]
        if rest:
            self._flow.addWidget(self._more(rest, status))
        self._flow.addWidget(self._past)
        if focused is not None and self.isVisible():
            self.begin()

    def _more(self, rest: tuple[Deed, ...], status: ContributionStatus) -> QToolButton:
        more = QToolButton()
        more.setText("Record..." if rest == self._offered else "More...")
        more.setObjectName(f"{self._name}.more")
        more.setAccessibleName(f"More that can be recorded: {status.adviser_words}")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        menu.setObjectName(f"{self._name}.menu")
        for deed in rest:
            action = menu.addAction(_label(deed, status))
            action.setObjectName(f"{self._name}.{deed}")
            action.triggered.connect(partial(self.chosen.emit, deed))
        more.setMenu(menu)
        return more

    def _past_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"{self._name}.events")
        button.setProperty("role", "fold")
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        set_icon(button, self._look, "clock-counter-clockwise")
        button.toggled.connect(self._unfold)
        return button

    def _unfold(self, opened: bool) -> None:
        self._past.setAccessibleDescription("open" if opened else "closed")
        if opened and self._events is None:
            self._events = Listed(lambda event: event.id, self._make_event, self._fill_event, gap=SPACE_1)
            self._text.addWidget(self._events)
        self._show_events()
        if opened:
            self.history_wanted.emit()

    def _show_events(self) -> None:
        if self._events is None:
            return
        line = self.status.contribution if self.status else None
        self._events.show_items(tuple(reversed(line.events)) if line and self._past.isChecked() else ())

    def _make_event(self, event: ContributionEvent) -> _Event:
        line = self.status.contribution if self.status else None
        number = [one.id for one in line.events].index(event.id) + 1 if line else 0
        row = _Event(name=f"{self._name}.event.{number}")
        row.taken_back.connect(partial(self.taken_back.emit, event.id))
        return row

    def _fill_event(self, row: _Event, event: ContributionEvent) -> None:
        row.show_event(event, self._authors.get(event.id, ""))


class _Event(QWidget):
    """One dated event, with who recorded it, and a way to take it back."""

    taken_back = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Paragraph()
        self._author = Paragraph("", Voice.SMALL)
        self._back = QPushButton("Take back")
        self._back.setObjectName(f"{name}.take_back")
        self._back.setProperty("role", "link")
        self._back.setAutoDefault(False)
        self._back.clicked.connect(self.taken_back)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._words)
        words.addWidget(self._author)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(words, 1)
        row.addWidget(self._back)

    def show_event(self, event: ContributionEvent, author: str) -> None:
        """Show an event."""
        day = in_words(event.on) if event.on else "day not recorded"
        who = ", ".join(part for part in (event.by, event.role) if part)
        said = "; ".join(part for part in (who, event.note) if part)
        self._words.say(f"{day}: {advice_event_words(event)}{f' ({said})' if said else ''}")
        self._author.say(author)
        self._author.setVisible(bool(author))
        self._back.setAccessibleName(f"Take back: {advice_event_words(event)}, {day}")
        self._back.setToolTip("Recorded in error? It leaves the register; the history keeps it.")


def _label(deed: Deed, status: ContributionStatus) -> str:
    if status.cycle and deed is Deed.REQUEST:
        return "Invite again" if status.state in _AGAIN else "Invite"
    return "Ask again" if deed is Deed.REQUEST and status.state in _AGAIN else LABELS[deed]


def _sentence(status: ContributionStatus, case: Case) -> str:
    words = status.words[:1].upper() + status.words[1:]
    line = status.contribution
    papers = {one.id: one.title or one.name for one in case.documents}
    if line is not None and line.document in papers:
        words += f". Paper: {papers[line.document]}"
    if line is not None and line.not_used_because:
        words += f". Not used because: {line.not_used_because.rstrip('.')}"
    return f"{words}."


def _law(status: ContributionStatus, book: RuleBook) -> str:
    giver = status.giver
    if giver is None:
        return ""
    verb = "invited" if status.cycle else "asked"
    asked = f"To be {verb}" if status.state is State.NOT_REQUESTED else verb.capitalize()
    parts = [f"{asked} under {law_words(giver.citation, giver.confirmed)}."]
    if status.due is not None and giver.clock and status.cycle:
        limit = book.limit(giver.clock)
        parts.append(f"To go round by {law_words(limit.citation, limit.confirmed)}, counted back from the meeting.")
    elif status.due is not None and giver.clock:
        limit = book.limit(giver.clock)
        start = (
            f"from {in_words(status.body_received)}, when the body received it"
            if status.body_received
            else "from the day of the request, as the day of receipt is not recorded"
        )
        parts.append(f"Due by {law_words(limit.citation, limit.confirmed)}, {start}.")
    return " ".join(parts)
