"""The words of a PDF, page by page, by PDFium."""

from .words import clean

MOST_PAGES = 2_000
MOST_WORDS = 20_000_000
"""How many characters are taken in all: more than any advice, less than a laptop's memory."""


def read_pdf(data: bytes) -> tuple[list[str], str]:
    """Return the text of each page and a remark, empty where all is well."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            return [], "it is protected by a password"
        return [], "it is damaged, or not a PDF"
    pages: list[str] = []
    total = 0
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        words = clean(page.get_textpage().get_text_bounded())
        total += len(words)
        if total > MOST_WORDS:
            return pages, f"only its first {number} pages were read: it holds more text than any advice does"
        pages.append(words)
    if len(document) > MOST_PAGES:
        return pages, f"only its first {MOST_PAGES} pages were read"
    if pages and not any(pages):
        return pages, "its pages are pictures, as a scanner makes them, and hold no words"
    return pages, ""
