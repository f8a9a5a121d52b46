"""A plan file into a case: a new one, or a revision for each record of a known case that the file tells otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from send_desk.domain.case import Case
from send_desk.domain.entry import Entry
from send_desk.domain.errors import Refused

from .commit import commit
from .desk import Desk
from .encoding import changed_rows
from .plan_file import case_of, read_document, write_plan
from .ports import CaseFile

_OF_CASE = ("people", "events")
_OF_PLAN = ("contributions", "documents", "entries", "exemptions", "dismissals")
_DESKS_OWN = ("contacts", "override_requests", "overrides", "prints")


@dataclass(frozen=True, slots=True)
class PlanOutcome:
    """The case as it stands after a plan file was taken in, whether it is new, and how many records were written."""

    file: CaseFile
    made: bool
    changed: int


def import_plan(desk: Desk, data: bytes) -> PlanOutcome:
    """Take a plan file in. What the file does not name stays as it is, in a known case and in each of its records.

    A case is known by its id or its reference. Raise WrongUse where the file cannot be used, and Refused where it was
    written by a newer program, or its reference and id or its child are those of another case.
    """
    document = read_document(data)
    told = case_of(document, ids=desk.ids)
    file = _known(desk, told)
    if file is None:
        return PlanOutcome(commit(desk, None, told), made=True, changed=len(list(changed_rows(None, told))))
    after = _laid_over(desk, file.case, document, told)
    changed = len(list(changed_rows(file.case, after)))
    return PlanOutcome(commit(desk, file, after), made=False, changed=changed)


def _known(desk: Desk, told: Case) -> CaseFile | None:
    wanted = told.reference.strip().casefold()
    found = {
        one.case for one in desk.store.identities() if one.case == told.id or one.reference.strip().casefold() == wanted
    }
    if len(found) > 1:
        raise Refused(
            f"This plan is of two cases at once: its id is that of one and its reference {told.reference} that of "
            "another on this laptop. Please correct the file; nothing was changed."
        )
    if not found:
        return None
    file = desk.store.case_file(found.pop())
    if file is None:
        raise Refused(f"The case {told.reference} is not held in full on this laptop; nothing was changed.")
    here, there = file.case.child, told.child
    if here.date_of_birth not in (None, there.date_of_birth) and here.surname.casefold() != there.surname.casefold():
        raise Refused(
            f"The case {told.reference} on this laptop is of a child with another name and date of birth, so this "
            "seems to be another child's plan. Nothing was changed."
        )
    return file


def _laid_over(desk: Desk, before: Case, document: Mapping[str, object], told: Case) -> Case:
    members = _mapping(document["case"])
    named = {
        **{name: _with_ids(members.get(name), getattr(told, name)) for name in _OF_CASE},
        **{name: _with_ids(document.get(name), getattr(told, name)) for name in _OF_PLAN},
    }
    for line, read in zip(named["contributions"], told.contributions, strict=True):
        if events := _with_ids(line.pop("events", None), read.events):
            line["events"] = events
    _see_that_ids_are_free(before, named)
    # A list that the file leaves out or empty says nothing of the records that are there.
    bare = {name: value for name, value in document.items() if name not in _OF_PLAN}
    members = {name: value for name, value in members.items() if name not in _OF_CASE}
    over = {
        **bare,
        **{name: named[name] for name in _OF_PLAN if named[name]},
        "case": {
            **members,
            "id": before.id,
            "reference": before.reference,
            **{name: named[name] for name in _OF_CASE if named[name]},
        },
    }
    after = case_of(_merged(write_plan(before), over), ids=desk.ids)
    kept: dict[str, Any] = {name: getattr(before, name) for name in ("owner", *_DESKS_OWN)}
    for name in (*_OF_CASE, *_OF_PLAN):
        kept[name] = _only_named(getattr(before, name), getattr(after, name), named[name])
    kept["entries"] = _placed(before.entries, kept["entries"], [str(one["id"]) for one in named["entries"]])
    return replace(after, **kept)


def _with_ids(listed: object, read: Sequence[Any]) -> list[dict[str, object]]:
    rows = listed if isinstance(listed, list) else []
    return [{**_mapping(row), "id": record.id} for row, record in zip(rows, read, strict=True)]


def _see_that_ids_are_free(before: Case, named: Mapping[str, list[dict[str, object]]]) -> None:
    taken = {one.id: name for name in _DESKS_OWN for one in getattr(before, name)}
    for rows in named.values():
        for row in rows:
            if (other := taken.get(str(row["id"]))) is not None:
                raise Refused(
                    f"The file gives the id {row['id']}, which is one of this case's {other}; nothing was changed."
                )


def _merged(before: Any, over: Any) -> Any:
    """What stands in both, the second before the first; lists of records by their ids, other lists as a whole."""
    match before, over:
        case Mapping(), Mapping():
            both = {**before, **over}
            return {
                name: _replaced(name, before[name], over[name]) if name in before and name in over else value
                for name, value in both.items()
            }
        case list(), list() if _are_records(over):
            new = {row["id"]: row for row in over}
            merged = [_merged(row, new.pop(row["id"])) if _known_row(row, new) else row for row in before]
            return [*merged, *new.values()]
        case _:
            return over


def _replaced(name: str, before: Any, over: Any) -> Any:
    if name == "setting" and isinstance(over, Mapping):
        # Another school is another setting: nothing of the one before may cling to it.
        another = any(over.get(one) and before.get(one) and over[one] != before[one] for one in ("urn", "name"))
        return over if another else _merged(before, over)
    return _merged(before, over)


def _are_records(rows: list[Any]) -> bool:
    return bool(rows) and all(isinstance(row, Mapping) and isinstance(row.get("id"), str) for row in rows)


def _known_row(row: Any, new: Mapping[str, object]) -> bool:
    return isinstance(row, Mapping) and row.get("id") in new


def _only_named(before: Sequence[Any], after: Sequence[Any], named: Sequence[Mapping[str, object]]) -> tuple[Any, ...]:
    """The records as they shall be; one that the file does not name is the very one that was there."""
    there = {record.id: record for record in before}
    ids = {row["id"] for row in named}
    return tuple(there.get(record.id, record) if record.id not in ids else record for record in after)


def _placed(before: Sequence[Entry], after: Sequence[Entry], named: Sequence[str]) -> tuple[Entry, ...]:
    """The entries in their places: known ones where they were, a new one after the one that precedes it in the file."""
    orders = {entry.id: entry.order for entry in before}
    by_id = {entry.id: entry for entry in after}
    for place, id_ in enumerate(named):
        if id_ in orders:
            continue
        section = by_id[id_].section
        row = sorted(orders[one.id] for one in after if one.section is section and one.id in orders)
        ahead = [one for one in named[:place] if by_id[one].section is section]
        behind = [one for one in named[place:] if by_id[one].section is section and one in orders]
        if ahead:
            orders[id_] = _between(orders[ahead[-1]], [one for one in row if one > orders[ahead[-1]]])
        elif behind:
            orders[id_] = -_between(-orders[behind[0]], [-one for one in reversed(row) if one < orders[behind[0]]])
        else:
            orders[id_] = row[-1] + 1.0 if row else 1.0
    placed = (replace(entry, order=orders[entry.id]) if entry.order != orders[entry.id] else entry for entry in after)
    return tuple(sorted(placed, key=lambda entry: (entry.order, entry.id)))


def _between(start: float, beyond: Sequence[float]) -> float:
    return (start + beyond[0]) / 2 if beyond else start + 1.0


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
