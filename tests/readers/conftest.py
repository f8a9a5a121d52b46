"""Real papers and lists, made afresh by the libraries that people's programs use."""

import io
from collections.abc import Callable

import docx
import openpyxl
import pytest
from docx.enum.text import WD_BREAK
from reportlab.pdfgen.canvas import Canvas


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    """Make a PDF with these words on its pages."""

    def make(*pages: str, password: str | None = None) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, encrypt=password)
        for page in pages:
            for number, line in enumerate(page.split("\n")):
                canvas.drawString(60, 780 - 16 * number, line)
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    return make


@pytest.fixture
def word() -> Callable[..., bytes]:
    """Make a Word document: a string is a paragraph, a list of rows a table, None a page break."""

    def make(*blocks: str | list[list[str]] | None) -> bytes:
        document = docx.Document()
        for block in blocks:
            match block:
                case None:
                    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
                case str():
                    document.add_paragraph(block)
                case rows:
                    table = document.add_table(len(rows), len(rows[0]))
                    for r, row in enumerate(rows):
                        for c, cell in enumerate(row):
                            table.cell(r, c).text = cell
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return make


@pytest.fixture
def workbook() -> Callable[..., bytes]:
    """Make an Excel workbook of these sheets."""

    def make(**sheets: list[list[object]]) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return make
