"""The furniture of every page: the watermark behind the words, the line at the foot, "page 3 of 18".

What is the same on every page is drawn once, as a form, and shown by its name. Each page's number is a form too, drawn
at the end, when the count is known: no second pass, and no page is held back in memory.
"""

from collections.abc import Sequence
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from send_desk.domain.text import Style

from .blocks import Document
from .flowables import WordsFlow
from .styles import (
    COLUMN,
    COLUMN_HEIGHT,
    HAIRLINE,
    MARGIN_FOOT,
    MARGIN_SIDE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    QUIET,
    WATERMARK,
    Styles,
)

_FOOT_TOP = MARGIN_FOOT - 26
_NUMBER_ROOM = 110.0
_WATERMARK_SIZE = 150


class PageCanvas(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """A canvas that adds the furniture of a paper to each page."""

    def furnish(self, document: Document, styles: Styles, foot: WordsFlow) -> None:
        """Say, before the first page, what stands on every page."""
        self.headings: list[str] = []
        self.outline_level = -1
        self._page_pattern = document.furniture.page
        self._fonts = styles.fonts
        self._watermark = document.furniture.watermark
        self._foot = foot
        self._foot_style = styles.foot

    def begin_page(self) -> None:
        """Place the furniture, before the words, so that it lies behind them."""
        if self.getPageNumber() == 1:
            self._draw_watermark()
            self._draw_foot()
        self.doForm("watermark")
        self.doForm("foot")
        self.doForm(f"page-{self.getPageNumber()}")

    def save(self) -> None:
        """Write the file, the page numbers last."""
        count = self.getPageNumber() - 1
        for number in range(1, count + 1):
            self.beginForm(f"page-{number}")
            self.setFont(self._fonts.faces[Style.PLAIN], self._foot_style.fontSize)
            self.setFillColor(QUIET)
            words = self._page_pattern.format(number=number, count=count)
            self.drawRightString(PAGE_WIDTH - MARGIN_SIDE, _FOOT_TOP - self._foot_style.leading, words)
            self.endForm()
        super().save()

    def _draw_watermark(self) -> None:
        self.beginForm("watermark")
        self.setFont(self._fonts.faces[Style.STRONG], _WATERMARK_SIZE)
        self.setFillColor(WATERMARK)
        self.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        self.rotate(52)
        self.drawCentredString(0, -_WATERMARK_SIZE / 3, self._watermark)
        self.endForm()

    def _draw_foot(self) -> None:
        self.beginForm("foot")
        self.setStrokeColor(HAIRLINE)
        self.setLineWidth(0.8)
        self.line(MARGIN_SIDE, _FOOT_TOP, PAGE_WIDTH - MARGIN_SIDE, _FOOT_TOP)
        _, height = self._foot.wrapOn(self, COLUMN - _NUMBER_ROOM, MARGIN_FOOT)
        self._foot.drawOn(self, MARGIN_SIDE, _FOOT_TOP - 3 - height)
        self.endForm()


def build_pages(document: Document, styles: Styles, story: Sequence[Flowable], foot: WordsFlow) -> tuple[bytes, int]:
    """Return the PDF of a story and its number of pages."""
    out = BytesIO()
    template = BaseDocTemplate(
        out,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        title=document.title,
        author=document.author,
        creator="SEND Desk",
        lang=document.language,
        invariant=1,
        pageCompression=1,
    )
    frame = Frame(MARGIN_SIDE, MARGIN_FOOT, COLUMN, COLUMN_HEIGHT, 0, 0, 0, 0, id="words")
    template.addPageTemplates(PageTemplate("page", [frame], onPage=lambda canvas, _: canvas.begin_page()))

    def make_canvas(*arguments: object, **named: object) -> PageCanvas:
        # Without a first font of ours ReportLab names Helvetica, which no file of it embeds.
        canvas = PageCanvas(*arguments, **{**named, "initialFontName": styles.fonts.faces[Style.PLAIN]})
        canvas.furnish(document, styles, foot)
        canvas.showOutline()
        return canvas

    template.build(list(story), canvasmaker=make_canvas)
    return out.getvalue(), template.page
