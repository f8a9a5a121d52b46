"""Which words of a record are searched: pure functions from an encoded record to the parts that the index holds."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from send_desk.domain.ids import RecordKind
from send_desk.domain.text import from_value, to_words
from send_desk.services.encoding import flat

NAME, ENTRY, ADVICE, CONTACT = "name", "entry", "advice", "contact"

# Marks of a snippet are control characters, so that none may stand in the words themselves.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")
_NAME_FIELDS = ("reference", "child.first_names", "child.surname", "child.known_as", "child.upn")
_CASE_FIELDS = ("child.uln", "child.nhs_number", "child.postcode", "setting.name", "owner")
_CONTACT_FIELDS = ("whom", "way", "text", "by")
_DOCUMENT_FIELDS = ("title", "author", "role", "name")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a record's words, found as one; `title` weighs more than `body`."""

    kind: str
    title: str
    body: str


def parts(kind: str, fields: Mapping[str, Any]) -> Iterator[Part]:
    """Yield what is searched of one record; nothing for kinds that hold no words to look for."""
    match kind:
        case RecordKind.CASE:
            told = flat(kind, fields)
            yield Part(NAME, _joined(told, _NAME_FIELDS), _joined(told, _CASE_FIELDS))
        case RecordKind.PERSON:
            yield Part(NAME, _clean(fields.get("name")), _clean(fields.get("relation")))
        case RecordKind.ENTRY:
            yield Part(ENTRY, "", words_of_entry(fields))
        case RecordKind.CONTACT:
            yield Part(CONTACT, "", _joined(fields, _CONTACT_FIELDS))
        case RecordKind.DOCUMENT:
            yield Part(ADVICE, _joined(fields, _DOCUMENT_FIELDS), "")
            pages = fields.get("pages")
            for page in pages if isinstance(pages, list | tuple) else ():
                yield Part(ADVICE, "", _clean(page))


def words_of_entry(fields: Mapping[str, Any]) -> str:
    """Return the free text and the fields of an entry, one below the other."""
    told = [value_words(fields.get("text"))]
    told += [value_words(value) for name, value in fields.items() if name.startswith("fields.")]
    return "\n".join(words for words in told if words)


def value_words(value: object) -> str:
    """Return the words of one value: a string, a text in blocks, or a list of steps."""
    match value:
        case str():
            return _clean(value)
        case list() | tuple():
            try:
                return _clean(to_words(from_value(value)))
            except ValueError:
                return "\n".join(_clean(item) for item in value if isinstance(item, str))
        case _:
            return ""


def _joined(fields: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return " ".join(words for words in (_clean(fields.get(name)) for name in names) if words)


def _clean(value: object) -> str:
    return _CONTROL.sub(" ", value) if isinstance(value, str) else ""
