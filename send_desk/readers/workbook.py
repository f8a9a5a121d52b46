"""The sheets of an Excel workbook (.xlsx) as rows of words, read by openpyxl in its sparing mode."""

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time

from .archive import parts_of
from .words import clean

MOST_CELLS = 5_000_000
MOST_COLUMNS = 500

Sheet = dict[str, object]


def read_workbook(data: bytes) -> tuple[list[Sheet], str]:
    """Return every sheet that holds something, as its name and its numbered rows, and a remark where it cannot be."""
    if "xl/workbook.xml" not in parts_of(data):
        return [], _what_else(data)
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of drawings and rules it leaves out, which hold no rows
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets = [_sheet(sheet.title, sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
        except OverflowError:
            return [], "it holds more cells than any list of children does"
        except Exception:  # noqa: BLE001  openpyxl raises whatever its parsing meets; the file is damaged either way
            return [], "it is damaged"
    return [sheet for sheet in sheets if sheet["rows"]], ""


def _sheet(title: str, rows: Iterator[tuple[object, ...]]) -> Sheet:
    found: list[tuple[int, list[str]]] = []
    count = 0
    for number, row in enumerate(rows, start=1):
        cells = [_words(cell) for cell in row[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        count += len(cells) + 1
        if count > MOST_CELLS:
            raise OverflowError(count)
        if cells:
            found.append((number, cells))
    return {"sheet": title, "rows": found}


def _words(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case float() if value.is_integer() and abs(value) < 10**15:
            return str(int(value))
        case _:
            return clean(str(value))


def _what_else(data: bytes) -> str:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "it is an older Excel file (.xls) or protected by a password; please save it as .xlsx without one"
    if data.startswith(b"PK"):
        return "it is not an Excel workbook, or it would unpack to more than any list needs"
    return "it is not an Excel workbook, whatever its name says"
