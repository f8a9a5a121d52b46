"""What happened to a case, newest first, each with its note and a way to take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from send_desk.domain.advice_words import GROUND_WORDS
from send_desk.domain.case import CaseEvent, Exemption
from send_desk.domain.dates import in_words
from send_desk.domain.event_words import event_details, event_words
from send_desk.gui.column_page import Listed
from send_desk.gui.metrics import SPACE_2
from send_desk.gui.open_case import OpenCase
from send_desk.gui.words import Paragraph, Voice
from send_desk.services import casework


@dataclass(frozen=True, slots=True)
class _Past:
    """One thing that was recorded, in words; an exemption is told apart from an event."""

    id: str
    words: str
    more: str
    exemption: bool = False


class EventsList(QWidget):
    """The events of a case, and above them the exemptions that were recorded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open: OpenCase | None = None
        self._rows: Listed[_Past, _EventRow] = Listed(
            lambda one: one.id, self._make, lambda row, one: row.show_past(one), gap=SPACE_2
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._rows)

    def show_case(self, open_case: OpenCase, titles: Mapping[str, str]) -> None:
        """Show what was recorded; `titles` are the time limits' by their rules."""
        self._open = open_case
        case = open_case.case
        exempt = [_of_exemption(one, titles.get(one.rule, one.rule)) for one in reversed(case.exemptions)]
        self._rows.show_items([*exempt, *(_of_event(one) for one in reversed(case.events))])

    def _make(self, past: _Past) -> _EventRow:
        row = _EventRow(name=f"front.event.{past.id}")
        row.taken_back.connect(partial(self._take_back, past))
        return row

    def _take_back(self, past: _Past) -> None:
        if self._open is not None:
            id_ = past.id
            remove = casework.remove_exemption if past.exemption else casework.remove_event
            self._open.do(lambda desk, file: remove(desk, file, id_))


def _of_event(event: CaseEvent) -> _Past:
    day = in_words(event.on) if event.on else "day not recorded"
    more = ". ".join(part for part in (event_details(event), event.note) if part)
    return _Past(event.id, f"{day}: {event_words(event)}", more)


def _of_exemption(one: Exemption, title: str) -> _Past:
    day = in_words(one.decided_on) if one.decided_on else "day not recorded"
    stretch = " ".join(
        part
        for part in (
            f"from {in_words(one.from_)}" if one.from_ else "",
            f"until {in_words(one.until)}" if one.until else "",
        )
        if part
    )
    told = f"the family was told on {in_words(one.letter_sent)}" if one.letter_sent else ""
    more = ". ".join(part for part in (one.decided_by, stretch, one.evidence, told) if part)
    ground = GROUND_WORDS[one.ground]
    return _Past(one.id, f"{day}: Exemption, {title}: {ground[:1].lower()}{ground[1:]}", more, exemption=True)


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

    def show_past(self, past: _Past) -> None:
        """Show what was recorded."""
        self._words.say(past.words)
        self._more.say(past.more)
        self._more.setVisible(bool(past.more))
        self._back.setAccessibleName(f"Take back: {past.words}")
