"""A time limit of the law as a value: from which events, how long, counted how, ended by what, on what authority."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Confirmed(StrEnum):
    """How well a value was confirmed: the words themselves read, a secondary source, or neither."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    NO = "no"


class Unit(StrEnum):
    """What a length is counted in; `date` is a fixed day of the year, `as_soon` has no day at all."""

    DAYS = "days"
    WEEKS = "weeks"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    DATE = "date"
    AS_SOON = "as_soon"


class Anchor(StrEnum):
    """Whether the day of the event is day 0 (`excl`) or day 1 (`incl`)."""

    EXCL = "excl"
    INCL = "incl"


class LimitKind(StrEnum):
    """What a date is: a duty in law, a window for somebody else, guidance, or the authority's own target."""

    DUTY = "duty"
    WINDOW = "window"
    GUIDANCE = "guidance"
    TARGET = "target"


class Who(StrEnum):
    """Whose step it is."""

    AUTHORITY = "authority"
    ADVISER = "adviser"
    SETTING = "setting"
    FAMILY = "family"
    TRIBUNAL = "tribunal"
    ICB = "icb"


class Takes(StrEnum):
    """How a second day counts: the later of two ends, or the second end only where notice came too late."""

    LATER = "later"
    LATE_NOTICE = "late_notice"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as the law words it; `month` and `day` (and `year`, if fixed) belong to unit `date`."""

    unit: Unit
    length: int = 0
    anchor: Anchor = Anchor.EXCL
    back: bool = False
    year: int | None = None
    month: int = 0
    day: int = 0


@dataclass(frozen=True, slots=True)
class EventMatch:
    """An event that starts or ends something: a kind, and where `outcome` is set, the outcome recorded with it.

    Written in the files as `kind`, `kind:outcome` (only with that recorded outcome) or `kind!outcome` (unless that
    outcome is recorded, so that silence fits).
    """

    kind: str
    outcome: str = ""
    unless: bool = False

    def fits(self, kind: str, outcome: str) -> bool:
        """Whether an event of this kind, with this recorded outcome ("" if none), is meant."""
        if kind != self.kind:
            return False
        return not self.outcome or (outcome == self.outcome) is not self.unless


@dataclass(frozen=True, slots=True)
class Second:
    """A second day that a limit also counts from (a mediation certificate, the transfer of a plan)."""

    starts: tuple[EventMatch, ...]
    span: Span
    takes: Takes


@dataclass(frozen=True, slots=True)
class Then:
    """The further step of a limit that has two, from the same start."""

    span: Span
    ends_with: str
    done_by: tuple[EventMatch, ...] = ()


@dataclass(frozen=True)
class Relevance:
    """When a start event starts this limit, told in facts recorded on the case; an unrecorded fact excludes nothing.

    `fact` names a field of the event and `values` those that start the limit; where the field is silent,
    `standing_on` asks which decision the case stood on, `year_groups` the year group (first and last), with
    `if_unknown` the answer where that is not recorded either. `under_age` is an age in years on the due day.
    `unless_preceded_by` are events since the last of `since` that rule the limit out. `once_until`: only the first
    start counts, until one of these events.
    """

    fact: str = ""
    values: tuple[str, ...] = ()
    standing_on: tuple[EventMatch, ...] = ()
    year_groups: tuple[int, int] | None = None
    if_unknown: bool = True
    under_age: int | None = None
    unless_preceded_by: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    once_until: tuple[str, ...] = ()


@dataclass(frozen=True)
class TimeLimit:
    """One row of the law's time limits.

    `done_by` ends it kept or late, where `done_after` is given only once that has happened, and unless `undone_by`
    takes it back; `moot_by` ends it without, until `revived_by`, which comes too late after `sealed_by` or another
    start. `look_back` is the number of months before the start in
    which the step may already have been done. `minimum` marks a length that may be longer, never shorter;
    `opens_after` is the shorter end, in the same unit, of a span that has two. `calendar` names the calendar that
    working days are counted by, `rolls_on` the one whose next working day the end moves to, "" if it never moves.
    `exempt_by` is where the exemptions of the set `exemptions` stand for it. `asks` is the decision that is still to be
    made, in words, where the limit binds only one way of deciding it: past its end nothing is late until then.
    """

    id: str
    title: str
    starts: tuple[EventMatch, ...]
    span: Span
    ends_with: str
    citation: str
    confirmed: Confirmed
    kind: LimitKind
    who: Who
    checked_to: date
    exemptions: str = "NONE"
    exempt_by: str = ""
    done_by: tuple[EventMatch, ...] = ()
    done_after: tuple[EventMatch, ...] = ()
    undone_by: tuple[EventMatch, ...] = ()
    moot_by: tuple[EventMatch, ...] = ()
    revived_by: tuple[EventMatch, ...] = ()
    sealed_by: tuple[EventMatch, ...] = ()
    look_back: int = 0
    minimum: bool = False
    opens_after: int = 0
    calendar: str = ""
    rolls_on: str = ""
    second: Second | None = None
    then: Then | None = None
    relevance: Relevance = field(default_factory=Relevance)
    note: str = ""
    asks: str = ""

    @property
    def acts_early(self) -> bool:
        """Whether "act by" is shown: for duties of an authority, an adviser or a setting, never for a window."""
        return self.kind is not LimitKind.WINDOW and self.who not in (Who.FAMILY, Who.TRIBUNAL)
