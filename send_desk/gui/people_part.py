"""The people around the child, each on a line; a line opens its form in the page."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from send_desk.domain.person import Person
from send_desk.gui.column_page import Listed, PagePart
from send_desk.gui.inline_form import FormPlace
from send_desk.gui.look import Look
from send_desk.gui.open_case import OpenCase
from send_desk.gui.person_form import PersonForm
from send_desk.gui.pieces import set_icon
from send_desk.gui.rows import Row
from send_desk.services import casework


def person_detail(person: Person) -> str:
    """Return how to reach somebody and what they may have, as one line."""
    parts = [
        person.telephone,
        person.email,
        person.language,
        "parental responsibility" if person.parental_responsibility else "",
        "receives copies" if person.receives_copy else "",
        "BARRED" if person.barred else "",
        "visit risk" if person.visit_risk.strip() else "",
    ]
    return "  ·  ".join(part for part in parts if part)


def _nearest_first(person: Person) -> tuple[bool, bool, bool]:
    """Order by what the law gives: parental responsibility, then copies; who may have nothing stands last."""
    return person.barred, not person.parental_responsibility, not person.receives_copy


class PeoplePart(PagePart):
    """The people of the front page."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("People", parent=parent)
        self._look = look
        self._open: OpenCase | None = None
        add = QPushButton("Add a person...")
        add.setObjectName("front.people.add")
        add.setAccessibleName("Add somebody around the child")
        add.setAutoDefault(False)
        set_icon(add, look, "plus")
        add.clicked.connect(lambda: self._begin(Person("", "")))
        self.add_beside(add)
        self._rows: Listed[Person, Row] = Listed(lambda one: one.id, self._make, self._fill)
        self._place = FormPlace()
        self.body.addWidget(self._rows)
        self.body.addWidget(self._place)

    def show_case(self, open_case: OpenCase) -> None:
        """Show the people of a case."""
        if open_case is not self._open:
            self._open = open_case
            self._place.close_form()
        people = open_case.case.people
        self.say("" if people else "Nobody is recorded yet: who holds parental responsibility, who gets copies?")
        self._rows.show_items(sorted(people, key=_nearest_first))

    def _make(self, person: Person) -> Row:
        row = Row(self._look, name=f"front.person.{person.id}")
        row.clicked.connect(partial(self._open_person, person.id))
        return row

    def _fill(self, row: Row, person: Person) -> None:
        title = ", ".join(part for part in (person.name, person.relation) if part)
        marked = person.barred or bool(person.visit_risk.strip())
        row.say(
            title or "Name not known",
            person_detail(person) or "No telephone or e-mail recorded",
            mark="shield-warning" if marked else "user",
            colour="late" if marked else "",
        )

    def _open_person(self, id_: str) -> None:
        if self._open is not None:
            found = next((one for one in self._open.case.people if one.id == id_), None)
            if found is not None:
                self._begin(found)

    def _begin(self, person: Person) -> None:
        form = PersonForm(self._look, person, known=bool(person.id), name="front.person")
        form.handed_in.connect(lambda: self._record(form))
        form.take_off.clicked.connect(lambda: self._take_off(person.id))
        self._place.open(form)

    def _record(self, form: PersonForm) -> None:
        work = form.work()
        if work is not None and self._open is not None:
            self._open.do(work, self._place.close_form)

    def _take_off(self, id_: str) -> None:
        if self._open is not None:
            self._open.do(lambda desk, file: casework.remove_person(desk, file, id_), self._place.close_form)
