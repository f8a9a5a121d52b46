"""Checks 29 to 32: advice that is old, unused or not listed, and requests that were late or are left unchased."""

from collections.abc import Iterator, Mapping
from datetime import date

from send_desk.domain.case import Document
from send_desk.domain.contribution_state import ANSWERS, ContributionStatus
from send_desk.domain.contribution_telling import WAITING
from send_desk.domain.cycle import ASSESSMENT
from send_desk.domain.dates import in_words, months_before
from send_desk.domain.entry import Entry
from send_desk.domain.finding import Finding, Law
from send_desk.domain.ids import EntryKind, EventKind, Level, Section, Severity, Stage, State, Version
from send_desk.domain.register import CELL_TITLES

from .check import Check
from .closing import advice_papers, listed_papers
from .reading import Reading

OLD = Check(
    29, Level.EXACT, Severity.WARN, Law("SEND Regulations 2014 reg 6(4); twelve months is local practice", "no")
)
UNUSED = Check(
    30, Level.EXACT, Severity.WARN, Law("SEND Regulations 2014 reg 11; SEND Code of Practice 9.69, section F", "no")
)
UNLISTED = Check(31, Level.EXACT, Severity.BLOCK, Law("SEND Regulations 2014 reg 12(4)", "secondary"))
CHASED = Check(32, Level.EXACT, Severity.NOTE, Law("SEND Regulations 2014 reg 8(1); good practice", "no"))

_LAST = date(9990, 1, 1)
_PLANNED = frozenset({Section.B, Section.C, Section.D, Section.E, Section.F, Section.G, Section.H1, Section.H2})


def advice_age(reading: Reading) -> Iterator[Finding]:
    """Find advice older than the months that the authority allows, or from before a change of school or phase.

    The age is that on the day the plan was made, while it is in force. An amendment rests on the advice of an earlier
    assessment as a rule, so that its age is then no more than a note.
    """
    months = reading.book.threshold("advice_months")
    day = _day_of_plan(reading)
    limit = months_before(day, months)
    changed = _last_change(reading, day)
    agreed = {id_ for id_, status in _by_paper(reading).items() if status.state is State.REUSED}
    for paper in advice_papers(reading):
        if paper.dated is None or paper.id in agreed:
            continue
        if paper.dated < limit:
            reason = f"is dated {in_words(paper.dated)}, more than {months} months ago"
        elif changed is not None and paper.dated < changed:
            reason = f"is dated {in_words(paper.dated)}, before the change of place or phase on {in_words(changed)}"
        else:
            continue
        yield OLD.find(
            paper.id,
            f"“{_title(paper)}” {reason}. Is it still true?",
            severity=Severity.NOTE if reading.case.stage is Stage.AMENDMENT else None,
            section=Section.K,
            quote=in_words(paper.dated),
            mend="Ask whether it still holds; if adviser, authority and family all agree, record it as used again.",
        )


def advice_used(reading: Reading) -> Iterator[Finding]:
    """Find advice received that no row of the plan rests on."""
    if not any(entry.section in _PLANNED for entry in reading.filled):
        return
    cited = {source.document for entry in _rows(reading) for source in entry.sources}
    behind_nil = {entry.value("contribution").strip() for entry in reading.filled if entry.kind is EntryKind.NIL}
    by_paper = _by_paper(reading)
    for paper in advice_papers(reading):
        status = by_paper.get(paper.id)
        if paper.id in cited or (status is not None and not _should_be_used(status, behind_nil)):
            continue
        line = status.contribution if status else None
        yield UNUSED.find(
            paper.id,
            f"No row of the plan rests on “{_title(paper)}”.",
            section=Section.K,
            contribution=line.id if line else None,
            quote=_title(paper),
            mend="Use it, citing page and words, or record why it was not used.",
        )


def advice_cited_is_listed(reading: Reading) -> Iterator[Finding]:
    """Find rows that rest on a paper that the case does not hold, or that section K does not list."""
    papers = reading.around.papers
    listed = listed_papers(reading)
    bare = {id_ for id_, named in reading.list_of_advice.items() if not named}  # check 18 tells of these lines
    told = {source.document for line in reading.case.entries if line.id in bare for source in line.sources}
    for entry in _rows(reading):
        for source in entry.sources:
            id_ = source.document
            if not id_ or id_ in told or (id_ in papers and (listed is None or id_ in listed)):
                continue
            told.add(id_)
            paper = papers.get(id_)
            what = f"“{_title(paper)}”" if paper else "a paper that is not on this case"
            yield UNLISTED.find(
                id_,
                f"{reading.label(entry.id)} rests on {what}, and section K does not list it.",
                section=entry.section,
                entry=entry.id,
                quote=source.quote or None,
                mend="Add the paper to the case and to section K, or cite another source.",
            )


def requests_chased(reading: Reading) -> Iterator[Finding]:
    """Note requests that went out late after the decision to assess, and answers nobody has chased for a while."""
    decisions = [event.on for event in reading.case.happened(EventKind.DECISION_ASSESS)]
    for status in reading.statuses:
        line = status.contribution
        if line is None or status.asked is None:
            continue
        who = f"{CELL_TITLES[status.cell]}{f' ({status.named})' if status.named else ''}"
        allowed = reading.book.threshold("request_working_days")
        decided = decisions[-1] if decisions and status.cycle == ASSESSMENT else None
        if decided is not None and _more_than(allowed, decided, status.asked, reading):
            yield CHASED.find(
                line.id,
                f"{who}: asked on {in_words(status.asked)}, more than {allowed} working days after the decision to "
                f"assess on {in_words(decided)}.",
                part="late_request",
                contribution=line.id,
                quote=in_words(status.asked),
                mend="Nothing can be mended here; the day of the request is on record.",
            )
        waits = status.state in WAITING - {State.LAWFUL_EXCEPTION}
        last = status.last_contact or status.asked
        every = reading.book.threshold("chase_working_days")
        if waits and _more_than(every, last, reading.today, reading):
            yield CHASED.find(
                line.id,
                f"{who}: no chase in the last {every} working days; the last word went out on {in_words(last)}.",
                part="chase",
                contribution=line.id,
                quote=in_words(last),
                mend="Chase the answer, and record when and how.",
            )


def _more_than(days: int, start: date, end: date, reading: Reading) -> bool:
    """Whether more than so many working days lie between two days."""
    # The calendar ends with the year 9999; what lies closer to it than a few weeks is nobody's request.
    return start < _LAST and reading.book.calendar.after(start, days + 1, inclusive=False) <= end


def _rows(reading: Reading) -> tuple[Entry, ...]:
    return tuple(entry for entry in reading.case.entries if entry.kind is not EntryKind.ADVICE)


def _should_be_used(status: ContributionStatus, behind_nil: set[str]) -> bool:
    """Advice that is told of by checks 24 to 28, that found nothing, or whose reason is recorded, need not be cited."""
    line = status.contribution
    if status.state not in ANSWERS or status.state is State.NO_RELEVANT_NEEDS or line is None:
        return False
    return not line.not_used_because.strip() and line.id not in behind_nil


def _by_paper(reading: Reading) -> Mapping[str, ContributionStatus]:
    """The status of the line of the register that each paper answers; "" stands for lines without one."""
    found: dict[str, ContributionStatus] = {}
    for status in (*reading.earlier, *reading.statuses):
        if status.contribution is not None:
            line = status.contribution
            latest = next((event.document for event in reversed(line.events) if event.document), "")
            found[line.document or latest] = status
    return found


def _day_of_plan(reading: Reading) -> date:
    """The day on which a plan in force was made, else today."""
    if reading.case.version is not Version.FINAL:
        return reading.today
    made = (event.on for event in reading.case.happened(EventKind.FINAL_SENT, EventKind.PLAN_MADE))
    return max((day for day in made if day is not None and day <= reading.today), default=reading.today)


def _last_change(reading: Reading, until: date) -> date | None:
    moves = [event.on for event in reading.case.happened(EventKind.PHASE_TRANSFER)]
    days = [day for day in (reading.case.setting.since, *moves) if day is not None and day <= until]
    return max(days, default=None)


def _title(paper: Document) -> str:
    return paper.title or paper.name or "a paper without a title"
