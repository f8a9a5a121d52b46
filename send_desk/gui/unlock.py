"""The page before the lock is opened: the passphrase, which home, and nothing of any case."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from send_desk.gui.column_page import Scrolled
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from send_desk.gui.naming import named
from send_desk.gui.pieces import Field, Kind, Message, set_icon
from send_desk.gui.words import Line, Paragraph, Voice

_CARD = 460


class SecretLine(QWidget):
    """A line for a passphrase with a button that shows what is typed."""

    def __init__(self, look: Look, *, name: str, label: str, hint: str = "") -> None:
        super().__init__()
        self.editor = QLineEdit()
        self.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.editor.setMaxLength(1024)
        self.editor.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.field = Field(label, self.editor, name=name, hint=hint)
        self._look = look
        self._show = named(QToolButton(), f"{name}.show")
        self._show.setCheckable(True)
        self._show.toggled.connect(self._turn)
        look.changed.connect(self._draw)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(self.field, 1)
        side = QVBoxLayout()
        side.setContentsMargins(0, 21, 0, 0)
        side.addWidget(self._show)
        side.addStretch(1)
        row.addLayout(side)
        self._draw()

    def hide_words(self) -> None:
        """Empty the line and cover what will be typed next."""
        self.editor.clear()
        self._show.setChecked(False)

    def _turn(self, shown: bool) -> None:
        self.editor.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._draw()

    def _draw(self) -> None:
        shown = self._show.isChecked()
        self._show.setIcon(self._look.icon("eye-slash" if shown else "eye"))
        words = "Hide what is typed" if shown else "Show what is typed"
        self._show.setToolTip(words)
        self._show.setAccessibleName(words)


class DoorCard(QWidget):
    """A card in the middle of an empty page, as wide as a few words; scrolls where the window is low."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        card = QFrame()
        card.setProperty("role", "card")
        card.setMaximumWidth(_CARD)
        self.column = QVBoxLayout(card)
        self.column.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_6)
        self.column.setSpacing(SPACE_3)
        content = Scrolled()
        middle = QHBoxLayout(content)
        middle.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        middle.addStretch(1)
        middle.addWidget(card, 4, Qt.AlignmentFlag.AlignVCenter)
        middle.addStretch(1)
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def bring(self, widget: QWidget) -> None:
        """Scroll so far that all of a widget shows, where the window is too low for the card."""
        self._scroll.ensureWidgetVisible(widget, 0, SPACE_6)


class UnlockPage(DoorCard):
    """Asks for the passphrase. `tried` is sent with it; `fail` or `rest` says what came of it."""

    tried = Signal(str)
    left_anyway = Signal()
    """The person wants to end the program although words in memory are not on disk."""

    def __init__(self, look: Look, *, home: Path, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("unlock")
        self._hint = hint
        self._message = Message(look, name="unlock.message")
        self._message.acted.connect(self.left_anyway)
        self._secret = SecretLine(look, name="unlock.passphrase", label="Passphrase", hint=hint)
        self._go = named(QPushButton("Unlock"), "unlock.go", "Unlock")
        self._go.setProperty("role", "main")
        self._go.setDefault(True)
        set_icon(self._go, look, "lock-open")
        where = Paragraph(f"This laptop's home: {home}", Voice.SMALL)
        foot = QHBoxLayout()
        foot.addWidget(self._go)
        foot.addStretch(1)
        self.column.addWidget(Line("SEND Desk is locked", Voice.TITLE))
        self.column.addWidget(
            Paragraph("Everything on this laptop is kept encrypted until you unlock it.", Voice.QUIET)
        )
        self.column.addWidget(self._message)
        self.column.addWidget(self._secret)
        self.column.addLayout(foot)
        self.column.addWidget(where)
        self._secret.editor.returnPressed.connect(self._try)
        self._secret.editor.textEdited.connect(self._edited)
        self._go.clicked.connect(self._try)

    def rest(self) -> None:
        """Be empty and ready for the next unlocking."""
        self._secret.hide_words()
        self._secret.field.set_hint(self._hint)
        self._set_busy(busy=False)

    def fail(self, words: str) -> None:
        """Say why the home stays shut; what was typed can be looked at and mended."""
        self._set_busy(busy=False)
        self._secret.field.set_hint(words or self._hint, wrong=bool(words))
        self.focus()

    def tell(self, words: str, *, kind: Kind = Kind.WARN, action: str = "") -> None:
        """Show a message above the passphrase, such as that words wait in memory."""
        self._message.say(words, kind=kind, action=action)

    def focus(self) -> None:
        """Bring the keyboard to the passphrase."""
        self._secret.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._secret.editor.selectAll()

    def _edited(self) -> None:
        if self._secret.editor.property("wrong"):
            self._secret.field.set_hint(self._hint)

    def _try(self) -> None:
        if not self._go.isEnabled():
            return
        words = self._secret.editor.text()
        if not words:
            self._secret.field.set_hint("Please type the passphrase of this home.", wrong=True)
            self.focus()
            return
        self._set_busy(busy=True)
        self.tried.emit(words)

    def _set_busy(self, *, busy: bool) -> None:
        self._go.setEnabled(not busy)
        self._go.setText("Unlocking ..." if busy else "Unlock")
        self._secret.editor.setReadOnly(busy)
