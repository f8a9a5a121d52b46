"""Section A: the child's views and the family's, apart, each with how it was gathered; hopes; the story so far."""

from collections.abc import Iterator

from send_desk.domain.entry import VIEWS_FIELDS, Entry
from send_desk.domain.ids import EntryKind, Section, Voice

from .blocks import Block, Group, Heading, Paragraph, Role, paragraph
from .draft_view import DraftView
from .flow import day_words, facts, text_blocks
from .plan_rows import row

_VOICES = (Voice.CHILD, Voice.FAMILY, Voice.PROFESSIONAL, None)


def views(view: DraftView) -> Iterator[Block]:
    """Yield section A without its heading."""
    entries = view.case.section(Section.A)
    history = [entry for entry in entries if entry.kind is EntryKind.HISTORY]
    spoken = [entry for entry in entries if entry.kind not in (EntryKind.HISTORY, EntryKind.NIL)]
    for voice in _VOICES:
        yield from _voice(view, voice, [entry for entry in spoken if entry.voice is voice])
    if history:
        yield Heading(view.say("views.history"), 3)
        yield from (row(view, entry) for entry in history)


def _voice(view: DraftView, voice: Voice | None, entries: list[Entry]) -> Iterator[Block]:
    if not entries:
        return
    name = voice or "other"
    yield Heading(view.say(f"views.{name}"), 3)
    gathered = [entry for entry in entries if entry.kind is EntryKind.HOW_VIEWS]
    hopes = [entry for entry in entries if entry.kind is EntryKind.ASPIRATION]
    for entry in gathered:
        yield _gathered(view, name, entry)
    yield from (row(view, entry) for entry in entries if entry not in gathered and entry not in hopes)
    if hopes:
        yield Heading(view.say("views.hopes"), 4)
        yield from (row(view, entry) for entry in hopes)


def _gathered(view: DraftView, name: str, entry: Entry) -> Group:
    told: tuple[Paragraph, ...] = (paragraph(view.say(f"views.gathered_{name}"), Role.QUIET),)
    filled = facts((view.say(f"views.{field}"), day_words(entry.value(field))) for field in VIEWS_FIELDS)
    return Group(view.labels[entry.id], (*told, *text_blocks(entry.text), *filled))
