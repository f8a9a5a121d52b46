"""What happened to a case, newest first, each with its note and a way to take it back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from send_desk.domain.case import CaseEvent
from send_desk.domain.dates import in_words
from send_desk.domain.event_words import event_details, event_words
from send_desk.gui.column_page import Listed
from send_desk.gui.metrics import SPACE_2
from send_desk.gui.open_case import OpenCase
from send_desk.gui.words import Paragraph, Voice
from send_desk.services import casework


class EventsList(QWidget):
    """The events of a case."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open: OpenCase | None = None
        self._rows: Listed[CaseEvent, _EventRow] = Listed(
            lambda one: one.id, self._make, lambda row, one: row.show_event(one), gap=SPACE_2
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._rows)

    def show_case(self, open_case: OpenCase) -> None:
        """Show the events of a case."""
        self._open = open_case
        self._rows.show_items(tuple(reversed(open_case.case.events)))

    def _make(self, event: CaseEvent) -> _EventRow:
        row = _EventRow(name=f"front.event.{event.id}")
        row.taken_back.connect(partial(self._take_back, event.id))
        return row

    def _take_back(self, id_: str) -> None:
        if self._open is not None:
            self._open.do(lambda desk, file: casework.remove_event(desk, file, id_))


class _EventRow(QWidget):
    taken_back = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Paragraph()
        self._more = Paragraph("", Voice.SMALL)
        self._back = QPushButton("Take back")
        self._back.setObjectName(f"{name}.take_back")
        self._back.setProperty("role", "link")
        self._back.setToolTip("Recorded in error? It leaves the case; the history keeps it.")
        self._back.setAutoDefault(False)
        self._back.clicked.connect(self.taken_back)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._words)
        words.addWidget(self._more)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(words, 1)
        row.addWidget(self._back)

    def show_event(self, event: CaseEvent) -> None:
        """Show an event."""
        day = in_words(event.on) if event.on else "day not recorded"
        self._words.say(f"{day}: {event_words(event)}")
        more = ". ".join(part for part in (event_details(event), event.note) if part)
        self._more.say(more)
        self._more.setVisible(bool(more))
        self._back.setAccessibleName(f"Take back: {event_words(event)}, {day}")
