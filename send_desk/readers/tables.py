"""The tables of a list that somebody hands over: CSV in whatever encoding, or the sheets of a workbook."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import cast

from send_desk.services.tables import Row, Table

from .child import ask
from .limits import Limits
from .words import clean

_DELIMITERS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_LONGEST_CELL = 1_000_000


def read_tables(data: bytes, name: str, *, limits: Limits | None = None) -> tuple[Table, ...]:
    """Return the tables of a file; one that cannot be read comes as a table without rows that says why."""
    zipped = data.startswith((b"PK", b"\xd0\xcf\x11\xe0"))
    if zipped or PurePath(name).suffix.lower() in (".xlsx", ".xlsm", ".xls"):
        return _workbook(data, name, limits)
    return (_csv(data, name),)


def _workbook(data: bytes, name: str, limits: Limits | None) -> tuple[Table, ...]:
    answer = ask("tables", data, name, limits=limits)
    if problem := answer.get("problem"):
        return (Table(name, problem=str(problem)),)
    sheets = cast("list[Mapping[str, object]]", answer["sheets"])
    if not sheets:
        return (Table(name, problem="it holds no rows"),)
    return tuple(Table(name, _numbered(sheet["rows"]), str(sheet["sheet"])) for sheet in sheets)


def _numbered(rows: object) -> tuple[Row, ...]:
    found = cast("list[tuple[int, list[str]]]", rows)
    return tuple((number, tuple(cells)) for number, cells in found)


def _csv(data: bytes, name: str) -> Table:
    words = _decoded(data)
    if words is None:
        return Table(name, problem="it is not text in UTF-8, UTF-16 or Windows-1252")
    if not words.strip():
        return Table(name, problem="it is empty")
    told = _SEPARATOR_LINE.match(words)
    delimiter = told[1] if told else _delimiter(words)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        # Without `strict`, a quotation mark inside a cell is a mark like any other, as spreadsheets take it.
        rows = tuple(_rows(csv.reader(io.StringIO(words, newline=""), delimiter=delimiter)))
    except csv.Error as error:
        return Table(name, problem=f"it cannot be read as a table ({error})")
    return Table(name, rows[1:] if told else rows)


def _rows(reader: Iterator[list[str]]) -> Iterator[Row]:
    for number, row in enumerate(reader, start=1):
        # A register of 50,000 schools has seven million cells, nearly all of them plain.
        cells = [cell.strip() if cell.isprintable() else clean(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, tuple(cells)


def _decoded(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        codings = ["utf-16"]
    elif data[1:2] == b"\0":
        codings = ["utf-16-le"]
    elif data[:1] == b"\0":
        codings = ["utf-16-be"]
    else:
        codings = ["utf-8-sig", "cp1252"]
    for coding in codings:
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    return None


def _delimiter(words: str) -> str:
    """The mark that parts the most cells in the first rows, by their fewest in any row that has more than one cell."""
    lines = [line for line in words[:65_536].splitlines()[:20] if line.strip()]
    return max(_DELIMITERS, key=lambda mark: (_columns(lines, mark), -_DELIMITERS.index(mark)))


def _columns(lines: list[str], mark: str) -> int:
    # The median, because a title above the table has no marks and an address in it has many.
    counts = sorted(len(row) for row in csv.reader(lines, delimiter=mark))
    return counts[len(counts) // 2] if counts else 0
