"""Section K: the advice with author, role and date, and what came of every request for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from send_desk.domain.case import Document
from send_desk.domain.contribution_state import ContributionStatus
from send_desk.domain.dates import in_words
from send_desk.domain.entry import Entry
from send_desk.domain.ids import EntryKind, Section

from .blocks import Block, Heading, Table, Words, paragraph, plain
from .draft_view import DraftView
from .flow import joined, words_of

_ADVICE_WIDTHS = (7, 35, 36, 28)
_STATE_WIDTHS = (26, 34, 44)


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One line of section K; `document` is the id of the paper behind it, empty where none is."""

    label: str
    title: Words
    author: str
    dated: date | None
    document: str = ""


def advice_lines(view: DraftView) -> tuple[AdviceLine, ...]:
    """Return the lines of section K: those the writer made, then the advice papers that no line names yet.

    Advice must be appended (reg 12(4)), so a paper of an adviser is listed whether or not it was thought of.
    """
    case = view.case
    papers = {paper.id: paper for paper in case.documents if paper.cell}
    entries = [entry for entry in case.section(Section.K) if entry.kind is EntryKind.ADVICE]
    lines = [_entry_line(view, entry, papers) for entry in entries]
    named = {line.document for line in lines}
    rest = [paper for paper in papers.values() if paper.id not in named]
    lines += [
        AdviceLine(f"K{number}", plain(paper.title or paper.name), _author(view, paper), paper.dated, paper.id)
        for number, paper in enumerate(rest, start=len(entries) + 1)
    ]
    return tuple(lines)


def advice(view: DraftView, statuses: tuple[ContributionStatus, ...]) -> Iterator[Block]:
    """Yield section K without its heading."""
    lines = advice_lines(view)
    if lines:
        yield Table(
            tuple(view.say(f"advice.{name}") for name in ("number", "title", "author", "date")),
            tuple((plain(line.label), line.title, plain(line.author), plain(_day(view, line.dated))) for line in lines),
            _ADVICE_WIDTHS,
        )
    else:
        yield paragraph(view.say("advice.none"))
    if statuses:
        yield Heading(view.say("advice.asked"), 3)
        yield Table(
            tuple(view.say(f"advice.{name}") for name in ("cell", "adviser", "state")),
            tuple(
                (
                    plain(view.say(f"advice.cells.{status.cell}")),
                    plain(_adviser(view, status)),
                    plain(status.bracket[:1].upper() + status.bracket[1:]),
                )
                for status in statuses
            ),
            _STATE_WIDTHS,
        )


def _entry_line(view: DraftView, entry: Entry, papers: dict[str, Document]) -> AdviceLine:
    cited = next((source.document for source in entry.sources if source.document in papers), "")
    paper = papers.get(cited)
    if paper is None:
        return AdviceLine(view.labels[entry.id], words_of(entry.text), view.say("advice.unnamed"), None)
    title = words_of(entry.text) or plain(paper.title or paper.name)
    return AdviceLine(view.labels[entry.id], title, _author(view, paper), paper.dated, paper.id)


def _author(view: DraftView, paper: Document) -> str:
    return joined(paper.author, paper.role) or view.say("advice.unnamed")


def _day(view: DraftView, day: date | None) -> str:
    return in_words(day) if day else view.say("advice.undated")


def _adviser(view: DraftView, status: ContributionStatus) -> str:
    adviser = status.contribution.adviser if status.contribution else None
    if adviser is None:
        return view.say("advice.unasked")
    return joined(adviser.name, adviser.role, adviser.service) or status.adviser_words
