"""Connect this laptop to an office: the address of its hub, name and password, a certificate where one is needed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from send_desk.gui.door import EnrolWish
from send_desk.gui.line_field import LineField
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_3
from send_desk.gui.naming import named
from send_desk.gui.pieces import Fold, Kind, Message, set_icon
from send_desk.gui.unlock import SecretLine
from send_desk.gui.words import Paragraph, Voice

_WHY = (
    "Connected, your work goes to your authority's own office copy whenever this laptop is online, and the work of "
    "your colleagues on your cases comes to you. Offline, everything goes on as it does now."
)
_NO_FILE = "No file chosen: the certificates that this computer trusts are used."
_HUB_HINT = "Those who look after SEND Desk at your authority give it to you: such as https://send.example.gov.uk"


class ConnectForm(QWidget):
    """`wished` is sent with an `EnrolWish`; `fail` says why it did not go, with everything kept as typed."""

    wished = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ca: Path | None = None
        self._busy = False
        self._message = Message(look, name="enrol.message")
        self._hub = LineField("Address of the office copy", name="enrol.hub", hint=_HUB_HINT)
        self._user = LineField("Your name at the office", name="enrol.user")
        self._secret = SecretLine(look, name="enrol.password", label="Your office password")
        self._go = named(QPushButton("Connect to the office"), "enrol.go", "Connect to the office")
        self._go.setProperty("role", "main")
        self._go.setAutoDefault(False)
        self._told_ca = Paragraph(_NO_FILE, Voice.SMALL)
        foot = QHBoxLayout()
        foot.addWidget(self._go)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(Paragraph(_WHY, Voice.QUIET))
        for widget in (self._hub, self._user, self._secret, self._certificate(look), self._message):
            column.addWidget(widget)
        column.addLayout(foot)
        self._go.clicked.connect(self._wish)
        self._secret.editor.returnPressed.connect(self._wish)

    def focus(self) -> None:
        """Bring the keyboard to the first field."""
        self._hub.focus()

    def fail(self, words: str, *, certificate: bool = False) -> None:
        """Say why it did not go, above the button; `certificate` opens where a file of the authority is chosen."""
        self._set_busy(busy=False)
        if certificate:
            self._own.set_open(True)
        if words:
            self._message.say(words, kind=Kind.WARN)
        self._go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _certificate(self, look: Look) -> Fold:
        fold = self._own = Fold(look, "A certificate of the authority's own", name="enrol.ca")
        choose = named(QPushButton("Choose the file ..."), "enrol.ca.choose", "Choose the file of the certificate")
        choose.setAutoDefault(False)
        set_icon(choose, look, "folder-open")
        choose.clicked.connect(self._choose)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE_2)
        line.addWidget(choose)
        line.addStretch(1)
        fold.add(
            Paragraph(
                "Needed only where the authority makes its certificates itself: those who look after SEND Desk give "
                "you a file.",
                Voice.SMALL,
            )
        )
        fold.add(row)
        fold.add(self._told_ca)
        return fold

    def choose_certificate(self, path: Path) -> None:
        """Trust the certificate in a file, for this hub."""
        self._ca = path
        self._told_ca.say(f"{path.name} will be used.")

    def _choose(self) -> None:
        kinds = "Certificates (*.pem *.crt);;All (*)"
        path, _ = QFileDialog.getOpenFileName(self, "The authority's certificate", "", kinds)
        if path:
            self.choose_certificate(Path(path))

    def _wish(self) -> None:
        if self._busy:
            return
        hub, user, password = self._hub.words, self._user.words, self._secret.editor.text()
        self._hub.set_hint(_HUB_HINT if hub else "Please give the address of the office copy.", wrong=not hub)
        self._user.set_hint("" if user else "Please give your name at the office.", wrong=not user)
        self._secret.field.set_hint("" if password else "Please type your office password.", wrong=not password)
        missing = next((each for each, words in ((self._hub, hub), (self._user, user)) if not words), None)
        if missing is not None:
            missing.focus()
        elif not password:
            self._secret.editor.setFocus()
        else:
            self._message.hide()
            self._set_busy(busy=True)
            self.wished.emit(EnrolWish(hub=hub, user=user, password=password, ca=self._ca))

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy  # a button that is off would hand the keyboard on, and the page would follow it
        self._go.setText("Connecting ..." if busy else "Connect to the office")
