"""Check 44: a row says where it comes from: document, page and words, or the writer's own judgement."""

import re
from collections.abc import Iterator

from send_desk.domain.case import Document
from send_desk.domain.entry import Entry, Source
from send_desk.domain.finding import Finding, Law
from send_desk.domain.ids import EntryKind, Level, Severity

from .check import Check
from .reading import Around, Row

EVIDENCE = Check(
    44,
    Level.EXACT,
    Severity.WARN,
    Law("SEND Regulations 2014 reg 11; SEND Code of Practice 9.61, 9.69, section F", "no"),
)

_RESTS = frozenset({EntryKind.NEED, EntryKind.PROVISION})
_NOT_LETTERS = re.compile(r"[\W_]+")


def row_has_evidence(row: Row, around: Around) -> Iterator[Finding]:
    """Find a need or provision without a source, with half a source, or with words that are not on the page."""
    entry = row.entry
    if entry.kind not in _RESTS or not _says_something(entry) or any(source.judgement for source in entry.sources):
        return
    if not entry.sources:
        reason = "says nothing of where it comes from"
    else:
        faults = [fault for source in entry.sources if (fault := _fault(source, around))]
        if not faults:
            return
        reason = faults[0]
    yield EVIDENCE.find(
        entry.id,
        f"{row.label} {reason}.",
        section=entry.section,
        entry=entry.id,
        quote=entry.words or entry.value("what"),
        mend="Mark the words in the advice that it rests on, or say that it is the writer's judgement.",
    )


def _says_something(entry: Entry) -> bool:
    return bool(entry.words.strip()) or any(entry.value(name).strip() for name in entry.fields)


def _fault(source: Source, around: Around) -> str:
    paper = around.papers.get(source.document)
    if not source.document:
        return "has a source that names no paper"
    if paper is None or not paper.pages:
        return ""
    title = paper.title or paper.name
    if source.page is None:
        return f"cites “{title}” without a page"
    if not source.quote.strip():
        return f"cites “{title}”, page {source.page}, without the words it rests on"
    return _not_there(source, source.page, paper, _pages(paper, around))


def _pages(paper: Document, around: Around) -> tuple[str, ...]:
    return around.once(("evidence.pages", paper.id), lambda: tuple(_letters(page) for page in paper.pages))


def _not_there(source: Source, number: int, paper: Document, pages: tuple[str, ...]) -> str:
    wanted, title = _letters(source.quote), paper.title or paper.name
    inside = 1 <= number <= len(pages)
    # A sentence may run on over the foot of a page.
    if not wanted or (inside and wanted in "".join(pages[number - 1 : number + 1])):
        return ""
    other = next((at for at, page in enumerate(pages, start=1) if wanted in page), None)
    if other is not None:
        return f"cites page {number} of “{title}”, but the words stand on page {other}"
    return f"cites words that are not on page {number} of “{title}”"


def _letters(words: str) -> str:
    """Words compare by their letters and digits alone: line ends, hyphens and quotation marks do not matter."""
    return _NOT_LETTERS.sub("", words.casefold())
