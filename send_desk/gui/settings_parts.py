"""The parts of Settings that are words and choices: look, lock, officer, local advice service, law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from send_desk.domain.case import LocalAdvice
from send_desk.domain.dates import in_words
from send_desk.gui.line_field import LineField
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_3, SPACE_4
from send_desk.gui.pieces import Field
from send_desk.gui.preferences import Preferences
from send_desk.gui.session import Session
from send_desk.gui.theme import ThemeChoice
from send_desk.gui.words import Line, Paragraph, Voice
from send_desk.services import settings
from send_desk.services.settings import OfficerContact

_THEMES: Mapping[ThemeChoice, str] = {
    ThemeChoice.SYSTEM: "As the system has it",
    ThemeChoice.LIGHT: "Light",
    ThemeChoice.DARK: "Dark",
    ThemeChoice.HIGH_CONTRAST: "High contrast",
}
_MINUTES = (2, 5, 10, 15, 30)


class LookPart(QWidget):
    """Which look; it changes at once and is remembered before the next unlocking."""

    def __init__(self, look: Look, preferences: Preferences) -> None:
        super().__init__()
        self._look, self._preferences = look, preferences
        self._box = QComboBox()
        for choice, words in _THEMES.items():
            self._box.addItem(words, choice)
        self._box.setCurrentIndex(list(_THEMES).index(look.choice))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Field("Colours", self._box, name="settings.theme"))
        self._box.activated.connect(self._choose)

    def _choose(self, _: int) -> None:
        choice = ThemeChoice(self._box.currentData())
        self._preferences.theme = choice
        self._look.choose(choice)


class LockPart(QWidget):
    """After how long without a key the desk locks itself."""

    def __init__(self, session: Session, set_now: int) -> None:
        super().__init__()
        self._session = session
        self._box = QComboBox()
        for minutes in _MINUTES:
            self._box.addItem(f"{minutes} minutes", minutes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        hint = "What you are writing is saved before it locks, and you come back to the same place."
        column.addWidget(Field("Lock by itself after", self._box, name="settings.idle", hint=hint))
        if self._box.findData(set_now) < 0:
            self._box.addItem(f"{set_now} minutes", set_now)
        self._box.setCurrentIndex(self._box.findData(set_now))
        self._box.activated.connect(self._choose)

    def _choose(self, _: int) -> None:
        minutes = int(self._box.currentData())
        self._session.ask(
            lambda desk: settings.set_idle_minutes(desk, minutes), lambda _: self._session.idle_changed.emit(minutes)
        )


class _Lines(QWidget):
    """Fields in two columns; `left` is sent when one has been edited and left."""

    left = Signal()

    def __init__(self, place: str, labels: Mapping[str, str], hint: str, words: Mapping[str, str]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_3)
        grid.addWidget(Paragraph(hint, Voice.QUIET), 0, 0, 1, 2)
        self.fields: dict[str, LineField] = {}
        for at, (key, label) in enumerate(labels.items()):
            field = LineField(label, name=f"settings.{place}.{key}")
            field.line.setText(words[key])
            field.line.editingFinished.connect(self.left)
            grid.addWidget(field, 1 + at // 2, at % 2)
            self.fields[key] = field

    def words(self) -> dict[str, str]:
        """Return what stands in the fields."""
        return {key: field.words for key, field in self.fields.items()}


class OfficerPart(QWidget):
    """How families reach the user."""

    def __init__(self, session: Session, set_now: OfficerContact) -> None:
        super().__init__()
        self._session = session
        user = session.desk.user
        self._lines = _Lines(
            "officer",
            {"role": "Your role, in words", "phone": "Telephone", "email": "E-mail"},
            f"Letters and new drafts name {user.name} and say how to reach you. Authority {user.authority}.",
            asdict(set_now),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._lines)
        self._lines.left.connect(self._keep)

    def _keep(self) -> None:
        contact = OfficerContact(**self._lines.words())
        self._session.ask(lambda desk: settings.set_officer(desk, contact))


class LocalAdvicePart(QWidget):
    """The service that page one of every draft names for free, independent help."""

    def __init__(self, session: Session, set_now: LocalAdvice) -> None:
        super().__init__()
        self._session = session
        self._lines = _Lines(
            "local",
            {
                "service": "Name of the service",
                "telephone": "Telephone",
                "email": "E-mail",
                "website": "Website",
                "schools": "Where schools and colleges are listed",
            },
            "Page one of a draft tells the family where free and independent help is to be had.",
            asdict(set_now),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._lines)
        self._lines.left.connect(self._keep)

    def _keep(self) -> None:
        local = LocalAdvice(**self._lines.words())
        self._session.ask(lambda desk: settings.set_local_advice(desk, local))


class LawPart(QWidget):
    """Which law the program works by, and up to which day it was checked."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        for book in session.desk.rulebooks.values():
            title = Line(book.title)
            title.setWordWrap(True)
            column.addWidget(title)
            column.addWidget(
                Paragraph(f"In force from {in_words(book.in_force)}; checked up to {in_words(book.checked_to)}.")
            )
            if book.notice:
                column.addWidget(Paragraph(book.notice, Voice.QUIET))
