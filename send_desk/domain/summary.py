"""A case on one line: what the list of cases and My day show, computed for one day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .ids import Cell, State


class CaseStage(StrEnum):
    """Where a case stands on its road, told from its events."""

    REQUEST = "request"
    ASSESSMENT = "assessment"
    DRAFTING = "drafting"
    DRAFT_OUT = "draft_out"
    PLAN_IN_FORCE = "plan_in_force"
    REVIEW = "review"
    AMENDMENT = "amendment"
    REASSESSMENT = "reassessment"
    REFUSED = "refused"
    NO_PLAN = "no_plan"
    MOVED_OUT = "moved_out"
    CEASED = "ceased"


class Errand(StrEnum):
    """Why a case stands on My day."""

    MUST_ACT = "must_act"
    DUE_SOON = "due_soon"
    ADVICE_OVERDUE = "advice_overdue"
    REPLY_OWED = "reply_owed"
    DRAFT_WAITING = "draft_waiting"
    CONFLICT = "conflict"
    NOT_TAKEN = "not_taken"


@dataclass(frozen=True, slots=True)
class DayLine:
    """One line of My day: what, since or by when, and the place in the case that it opens."""

    errand: Errand
    on: date
    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Summary:
    """One case in the list, true on the day `computed_for`; another day needs it computed anew.

    `full` is false for a manager's row of a case that is not held on this laptop. `week` counts from the start of the
    20 weeks; `next_due` is the legal date of `next_rule`.
    """

    case: str
    reference: str
    name: str
    known_as: str
    born: date | None
    stage: CaseStage
    week: int | None
    strip: Mapping[Cell, State]
    next_rule: str
    next_due: date | None
    blocks: int
    warnings: int
    notes: int
    owner: str
    waiting: int = 0
    full: bool = True
    lines: tuple[DayLine, ...] = ()
    computed_for: date | None = None
    setting: str = ""
    tips: Mapping[Cell, str] = field(default_factory=dict)

    def holds_on(self, today: date) -> bool:
        """Whether this line says what is true on a day; states and days late change with every one."""
        return self.computed_for == today
