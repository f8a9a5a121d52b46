"""Small pieces that every page uses: chip, fold, message, field, status line, hairline."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from send_desk.gui.look import Look
from send_desk.gui.metrics import CORNER, SPACE_1, SPACE_2, SPACE_3, SPACE_4
from send_desk.gui.style import text_font
from send_desk.gui.theme import Tokens, mix
from send_desk.gui.words import Line, Paragraph, Voice


class _Tint(QObject):
    """Keeps the icon of one button in the colour of its words, and lives as long as the button."""

    def __init__(self, button: QAbstractButton, look: Look, name: str) -> None:
        super().__init__(button)
        self._button, self._look, self._name = button, look, name
        look.changed.connect(self.draw)

    def draw(self) -> None:
        main = self._button.property("role") == "main"
        self._button.setIcon(self._look.icon(self._name, colour=self._look.tokens.on_accent if main else None))


def set_icon(button: QAbstractButton, look: Look, name: str) -> None:
    """Give a button an icon in the colour of its words, now and whenever the look changes."""
    _Tint(button, look, name).draw()


class Rule(QFrame):
    """A hairline across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rule")
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class Chip(QPushButton):
    """A filter that is on or off; `toggled` tells. On is told by weight and edge as well as by colour."""

    def __init__(self, look: Look, words: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._look = look
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setProperty("role", "chip")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.toggled.connect(self._mark)
        look.changed.connect(self._mark)

    def sizeHint(self) -> QSize:
        # room for the tick and for bold words from the start, so that a filter does not move its neighbours
        words = QFontMetrics(text_font(bold=True)).horizontalAdvance(self.text())
        return QSize(words + 2 * (SPACE_3 + 1) + self.iconSize().width() + SPACE_2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _mark(self) -> None:
        self.setIcon(self._look.icon("check", colour=self._look.tokens.on_selection) if self.isChecked() else QIcon())


class Fold(QWidget):
    """A caret and a title; what it holds is shown or hidden by it. Closed at first."""

    toggled = Signal(bool)

    def __init__(self, look: Look, title: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._button = QToolButton()
        self._button.setObjectName(name)
        self._button.setText(title)
        self._button.setAccessibleName(title)
        self._button.setProperty("role", "fold")
        self._button.setCheckable(True)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._content = QWidget()
        self._inner = QVBoxLayout(self._content)
        self._inner.setContentsMargins(SPACE_4 + SPACE_1, SPACE_1, 0, SPACE_2)
        self._inner.setSpacing(SPACE_2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._content)
        self._content.hide()
        self._button.toggled.connect(self._turn)
        look.changed.connect(self._draw)
        self._draw()

    @property
    def opened(self) -> bool:
        """True when what it holds is shown."""
        return self._button.isChecked()

    def add(self, widget: QWidget) -> None:
        """Put a widget under those that it holds."""
        self._inner.addWidget(widget)

    def set_title(self, title: str) -> None:
        """Change the words beside the caret."""
        self._button.setText(title)
        self._button.setAccessibleName(title)

    def set_open(self, opened: bool) -> None:
        """Show or hide what it holds."""
        self._button.setChecked(opened)

    def _turn(self, opened: bool) -> None:
        self._content.setVisible(opened)
        self._button.setAccessibleDescription("open" if opened else "closed")
        self._draw()
        self.toggled.emit(opened)

    def _draw(self) -> None:
        self._button.setIcon(self._look.icon("caret-down" if self.opened else "caret-right"))


class Kind(StrEnum):
    """How urgent a message is."""

    INFO = "info"
    WARN = "warn"
    LATE = "late"


_ICONS = {Kind.INFO: "info", Kind.WARN: "warning", Kind.LATE: "warning-circle"}


def kind_colour(kind: Kind, tokens: Tokens) -> str:
    """The token of a kind of message."""
    return {Kind.INFO: tokens.accent, Kind.WARN: tokens.waiting, Kind.LATE: tokens.late}[kind]


class Message(QWidget):
    """A line in the page that says what happened, what was kept and what to do; it blocks nothing and can be closed."""

    acted = Signal()
    closed = Signal()

    def __init__(self, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._kind = Kind.INFO
        self.setObjectName(name)
        self._icon = QLabel()
        self._words = Paragraph()
        self._action = QPushButton()
        self._action.setObjectName(f"{name}.action")
        self._action.clicked.connect(self.acted)
        self._close = QToolButton()
        self._close.setObjectName(f"{name}.close")
        self._close.setAccessibleName("Close this message")
        self._close.setToolTip("Close this message")
        self._close.setProperty("role", "bare")
        self._close.clicked.connect(self._leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_4, SPACE_2, SPACE_2, SPACE_2)
        row.setSpacing(SPACE_3)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()
        look.changed.connect(self._draw)

    def say(self, words: str, *, kind: Kind = Kind.INFO, action: str = "") -> None:
        """Show the message; `action` names the one thing to do, or is empty."""
        self._kind = kind
        self._words.say(words)
        self.setAccessibleName(words)
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self._draw()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._look.tokens
        colour = kind_colour(self._kind, tokens)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colour if tokens.plain else mix(tokens.paper, colour, 0.35)))
        painter.setBrush(QColor(tokens.paper if tokens.plain else mix(tokens.paper, colour, 0.06)))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)

    def _leave(self) -> None:
        self.hide()
        self.closed.emit()

    def _draw(self) -> None:
        tokens = self._look.tokens
        self._icon.setPixmap(self._look.icon(_ICONS[self._kind], colour=kind_colour(self._kind, tokens)).pixmap(20, 20))
        self._close.setIcon(self._look.icon("x"))
        self.update()


class Field(QWidget):
    """A label above its editor and a hint under it; the label is the editor's buddy and its accessible name."""

    def __init__(
        self, label: str, editor: QWidget, *, name: str, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        editor.setObjectName(name)
        editor.setAccessibleName(label.replace("&", ""))
        self._label = QLabel(label)
        self._label.setProperty("role", Voice.LABEL.value)
        self._label.setBuddy(editor)
        self._hint = Paragraph("", Voice.SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(self._label)
        column.addWidget(editor)
        column.addWidget(self._hint)
        self.set_hint(hint)

    def set_label(self, label: str) -> None:
        """Call the field by other words."""
        self._label.setText(label)
        self.editor.setAccessibleName(label.replace("&", ""))

    def set_hint(self, hint: str, *, wrong: bool = False) -> None:
        """Say something under the editor; `wrong` sets it, and the edge of the editor, in the colour of lateness."""
        self._hint.say(hint)
        self._hint.setVisible(bool(hint))
        self.editor.setAccessibleDescription(hint)
        for widget, key, value in (
            (self._hint, "role", Voice.LATE.value if wrong else Voice.SMALL.value),
            (self.editor, "wrong", wrong),
        ):
            if widget.property(key) != value:
                widget.setProperty(key, value)
                widget.style().unpolish(widget)
                widget.style().polish(widget)


class StatusLine(QWidget):
    """The foot of the window: short facts side by side; one that opens a place is a link."""

    opened = Signal(str)
    """Sent with the key of the fact that was opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SPACE_3, SPACE_1, SPACE_3, SPACE_1)
        self._row.setSpacing(SPACE_4)
        self._row.addStretch(1)
        self._facts: dict[str, QWidget] = {}
        # A window may be made narrower than its facts are long: they are said in fewer words then.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, key: str, words: str, *, link: bool = False, said: str = "") -> None:
        """Show a fact under its key, or change it; empty words take it away. Facts stand in the order first said.

        `said` is what a listener hears where the words on the screen are shortened.
        """
        shown = self._facts.get(key)
        if shown is None:
            shown = self._add(key, link=link)
        if isinstance(shown, QPushButton | QLabel):
            shown.setText(words)
        shown.setAccessibleName(said or words)
        shown.setToolTip(said if said != words else "")
        shown.setVisible(bool(words))

    def _add(self, key: str, *, link: bool) -> QWidget:
        made: QWidget
        if link:
            made = QPushButton()
            made.setProperty("role", "link")
            made.setObjectName(f"status.{key}")
            made.clicked.connect(partial(self.opened.emit, key))
        else:
            made = Line("", Voice.SMALL)
        self._row.insertWidget(len(self._facts), made)
        self._facts[key] = made
        return made
