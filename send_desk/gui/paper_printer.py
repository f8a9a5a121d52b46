"""A draft on paper: its pages drawn for the printer one by one on the worker, with room for other work between them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from send_desk.domain.errors import Cannot
from send_desk.gui.jobs import Jobs
from send_desk.gui.pdf_pages import PdfPages

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_DOTS_PER_INCH = 200


def has_printer() -> bool:
    """Whether this computer knows a printer; it may ask the print service, so it runs on the worker."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())


def ask_for_printer(parent: QWidget) -> QPrinter | None:
    """Ask with the system's own dialogue; None where the person thinks better of it."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


class PaperPrinter:
    """One printing; `done` or `failed` is called on the GUI thread at its end."""

    def __init__(
        self,
        jobs: Jobs,
        content: bytes,
        printer: QPrinter,
        *,
        done: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._jobs, self._content, self._printer = jobs, content, printer
        self._done, self._failed = done, failed
        self._pages: PdfPages | None = None
        self._painter: QPainter | None = None

    def start(self) -> None:
        """Begin with the first page."""
        self._jobs.submit(self._begin, self._next, self._fail)

    def _begin(self) -> tuple[int, int]:
        self._printer.setFullPage(True)
        self._printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        self._pages = PdfPages(self._content)
        self._painter = QPainter()
        if not self._painter.begin(self._printer):
            raise Cannot("The printer did not take the draft. Nothing was printed; you can save it as a PDF instead.")
        return 0, len(self._pages.sizes())

    def _next(self, at: tuple[int, int]) -> None:
        number, count = at
        if number == count:
            self._jobs.submit(self._end, lambda _: self._done(), self._fail)
        else:
            self._jobs.submit(partial(self._page, number, count), self._next, self._fail)

    def _page(self, number: int, count: int) -> tuple[int, int]:
        if self._pages is None or self._painter is None:
            raise RuntimeError("pages are drawn between begin and end")
        if number and not self._printer.newPage():
            raise Cannot(f"The printer stopped after page {number}. The draft is as it was; please print it again.")
        image = self._pages.at_resolution(number, _DOTS_PER_INCH)
        sheet = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        place = QRectF(0, 0, sheet.width(), sheet.width() * image.height() / image.width())
        self._painter.drawImage(place, image)
        return number + 1, count

    def _end(self) -> None:
        painter, pages = self._painter, self._pages
        self._painter = self._pages = None
        if painter is not None and painter.isActive():
            painter.end()
        if pages is not None:
            pages.close()

    def _fail(self, error: Exception) -> None:
        self._jobs.submit(self._end, lambda _: self._failed(error), lambda _: self._failed(error))
