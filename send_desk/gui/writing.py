"""The field that a caseworker writes in: plain words that grow, cleaned of what no reader can see, never too many."""

from __future__ import annotations

import re

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from send_desk.domain.typed import LONGEST_NOTE, clean
from send_desk.gui.growing_text import GrowingText

_MARKED = re.compile(r"(\*\*?)(?=\S)(?:\\.|[^*\\\n])+?(?<=\S)\1")


class Writing(GrowingText):
    """A field of words. `least` and `most` lines; with `single` Enter goes on to the next field.

    Ctrl+B and Ctrl+I set what is chosen strong or in emphasis where `marks` is on.
    """

    written = Signal(str)
    """The words have changed under the writer's hands, by typing, pasting or undo."""
    trimmed = Signal(str)
    """More was pasted than a field takes; the words say what was kept and what to do."""
    undo_beyond = Signal()
    """Ctrl+Z was pressed and the field has nothing of its own left to undo."""
    redo_beyond = Signal()

    def __init__(
        self,
        *,
        least: int = 1,
        most: int = 24,
        single: bool = False,
        marks: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(least=least, most=most, parent=parent)
        self._single, self._marks = single, marks
        self._last = ""
        self._theirs = False
        if marks:
            _Marks(self)
        self.textChanged.connect(self._changed)

    @property
    def words(self) -> str:
        """The words as they may be kept."""
        return clean(self.toPlainText())

    def show_words(self, words: str) -> None:
        """Bring in words from elsewhere as one step of undo; they are not told as written."""
        if words == self.words:
            return
        self._theirs = True
        try:
            super().show_words(words)
        finally:
            self._theirs = False
            self._last = self.words

    def begin_with(self, words: str) -> None:
        """Show the words that the field begins with; there is nothing to undo before them."""
        self._theirs = True
        try:
            self.setPlainText(words)
        finally:
            self._theirs = False
            self._last = self.words

    def choose(self, quote: str) -> None:
        """Put the cursor on the first place where these words stand, else at the end."""
        at = self.toPlainText().casefold().find(quote.casefold()) if quote else -1
        cursor = self.textCursor()
        if at >= 0:
            cursor.setPosition(at)
            cursor.setPosition(at + len(quote), QTextCursor.MoveMode.KeepAnchor)
        else:
            cursor.movePosition(QTextCursor.MoveOperation.End)
        self.setTextCursor(cursor)

    def insertFromMimeData(self, source: QMimeData) -> None:
        whole = source.text()
        room = max(0, LONGEST_NOTE - self.document().characterCount() + len(self.textCursor().selectedText()))
        words = clean(whole[: 2 * room + 1_000])[:room]
        if self._single:
            words = " ".join(words.split("\n"))
        self.textCursor().insertText(words)
        self.ensureCursorVisible()
        if len(whole) > 2 * room + 1_000 or len(clean(whole)) > len(words):
            self.trimmed.emit(
                f"A field takes {LONGEST_NOTE:,} characters. The first {len(words):,} of {len(whole):,} were pasted "
                "here; the rest is still on the clipboard. Keep a long text as a paper of the case and quote from it."
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable():
            self.undo_beyond.emit()
        elif event.matches(QKeySequence.StandardKey.Redo) and not self.document().isRedoAvailable():
            self.redo_beyond.emit()
        elif enter and self._single:
            self.focusNextChild()
        elif self._marks and control and event.key() in (Qt.Key.Key_B, Qt.Key.Key_I):
            self._mark("**" if event.key() == Qt.Key.Key_B else "*")
        else:
            super().keyPressEvent(event)

    def _changed(self) -> None:
        # The document also tells of a change when only its setting differs, as when a mark is drawn.
        words = self.words
        if words == self._last:
            return
        self._last = words
        if not self._theirs:
            self.written.emit(words)

    def _mark(self, mark: str) -> None:
        cursor = self.textCursor()
        words = cursor.selectedText()
        if not words.strip() or "\u2029" in words:
            return
        start = cursor.selectionStart()
        bare = words[len(mark) : -len(mark)] if _is_marked(words, mark) else ""
        put = bare or f"{mark}{words.strip()}{mark}"
        cursor.insertText(put)
        cursor.setPosition(start)
        cursor.setPosition(start + len(put), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)


def _is_marked(words: str, mark: str) -> bool:
    inner = words[len(mark) : -len(mark)]
    return words.startswith(mark) and words.endswith(mark) and bool(inner) and not inner.startswith("*")


class _Marks(QSyntaxHighlighter):
    """Sets *emphasis* and **strong** as they will be printed, and lets the stars step back."""

    def __init__(self, editor: Writing) -> None:
        super().__init__(editor.document())
        self._editor = editor

    def highlightBlock(self, text: str) -> None:
        if "*" not in text:
            return
        quiet = QTextCharFormat()
        quiet.setForeground(self._editor.palette().placeholderText())
        for found in _MARKED.finditer(text):
            set_ = QTextCharFormat()
            if found[1] == "**":
                set_.setFontWeight(QFont.Weight.Bold)
            else:
                set_.setFontItalic(True)
            length = len(found[1])
            self.setFormat(found.start(), length, quiet)
            self.setFormat(found.end() - length, length, quiet)
            self.setFormat(found.start() + length, found.end() - found.start() - 2 * length, set_)
