"""The cycles of a case: its assessment, and each annual review that has a register of its own.

From the notice of a review, that review's register is in force; between reviews it is the one that the plan in force
was made from (contributions.md, States). What is recorded counts whatever its date, so that waiting alone never takes
one register away for another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .case import Case, CaseEvent
from .chronology import in_order
from .contribution import Contribution
from .dates import in_words, iso
from .ids import EventKind

ASSESSMENT = ""
"""The cycle of the assessment; that of a review is named by the id of its notice."""

MEETING = "meeting"
"""The fact of a notice that tells the day of the meeting."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """A register of the case: `notice` is the day of the review's notice, None for the assessment or where unknown."""

    id: str
    notice: date | None = None

    @property
    def title(self) -> str:
        """What it is called in a list: "Review of 3 March 2026"."""
        if self.id == ASSESSMENT:
            return "Assessment"
        return f"Review of {in_words(self.notice)}" if self.notice else "Review whose notice is not recorded"


def lines_of(case: Case, cycle: str) -> tuple[Contribution, ...]:
    """Return the lines of one register."""
    return tuple(line for line in case.contributions if line.cycle == cycle)


def cycles(case: Case) -> tuple[Cycle, ...]:
    """Return every register of the case, the latest review first, the assessment last; without lines, none of a review.

    Lines of a review whose notice is not on the case stay readable before the assessment.
    """
    used = {line.cycle for line in case.contributions if line.cycle}
    known = [Cycle(event.id, event.on) for event in _notices(case) if event.id in used]
    lost = [Cycle(id_) for id_ in sorted(used - {one.id for one in known})]
    return (*reversed(known), *lost, Cycle(ASSESSMENT))


def cycle_in_force(case: Case) -> str:
    """Return the cycle whose register decides strip, findings and notices.

    A review without a register of its own, as from a file or from before there were any, leaves the one before it.
    """
    used = {line.cycle for line in case.contributions if line.cycle}
    return _in_force(case, used.__contains__) if used else ASSESSMENT


def review_without_register(case: Case) -> CaseEvent | None:
    """Return the notice of the review that would be in force if anybody stood on a register of it; else None."""
    notices = {event.id: event for event in _notices(case)}
    current = _in_force(case, notices.__contains__)
    return None if lines_of(case, current) else notices.get(current)


def meeting_of(case: Case, cycle: str) -> date | None:
    """Return the day of a review's meeting: the day it was held, else the day that its notice gives."""
    notices = _notices(case)
    place = next((at for at, event in enumerate(notices) if event.id == cycle), None)
    if place is None:
        return None
    notice = notices[place]
    following = notices[place + 1].on if place + 1 < len(notices) else None
    for event in case.happened(EventKind.REVIEW_HELD):
        if event.on is not None and notice.on is not None and notice.on <= event.on <= (following or date.max):
            return event.on
    return iso(notice.fields.get(MEETING, ""))


def _in_force(case: Case, has_register: Callable[[str], bool]) -> str:
    current = plan = review = ASSESSMENT
    for event in in_order(event for event in case.events if event.on is not None):
        outcome = event.fields.get("outcome", "")
        match event.kind:
            case EventKind.REVIEW_NOTICE if has_register(event.id):
                current = review = event.id
            case EventKind.REVIEW_DECISION if outcome != "amend":
                current = plan
            case EventKind.AMENDMENT_NOTICE_SENT if review:
                current = review
            case EventKind.FINAL_SENT | EventKind.PLAN_MADE:
                plan, review = current, ASSESSMENT
            case EventKind.DECISION_ASSESS:
                current = ASSESSMENT
            case EventKind.REASSESSMENT_DECIDED if outcome != "no":
                current = ASSESSMENT
            case _:
                pass
    return current


def _notices(case: Case) -> tuple[CaseEvent, ...]:
    return in_order(event for event in case.events if event.kind is EventKind.REVIEW_NOTICE and event.on is not None)
