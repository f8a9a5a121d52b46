"""Settings: look, lock, whom families may ring, the local advice service, passphrase, law, backups."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from send_desk.domain.case import LocalAdvice
from send_desk.gui.column_page import Scrolled
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_3, SPACE_4, SPACE_6, TURN_MS
from send_desk.gui.panes import first_stop
from send_desk.gui.preferences import Preferences
from send_desk.gui.session import Session
from send_desk.gui.settings_office import OfficeCopyPart
from send_desk.gui.settings_parts import LawPart, LocalAdvicePart, LockPart, LookPart, OfficerPart
from send_desk.gui.settings_safety import BackupPart, PassphrasePart
from send_desk.gui.words import Line, Voice
from send_desk.services.settings import OfficerContact, Settings, settings

_OFFICE = "The office copy"
_LAID_OUT_MS = 60  # words that wrap take several rounds until the page has its height
_ABOUT = 96
"""How much above and below what the keyboard is in shows as well: there stands what is said about it."""


class SettingsPage(QWidget):
    """One column of cards; what is changed is kept at once, without a button, except the passphrase."""

    def __init__(self, session: Session, look: Look, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings")
        self._session, self._look = session, look
        self._office: OfficeCopyPart | None = None
        self._wanted = ""
        self._awaited = True  # the first field, by the keyboard
        self._known = Settings(OfficerContact(), LocalAdvice())
        self._parts: list[tuple[str, Callable[[], QWidget]]] = [
            ("You, as letters name you", lambda: OfficerPart(session, self._known.officer)),
            ("The local SEND advice service", lambda: LocalAdvicePart(session, self._known.local)),
            (_OFFICE, self._make_office),
            ("Bring in lists", lambda: _import_part(session, look)),
            ("Look", lambda: LookPart(look, preferences)),
            ("Lock", lambda: LockPart(session, self._known.idle_minutes)),
            ("Passphrase", lambda: PassphrasePart(session, look)),
            ("Backups", lambda: BackupPart(session, look)),
            ("The law", lambda: LawPart(session)),
        ]
        content = Scrolled()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_6)
        self._column.setSpacing(SPACE_4)
        self._column.addWidget(Line("Settings", Voice.TITLE))
        self._column.addStretch(1)
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        session.ask(settings, self._show)

    def show_place(self, words: str) -> None:
        """Bring a card: "settings/office"."""
        self._wanted = words.partition("/")[2]
        self._bring_wanted()

    def _make_office(self) -> QWidget:
        self._office = OfficeCopyPart(self._session, self._look)
        self._office.answered.connect(self._bring_soon)
        return self._office

    def _bring_wanted(self) -> None:
        # Once all cards stand, so that the page is as long as it will be; then nobody is taken to the first field.
        if self._wanted == "office" and self._office is not None and not self._parts:
            self._wanted = ""
            QTimer.singleShot(TURN_MS, self, self._bring_office)

    def _bring_office(self) -> None:
        if self._office is not None:
            self._scroll.ensureWidgetVisible(self._office, 0, SPACE_6)
            self._office.focus()
            self._bring_soon()

    def _bring_soon(self) -> None:
        QTimer.singleShot(_LAID_OUT_MS, self, self._bring_reached)  # what the keyboard is in may have unfolded just now

    def _bring_reached(self) -> None:
        reached = self.focusWidget()
        if reached is not None:
            self._scroll.ensureWidgetVisible(reached, 0, _ABOUT)

    def _show(self, known: Settings) -> None:
        self._known = known
        self._add_next()

    def _add_next(self) -> None:
        # One card at a time: all at once would hold up the window for longer than a blink.
        if self._parts and not self._session.is_locked:
            title, make = self._parts.pop(0)
            self._column.insertWidget(self._column.count() - 1, _card(title, make()))
            if self._awaited and not self._wanted:
                self._awaited = False
                QTimer.singleShot(0, self, self._begin)  # a turn later, when the card is shown
            self._bring_wanted()
            QTimer.singleShot(TURN_MS, self, self._add_next)

    def _begin(self) -> None:
        """Bring the keyboard to the first field, which stands only now; nobody is taken away from words being typed."""
        focused = QApplication.focusWidget()
        typing = isinstance(focused, QLineEdit) and bool(focused.text())
        goal = first_stop(self)
        if goal is not None and self.isVisible() and not typing:
            goal.setFocus(Qt.FocusReason.OtherFocusReason)


def _import_part(session: Session, look: Look) -> QWidget:
    from send_desk.gui.import_part import ImportPart  # what reads lists is not wanted until Settings is opened

    return ImportPart(session, look)


def _card(title: str, part: QWidget) -> QWidget:
    card = QFrame()
    card.setProperty("role", "card")
    card.setMaximumWidth(760)
    column = QVBoxLayout(card)
    column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_4)
    column.setSpacing(SPACE_2)
    heading: QLabel = Line(title, Voice.HEADING)
    column.addWidget(heading)
    column.addWidget(part)
    return _left(card)


def _left(card: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(card, 100)
    row.addStretch(1)
    return holder
