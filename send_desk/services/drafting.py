"""Writing the plan: words kept at every pause, entries made, moved, linked, taken away and brought back."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from send_desk.domain.case import Case
from send_desk.domain.entry import Entry, FieldValue, Links, Source
from send_desk.domain.errors import WrongUse
from send_desk.domain.ids import Area, EntryKind, Section, Voice
from send_desk.domain.text import EMPTY, Text

from .commit import close_kept, commit
from .desk import Desk
from .encoding import record_key, with_field
from .ports import CaseFile, KeptText


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save answers: the moment it was durable, and the file as it now stands."""

    at: datetime
    file: CaseFile


def keep(desk: Desk, file: CaseFile, record: str, field: str, value: object) -> Saved:
    """Save words in work on one field of one record; durable when this returns.

    `field` is the flat name of encoding.py (`text`, `fields.how_often`, `child.known_as`); `value` its plain value.
    The first save of an editing keeps the heads that stood then, so that others' changes show as a conflict.
    """
    case, now = file.case, desk.clock.now()
    key = record_key(case.id, record)
    earlier = next((words for words in file.kept if words.record == key and words.field == field), None)
    base = earlier.base if earlier else file.heads.get(key, ())
    words = KeptText(case.id, key, field, value, base, now)
    with desk.store.write() as unit:
        unit.keep(words)
    others = tuple(one for one in file.kept if one is not earlier)
    return Saved(now, replace(file, case=with_field(case, record, field, value), kept=(*others, words)))


def close(desk: Desk, file: CaseFile, *records: str) -> CaseFile:
    """Turn words in work into revisions, when the writer leaves the entry, rests, locks, prints or closes."""
    return close_kept(desk, file, records=records or None)


def add_entry(
    desk: Desk,
    file: CaseFile,
    section: Section,
    kind: EntryKind,
    *,
    text: Text = EMPTY,
    area: Area | None = None,
    voice: Voice | None = None,
    fields: Mapping[str, FieldValue] | None = None,
    links: Links | None = None,
    sources: tuple[Source, ...] = (),
    after: str = "",
) -> tuple[CaseFile, Entry]:
    """Make an entry in a section, after another one or at the end."""
    entry = Entry(
        id=desk.ids.record(),
        section=section,
        kind=kind,
        text=text,
        area=area,
        voice=voice,
        fields=fields or {},
        links=links or Links(),
        sources=sources,
        order=_order_after(file.case, section, after),
    )
    entries = sorted((*file.case.entries, entry), key=lambda one: (one.order, one.id))
    return commit(desk, file, replace(file.case, entries=tuple(entries))), entry


def change_entry(desk: Desk, file: CaseFile, entry: Entry) -> CaseFile:
    """Record an entry's links, area, voice, sources or fields as they now are."""
    if all(one.id != entry.id for one in file.case.entries):
        raise WrongUse("That entry is not in this plan any more; nothing was changed.")
    entries = tuple(entry if one.id == entry.id else one for one in file.case.entries)
    return commit(desk, file, replace(file.case, entries=entries))


def move_entry(desk: Desk, file: CaseFile, entry: str, *, by: int) -> CaseFile:
    """Move an entry up (by -1) or down (by +1) among the entries of its section."""
    moved = _entry(file.case, entry)
    row = list(file.case.section(moved.section))
    place = row.index(moved)
    target = place + by
    if not 0 <= target < len(row):
        return file
    beyond = row[target + by].order if 0 <= target + by < len(row) else row[target].order + by
    placed = replace(moved, order=(row[target].order + beyond) / 2)
    entries = sorted(
        (placed if one.id == entry else one for one in file.case.entries), key=lambda one: (one.order, one.id)
    )
    return commit(desk, file, replace(file.case, entries=tuple(entries)))


def remove_entry(desk: Desk, file: CaseFile, entry: str) -> CaseFile:
    """Take an entry away; the history keeps it, and links to it are dropped from the entries that had them."""
    entries = tuple(_without_link(one, entry) for one in file.case.entries if one.id != entry)
    return commit(desk, file, replace(file.case, entries=entries))


def restore_entries(desk: Desk, file: CaseFile, *, old: tuple[Entry, ...], new: tuple[Entry, ...]) -> CaseFile:
    """Bring what differs between `new` and `old` back to `old`: undo and redo of structure, and the history's restore.

    Whatever else was written meanwhile stays: in other entries, and in other fields of the same ones.
    """
    before = {one.id: one for one in old}
    after = {one.id: one for one in new}
    kept: list[Entry] = []
    for now in file.case.entries:
        was, became = before.get(now.id), after.get(now.id)
        if was is not None and became is not None:
            kept.append(now if was == became else _turned_back(now, was, became))
        elif became is None:
            kept.append(now)
    present = {one.id for one in file.case.entries}
    back = [one for one in old if one.id not in after and one.id not in present]
    together = tuple(sorted((*kept, *back), key=lambda one: (one.order, one.id)))
    return commit(desk, file, replace(file.case, entries=together))


def _turned_back(now: Entry, was: Entry, became: Entry) -> Entry:
    """Return an entry with those of its parts as they were that a change had made otherwise."""
    parts = (field.name for field in fields(Entry) if field.name not in ("id", "fields"))
    changed: dict[str, Any] = {
        name: getattr(was, name) for name in parts if getattr(was, name) != getattr(became, name)
    }
    named = dict(now.fields)
    for name in was.fields.keys() | became.fields.keys():
        if was.fields.get(name) == became.fields.get(name):
            continue
        if name in was.fields:
            named[name] = was.fields[name]
        else:
            named.pop(name, None)
    return replace(now, fields=named, **changed)


def _entry(case: Case, id_: str) -> Entry:
    found = next((one for one in case.entries if one.id == id_), None)
    if found is None:
        raise WrongUse("That entry is not in this plan any more; nothing was changed.")
    return found


def _order_after(case: Case, section: Section, after: str) -> float:
    row = case.section(section)
    if not row:
        return 1.0
    place = next((i for i, one in enumerate(row) if one.id == after), len(row) - 1)
    if place == len(row) - 1:
        return row[place].order + 1.0
    return (row[place].order + row[place + 1].order) / 2


def _without_link(entry: Entry, gone: str) -> Entry:
    links = entry.links
    thinner = Links(
        tuple(one for one in links.aspirations if one != gone),
        tuple(one for one in links.needs if one != gone),
        tuple(one for one in links.outcomes if one != gone),
    )
    return entry if thinner == links else replace(entry, links=thinner)
