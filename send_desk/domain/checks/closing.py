"""Checks 18 to 20: the list of advice, the day of review, and what a final plan goes out with."""

import re
from collections.abc import Iterator

from send_desk.domain.case import Document
from send_desk.domain.dates import age_on
from send_desk.domain.entry import Entry
from send_desk.domain.finding import Finding, Law
from send_desk.domain.ids import EntryKind, EventKind, Level, Section, Severity, Version

from .check import Check
from .reading import Reading

LISTED = Check(
    18,
    Level.EXACT,
    Severity.BLOCK,
    Law("SEND Regulations 2014 reg 12(4); SEND Code of Practice 9.69, section K", "secondary"),
)
REVIEW = Check(19, Level.EXACT, Severity.WARN, Law("SEND Code of Practice 9.61, 9.69, section E, and 9.166", "primary"))
FINAL = Check(20, Level.EXACT, Severity.BLOCK, Law("SEND Regulations 2014 reg 14", "secondary"))

_UNDER_FIVE = Law("SEND Code of Practice 9.178", "primary")
_SIGNED = Law("SEND Code of Practice 9.125", "primary")
_NOTICE = re.compile(r"\bappeal", re.IGNORECASE)
_MEDIATION = re.compile(r"\bmediation", re.IGNORECASE)
_OTHER_NOTICE = re.compile(
    r"\b(?:decision\s+not\s+to\s+(?:assess|issue|make|carry\s+out)|refus\w+\s+to\s+(?:assess|issue|make)|not\s+to\s+carry\s+out\s+an)",
    re.IGNORECASE,
)


def advice_papers(reading: Reading) -> tuple[Document, ...]:
    """Return the papers of the case that are advice: those of a cell of the register, and those a line of it names."""
    named = {line.document for line in reading.case.contributions}
    named |= {event.document for line in reading.case.contributions for event in line.events}
    return tuple(paper for paper in reading.case.documents if paper.cell.strip() or paper.id in named)


def listed_papers(reading: Reading) -> frozenset[str] | None:
    """Return the ids of the papers in the writer's own list in section K; None where she keeps none.

    Without a list of her own, section K is made from the papers themselves when the plan is printed.
    """
    lines = reading.list_of_advice
    return frozenset().union(*lines.values()) if lines else None


def advice_listed(reading: Reading) -> Iterator[Finding]:
    """Find advice without author, role or date, lines of K with nothing attached, and advice that K does not list."""
    papers = advice_papers(reading)
    listed = listed_papers(reading)
    lines = {line.id: line for line in reading.by_section[Section.K]}
    for id_, named in reading.list_of_advice.items():
        if not named:
            yield LISTED.find(
                id_,
                f"{reading.label(id_)} lists advice that is not attached. The advice itself must go with the plan.",
                section=Section.K,
                entry=id_,
                quote=lines[id_].words,
                mend="Add the paper to the case and cite it in this line, or take the line out.",
            )
    for paper in papers:
        title = paper.title or paper.name or "a paper without a title"
        if listed is not None and paper.id not in listed:
            if not _cited(paper, reading):
                yield LISTED.find(
                    paper.id,
                    f"“{title}” is attached, but section K does not list it.",
                    section=Section.K,
                    quote=title,
                    mend="Add a line for it to section K.",
                )
            continue
        missing = _lacks(paper, reading)
        if missing:
            yield LISTED.find(
                paper.id,
                f"Section K must name author, role and date of each advice. For “{title}” there is no {missing}.",
                section=Section.K,
                quote=title,
                mend="Record who wrote it, in what role, and when.",
            )


def review_told(reading: Reading) -> Iterator[Finding]:
    """Ask for the review where section E says nothing of one, and for earlier looks where the child is under five."""
    rows = reading.by_section[Section.E]
    if not rows:
        return
    if not any(reading.marks[entry.id].review for entry in rows):
        yield REVIEW.find(
            "E",
            "Section E does not say when and how the plan will be reviewed.",
            section=Section.E,
            mend="Add how progress will be watched, and when the plan will be reviewed.",
        )
        return
    born = reading.case.child.date_of_birth
    young = born is not None and age_on(born, reading.today) < reading.book.threshold("under_five_age")
    if young and not any(reading.marks[entry.id].half_yearly for entry in rows):
        yield REVIEW.find(
            "E",
            f"{reading.name} is under five. Would a look at the plan every three to six months help?",
            part="under_five",
            section=Section.E,
            law=_UNDER_FIVE,
            mend="Say how often the plan will be looked at before the fifth birthday.",
        )


def final_complete(reading: Reading) -> Iterator[Finding]:
    """Find what a final plan must not go out without: the notice of the right of appeal, and who signed it and when."""
    case = reading.case
    if case.version is not Version.FINAL:
        return
    if not _notice_given(reading):
        yield FINAL.find(
            "plan",
            "Nothing shows that the notice of the right of appeal and of mediation goes with this final plan.",
            part="notice",
            mend="Add the letter that goes with the plan to the papers, or note with the day it was sent that the "
            "notice of appeal and mediation went with it.",
        )
    signed = [event for event in case.happened(EventKind.FINAL_SENT, EventKind.PLAN_MADE) if event.by.strip()]
    if not signed:
        yield FINAL.find(
            "plan",
            "This final plan does not say which officer signed it off, and when.",
            part="signature",
            severity=Severity.WARN,
            law=_SIGNED,
            mend="Record who signed the plan off, and the day.",
        )


def _cited(paper: Document, reading: Reading) -> bool:
    """Whether a row rests on the paper: check 31 tells then that K does not list it."""
    return any(
        source.document == paper.id
        for entry in reading.case.entries
        if entry.kind is not EntryKind.ADVICE
        for source in entry.sources
    )


def _lacks(paper: Document, reading: Reading) -> str:
    lines = [one for one in reading.by_section[Section.K] if paper.id in reading.list_of_advice.get(one.id, ())]
    adviser = next((line.adviser for line in reading.case.contributions if line.document == paper.id), None)
    author = paper.author or (adviser.name if adviser else "")
    role = paper.role or (adviser.role if adviser else "")
    told = {
        "author": author or _field(lines, "author"),
        "role": role or _field(lines, "role"),
        "date": str(paper.dated or "") or _field(lines, "dated") or _field(lines, "date"),
    }
    if paper.cell == "family":
        del told["role"]
    lacking = [name for name, value in told.items() if not value.strip()]
    return " and no ".join(lacking)


def _field(lines: list[Entry], name: str) -> str:
    return next((line.value(name) for line in lines if line.value(name).strip()), "")


def _notice_given(reading: Reading) -> bool:
    case = reading.case
    if any(one.rendering in ("final", "letter-final") for one in case.prints):
        return True
    words = [event.note for event in case.happened(EventKind.FINAL_SENT, EventKind.PLAN_MADE)]
    words += [value for event in case.happened(EventKind.FINAL_SENT) for value in event.fields.values()]
    words += [entry.words for entry in reading.filled]
    words += [f"{paper.title}\n{page}" for paper in case.documents if not paper.cell for page in (paper.pages or ("",))]
    return any(_NOTICE.search(one) and _MEDIATION.search(one) and not _OTHER_NOTICE.search(one) for one in words)
