"""Plain words that wrap, painted by hand: for rows of which there are many, where a label would cost too much."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from send_desk.gui.look import Look
from send_desk.gui.metrics import SMALL_PX, TEXT_PX
from send_desk.gui.style import text_font
from send_desk.gui.words import measure

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class Wrapped(QWidget):
    """Words at the width at hand, eighty characters at most; `small` sets them small and quiet."""

    def __init__(self, look: Look, *, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._words = ""
        self._small = small
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def words(self) -> str:
        """What is said."""
        return self._words

    def say(self, words: str, *, small: bool | None = None) -> None:
        """Show other words, small and quiet or as text; the same words change nothing."""
        quiet = self._small if small is None else small
        if words == self._words and quiet is self._small:
            return
        self._words, self._small = words, quiet
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(measure(), self.heightForWidth(measure()))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, min(width, measure()), 100_000)
        return QFontMetrics(self._font()).boundingRect(room, int(_WRAP), self._words).height() if self._words else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(QColor(tokens.quiet if self._small else tokens.ink))
        painter.drawText(QRect(0, 0, min(self.width(), measure()), self.height()), int(_WRAP), self._words)

    def _font(self) -> QFont:
        return text_font(SMALL_PX if self._small else TEXT_PX)
