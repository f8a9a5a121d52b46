"""The page on which the caseworker writes: sections at the left, words in the centre, what helps at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from send_desk.domain.finding import Finding
from send_desk.domain.ids import Cell, Section
from send_desk.gui.beside_panel import BesidePanel
from send_desk.gui.findings_order import WEIGHT_WORDS, next_finding, place_words, walk
from send_desk.gui.look import Look
from send_desk.gui.open_case import OpenCase
from send_desk.gui.panes import Pane, PaneSwitch
from send_desk.gui.pieces import Kind, Message, Rule
from send_desk.gui.plan_head import PlanHead
from send_desk.gui.plan_keys import PlanDeeds, PlanKeys
from send_desk.gui.plan_view import PlanView, plan_view
from send_desk.gui.print_preview import PrintPreview
from send_desk.gui.section_editor import SectionEditor
from send_desk.gui.section_list import SectionDropDown, SectionList
from send_desk.gui.session import Session


class PlanPage(QWidget):
    """One plan at a time; `show_case` brings it, with a place such as "plan/<case>/F/<entry>/fields.who"."""

    opened = Signal(str)
    """Sent with a place on another page: "front/<case>", "register/<case>/health"."""
    moved = Signal(str)
    """Sent with the place of the cursor, so that a lock comes back to it."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._case: OpenCase | None = None
        self._view: PlanView | None = None
        self._entry = ""
        self._head = PlanHead(look)
        self._message = Message(look, name="plan.message")
        self._list = SectionList(look)
        self._drop_down = SectionDropDown(look)
        self._editor = SectionEditor(look)
        self._beside = BesidePanel(session, look)
        self._panes = PaneSwitch(
            (
                Pane("sections", "Sections", self._list, 216),
                Pane("words", "Words", self._editor, 620, stretch=1),
                Pane("beside", "Findings", self._beside, 340),
            ),
            compact=self._drop_down,
        )
        self._panes.narrowed.connect(self._head.set_narrow)
        self._panes.narrowed.connect(self._editor.set_narrow)
        writing = QWidget()
        column = QVBoxLayout(writing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(Rule())
        column.addWidget(self._message)
        column.addWidget(self._panes, 1)
        self._preview = PrintPreview(session, look)
        self._stack = QStackedWidget()
        self._stack.addWidget(writing)
        self._stack.addWidget(self._preview)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.keys = PlanKeys(
            self,
            PlanDeeds(
                section=self.go_to_section,
                step=self.step,
                find=self.walk_findings,
                add=self._editor.add_next,
                undo=self.undo,
                redo=self.redo,
                print=self.show_preview,
            ),
        )
        self.keys.set_on(False)
        self._connect()

    @property
    def view(self) -> PlanView | None:
        """The snapshot that is shown."""
        return self._view

    @property
    def place(self) -> str:
        """Where the cursor is, as a place."""
        if self._case is None:
            return ""
        parts = ("plan", self._case.case.id, str(self._editor.section), self._entry)
        return "/".join(part for part in parts if part)

    def show_case(self, case: OpenCase, place: str = "") -> None:
        """Show the plan of a case at a place: a section, an entry, a field; else where it was left, or section A."""
        kind, _, rest = place.partition("/")
        parts = rest.split("/")[1:]
        came = case is not self._case
        if came:
            self.clear()
            self._case = case
            case.changed.connect(self._changed)
            case.worded.connect(self._worded)
            case.checked.connect(self._checked)
            self._view = self._computed(case)
            self._show_all(Section.A)
        self._stack.setCurrentIndex(0)
        if kind == "record" and parts:
            self._go(parts[0])
        elif parts and parts[0] in set(Section):
            self.go_to_section(Section(parts[0]))
            if len(parts) > 1:
                self._go(parts[1], parts[2] if len(parts) > 2 else "")
        elif came:
            self._editor.focus_first()

    def show_section(self, section: Section) -> None:
        """Bring a section into the centre."""
        if self._case is None or self._view is None:
            return
        self._mark(section)
        if section is not self._editor.section or not self._editor.is_shown:
            self._place(section, "")
            writer = self._session.desk.user.name
            self._editor.show_section(self._case, self._view, section, writer=writer)
        if self._panes.narrow:
            self._panes.show_pane("words", focus=False)

    def go_to_section(self, section: Section) -> None:
        """Bring a section into the centre and the cursor to its first words."""
        self.show_section(section)
        self._editor.focus_first()

    def step(self, by: int) -> None:
        """Go to the next section (+1) or the one before (-1)."""
        sections = list(Section)
        at = sections.index(self._editor.section) + by
        if 0 <= at < len(sections):
            self.go_to_section(sections[at])

    def walk_findings(self, step: int) -> None:
        """Walk to the next finding (+1) or the one before (-1), and bring the cursor where it is."""
        if self._view is None:
            return
        walked = walk(self._view)
        finding = next_finding(walked, self._beside.findings.chosen, self._editor.section, self._entry, step)
        if finding is None:
            self._announce("Nothing is found against this plan.")
            return
        self._beside.choose(finding.id)
        if finding.entry or finding.section:
            self._to(finding)
        else:
            self._panes.show_pane("beside", focus=False)
            self._beside.findings.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._beside.choose(finding.id)
        number = walked.index(finding) + 1
        self._announce(
            f"Finding {number} of {len(walked)}. {WEIGHT_WORDS[finding.severity]}. "
            f"{place_words(self._view, finding)}. {finding.reason}"
        )

    def undo(self) -> None:
        """Take back the last change of structure."""
        if self._case is not None:
            self._case.undo.undo()

    def redo(self) -> None:
        """Do it again."""
        if self._case is not None:
            self._case.undo.redo()

    def show_preview(self) -> None:
        """Show the printed draft."""
        if self._case is None or self._view is None:
            return
        self._editor.column.set_active("")
        self._preview.show_case(self._case, self._view)
        self._stack.setCurrentWidget(self._preview)
        self._preview.focus()

    def clear(self) -> None:
        """Let go of the case that is shown, as a lock or another case asks."""
        case, self._case, self._view = self._case, None, None
        self._preview.clear()
        self._stack.setCurrentIndex(0)
        self._editor.clear()
        self._beside.clear_case()
        self._head.clear()
        self._message.hide()
        self._entry = ""
        if case is not None:
            case.changed.disconnect(self._changed)
            case.worded.disconnect(self._worded)
            case.checked.disconnect(self._checked)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.keys.set_on(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keys.set_on(False)
        self._editor.column.set_active("")

    def _connect(self) -> None:
        self._head.front_wanted.connect(self._to_front)
        self._head.print_wanted.connect(self.show_preview)
        self._head.cell_wanted.connect(self._to_register)
        self._list.opened.connect(self.show_section)
        self._drop_down.opened.connect(self.show_section)
        self._editor.opened.connect(self.opened)
        self._editor.trimmed.connect(self._say_trimmed)
        self._beside.finding_wanted.connect(self._to)
        self._beside.entry_wanted.connect(self._go)
        self._preview.left.connect(self._back_from_preview)
        self._session.locking.connect(self.clear)
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _computed(self, case: OpenCase) -> PlanView:
        desk = self._session.desk
        return plan_view(case.case, desk.book(case.case), desk.today, case.findings)

    def _show_all(self, section: Section) -> None:
        case, view = self._case, self._view
        if case is None or view is None:
            return
        self._head.take(view)
        self._list.show_view(view)
        self._drop_down.show_view(view)
        self._beside.show_case(case, view)
        self.show_section(section)

    def _changed(self) -> None:
        if self._case is None:
            return
        self._view = self._computed(self._case)
        self._head.take(self._view)
        self._editor.take(self._view)
        self._take_beside()

    def _worded(self) -> None:
        if self._case is None:
            return
        self._view = self._computed(self._case)
        self._editor.take_words(self._view)
        self._take_beside()

    def _checked(self) -> None:
        if self._case is None:
            return
        self._view = self._computed(self._case)
        self._list.show_view(self._view)
        self._drop_down.show_view(self._view)
        self._beside.findings.take(self._view)

    def _take_beside(self) -> None:
        if self._view is None:
            return
        self._list.show_view(self._view)
        self._drop_down.show_view(self._view)
        self._beside.take(self._view)

    def _mark(self, section: Section) -> None:
        self._list.choose(section)
        self._drop_down.choose(section)

    def _to(self, finding: Finding) -> None:
        """Go to where a finding stands."""
        if self._case is None or self._view is None:
            return
        id_ = self._case.case.id
        if finding.entry and self._view.entry(finding.entry) is not None:
            self._go(finding.entry, finding.field or "", quote=finding.quote or "")
        elif finding.contribution:
            line = next((one for one in self._case.case.contributions if one.id == finding.contribution), None)
            self.opened.emit(f"register/{id_}/{line.cell if line else finding.contribution}")
        elif finding.section:
            self.go_to_section(finding.section)
        else:
            self.opened.emit(f"front/{id_}")

    def _go(self, entry: str, field: str = "", *, quote: str = "") -> None:
        found = self._view.entry(entry) if self._view is not None else None
        if found is None:
            return
        self.show_section(found.section)
        if self._panes.narrow:
            self._panes.show_pane("words", focus=False)
        self._editor.column.focus(entry, field, quote=quote)
        self._place(found.section, entry)

    def _place(self, section: Section, entry: str) -> None:
        self._entry = entry
        self._editor.column.set_active(entry)
        self._beside.show_place(section, entry)
        self.moved.emit(self.place)

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is None or self._case is None or not self._editor.isAncestorOf(now):
            return
        row = self._editor.column.row_of(now)
        entry = row.entry.id if row is not None else ""
        if entry and entry != self._entry:
            # after the click or key that moved the cursor has been dealt with
            QTimer.singleShot(0, self, lambda: self._place(self._editor.section, entry))

    def _to_front(self) -> None:
        if self._case is not None:
            self.opened.emit(f"front/{self._case.case.id}")

    def _to_register(self, cell: Cell) -> None:
        if self._case is not None:
            self.opened.emit(f"register/{self._case.case.id}/{cell}")

    def _back_from_preview(self) -> None:
        self._stack.setCurrentIndex(0)
        self._editor.focus_first()

    def _say_trimmed(self, words: str) -> None:
        self._message.say(words, kind=Kind.WARN)

    def _announce(self, words: str) -> None:
        """Tell whoever listens to the screen."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
