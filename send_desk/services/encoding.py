"""Records as they stand in the log: dataclasses of the domain to flat fields and back.

A field of a nested value has a dotted name (`child.known_as`, `officer.phone`, `fields.how_often`; see nesting.py), so
that two people's changes of different fields never meet. What is not known here is kept in `extra` and written back.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import MISSING, dataclass, fields, replace
from functools import cache
from typing import Any

from send_desk.domain import case as cases
from send_desk.domain.case import Case
from send_desk.domain.chronology import in_order
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.entry import Entry
from send_desk.domain.ids import RecordKind
from send_desk.domain.person import Child, DirectoryEntry, Person
from send_desk.domain.text import to_value

from . import nesting
from .decoding import Unreadable as Unreadable
from .decoding import decode, read_fields, read_text
from .nesting import hints


@dataclass(frozen=True, slots=True)
class Row:
    """One record in its encoded form: plain JSON values under flat names."""

    kind: str
    id: str
    fields: Mapping[str, object]


_TYPES: Mapping[RecordKind, type[Any]] = {
    RecordKind.PERSON: Person,
    RecordKind.EVENT: cases.CaseEvent,
    RecordKind.CONTRIBUTION: Contribution,
    RecordKind.CONTRIBUTION_EVENT: ContributionEvent,
    RecordKind.DOCUMENT: cases.Document,
    RecordKind.ENTRY: Entry,
    RecordKind.CONTACT: cases.Contact,
    RecordKind.EXEMPTION: cases.Exemption,
    RecordKind.DISMISSAL: cases.Dismissal,
    RecordKind.OVERRIDE_REQUEST: cases.OverrideRequest,
    RecordKind.OVERRIDE: cases.Override,
    RecordKind.ISSUE: cases.Issue,
    RecordKind.PRINT: cases.Print,
    RecordKind.ADVISER: DirectoryEntry,
}
_COLLECTIONS: Mapping[RecordKind, str] = {
    RecordKind.PERSON: "people",
    RecordKind.EVENT: "events",
    RecordKind.CONTRIBUTION: "contributions",
    RecordKind.DOCUMENT: "documents",
    RecordKind.ENTRY: "entries",
    RecordKind.CONTACT: "contacts",
    RecordKind.EXEMPTION: "exemptions",
    RecordKind.DISMISSAL: "dismissals",
    RecordKind.OVERRIDE_REQUEST: "override_requests",
    RecordKind.OVERRIDE: "overrides",
    RecordKind.ISSUE: "issues",
    RecordKind.PRINT: "prints",
}
_FACTS = tuple(
    field.name for field in fields(Case) if field.name not in {"id", "child", "extra", *_COLLECTIONS.values()}
)

_FACT_NAMES = frozenset(_FACTS)


def record_key(case: str, id_: str) -> str:
    """Return the id under which a record stands in the log; plan files number their rows alike in every case."""
    return case if id_ == case else f"{case}/{id_}"


def local_id(case: str, key: str) -> str:
    """Return the id that a record has within its case."""
    return key.removeprefix(f"{case}/")


def flat(kind: str, named: Mapping[str, object]) -> Mapping[str, object]:
    """Return the fields of a record, or those that a change sets, with every nested value spread out."""
    if kind == RecordKind.CASE:
        return nesting.flat(Child, nesting.flat(Case, named), prefix="child.")
    return nesting.flat(_TYPES[RecordKind(kind)], named) if kind in _TYPES else named


def holds_words(kind: str, name: str) -> bool:
    """Whether a field of a record holds a person's own words, so that others can be written in their place."""
    if kind == RecordKind.CASE:
        return hints(Child).get(name[6:]) is str if name.startswith("child.") else _is_words(Case, name)
    if kind == RecordKind.ENTRY and (name == "text" or name.startswith("fields.")):
        return True
    return kind in _TYPES and _is_words(_TYPES[RecordKind(kind)], name)


def _is_words(cls: Any, name: str) -> bool:
    group, dot, inner = name.partition(".")
    nested = nesting.groups(cls).get(group) if dot else None
    if nested is not None:
        return nested.value is str if nested.type is None else hints(nested.type).get(inner) is str
    return hints(cls).get(name) is str


def rows_of(case: Case) -> Iterator[Row]:
    """Yield every record of a case, the case itself first; only fields that differ from their defaults are named."""
    facts = _plain_fields(case, only=_FACT_NAMES)
    child = {**case.child.extra, **_plain_fields(case.child)}
    facts.update({f"child.{name}": value for name, value in child.items()})
    yield Row(RecordKind.CASE, case.id, {**case.extra, **facts})
    for kind, collection in _COLLECTIONS.items():
        for record in getattr(case, collection):
            yield row_of(kind, record)
            if kind is RecordKind.CONTRIBUTION:
                for event in record.events:
                    row = row_of(RecordKind.CONTRIBUTION_EVENT, event)
                    yield Row(row.kind, row.id, {**row.fields, "contribution": record.id})


def row_of(kind: RecordKind, record: Any) -> Row:
    """Return one record in its encoded form."""
    named = _plain_fields(record)
    named.pop("events", None)
    if isinstance(record, Entry) and "text" in named:
        named["text"] = to_value(record.text)
    # What was set here stands before what could not be read when it came.
    return Row(kind, record.id, {**record.extra, **named})


def record_from(row: Row) -> Any:
    """Return the domain's value of a record; a field that cannot be read as its type stands in `extra`, never lost.

    `Unreadable` where the record makes no sense without that field; it stays in the log.
    """
    return decode(_TYPES[RecordKind(row.kind)], row.id, flat(row.kind, row.fields))


def assemble(case: str, rows: Iterable[Row]) -> Case:
    """Build a case from its records in any order; those that this program cannot read are left aside, in the log."""
    found: dict[str, list[Any]] = {name: [] for name in _COLLECTIONS.values()}
    events: dict[str, list[ContributionEvent]] = {}
    facts: Mapping[str, object] = {}
    for stored in rows:
        row = Row(stored.kind, local_id(case, stored.id), stored.fields)
        if row.kind == RecordKind.CASE:
            facts = row.fields
        elif row.kind == RecordKind.CONTRIBUTION_EVENT:
            owner = str(row.fields.get("contribution", ""))
            with suppress(Unreadable):
                event = record_from(Row(row.kind, row.id, {k: v for k, v in row.fields.items() if k != "contribution"}))
                events.setdefault(owner, []).append(event)
        elif row.kind in _COLLECTIONS:
            with suppress(Unreadable):
                found[_COLLECTIONS[RecordKind(row.kind)]].append(record_from(row))
    found["contributions"] = [replace(one, events=in_order(events.get(one.id, ()))) for one in found["contributions"]]
    found["entries"].sort(key=lambda entry: (entry.order, entry.id))
    for name in ("events", "contacts"):
        found[name] = list(in_order(found[name]))
    return _case(case, facts, {name: tuple(records) for name, records in found.items()})


def changed_rows(before: Case | None, after: Case) -> Iterator[tuple[Row | None, Row | None]]:
    """Yield each record that differs as it was and as it is; None where it is new or gone.

    A record that is the same object in both is passed over unread, so that a small change of a large case is cheap.
    """
    old = {} if before is None else {(one.kind, one.id): one for one in _rows_but(before, after)}
    for row in _rows_but(after, before):
        former = old.pop((row.kind, row.id), None)
        if former is None or former.fields != row.fields:
            yield former, row
    for row in old.values():
        yield row, None


def _rows_but(case: Case, other: Case | None) -> Iterator[Row]:
    if other is None:
        yield from rows_of(case)
        return
    slim: dict[str, Any] = {}
    for name in _COLLECTIONS.values():
        same = {id(record) for record in getattr(other, name)}
        slim[name] = tuple(record for record in getattr(case, name) if id(record) not in same)
    yield from rows_of(replace(case, **slim))


def with_field(case: Case, id_: str, name: str, value: object) -> Case:
    """Return the case with one flat field of one record set, as if a revision had set it."""
    if id_ == case.id:
        bare: dict[str, Any] = dict.fromkeys(_COLLECTIONS.values(), ())
        facts = next(rows_of(replace(case, **bare)))
        kept: dict[str, Any] = {collection: getattr(case, collection) for collection in _COLLECTIONS.values()}
        told = {**facts.fields, **flat(facts.kind, {name: value})}
        return replace(assemble(case.id, [Row(facts.kind, facts.id, told)]), **kept)
    for kind, collection in _COLLECTIONS.items():
        records = getattr(case, collection)
        for place, record in enumerate(records):
            if record.id == id_:
                changed = _with_field(kind, record, name, value)
                together: dict[str, Any] = {collection: (*records[:place], changed, *records[place + 1 :])}
                return replace(case, **together)
    return case


def _with_field(kind: RecordKind, record: Any, name: str, value: object) -> Any:
    # The words of an entry are set at every pause of the fingers, so they alone are not taken through the encoded form.
    if kind is RecordKind.ENTRY and name == "text":
        return replace(record, text=read_text(value))
    row = row_of(kind, record)
    changed = record_from(Row(row.kind, row.id, {**row.fields, **flat(kind, {name: value})}))
    return replace(changed, events=record.events) if kind is RecordKind.CONTRIBUTION else changed


def changes(before: Row | None, after: Row) -> dict[str, object]:
    """Return the fields that a revision must set to lead from one form of a record to the next.

    A field that is gone is set to None, which reads as its default.
    """
    old = before.fields if before else {}
    changed = {name: value for name, value in after.fields.items() if name not in old or old[name] != value}
    changed.update({name: None for name in old if name not in after.fields and old[name] is not None})
    return changed


def _case(case: str, facts: Mapping[str, object], collections: Mapping[str, Any]) -> Case:
    told = flat(RecordKind.CASE, facts)
    child_fields = {name[6:]: value for name, value in told.items() if name.startswith("child.")}
    child = decode(Child, None, {"first_names": "", "surname": "", **child_fields})
    own = {name: value for name, value in told.items() if not name.startswith("child.")}
    known, extra = read_fields(Case, own, _FACT_NAMES)
    return Case(id=case, child=child, extra=extra, **{"reference": "", **known}, **collections)


def _plain_fields(record: Any, *, only: frozenset[str] | None = None) -> dict[str, object]:
    cls: Any = type(record)
    groups = nesting.groups(cls)
    out: dict[str, object] = {}
    for name, default, make in _written(cls):
        if only is not None and name not in only:
            continue
        value = getattr(record, name)
        if value != (default if make is None else make()):
            if name in groups:
                out.update(nesting.spread(name, groups[name], value))
            else:
                out[name] = nesting.plain(value)
    return out


@cache
def _written(cls: Any) -> tuple[tuple[str, object, Callable[[], object] | None], ...]:
    """The fields of a record that are written, each with its default or what makes it."""
    return tuple(
        (one.name, one.default, None if one.default_factory is MISSING else one.default_factory)
        for one in fields(cls)
        if one.name not in ("id", "extra")
    )
