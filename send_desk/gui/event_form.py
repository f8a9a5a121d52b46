"""Record what happened: what is lawful next stands first, every other event under "Something else"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from send_desk.domain.event_words import DECISIONS, EVENT_WORDS, MAY_LIE_AHEAD, Fact, facts_of
from send_desk.domain.ids import EventKind
from send_desk.gui.choices import Choice
from send_desk.gui.date_field import DateField
from send_desk.gui.flow import FlowLayout
from send_desk.gui.inline_form import HALF, InlineForm, field_words
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_3
from send_desk.gui.open_case import Work
from send_desk.gui.pieces import Field
from send_desk.gui.session import Session
from send_desk.services import casework

_BY_WORDS = {
    EventKind.REQUEST_RECEIVED: "From whom",
    EventKind.REPRESENTATION: "From whom",
    EventKind.REASSESSMENT_REQUESTED: "From whom",
}
_EMPTY = "Not recorded"


class EventForm(InlineForm):
    """Kind, day, person, note, and the facts that the time limits read from an event of that kind."""

    def __init__(
        self,
        session: Session,
        look: Look,
        lawful: Sequence[EventKind],
        *,
        name: str,
        chosen: EventKind | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, "Record what happened", name=name, parent=parent)
        self._session = session
        first: dict[EventKind | None, str] = {kind: EVENT_WORDS[kind] for kind in lawful}
        if chosen is not None:
            first.setdefault(chosen, EVENT_WORDS[chosen])
        first[None] = "Something else..."
        self._kind: Choice[EventKind | None] = Choice(first, name=f"{name}.kind", says="What happened")
        self._kind.setMinimumContentsLength(20)
        rest = {kind: EVENT_WORDS[kind] for kind in EventKind if kind not in first}
        self._other: Choice[EventKind] = Choice(rest, name=f"{name}.other", says="What else happened")
        self._other.setMinimumContentsLength(20)
        self._other_field = Field("What else", self._other, name=f"{name}.other")
        self._on = DateField(look, "Day", name=f"{name}.on", today=lambda: session.desk.today, latest=self._latest)
        self._on.set_day(session.desk.today)
        self._by = self.line("By whom", "by")
        self.body.addWidget(Field("What happened", self._kind, name=f"{name}.kind"))
        self.body.addWidget(self._other_field)
        self.side_by_side(self._on, self._by)
        self._facts: dict[str, Choice[str] | DateField] = {}
        self._facts_place = QWidget()
        self.body.addWidget(self._facts_place)
        self._route = self.line("How it came", "route", hint="Such as e-mail, letter, by telephone")
        self.body.addWidget(self._route)
        self._note = self.text("Note", "note")
        if chosen is not None:
            self._kind.choose(chosen)
        self._kind.currentIndexChanged.connect(self._follow)
        self._other.currentIndexChanged.connect(self._follow)
        self._follow()

    @property
    def kind(self) -> EventKind:
        """What is chosen."""
        return self._kind.value or self._other.value

    def work(self) -> Work | None:
        """Return what records the event; where the day lacks, say so and return None."""
        if self._on.is_wrong:
            self._on.focus()
            return None
        day = self._on.day
        if day is None:
            self.complain("Please give the day.", self._on)
            return None
        if any(isinstance(one, DateField) and one.is_wrong for one in self._facts.values()):
            return None
        kind, by, note = self.kind, field_words(self._by), field_words(self._note)
        fields = {name: said for name, one in self._facts.items() if (said := _said(one))}
        if kind is EventKind.REQUEST_RECEIVED and field_words(self._route):
            fields["route"] = field_words(self._route)
        return lambda desk, file: casework.record_event(desk, file, kind, on=day, by=by, note=note, fields=fields)

    def _latest(self) -> date:
        return date.max if self.kind in MAY_LIE_AHEAD else self._session.desk.today

    def _follow(self) -> None:
        kind = self.kind
        self._other_field.setVisible(self._kind.value is None)
        decided = kind in DECISIONS
        self._by.set_label(_BY_WORDS.get(kind, "Decided by" if decided else "By whom"))
        self._note.set_label("Reason" if decided else "Note")
        if decided and not field_words(self._by) and isinstance(self._by.editor, QLineEdit):
            self._by.editor.setText(self._session.desk.user.name)
        self._route.setVisible(kind is EventKind.REQUEST_RECEIVED)
        self._lay_facts(facts_of(kind))

    def _lay_facts(self, facts: Sequence[Fact]) -> None:
        place = QWidget()
        inner = FlowLayout(place, gap=SPACE_3, top=True)
        self._facts = {}
        for fact in facts:
            field: Field | DateField
            if fact.values:
                choice = Choice({"": _EMPTY, **fact.values}, name=f"{self.name}.{fact.name}", says=fact.label)
                field = Field(fact.label, choice, name=f"{self.name}.{fact.name}")
                self._facts[fact.name] = choice
            else:
                field = DateField(
                    self.look, fact.label, name=f"{self.name}.{fact.name}", today=lambda: self._session.desk.today
                )
                self._facts[fact.name] = field
            field.setFixedWidth(HALF)
            inner.addWidget(field)
        self.body.replaceWidget(self._facts_place, place)
        self._facts_place.hide()
        self._facts_place.deleteLater()
        self._facts_place = place
        place.setVisible(bool(facts))


def _said(one: Choice[str] | DateField) -> str:
    match one:
        case DateField():
            return one.day.isoformat() if one.day else ""
        case _:
            return one.value
