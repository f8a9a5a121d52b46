"""The contact log: replies that are owed on top, then what was said, newest first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from send_desk.domain.case import Contact
from send_desk.domain.dates import counted, in_words
from send_desk.gui.column_page import Listed, PagePart
from send_desk.gui.contact_form import ContactForm
from send_desk.gui.inline_form import FormPlace
from send_desk.gui.look import Look
from send_desk.gui.open_case import OpenCase
from send_desk.gui.pieces import set_icon
from send_desk.gui.rows import Row
from send_desk.gui.session import Session
from send_desk.services import casework

_SHOWN = 6  # lines before "Show all"


class ContactsPart(PagePart):
    """The contacts of the front page."""

    begun = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Contacts", parent=parent)
        self._session, self._look = session, look
        self._open: OpenCase | None = None
        self._all = False
        add = QPushButton("Add a contact...")
        add.setObjectName("front.contacts.add")
        add.setAccessibleName("Add a line to the contact log")
        add.setToolTip("Ctrl+Shift+N")
        add.setAutoDefault(False)
        set_icon(add, look, "plus")
        add.clicked.connect(self.begin_new)
        self.add_beside(add)
        self._place = FormPlace()
        self._rows: Listed[Contact, ContactRow] = Listed(lambda one: one.id, self._make, self._fill)
        self._more = QPushButton()
        self._more.setObjectName("front.contacts.all")
        self._more.setProperty("role", "link")
        self._more.setAutoDefault(False)
        self._more.clicked.connect(self._show_all)
        self.body.addWidget(self._place)
        self.body.addWidget(self._rows)
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_case(self, open_case: OpenCase) -> None:
        """Show the log of a case."""
        if open_case is not self._open:
            self._open = open_case
            self._all = False
            self._place.close_form()
        contacts = in_reading_order(open_case.case.contacts)
        owed = sum(is_owed(one) for one in contacts)
        self.say(f"{counted(owed, 'reply', 'replies')} owed." if owed else "" if contacts else "Nothing is logged yet.")
        shown = contacts if self._all else contacts[: max(_SHOWN, owed)]
        self._rows.show_items(shown)
        left = len(contacts) - len(shown)
        self._more.setVisible(left > 0)
        self._more.setText(f"Show {left} older")
        self._more.setAccessibleName(f"Show {left} older contacts")

    def begin_new(self) -> None:
        """Open an empty form, with today in it."""
        if self._open is not None:
            self._begin(Contact("", self._session.desk.today))

    def bring(self, id_: str) -> QWidget | None:
        """Show the line of a contact, older ones included, and return it; None where there is none."""
        if self._open is not None and self._rows.at(id_) is None:
            self._show_all()
        return self._rows.at(id_)

    def _show_all(self) -> None:
        self._all = True
        if self._open is not None:
            self.show_case(self._open)

    def _make(self, contact: Contact) -> ContactRow:
        row = ContactRow(self._look, name=f"front.contact.{contact.id}")
        row.opened.connect(partial(self._open_contact, contact.id))
        row.answered.connect(partial(self._answered, contact.id))
        return row

    def _fill(self, row: ContactRow, contact: Contact) -> None:
        row.show_contact(contact, self._session.desk.today)

    def _find(self, id_: str) -> Contact | None:
        contacts = self._open.case.contacts if self._open is not None else ()
        return next((one for one in contacts if one.id == id_), None)

    def _open_contact(self, id_: str) -> None:
        found = self._find(id_)
        if found is not None:
            self._begin(found)

    def _answered(self, id_: str) -> None:
        found = self._find(id_)
        if found is not None and self._open is not None:
            done = replace(found, answered_on=self._session.desk.today)
            self._open.do(lambda desk, file: casework.put_contact(desk, file, done))

    def _begin(self, contact: Contact) -> None:
        if self._open is None:
            return
        case = self._open.case
        known = [one.name for one in case.people] + [one.adviser.name for one in case.contributions]
        names = tuple(dict.fromkeys(name for name in known if name))
        form = ContactForm(self._session, self._look, contact, names, name="front.contact")
        form.handed_in.connect(lambda: self._record(form))
        self._place.open(form)
        self.begun.emit()

    def _record(self, form: ContactForm) -> None:
        work = form.work()
        if work is not None and self._open is not None:
            self._open.do(work, self._place.close_form)


class ContactRow(QWidget):
    """One line of the log, with a button where a reply is owed."""

    opened = Signal()
    answered = Signal()

    def __init__(self, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = Row(look, name=name)
        self.row.clicked.connect(self.opened)
        self._done = QPushButton("Mark answered")
        self._done.setObjectName(f"{name}.answered")
        self._done.setAutoDefault(False)
        self._done.clicked.connect(self.answered)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.row, 1)
        line.addWidget(self._done, 0, Qt.AlignmentFlag.AlignTop)

    def show_contact(self, contact: Contact, today: date) -> None:
        """Show a contact as it stands on a day."""
        when = ", ".join(part for part in (in_words(contact.on), contact.at, contact.way) if part)
        owed = is_owed(contact)
        late = owed and contact.reply_owed_by is not None and contact.reply_owed_by < today
        self.row.say(
            f"{contact.whom or 'Somebody'}  ·  {when}",
            contact.text or "Nothing was written down.",
            end=_end(contact, today),
            mark="warning-circle" if late else "clock" if owed else "chat-text",
            colour="late" if late else "waiting" if owed else "",
        )
        self._done.setVisible(owed)
        self._done.setAccessibleName(f"Mark answered: {contact.whom}, {in_words(contact.on)}")


def is_owed(contact: Contact) -> bool:
    """Whether somebody still awaits our answer."""
    return contact.reply_owed_by is not None and contact.answered_on is None


def in_reading_order(contacts: tuple[Contact, ...]) -> tuple[Contact, ...]:
    """Return the log as it is read: owed replies by their day, then the newest first."""
    owed = sorted((one for one in contacts if is_owed(one)), key=lambda one: one.reply_owed_by or date.max)
    rest = sorted((one for one in contacts if not is_owed(one)), key=lambda one: (one.on, one.at), reverse=True)
    return (*owed, *rest)


def _end(contact: Contact, today: date) -> str:
    if contact.reply_owed_by is None:
        return ""
    if contact.answered_on is not None:
        return f"answered {in_words(contact.answered_on)}"
    days = (contact.reply_owed_by - today).days
    if days < 0:
        return f"reply {counted(-days, 'day')} late"
    return "reply due today" if days == 0 else f"reply in {counted(days, 'day')}"
