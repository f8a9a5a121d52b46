"""The golden thread: which need leads to which outcome and provision, and where the thread breaks (law.md 4.6).

An outcome reaches a need by its own link, or by a provision that meets the need and works towards the outcome. Where a
plan links its outcomes to needs itself, an outcome without such a link stands out and is a gap.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .case import Case
from .entry import Entry
from .ids import Area, EntryKind, Section
from .labels import labels

COLUMNS = (EntryKind.ASPIRATION, EntryKind.NEED, EntryKind.OUTCOME, EntryKind.PROVISION)
"""The kinds of row that the thread runs through, from left to right."""

_CARE = frozenset({Area.HEALTH, Area.CARE})
_MEETS: Mapping[Section, frozenset[Section]] = {
    Section.B: frozenset({Section.F}),
    Section.C: frozenset({Section.F, Section.G, Section.H1, Section.H2}),
    Section.D: frozenset({Section.F, Section.G, Section.H1, Section.H2}),
}
"""Where provision for a need may stand: a special educational need is met in F, by law in each case (reg 12(1)(f))."""


class Missing(StrEnum):
    """What a row of the thread lacks."""

    PROVISION = "provision"
    NEED = "need"
    OUTCOME = "outcome"
    ASPIRATION = "aspiration"
    CARE_OUTCOME = "care_outcome"


@dataclass(frozen=True, slots=True)
class Node:
    """A row of the thread: its column is its kind."""

    id: str
    label: str
    kind: EntryKind
    section: Section
    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """A thread between two rows, from the left column to the right one."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A row at which the thread breaks, and what it lacks."""

    entry: str
    missing: Missing


@dataclass(frozen=True)
class Thread:
    """The whole map of a plan: rows, the links between them, and the gaps."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    gaps: tuple[Gap, ...]
    reaches: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def lacks(self, entry: str, missing: Missing) -> bool:
        """Whether a row lacks something."""
        return Gap(entry, missing) in self.gaps


def golden_thread(case: Case, names: Mapping[str, str] | None = None) -> Thread:
    """Return the map of a plan; `names` are the labels of its entries, if they have been made already."""
    rows = [entry for entry in case.entries if entry.kind in COLUMNS]
    named = labels(case) if names is None else names
    weave = _Weave(rows)
    nodes = tuple(Node(row.id, named[row.id], row.kind, row.section, row.words) for row in rows)
    links = tuple(Link(start, end) for start, ends in weave.right.items() for end in sorted(ends, key=weave.place))
    reaches = {id_: frozenset(ends) for id_, ends in weave.near.items()}
    return Thread(nodes, links, tuple(_gaps(rows, weave)), reaches)


class _Weave:
    """Links in both directions, whichever row they were recorded on; a link to a row that is gone is left out."""

    def __init__(self, rows: Iterable[Entry]) -> None:
        self.rows = {row.id: row for row in rows}
        self._places = {id_: place for place, id_ in enumerate(self.rows)}
        self.near: dict[str, set[str]] = {id_: set() for id_ in self.rows}
        self.right: dict[str, set[str]] = {}
        for row in self.rows.values():
            for other in (*row.links.aspirations, *row.links.needs, *row.links.outcomes):
                self._tie(row, self.rows.get(other))
        provisions = [row for row in self.rows.values() if row.kind is EntryKind.PROVISION]
        self.outcomes_link_needs = any(
            self.rows[other].kind is EntryKind.NEED
            for row in self.rows.values()
            if row.kind is EntryKind.OUTCOME
            for other in self.near[row.id]
        )
        self.through: dict[str, set[str]] = {}
        for provision in provisions:
            ends = self.near[provision.id]
            for id_ in ends:
                self.through.setdefault(id_, set()).update(ends)

    def place(self, id_: str) -> int:
        """Where a row stands in the plan."""
        return self._places[id_]

    def of_kind(self, row: Entry, kind: EntryKind, *, through: bool = False) -> Iterator[Entry]:
        """Rows of a kind tied to this one, with `through` also those that one provision ties to it."""
        ends = self.near[row.id] | (self.through.get(row.id, set()) if through else set())
        return (self.rows[id_] for id_ in ends if self.rows[id_].kind is kind and id_ != row.id)

    def _tie(self, row: Entry, other: Entry | None) -> None:
        if other is None or other.kind is row.kind:
            return
        self.near[row.id].add(other.id)
        self.near[other.id].add(row.id)
        first, second = sorted((row, other), key=lambda one: COLUMNS.index(one.kind))
        self.right.setdefault(first.id, set()).add(second.id)


def _gaps(rows: Iterable[Entry], weave: _Weave) -> Iterator[Gap]:
    for row in rows:
        match row.kind:
            case EntryKind.NEED:
                yield from (Gap(row.id, missing) for missing in _need_lacks(row, weave))
            case EntryKind.OUTCOME:
                yield from (Gap(row.id, missing) for missing in _outcome_lacks(row, weave))
            case EntryKind.PROVISION if not any(weave.of_kind(row, EntryKind.NEED)):
                yield Gap(row.id, Missing.NEED)
            case _:
                pass


def _need_lacks(need: Entry, weave: _Weave) -> Iterator[Missing]:
    where = _MEETS.get(need.section, frozenset({need.section}))
    met = any(provision.section in where for provision in weave.of_kind(need, EntryKind.PROVISION))
    if not met and not need.not_met_because.strip():
        yield Missing.PROVISION
    outcomes = list(weave.of_kind(need, EntryKind.OUTCOME, through=True))
    if not outcomes:
        if not need.not_met_because.strip():
            yield Missing.OUTCOME
    elif need.section in (Section.C, Section.D) and not any(_is_for_care(one, weave) for one in outcomes):
        yield Missing.CARE_OUTCOME


def _is_for_care(outcome: Entry, weave: _Weave) -> bool:
    """Whether an outcome is one of health or care: by its area, else by the provision or the needs that it has."""
    if outcome.area is not None:
        return outcome.area in _CARE
    beyond = {Section.G, Section.H1, Section.H2}
    if any(row.section in beyond for row in weave.of_kind(outcome, EntryKind.PROVISION)):
        return True
    return all(row.section is not Section.B for row in weave.of_kind(outcome, EntryKind.NEED, through=True))


def _outcome_lacks(outcome: Entry, weave: _Weave) -> Iterator[Missing]:
    if not any(weave.of_kind(outcome, EntryKind.NEED, through=not weave.outcomes_link_needs)):
        yield Missing.NEED
    if not any(weave.of_kind(outcome, EntryKind.PROVISION)):
        yield Missing.PROVISION
    if not any(weave.of_kind(outcome, EntryKind.ASPIRATION)):
        yield Missing.ASPIRATION
