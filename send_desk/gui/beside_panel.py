"""What helps beside the words of a plan: its findings, its thread, and the history of the entry with the cursor."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from send_desk.domain.ids import Section
from send_desk.gui.findings_panel import FindingsPanel
from send_desk.gui.history_panel import HistoryPanel
from send_desk.gui.look import Look
from send_desk.gui.open_case import OpenCase
from send_desk.gui.plan_view import PlanView
from send_desk.gui.session import Session
from send_desk.gui.thread_panel import ThreadPanel


class BesidePanel(QTabWidget):
    """Three tabs over the same snapshot."""

    finding_wanted = Signal(object)
    """Sent with the `Finding` to go to."""
    entry_wanted = Signal(str)
    """Sent with the id of the entry to go to."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.findings = FindingsPanel(look)
        self._thread = ThreadPanel(look)
        self._history = HistoryPanel(look, session)
        self.findings.wanted.connect(self.finding_wanted)
        self._thread.opened.connect(self.entry_wanted)
        self.tabBar().setObjectName("case.tabs")
        self.tabBar().setAccessibleName("Findings, thread and history")
        self.setDocumentMode(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.addTab(self.findings, "Findings")
        self.addTab(self._thread, "Thread")
        self.addTab(self._history, "History")

    def show_case(self, case: OpenCase, view: PlanView) -> None:
        """Show what belongs to a case."""
        self.findings.show_case(case, view)
        self._thread.take(view)
        self._history.show_case(case, view)

    def clear_case(self) -> None:
        """Show nothing of any case."""
        self.findings.show_case(None, None)
        self.findings.clear()
        self._thread.take(None)
        self._history.show_case(None, None)

    def take(self, view: PlanView) -> None:
        """Take a newer snapshot."""
        self.findings.take(view)
        self._thread.take(view)
        self._history.take(view)

    def show_place(self, section: Section, entry: str) -> None:
        """Follow the cursor."""
        self.findings.show_place(section, entry)
        self._history.show_entry(entry)

    def choose(self, finding: str) -> None:
        """Bring a finding forward, as F8 does; the keyboard stays where it is."""
        self.setCurrentWidget(self.findings)
        self.findings.choose(finding)
