"""The strip under the head of the window for what the office has to say: the lease, the news, what is coming."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from send_desk.gui.arrivals import Arrivals
from send_desk.gui.download_strip import DownloadStrip
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2
from send_desk.gui.office_words import Phase, lease_words
from send_desk.gui.pieces import Kind, Message
from send_desk.gui.session import Session


class OfficeStrip(QWidget):
    """Empty while there is nothing to say. `opened` is sent with a place, `left` when a message was closed."""

    opened = Signal(str)
    left = Signal()

    def __init__(self, session: Session, look: Look, desk: QWidget) -> None:
        super().__init__(desk)
        self._session = session
        self._warned = False
        self._place = ""
        self._lease = Message(look, name="top.lease", parent=self)
        self._news = Message(look, name="top.news", parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        self._parts = (self._lease, self._news, DownloadStrip(look, session.office, self))
        for part in self._parts:
            column.addWidget(part)
        self._lease.acted.connect(self.press)
        self._news.acted.connect(self._open_news)
        for message in (self._lease, self._news):
            message.closed.connect(self.left)
        self._arrivals = Arrivals(session, desk)
        self._arrivals.told.connect(self._tell)
        session.office.changed.connect(self._follow)
        self._follow()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            # a little room under the head of the window, and none where nothing is said
            top = SPACE_2 if any(not part.isHidden() for part in self._parts) else 0
            column = self.layout()
            if column is not None and column.contentsMargins().top() != top:
                column.setContentsMargins(0, top, 0, 0)
        return super().event(event)

    def press(self) -> None:
        """Do what the button at the top offers: sync, stop, or sign in."""
        office = self._session.office
        match office.phase:
            case Phase.SYNCING:
                office.cancel()
            case Phase.SIGN_IN:
                self.opened.emit("settings/office")
            case Phase.RESTING | Phase.OFFLINE:
                office.sync()

    def _follow(self) -> None:
        facts = self._session.office.facts
        if facts is None or self._session.is_locked:
            return
        state = facts.state
        if state.warned and state.lease_until is not None and not self._warned:
            now = self._session.desk.clock.now()
            self._lease.say(lease_words(state.lease_until, now), kind=Kind.WARN, action="Sync now")
        elif not state.warned:
            self._lease.hide()
        self._warned = state.warned  # said once an unlocking: closed, it stays closed

    def _tell(self, words: str, kind: Kind, place: str) -> None:
        self._place = place
        self._news.say(words, kind=kind, action="Show" if place else "")

    def _open_news(self) -> None:
        self._news.hide()
        self.opened.emit(self._place)
