"""A new case: name, date of birth, the day the request was received, by whom and by what route; nothing else."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from send_desk.domain.errors import KnownError
from send_desk.gui.date_field import DateField
from send_desk.gui.line_field import LineField
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_3, SPACE_4
from send_desk.gui.naming import named
from send_desk.gui.pieces import Field, Kind, Message
from send_desk.gui.screen import within_screen
from send_desk.gui.session import Session
from send_desk.gui.words import Line, Paragraph, Voice
from send_desk.services import casework
from send_desk.services.desk import Desk
from send_desk.services.ports import CaseFile

_BY = ("", "Parent", "Young person", "School or college", "Social worker", "Health professional", "Youth justice")
_ROUTE = ("", "Letter", "E-mail", "Web form", "Telephone", "By hand")


class NewCase(QDialog):
    """A small window beside the work; Enter makes the case. `made` is sent with its id."""

    made = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("new_case")
        self.setWindowTitle("New case")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session

        self._message = Message(look, name="new_case.message")
        self._first = LineField("First names", name="new_case.first_names")
        self._surname = LineField("Surname", name="new_case.surname")
        self._born = DateField(
            look,
            "Date of birth",
            name="new_case.born",
            today=lambda: session.desk.today,
            latest=lambda: session.desk.today,
        )
        self._received = DateField(
            look,
            "The request was received on",
            name="new_case.received",
            today=lambda: session.desk.today,
            latest=lambda: session.desk.today,
            hint="It may lie before today: the weeks count from it.",
        )
        self._by = _choice("From whom", "new_case.by", _BY)
        self._route = _choice("By what route", "new_case.route", _ROUTE)
        self._make = named(QPushButton("Make the case"), "new_case.make", "Make the case")
        self._make.setProperty("role", "main")
        self._make.setDefault(True)
        cancel = named(QPushButton("Cancel"), "new_case.cancel", "Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._make.clicked.connect(self._try)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_2)
        column.setSpacing(SPACE_3)
        column.addWidget(Line("New case", Voice.TITLE))
        column.addWidget(Paragraph("A name and the day of the request are enough. The rest can follow.", Voice.QUIET))
        column.addWidget(self._message)
        for pair in ((self._first, self._surname), (self._born, self._received), (self._by, self._route)):
            row = QHBoxLayout()
            row.setSpacing(SPACE_4)
            for each in pair:
                row.addWidget(each, 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE_4, 0, SPACE_4, SPACE_3)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self._make)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll, 1)
        outer.addLayout(foot)
        self.resize(within_screen(self, QSize(560, 470)))
        session.locking.connect(self.close)

    def _try(self) -> None:
        if not self._make.isEnabled() or not self._complete():
            return
        first, surname, by, route = self._first.words, self._surname.words, _said(self._by), _said(self._route)
        born, received = self._born.day, self._received.day
        if received is None:
            return

        def work(desk: Desk) -> CaseFile:
            return casework.new_case(
                desk, first_names=first, surname=surname, born=born, received=received, by=by, route=route
            )

        self._make.setEnabled(False)
        self._session.ask(work, self._made, self._failed)

    def _complete(self) -> bool:
        unnamed = not (self._first.words or self._surname.words)
        self._surname.set_hint("Please give at least one name." if unnamed else "", wrong=unnamed)
        if unnamed:
            self._first.focus()
        if self._received.day is None and not self._received.is_wrong:
            self._received.say_missing("The weeks count from this day, so it is needed.")
        wrong = [field for field in (self._born, self._received) if field.is_wrong]
        if self._received.day is None and self._received not in wrong:
            wrong.append(self._received)
        if wrong and not unnamed:
            wrong[0].focus()
        return not wrong and not unnamed

    def _made(self, file: CaseFile) -> None:
        self._session.adopt(file)
        self._session.listed.emit()
        self.made.emit(file.case.id)
        self.close()

    def _failed(self, error: Exception) -> None:
        self._make.setEnabled(True)
        if isinstance(error, KnownError):
            self._message.say(str(error), kind=Kind.WARN)
        else:
            self._session.tell(error)


def _choice(label: str, name: str, words: tuple[str, ...]) -> Field:
    box = QComboBox()
    box.setEditable(True)
    box.addItems(list(words))
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    return Field(label, box, name=name)


def _said(field: Field) -> str:
    return field.editor.currentText().strip() if isinstance(field.editor, QComboBox) else ""
