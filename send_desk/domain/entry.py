"""An entry: one row of a section of the plan, with its fields, links and sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .ids import Area, EntryKind, Section, Voice
from .text import EMPTY, Text, to_words

FieldValue = str | tuple[str, ...]

PROVISION_FIELDS = ("what", "who", "qualification", "how_often", "how_long", "group", "for_how_long", "review")
OUTCOME_FIELDS = ("by", "by_date", "will", "so_that", "baseline", "baseline_on", "steps")
VIEWS_FIELDS = ("how", "when", "by", "method", "interpreter", "capacity")
PLACEMENT_FIELDS = ("name", "urn", "type")
NIL_FIELDS = ("contribution", "on")
FIELDS: Mapping[EntryKind, tuple[str, ...]] = {
    EntryKind.PROVISION: PROVISION_FIELDS,
    EntryKind.OUTCOME: OUTCOME_FIELDS,
    EntryKind.HOW_VIEWS: VIEWS_FIELDS,
    EntryKind.PLACEMENT: PLACEMENT_FIELDS,
    EntryKind.NIL: NIL_FIELDS,
}

KINDS: Mapping[Section, tuple[EntryKind, ...]] = {
    Section.A: (EntryKind.HOW_VIEWS, EntryKind.VIEW, EntryKind.HISTORY, EntryKind.ASPIRATION),
    Section.B: (EntryKind.STRENGTH, EntryKind.NEED),
    Section.C: (EntryKind.NEED, EntryKind.NIL),
    Section.D: (EntryKind.NEED, EntryKind.NIL),
    Section.E: (EntryKind.OUTCOME, EntryKind.MONITORING),
    Section.F: (EntryKind.PROVISION, EntryKind.NIL),
    Section.G: (EntryKind.PROVISION, EntryKind.NIL),
    Section.H1: (EntryKind.PROVISION, EntryKind.NIL),
    Section.H2: (EntryKind.PROVISION, EntryKind.NIL),
    Section.I: (EntryKind.PLACEMENT, EntryKind.NIL),
    Section.J: (EntryKind.BUDGET, EntryKind.NIL),
    Section.K: (EntryKind.ADVICE,),
}
"""Which kinds of entry a writer is offered in a section, in the order they are offered."""


@dataclass(frozen=True, slots=True)
class Links:
    """Which entries this one serves or meets, by their ids: the golden thread."""

    aspirations: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where words come from: a page and quote of a document, or the writer's own judgement."""

    document: str = ""
    page: int | None = None
    quote: str = ""
    judgement: bool = False
    by: str = ""
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Entry:
    """One row of the plan; `order` places it within its section, `not_met_because` is a recorded reason for a gap."""

    id: str
    section: Section
    kind: EntryKind
    text: Text = EMPTY
    area: Area | None = None
    voice: Voice | None = None
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    links: Links = Links()
    sources: tuple[Source, ...] = ()
    order: float = 0.0
    not_met_because: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def words(self) -> str:
        """The free text as plain words."""
        return to_words(self.text)

    def value(self, name: str) -> str:
        """Return one field as words, steps joined by line ends; empty where it was not given."""
        match self.fields.get(name, ""):
            case str(words):
                return words
            case steps:
                return "\n".join(steps)
