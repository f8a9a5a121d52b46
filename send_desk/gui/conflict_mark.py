"""The mark on an entry of which two versions stand, or which was combined from two people; pressed, it shows them."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from send_desk.domain.revision import DELETED
from send_desk.gui.look import Look
from send_desk.gui.pieces import set_icon
from send_desk.services.encoding import record_key
from send_desk.services.ports import CaseFile


def is_open(file: CaseFile, entry: str) -> bool:
    """Whether something is to be chosen or looked at in an entry."""
    whole = file.merged.get(record_key(file.case.id, entry))
    return whole is not None and whole.is_open


class ConflictMark(QPushButton):
    """Hidden while nothing is open."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "link")
        self.setAutoDefault(False)
        set_icon(self, look, "warning")
        self.hide()

    def show_entry(self, file: CaseFile, entry: str, label: str) -> None:
        """Say what is open of an entry of a case as it was opened."""
        whole = file.merged.get(record_key(file.case.id, entry))
        self.setObjectName(f"entry.{label}.conflict")
        if whole is None or not whole.is_open:
            self.hide()
            return
        if any(one.field == DELETED for one in whole.conflicts):
            words = "Taken away by one, changed by another"
        elif whole.conflicts:
            words = "Two versions: choose"
        else:
            words = "Combined from two people, please check"
        self.setText(words)
        self.setAccessibleName(f"{label}: {words}")
        self.show()
