"""What can be done about one adviser's answer, by the state it is in: the likeliest first, nothing that is unlawful."""

from enum import StrEnum

from .contribution_state import ContributionStatus
from .ids import State


class Deed(StrEnum):
    """Something that a caseworker records about an adviser."""

    REQUEST = "request"
    RECEIPT = "receipt"
    ACKNOWLEDGE = "acknowledge"
    CHASE = "chase"
    ARRIVE = "arrive"
    CONFIRM = "confirm"
    REUSE = "reuse"
    EXCEPT = "except"
    DECLINE = "decline"
    NOT_USED = "not_used"
    ADVISER = "adviser"
    NOTICE = "notice"
    ATTENDANCE = "attendance"


_OF_ASSESSMENT = frozenset({Deed.RECEIPT, Deed.EXCEPT, Deed.REUSE})
_OF_REVIEW = (Deed.NOTICE, Deed.ATTENDANCE)
_WAITING = (Deed.RECEIPT, Deed.ACKNOWLEDGE, Deed.EXCEPT, Deed.REUSE, Deed.DECLINE)


def deeds(status: ContributionStatus) -> tuple[Deed, ...]:
    """Return what may be recorded now. Reg 6(4) lets the advice of (b) to (h) be used again, never the family's own
    views; a body that no clock binds has neither a day of receipt nor an exception (reg 8). Somebody invited to a
    review is given notice and attends; regs 6(4) and 8 do not speak of them.
    """
    if status.cycle:
        offered = tuple(deed for deed in _by_state(status.state) if deed not in _OF_ASSESSMENT)
        return tuple(deed for deed in (*offered, *_OF_REVIEW, Deed.ADVISER) if _is_fit(deed, status))
    return tuple(deed for deed in (*_by_state(status.state), Deed.ADVISER) if _is_fit(deed, status))


def _by_state(state: State) -> tuple[Deed, ...]:
    match state:
        case State.NOT_REQUESTED | State.NOT_DUE:
            return (Deed.REQUEST, Deed.ARRIVE, Deed.REUSE)
        case State.REQUESTED:
            return (Deed.ARRIVE, Deed.CHASE, *_WAITING)
        case State.ACKNOWLEDGED:
            return (Deed.ARRIVE, Deed.CHASE, Deed.RECEIPT, Deed.EXCEPT, Deed.REUSE, Deed.DECLINE)
        case State.OVERDUE:
            return (Deed.CHASE, Deed.ARRIVE, *_WAITING)
        case State.LAWFUL_EXCEPTION:
            return (Deed.ARRIVE, Deed.CHASE, Deed.RECEIPT, Deed.DECLINE)
        case State.RECEIVED:
            return (Deed.CONFIRM, Deed.ARRIVE)
        case State.CONTRIBUTES | State.REUSED:
            return (Deed.NOT_USED, Deed.CONFIRM, Deed.ARRIVE)
        case State.NO_RELEVANT_NEEDS:
            return (Deed.CONFIRM, Deed.ARRIVE)
        case State.NOT_KNOWN | State.ADMINISTRATIVE_ONLY | State.DECLINED:
            return (Deed.REQUEST, Deed.ARRIVE, Deed.CONFIRM)


def _is_fit(deed: Deed, status: ContributionStatus) -> bool:
    clocked = bool(status.giver and status.giver.clock)
    match deed:
        case Deed.EXCEPT:
            return clocked
        case Deed.RECEIPT:
            return clocked and status.body_received is None
        case Deed.REUSE:
            return not (status.giver and status.giver.letter == "a")
        case Deed.CONFIRM | Deed.NOT_USED:
            return status.contribution is not None
        case _:
            return True
