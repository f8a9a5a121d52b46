"""The findings of a plan beside its words: what is wrong, by which law, how to mend it, and how to set it aside."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from send_desk.domain.advice_words import CONFIRMED_WORDS
from send_desk.domain.dates import in_words
from send_desk.domain.finding import Finding
from send_desk.domain.ids import Section
from send_desk.gui.findings_list import FindingsList
from send_desk.gui.findings_order import WEIGHT_WORDS, grouped, place_words
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_3
from send_desk.gui.open_case import OpenCase
from send_desk.gui.pieces import Field, Rule
from send_desk.gui.plan_view import PlanView
from send_desk.gui.words import Paragraph, Voice
from send_desk.services import casework


class FindingsPanel(QWidget):
    """The list, and under it all that is known of the chosen finding. `wanted` is sent with the finding to go to."""

    wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case: OpenCase | None = None
        self._view: PlanView | None = None
        self._section: Section | None = None
        self._entry = ""
        self._chosen = ""
        self.list = FindingsList(look)
        self.list.selectionModel().currentChanged.connect(self._pick)
        self.list.activated.connect(self._go)
        self._none = QWidget()
        room = QVBoxLayout(self._none)
        room.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        room.addWidget(Paragraph("Nothing is found against this plan.", Voice.QUIET))
        room.addStretch(1)
        self._detail = QWidget()
        inside = QVBoxLayout(self._detail)
        inside.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_3)
        inside.setSpacing(SPACE_2)
        self._where = Paragraph("", Voice.LABEL)
        self._mend = Paragraph("")
        self._law = Paragraph("", Voice.SMALL)
        self._go_there = QPushButton("Go there")
        self._go_there.setObjectName("findings.go")
        self._go_there.setToolTip("F8 goes to the next finding")
        self._go_there.clicked.connect(self._go)
        self._reason = QLineEdit()
        self._reason.setPlaceholderText("why it is not an issue here")
        self._why = Field("Not an issue here because", self._reason, name="findings.reason")
        self._aside = QPushButton("Set aside")
        self._aside.setObjectName("findings.dismiss")
        self._aside.clicked.connect(self._dismiss)
        self._reason.returnPressed.connect(self._dismiss)
        self._back = QPushButton("Let it speak again")
        self._back.setObjectName("findings.undismiss")
        self._back.clicked.connect(self._undismiss)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_2)
        for button in (self._go_there, self._aside, self._back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for part in (self._where, self._mend, self._law, self._why):
            inside.addWidget(part)
        inside.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._none)
        column.addWidget(self.list, 1)
        column.addWidget(Rule())
        column.addWidget(self._detail)
        self._show_detail()

    @property
    def chosen(self) -> str:
        """The id of the chosen finding, empty for none."""
        return self._chosen

    def show_case(self, case: OpenCase | None, view: PlanView | None) -> None:
        """Show the findings of a case, or nothing."""
        self._case = case
        self._chosen = ""
        self._entry = ""
        if view is not None:
            self.take(view)

    def clear(self) -> None:
        """Show nothing of any case."""
        self._view = None
        self._section = None
        self.list.lines.clear()
        self._reason.clear()
        self._show_detail()

    def take(self, view: PlanView) -> None:
        """Show the findings of a newer snapshot; the chosen one stays chosen."""
        self._view = view
        items = tuple(grouped(view, self._section, self._entry))
        self.list.lines.show_items(view, items)
        self.list.setVisible(bool(items))
        self._none.setVisible(not items)
        self._keep_choice()

    def show_place(self, section: Section, entry: str) -> None:
        """Put first what is found where the cursor is."""
        if (section, entry) == (self._section, self._entry):
            return
        self._section, self._entry = section, entry
        if self._view is not None:
            self.take(self._view)

    def choose(self, finding: str) -> None:
        """Choose a finding by its id, as F8 does."""
        self._chosen = finding
        self._keep_choice()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _keep_choice(self) -> None:
        wanted = self._chosen
        self.list.choose(wanted)
        self._chosen = wanted if self.list.chosen is not None else ""
        self._show_detail()

    def _pick(self, current: QModelIndex, _: QModelIndex) -> None:
        chosen = self.list.chosen
        if chosen is not None and chosen.id != self._chosen:
            self._chosen = chosen.id
            self._reason.clear()
        self._show_detail()

    def _show_detail(self) -> None:
        finding, view = self.list.chosen, self._view
        self._detail.setVisible(finding is not None)
        if finding is None or view is None:
            return
        aside = finding.dismissed is not None
        self._where.say(f"{place_words(view, finding)}: {WEIGHT_WORDS[finding.severity].lower()}")
        mend = f"{finding.reason} {finding.mend or ''}".strip() if finding.mend else finding.reason
        self._mend.say(finding.mend or mend)
        self._law.say(_law_words(finding, view))
        self._why.setVisible(not aside)
        self._aside.setVisible(not aside)
        self._back.setVisible(aside)

    def _go(self) -> None:
        finding = self.list.chosen
        if finding is not None:
            self.wanted.emit(finding)

    def _dismiss(self) -> None:
        finding, reason = self.list.chosen, self._reason.text().strip()
        if finding is None or self._case is None:
            return
        if not reason:
            self._why.set_hint("Please say in a few words why.", wrong=True)
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._why.set_hint("")
        self._reason.clear()
        self._case.do(lambda desk, file: casework.dismiss(desk, file, finding, reason))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _undismiss(self) -> None:
        finding = self.list.chosen
        if finding is None or self._case is None:
            return
        self._case.do(lambda desk, file: casework.undismiss(desk, file, finding.id))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)


def _law_words(finding: Finding, view: PlanView) -> str:
    """The law behind a finding, how well it is confirmed, and to which day the rule book was checked."""
    confirmed = finding.law.confirmed
    how = next((words for known, words in CONFIRMED_WORDS.items() if known == confirmed), confirmed)
    quote = f"It rests on the words “{finding.quote}”. " if finding.quote else ""
    checked = in_words(view.book.checked_to)
    return f"{quote}{finding.law.citation} ({how}). Law checked to {checked}. Check {finding.check}."
