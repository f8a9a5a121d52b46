"""Somebody around the child: who it is, how to reach them, what they may have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QPushButton, QWidget

from send_desk.domain.ids import PersonKind
from send_desk.domain.person import HE, SHE, THEY, Person, Pronouns
from send_desk.gui.choices import Choice
from send_desk.gui.inline_form import InlineForm, field_words
from send_desk.gui.look import Look
from send_desk.gui.open_case import Work
from send_desk.gui.pieces import Field
from send_desk.services import casework

_KINDS: Mapping[PersonKind, str] = {
    PersonKind.FAMILY: "Family",
    PersonKind.CARER: "Carer",
    PersonKind.FRIEND: "Friend",
    PersonKind.PROFESSIONAL: "Professional",
    PersonKind.OTHER: "Other",
}
_PRONOUNS: Mapping[str, tuple[str, Pronouns | None]] = {
    "": ("Not recorded", None),
    "she": ("she, her", SHE),
    "he": ("he, him", HE),
    "they": ("they, them", THEY),
}


class PersonForm(InlineForm):
    """The fields of one person; `known` tells whether the person is on the list already."""

    def __init__(self, look: Look, person: Person, *, known: bool, name: str, parent: QWidget | None = None) -> None:
        title = person.name or "Somebody around the child"
        super().__init__(look, title if known else "Add a person", name=name, main="Save", parent=parent)
        self._person = person
        self._named = self.line("Name", "name", words=person.name)
        self._relation = self.line("Relation", "relation", words=person.relation, hint="Such as mother, foster carer")
        self._kind = Choice(_KINDS, name=f"{name}.kind", says="Kind")
        self._kind.choose(person.kind)
        self._pronouns = Choice({k: words for k, (words, _) in _PRONOUNS.items()}, name=f"{name}.pronouns", says="")
        self._pronouns.choose(next((k for k, (_, value) in _PRONOUNS.items() if value == person.pronouns), ""))
        self._telephone = self.line("Telephone", "telephone", words=person.telephone)
        self._email = self.line("E-mail", "email", words=person.email)
        self._language = self.line("Language", "language", words=person.language)
        self.side_by_side(
            self._named,
            self._relation,
            Field("Kind", self._kind, name=f"{name}.kind"),
            Field("Pronouns", self._pronouns, name=f"{name}.pronouns"),
            self._telephone,
            self._email,
            self._language,
        )
        self._address = self.text("Address, if it is another", "address", words=person.address)
        self._responsible = self.tick(
            "Holds parental responsibility", "parental_responsibility", on=person.parental_responsibility
        )
        self._copy = self.tick("Receives copies", "receives_copy", on=person.receives_copy)
        self._barred = self.tick("Barred: must get no information", "barred", on=person.barred)
        self._risk = self.text(
            "Risk at visits, for staff only", "visit_risk", words=person.visit_risk, hint="Never printed.", least=1
        )
        for box in (self._copy, self._barred):
            box.toggled.connect(self._warn)
        self.take_off = QPushButton("Take off the list")
        self.take_off.setObjectName(f"{name}.remove")
        self.take_off.setAccessibleName(f"Take {person.name} off the list; the history keeps them")
        self.take_off.setProperty("role", "link")
        self.take_off.setAutoDefault(False)
        self.take_off.setVisible(known)
        self.buttons.addWidget(self.take_off)
        self._warn()

    def work(self) -> Work | None:
        """Return what records the person; where there is no name, say so and return None."""
        if not field_words(self._named) and not field_words(self._relation):
            self.complain("Give a name, or at least the relation.", self._named.editor)
            return None
        chosen = _PRONOUNS[self._pronouns.value][1]
        own = self._person.pronouns not in (None, SHE, HE, THEY)
        person = replace(
            self._person,
            name=field_words(self._named),
            relation=field_words(self._relation),
            kind=self._kind.value,
            pronouns=self._person.pronouns if own and chosen is None else chosen,
            telephone=field_words(self._telephone),
            email=field_words(self._email),
            language=field_words(self._language),
            address=field_words(self._address),
            parental_responsibility=self._responsible.isChecked(),
            receives_copy=self._copy.isChecked(),
            barred=self._barred.isChecked(),
            visit_risk=field_words(self._risk),
        )
        return lambda desk, file: casework.put_person(
            desk, file, person if person.id else replace(person, id=desk.ids.record())
        )

    def _warn(self) -> None:
        both = self._copy.isChecked() and self._barred.isChecked()
        self.say("Barred and receiving copies at once: no paper will be made out to this person." if both else "")
