"""What the plan page shows of a case, as one value: labels, marks, answers of the advisers, what serves what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from send_desk.domain.case import Case, Document
from send_desk.domain.contribution_state import ContributionStatus
from send_desk.domain.entry import Entry, Source
from send_desk.domain.finding import Finding
from send_desk.domain.golden_thread import Missing, Thread, golden_thread
from send_desk.domain.ids import Cell, EntryKind, Section, Stage, State, Version
from send_desk.domain.labels import labels
from send_desk.domain.register import CELL_TITLES, CellStatus, earlier, register, strip_of
from send_desk.domain.rulebook import RuleBook, SectionLaw
from send_desk.domain.section_state import SectionState, section_state
from send_desk.domain.stage import draft_is_out, week_of

GAP_WORDS: Mapping[Missing, str] = {
    Missing.PROVISION: "no provision yet",
    Missing.NEED: "no need named",
    Missing.OUTCOME: "no outcome yet",
    Missing.ASPIRATION: "no aspiration named",
    Missing.CARE_OUTCOME: "no health or care outcome",
}

_QUOTED = 110


@dataclass(frozen=True)
class PlanView:
    """A snapshot of a case with all that follows from it on a day; made anew for every snapshot."""

    case: Case
    book: RuleBook
    today: date
    findings: tuple[Finding, ...]
    labels: Mapping[str, str]
    statuses: tuple[ContributionStatus, ...]
    earlier: tuple[ContributionStatus, ...]
    cells: Mapping[Cell, CellStatus]
    thread: Thread
    week: int | None

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings that nobody has set aside."""
        return tuple(one for one in self.findings if one.dismissed is None)

    def law(self, section: Section) -> SectionLaw:
        """The section as the framework has it."""
        return self.book.section(section)

    def state(self, section: Section) -> SectionState:
        """How far a section is."""
        return section_state(self.case, section, self.findings)

    def count(self, section: Section) -> int:
        """How many findings stand in a section."""
        return sum(one.section is section for one in self.open_findings)

    def beside(self, section: Section) -> tuple[ContributionStatus, ...]:
        """The advisers whose answers stand beside a section's words."""
        cells = self.law(section).cells
        return tuple(one for one in self.statuses if one.cell in cells)

    def nothing_found(self, section: Section) -> tuple[ContributionStatus, ...]:
        """The answers "no relevant needs" of named professionals on which an empty section may rest.

        Those of the register in force come first, then those from before a review that is under way.
        """
        cells = self.law(section).cells
        return tuple(
            one
            for one in (*self.statuses, *self.earlier)
            if one.cell in cells
            and one.state is State.NO_RELEVANT_NEEDS
            and one.contribution
            and one.contribution.adviser.name.strip()
        )

    def locked(self, section: Section) -> bool:
        """Whether a section stays empty: I until the draft is served, unless a plan in force is amended (s38(5))."""
        draft = self.case.version is Version.DRAFT and not draft_is_out(self.case)
        return section is Section.I and draft and self.case.stage is not Stage.AMENDMENT

    def entry(self, id_: str) -> Entry | None:
        """The entry with an id, None where it is gone."""
        return next((one for one in self.case.entries if one.id == id_), None)

    def named(self, ids: Sequence[str]) -> str:
        """The labels of entries, "B2, B4"; those that are gone are left out."""
        return ", ".join(self.labels[one] for one in ids if one in self.labels)

    def gaps(self, entry: str) -> tuple[str, ...]:
        """What the thread lacks at an entry, in words."""
        return tuple(GAP_WORDS[gap.missing] for gap in self.thread.gaps if gap.entry == entry)

    def joined(self, entry: Entry, kind: EntryKind) -> tuple[str, ...]:
        """The ids of the rows of a kind that an entry is tied to, in the order of the plan."""
        near = self.thread.reaches.get(entry.id, frozenset())
        return tuple(one.id for one in self.case.entries if one.id in near and one.kind is kind)

    def paper(self, id_: str) -> Document | None:
        """The paper with an id."""
        return next((one for one in self.case.documents if one.id == id_), None)

    def source_words(self, source: Source) -> str:
        """A source as the line "From" says it."""
        if source.judgement:
            return f"the judgement of {source.by}" if source.by else "the writer's judgement"
        paper = self.paper(source.document)
        title = (paper.title or paper.name) if paper else "a paper that is no longer here"
        page = f", page {source.page}" if source.page else ""
        return f"{title}{page}" + (f": “{_cut(source.quote)}”" if source.quote else "")

    def unlisted(self) -> tuple[Document, ...]:
        """The advice papers that no line of section K names yet (reg 12(4))."""
        rows = self.case.section(Section.K)
        listed = {source.document for row in rows for source in row.sources}
        return tuple(paper for paper in self.case.documents if paper.cell and paper.id not in listed)


def plan_view(case: Case, book: RuleBook, today: date, findings: tuple[Finding, ...]) -> PlanView:
    """Compute what the page shows of a case on a day."""
    named = labels(case)
    statuses = register(case, book, today)
    return PlanView(
        case=case,
        book=book,
        today=today,
        findings=findings,
        labels=named,
        statuses=statuses,
        earlier=earlier(case, book, today),
        cells=strip_of(statuses, book),
        thread=golden_thread(case, named),
        week=week_of(case, today),
    )


def adviser_line(status: ContributionStatus) -> str:
    """Who has answered or has still to answer: "Health: Dr Rana, paediatrician"."""
    title = CELL_TITLES[status.cell]
    who = status.adviser_words
    return f"{title}: {who}" if who and who != title else title


def _cut(quote: str) -> str:
    """A quote on one line, its end left out where it is long."""
    words = " ".join(quote.split())
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED].rsplit(' ', 1)[0]} ..."
