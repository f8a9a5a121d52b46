"""The page on which the caseworker writes: sections at the left, words in the centre, what helps at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from send_desk.domain.finding import Finding
from send_desk.domain.ids import Cell, Section
from send_desk.gui.findings_order import WEIGHT_WORDS, next_finding, place_words, walk
from send_desk.gui.look import Look
from send_desk.gui.open_case import OpenCase
from send_desk.gui.plan_keys import PlanDeeds, PlanKeys
from send_desk.gui.plan_panes import PlanPanes
from send_desk.gui.plan_view import PlanView, plan_view
from send_desk.gui.session import Session
from send_desk.gui.turns import Turns

if TYPE_CHECKING:
    from send_desk.gui.print_preview import PrintPreview


class PlanPage(QWidget):
    """One plan at a time; `show_case` brings it, with a place such as "plan/<case>/F/<entry>/fields.who"."""

    opened = Signal(str)
    """Sent with a place on another page: "front/<case>", "register/<case>/health"."""
    moved = Signal(str)
    """Sent with the place of the cursor, so that a lock comes back to it."""
    appeared = Signal()
    """The words of a case that was brought stand, and may be seen."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._case: OpenCase | None = None
        self._view: PlanView | None = None
        self._entry = ""
        self._look = look
        self._turns = Turns(self)
        self._stack = QStackedWidget(self)
        self._panes = PlanPanes(session, look, self._stack)
        self._editor = self._panes.editor
        self._stack.addWidget(self._panes)
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

    @cached_property
    def preview(self) -> PrintPreview:
        """The printed draft; made now if it was not before."""
        from send_desk.gui.print_preview import PrintPreview

        made = PrintPreview(self._session, self._look, self._stack)
        made.left.connect(self._back_from_preview)
        self._stack.addWidget(made)
        return made

    @property
    def place(self) -> str:
        """Where the cursor is, as a place."""
        if self._case is None:
            return ""
        parts = ("plan", self._case.case.id, str(self._editor.section), self._entry)
        return "/".join(part for part in parts if part)

    @property
    def is_ready(self) -> bool:
        """Whether all that belongs to the case stands, but for rows further down."""
        return self._turns.is_done

    def show_case(self, case: OpenCase, place: str = "") -> None:
        """Show the plan of a case at a place: a section, an entry, a field; else where it was left, or section A."""
        if case is not self._case:
            self.clear()
            self._case = case
            case.changed.connect(self._changed)
            case.worded.connect(self._worded)
            case.checked.connect(self._checked)
            self._view = self._computed(case)
            self._panes.show_case(case, self._view)
            self._editor.setFocus(Qt.FocusReason.OtherFocusReason)  # its first words take it in their turn
        self._stack.setCurrentIndex(0)
        self._turns.add(partial(self._arrive, place), self.appeared.emit, self._panes.beside.make)

    def _arrive(self, place: str) -> None:
        kind, _, rest = place.partition("/")
        parts = rest.split("/")[1:]
        if kind == "record" and parts:
            self._go(parts[0])
        elif parts and parts[0] in set(Section):
            self.go_to_section(Section(parts[0]))
            if len(parts) > 1:
                self._go(parts[1], parts[2] if len(parts) > 2 else "")
        if not self._editor.is_shown:
            self.go_to_section(Section.A)

    def show_section(self, section: Section) -> None:
        """Bring a section into the centre."""
        if self._case is None or self._view is None:
            return
        self._panes.mark(section)
        if section is not self._editor.section or not self._editor.is_shown:
            self._place(section, "")
            writer = self._session.desk.user.name
            self._editor.show_section(self._case, self._view, section, writer=writer)
        self._panes.show_words()

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
        finding = next_finding(walked, self._panes.beside.findings.chosen, self._editor.section, self._entry, step)
        if finding is None:
            self._announce("Nothing is found against this plan.")
            return
        self._panes.beside.choose(finding.id)
        if finding.entry or finding.section:
            self._to(finding)
        else:
            self._panes.show_findings()
            self._panes.beside.findings.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._panes.beside.choose(finding.id)
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
        self._turns.add(lambda: self.preview, self._fill_preview, self._bring_preview)

    def clear(self) -> None:
        """Let go of the case that is shown, as a lock or another case asks."""
        case, self._case, self._view = self._case, None, None
        self._turns.drop()
        if "preview" in self.__dict__:
            self.preview.clear()
        self._stack.setCurrentIndex(0)
        self._panes.clear()
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
        panes = self._panes
        panes.head.front_wanted.connect(self._to_front)
        panes.head.print_wanted.connect(self.show_preview)
        panes.head.cell_wanted.connect(self._to_register)
        panes.section_wanted.connect(self.show_section)
        panes.editor.opened.connect(self.opened)
        panes.beside.finding_wanted.connect(self._to)
        panes.beside.entry_wanted.connect(self._go)
        self._session.locking.connect(self.clear)
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _computed(self, case: OpenCase) -> PlanView:
        desk = self._session.desk
        return plan_view(case.case, desk.book(case.case), desk.today, case.findings)

    def _fill_preview(self) -> None:
        if self._case is not None and self._view is not None:
            self.preview.show_case(self._case, self._view)

    def _bring_preview(self) -> None:
        if self._case is None:
            return
        self._stack.setCurrentWidget(self.preview)
        self.preview.focus()

    def _changed(self) -> None:
        self._follow(self._panes.take)

    def _worded(self) -> None:
        self._follow(self._panes.take_words)

    def _checked(self) -> None:
        self._follow(self._panes.take_findings)

    def _follow(self, take: Callable[[PlanView], None]) -> None:
        if self._case is not None:
            self._view = self._computed(self._case)
            take(self._view)

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
        self._editor.column.focus(entry, field, quote=quote)
        self._place(found.section, entry)

    def _place(self, section: Section, entry: str) -> None:
        self._entry = entry
        self._editor.column.set_active(entry)
        self._panes.beside.show_place(section, entry)
        self.moved.emit(self.place)

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is None or self._case is None or not self._editor.isAncestorOf(now):
            return
        row = self._editor.column.row_of(now)
        entry = row.entry.id if row is not None else ""
        if entry and entry != self._editor.column.active:  # who comes back to the page finds no row taken up
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

    def _announce(self, words: str) -> None:
        """Tell whoever listens to the screen."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
