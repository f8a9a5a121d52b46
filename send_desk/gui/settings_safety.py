"""The parts of Settings that keep the work safe: another passphrase, and backups."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from send_desk.domain.dates import counted
from send_desk.domain.errors import KnownError
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2
from send_desk.gui.naming import named
from send_desk.gui.pieces import Kind, Message, set_icon
from send_desk.gui.session import Session
from send_desk.gui.unlock import SecretLine
from send_desk.gui.words import Paragraph, Voice


class PassphrasePart(QWidget):
    """Lets another passphrase open the home; the old one is asked for first."""

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self._session = session
        self._message = Message(look, name="settings.passphrase.message")
        self._old = SecretLine(look, name="settings.passphrase.old", label="The passphrase until now")
        self._new = SecretLine(
            look,
            name="settings.passphrase.new",
            label="The new passphrase",
            hint="At least eight characters; three words are good.",
        )
        self._again = SecretLine(look, name="settings.passphrase.again", label="The new passphrase again")
        self._go = named(QPushButton("Change the passphrase"), "settings.passphrase.change", "Change the passphrase")
        self._go.clicked.connect(self._change)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        for part in (self._message, self._old, self._new, self._again):
            column.addWidget(part)
        column.addLayout(_at_left(self._go))

    def _change(self) -> None:
        old, new, again = (part.editor.text() for part in (self._old, self._new, self._again))
        missing = "" if old else "Please type the passphrase until now."
        self._old.field.set_hint(missing, wrong=bool(missing))
        differs = "" if new == again else "This is not the same as above."
        self._again.field.set_hint(differs, wrong=bool(differs))
        if missing or differs:
            self._focus(self._old.editor if missing else self._again.editor)
            return
        self._go.setEnabled(False)
        door = self._session.door
        self._session.aside.submit(lambda: door.change_passphrase(old, new), self._done, self._failed)

    def _done(self, _: object) -> None:
        self._go.setEnabled(True)
        for part in (self._old, self._new, self._again):
            part.hide_words()
        self._message.say("From now on the new passphrase opens this home, and the old one no longer does.")

    def _failed(self, error: Exception) -> None:
        self._go.setEnabled(True)
        if isinstance(error, KnownError):
            self._message.say(str(error), kind=Kind.WARN)
        else:
            self._session.tell(error)

    def _focus(self, line: QLineEdit) -> None:
        line.setFocus()
        line.selectAll()


class BackupPart(QWidget):
    """Where the home is, what backups there are, and one more on request."""

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self._session = session
        self._kept = Paragraph()
        self._go = named(QPushButton("Make a backup now"), "settings.backup", "Make a backup now")
        set_icon(self._go, look, "download-simple")
        self._go.clicked.connect(self._make)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(Paragraph(f"Your work is kept in {session.door.home}.", Voice.QUIET))
        column.addWidget(self._kept)
        column.addLayout(_at_left(self._go))
        self._look()

    def _look(self) -> None:
        door = self._session.door
        self._session.aside.submit(door.backups, self._tell)

    def _tell(self, kept: tuple[Path, ...]) -> None:
        words = "One encrypted backup is made each day and the last seven are kept."
        if kept:
            words += f" Kept now: {counted(len(kept), 'backup')}; the newest is {kept[0].name}."
        self._kept.say(words)

    def _make(self) -> None:
        self._go.setEnabled(False)
        self._go.setText("Making a backup ...")
        self._session.aside.submit(self._session.door.back_up_now, self._made, self._failed)

    def _made(self, _: Path) -> None:
        self._ready()
        self._look()

    def _failed(self, error: Exception) -> None:
        self._ready()
        self._session.tell(error)

    def _ready(self) -> None:
        self._go.setEnabled(True)
        self._go.setText("Make a backup now")


def _at_left(button: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(button)
    row.addStretch(1)
    return row
