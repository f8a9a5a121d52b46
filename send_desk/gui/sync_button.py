"""The button at the top that says what waits for the office, and turns to it."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from send_desk.gui.look import Look
from send_desk.gui.naming import named
from send_desk.gui.office_link import OfficeLink
from send_desk.gui.office_words import Phase, button_words
from send_desk.gui.pieces import set_icon

_TIPS = {
    Phase.RESTING: "Send what waits and fetch what others wrote",
    Phase.SYNCING: "Stop; what has arrived is kept",
    Phase.OFFLINE: "The office cannot be reached at the moment. Your work is saved here. Try again now",
    Phase.SIGN_IN: "The office asks for your name and password",
}


class SyncButton(QPushButton):
    """Hidden while this laptop has no office; what it says is never more than what the office has acknowledged."""

    def __init__(self, look: Look, office: OfficeLink, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        named(self, "top.sync", "Sync")
        self.setAutoDefault(False)
        set_icon(self, look, "arrow-clockwise")
        office.changed.connect(self._say)
        self._say()

    def _say(self) -> None:
        facts, phase = self._office.facts, self._office.phase
        enrolled = facts is not None and facts.state.enrolled
        if facts is not None and enrolled:
            words = button_words(phase, facts.waiting, facts.refused)
            self.setText(words)
            self.setAccessibleName(words)
            self.setToolTip(f"{_TIPS[phase]}   Ctrl+Shift+S")
        if self.isHidden() is enrolled:
            self.setVisible(enrolled)
