"""What two people wrote apart: found, shown by name, and brought together by a person; nothing is chosen by itself.

The values that were not chosen stay in the history. A merge is one revision with all heads that were shown as parents.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from send_desk.domain.case import Case
from send_desk.domain.errors import Refused, WrongUse
from send_desk.domain.revision import DELETED, FieldConflict, Merged, Revision, merge

from .commit import close_kept, settle
from .desk import Desk
from .encoding import local_id, record_key
from .people import SOMEBODY, names
from .ports import CaseFile
from .proposal import Proposal as Proposal
from .proposal import proposal as proposal
from .record_words import record_words

_NOT_GIVEN = object()


@dataclass(frozen=True, slots=True)
class Value:
    """What one person wrote: in which revision, when, and whether on this laptop.

    Of a deletion `value` is True, of what was written against it False; of a soft conflict it names each field that
    the person changed.
    """

    revision: str
    by: str
    at: datetime
    value: object
    here: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that a person decides (hard: two values of `field`) or looks at (soft: `field` is empty).

    `record` is the id within the case, `entry` what the record is called; `base` is what both came from, of a soft
    conflict field by field.
    """

    case: str
    record: str
    kind: str
    entry: str
    field: str
    hard: bool
    values: tuple[Value, ...]
    base: object


def conflicts(desk: Desk, case: str | None = None) -> tuple[Conflict, ...]:
    """Return every open conflict, of all cases held in full or of one, entry by entry."""
    known = names(desk)
    found: list[Conflict] = []
    cases: dict[str, Case | None] = {}
    for id_, key, whole in _open(desk, case):
        if id_ not in cases:
            file = desk.store.case_file(id_)
            cases[id_] = file.case if file else None
        found.extend(_conflicts_of(desk, known, cases[id_], id_, key, whole))
    return tuple(found)


def counts(desk: Desk) -> Mapping[str, int]:
    """Return how many conflicts are open, by case; quick, for the status line and the list."""
    found: Counter[str] = Counter()
    for case, _, whole in _open(desk, None):
        found[case] += len(whole.conflicts) + whole.combined
    return found


def open_records(file: CaseFile) -> tuple[str, ...]:
    """Return the records (ids within the case) in which something is to be decided or looked at."""
    return tuple(sorted(local_id(file.case.id, key) for key, whole in file.merged.items() if whole.is_open))


def resolve(
    desk: Desk,
    file: CaseFile,
    record: str,
    field: str,
    *,
    keep: str | None = None,
    value: object = _NOT_GIVEN,
    seen: Collection[str] | None = None,
) -> CaseFile:
    """Decide one field of one record (id within the case): keep the value of a revision, or write a third.

    `WrongUse` where the field is not in conflict, or the revision is none of those that stand against each other.
    With `seen`, the revisions that a person was shown, it is `Refused` where others stand there by now.
    """
    file = close_kept(desk, file, records=(record,))
    whole = _whole(desk, file, record)
    conflict = next((one for one in whole.conflicts if one.field == field), None)
    if conflict is None:
        raise WrongUse("Nothing stands against each other there any more; nothing was changed.")
    _as_seen(conflict.revisions, seen)
    if value is _NOT_GIVEN:
        if keep not in conflict.revisions:
            raise WrongUse("That revision is not one of those that stand against each other; nothing was changed.")
        past = {one.id: one for one in desk.store.history(record_key(file.case.id, record))}
        value = bool(past[keep].fields.get(DELETED)) if field == DELETED else past[keep].fields[field]
    return settle(desk, file, record, {field: value})


def accept_combined(desk: Desk, file: CaseFile, record: str, *, seen: Collection[str] | None = None) -> CaseFile:
    """Say of a record (id within the case) that what was combined from two people is right; `seen` as in `resolve`."""
    file = close_kept(desk, file, records=(record,))
    whole = _whole(desk, file, record)
    if not whole.combined:
        raise WrongUse("Nothing is combined there any more; nothing was changed.")
    if seen is not None:
        past = {one.id: one for one in desk.store.history(record_key(file.case.id, record))}
        _as_seen([head for head, changed in _sides(past, whole)[1].items() if changed], seen)
    return settle(desk, file, record, {})


def _as_seen(standing: Collection[str], seen: Collection[str] | None) -> None:
    if seen is not None and set(standing) != set(seen):
        raise Refused("Another version has come meanwhile and stands beside the others now. Please look again.")


def _whole(desk: Desk, file: CaseFile, record: str) -> Merged:
    key = record_key(file.case.id, record)
    return file.merged.get(key) or merge(desk.store.history(key))


def _open(desk: Desk, case: str | None) -> Iterator[tuple[str, str, Merged]]:
    for id_, key in desk.store.forked(case):
        if not id_:
            continue  # a line of the directory: the next import of the list, which knows all heads, writes it anew
        whole = merge(desk.store.history(key))
        if whole.is_open:
            yield id_, key, whole


def _conflicts_of(
    desk: Desk, known: Mapping[str, str], case: Case | None, id_: str, key: str, whole: Merged
) -> Iterator[Conflict]:
    past = {one.id: one for one in desk.store.history(key)}
    kind = str(min(past.values(), key=lambda one: (bool(one.parents), one.id)).kind)
    record = local_id(id_, key)
    entry = record_words(case, kind, record)

    def said(revision: Revision, value: object) -> Value:
        by = known.get(revision.author, SOMEBODY)
        return Value(revision.id, by, revision.made_at, value, revision.device == desk.device)

    for one in whole.conflicts:
        values = tuple(said(past[each], _value(past[each], one.field)) for each in one.revisions)
        yield Conflict(id_, record, kind, entry, one.field, True, values, _base(past, one))
    if whole.combined:
        before, sides = _sides(past, whole)
        apart = {name: before.get(name) for name in whole.apart}
        values = tuple(said(past[head], changed) for head, changed in sides.items() if changed)
        yield Conflict(id_, record, kind, entry, "", False, values, apart)


def _value(revision: Revision, field: str) -> object:
    return bool(revision.fields.get(DELETED)) if field == DELETED else revision.fields.get(field)


def _base(past: Mapping[str, Revision], conflict: FieldConflict) -> object:
    return past[max(conflict.base)].fields.get(conflict.field) if conflict.base else None


def _sides(
    past: Mapping[str, Revision], whole: Merged
) -> tuple[Mapping[str, object], Mapping[str, Mapping[str, object]]]:
    """Return what all heads came from, and for each head which of the combined fields it holds otherwise."""
    lines = {head: _line(past, head) for head in whole.heads}
    common = frozenset.intersection(*lines.values())
    before = _fields(past, common)
    changed: dict[str, Mapping[str, object]] = {}
    for head, line in lines.items():
        own = _fields(past, line)
        changed[head] = {name: own.get(name) for name in whole.apart if own.get(name) != before.get(name)}
    return before, changed


def _fields(past: Mapping[str, Revision], ids: frozenset[str]) -> Mapping[str, object]:
    return merge([past[one] for one in ids]).fields if ids else {}


def _line(past: Mapping[str, Revision], head: str) -> frozenset[str]:
    found: set[str] = set()
    todo: list[str] = [head]
    while todo:
        one = todo.pop()
        if one in past and one not in found:
            found.add(one)
            todo.extend(past[one].parents)
    return frozenset(found)


def named(found: Sequence[Conflict]) -> str:
    """Return the entries concerned in words: "F3, F5 and the child's details"."""
    entries = list(dict.fromkeys(one.entry for one in found))
    return entries[0] if len(entries) == 1 else f"{', '.join(entries[:-1])} and {entries[-1]}"


def written_by(conflict: Conflict) -> str:
    """Return who wrote apart: "Jo Marsh and Sam Field", "Jo Marsh (on two laptops)"."""
    people = list(dict.fromkeys(one.by for one in conflict.values))
    if len(people) == 1:
        return f"{people[0]} (on two laptops)"
    return f"{', '.join(people[:-1])} and {people[-1]}"
