"""A label and one line of words under it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from send_desk.domain.typed import LONGEST_NAME, clean_line
from send_desk.gui.pieces import Field


class LineField(Field):
    """A `Field` whose editor is a line; `words` is what stands in it, without the space around."""

    def __init__(self, label: str, *, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        self.line = QLineEdit()
        self.line.setMaxLength(LONGEST_NAME)
        super().__init__(label, self.line, name=name, hint=hint, parent=parent)

    @property
    def words(self) -> str:
        """What was typed."""
        return clean_line(self.line.text())

    def focus(self) -> None:
        """Bring the keyboard here."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
