"""What helps beside the words of a plan: its findings, its thread, and the history of the entry with the cursor."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from send_desk.domain.ids import Section
from send_desk.gui.findings_panel import FindingsPanel
from send_desk.gui.history_panel import HistoryPanel
from send_desk.gui.look import Look
from send_desk.gui.open_case import OpenCase
from send_desk.gui.plan_view import PlanView
from send_desk.gui.session import Session
from send_desk.gui.thread_panel import ThreadPanel

_FINDINGS, _THREAD, _HISTORY = range(3)


class BesidePanel(QTabWidget):
    """Three tabs over the same snapshot, each made when it is first seen or asked."""

    finding_wanted = Signal(object)
    """Sent with the `Finding` to go to."""
    entry_wanted = Signal(str)
    """Sent with the id of the entry to go to."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._case: OpenCase | None = None
        self._view: PlanView | None = None
        self._section, self._entry = Section.A, ""
        self.tabBar().setObjectName("case.tabs")
        self.tabBar().setAccessibleName("Findings, thread and history")
        self.setDocumentMode(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._places: list[QVBoxLayout] = []
        for title in ("Findings", "Thread", "History"):
            place = QWidget(self)
            column = QVBoxLayout(place)
            column.setContentsMargins(0, 0, 0, 0)
            self._places.append(column)
            self.addTab(place, title)
        self.currentChanged.connect(self._seen)

    @cached_property
    def findings(self) -> FindingsPanel:
        """The findings; made now if they were not before."""
        made = FindingsPanel(self._look, self._places[_FINDINGS].parentWidget())
        made.wanted.connect(self.finding_wanted)
        self._places[_FINDINGS].addWidget(made)
        made.show_case(self._case, self._view)
        if self._view is not None:
            made.show_place(self._section, self._entry)
        return made

    @cached_property
    def _thread(self) -> ThreadPanel:
        made = ThreadPanel(self._look, self._places[_THREAD].parentWidget())
        made.opened.connect(self.entry_wanted)
        self._places[_THREAD].addWidget(made)
        made.take(self._view)
        return made

    @cached_property
    def _history(self) -> HistoryPanel:
        made = HistoryPanel(self._look, self._session, self._places[_HISTORY].parentWidget())
        self._places[_HISTORY].addWidget(made)
        made.show_case(self._case, self._view)
        made.show_entry(self._entry)
        return made

    def make(self) -> None:
        """Make the tab that is seen."""
        self._seen(self.currentIndex())

    def show_case(self, case: OpenCase, view: PlanView) -> None:
        """Show what belongs to a case."""
        self._case, self._view, self._entry = case, view, ""
        if self._is_made("findings"):
            self.findings.show_case(case, view)
        if self._is_made("_thread"):
            self._thread.take(view)
        if self._is_made("_history"):
            self._history.show_case(case, view)

    def clear_case(self) -> None:
        """Show nothing of any case."""
        self._case, self._view, self._entry = None, None, ""
        if self._is_made("findings"):
            self.findings.show_case(None, None)
            self.findings.clear()
        if self._is_made("_thread"):
            self._thread.take(None)
        if self._is_made("_history"):
            self._history.show_case(None, None)

    def take(self, view: PlanView) -> None:
        """Take a newer snapshot."""
        self.take_findings(view)
        if self._is_made("_thread"):
            self._thread.take(view)
        if self._is_made("_history"):
            self._history.take(view)

    def take_findings(self, view: PlanView) -> None:
        """Take a snapshot in which only the findings differ."""
        self._view = view
        if self._is_made("findings"):
            self.findings.take(view)

    def show_place(self, section: Section, entry: str) -> None:
        """Follow the cursor."""
        self._section, self._entry = section, entry
        if self._is_made("findings"):
            self.findings.show_place(section, entry)
        if self._is_made("_history"):
            self._history.show_entry(entry)

    def choose(self, finding: str) -> None:
        """Bring a finding forward, as F8 does; the keyboard stays where it is."""
        self.setCurrentIndex(_FINDINGS)
        self.findings.choose(finding)

    def _is_made(self, panel: str) -> bool:
        return panel in self.__dict__

    def _seen(self, at: int) -> None:
        wanted = (lambda: self.findings, lambda: self._thread, lambda: self._history)
        wanted[at]()
