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
            canvas.addOutlineEntry(self._title, key, self._level, closed=self._level > 0)
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
    """A new page unless what follows has room: all of it, or `least` points if it is longer than `most`.

    No more than `gap` points are left empty for its sake.
    """

    locChanger = 1  # noqa: N815  ReportLab asks for it by this name

    def __init__(self, flowables: Sequence[Flowable], *, least: float, most: float, gap: float = _ENDLESS) -> None:
        super().__init__(0, 0)
        self._followers = tuple(flowables)
        self._least = least
        self._most = most
        self._gap = gap

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """Take no room; break the page where too little is left."""
        needed = 0.0
        for flowable in self._followers:
            needed += flowable.wrap(avail_width, _ENDLESS)[1] + flowable.getSpaceBefore() + flowable.getSpaceAfter()
            if needed > self._most:
                needed = self._least
                break
        if avail_height < min(needed, self._gap):
            self._doctemplateAttr("frame").add_generated_content(FrameBreak)
        return 0.0, 0.0


class Grid(Table):  # type: ignore[misc]  # ReportLab has no types
    """A table that splits between rows, and within a row only where the row is a large part of a page."""

    def split(self, avail_width: float, avail_height: float) -> list[Flowable]:
        """Return the part that fits and the rest; nothing where the next row is to begin on the next page."""
        self._calc(avail_width, avail_height)
        room = avail_height
        for height in self._rowHeights:
            room -= height
            if room < 0:
                parts: list[Flowable] = self._splitRows(avail_height, doInRowSplit=height > _TALL)
                return parts
        return [self]
