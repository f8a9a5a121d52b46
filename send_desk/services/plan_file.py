"""The plan file `send-desk/plan-1` (interface.md): a whole plan as one JSON document, read and written without loss."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import count, pairwise
from typing import Any

from send_desk.domain.case import Authority, Case, CaseEvent, Dismissal, Document, Exemption, Officer, Setting
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.contribution_telling import recorded_state
from send_desk.domain.entry import KINDS, Entry
from send_desk.domain.errors import Refused, WrongUse
from send_desk.domain.ids import EntryKind, Section, Stage, State, Version
from send_desk.domain.person import Child, Person

from .plan_json import Place, parse
from .plan_records import FILE, as_mapping, read_record, write_record
from .plan_values import as_id, as_list, as_object
from .ports import Ids

SCHEMA = "send-desk/plan-1"

_SCHEMA = re.compile(r"send-desk/plan-([0-9]{1,9})")
_WEIGHED = frozenset({State.NOT_DUE, State.NOT_REQUESTED, State.OVERDUE, State.LAWFUL_EXCEPTION})
_UNANSWERED = frozenset({State.NOT_REQUESTED, State.REQUESTED})
_USUAL_KINDS: Mapping[Section, EntryKind] = {
    Section.A: EntryKind.VIEW,
    Section.B: EntryKind.NEED,
    **{section: kinds[0] for section, kinds in KINDS.items() if section not in (Section.A, Section.B)},
}


@dataclass(frozen=True)
class _Whole:
    """The members at the top of the file that are facts of the case."""

    framework: str = "england-2014"
    stage: Stage = Stage.NEW
    version: Version = Version.DRAFT
    headings: tuple[Section, ...] = tuple(Section)
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class _Facts:
    """The members of the file's `case` that are facts of the case."""

    reference: str
    authority: Authority = field(default_factory=Authority)
    officer: Officer = field(default_factory=Officer)
    setting: Setting = field(default_factory=Setting)
    previous_settings: tuple[Setting, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


_DRAWN = frozenset({"framework", "stage", "version", "authority", "officer", "setting", "previous_settings"})
_LISTS = ("contributions", "documents", "entries", "exemptions", "dismissals")


def read_plan(data: bytes | str, *, ids: Ids | None = None) -> Case:
    """Read a plan file as a case; ids that it does not give are the same on every reading.

    With `ids`, for a case that shall be kept, a missing id of the case itself is a new one.

    Raise WrongUse naming the place where the file cannot be used, Refused where a newer program wrote it.
    """
    return case_of(read_document(data), ids=ids)


def read_document(data: bytes | str) -> Mapping[str, object]:
    """Read the JSON of a plan file and make sure that its schema is one this program knows."""
    document = parse(data)
    schema = document.get("schema")
    found = _SCHEMA.fullmatch(schema) if isinstance(schema, str) else None
    if found is None or int(found[1]) < 1:
        raise WrongUse(f'This is not a plan file: its "schema" should be "{SCHEMA}". Nothing was changed.')
    if int(found[1]) > 1:
        raise Refused(
            f"This plan file was written by a newer SEND Desk ({schema}); this one reads {SCHEMA}. "
            "Nothing was changed. Please bring this program up to date, or ask for the plan in the older form."
        )
    return document


def case_of(document: Mapping[str, object], *, ids: Ids | None = None) -> Case:
    """Make the case that a plan file's document tells."""
    top, at_case = Place(), Place(("case",))
    members = as_object(document["case"] if "case" in document else at_case.wrong("it is missing"), at_case)
    whole = read_record(_Whole, document, top, taken=frozenset({"schema", "case", *_LISTS}), other=False)
    facts = read_record(_Facts, members, at_case, taken=frozenset({"id", "child", "people", "events"}))
    if not facts.reference.strip():
        at_case.at("reference").wrong("it is empty")
    id_ = _id(members, at_case) or (ids.record() if ids else _digest("case", facts.reference))
    reader = _Reader(facts.reference, id_, top)
    case = Case(
        id=reader.case,
        reference=facts.reference,
        child=_child(members.get("child"), at_case.at("child")),
        framework=whole.framework,
        stage=whole.stage,
        version=whole.version,
        headings=whole.headings,
        authority=facts.authority,
        officer=facts.officer,
        setting=facts.setting,
        previous_settings=facts.previous_settings,
        people=reader.records(Person, members, "people", at_case),
        events=reader.records(CaseEvent, members, "events", at_case),
        documents=reader.records(Document, document, "documents", top),
        contributions=reader.contributions(document),
        entries=reader.entries(document),
        exemptions=reader.records(Exemption, document, "exemptions", top),
        dismissals=reader.records(Dismissal, document, "dismissals", top),
        extra=_case_extra(whole.extra, facts.extra),
    )
    return replace(case, contributions=tuple(_as_told(one, case) for one in case.contributions))


def write_plan(case: Case) -> dict[str, object]:
    """Return the plan file of a case as plain JSON values: what interface.md draws, and whatever came in a file."""
    bundles = as_mapping(case.extra.get(FILE))
    elsewhere = {name: value for name, value in case.extra.items() if name != FILE}
    whole = _Whole(case.framework, case.stage, case.version, case.headings, {FILE: bundles.get("top")})
    facts = _Facts(
        case.reference,
        case.authority,
        case.officer,
        case.setting,
        case.previous_settings,
        {FILE: bundles.get("case"), **elsewhere},
    )
    top = write_record(whole, always=_DRAWN)
    members = write_record(facts, always=_DRAWN)
    first = {name: top.pop(name) for name in ("framework", "stage", "version")}
    return {
        "schema": SCHEMA,
        **first,
        "case": {
            "id": case.id,
            **{name: members.pop(name) for name in ("reference", "authority", "officer")},
            "child": write_record(case.child),
            **{name: members.pop(name) for name in ("setting", "previous_settings")},
            "people": [write_record(one) for one in case.people],
            "events": [write_record(one) for one in case.events],
            **members,
        },
        "contributions": [_contribution(one, case) for one in case.contributions],
        "documents": [write_record(one) for one in case.documents],
        "entries": [write_record(one) for one in _in_order(case)],
        **{name: [write_record(one) for one in rows] for name, rows in _additions(case) if rows},
        **top,
    }


def plan_words(case: Case) -> str:
    """Return the plan file of a case as the words of a file, ending in a line end."""
    return json.dumps(write_plan(case), ensure_ascii=False, indent=1) + "\n"


class _Reader:
    """Reads the lists of one file, giving ids where there are none and seeing that none is given twice."""

    def __init__(self, reference: str, case: str, top: Place) -> None:
        self.case = case
        self._reference = reference
        self._top = top
        self._places: dict[str, Place] = {case: Place(("case",))}

    def records(self, cls: type[Any], owner: Mapping[str, object], name: str, place: Place) -> tuple[Any, ...]:
        """Read a list of records whose missing ids follow from what they say."""
        return tuple(
            read_record(cls, members, at, taken=_ID, id=id_) for members, at, id_ in self._rows(owner, name, place)
        )

    def contributions(self, document: Mapping[str, object]) -> tuple[Contribution, ...]:
        """Read the register, each line with its events."""
        found: list[Contribution] = []
        for members, at, id_ in self._rows(document, "contributions", self._top):
            events = self.records(ContributionEvent, {**members, "of": id_}, "events", at)
            taken = _ID | {"events"}
            found.append(read_record(Contribution, members, at, taken=taken, id=id_, events=events))
        return tuple(found)

    def entries(self, document: Mapping[str, object]) -> tuple[Entry, ...]:
        """Read the entries; their places in the file are their order, and a missing kind is the section's usual one."""
        found: list[Entry] = []
        for members, at, id_ in self._rows(document, "entries", self._top):
            entry = read_record(Entry, _with_kind(members), at, taken=_ID, id=id_, order=float(len(found) + 1))
            found.append(entry)
        return tuple(found)

    def _rows(
        self, owner: Mapping[str, object], name: str, place: Place
    ) -> Iterator[tuple[Mapping[str, object], Place, str]]:
        listed = as_list(owner.get(name) or [], place.at(name))
        rows: list[tuple[Mapping[str, object], Place, str]] = []
        for index, value in enumerate(listed):
            members = as_object(value, place.at(name).number(index))
            at = place.at(name).number(index, members.get("id"))
            id_ = _id(members, at)
            if id_:
                self._take(id_, at)
            rows.append((members, at, id_))
        for members, at, id_ in rows:
            made = id_ or self._made(name, {"of": owner.get("of", ""), **members})
            if not id_:
                self._take(made, at)
            yield members, at, made

    def _take(self, id_: str, place: Place) -> None:
        if id_ in self._places:
            other = ", ".join(self._places[id_].parts)
            place.wrong(f'the id "{id_[:60]}" stands already at {other}; every id may stand once in a file')
        self._places[id_] = place

    def _made(self, name: str, members: Mapping[str, object]) -> str:
        if name == "entries":
            made = (f"{members.get('section')}-{number}" for number in count(1))
        else:
            digest = _digest(self._reference, name, *(members.get(one) for one in _TOLD[name]))
            made = (f"{digest}-{number}" for number in count(1))
        return next(id_ for id_ in made if id_ not in self._places)


_ID = frozenset({"id"})
# What stays the same when the rest of a record is corrected, so that a second reading finds the same record; an entry
# is found by its place in its section.
_TOLD: Mapping[str, tuple[str, ...]] = {
    "people": ("name", "relation"),
    "events": ("of", "kind", "on"),
    "contributions": ("cell", "adviser"),
    "documents": ("title", "name", "sha256"),
    "exemptions": ("rule", "ground", "contribution"),
    "dismissals": ("finding",),
}


def _digest(*told: object) -> str:
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def _id(members: Mapping[str, object], place: Place) -> str:
    return as_id(members.get("id"), place.at("id"))


def _child(value: object, place: Place) -> Child:
    if value is None:
        place.wrong("it is missing")
    child: Child = read_record(Child, value, place)
    if child.date_of_birth is None:
        place.wrong("date_of_birth is missing")
    return child


def _with_kind(members: Mapping[str, object]) -> Mapping[str, object]:
    section = members.get("section")
    if members.get("kind") is not None or not isinstance(section, str) or section not in set(Section):
        return members
    return {**members, "kind": str(_USUAL_KINDS[Section(section)])}


def _case_extra(whole: Mapping[str, object], facts: Mapping[str, object]) -> dict[str, object]:
    bundles = {name: kept for name, kept in (("top", whole.get(FILE)), ("case", facts.get(FILE))) if kept}
    others = {name: value for name, value in {**whole, **facts}.items() if name != FILE}
    return {**others, **({FILE: bundles} if bundles else {})}


def _as_told(contribution: Contribution, case: Case) -> Contribution:
    """A state that its own events tell is not kept twice: it would stand still while they go on."""
    by_events = replace(contribution, stated=None)
    return by_events if recorded_state(by_events, case) is contribution.stated else contribution


def _contribution(contribution: Contribution, case: Case) -> dict[str, object]:
    told = recorded_state(contribution, case)
    stated = contribution.stated
    state = stated if stated in _WEIGHED and told in _UNANSWERED else told
    out = write_record(replace(contribution, stated=state))
    events = [write_record(one) for one in contribution.events]
    return {**{name: out.pop(name) for name in ("id", "cell", "adviser", "state")}, "events": events, **out}


def _in_order(case: Case) -> Sequence[Entry]:
    """The entries as the file they came from had them; those made on a desk count within their sections only."""
    orders = [entry.order for entry in case.entries]
    if all(before < after for before, after in pairwise(orders)):
        return case.entries
    place = {section: number for number, section in enumerate(Section)}
    return sorted(case.entries, key=lambda entry: (place[entry.section], entry.order))


def _additions(case: Case) -> tuple[tuple[str, Sequence[object]], ...]:
    return (("exemptions", case.exemptions), ("dismissals", case.dismissals))
