"""The fields about the child, saved as they are typed; nothing is refused, what looks odd gets a hint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from send_desk.domain.identifiers import nhs_number_fault, postcode_fault, uln_fault, upn_fault
from send_desk.domain.person import HE, SHE, THEY, Child, Pronouns
from send_desk.gui.choices import Choice
from send_desk.gui.date_field import DateField
from send_desk.gui.flow import FlowLayout
from send_desk.gui.growing_text import GrowingText
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_3
from send_desk.gui.open_case import OpenCase
from send_desk.gui.panes import first_stop
from send_desk.gui.pieces import Field
from send_desk.gui.session import Session

_NAME = "front.child"
_WIDE = 264
_LINES: Mapping[str, str] = {
    "first_names": "First names",
    "surname": "Surname",
    "known_as": "Known as",
    "year_group": "Year group",
    "upn": "UPN (unique pupil number)",
    "uln": "ULN (unique learner number)",
    "nhs_number": "NHS number",
    "first_language": "First language",
    "interpreter": "Interpreter",
    "postcode": "Postcode",
}
_TEXTS: Mapping[str, str] = {"communication": "How the child communicates", "address": "Address"}
_TICKS: Mapping[str, str] = {
    "address_confidential": "The address is confidential",
    "looked_after": "Looked after by a local authority",
    "sensory_impairment": "Hearing or vision impairment",
}
_FAULTS: Mapping[str, Callable[[str], str]] = {
    "upn": upn_fault,
    "uln": uln_fault,
    "nhs_number": nhs_number_fault,
    "postcode": postcode_fault,
}
_PRONOUNS: Mapping[str, str] = {
    "": "Not recorded",
    "she": "she, her",
    "he": "he, him",
    "they": "they, them",
    "own": "Others, written here",
}
_KNOWN: Mapping[str, Pronouns] = {"she": SHE, "he": HE, "they": THEY}
_FORMS: Mapping[str, str] = {
    "subject": "as in: she reads",
    "object": "as in: ask her",
    "determiner": "as in: her book",
    "possessive": "as in: it is hers",
    "reflexive": "as in: she did it herself",
}


class ChildFields(QWidget):
    """Every field about the child, in reading order; made when it is opened."""

    def __init__(self, session: Session, look: Look, open_case: OpenCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = open_case
        open_case.take_up(open_case.case.id)
        self._fields: dict[str, Field] = {}
        self._ticks: dict[str, QCheckBox] = {}
        self._forms: dict[str, Field] = {}
        child = open_case.case.child
        self._born = DateField(look, "Date of birth", name=f"{_NAME}.date_of_birth", today=lambda: session.desk.today)
        self._born.set_day(child.date_of_birth)
        self._born.changed.connect(self._born_changed)
        self._born.left.connect(self.keep)
        self._pronouns: Choice[str] = Choice(_PRONOUNS, name=f"{_NAME}.pronouns", says="Pronouns")
        self._pronouns.choose(_choice_of(child.pronouns))
        self._pronouns.activated.connect(self._pronouns_chosen)
        holder = QWidget()
        flow = FlowLayout(holder, gap=SPACE_3, top=True)
        for name in ("first_names", "surname", "known_as"):
            flow.addWidget(self._line(name, getattr(child, name)))
        flow.addWidget(_sized(Field("Pronouns", self._pronouns, name=f"{_NAME}.pronouns")))
        for form, hint in _FORMS.items():
            flow.addWidget(self._form(form, hint, getattr(child.pronouns or THEY, form)))
        flow.addWidget(_sized(self._born))
        for name in ("year_group", "upn", "uln", "nhs_number", "first_language", "interpreter"):
            flow.addWidget(self._line(name, getattr(child, name)))
        for name in _TEXTS:
            flow.addWidget(self._text(name, getattr(child, name)))
        flow.addWidget(self._line("postcode", child.postcode))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(holder)
        for name, words in _TICKS.items():
            column.addWidget(self._tick(name, words, on=getattr(child, name)))
        self._show_forms()

    def begin(self) -> None:
        """Bring the keyboard into the first field."""
        first = first_stop(self)
        if first is not None:
            first.setFocus()

    def keep(self) -> None:
        """Let what was typed become part of the history."""
        self._open.leave(self._open.case.id)

    def put_down(self) -> None:
        """The fields are closed: what came from elsewhere meanwhile is taken in."""
        self._open.put_down(self._open.case.id)

    def show_child(self, child: Child) -> None:
        """Bring in what changed elsewhere; the field that is being typed in stays as it is."""
        for name, field in self._fields.items():
            editor, words = field.editor, str(getattr(child, name))
            if editor.hasFocus():
                continue
            match editor:
                case QLineEdit() if editor.text() != words:
                    editor.setText(words)
                case GrowingText():
                    editor.show_words(words)
        for name, box in self._ticks.items():
            box.setChecked(bool(getattr(child, name)))

    def _line(self, name: str, words: str) -> Field:
        editor = QLineEdit(words)
        field = Field(_LINES[name], editor, name=f"{_NAME}.{name}")
        self._fields[name] = field
        editor.textEdited.connect(partial(self._typed, name))
        editor.textChanged.connect(partial(self._hint, name))
        editor.editingFinished.connect(self.keep)
        self._hint(name, words)
        return _sized(field)

    def _text(self, name: str, words: str) -> Field:
        editor = GrowingText(least=2)
        editor.setPlainText(words)
        field = Field(_TEXTS[name], editor, name=f"{_NAME}.{name}")
        self._fields[name] = field
        editor.textChanged.connect(lambda: self._typed(name, editor.toPlainText()))
        return _sized(field)

    def _tick(self, name: str, words: str, *, on: bool) -> QCheckBox:
        box = QCheckBox(words)
        box.setObjectName(f"{_NAME}.{name}")
        box.setAccessibleName(words)
        box.setChecked(on)
        box.clicked.connect(lambda checked: self._ticked(name, on=checked))
        self._ticks[name] = box
        return box

    def _form(self, form: str, hint: str, words: str) -> Field:
        editor = QLineEdit(words)
        field = Field(f"Pronoun, {hint}", editor, name=f"{_NAME}.pronouns.{form}")
        editor.textEdited.connect(self._forms_typed)
        editor.editingFinished.connect(self.keep)
        self._forms[form] = field
        return _sized(field)

    def _hint(self, name: str, words: str) -> None:
        fault = _FAULTS.get(name)
        if fault is not None:
            said = fault(words)
            self._fields[name].set_hint(f"Kept as written; but {said}." if said else "", wrong=bool(said))

    def _typed(self, name: str, words: str) -> None:
        if words != str(getattr(self._open.case.child, name)):
            self._open.type(self._open.case.id, f"child.{name}", words)

    def _ticked(self, name: str, *, on: bool) -> None:
        self._open.type(self._open.case.id, f"child.{name}", on)
        self.keep()

    def _born_changed(self) -> None:
        day = self._born.day
        if not self._born.is_wrong and day != self._open.case.child.date_of_birth:
            self._open.type(self._open.case.id, "child.date_of_birth", day.isoformat() if day else None)

    def _pronouns_chosen(self, _: int) -> None:
        self._show_forms()
        value = self._pronouns.value
        if value == "own":
            self._forms_typed()
        else:
            known = _KNOWN.get(value)
            self._open.type(self._open.case.id, "child.pronouns", asdict(known) if known else None)
        self.keep()

    def _forms_typed(self, _: str = "") -> None:
        forms = {form: _words(field) for form, field in self._forms.items()}
        self._open.type(self._open.case.id, "child.pronouns", forms)

    def _show_forms(self) -> None:
        for field in self._forms.values():
            field.setVisible(self._pronouns.value == "own")


def _choice_of(pronouns: Pronouns | None) -> str:
    if pronouns is None:
        return ""
    return next((name for name, known in _KNOWN.items() if known == pronouns), "own")


def _words(field: Field) -> str:
    return field.editor.text().strip() if isinstance(field.editor, QLineEdit) else ""


_W = TypeVar("_W", Field, DateField)


def _sized(field: _W) -> _W:
    field.setFixedWidth(_WIDE)
    return field
