"""Not taken by the office: every change that was refused, with its reason, what can be done, and an export."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QPushButton, QVBoxLayout, QWidget

from send_desk.domain.dates import counted
from send_desk.gui.column_page import ColumnPage, Listed
from send_desk.gui.flow import FlowLayout
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1, SPACE_2, SPACE_3, SPACE_4
from send_desk.gui.naming import named
from send_desk.gui.office_words import moment_words
from send_desk.gui.pieces import Message, set_icon
from send_desk.gui.session import Session
from send_desk.gui.style import text_font
from send_desk.gui.tray_lines import TrayLine, tray_lines
from send_desk.gui.words import Line, Paragraph, Voice
from send_desk.services.desk import Desk
from send_desk.services.tray import export_tray, try_again

_SHOWN = 60
_LONGEST = 600
_HELP = (
    "The office copy has not taken these changes. They are saved on this laptop, and nobody else sees them yet. When "
    "the reason is put right, try them again. To keep them, or to show them to somebody, write them into a file."
)
_NAME = "Not taken by the office.json"


class TrayPage(QWidget):
    """One card a change; `opened` is sent with the place where it stands."""

    opened = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._numbers: dict[str, int] = {}
        page = ColumnPage(name="tray", says="Not taken by the office")
        self._help = Paragraph("", Voice.QUIET)
        self._message = Message(look, name="tray.message")
        self._all = named(QPushButton("Try all again"), "tray.all", "Try all of them again")
        self._export = named(QPushButton("Write them into a file ..."), "tray.export", "Write them into a file")
        set_icon(self._all, look, "arrow-clockwise")
        set_icon(self._export, look, "export")
        self._all.clicked.connect(self._try_all)
        self._export.clicked.connect(self._ask_where)
        buttons = QWidget()
        row = FlowLayout(buttons)
        row.addWidget(self._all)
        row.addWidget(self._export)
        self._buttons = buttons
        self._cards: Listed[TrayLine, _Card] = Listed(lambda line: line.revision, self._make, _fill, gap=SPACE_3)
        self._rest = Paragraph("", Voice.QUIET)
        for widget in (Line("The tray: not taken by the office", Voice.TITLE), self._help, self._message, buttons):
            page.column.addWidget(widget)
        page.column.addWidget(self._cards)
        page.column.addWidget(self._rest)
        page.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)
        session.office.changed.connect(self._follow)
        self.read()

    def read(self) -> None:
        """Read the tray anew."""
        self._session.ask(tray_lines, self._show, latest="tray")

    def focus(self) -> None:
        """Bring the keyboard to the first thing that can be done."""
        if self._all.isVisible():
            self._all.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self) -> None:
        if self.isVisible():
            self.read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    def _show(self, lines: tuple[TrayLine, ...]) -> None:
        self._help.say(_HELP if lines else "Nothing is here: the office copy has taken everything that reached it.")
        self._buttons.setVisible(bool(lines))
        shown = lines[:_SHOWN]
        self._numbers = {line.revision: at for at, line in enumerate(shown, start=1)}
        self._cards.show_items(shown)
        for card in self._cards.widgets:
            card.number(self._numbers[card.revision])
        left = len(lines) - len(shown)
        self._rest.say(f"And {counted(left, 'more change', 'more changes')}: the file has all of them." if left else "")

    def _make(self, line: TrayLine) -> _Card:
        card = _Card(self._session, self._look, line)
        card.opened.connect(self.opened)
        card.again.connect(self._try)
        return card

    def _try(self, revision: str) -> None:
        self._session.ask(lambda desk: try_again(desk, revision), self._tried)

    def _try_all(self) -> None:
        revisions = tuple(self._numbers)

        def work(desk: Desk) -> None:
            for revision in revisions:
                try_again(desk, revision)

        self._session.ask(work, self._tried)

    def _tried(self, _: object) -> None:
        self.read()
        self._session.office.sync()

    def _ask_where(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "What the office did not take", _NAME, "JSON (*.json);;All (*)")
        if path:
            door = self._session.door
            self._session.ask(
                lambda desk: door.write(Path(path), export_tray(desk)), partial(self._wrote, Path(path).name)
            )

    def _wrote(self, name: str, _: object) -> None:
        self._message.say(
            f"Written into {name}. The file is not encrypted and names a child: keep it where such papers belong."
        )


class _Card(QFrame):
    """One change, its reason first."""

    opened = Signal(str)
    again = Signal(str)

    def __init__(self, session: Session, look: Look, line: TrayLine) -> None:
        super().__init__()
        self.revision = line.revision
        self._line = line
        self.setProperty("role", "card")
        self.setMaximumWidth(760)
        head = Paragraph(f"{line.child}: {line.what}")
        head.setFont(text_font(bold=True))
        self._reason = Paragraph("", Voice.LATE)
        self._when = Paragraph("", Voice.SMALL)
        self._try = QPushButton("Try again")
        self._go = QPushButton("Show where it stands")
        for button, icon in ((self._try, "arrow-clockwise"), (self._go, "arrow-right")):
            button.setAutoDefault(False)
            set_icon(button, look, icon)
        self._try.clicked.connect(lambda: self.again.emit(self._line.revision))
        self._go.clicked.connect(lambda: self.opened.emit(self._line.place))
        buttons = QWidget()
        row = FlowLayout(buttons, gap=SPACE_2)
        row.addWidget(self._try)
        row.addWidget(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_1)
        column.addWidget(head)
        column.addWidget(self._reason)
        for name, words in line.written:
            shown = words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} ..."
            column.addWidget(Paragraph(f"{name}: {shown}"))
        column.addWidget(self._when)
        column.addSpacing(SPACE_2)
        column.addWidget(buttons)
        self._when.say(f"Written {_at(line, session)}")

    def say(self, line: TrayLine) -> None:
        """Show why it is here now; what was written never changes."""
        self._line = line
        self._reason.say(line.reason)
        self._go.setVisible(bool(line.place))

    def number(self, at: int) -> None:
        """Name the buttons by the card's place."""
        where = f"{self._line.child}, {self._line.what}"
        named(self._try, f"tray.{at}.again", f"Try again: {where}")
        named(self._go, f"tray.{at}.show", f"Show where it stands: {where}")


def _fill(card: _Card, line: TrayLine) -> None:
    card.say(line)


def _at(line: TrayLine, session: Session) -> str:
    words = moment_words(line.made_at, session.desk.today)
    return f"today {words}" if words[0].isdigit() and ":" in words[:5] else words
