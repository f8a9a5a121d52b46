"""What a sync did and how far it is, as values; and what the person is told of it, with names and places."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from .office import Traffic
from .sync_store import RefusedChange

if TYPE_CHECKING:
    from .conflicts import Conflict

CLOCK_OFF = timedelta(minutes=5)
"""From how much on a laptop's clock that is wrong is told."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sync is; `step` is "send", "receive", "first" (the first download) or "attachments"."""

    step: str
    cases_done: int = 0
    cases: int = 0
    revisions_done: int = 0
    revisions: int = 0
    bytes_done: int = 0
    bytes: int = 0


Told = Callable[[Progress], None]
"""Is told of progress; what it raises ends the sync, with every finished page kept."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a sync did: counts of interface.md, the cases it touched, and words for the person.

    `refused` are those of this sync; `waiting` counts words in work too. `mended_cases` differed from the office copy
    without a reason in the feed and were compared whole; `apart_cases` are those in which what came and what was here
    were written by two people apart.
    """

    sent: int
    received: int
    refused: tuple[RefusedChange, ...]
    waiting: int
    conflicts: "tuple[Conflict, ...]"
    resync: bool
    turns: int
    bytes_up: int
    bytes_down: int
    changed_cases: tuple[str, ...]
    gone_cases: tuple[str, ...]
    redacted_cases: tuple[str, ...]
    mended_cases: tuple[str, ...]
    messages: tuple[str, ...]
    at: datetime
    apart_cases: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """What a sync has done so far; `authors` are those who changed a case, and the records they changed.

    `held` are the cases that were here before anything came.
    """

    before: Traffic
    sent: int = 0
    received: int = 0
    resync: bool = False
    refused: list[str] = field(default_factory=list)
    changed: dict[str, dict[str, set[tuple[str, str]]]] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    held_back: set[str] = field(default_factory=set)
    redacted: set[str] = field(default_factory=set)
    mended: set[str] = field(default_factory=set)
    held: frozenset[str] = frozenset()
    remarks: list[str] = field(default_factory=list)

    def touch(self, cases: Iterable[str]) -> None:
        """Note cases whose records are not what they were."""
        for case in cases:
            self.changed.setdefault(case, {})


def clock_words(ahead: float) -> str:
    """Return what is said of a clock that is this many seconds ahead of the office's (behind, where negative)."""
    minutes = round(abs(ahead) / 60)
    way = "ahead of" if ahead > 0 else "behind"
    return (
        f"The clock of this laptop is {_span(minutes)} {way} the office's. Nothing is lost by that, but dates may be "
        "wrong: please set the clock."
    )


def _span(minutes: int) -> str:
    if minutes < 120:
        return f"{minutes} minutes"
    if minutes < 2 * 24 * 60:
        return f"{round(minutes / 60)} hours"
    return f"{round(minutes / 1440)} days"


def changes_words(name: str, by: Mapping[str, Iterable[str]]) -> str:
    """Return one line of what colleagues changed in a case: its name, then who changed which places."""
    parts = [f"{_listed(places)} changed by {who}" for who, places in by.items()]
    return f"{name}: {'; '.join(parts)}."


def _listed(places: Iterable[str]) -> str:
    told = list(dict.fromkeys(places))
    if len(told) > 4:
        return f"{', '.join(told[:3])} and {len(told) - 3} more"
    return " and ".join(filter(None, (", ".join(told[:-1]), told[-1]))) if told else "something"
