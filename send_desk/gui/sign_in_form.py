"""Name and password for the office: in Settings, and on the card before the desk where a lease has ended."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from send_desk.gui.line_field import LineField
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_3
from send_desk.gui.naming import named
from send_desk.gui.pieces import Kind, Message, set_icon
from send_desk.gui.unlock import SecretLine


class SignInForm(QWidget):
    """Two fields and a button. `wished` is sent with name and password; `fail` or `rest` says what came of it."""

    wished = Signal(str, str)

    def __init__(self, look: Look, *, name: str, main: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message = Message(look, name=f"{name}.message")
        self._user = LineField("Your name at the office", name=f"{name}.user")
        self._secret = SecretLine(look, name=f"{name}.password", label="Your office password")
        self._go = named(QPushButton("Sign in"), f"{name}.go", "Sign in")
        self._go.setAutoDefault(False)
        if main:
            self._go.setProperty("role", "main")
        set_icon(self._go, look, "key")
        foot = QHBoxLayout()
        foot.addWidget(self._go)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        for widget in (self._user, self._secret, self._message):
            column.addWidget(widget)
        column.addLayout(foot)
        self._go.clicked.connect(self._wish)
        self._user.line.returnPressed.connect(self._next)
        self._secret.editor.returnPressed.connect(self._wish)

    def begin_with(self, user: str) -> None:
        """Fill in the name that is known."""
        if not self._user.words:
            self._user.line.setText(user)

    def focus(self) -> None:
        """Bring the keyboard to what is still missing."""
        if self._user.words:
            self._secret.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._user.focus()

    def fail(self, words: str) -> None:
        """Say why it did not go; what was typed can be looked at and mended."""
        self._set_busy(busy=False)
        if words:
            self._message.say(words, kind=Kind.WARN)
        self._secret.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._secret.editor.selectAll()

    def rest(self) -> None:
        """Be empty and ready for another time."""
        self._set_busy(busy=False)
        self._message.hide()
        self._secret.hide_words()

    def _next(self) -> None:
        self._secret.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wish(self) -> None:
        if not self._go.isEnabled():
            return
        user, password = self._user.words, self._secret.editor.text()
        self._user.set_hint("" if user else "Please give your name at the office.", wrong=not user)
        self._secret.field.set_hint("" if password else "Please type your office password.", wrong=not password)
        if not user:
            self._user.focus()
        elif not password:
            self._secret.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._message.hide()
            self._set_busy(busy=True)
            self.wished.emit(user, password)

    def _set_busy(self, *, busy: bool) -> None:
        self._go.setEnabled(not busy)
        self._go.setText("Signing in ..." if busy else "Sign in")
