"""Pages of a PDF as pictures, drawn in memory on the worker; nothing is written to the disk."""

from __future__ import annotations

from PySide6.QtGui import QImage

from send_desk.domain.errors import Cannot

_MOST = 4_000
"""The longest side of a picture in pixels; a page that is a poster is drawn smaller."""


def is_pdf(content: bytes) -> bool:
    """Tell whether the bytes are a PDF: its mark stands within the first kilobyte (ISO 32000-1, annex H)."""
    return b"%PDF-" in content[:1024]


def page_picture(content: bytes, page: int, width: int) -> tuple[QImage, int]:
    """Return one page (from 0) as wide as `width` pixels, and how many pages there are."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
        drawn = document[max(0, min(page, count - 1))]
        across, down = drawn.get_size()
        scale = min(width / max(1.0, across), _MOST / max(1.0, across, down))
        bitmap = drawn.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
    except pypdfium2.PdfiumError:
        raise Cannot("This page cannot be shown as a picture. Its text, where it was read, is still here.") from None
    picture = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888)
    return picture.copy(), count
