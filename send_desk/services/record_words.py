"""What a record and its fields are called to a person: "F3", "the child's details", "How often"."""

from collections.abc import Mapping

from send_desk.domain.case import Case
from send_desk.domain.dates import in_words, iso
from send_desk.domain.ids import RecordKind
from send_desk.domain.labels import labels
from send_desk.domain.revision import DELETED
from send_desk.domain.text import from_value, to_words

_KINDS: Mapping[str, str] = {
    RecordKind.CASE: "the child's details",
    RecordKind.PERSON: "a person",
    RecordKind.EVENT: "a date of the case",
    RecordKind.CONTRIBUTION: "a contribution",
    RecordKind.CONTRIBUTION_EVENT: "an event of a contribution",
    RecordKind.DOCUMENT: "a paper",
    RecordKind.ENTRY: "an entry of the plan",
    RecordKind.CONTACT: "a contact",
    RecordKind.EXEMPTION: "an exemption",
    RecordKind.DISMISSAL: "a finding set aside",
    RecordKind.OVERRIDE_REQUEST: "a request for an override",
    RecordKind.OVERRIDE: "an override",
    RecordKind.PRINT: "a note of what was printed",
    RecordKind.ADVISER: "a line of the directory",
    "issue": "the final plan",
}
_FIELDS: Mapping[str, str] = {
    "text": "Words",
    "so_that": "So that",
    "baseline_on": "Baseline on",
    "by_date": "By",
    "on": "Date",
    DELETED: "Taken away",
}


def record_words(case: Case | None, kind: str, id_: str) -> str:
    """Return what a record is called; `case` is the one it belongs to, None where it is not held any more."""
    if kind == RecordKind.ENTRY and case is not None:
        return labels(case).get(id_, _KINDS[RecordKind.ENTRY])
    if case is not None:
        for person in case.people if kind == RecordKind.PERSON else ():
            if person.id == id_ and person.name:
                return person.name
        for paper in case.documents if kind == RecordKind.DOCUMENT else ():
            if paper.id == id_ and paper.title:
                return f"the paper {paper.title}"
    return _KINDS.get(kind, "a record")


def field_words(name: str) -> str:
    """Return what a field is called: "fields.how_often" is "How often"."""
    if name in _FIELDS:
        return _FIELDS[name]
    last = name.rpartition(".")[2]
    return _FIELDS.get(last) or last.replace("_", " ").capitalize()


def value_words(name: str, value: object) -> str:
    """Return what was written in a field, as words; lists and groups are set in lines."""
    match value:
        case None | "":
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case str():
            day = iso(value)
            return in_words(day) if day else value
        case list() if name == "text":
            try:
                return to_words(from_value(value))
            except (ValueError, RecursionError):
                return "words of a form that this version does not know"
        case list():
            return "\n".join(value_words(name, one) for one in value)
        case dict():
            return ", ".join(f"{field_words(str(key)).lower()} {value_words(name, one)}" for key, one in value.items())
        case _:
            return str(value)
