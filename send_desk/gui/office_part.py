"""The office copy of one case, on its front page: sync it before all else, and ask who looked at the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from send_desk.domain.errors import KnownError
from send_desk.gui.column_page import PagePart
from send_desk.gui.flow import FlowLayout
from send_desk.gui.look import Look
from send_desk.gui.naming import named
from send_desk.gui.office_words import Phase, moment_words
from send_desk.gui.open_case import OpenCase
from send_desk.gui.pieces import set_icon
from send_desk.gui.session import Session
from send_desk.gui.words import Paragraph, Voice
from send_desk.wire.messages import LookedAnswer

_MOST = 12
_DEEDS = {
    "opened": "opened it",
    "printed": "printed from it",
    "exported": "took a copy out of it",
    "fetched": "brought it onto a laptop",
    "wrote": "wrote in it",
    "granted": "put somebody on it",
    "withdrawn": "took somebody off it",
    "redacted": "removed something from it for good",
}


class OfficePart(PagePart):
    """Hidden while this laptop has no office."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Office copy", parent=parent)
        self._session = session
        self._open: OpenCase | None = None
        self._first = named(QPushButton("Sync this case first"), "front.office.sync", "Sync this case first")
        self._who = named(QPushButton("Who looked at this file"), "front.office.looked", "Who looked at this file")
        for button, icon in ((self._first, "arrow-clockwise"), (self._who, "eye")):
            button.setAutoDefault(False)
            set_icon(button, look, icon)
        self._first.clicked.connect(self.sync_first)
        self._who.clicked.connect(self._ask)
        self._told = Paragraph("", Voice.QUIET)
        self._told.hide()
        row = QWidget()
        flow = FlowLayout(row)
        flow.addWidget(self._first)
        flow.addWidget(self._who)
        for widget in (row, self._told):
            self.body.addWidget(widget)
        session.office.changed.connect(self._show)
        self.hide()

    @property
    def is_wanted(self) -> bool:
        """Whether this laptop has an office."""
        return self._session.office.is_enrolled

    def show_case(self, open_case: OpenCase) -> None:
        """Show how a case stands."""
        if open_case is not self._open:
            self._open = open_case
            self._told.hide()
        self._show()

    def sync_first(self) -> None:
        """Send what waits of this case before all else."""
        if self._open is not None:
            self._session.office.sync(self._open.case.id)

    def _show(self) -> None:
        if self._open is None or self._session.is_locked:
            return
        self._first.setEnabled(self._session.office.phase is not Phase.SYNCING)
        if self.isHidden() is self.is_wanted:
            self.setVisible(self.is_wanted)

    def _ask(self) -> None:
        if self._open is None:
            return
        case, door = self._open.case.id, self._session.door
        self._who.setEnabled(False)
        self._say("Asking the office ...")

        def answer(told: LookedAnswer) -> None:
            self._who.setEnabled(True)
            if self._open is not None and self._open.case.id == case:
                self._say(looked_words(told.lines, self._session.desk.today))

        self._session.office.ask(lambda: door.looked(case), answer, self._failed)

    def _failed(self, error: Exception) -> None:
        self._who.setEnabled(True)
        if isinstance(error, KnownError):
            self._say(str(error))
        else:
            self._told.hide()
            self._session.tell(error)

    def _say(self, words: str) -> None:
        self._told.say(words)
        self._told.show()


def looked_words(lines: Sequence[Mapping[str, Any]], today: date) -> str:
    """Return who did what with a file, the latest first, one a line."""
    if not lines:
        return "The office has not noted that anybody looked at this file."
    told = [_line(line, today) for line in lines[:_MOST]]
    if len(lines) > _MOST:
        told.append(f"and {len(lines) - _MOST} more")
    return "\n".join(told)


def _line(line: Mapping[str, Any], today: date) -> str:
    who = str(line.get("name") or line.get("by") or "Somebody")
    what = str(line.get("act") or line.get("what") or "")
    at = str(line.get("told_at") or line.get("at") or "")
    try:
        when = moment_words(datetime.fromisoformat(at), today)
    except ValueError:
        when = at
    return f"{who} {_DEEDS.get(what, 'did something else with it')}, {when}"
