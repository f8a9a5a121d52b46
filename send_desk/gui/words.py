"""Words on the screen: headings, quiet lines, and paragraphs no wider than about eighty characters."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from send_desk.gui.style import text_font

_MEASURE = 80


class Voice(StrEnum):
    """How a line of words is set; the value is the `role` that the style sheet knows."""

    BODY = "body"
    TITLE = "title"
    HEADING = "heading"
    LABEL = "label"
    QUIET = "quiet"
    SMALL = "small"
    LATE = "late"


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget its role in the style sheet, also after it has been shown."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


@cache
def measure() -> int:
    """The width in logical pixels of about eighty characters of text."""
    return round(QFontMetricsF(text_font()).averageCharWidth() * _MEASURE)


class Line(QLabel):
    """One line of plain words that never wraps; what it says is never read as mark-up."""

    def __init__(self, words: str = "", voice: Voice = Voice.BODY, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", voice.value)


class ShortLine(Line):
    """One line that gives way where the room is short: its end is left out, the tip has it all."""

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.style().drawItemText(
            painter, room, int(self.alignment().value), self.palette(), self.isEnabled(), words, self.foregroundRole()
        )

    def say(self, words: str) -> None:
        """Show other words, and all of them in the tip."""
        self.setText(words)
        self.setToolTip(words)
        self.setAccessibleName(words)


class Paragraph(QLabel):
    """Plain words that wrap at the width at hand, eighty characters at most, and can be selected with the mouse."""

    def __init__(self, words: str = "", voice: Voice = Voice.BODY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)  # plain text in a QLabel ignores the line gap of the typeface
        self.setWordWrap(True)
        self._measure = measure()
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setProperty("role", voice.value)
        self.say(words)

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(min(width, self._measure) + self.contentsMargins().right())

    def minimumSizeHint(self) -> QSize:
        # the room left over at the right is nothing that the words need: without this a page could not grow narrower
        least = super().minimumSizeHint()
        return QSize(least.width() - self.contentsMargins().right(), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # a maximum width would make a layout centre the words in the room that is left
        self.setContentsMargins(0, 0, max(0, event.size().width() - self._measure), 0)

    def say(self, words: str) -> None:
        """Show other words; an empty line parts two paragraphs."""
        self.setText(escape(words).replace("\n", "<br>"))
        self.setAccessibleName(words)
