"""A field of plain words that is as high as its words."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from send_desk.gui.metrics import LINE_PX

_EDGE = 20  # border, padding and the document's own margin, above and below together


class GrowingText(QPlainTextEdit):
    """Grows from `least` lines to `most` and scrolls after that. Tab leaves it; its undo is its own.

    `show_words` brings in words from elsewhere as one step that can be undone; `setPlainText` would clear the undo.
    """

    def __init__(self, *, least: int = 1, most: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def show_words(self, words: str) -> None:
        """Show other words as one step of undo; the same words change nothing."""
        if words == self.toPlainText():
            return
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(words)
        cursor.endEditBlock()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._least * LINE_PX + _EDGE)

    def _fit(self) -> None:
        # a plain text layout counts its height in lines, wrapped ones too
        lines = round(self.document().documentLayout().documentSize().height())
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > self._most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if policy != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)  # a bar that comes and goes would wrap the words anew each time
        height = max(self._least, min(self._most, lines)) * LINE_PX + _EDGE
        if height != self.height():
            self.setFixedHeight(height)
