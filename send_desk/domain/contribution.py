"""A contribution: one adviser's answer to the authority's request under reg 6(1), as a record with events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .ids import Cell, ContributionEventKind, Ground, State
from .person import Adviser


class Attendance(StrEnum):
    """Whether somebody who was invited came to the review meeting."""

    ATTENDED = "attended"
    APOLOGIES = "apologies"
    ABSENT = "absent"


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
    """One line of the register; `letter` is that of reg 6(1), `stated` a state that came in a file without events.

    `cycle` is the id of the notice of the review whose register the line is on, empty for the assessment's; there
    `letter` names the paragraph of reg 20(2), `notice_given` is the day on which the invited person was told of the
    meeting (reg 20(3)), and `attendance` whether they came.
    """

    id: str
    cell: Cell
    adviser: Adviser = field(default_factory=Adviser)
    letter: str = ""
    stated: State | None = None
    document: str = ""
    not_used_because: str = ""
    events: tuple[ContributionEvent, ...] = ()
    cycle: str = ""
    notice_given: date | None = None
    attendance: Attendance | None = None
    extra: Mapping[str, object] = field(default_factory=dict)
