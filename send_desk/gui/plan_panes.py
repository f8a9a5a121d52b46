"""The writing view of the plan page: the head, the sections, the words of one, and what helps beside them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from send_desk.domain.ids import Section
from send_desk.gui.beside_panel import BesidePanel
from send_desk.gui.look import Look
from send_desk.gui.open_case import OpenCase
from send_desk.gui.panes import Pane, PaneSwitch
from send_desk.gui.pieces import Kind, Message, Rule
from send_desk.gui.plan_head import PlanHead
from send_desk.gui.plan_view import PlanView
from send_desk.gui.section_editor import SectionEditor
from send_desk.gui.section_list import SectionDropDown, SectionList
from send_desk.gui.session import Session


class PlanPanes(QWidget):
    """Shows one snapshot everywhere; what stands beside the words comes a moment after them."""

    section_wanted = Signal(object)
    """Sent with the `Section` that was chosen in the list or the drop-down."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._case: OpenCase | None = None
        self.head = PlanHead(look, self)
        self._message = Message(look, name="plan.message", parent=self)
        self._list = SectionList(look, self)
        self._drop_down = SectionDropDown(look, self)
        self.editor = SectionEditor(look, self)
        self.beside = BesidePanel(session, look, self)
        self._switch = PaneSwitch(
            (
                Pane("sections", "Sections", self._list, 216),
                Pane("words", "Words", self.editor, 620, stretch=1),
                Pane("beside", "Findings", self.beside, 340),
            ),
            compact=self._drop_down,
            parent=self,
        )
        self._switch.narrowed.connect(self.head.set_narrow)
        self._switch.narrowed.connect(self.editor.set_narrow)
        for sections in (self._list, self._drop_down):
            sections.opened.connect(self.section_wanted)
        self.editor.trimmed.connect(self._say_trimmed)
        session.office.changed.connect(self._show_office)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(Rule(self))
        column.addWidget(self._message)
        column.addWidget(self._switch, 1)

    def show_case(self, case: OpenCase, view: PlanView) -> None:
        """Show a case everywhere but in the words, which `editor` shows section by section."""
        self._case = case
        self.head.take(view)
        self._show_office()
        self._show_marks(view)
        self.beside.show_case(case, view)

    def take(self, view: PlanView) -> None:
        """Take a newer snapshot."""
        self.head.take(view)
        self.editor.take(view)
        self._show_marks(view)
        self.beside.take(view)

    def take_words(self, view: PlanView) -> None:
        """Take a snapshot in which only words differ."""
        self.editor.take_words(view)
        self._show_marks(view)
        self.beside.take(view)

    def take_findings(self, view: PlanView) -> None:
        """Take a snapshot in which only the findings differ."""
        self._show_marks(view)
        self.beside.take_findings(view)

    def clear(self) -> None:
        """Forget the case that was shown."""
        self._case = None
        self.editor.clear()
        self.beside.clear_case()
        self.head.clear()
        self._message.hide()

    def mark(self, section: Section) -> None:
        """Show which section stands in the centre."""
        self._list.choose(section)
        self._drop_down.choose(section)

    def show_words(self) -> None:
        """Bring the words forward where one pane shows at a time; the keyboard stays where it is."""
        if self._switch.narrow:
            self._switch.show_pane("words", focus=False)

    def show_findings(self) -> None:
        """Bring the findings forward; the keyboard stays where it is."""
        self._switch.show_pane("beside", focus=False)

    def _show_office(self) -> None:
        if self._case is not None:
            self.head.show_office(self._session.office.of_case(self._case.case.id))

    def _show_marks(self, view: PlanView) -> None:
        self._list.show_view(view)
        self._drop_down.show_view(view)

    def _say_trimmed(self, words: str) -> None:
        self._message.say(words, kind=Kind.WARN)
