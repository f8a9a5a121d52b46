"""ReportLab's flowables as a paper needs them: words without mark-up, headings with an outline.

ReportLab measures a paragraph again each time it is placed; `WordsFlow` remembers, which halves the time of a plan.
"""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Paragraph, Spacer, Table
from reportlab.platypus.doctemplate import FrameBreak
from reportlab.platypus.paraparser import ParaFrag

from .styles import ACCENT, COLUMN_HEIGHT, HAIRLINE

_ENDLESS = 1e7
_TALL = COLUMN_HEIGHT * 0.4
"""A row taller than this may be split between two pages; any other goes whole to the next."""
_LINES = 3
"""Lines of a paragraph that stand together below a heading."""
_COMPANY = 2
"""Rows that stand together on each side of a split."""


class WordsFlow(Paragraph):  # type: ignore[misc]  # ReportLab has no types
    """A paragraph made of ready fragments: nothing in the words can be taken for mark-up, because none is read."""

    _measured: float = -1.0

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """Return width and height, breaking lines only when the width has changed."""
        if self._measured == avail_width and hasattr(self, "blPara"):
            return self.width, self.height
        size: tuple[float, float] = super().wrap(avail_width, avail_height)
        self._measured = avail_width
        return size


class HeadingFlow(WordsFlow):
    """A heading that stands in the outline of the PDF; a section's heading has a hairline above it."""

    def __init__(
        self,
        text: str | None,
        style: object = None,
        bulletText: str | None = None,  # noqa: N803  the name is ReportLab's, whose split() makes copies by it
        frags: Sequence[ParaFrag] | None = None,
        *,
        title: str = "",
        level: int = 0,
    ) -> None:
        super().__init__(text, style, bulletText=bulletText, frags=frags)
        self._title = title
        self._level = level

    def draw(self) -> None:
        """Draw the words, and enter them in the outline."""
        canvas = self.canv
        if self._title:
            key = f"h{canvas.getPageNumber()}-{len(canvas.headings)}"
            canvas.headings.append(key)
            canvas.bookmarkHorizontal(key, 0, self.height + 12)
            # A paper may begin below level 1; ReportLab's outline may not.
            canvas.outline_level = min(self._level, canvas.outline_level + 1)
            canvas.addOutlineEntry(self._title, key, canvas.outline_level, closed=self._level > 0)
        if self._level == 1:
            canvas.saveState()
            canvas.setStrokeColor(HAIRLINE)
            canvas.setLineWidth(0.8)
            canvas.line(0, self.height + 9, self.width, self.height + 9)
            canvas.setStrokeColor(ACCENT)
            canvas.setLineWidth(2.4)
            canvas.line(0, self.height + 9, 40, self.height + 9)
            canvas.restoreState()
        super().draw()


class Lead(Spacer):  # type: ignore[misc]  # ReportLab has no types
    """A new page unless headings and the matter that they lead have room: the whole of it, or else its opening.

    Only matter up to `most` points is kept whole, and only where no more than `gap` points are left empty for it.
    """

    locChanger = 1  # noqa: N815  ReportLab asks for it by this name
    _SPACETRANSFER = True  # the white above and below is that of its neighbours

    def __init__(self, heads: Sequence[Flowable], matter: Sequence[Flowable], *, most: float, gap: float) -> None:
        super().__init__(0, 0)
        self._heads = tuple(heads)
        self._matter = tuple(matter)
        self._most = most
        self._gap = gap

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """Take no room; break the page where too little is left."""
        heads = sum(_height(flowable, avail_width) for flowable in self._heads)
        whole = heads + sum(_height(flowable, avail_width) for flowable in self._matter) if self._most else 0.0
        opening = heads + sum(_opening(flowable, avail_width) for flowable in self._matter[:1])
        parted = whole <= self._most and avail_height < min(whole, self._gap)
        if avail_height < opening or parted:
            self._doctemplateAttr("frame").add_generated_content(FrameBreak)
        return 0.0, 0.0


class Grid(Table):  # type: ignore[misc]  # ReportLab has no types
    """A table that splits between rows, and within a row only where the row is a large part of a page."""

    _measured: float = -1.0

    def _calc(self, avail_width: float, avail_height: float) -> None:
        """Measure the rows, once for a width: no row here is as high as the page lets it be."""
        if self._measured != avail_width:
            super()._calc(avail_width, avail_height)
            self._measured = avail_width

    def heights(self, avail_width: float) -> list[float]:
        """Return the height of every row at a width."""
        self._calc(avail_width, _ENDLESS)
        found: list[float] = self._rowHeights
        return found

    def split(self, avail_width: float, avail_height: float) -> list[Flowable]:
        """Return the part that fits and the rest; nothing where the next row is to begin on the next page."""
        heights = self.heights(avail_width)
        fitting = 0
        taken = 0.0
        while fitting < len(heights) and taken + heights[fitting] <= avail_height:
            taken += heights[fitting]
            fitting += 1
        if fitting == len(heights):
            return [self]
        fresh = avail_height > COLUMN_HEIGHT - 1
        if heights[fitting] > _TALL:
            within: list[Flowable] = self._splitRows(avail_height, doInRowSplit=True)
            if within:
                return within
        elif fitting < _COMPANY and not fresh:
            return []
        elif fitting == len(heights) - 1 and fitting > _COMPANY:
            avail_height = taken - 1  # the last row is given company on the next page
        parts: list[Flowable] = self._splitRows(avail_height, doInRowSplit=False)
        if not parts and fresh:
            # ReportLab parts no row of which too little would be left over: part it higher up.
            parts = self._splitRows(avail_height - 2 * self.splitInRow, doInRowSplit=True)
        return parts


def _height(flowable: Flowable, width: float) -> float:
    """Return what a flowable takes of a column, its white above and below included."""
    taken: float = flowable.wrap(width, _ENDLESS)[1] + flowable.getSpaceBefore() + flowable.getSpaceAfter()
    return taken


def _opening(flowable: Flowable, width: float) -> float:
    """Return the least part of a flowable that may stand alone at the foot of a page."""
    match flowable:
        case Grid():
            rows: float = sum(min(height, _TALL) for height in flowable.heights(width)[:_COMPANY])
            return rows
        case WordsFlow():
            lines: float = _LINES * flowable.style.leading
            return min(_height(flowable, width), lines)
        case _:
            return _height(flowable, width)
