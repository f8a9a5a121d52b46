"""The law of one framework as values: sections, advice-givers, time limits, exemptions, thresholds.

Nothing here is a number of the law: every one comes out of the dated files under `resources/frameworks/`, with its
citation and with how well it is confirmed. `rulebook_text.read_rulebook` makes a `RuleBook` out of their text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

from .calendars import Calendar
from .errors import WrongUse
from .ids import Area, Cell, EntryKind, Ground
from .time_limit import Confirmed, TimeLimit


class Strength(StrEnum):
    """How strongly a source speaks."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


@dataclass(frozen=True, slots=True)
class GroundLaw:
    """A ground within a set of exemptions: the fewest days it takes, and for closures the days of lead."""

    ground: Ground
    words: str
    letter: str = ""
    days: int = 0
    lead: int = 0


@dataclass(frozen=True)
class ExemptionSet:
    """The grounds on which a time limit need not be kept, and what their being complete rests on."""

    id: str
    title: str
    citation: str
    confirmed: Confirmed
    checked_to: date
    note: str
    grounds: Mapping[Ground, GroundLaw]


@dataclass(frozen=True, slots=True)
class Holding:
    """One thing that a section must, should or may hold, in our words."""

    text: str
    strength: Strength
    citation: str
    confirmed: Confirmed


@dataclass(frozen=True)
class SectionLaw:
    """A section of the plan: its letter, the framework's name for it, what it holds, whose answers stand beside it."""

    letter: str
    title: str
    citation: str
    confirmed: Confirmed
    checked_to: date
    cells: tuple[Cell, ...] = ()
    kinds: tuple[EntryKind, ...] = ()
    holds: tuple[Holding, ...] = ()

    @property
    def heading(self) -> str:
        """The heading as it is printed."""
        return f"Section {self.letter}: {self.title}"


@dataclass(frozen=True, slots=True)
class AdviceGiver:
    """One line of the list of those whose advice must be sought (reg 6(1)), who must be consulted (reg 6(2)), or who
    must be invited to a review (reg 20(2)).

    `from_year` is the year group from which it is due, None if always; `always` says that the register holds it from
    the start, otherwise only where the case calls for it; `clock` is the time limit that binds it, "" if none does.
    """

    letter: str
    cell: Cell
    title: str
    who: str
    citation: str
    confirmed: Confirmed
    from_year: int | None = None
    always: bool = True
    clock: str = ""


@dataclass(frozen=True, slots=True)
class AreaLaw:
    """A broad area of need and its name."""

    area: Area
    title: str
    citation: str
    confirmed: Confirmed


@dataclass(frozen=True, slots=True)
class Strand:
    """A strand of preparing for adulthood."""

    id: str
    title: str
    citation: str
    confirmed: Confirmed


@dataclass(frozen=True, slots=True)
class YoungPersonLaw:
    """Who is a young person: over compulsory school age and under an age; `school_year` begins on (month, day).

    The leaving day is the last `leaving_weekday` (Monday is 0) of `leaving_month`; a child of `first_year_age` when
    the school year begins is in year 1.
    """

    turns: int
    under: int
    leaving_month: int
    leaving_weekday: int
    school_year: tuple[int, int]
    first_year_age: int
    citation: str
    confirmed: Confirmed


@dataclass(frozen=True, slots=True)
class WeekMark:
    """A mark on the bar of weeks and what should have happened by it."""

    week: int
    text: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that a check reads, with where it comes from."""

    id: str
    value: int
    text: str
    citation: str
    confirmed: Confirmed


@dataclass(frozen=True)
class RuleBook:
    """The law that one case is pinned to; everything is looked up by the ids that the interface pins.

    `weeks_of` is the time limit whose weeks are counted and marked; `appealable` are the kinds of event that an order
    or an appeal can be about.
    """

    framework: str
    title: str
    in_force: date
    checked_to: date
    notice: str
    calendar: Calendar
    calendars: Mapping[str, Calendar]
    sections: tuple[SectionLaw, ...]
    advice_givers: tuple[AdviceGiver, ...]
    review_invitees: tuple[AdviceGiver, ...]
    areas: tuple[AreaLaw, ...]
    strands: tuple[Strand, ...]
    time_limits: Mapping[str, TimeLimit]
    exemption_sets: Mapping[str, ExemptionSet]
    young_person: YoungPersonLaw
    weeks_of: str
    week_marks: tuple[WeekMark, ...]
    thresholds: Mapping[str, Threshold]
    appealable: tuple[str, ...]

    def limit(self, rule: str) -> TimeLimit:
        """Return a time limit by its id; raises WrongUse for one that the framework does not have."""
        if rule in self.time_limits:
            return self.time_limits[rule]
        near = get_close_matches(rule.upper(), self.time_limits, n=3)
        hint = f" Did you mean {' or '.join(near)}?" if near else " FINAL_PLAN is one that it has."
        raise WrongUse(f"The framework {self.framework} has no rule called {rule}.{hint}")

    def section(self, letter: str) -> SectionLaw:
        """Return a section by its letter; raises WrongUse for one that the framework does not have."""
        for section in self.sections:
            if section.letter == letter:
                return section
        raise WrongUse(f"The framework {self.framework} has no section {letter}.")

    def threshold(self, name: str) -> int:
        """Return the number of a threshold; raises KeyError for a name that no file gives."""
        return self.thresholds[name].value
