"""A date of the law in words: its title, its line under it, the short word at its end, and its mark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from send_desk.domain.advice_words import GROUND_WORDS
from send_desk.domain.contribution import Contribution
from send_desk.domain.dates import counted, in_words
from send_desk.domain.deadlines import DateLine
from send_desk.domain.ids import EventKind
from send_desk.domain.missing_advice import ADVICE_WORDS
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.time_limit import LimitKind


def date_title(line: DateLine, contributions: Sequence[Contribution]) -> str:
    """Return what has to be done; for an adviser's date which advice it is, and whose."""
    found = next((one for one in contributions if line.contribution and one.id == line.contribution), None)
    if found is None:
        return line.title
    words = ADVICE_WORDS[found.cell]
    who = found.adviser.name or found.adviser.role
    return f"{words[:1].upper()}{words[1:]}{f', {who}' if who else ''}"


def enders(line: DateLine, book: RuleBook) -> tuple[EventKind, ...]:
    """Return the events of a case that would meet a date."""
    limit = book.limit(line.rule)
    matches = (*limit.done_by, *(limit.then.done_by if limit.then else ()))
    kinds = (EventKind(match.kind) for match in matches if match.kind in set(EventKind))
    return tuple(dict.fromkeys(kinds))


def date_detail(line: DateLine) -> str:
    """Return the day, "act by" and the law of a date as one line."""
    parts = [in_words(line.due)] if line.due else []
    if line.act_by is not None and line.act_by != line.due and line.done_on is None:
        parts.append(f"act by {in_words(line.act_by)}, the last working day")
    if line.exemption is not None:
        parts.append(f"exempt: {GROUND_WORDS[line.exemption].lower()}; the original date stays")
    kind = {LimitKind.GUIDANCE: "guidance", LimitKind.TARGET: "our own target", LimitKind.WINDOW: "the family's time"}
    parts.append(", ".join(part for part in (kind.get(line.kind, ""), line.citation) if part))
    return "  ·  ".join(parts)


def date_end(line: DateLine, today: date) -> str:
    """Return the short word at the end: done, days left, days late."""
    if line.done_on is not None:
        late = f", {counted(line.late_days, 'day')} late" if line.late_days else ""
        return f"done {in_words(line.done_on)}{late}"
    if line.due is None or not line.is_open:
        return "" if line.due is None or line.due >= today else "over"
    if line.late_days:
        return f"{counted(line.late_days, 'day')} late"
    days = (line.due - today).days
    return "due today" if days == 0 else f"{counted(days, 'day')} left"


def date_mark(line: DateLine, today: date) -> tuple[str, str]:
    """Return the icon of a date and the token of its colour."""
    if line.done_on is not None:
        return "check", "late" if line.late_days else "answered"
    if line.exemption is not None:
        return "scales", "lawful"
    if line.is_open and line.late_days:
        return "warning-circle", "late"
    if line.is_open:
        return "clock", "waiting" if line.due is not None and (line.due - today).days <= 14 else ""
    return "calendar-blank", ""


def is_coming(line: DateLine, today: date) -> bool:
    """Whether somebody still waits for this date: open, or a window that is not over."""
    return line.is_open or (line.done_on is None and line.due is not None and line.due >= today)
