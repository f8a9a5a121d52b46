"""Check 11: no date is impossible, none lies before birth or after today, and none before what it must follow."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date

from send_desk.domain.case import Case, CaseEvent
from send_desk.domain.dates import MONTHS, age_on, in_words, iso
from send_desk.domain.finding import Finding, Law
from send_desk.domain.ids import ContributionEventKind, EntryKind, EventKind, Level, Section, Severity, Stage

from .check import Check
from .reading import Around, Reading, Row

DAYS = Check(
    11, Level.EXACT, Severity.BLOCK, Law("UK GDPR art 5(1)(d), accuracy; SEND Regulations 2014 regs 5, 10, 13", "no")
)

_MAY_LIE_AHEAD = frozenset({EventKind.PHASE_TRANSFER, EventKind.MOVED_IN, EventKind.MOVED_OUT, EventKind.CEASED})
_BEFORE: Mapping[EventKind, tuple[EventKind, ...]] = {
    EventKind.DECISION_ASSESS: (EventKind.REQUEST_RECEIVED, EventKind.BECAME_RESPONSIBLE),
    EventKind.DECISION_NOT_ASSESS: (EventKind.REQUEST_RECEIVED, EventKind.BECAME_RESPONSIBLE),
    EventKind.DRAFT_SERVED: (EventKind.REQUEST_RECEIVED, EventKind.BECAME_RESPONSIBLE),
    EventKind.FINAL_SENT: (EventKind.DRAFT_SERVED,),
    EventKind.PLAN_MADE: (EventKind.DRAFT_SERVED,),
    EventKind.REVIEW_REPORT: (EventKind.REVIEW_HELD,),
    EventKind.REASSESSMENT_DECIDED: (EventKind.REASSESSMENT_REQUESTED,),
}
"""Which event cannot come before the first of which others, where both are recorded."""

_FIRST_ROUND = frozenset({EventKind.FINAL_SENT, EventKind.PLAN_MADE})

_EVENT_WORDS: Mapping[EventKind, str] = {
    EventKind.DECISION_ASSESS: "the decision to assess",
    EventKind.DECISION_NOT_ASSESS: "the decision not to assess",
    EventKind.REQUEST_RECEIVED: "the request",
    EventKind.BECAME_RESPONSIBLE: "the day the authority became responsible",
    EventKind.DRAFT_SERVED: "the draft",
    EventKind.FINAL_SENT: "the final plan",
    EventKind.PLAN_MADE: "the making of the plan",
    EventKind.REVIEW_HELD: "the review meeting",
    EventKind.REVIEW_REPORT: "the review report",
    EventKind.REASSESSMENT_REQUESTED: "the request for a re-assessment",
    EventKind.REASSESSMENT_DECIDED: "the decision on a re-assessment",
}
_OLDEST = 26
_MONTH = {name.casefold(): number for number, name in enumerate(MONTHS, start=1)}
_SHORT = {name[:3].casefold(): number for number, name in enumerate(MONTHS, start=1)}
_MONTH_NAMES = "|".join((*MONTHS, *sorted({name[:3] for name in MONTHS} - {"May"}), "Sept"))
_DIGIT = re.compile(r"\d")
_WRITTEN = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+({_MONTH_NAMES})\b\.?(?:,?\s+(\d{{4}})\b)?")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\d/])")
_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")


def days_in_row(row: Row, around: Around) -> Iterator[Finding]:
    """Find days in a row's words that no calendar has, and a baseline or visit dated before birth or after today."""
    entry = row.entry
    if entry.kind is EntryKind.ADVICE or not _DIGIT.search(row.everything):
        return
    for field, words in row.parts:
        fault = _impossible(words) if _DIGIT.search(words) else ""
        if not fault and field in ("baseline_on", "when", "on"):
            day = iso(words)
            fault = _outside(day, _believed(around.child.date_of_birth, around.today), around.today) if day else ""
        if fault:
            yield DAYS.find(
                entry.id,
                f"{row.label}: {fault}.",
                part=field or "text",
                section=entry.section,
                entry=entry.id,
                field=field or None,
                quote=words,
                mend="Correct the date.",
            )


def days_of_case(reading: Reading) -> Iterator[Finding]:
    """Find days of the case's events, contributions and papers that cannot be."""
    case, today = reading.case, reading.today
    born = _believed(case.child.date_of_birth, today)
    yield from _birth(reading)
    for event in case.events:
        if event.on is None:
            continue
        ahead = event.kind in _MAY_LIE_AHEAD
        fault = _outside(event.on, born, None if ahead else today) or _too_early(case, event, today)
        if fault:
            yield _event(
                event.id, f"{_cap(_words(event.kind))} is recorded on {in_words(event.on)}: {fault}.", event.on
            )
    for line in case.contributions:
        for step in line.events:
            ahead = step.kind is ContributionEventKind.EXCEPTION
            fault = _outside(step.on, born, None if ahead else today) if step.on else ""
            if fault and step.on:
                what = f"An event of the {line.cell.replace('_', ' ')} contribution ({step.kind.replace('_', ' ')})"
                yield DAYS.find(
                    f"{line.id}/{step.id}",
                    f"{what} is recorded on {in_words(step.on)}: {fault}.",
                    contribution=line.id,
                    quote=in_words(step.on),
                    mend="Correct the date of the event.",
                )
    for paper in case.documents:
        fault = _outside(paper.dated, born, today) if paper.dated else ""
        if fault and paper.dated:
            yield DAYS.find(
                paper.id,
                f"The paper “{paper.title or paper.name}” is dated {in_words(paper.dated)}: {fault}.",
                section=Section.K,
                quote=in_words(paper.dated),
                mend="Correct the date of the paper.",
            )


def _birth(reading: Reading) -> Iterator[Finding]:
    born, today = reading.case.child.date_of_birth, reading.today
    if born is None:
        return
    if born > today:
        fault = f"the date of birth, {in_words(born)}, lies after today"
    elif age_on(born, today) >= _OLDEST:
        fault = (
            f"the date of birth, {in_words(born)}, would make {reading.name} {age_on(born, today)}, "
            f"and a plan ends with the school year of the 25th birthday"
        )
    else:
        return
    yield DAYS.find(
        "child",
        f"{_cap(fault)}.",
        part="date_of_birth",
        field="date_of_birth",
        quote=in_words(born),
        law=Law("Children and Families Act 2014 ss46, 83(2)", "secondary"),
        mend="Correct the date of birth on the front page of the case.",
    )


def _believed(born: date | None, today: date) -> date | None:
    """A date of birth that lies after today is told once, and nothing is measured by it."""
    return born if born is None or born <= today else None


def _event(id_: str, reason: str, on: date) -> Finding:
    return DAYS.find(id_, reason, quote=in_words(on), mend="Correct the date of the event.")


def _outside(day: date, born: date | None, today: date | None) -> str:
    if born is not None and day < born:
        return f"that is before the date of birth, {in_words(born)}"
    if today is not None and day > today:
        return "that day has not come yet"
    return ""


def _too_early(case: Case, event: CaseEvent, today: date) -> str:
    """Say what came before what it must follow: for the plan's first round, and for the last event of its kind, because
    an earlier one may belong to an earlier plan or request. A day that has not come yet measures nothing.
    """
    last = case.happened(event.kind)[-1]
    if event.on is None or event.id != last.id or (case.stage is not Stage.NEW and event.kind in _FIRST_ROUND):
        return ""
    for earlier in _BEFORE.get(event.kind, ()):
        first = next((one.on for one in case.happened(earlier) if one.on is not None), None)
        if first is not None and event.on < first <= today:
            return f"that is before {_words(earlier)}, {in_words(first)}"
    return ""


def _words(kind: EventKind) -> str:
    return _EVENT_WORDS.get(kind, f"the event “{kind.replace('_', ' ')}”")


def _cap(words: str) -> str:
    return words[:1].upper() + words[1:]


def _impossible(words: str) -> str:
    for found in _WRITTEN.finditer(words):
        month = _MONTH.get(found[2].casefold()) or _SHORT[found[2][:3].casefold()]
        if not _exists(int(found[1]), month, int(found[3]) if found[3] else None):
            return f"there is no {found[0]}"
    for found in _SLASHED.finditer(words):
        day, month, year = int(found[1]), int(found[2]), int(found[3])
        if not _exists(day, month, year if year > 99 else 2000 + year):
            return f"there is no {found[0]}"
    for found in _ISO.finditer(words):
        if not _exists(int(found[3]), int(found[2]), int(found[1])):
            return f"there is no {found[0]}"
    return ""


def _exists(day: int, month: int, year: int | None) -> bool:
    if not 1 <= month <= 12 or (year is not None and not 1 <= year <= 9999):
        return False
    return 1 <= day <= monthrange(2000 if year is None else year, month)[1]
