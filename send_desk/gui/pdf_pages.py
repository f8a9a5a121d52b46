"""The pages of a PDF as pictures and words; everything here runs on the worker thread, and one picture at a time."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Any

from PySide6.QtGui import QImage

_POINTS = 72.0


@dataclass(frozen=True, slots=True)
class PageSize:
    """The size of a page in points (72 to the inch)."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as it was drawn: `wide` is in device pixels, `words` is what stands on it, for screen readers."""

    number: int
    wide: int
    image: QImage
    words: str


class PdfPages:
    """A PDF that is held in memory; `close` lets it go."""

    def __init__(self, content: bytes) -> None:
        import pypdfium2

        self._document: Any = pypdfium2.PdfDocument(content)

    def __enter__(self) -> PdfPages:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let the document go; a second call does nothing."""
        document, self._document = self._document, None
        if document is not None:
            document.close()

    def sizes(self) -> tuple[PageSize, ...]:
        """The sizes of all pages, in order."""
        return tuple(PageSize(*self._document.get_page_size(at)) for at in range(len(self._document)))

    def picture(self, number: int, wide: int) -> PagePicture:
        """Draw a page (counted from 0) so many device pixels wide."""
        page = self._document[number]
        try:
            bitmap = page.render(scale=wide / page.get_width(), rev_byteorder=True, prefer_bgrx=True)
            image = QImage(
                bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
            ).copy()
            bitmap.close()
            text = page.get_textpage()
            words = " ".join(text.get_text_bounded().split())
            text.close()
        finally:
            page.close()
        return PagePicture(number, wide, image, words)

    def at_resolution(self, number: int, dots_per_inch: int) -> QImage:
        """Draw a page (counted from 0) for paper."""
        wide = self._document.get_page_size(number)[0] * dots_per_inch / _POINTS
        return self.picture(number, round(wide)).image
