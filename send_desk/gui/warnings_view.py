"""Warnings for staff on top of the page: each with a mark and words, never by colour alone."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from send_desk.domain.staff_warnings import Danger, StaffWarning
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1, SPACE_3
from send_desk.gui.style import text_font
from send_desk.gui.words import Paragraph

_ICONS = {Danger.ADDRESS: "eye-slash", Danger.BARRED: "shield-warning", Danger.VISIT: "warning"}


class WarningsView(QWidget):
    """The warnings of a case, one under another."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: tuple[StaffWarning, ...] = ()
        self._rows: list[tuple[QWidget, QLabel, Danger]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_1)
        self.hide()
        look.changed.connect(self._draw)

    def show_warnings(self, warnings: tuple[StaffWarning, ...]) -> None:
        """Show these warnings."""
        if warnings == self._shown:
            return
        self._shown = warnings
        for row, _, _ in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [self._row(one) for one in warnings]
        self.setVisible(bool(warnings))
        self._draw()

    def _row(self, warning: StaffWarning) -> tuple[QWidget, QLabel, Danger]:
        row, mark, words = QWidget(), QLabel(), Paragraph(f"{warning.words} (For staff only.)")
        words.setFont(text_font(bold=True))
        mark.setFixedSize(20, 20)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE_3)
        line.addWidget(mark)
        line.addWidget(words, 1)
        self._column.addWidget(row)
        return row, mark, warning.danger

    def _draw(self) -> None:
        for _, mark, danger in self._rows:
            icon = self._look.icon(_ICONS[danger], colour=self._look.tokens.late)
            mark.setPixmap(icon.pixmap(QSize(20, 20), self.devicePixelRatioF()))
