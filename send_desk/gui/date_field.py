"""A field for a day: typed as people write it, read back in words, or chosen from a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from send_desk.gui.day_words import Reading, in_full, read_day
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1, SPACE_2
from send_desk.gui.pieces import set_icon
from send_desk.gui.words import Paragraph, Voice, set_role


class DateField(QWidget):
    """A label, a line for the day, a calendar on a button, and under it what was understood.

    `today` gives the day on which the desk works, for years left out and for "today". `day` is what stands in the
    field, None where it is empty or not understood; `is_wrong` tells the two apart. `latest` bounds what is taken.
    """

    changed = Signal()
    """Sent when another day (or none) is read."""
    left = Signal()
    """Sent when the writer leaves the line or presses Enter in it."""

    def __init__(
        self,
        look: Look,
        label: str,
        *,
        name: str,
        today: Callable[[], date],
        latest: Callable[[], date] | None = None,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today, self._latest, self._hint_words = today, latest, hint
        self._reading = Reading()
        self._missing = ""
        self.editor = QLineEdit()
        self.editor.setObjectName(name)
        self.editor.setAccessibleName(label.replace("&", ""))
        self.editor.setPlaceholderText("Day, month, year")
        self.editor.setMinimumWidth(150)
        self._button = QToolButton()
        self._button.setObjectName(f"{name}.calendar")
        self._button.setAccessibleName(f"{label.replace('&', '')}: choose from a calendar")
        self._button.setToolTip("Choose from a calendar")
        set_icon(self._button, look, "calendar-blank")
        title = QLabel(label)
        title.setProperty("role", Voice.LABEL.value)
        title.setBuddy(self.editor)
        self._told = Paragraph("", Voice.SMALL)
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self.editor, 1)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(title)
        column.addLayout(row)
        column.addWidget(self._told)
        self.editor.textChanged.connect(self._read)
        self.editor.editingFinished.connect(self.left)
        self._button.clicked.connect(self._choose)
        self._say()

    @property
    def day(self) -> date | None:
        """The day that stands in the field."""
        return self._reading.day

    @property
    def is_wrong(self) -> bool:
        """Whether something stands in the field that is not read as a day or not taken."""
        return bool(self._reading.trouble)

    def set_day(self, day: date | None) -> None:
        """Put a day into the field, or empty it."""
        self.editor.setText("" if day is None else in_full(day).split(" ", 1)[1])

    def say_missing(self, words: str) -> None:
        """Say under the field why it is needed, until something is typed."""
        self._missing = words
        self._say()

    def focus(self) -> None:
        """Bring the keyboard here, with what stands in the field selected."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.selectAll()

    def _read(self, words: str) -> None:
        before = self._reading
        latest = self._latest() if self._latest else None
        self._reading = read_day(words, today=self._today(), latest=latest)
        self._missing = ""
        self._say()
        if self._reading != before:
            self.changed.emit()

    def _say(self) -> None:
        trouble = self._reading.trouble or self._missing
        words = trouble or (in_full(self._reading.day) if self._reading.day else self._hint_words)
        self._told.say(words)
        self._told.setVisible(bool(words))
        self.editor.setAccessibleDescription(words)
        set_role(self._told, (Voice.LATE if trouble else Voice.SMALL).value)
        if self.editor.property("wrong") != bool(trouble):
            self.editor.setProperty("wrong", bool(trouble))
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)

    def _choose(self) -> None:
        popup = _Calendar(self, name=f"{self.editor.objectName()}.days")
        shown = self._reading.day or self._today()
        popup.days.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        if self._latest is not None:
            last = self._latest()
            popup.days.setMaximumDate(QDate(last.year, last.month, last.day))
        popup.chosen.connect(self._take)
        popup.open_under(self._button)

    def _take(self, day: date) -> None:
        self.set_day(day)
        self.editor.setFocus(Qt.FocusReason.PopupFocusReason)
        self.left.emit()


class _Calendar(QFrame):
    """A month of days in a small window of its own; Enter or a click takes one, Esc takes none."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, *, name: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.days = QCalendarWidget()
        self.days.setObjectName(name)
        self.days.setAccessibleName("Calendar")
        self.days.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.days.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.days.setGridVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_1, SPACE_1, SPACE_1, SPACE_1)
        column.addWidget(self.days)
        self.days.clicked.connect(self._take)
        self.days.activated.connect(self._take)

    def open_under(self, button: QWidget) -> None:
        """Open below the button, and within the screen."""
        self.adjustSize()
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + 2))
        area = button.screen().availableGeometry()
        x = min(max(area.left(), corner.x()), area.right() - self.width())
        y = min(max(area.top(), corner.y()), area.bottom() - self.height())
        self.move(x, y)
        self.show()
        self.days.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def _take(self, day: QDate) -> None:
        if not self.isVisible():
            return  # a double click says it twice
        self.close()
        self.chosen.emit(date(day.year(), day.month(), day.day()))
