"""Blocks as ReportLab flowables: the one place where structure takes on its form."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Image, PageBreak

from . import blocks
from .blocks import Role, Tone, Words, plain
from .flowables import Grid, HeadingFlow, Lead, WordsFlow
from .ink import Ink
from .pdf import Printed
from .pdf_page import build_pages
from .runs import pieces, set_runs
from .styles import (
    ACCENT,
    COLUMN,
    COLUMN_HEIGHT,
    HAIRLINE,
    INSET,
    MISSING,
    MISSING_TINT,
    TINT,
    Styles,
    load_styles,
)

_TERM_WIDTH = 126.0
_AFTER = 8.0
"""Points of white below a group or a list."""
_KEPT = COLUMN_HEIGHT * 0.55
"""A group up to this height is not split over two pages."""
_GAP = COLUMN_HEIGHT * 0.3
"""The largest part of a page that is left empty to keep a group together."""
_ROW_LEAST = 34
"""Points of a table's row that must stand on each side when it is split between two pages."""
_FIGURE_TALLEST = COLUMN_HEIGHT * 0.6

Matter = blocks.Paragraph | blocks.Items | blocks.Facts | blocks.Table | blocks.Notice | blocks.Figure


def set_pages(document: blocks.Document, fonts: Path) -> Printed:
    """Set a paper in the typeface of a folder."""
    styles = load_styles(fonts)
    setter = _Setter(styles)
    # A PDF has a page, even where the paper has no words.
    story = list(setter.story(document.blocks)) or [setter.words(plain("\u00a0"), styles.roles[Role.BODY])]
    foot = setter.words(plain(document.furniture.left), styles.foot)
    shown = replace(document, title=setter.ink.printable(document.title), author=setter.ink.printable(document.author))
    data, pages = build_pages(shown, styles, story, foot)
    return Printed(data, pages, sha256(data).hexdigest(), tuple(setter.ink.replaced))


class _Setter:
    """Sets the blocks of one paper."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.ink = Ink(styles.fonts.covered)

    def story(self, parts: Iterable[blocks.Block]) -> Iterator[Flowable]:
        """Yield the flowables of a paper; a heading is not left alone at the foot of a page."""
        heads: list[Flowable] = []
        for part in parts:
            made = list(self._made(part))
            match part:
                case blocks.Heading():
                    heads += made
                    continue
                case blocks.Group() | blocks.Notice() | blocks.Figure():
                    yield Lead(heads, made, most=_KEPT, gap=_GAP)
                case blocks.PageBreak():
                    pass
                case blocks.Facts() | blocks.Table():
                    yield Lead(heads, made, most=0, gap=0)
                case _ if heads:
                    yield Lead(heads, made, most=0, gap=0)
            yield from heads
            yield from made
            heads = []
        yield from heads

    def words(self, words: Words, style: ParagraphStyle, label: str | None = None) -> WordsFlow:
        """Return one paragraph."""
        return WordsFlow(None, style, bulletText=label, frags=set_runs(words, style, self._styles.fonts, self.ink))

    def _made(self, part: blocks.Block) -> Iterator[Flowable]:
        match part:
            case blocks.Heading(words=words, level=level, small=small):
                style = self._styles.headings[min(level + small, 4) - 1]
                shown = self.ink.printable(words)
                frags = set_runs(plain(words), style, self._styles.fonts, self.ink)
                yield HeadingFlow(
                    None, style, frags=frags, title=shown if level + small <= 2 else "", level=level - 1 + small
                )
            case blocks.PageBreak():
                yield PageBreak()
            case blocks.Group(label=label, blocks=inner):
                yield from _spaced(self._group(label, inner))
            case _:
                yield from self._matter(part, inset=False, label=None)

    def _group(self, label: str, parts: Iterable[Matter]) -> Iterator[Flowable]:
        waiting: str | None = self.ink.printable(label)
        for part in parts:
            match part:
                case blocks.Paragraph() | blocks.Items():
                    yield from self._matter(part, inset=True, label=waiting)
                    waiting = None
                case _:
                    if waiting:
                        yield self._label(waiting)
                        waiting = None
                    yield from self._matter(part, inset=True, label=None)
        if waiting:
            yield self._label(waiting)

    def _label(self, label: str) -> Flowable:
        return self.words(plain("\u00a0"), self._styles.inset[Role.BODY], label)

    def _matter(
        self,
        part: Matter,
        *,
        inset: bool,
        label: str | None,
    ) -> Iterator[Flowable]:
        width = COLUMN - (INSET if inset else 0)
        match part:
            case blocks.Paragraph(words=words, role=role):
                style = (self._styles.inset if inset else self._styles.roles)[role]
                for number, piece in enumerate(pieces(words)):
                    yield self.words(piece, style, None if number else label)
            case blocks.Items():
                if label:
                    yield self._label(label)
                yield from _spaced(self._items(part, self._styles.item_inset if inset else self._styles.item))
            case blocks.Facts(pairs=pairs):
                yield self._facts(pairs, width)
            case blocks.Table():
                yield self._table(part, width)
            case blocks.Notice():
                yield self._notice(part, width)
            case _:
                yield _picture(part.data, width * part.width)

    def _items(self, part: blocks.Items, style: ParagraphStyle) -> Iterator[Flowable]:
        for number, item in enumerate(part.items, start=1):
            mark = f"{number}." if part.ordered else "•"
            for place, piece in enumerate(pieces(item)):
                yield self.words(piece, style, None if place else mark)

    def _facts(self, pairs: tuple[tuple[str, Words], ...], width: float) -> Flowable:
        styles = self._styles
        rows = [
            ([self.words(plain(term), styles.term)], [self.words(piece, styles.cell) for piece in pieces(value)])
            for term, value in pairs
        ]
        look = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEABOVE", (0, 0), (-1, -1), 0.6, HAIRLINE),
            ("LINEBELOW", (0, -1), (-1, -1), 0.6, HAIRLINE),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 8),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ]
        return self._grid(rows, (_TERM_WIDTH, width - _TERM_WIDTH), look)

    def _table(self, part: blocks.Table, width: float) -> Flowable:
        styles = self._styles
        rows = [
            [[self.words(plain(head), styles.head_cell)] for head in part.header],
            *([[self.words(piece, styles.cell) for piece in pieces(cell)] for cell in row] for row in part.rows),
        ]
        total = sum(part.widths)
        look = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, 0), 1.2, ACCENT),
            ("LINEBELOW", (0, 1), (-1, -1), 0.6, HAIRLINE),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 10),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
        ]
        return self._grid(rows, tuple(width * share / total for share in part.widths), look, repeated=1)

    def _notice(self, part: blocks.Notice, width: float) -> Flowable:
        styles = self._styles
        colour, tint = (MISSING, MISSING_TINT) if part.tone is Tone.MISSING else (ACCENT, TINT)
        inside: list[Flowable] = [self.words(plain(part.title), styles.notice_title)]
        for piece in part.body:
            match piece:
                case blocks.Paragraph(words=words):
                    inside += [self.words(words, styles.notice) for words in pieces(words)]
                case _:
                    inside += self._items(piece, styles.notice_item)
        look = [
            ("BACKGROUND", (0, 0), (-1, -1), tint),
            ("LINEBEFORE", (0, 0), (0, -1), 3, colour),
            ("LEFTPADDING", (0, 0), (-1, -1), 14),
            ("RIGHTPADDING", (0, 0), (-1, -1), 12),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ("TOPPADDING", (0, 0), (-1, 0), 9),
            ("BOTTOMPADDING", (0, -1), (-1, -1), 11),
        ]
        return self._grid([[flowable] for flowable in inside], (width,), look)

    def _grid(
        self,
        rows: Sequence[Sequence[object]],
        widths: tuple[float, ...],
        look: list[tuple[object, ...]],
        *,
        repeated: int = 0,
    ) -> Flowable:
        # The cells hold paragraphs; a table sets its own font all the same, and Helvetica where it is told none.
        font = ("FONTNAME", (0, 0), (-1, -1), self._styles.cell.fontName)
        return Grid(
            rows,
            colWidths=widths,
            style=[font, *look],
            repeatRows=repeated,
            splitByRow=1,
            splitInRow=_ROW_LEAST,
            hAlign="RIGHT",  # a table within a labelled group stands under its words
            spaceBefore=2,
            spaceAfter=10,
        )


def _spaced(flowables: Iterable[Flowable]) -> list[Flowable]:
    """Return flowables with more white below the last: white of its own, for a spacer would also open a page."""
    found = list(flowables)
    for last in found[-1:]:
        last.spaceAfter = last.getSpaceAfter() + _AFTER
    return found


def _picture(data: bytes, width: float) -> Flowable:
    picture = Image(BytesIO(data))
    scale = min(width / picture.imageWidth, _FIGURE_TALLEST / picture.imageHeight)
    picture.drawWidth, picture.drawHeight = picture.imageWidth * scale, picture.imageHeight * scale
    picture.hAlign = "LEFT"
    return picture
