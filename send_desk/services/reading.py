"""What a person looks at: a case by its name, the list, My day, the history of an entry, where they left off."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from send_desk.domain.case import Setting
from send_desk.domain.differences import Stretch, word_differences
from send_desk.domain.errors import WrongUse
from send_desk.domain.revision import DELETED, Revision, merge
from send_desk.domain.summary import DayLine, Errand, Summary
from send_desk.domain.text import from_value, to_words

from .desk import Desk
from .encoding import record_key
from .people import SOMEBODY, names
from .ports import CaseFile, Establishment


@dataclass(frozen=True, slots=True)
class DayItem:
    """One line of My day with the case it belongs to."""

    case: str
    name: str
    line: DayLine


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field as a revision found and left it, with the words that came and went."""

    field: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class PastChange:
    """One revision as a person reads it; `state` is the whole record after it, for restoring, `by` who wrote it."""

    revision: str
    at: datetime
    author: str
    changes: tuple[FieldChange, ...]
    state: dict[str, object]
    deleted: bool
    by: str = SOMEBODY
    before: Mapping[str, object] = field(default_factory=dict)


def establishment(desk: Desk, urn: str) -> Establishment | None:
    """Return the line of the national register with a URN; None where the register does not have it."""
    return next((one for one in desk.store.establishments(urn) if one.urn == urn), None) if urn.strip() else None


def setting_name(desk: Desk, setting: Setting) -> str:
    """Return the name of a setting: as a person wrote it, else as the register knows its URN, else empty."""
    registered = None if setting.name.strip() else establishment(desk, setting.urn)
    return registered.name if registered else setting.name


def open_case(desk: Desk, name: str) -> CaseFile:
    """Open a case by its reference, its id, or the first eight characters of its id."""
    found = desk.store.find(name)
    if not found:
        raise WrongUse(f"There is no case {name} on this laptop. Look at the list of cases for its reference.")
    if len(found) > 1:
        raise WrongUse(f"{name} fits {len(found)} cases. Please give the reference or the whole id.")
    file = desk.store.case_file(found[0])
    if file is None:
        raise WrongUse(f"The case {name} is not held in full on this laptop.")
    return file


def case_list(desk: Desk) -> tuple[Summary, ...]:
    """Return the line of every case as it stands today; outdated lines are computed anew and kept."""
    lines = desk.store.summaries()
    stale = outdated(desk, lines)
    return _renewed(lines, renew_lines(desk, stale)) if stale else lines


def outdated(desk: Desk, lines: Iterable[Summary]) -> tuple[str, ...]:
    """Return the cases whose lines a new day has outdated: nothing on the screen need wait for them."""
    today = desk.today
    return tuple(line.case for line in lines if line.full and not line.holds_on(today))


def renew_lines(desk: Desk, cases: Iterable[str]) -> tuple[Summary, ...]:
    """Compute the lines of some cases anew and keep them; a slice of a long list, between which others get a turn."""
    fresh = _summarised(desk, cases)
    with desk.store.write() as unit:
        unit.put_summaries(fresh)
    return fresh


def case_list_unsaved(desk: Desk) -> tuple[Summary, ...]:
    """Return the same lines without keeping what was computed anew, for a home that another instance writes to."""
    lines = desk.store.summaries()
    return _renewed(lines, _summarised(desk, outdated(desk, lines)))


def summarise_all(desk: Desk) -> int:
    """Compute the line of every full case anew, as after a rebuild; return how many."""
    return len(renew_lines(desk, desk.store.case_ids()))


def my_day(lines: Iterable[Summary], *, owner: str = "") -> tuple[DayItem, ...]:
    """Return what stands on My day, the most pressing first; with an owner, only that person's cases."""
    order = list(Errand)
    items = [
        DayItem(line.case, line.name or line.reference, errand)
        for line in lines
        if not owner or line.owner == owner
        for errand in line.lines
    ]
    return tuple(sorted(items, key=lambda item: (order.index(item.line.errand), item.line.on, item.name)))


def history(desk: Desk, case: str, record: str) -> tuple[PastChange, ...]:
    """Return what was done to one record, newest first, with word differences against what its writer had seen."""
    log = desk.store.history(record_key(case, record))
    known = names(desk)
    states: dict[str, dict[str, object]] = {}
    past: list[PastChange] = []
    for revision in log:
        before = _seen(revision, states, log)
        said = {} if revision.redacted else revision.fields
        changes = tuple(
            FieldChange(name, word_differences(_words(name, before.get(name)), _words(name, value)))
            for name, value in said.items()
            if name != DELETED
        )
        state = states[revision.id] = {**before, **said}
        gone = bool(said.get(DELETED, False))
        by = known.get(revision.author, SOMEBODY)
        past.append(
            PastChange(revision.id, revision.made_at, revision.author, changes, dict(state), gone, by, dict(before))
        )
    return tuple(reversed(past))


def _seen(
    revision: Revision, states: Mapping[str, Mapping[str, object]], log: Sequence[Revision]
) -> Mapping[str, object]:
    """Return the record as the writer of a revision saw it: what its parents make together."""
    if len(revision.parents) <= 1:
        return states.get(revision.parents[0], {}) if revision.parents else {}
    by_id = {one.id: one for one in log}
    above: dict[str, Revision] = {}
    todo = list(revision.parents)
    while todo:
        one = by_id.get(todo.pop())
        if one is not None and one.id not in above:
            above[one.id] = one
            todo.extend(one.parents)
    return merge(tuple(above.values())).fields


def _renewed(lines: Iterable[Summary], fresh: Iterable[Summary]) -> tuple[Summary, ...]:
    newer = {line.case: line for line in fresh}
    return tuple(newer.get(line.case, line) for line in lines)


def _summarised(desk: Desk, cases: Iterable[str]) -> tuple[Summary, ...]:
    files = (desk.store.case_file(case) for case in cases)
    return tuple(desk.line(file.case) for file in files if file is not None)


def _words(field: str, value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case list() if field == "text":
            return to_words(from_value(value))
        case list():
            return "\n".join(_words(field, one) for one in value)
        case dict():
            return ", ".join(f"{name}: {_words(field, one)}" for name, one in value.items())
        case _:
            return str(value)
