"""A contribution: one adviser's answer to the authority's request under reg 6(1), as a record with events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .ids import Cell, ContributionEventKind, Ground, State
from .person import Adviser


@dataclass(frozen=True)
class ContributionEvent:
    """Something that happened to a contribution on a day; nothing is overwritten.

    `state` is set on `confirmed`; `ground`, `since` and `until` on `exception` (reg 8(2)); `agreed_by` on
    `reuse_agreed`, which counts only when adviser, authority and family all stand in it (reg 6(4)).
    """

    id: str
    kind: ContributionEventKind
    on: date | None
    by: str = ""
    role: str = ""
    note: str = ""
    state: State | None = None
    ground: Ground | None = None
    since: date | None = None
    until: date | None = None
    agreed_by: tuple[str, ...] = ()
    document: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Contribution:
    """One line of the register; `letter` is that of reg 6(1), `stated` a state that came in a file without events."""

    id: str
    cell: Cell
    adviser: Adviser = field(default_factory=Adviser)
    letter: str = ""
    stated: State | None = None
    document: str = ""
    not_used_because: str = ""
    events: tuple[ContributionEvent, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)
