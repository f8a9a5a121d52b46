"""The part of Settings about the office copy: connecting to it, how this laptop stands, signing in again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from send_desk.domain.errors import KnownError
from send_desk.gui.connect_form import ConnectForm
from send_desk.gui.door import EnrolWish
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_3
from send_desk.gui.naming import named
from send_desk.gui.office_facts import Facts
from send_desk.gui.office_words import Phase, moment_words, waiting_words
from send_desk.gui.pieces import Fold, set_icon
from send_desk.gui.session import Session
from send_desk.gui.sign_in_form import SignInForm
from send_desk.gui.words import Paragraph, Voice
from send_desk.services.office import Untrusted


class OfficeCopyPart(QWidget):
    """Offers what can be done: to connect while there is no office, else to sync and to sign in again.

    `answered` is sent when a form says why it did not go, so that the page can show it.
    """

    answered = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._connect: ConnectForm | None = None
        self._facts = Paragraph()
        self._now = named(QPushButton("Sync now"), "settings.office.sync", "Sync now")
        self._now.setAutoDefault(False)
        set_icon(self._now, look, "arrow-clockwise")
        self._now.clicked.connect(lambda: session.office.sync())
        self._again = SignInForm(look, name="settings.office")
        self._again.wished.connect(self._sign_in)
        self._fold = Fold(look, "Sign in again", name="settings.office.again")
        self._fold.add(
            Paragraph(
                "Needed when the office asks for it, or when your password there has changed. Nothing is lost by it.",
                Voice.SMALL,
            )
        )
        self._fold.add(self._again)
        row = QHBoxLayout()
        row.addWidget(self._now)
        row.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_3)
        self._column.addWidget(self._facts)
        self._column.addLayout(row)
        self._column.addWidget(self._fold)
        session.office.changed.connect(self._show)
        self._show()

    def focus(self) -> None:
        """Bring the keyboard to what is to be done here."""
        if self._connect is not None:
            self._connect.focus()
        elif self._session.office.phase is Phase.SIGN_IN:
            self._fold.set_open(True)
            self._again.focus()
        else:
            self._now.setFocus()

    def _show(self) -> None:
        facts = self._session.office.facts
        if facts is None or self._session.is_locked:
            return
        enrolled = facts.state.enrolled
        if not enrolled and self._connect is None:
            self._connect = ConnectForm(self._look)
            self._connect.wished.connect(self._enrol)
            self._column.addWidget(self._connect)
        if enrolled and self._connect is not None:
            gone, self._connect = self._connect, None
            gone.hide()
            gone.deleteLater()
        for widget in (self._facts, self._now, self._fold):
            widget.setVisible(enrolled)
        if enrolled:
            self._facts.say(self._words(facts))
            self._again.begin_with(facts.state.name)
            self._now.setEnabled(self._session.office.phase is not Phase.SYNCING)
            if self._session.office.phase is Phase.SIGN_IN:
                self._fold.set_open(True)

    def _words(self, facts: Facts) -> str:
        state, today = facts.state, self._session.desk.today
        told = [f"Connected to {state.hub} as {state.name}."]
        at = state.office_copy_at
        told.append(f"Last in touch: {moment_words(at, today)}." if at else "Nothing has gone to the office copy yet.")
        waiting = waiting_words(facts.waiting)
        if waiting:
            told.append(f"{waiting[0].upper()}{waiting[1:]}.")
        if facts.refused:
            told.append(f"{facts.refused:,} not taken by the office.")
        if state.lease_until is not None:
            told.append(
                f"Offline, this laptop opens until {moment_words(state.lease_until, today)}. Each time it is in touch, "
                "that becomes 14 days again."
            )
        return "\n".join(told)

    def _enrol(self, wish: EnrolWish) -> None:
        self._session.office.enrol(wish, self._enrolled, self._not_enrolled)

    def _enrolled(self) -> None:
        self._session.told.emit("This laptop is connected to the office. Your cases come as they arrive.")

    def _not_enrolled(self, error: Exception) -> None:
        if self._connect is not None:
            self._connect.fail(self._said(error), certificate=isinstance(error, Untrusted))
            self.answered.emit()

    def _sign_in(self, user: str, password: str) -> None:
        self._session.office.sign_in(user, password, self._signed_in, self._not_signed_in)

    def _not_signed_in(self, error: Exception) -> None:
        self._again.fail(self._said(error))
        self.answered.emit()

    def _signed_in(self) -> None:
        self._again.rest()
        self._fold.set_open(False)

    def _said(self, error: Exception) -> str:
        if isinstance(error, KnownError):
            return str(error)
        self._session.tell(error)
        return ""
