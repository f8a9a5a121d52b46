"""A line of the contact log: when, which way, with whom, what was said, and by when somebody awaits an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from send_desk.domain.case import Contact
from send_desk.gui.choices import Choice
from send_desk.gui.date_field import DateField
from send_desk.gui.growing_text import GrowingText
from send_desk.gui.inline_form import InlineForm, field_words
from send_desk.gui.look import Look
from send_desk.gui.open_case import Work
from send_desk.gui.pieces import Field
from send_desk.gui.session import Session
from send_desk.services import casework

_WAYS = ("telephone", "e-mail", "letter", "meeting", "visit", "video call", "text message")


class ContactForm(InlineForm):
    """The fields of one contact."""

    def __init__(
        self,
        session: Session,
        look: Look,
        contact: Contact,
        people: Sequence[str],
        *,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, "Contact", name=name, main="Save" if contact.id else "Record", parent=parent)
        self._session, self._contact = session, contact
        self._on = DateField(look, "Day", name=f"{name}.on", today=self._today, latest=self._today)
        self._on.set_day(contact.on)
        ways = {way: way.capitalize() for way in _WAYS}
        if contact.way and contact.way not in ways:
            ways[contact.way] = contact.way
        self._way = Choice(ways, name=f"{name}.way", says="Way")
        self._way.choose(contact.way or _WAYS[0])
        self._whom = self.line("With whom", "whom", words=contact.whom)
        completer = QCompleter(list(people), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        if isinstance(self._whom.editor, QLineEdit):
            self._whom.editor.setCompleter(completer)
        self._at = self.line("Time, if it matters", "at", words=contact.at)
        self._said = Field("What was said", GrowingText(least=3), name=f"{name}.text")
        if isinstance(self._said.editor, GrowingText):
            self._said.editor.setPlainText(contact.text)
        self._owed = DateField(
            look, "Reply owed by", name=f"{name}.reply_owed_by", today=self._today, hint="Empty if no answer is awaited"
        )
        self._owed.set_day(contact.reply_owed_by)
        self.side_by_side(self._whom, Field("Way", self._way, name=f"{name}.way"))
        self.body.addWidget(self._said)
        self.side_by_side(self._owed, self._on, self._at)

    def begin(self) -> None:
        """Begin with whom it was, or with the words where that is known."""
        (self._said if field_words(self._whom) else self._whom).editor.setFocus()

    def _today(self) -> date:
        return self._session.desk.today

    def work(self) -> Work | None:
        """Return what records the contact; where something lacks, say so and return None."""
        for field in (self._on, self._owed):
            if field.is_wrong:
                field.focus()
                return None
        if self._on.day is None:
            self.complain("Please give the day.", self._on)
            return None
        whom, said = field_words(self._whom), field_words(self._said)
        if not whom and not said:
            self.complain("Say with whom it was, or what was said.", self._said.editor)
            return None
        contact = replace(
            self._contact,
            on=self._on.day,
            way=self._way.value,
            whom=whom,
            text=said,
            at=field_words(self._at),
            reply_owed_by=self._owed.day,
            by=self._contact.by or self._session.desk.user.name,
        )
        return lambda desk, file: casework.put_contact(
            desk, file, contact if contact.id else replace(contact, id=desk.ids.record())
        )
