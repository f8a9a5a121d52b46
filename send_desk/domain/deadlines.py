"""When a time limit ends, counted exactly as law.md 1.1 says: pure functions of the rule book and the days given.

Weeks are seven calendar days each; nothing pauses them and no clock of the authority or an adviser moves forward to a
working day. "Act by" looks the other way: the last working day on or before the end.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .calendars import Calendar
from .dates import in_words
from .errors import WrongUse
from .ids import Ground
from .rulebook import RuleBook
from .time_limit import Anchor, Confirmed, LimitKind, Span, Takes, TimeLimit, Unit, Who


@dataclass(frozen=True, slots=True)
class Start:
    """The event that set a clock going; `id` is the record's, "" where the date came from elsewhere."""

    event: str
    on: date
    id: str = ""


@dataclass(frozen=True)
class DateLine:
    """One date of the law, with everything a reader needs to check it.

    `due` is None only where the law says no more than "as soon as practicable". `exemption` is the ground of a recorded
    exemption that applies: `due` and `late_days` stay those of the original time limit. `recordable` says that an event
    can end the step; without one it is never called late. `contribution` is the id of the one that the clock binds.
    """

    rule: str
    title: str
    start: Start
    due: date | None
    act_by: date | None
    citation: str
    confirmed: Confirmed
    kind: LimitKind
    who: Who
    ends_with: str
    done_on: date | None = None
    late_days: int = 0
    exemption: Ground | None = None
    recordable: bool = False
    contribution: str = ""
    note: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the step is still to be done, by somebody for whom it is more than a window."""
        return self.recordable and self.done_on is None and self.kind is not LimitKind.WINDOW

    @property
    def words(self) -> str:
        """The step and its day, as a list shows it."""
        return self.title if self.due is None else f"{self.title}: by {in_words(self.due)}"


def is_bygone(line: DateLine, rulebook: RuleBook, today: date) -> bool:
    """Whether a limit that binds only one way of deciding has run out, so that what is open is the decision itself."""
    return line.due is not None and line.due < today and bool(rulebook.limit(line.rule).asks)


def as_json(line: DateLine) -> dict[str, object]:
    """Return a date as interface.md pins it."""
    return {
        "rule": line.rule,
        "start": {"event": line.start.event, "on": line.start.on.isoformat()},
        "due": _iso(line.due),
        "act_by": _iso(line.act_by),
        "done_on": _iso(line.done_on),
        "late_days": line.late_days,
        "exemption": None if line.exemption is None else line.exemption.value,
        "citation": line.citation,
        "confirmed": line.confirmed.value,
        "kind": line.kind.value,
    }


def due(rulebook: RuleBook, rule: str, start: date, to: date | None = None) -> DateLine:
    """Return the date that a rule gives from a day.

    `to` is the second day of a rule that counts from two (MOVE_OUT: when the authority became aware; MOVE_REVIEW: the
    transfer; APPEAL and CEASE_HOLD: the mediation certificate); for every other rule it is the day on which the step
    was done. Raises WrongUse for an unknown rule and for days beyond the calendar's end.
    """
    limit = rulebook.limit(rule)
    if limit.second is not None:
        return line_of(rulebook, limit, Start(limit.starts[0].kind, start), second=to)
    line = line_of(rulebook, limit, Start(limit.starts[0].kind, start))
    return line if to is None else ended(line, done=to, today=to)


def line_of(
    rulebook: RuleBook, limit: TimeLimit, start: Start, *, second: date | None = None, span: Span | None = None
) -> DateLine:
    """Return the date of a limit from an event, not yet compared with what was done; raises WrongUse.

    `span` replaces the limit's own: for a further step of it, or where only its second day is known.
    """
    try:
        end = _end(rulebook, limit, start.on, second) if span is None else end_of(span, start.on, rulebook.calendar)
        act_by = rulebook.calendar.on_or_before(end) if end is not None and limit.acts_early else None
    except (OverflowError, ValueError):
        raise WrongUse(f"{limit.id} cannot be counted from {start.on.isoformat()}: it leaves the calendar.") from None
    return DateLine(
        rule=limit.id,
        title=limit.title,
        start=start,
        due=end,
        act_by=act_by,
        citation=limit.citation,
        confirmed=limit.confirmed,
        kind=limit.kind,
        who=limit.who,
        ends_with=limit.ends_with,
        recordable=bool(limit.done_by),
        note=limit.note,
    )


def ended(line: DateLine, *, done: date | None, today: date) -> DateLine:
    """Return the line with the day on which it was done and the days it was, or until `today` is, late.

    A window is nobody's lateness. What had to be done before an event can be late only until that event.
    """
    return replace(line, done_on=done, late_days=max(0, _days_over(line, done, today)))


def end_of(span: Span, start: date, calendar: Calendar) -> date | None:
    """Return the last day of a span that begins with, or ends before, an event on `start`.

    Rule 10: months end on the same-numbered day, or on the month's last where it has none; beginning with the day of
    the event, on the day before that. Rule 11: counted back, the latest lawful day is the event's less the length.
    """
    inclusive = span.anchor is Anchor.INCL
    length = -span.length if span.back else span.length
    match span.unit:
        case Unit.AS_SOON:
            return None
        case Unit.DATE:
            return date(span.year or start.year, span.month, span.day)
        case Unit.WORKING_DAYS:
            return calendar.after(start, span.length, inclusive=inclusive)
        case Unit.MONTHS:
            return months_after(start, length) - timedelta(days=inclusive)
        case Unit.WEEKS:
            return start + timedelta(weeks=length) - timedelta(days=inclusive)
        case _:
            return start + timedelta(days=length) - timedelta(days=inclusive)


def months_after(day: date, months: int) -> date:
    """Return the corresponding day so many months on, or back if negative (Dodds v Walker [1981] 1 WLR 1027)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _days_over(line: DateLine, done: date | None, today: date) -> int:
    if line.due is None or line.kind is LimitKind.WINDOW:
        return 0
    if done is not None:
        return (done - line.due).days
    if not line.recordable:
        return 0
    until = min(today, line.start.on) if line.due < line.start.on else today
    return (until - line.due).days


def _end(rulebook: RuleBook, limit: TimeLimit, start: date, second: date | None) -> date | None:
    calendar = rulebook.calendars[limit.calendar] if limit.calendar else rulebook.calendar
    end = end_of(limit.span, start, calendar)
    if limit.second is not None and second is not None and end is not None:
        other = end_of(limit.second.span, second, calendar)
        in_time = limit.second.takes is Takes.LATE_NOTICE and second <= calendar.before(start, limit.second.span.length)
        end = end if other is None or in_time else max(end, other)
    if limit.rolls_on and end is not None:
        end = rulebook.calendars[limit.rolls_on].on_or_after(end)
    return end


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
