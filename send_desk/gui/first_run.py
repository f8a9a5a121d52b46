"""The page where no home stands yet: who works here, for which authority, and the passphrase that is to open it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from send_desk.domain.ids import Role
from send_desk.gui.door import NewHome
from send_desk.gui.line_field import LineField
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2
from send_desk.gui.naming import named
from send_desk.gui.pieces import Field, Fold, Kind, Message, set_icon
from send_desk.gui.unlock import DoorCard, SecretLine
from send_desk.gui.words import Line, Paragraph, Voice

_ROLES = {Role.CASEWORKER: "Caseworker", Role.MANAGER: "Manager", Role.ADMINISTRATOR: "Administrator"}
_NO_KEY = "No file chosen. Without it, only the passphrase opens this home."


class FirstRunPage(DoorCard):
    """Asks for what `init` asks for. `wished` is sent with a `NewHome`; `fail` says why none was made."""

    wished = Signal(object)

    def __init__(self, look: Look, *, home: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("first")
        self._key: Path | None = None
        self._message = Message(look, name="first.message")
        self._name = LineField("Your name", name="first.name", hint="As it stands in letters to families.")
        self._code = LineField("Your authority's code", name="first.authority", hint="Three figures, such as 830.")
        self._authority = LineField("Your authority's name", name="first.authority_name")
        roles = QComboBox()
        for role, words in _ROLES.items():
            roles.addItem(words, role)
        self._role = Field("Your role", roles, name="first.role")
        self._secret = SecretLine(
            look,
            name="first.passphrase",
            label="A passphrase",
            hint="At least eight characters; three words are good. Nobody can look it up for you.",
        )
        self._again = SecretLine(look, name="first.passphrase_again", label="The same passphrase again")
        self._go = named(QPushButton("Make this home"), "first.go", "Make this home")
        self._go.setProperty("role", "main")
        self._roles = roles
        self._told_key = Paragraph(_NO_KEY, Voice.SMALL)
        self.column.addWidget(Line("Welcome to SEND Desk", Voice.TITLE))
        self.column.addWidget(
            Paragraph(f"Your work will be kept on this laptop, encrypted, in the folder {home}.", Voice.QUIET)
        )
        self.column.addWidget(self._message)
        for part in (self._name, self._code, self._authority, self._role, self._secret, self._again):
            self.column.addWidget(part)
        self.column.addWidget(self._recovery(look))
        foot = QHBoxLayout()
        foot.addWidget(self._go)
        foot.addStretch(1)
        self.column.addLayout(foot)
        self._go.clicked.connect(self._wish)
        self._again.editor.returnPressed.connect(self._wish)

    def focus(self) -> None:
        """Bring the keyboard to the first field."""
        self._name.focus()

    def fail(self, words: str) -> None:
        """Say why no home was made."""
        self._go.setEnabled(True)
        if words:
            self._message.say(words, kind=Kind.WARN)

    def _recovery(self, look: Look) -> Fold:
        fold = Fold(look, "Recovery key of your authority", name="first.recovery")
        choose = named(QPushButton("Choose the file ..."), "first.recovery.choose", "Choose the recovery key's file")
        choose.setAutoDefault(False)
        set_icon(choose, look, "key")
        choose.clicked.connect(self._choose_key)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE_2)
        line.addWidget(choose)
        line.addStretch(1)
        fold.add(
            Paragraph(
                "If your authority gave you the public half of its recovery key, choose it here: with the other half, "
                "the authority can give this home a new passphrase when yours is forgotten.",
                Voice.SMALL,
            )
        )
        fold.add(row)
        fold.add(self._told_key)
        return fold

    def _choose_key(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "The authority's public recovery key", "", "Keys (*.pem);;All (*)")
        if path:
            self._key = Path(path)
            self._told_key.say(f"{self._key.name} will be used.")

    def _wish(self) -> None:
        first, again = self._secret.editor, self._again.editor
        wrong: list[QLineEdit] = []
        for field, words in (
            (self._name, "Please give your name."),
            (self._code, "Please give the code of your authority."),
        ):
            field.set_hint("" if field.words else words, wrong=not field.words)
            wrong += [] if field.words else [field.line]
        if not first.text():
            self._secret.field.set_hint("Please choose a passphrase.", wrong=True)
            wrong.append(first)
        same = first.text() == again.text()
        self._again.field.set_hint("" if same else "This is not the same as above.", wrong=not same)
        wrong += [] if same else [again]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._go.setEnabled(False)
        self.wished.emit(
            NewHome(
                name=self._name.words,
                authority=self._code.words,
                role=Role(self._roles.currentData()),
                passphrase=first.text(),
                authority_name=self._authority.words,
                recovery_key=self._key,
            )
        )
