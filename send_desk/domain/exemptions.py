"""Whether a time limit need not be kept: the tests of law.md 1.2, exactly.

An exemption lifts a time limit while it is impractical to keep; it never gives a new date. Which grounds a limit has,
and how many days they take, is data; that a waiting list or a lack of staff is no ground follows from its absence
there.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from .dates import counted, in_words
from .ids import Ground
from .rulebook import GroundLaw, RuleBook
from .time_limit import TimeLimit

_CLOSURES = frozenset({Ground.SCHOOL_CLOSED, Ground.EARLY_YEARS_CLOSED})

_NAMES = {
    Ground.SCHOOL_CLOSED: "The closure of a school or college",
    Ground.EARLY_YEARS_CLOSED: "The closure of an early years provider",
    Ground.PERSONAL_CIRCUMSTANCES: "Exceptional personal circumstances",
    Ground.ABSENCE: "Absence from the area",
    Ground.MISSED_APPOINTMENT: "A missed appointment",
    Ground.OTHER: "A waiting list, a lack of staff or any other reason",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a ground exempts from a time limit, why, and where that stands."""

    applies: bool
    ground: Ground
    why: str
    citation: str


def judge(
    rulebook: RuleBook,
    rule: str,
    ground: Ground,
    *,
    from_: date | None = None,
    until: date | None = None,
    asked: date | None = None,
) -> Verdict:
    """Say whether a ground exempts from a rule.

    `from_` is the first day closed or away, `until` the day of re-opening or return, so that their difference is the
    number of days; `asked` is the day on which the advice was asked for. A day that the test needs and that is missing
    makes the answer no, and the reason names it. Raises WrongUse for an unknown rule.
    """
    limit = rulebook.limit(rule)
    law = rulebook.exemption_sets[limit.exemptions].grounds.get(ground)
    if law is None:
        return Verdict(False, ground, _no_ground(rulebook, limit, ground), limit.exempt_by or limit.citation)
    citation = f"{limit.exempt_by}({law.letter})" if law.letter else limit.exempt_by
    missing = _missing(law, from_, until, asked)
    if missing:
        return Verdict(False, ground, f"Not known: {missing}. Without it the test cannot be made.", citation)
    applies, why = _tested(law, from_, until, asked)
    return Verdict(applies, ground, why, citation)


def recorded(
    rulebook: RuleBook,
    rule: str,
    ground: Ground,
    *,
    start: date,
    due: date,
    from_: date | None = None,
    until: date | None = None,
    asked: date | None = None,
) -> Verdict:
    """Say whether a recorded ground exempts from a rule whose time ran from `start` to `due`.

    Beyond `judge`, what it rests on must touch that time: circumstances that began after the due day or were over by
    the start, or advice asked for outside it, cannot have kept anybody from meeting it.
    """
    verdict = judge(rulebook, rule, ground, from_=from_, until=until, asked=asked)
    if not verdict.applies:
        return verdict
    outside: str | None = None
    if ground in _CLOSURES:
        if asked is not None and not start <= asked <= due:
            outside = f"It rests on advice asked for on {in_words(asked)}"
    elif from_ is not None and from_ > due:
        outside = f"It began on {in_words(from_)}"
    elif until is not None and until <= start:
        outside = f"It was over on {in_words(until)}"
    if outside is None:
        return verdict
    why = f"{outside}, outside the time from {in_words(start)} to {in_words(due)}."
    return replace(verdict, applies=False, why=why)


def _no_ground(rulebook: RuleBook, limit: TimeLimit, ground: Ground) -> str:
    grounds = rulebook.exemption_sets[limit.exemptions].grounds
    if not grounds:
        return "The law has no exemption for this step."
    known = "; ".join(law.words for law in grounds.values())
    return f"{_NAMES[ground]} is no ground here. The grounds are: {known}."


def _missing(law: GroundLaw, from_: date | None, until: date | None, asked: date | None) -> str:
    closed = law.ground in _CLOSURES
    needed = [
        ("the first day closed" if closed else "the first day away", law.days and from_ is None),
        ("the day of re-opening" if closed else "the day of return", law.days and until is None),
        ("the day on which the advice was asked for", closed and asked is None),
    ]
    return ", ".join(name for name, is_missing in needed if is_missing)


def _tested(law: GroundLaw, from_: date | None, until: date | None, asked: date | None) -> tuple[bool, str]:
    words = law.words[0].upper() + law.words[1:]
    if from_ is None or until is None or not law.days:
        return True, f"{words}. Record the evidence, who decided, and the letter that told the family."
    if until < from_:
        return False, f"The end, {in_words(until)}, lies before the beginning, {in_words(from_)}."
    days = (until - from_).days
    stretch = f"from {in_words(from_)} to {in_words(until)}: {counted(days, 'day')}"
    if days < law.days:
        return False, f"{words}, but only {stretch}, and {law.days} are needed."
    if asked is None or not law.lead:
        return True, f"{words}, {stretch}, and {law.days} are needed."
    first, last = from_ - timedelta(days=law.lead), until - timedelta(days=law.lead)
    window = f"between {in_words(first)} and {in_words(last)}"
    if first <= asked <= last:
        return True, f"{words}, {stretch}, and the advice was asked for on {in_words(asked)}, {window}."
    return False, f"{words}, {stretch}, but the advice was asked for on {in_words(asked)}, not {window}."
