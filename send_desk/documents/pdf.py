"""The door to the PDF writer; ReportLab is imported when the first paper is written, not before."""

from dataclasses import dataclass
from pathlib import Path

from .blocks import Document


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper as bytes: how many pages, its SHA-256 in hexadecimal, and which characters the typeface could not show.

    `replaced` holds each character once, in the order met; on the page its name stands in square brackets instead.
    """

    data: bytes
    pages: int
    sha256: str
    replaced: tuple[str, ...] = ()


def write_pdf(document: Document, resources: Path) -> Printed:
    """Set a paper on A4 pages, equal papers to equal bytes; `resources` holds the folder `fonts`. Writes no file."""
    from .pdf_story import set_pages  # ReportLab costs a third of a second: it is paid at the first print

    return set_pages(document, resources / "fonts")
