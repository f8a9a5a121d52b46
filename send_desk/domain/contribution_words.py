"""A contribution's state in words: in brackets on paper (interface.md), and as a line on the screen."""

from datetime import date

from .contribution_telling import Told
from .dates import counted, in_words, on_day, times
from .ids import State


def bracket_words(state: State, told: Told, due: date | None) -> str:
    """Return what stands in brackets on paper: "requested 3 March 2026, due 14 April 2026, chased twice"."""
    match state:
        case State.NOT_REQUESTED:
            return "not requested"
        case State.REQUESTED | State.ACKNOWLEDGED | State.OVERDUE | State.LAWFUL_EXCEPTION:
            parts = [f"requested {in_words(told.asked)}" if told.asked else "requested, the day is not recorded"]
            parts += [f"due {in_words(due)}"] if due else []
            parts += [f"chased {times(told.chased)}"] if told.chased else []
            parts += ["time limit lifted by regulation 8(2)"] if state is State.LAWFUL_EXCEPTION else []
            return ", ".join(parts)
        case State.RECEIVED:
            return f"received{on_day(told.answered)}, not yet considered"
        case State.NOT_KNOWN:
            return f"the service answered{on_day(told.answered)} that the child is not known to it"
        case State.ADMINISTRATIVE_ONLY:
            return f"the answer{_of(told.answered)} contains no advice"
        case State.DECLINED:
            return f"the service declined{on_day(told.answered)} to give it"
        case State.CONTRIBUTES:
            return f"advice received{on_day(told.answered)}"
        case State.NO_RELEVANT_NEEDS:
            stated = f", stated{on_day(told.answered)}" if told.answered else ""
            return f"no relevant needs found{stated}"
        case State.REUSED:
            return f"earlier advice{_of(told.answered)} used again with the agreement of all"
        case _:
            return "not due"


def state_words(state: State, bracket: str, *, days_left: int | None, days_late: int | None) -> str:
    """Return what a screen says: the same, led by the days left or late."""
    if days_late is not None:
        return f"overdue by {counted(days_late, 'day')}: {bracket}"
    if days_left is not None:
        left = "due today" if days_left == 0 else f"{counted(days_left, 'day')} left"
        said = "acknowledged" if state is State.ACKNOWLEDGED else "asked"
        return f"{said}, {left}: {bracket}"
    return bracket


def _of(day: date | None) -> str:
    return f" of {in_words(day)}" if day else ""
