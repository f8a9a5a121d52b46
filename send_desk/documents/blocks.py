"""The blocks of a paper: structure without form, equal where the paper is equal.

Nothing here knows a page size, a font or a language; headings carry their level, tables their header row, and what
stands in the margin of every page is kept apart in `Furniture`, so that a writer can tag the one and not the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from send_desk.domain.text import Run, Style

Words = tuple[Run, ...]


class Role(StrEnum):
    """What a paragraph is for, which a writer shows by its setting."""

    BODY = "body"
    LEAD = "lead"
    QUIET = "quiet"


class Tone(StrEnum):
    """What a notice is about: something missing, or something to know."""

    MISSING = "missing"
    KNOW = "know"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of the paper, and levels are never skipped.

    A `small` one is set like the level below it and stays out of the outline: a part of page one, not of the plan.
    """

    words: str
    level: int
    small: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of words in one or more styles; a line end within them is kept."""

    words: Words
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class Items:
    """A list of items, numbered where `ordered`."""

    items: tuple[Words, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms with their values: "How often", "once a week"."""

    pairs: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row; `widths` are the columns' shares, as many as the header has cells."""

    header: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A box that stands out, with a title of its own."""

    title: str
    body: tuple[Paragraph | Items, ...]
    tone: Tone = Tone.MISSING


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture (PNG or JPEG bytes) with the words that stand in for it; `width` is its share of the column, 0 to 1."""

    data: bytes
    alt: str
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that belong together under one label, such as the provision F3; kept on one page where that can be."""

    label: str
    blocks: tuple[Paragraph | Items | Facts | Table | Notice | Figure, ...]


Block = Heading | Paragraph | Items | Facts | Table | Notice | Figure | PageBreak | Group


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page outside the words: artefacts for a screen reader.

    `left` is the line at the foot; `page` has the places {number} and {count}; `watermark` lies behind the words.
    """

    left: str = ""
    page: str = "page {number} of {count}"
    watermark: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A paper: its title, language (BCP 47), blocks and furniture; `version` is a short digest of the blocks."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    furniture: Furniture = Furniture()
    version: str = ""
    author: str = ""


def plain(words: str) -> Words:
    """Return words in the plain style; none where there are none."""
    return (Run(words),) if words else ()


def strong(words: str) -> Words:
    """Return words in the strong style."""
    return (Run(words, Style.STRONG),)


def paragraph(words: str, role: Role = Role.BODY) -> Paragraph:
    """Return one paragraph of plain words."""
    return Paragraph(plain(words), role)


def stressed(words: str, part: str) -> Words:
    """Return plain words with the first place of a part in the strong style."""
    before, found, after = words.partition(part)
    return (*plain(before), *(strong(found) if found else ()), *plain(after))


def said(words: Words) -> str:
    """Return the words of runs without their styles."""
    return "".join(run.text for run in words)


def every_words(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield all words of the blocks in reading order, one string for each paragraph, item, cell, term and heading."""
    for block in blocks:
        match block:
            case Heading(words=words):
                yield words
            case Paragraph(words=runs):
                yield said(runs)
            case Items(items=items):
                yield from map(said, items)
            case Facts(pairs=pairs):
                for term, value in pairs:
                    yield term
                    yield said(value)
            case Table(header=header, rows=rows):
                yield from header
                for row in rows:
                    yield from map(said, row)
            case Notice(title=title, body=body):
                yield title
                yield from every_words(body)
            case Figure(alt=alt):
                yield alt
            case PageBreak():
                continue
            case _:
                yield block.label
                yield from every_words(block.blocks)
