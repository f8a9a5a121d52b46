"""Checks 8 and 10: what a template or a copied paragraph leaves behind."""

import re
from collections.abc import Iterator

from send_desk.domain.finding import Finding, Law
from send_desk.domain.ids import EntryKind, Level, Section, Severity

from .check import Check
from .reading import Around, Reading, Row

PLACEHOLDER = Check(
    8,
    Level.EXACT,
    Severity.BLOCK,
    Law(
        "SEND Regulations 2014 reg 12(1), what a plan must set out; SEND Code of Practice 9.61, clear and concise",
        "primary",
    ),
)
TWICE = Check(10, Level.EXACT, Severity.WARN, Law("SEND Code of Practice 9.61, clear and concise", "primary"))

_FEWEST_WORDS = 12
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SAYS = frozenset({EntryKind.NEED, EntryKind.OUTCOME, EntryKind.PROVISION, EntryKind.STRENGTH, EntryKind.ASPIRATION})
_NIL_SECTIONS = frozenset({Section.C, Section.D, Section.G, Section.H1, Section.H2})
_NOT_COMPARED = frozenset({EntryKind.NIL, EntryKind.ADVICE})


def placeholders(row: Row, around: Around) -> Iterator[Finding]:
    """Find words of a template, of a form or of another program's margin in a row."""
    lists = around.lists
    if _says_nothing(row, around):
        yield _left(row, "", row.entry.words.strip())
        return
    if not lists.template_words.may_stand(row.vocabulary) and not lists.template_marks.search(row.everything):
        return
    for field, words in row.parts:
        found = lists.template_words.search(words, row.vocabulary) or lists.template_marks.search(words)
        if found is not None:
            yield _left(row, field, found[0])


def paragraphs_of(words: str) -> tuple[tuple[str, str], ...]:
    """Return the paragraphs long enough to compare, each by its bare words and as it stands."""
    found: list[tuple[str, str]] = []
    for paragraph in words.split("\n"):
        bare = _WORD.findall(paragraph.casefold()) if len(paragraph) > 2 * _FEWEST_WORDS else []
        if len(bare) >= _FEWEST_WORDS:
            found.append((" ".join(bare), paragraph))
    return tuple(found)


def paragraphs_twice(reading: Reading) -> Iterator[Finding]:
    """Find rows that repeat a paragraph of an earlier row, or of themselves."""
    first: dict[str, str] = {}
    for entry in reading.case.entries:
        if entry.kind in _NOT_COMPARED:
            continue
        repeated = ""
        earlier = ""
        for bare, paragraph in reading.marks[entry.id].paragraphs:
            if bare in first and not repeated:
                repeated, earlier = paragraph, first[bare]
            first.setdefault(bare, entry.id)
        if repeated:
            where = "further up in the same row" if earlier == entry.id else f"in {reading.label(earlier)}"
            yield TWICE.find(
                entry.id,
                f"{reading.label(entry.id)} repeats a paragraph that stands {where} already.",
                section=entry.section,
                entry=entry.id,
                quote=repeated,
                mend="Keep it where it belongs and leave it out here.",
            )


def _says_nothing(row: Row, around: Around) -> bool:
    entry = row.entry
    if entry.kind not in _SAYS or (entry.section in _NIL_SECTIONS):
        return False
    return entry.words.strip().casefold() in around.lists.residue


def _left(row: Row, field: str, quote: str) -> Finding:
    entry = row.entry
    return PLACEHOLDER.find(
        entry.id,
        f"{row.label} still holds “{quote.strip()}”, which a template or an unfinished draft leaves behind.",
        part=field or "text",
        section=entry.section,
        entry=entry.id,
        field=field or None,
        quote=quote,
        mend="Write what belongs here, or take it out.",
    )
