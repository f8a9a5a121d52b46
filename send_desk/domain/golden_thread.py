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
    """The whole map of a plan: rows, the links between them, the gaps, and which rows each is tied to."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    gaps: tuple[Gap, ...]
    reaches: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def lacks(self, entry: str, missing: Missing) -> bool:
        """Whether a row lacks something."""
        return Gap(entry, missing) in self.gaps


@dataclass(frozen=True, slots=True)
class Tie:
    """What the thread knows of a row: nothing that changes while its words are typed."""

    id: str
    kind: EntryKind
    section: Section
    area: Area | None
    others: tuple[str, ...]
    reasoned: bool


def tie_of(row: Entry) -> Tie | None:
    """Return what the thread knows of a row, with the ids of those it is linked to; None where it does not run."""
    if row.kind not in COLUMNS:
        return None
    others = (*row.links.aspirations, *row.links.needs, *row.links.outcomes)
    return Tie(row.id, row.kind, row.section, row.area, others, bool(row.not_met_because.strip()))


def gaps_of(ties: Iterable[Tie]) -> tuple[Gap, ...]:
    """Return where the thread breaks, in the order of the rows."""
    return tuple(_gaps(_Weave(ties)))


def golden_thread(case: Case, names: Mapping[str, str] | None = None) -> Thread:
    """Return the map of a plan; `names` are the labels of its entries, if they have been made already."""
    named = labels(case) if names is None else names
    weave = _Weave(tie for tie in map(tie_of, case.entries) if tie is not None)
    rows = {entry.id: entry for entry in case.entries}
    nodes = tuple(Node(id_, named[id_], tie.kind, tie.section, rows[id_].words) for id_, tie in weave.rows.items())
    place = {id_: at for at, id_ in enumerate(weave.rows)}
    column = {id_: COLUMNS.index(tie.kind) for id_, tie in weave.rows.items()}
    links = tuple(
        Link(start, end)
        for start, ends in weave.near.items()
        for end in sorted(ends, key=place.__getitem__)
        if column[start] < column[end]
    )
    return Thread(nodes, links, tuple(_gaps(weave)), {id_: frozenset(ends) for id_, ends in weave.near.items()})


class _Weave:
    """Links in both directions, whichever row they were recorded on; a link to a row that is gone is left out."""

    def __init__(self, ties: Iterable[Tie]) -> None:
        self.rows = {tie.id: tie for tie in ties}
        self.near: dict[str, set[str]] = {id_: set() for id_ in self.rows}
        for tie in self.rows.values():
            for other in tie.others:
                if other in self.rows and self.rows[other].kind is not tie.kind:
                    self.near[tie.id].add(other)
                    self.near[other].add(tie.id)
        self.outcomes_link_needs = any(
            self.rows[other].kind is EntryKind.NEED
            for tie in self.rows.values()
            if tie.kind is EntryKind.OUTCOME
            for other in self.near[tie.id]
        )
        self.through: dict[str, set[str]] = {}
        for tie in self.rows.values():
            if tie.kind is EntryKind.PROVISION:
                for id_ in self.near[tie.id]:
                    self.through.setdefault(id_, set()).update(self.near[tie.id])

    def of_kind(self, tie: Tie, kind: EntryKind, *, through: bool = False) -> list[Tie]:
        """Rows of a kind tied to this one, with `through` also those that one provision ties to it."""
        ends = self.near[tie.id] | (self.through.get(tie.id, set()) if through else set())
        return [self.rows[id_] for id_ in ends if self.rows[id_].kind is kind and id_ != tie.id]


def _gaps(weave: _Weave) -> Iterator[Gap]:
    for tie in weave.rows.values():
        match tie.kind:
            case EntryKind.NEED:
                yield from (Gap(tie.id, missing) for missing in _need_lacks(tie, weave))
            case EntryKind.OUTCOME:
                yield from (Gap(tie.id, missing) for missing in _outcome_lacks(tie, weave))
            case EntryKind.PROVISION if not weave.of_kind(tie, EntryKind.NEED):
                yield Gap(tie.id, Missing.NEED)
            case _:
                pass


def _need_lacks(need: Tie, weave: _Weave) -> Iterator[Missing]:
    where = _MEETS.get(need.section, frozenset({need.section}))
    met = any(provision.section in where for provision in weave.of_kind(need, EntryKind.PROVISION))
    if not met and not need.reasoned:
        yield Missing.PROVISION
    outcomes = weave.of_kind(need, EntryKind.OUTCOME, through=True)
    if not outcomes:
        if not need.reasoned:
            yield Missing.OUTCOME
    elif need.section in (Section.C, Section.D) and not any(_is_for_care(one, weave) for one in outcomes):
        yield Missing.CARE_OUTCOME


def _is_for_care(outcome: Tie, weave: _Weave) -> bool:
    """Whether an outcome is one of health or care: by its area, else by the provision or the needs that it has."""
    if outcome.area is not None:
        return outcome.area in _CARE
    beyond = {Section.G, Section.H1, Section.H2}
    if any(one.section in beyond for one in weave.of_kind(outcome, EntryKind.PROVISION)):
        return True
    return all(one.section is not Section.B for one in weave.of_kind(outcome, EntryKind.NEED, through=True))


def _outcome_lacks(outcome: Tie, weave: _Weave) -> Iterator[Missing]:
    if not weave.of_kind(outcome, EntryKind.NEED, through=not weave.outcomes_link_needs):
        yield Missing.NEED
    if not weave.of_kind(outcome, EntryKind.PROVISION):
        yield Missing.PROVISION
    if not weave.of_kind(outcome, EntryKind.ASPIRATION):
        yield Missing.ASPIRATION
