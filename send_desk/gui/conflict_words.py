"""What two people wrote apart, in words and marks that a person can compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape

from send_desk.domain.case import Case
from send_desk.domain.dates import in_words
from send_desk.domain.differences import Change, word_differences
from send_desk.domain.ids import RecordKind
from send_desk.domain.labels import labels
from send_desk.domain.revision import DELETED
from send_desk.domain.text import from_value
from send_desk.domain.typed import clean
from send_desk.gui.changed_words import changed_words
from send_desk.gui.entry_forms import AREA_WORDS, VOICE_WORDS, form_of
from send_desk.gui.history_panel import field_words as entry_field_words
from send_desk.gui.marks import marked_value, to_marked
from send_desk.services.conflicts import Conflict, Value
from send_desk.services.record_words import field_words, value_words

NOTHING = "(nothing)"


def field_title(conflict: Conflict) -> str:
    """What a conflict is about: "Who", "How often", "Taken away, or kept?"."""
    match conflict.field:
        case "":
            return "Combined from two people, please check"
        case field if field == DELETED:
            return "Taken away, or kept?"
        case field:
            return name_of(conflict.kind, field)


def name_of(kind: str, field: str) -> str:
    """What a field of a record is called."""
    return entry_field_words(field) if kind == RecordKind.ENTRY else field_words(field)


def moment_words(at: datetime) -> str:
    """When it was written, by this laptop's clock: "3 March 2026, 14:32"."""
    local = at.astimezone()
    return f"{in_words(local.date())}, {local:%H:%M}"


def whose(value: Value) -> str:
    """Who wrote it and where: "Sam Okoro, on another laptop"."""
    return f"{value.by}, on {'this laptop' if value.here else 'another laptop'}"


def said(case: Case, conflict: Conflict, value: object, field: str = "") -> str:
    """Return a value as a person reads it: entries by their labels, papers by their titles, days in words."""
    name = field or conflict.field
    if name == DELETED:
        return "Take it away." if value else "Keep it, as it stands here."
    if value is None or value in ("", []):
        return NOTHING
    match name:
        case "text":
            return editable(name, value)
        case "area" | "voice":
            known = {str(key): words for key, words in (AREA_WORDS if name == "area" else VOICE_WORDS).items()}
            return known.get(str(value), str(value))
        case "sources" if isinstance(value, list):
            return "\n".join(_source(case, one) for one in value)
        case _ if name.startswith("links.") and isinstance(value, list):
            known_as = labels(case)
            return ", ".join(known_as.get(str(one), "an entry that is gone") for one in value)
        case _:
            return value_words(name, value)


def editable(field: str, value: object) -> str:
    """Return a value as the words of an editor."""
    match value:
        case None:
            return ""
        case _ if field == "text":
            try:
                return to_marked(from_value(value))
            except (ValueError, RecursionError):
                return "words of a form that this version does not know"
        case list():
            return "\n".join(str(one) for one in value)
        case _:
            return str(value)


def value_of(case: Case, conflict: Conflict, words: str, today: date) -> object:
    """Return what is kept for the words of an editor."""
    entry = next((one for one in case.entries if one.id == conflict.record), None)
    form = next((one for one in form_of(entry.kind) if one.path == conflict.field), None) if entry is not None else None
    if form is not None:
        return form.value(clean(words), today)
    return marked_value(words) if conflict.field == "text" else clean(words).strip()


def same_in_all(case: Case, found: Sequence[Conflict]) -> str:
    """Return what stands in an entry besides what is open: "The same in all: What: reading. For: 38 weeks"."""
    entry = next((one for one in case.entries if one.id == found[0].record), None)
    if entry is None:
        return ""
    open_ = {one.field for one in found}.union(
        *(one.base for one in found if isinstance(one.base, dict) and not one.hard)
    )
    told = [
        f"{form.label}: {words}"
        for form in form_of(entry.kind)
        if form.path not in open_ and (words := form.words(entry))
    ]
    return f"The same in all: {'; '.join(told)}" if told else ""


def marked(words: str, other: str, colour: str) -> str:
    """Return words as HTML, those that another version does not have marked by an underline and a colour."""
    parts = (one for one in word_differences(other, words) if one.change is not Change.REMOVED)
    return "".join(
        f'<span style="color:{colour}; text-decoration: underline">{_html(one.words)}</span>'
        if one.change is Change.ADDED
        else _html(one.words)
        for one in parts
    )


def changed(before: str, after: str, came: str, went: str) -> str:
    """Return what became of words as HTML: what came underlined, what went struck through."""
    return changed_words(word_differences(before, after), came, went)


def _html(words: str) -> str:
    return escape(words).replace("\n", "<br>")


def _source(case: Case, source: object) -> str:
    if not isinstance(source, Mapping):
        return str(source)
    if source.get("judgement"):
        return f"the judgement of {source.get('by') or 'the writer'}"
    paper = next((one for one in case.documents if one.id == source.get("document")), None)
    title = (paper.title or paper.name) if paper else "a paper that is no longer here"
    page = f", page {source['page']}" if source.get("page") else ""
    quote = f": “{source['quote']}”" if source.get("quote") else ""
    return f"{title}{page}{quote}"
