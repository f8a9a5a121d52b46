"""Checks 24 to 28 on who has answered: every adviser of the register is answered, or told of here exactly once.

Checks 25, 26 and 28 speak first; 24 is then silent for that adviser (checks.md, section 2).
"""

from collections.abc import Iterator, Mapping

from send_desk.domain.contribution_state import ContributionStatus
from send_desk.domain.contribution_telling import WAITING
from send_desk.domain.dates import age_on, counted, in_words
from send_desk.domain.entry import Entry
from send_desk.domain.finding import Finding, Law
from send_desk.domain.ids import Cell, EntryKind, Level, Section, Severity, State, Version
from send_desk.domain.missing_advice import sections_of

from .check import Check
from .reading import Reading

ANSWERED = Check(24, Level.EXACT, Severity.BLOCK, Law("SEND Regulations 2014 reg 6(1)", "primary"))
HEALTH = Check(25, Level.EXACT, Severity.BLOCK, Law("SEND Regulations 2014 regs 6(1)(c), 12(2)", "primary"))
NOT_KNOWN = Check(26, Level.EXACT, Severity.BLOCK, Law("SEND Regulations 2014 reg 6(1)(e)", "primary"))
H1_ITEMS = Check(
    27,
    Level.GUIDED,
    Severity.WARN,
    Law(
        "Chronically Sick and Disabled Persons Act 1970 s2; SEND Regulations 2014 reg 12(1)(h)(i); Code 9.69", "primary"
    ),
)
ADULTHOOD = Check(28, Level.EXACT, Severity.BLOCK, Law("SEND Regulations 2014 reg 6(1)(g)", "primary"))

_TITLES: Mapping[Cell, str] = {
    Cell.FAMILY: "The family's own advice",
    Cell.EDUCATION: "Education advice",
    Cell.HEALTH: "Health advice",
    Cell.PSYCHOLOGY: "Psychological advice",
    Cell.SOCIAL_CARE: "Social care advice",
    Cell.ADULTHOOD: "Advice on preparing for adulthood",
    Cell.OTHERS: "Advice from somebody else",
}
_AGREED_LAW = Law("SEND Regulations 2014 reg 12(2)", "primary")
_INVITED_LAW = Law("SEND Regulations 2014 reg 20(2), (4)", "primary")
_CONSIDERED = ("section 2", "s2", "s.2", "csdpa", "chronically sick", "considered", "1970")


def advisers_answered(reading: Reading) -> Iterator[Finding]:
    """Tell, once for each, of every adviser whose answer is not there."""
    for status in reading.statuses:
        if status.content_stands:
            continue
        if status.cell is Cell.ADULTHOOD and not status.cycle:
            yield _unanswered(ADULTHOOD, status, reading)
        elif status.state is State.NOT_KNOWN and status.cell is Cell.SOCIAL_CARE and not _other_view(reading):
            yield _not_known(status, reading)
        else:
            yield _unanswered(ANSWERED, status, reading)


def health_named(reading: Reading) -> Iterator[Finding]:
    """Health advice names its clinician, role and date, and the commissioner has agreed what section G promises."""
    for status in reading.statuses:
        line = status.contribution
        if status.cell is not Cell.HEALTH or not status.content_stands or line is None:
            continue
        told = {"clinician's name": line.adviser.name, "role": line.adviser.role, "date": str(status.answered or "")}
        lacking = [name for name, value in told.items() if not value.strip()]
        if lacking:
            yield HEALTH.find(
                line.id,
                f"Health advice must name its professional. {status.adviser_words}: no {' and no '.join(lacking)}.",
                section=Section.C,
                contribution=line.id,
                quote=status.bracket,
                mend="Record who answered, in what role, and on which day.",
            )
    promised = [one for one in reading.filled if one.section is Section.G and one.kind is EntryKind.PROVISION]
    if promised and not any(_is_agreed(entry) for entry in promised):
        final = reading.case.version is Version.FINAL
        yield HEALTH.find(
            "G",
            "Has the body that commissions health care agreed what section G promises? Nothing here says so.",
            part="agreed",
            severity=Severity.BLOCK if final else Severity.NOTE,
            level=Level.GUIDED,
            law=_AGREED_LAW,
            section=Section.G,
            mend="Record in section G who agreed it for the commissioning body, and when.",
        )


def h1_considered(reading: Reading) -> Iterator[Finding]:
    """Where there are social care needs and H1 is said to be empty, ask whether each service was thought of."""
    born = reading.case.child.date_of_birth
    if born is not None and age_on(born, reading.today) >= reading.book.threshold("h1_until_age"):
        return
    needs = [one for one in reading.filled if one.section is Section.D and one.kind is EntryKind.NEED]
    rows = [one for one in reading.filled if one.section is Section.H1]
    if not needs or not rows or any(one.kind is not EntryKind.NIL for one in rows):
        return
    words = " ".join(one.words for one in rows).casefold()
    if not any(hint in words for hint in _CONSIDERED):
        yield H1_ITEMS.find(
            "H1",
            f"Section D tells of social care needs, but H1 is empty. Was each thought of for {reading.name}: help at "
            "home, equipment, adaptations, clubs and activities, travel to them, holidays, meals, short breaks?",
            section=Section.H1,
            entry=rows[0].id,
            quote=rows[0].words,
            mend="Say in H1 that section 2 of the 1970 Act was considered, by whom and when, or write what is needed.",
        )


def _unanswered(check: Check, status: ContributionStatus, reading: Reading) -> Finding:
    line, giver = status.contribution, status.giver
    where = sections_of(status.cell, reading.book)
    missing_line = (
        f"{status.cell}/{giver.letter}" if giver and not giver.always and giver.from_year is None else status.cell
    )
    if status.cycle:
        missing_line = f"{status.cycle}/{status.cell}"  # what was dismissed for one review speaks again in the next
    return check.find(
        line.id if line else missing_line,
        f"{_title(status)}: {_told(status, reading)}.",
        section=where[0] if where else None,
        contribution=line.id if line else None,
        quote=status.bracket,
        law=_law_of(status),
        mend=_mend(status),
    )


def _law_of(status: ContributionStatus) -> Law:
    if status.giver is not None:
        return Law(status.giver.citation, status.giver.confirmed)
    return _INVITED_LAW if status.cycle else ANSWERED.law


def _mend(status: ContributionStatus) -> str:
    if status.cycle and status.state is State.NOT_REQUESTED:
        return "Invite them to the review and ask for their advice, and record how and when."
    return _MENDS.get(status.state, _MENDS[State.REQUESTED])


def _not_known(status: ContributionStatus, reading: Reading) -> Finding:
    line = status.contribution
    return NOT_KNOWN.find(
        line.id if line else status.cell,
        f"{_title(status)}: {status.bracket}. That is not an answer: advice on {reading.name} is still to come.",
        section=Section.D,
        contribution=line.id if line else None,
        quote=status.bracket,
        mend="Ask for an early help or other social care view, and record who gives it.",
    )


def _other_view(reading: Reading) -> bool:
    return any(one.cell is Cell.SOCIAL_CARE and one.content_stands for one in reading.statuses)


def _is_agreed(entry: Entry) -> bool:
    said = entry.words.casefold()
    return bool(entry.value("agreed_by").strip()) or ("agreed" in said and "not agreed" not in said)


def _title(status: ContributionStatus) -> str:
    title = _TITLES[status.cell]
    if (
        status.giver is not None
        and status.contribution is None
        and status.cell is Cell.EDUCATION
        and not status.giver.always
    ):
        return status.giver.title
    if status.cycle and status.giver is not None and not status.named:
        return status.giver.title
    return f"{title} ({status.named})" if status.named else title


def _told(status: ContributionStatus, reading: Reading) -> str:
    match status.state:
        case State.NOT_REQUESTED if status.cycle:
            return "not invited to the review yet"
        case State.NOT_REQUESTED:
            return "nobody has been asked yet"
        case State.OVERDUE:
            late = counted(status.days_late or 0, "day")
            return f"{late} overdue ({status.bracket})"
        case State.LAWFUL_EXCEPTION:
            return f"the time limit is lawfully lifted, but the advice itself is still missing ({status.bracket})"
        case State.RECEIVED:
            return f"{status.bracket}. Nobody has said yet what it is"
        case State.NOT_KNOWN:
            return f"{status.bracket}. That is not an answer"
        case state if state in WAITING and status.due is not None:
            return f"asked and not answered; due {in_words(status.due)}"
        case _:
            return status.bracket


_MENDS: Mapping[State, str] = {
    State.NOT_REQUESTED: "Ask for the advice, and record of whom, how and when.",
    State.REQUESTED: "Chase the advice, or record the answer when it comes.",
    State.RECEIVED: "Read it, and say whether it contributes, finds no relevant needs, or is no advice.",
    State.NOT_KNOWN: "Ask a service that can look at the child, and record its answer.",
    State.ADMINISTRATIVE_ONLY: "Ask again for advice on needs, outcomes and provision.",
    State.DECLINED: "Remind the body of its duty under regulation 8, or ask somebody else.",
    State.LAWFUL_EXCEPTION: "Ask when the advice can be given, and keep the family informed.",
}
