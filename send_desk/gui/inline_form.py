"""A form in the page: a title, fields, what the program says to them, and two buttons. It blocks nothing."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from send_desk.domain.typed import clean, clean_line
from send_desk.gui.date_field import DateField
from send_desk.gui.flow import FlowLayout
from send_desk.gui.growing_text import GrowingText
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_3, SPACE_4
from send_desk.gui.panes import first_stop
from send_desk.gui.pieces import Field
from send_desk.gui.style import text_font
from send_desk.gui.tab_order import tab_in_reading_order
from send_desk.gui.words import Line, Paragraph, Voice, measure, set_role

HALF = 264  # two fields stand side by side where there is room


class InlineForm(QFrame):
    """Fields under a title. Ctrl+Enter or the main button hands in, Esc or the other button leaves.

    Names of the controls begin with `name`. `handed_in` is sent when it is to be recorded; the owner reads the fields
    and closes the form, or says with `complain` what is missing.
    """

    handed_in = Signal()
    left = Signal()

    def __init__(
        self, look: Look, title: str, *, name: str, main: str = "Record", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.look, self.name = look, name
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self.setMaximumWidth(measure() + 2 * SPACE_4 + 2)
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE_3)
        self._told = Paragraph()
        self._told.hide()
        self.main = QPushButton(main)
        self.main.setObjectName(f"{name}.record")
        self.main.setAccessibleName(main)
        self.main.setProperty("role", "main")
        self.main.setAutoDefault(False)
        self.main.clicked.connect(self.handed_in)
        self.away = away = QPushButton("Cancel")
        away.setObjectName(f"{name}.cancel")
        away.setAccessibleName("Cancel; nothing is recorded")
        away.setAutoDefault(False)
        away.clicked.connect(self.left)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(SPACE_2)
        self.buttons.addWidget(self.main)
        self.buttons.addWidget(away)
        self.buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_3)
        head = Line(title)
        head.setFont(text_font(bold=True))
        column.addWidget(head)
        column.addLayout(self.body)
        column.addWidget(self._told)
        column.addLayout(self.buttons)

    def side_by_side(self, *widgets: QWidget) -> None:
        """Set fields beside one another, and under one another where there is no room."""
        holder = QWidget()
        flow = FlowLayout(holder, gap=SPACE_3, top=True)
        for widget in widgets:
            widget.setFixedWidth(HALF)
            flow.addWidget(widget)
        self.body.addWidget(holder)

    def line(self, label: str, thing: str, *, words: str = "", hint: str = "") -> Field:
        """Make a field of one line; its editor is a QLineEdit."""
        return Field(label, QLineEdit(words), name=f"{self.name}.{thing}", hint=hint)

    def text(self, label: str, thing: str, *, words: str = "", hint: str = "", least: int = 2) -> Field:
        """Make a field that grows with its words, and put it into the form; its editor is a GrowingText."""
        editor = GrowingText(least=least)
        editor.setPlainText(words)
        field = Field(label, editor, name=f"{self.name}.{thing}", hint=hint)
        self.body.addWidget(field)
        return field

    def tick(self, label: str, thing: str, *, on: bool = False) -> QCheckBox:
        """Make a box to tick, and put it into the form."""
        box = QCheckBox(label)
        box.setObjectName(f"{self.name}.{thing}")
        box.setAccessibleName(label.replace("&", ""))
        box.setChecked(on)
        self.body.addWidget(box)
        return box

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Say something above the buttons; empty words take it away."""
        self._told.say(words)
        self._told.setVisible(bool(words))
        set_role(self._told, (Voice.LATE if wrong else Voice.QUIET).value)

    def complain(self, words: str, at: QWidget | DateField | None = None) -> None:
        """Say what is missing, and bring the keyboard to where it is missing."""
        match at:
            case DateField():
                at.say_missing(words)
                at.focus()
            case QWidget():
                self.say(words, wrong=True)
                at.setFocus(Qt.FocusReason.OtherFocusReason)
            case _:
                self.say(words, wrong=True)

    def begin(self) -> None:
        """Bring the keyboard into the first field."""
        tab_in_reading_order(self)
        goal = first_stop(self)
        if goal is not None:
            goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Escape:
                self.left.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if control:
                self.handed_in.emit()
            case _:
                super().keyPressEvent(event)


def field_words(field: Field | None) -> str:
    """Return what stands in a field of one line or of many, without the spaces around it."""
    match field.editor if field is not None else None:
        case QLineEdit() as line:
            return clean_line(line.text())
        case GrowingText() as text:
            return clean(text.toPlainText()).strip()
        case _:
            return ""


class FormPlace(QWidget):
    """Where one form at a time opens in a page; opening another closes the first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._form: InlineForm | None = None
        self._from: QWidget | None = None
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._show)
        self.hide()

    @property
    def form(self) -> InlineForm | None:
        """The form that is open."""
        return self._form

    def open(self, form: InlineForm) -> None:
        """Show a form, and bring the keyboard into it; when it is left, the keyboard goes back to where it was."""
        window = self.window()
        came_from = window.focusWidget()
        self.close_form()
        self._from = came_from
        self._form = form
        form.left.connect(self.close_form)
        form.hide()
        self._column.addWidget(form)
        self._turn.start()  # made now, laid out at the next turn: together they would hold the window for a blink

    def _show(self) -> None:
        if self._form is not None:
            self.show()
            self._form.show()
            self._form.begin()
            QTimer.singleShot(0, self, self._reveal)  # when the page has been laid out with the form in it

    def _reveal(self) -> None:
        area: QWidget | None = self
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        content = area.widget() if area is not None else None
        if self._form is None or area is None or content is None:
            return
        top = self.mapTo(content, QPoint(0, 0)).y()
        bar, room = area.verticalScrollBar(), area.viewport().height()
        if top < bar.value() or top + self.height() > bar.value() + room:
            bar.setValue(max(0, min(top - SPACE_4, max(top + self.height() + SPACE_4 - room, top - room // 3))))

    def close_form(self) -> None:
        """Take the form away."""
        form, self._form = self._form, None
        if form is None:
            return
        had_focus = form.isAncestorOf(form.window().focusWidget()) if form.window().focusWidget() else False
        self._column.removeWidget(form)
        form.hide()
        form.deleteLater()
        self.hide()
        if had_focus and self._from is not None and isValid(self._from) and self._from.isVisible():
            self._from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._from = None
