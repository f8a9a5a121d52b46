"""In place of the desk: a sign-in where the lease has ended, and what happened where the laptop was barred."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from send_desk.gui.look import Look
from send_desk.gui.metrics import TURN_MS
from send_desk.gui.naming import named
from send_desk.gui.sign_in_form import SignInForm
from send_desk.gui.unlock import DoorCard
from send_desk.gui.words import Line, Paragraph, Voice

_LAPSED = (
    "This laptop has not been in touch with the office for 14 days, so it asks once who you are. Nothing was deleted: "
    "your cases and everything you wrote are here, and open as soon as you have signed in. You need to be online for "
    "this."
)
_GONE = (
    "The office has barred it, and the key to what was kept here was destroyed: it can no longer be opened or read by "
    "anybody. What you wrote is in the office copy."
)
_WHAT_NOW = (
    "Please bring the laptop to those who look after SEND Desk at your authority, also if you think that this is a "
    "mistake."
)


class LapsedPage(DoorCard):
    """Asks for name and password; `wished` is sent with them, `left` when the person would rather lock."""

    wished = Signal(str, str)
    left = Signal()

    def __init__(self, look: Look, *, user: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("lapsed")
        self._form = SignInForm(look, name="lapsed", main=True)
        self._form.begin_with(user)
        self._form.wished.connect(self.wished)
        lock = named(QPushButton("Lock"), "lapsed.lock", "Lock")
        lock.setProperty("role", "link")
        lock.setAutoDefault(False)
        lock.clicked.connect(self.left)
        self.column.addWidget(Line("Please sign in to the office", Voice.TITLE))
        self.column.addWidget(Paragraph(_LAPSED, Voice.QUIET))
        self.column.addWidget(self._form)
        self.column.addWidget(lock, 0, Qt.AlignmentFlag.AlignLeft)

    def focus(self) -> None:
        """Bring the keyboard to what is missing."""
        self._form.focus()
        self._bring_soon()

    def fail(self, words: str) -> None:
        """Say why it stays shut."""
        self._form.fail(words)
        self._bring_soon()

    def _bring_soon(self) -> None:
        QTimer.singleShot(TURN_MS, self, lambda: self.bring(self._form))  # when the card is as high as it will be


class BarredPage(DoorCard):
    """Says what happened, and that the home is gone; `left` is sent by its one button, which ends the program."""

    left = Signal()

    def __init__(self, look: Look, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("barred")
        self.setAccessibleDescription(said)
        self._close = named(QPushButton("Close SEND Desk"), "barred.close", "Close SEND Desk")
        self._close.setProperty("role", "main")
        self._close.clicked.connect(self.left)
        self.column.addWidget(Line("This laptop was barred", Voice.TITLE))
        self.column.addWidget(Paragraph(_GONE))
        self.column.addWidget(Paragraph(_WHAT_NOW))
        self.column.addWidget(self._close, 0, Qt.AlignmentFlag.AlignLeft)

    def focus(self) -> None:
        """Bring the keyboard to the button."""
        self._close.setFocus()
