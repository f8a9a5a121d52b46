"""Lists as people save them: encodings, delimiters, sheets, and files that are none."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from send_desk.readers.limits import Limits
from send_desk.readers.tables import read_tables
from send_desk.readers.workbook import read_workbook

ROWS = ((1, ("Name", "Town")), (2, ("Zoë", "Bakewell")), (3, ("Seán “Jack”", "Ashbourne")))
LINES = "Name,Town\r\nZoë,Bakewell\r\nSeán “Jack”,Ashbourne\r\n"


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_encoding(coding: str) -> None:
    (table,) = read_tables(LINES.encode(coding), "list.csv")
    assert (table.rows, table.problem, table.name) == (ROWS, "", "list.csv")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_every_usual_delimiter(mark: str) -> None:
    lines = LINES.replace(",", mark).replace("Bakewell", '"Bakewell, Derbyshire; Peak\tDistrict"')
    (table,) = read_tables(lines.encode(), "list.csv")
    assert [len(row) for _, row in table.rows] == [2, 2, 2]


def test_the_delimiter_may_be_told() -> None:
    (table,) = read_tables(b"sep=|\r\nA|B\r\n1,5|2,5\r\n", "list.csv")
    assert table.rows == ((2, ("A", "B")), (3, ("1,5", "2,5")))


def test_a_title_above_the_table_does_not_mislead() -> None:
    (table,) = read_tables(b"Children with plans, at 1 June 2026, draft, not for sharing\nA;B\n1;2\n3;4\n", "list.csv")
    assert table.rows[1:] == ((2, ("A", "B")), (3, ("1", "2")), (4, ("3", "4")))


def test_empty_rows_and_cells_and_line_ends_within_quotes() -> None:
    (table,) = read_tables(b'A,B,,\n\n"one\r\ntwo",,\n,,\n', "list.csv")
    assert table.rows == ((1, ("A", "B")), (3, ("one\ntwo",)))


def test_control_characters_are_left_out() -> None:
    (table,) = read_tables(b"A,B\nx\x00y,z\x07\n", "list.csv")
    assert table.rows[1] == (2, ("xy", "z"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"A,B\n\x81\x8d\xff\n", "not text in UTF-8, UTF-16 or Windows-1252"),
        ("A\n1".encode("utf-16-le") + b"\x00", "not text"),
        (b"A,B\n" + b"x" * 1_000_001 + b",1\n", "cannot be read as a table"),
    ],
)
def test_a_csv_that_is_none(data: bytes, said: str) -> None:
    (table,) = read_tables(data, "list.csv")
    assert table.rows == ()
    assert said in table.problem


def test_a_workbook_with_two_sheets(workbook) -> None:
    data = workbook(
        List_1=[
            ["Unique ID", "Date of birth"],
            ["A1", date(2015, 3, 1)],
            [],
            [7.0, datetime.fromisoformat("2015-03-01T08:30")],
        ],
        Empty=[],
        List_2=[["x", None, "y", None], [True, False, 1.5], [time(8, 30), "=1+1", "a\nb"]],
    )
    first, second = read_tables(data, "lists.xlsx")
    assert first.name == "lists.xlsx, sheet List_1"
    assert first.rows == (
        (1, ("Unique ID", "Date of birth")),
        (2, ("A1", "2015-03-01")),
        (4, ("7", "2015-03-01T08:30:00")),
    )
    # A formula that no spreadsheet has worked out has no value.
    assert second.rows == ((1, ("x", "", "y")), (2, ("true", "false", "1.5")), (3, ("08:30:00", "", "a\nb")))


def test_a_workbook_is_known_by_its_bytes(workbook) -> None:
    assert read_tables(workbook(S=[["A"]]), "list.csv")[0].rows == ((1, ("A",)),)


def _damaged() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<not-xml")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Name,Town\n", "not an Excel workbook, whatever its name says"),
        (b"", "not an Excel workbook"),
        (b"PK\x03\x04torn", "not an Excel workbook, or it would unpack"),
        (b"\xd0\xcf\x11\xe0 old", "older Excel file (.xls) or protected"),
        (_damaged(), "it is damaged"),
    ],
)
def test_an_xlsx_that_is_none(data: bytes, said: str) -> None:
    (table,) = read_tables(data, "list.xlsx")
    assert table.rows == ()
    assert "list.xlsx" not in table.problem  # whoever tells it names the file
    assert said in table.problem


def test_a_workbook_of_empty_sheets(workbook) -> None:
    (table,) = read_tables(workbook(S=[]), "list.xlsx")
    assert table.problem == "it holds no rows"


def test_a_workbook_that_takes_too_long(workbook) -> None:
    (table,) = read_tables(workbook(S=[["A"]]), "list.xlsx", limits=Limits(seconds=0.001))
    assert "longer than" in table.problem


def test_a_workbook_with_more_cells_than_any_list(monkeypatch, workbook) -> None:
    monkeypatch.setattr("send_desk.readers.workbook.MOST_CELLS", 5)
    assert "more cells" in read_workbook(workbook(S=[["A", "B"], ["C", "D"]]))[1]


def test_entities_of_a_hostile_workbook_are_not_unfolded(workbook) -> None:
    data = workbook(S=[["A"]])
    out = io.BytesIO()
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {two} "{f"&{one};" * 10}">' for one, two in zip("abcdefgh", "bcdefghi", strict=True))
        + '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets>&i;</sheets></workbook>'
    )
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.namelist():
            target.writestr(member, bomb if member == "xl/workbook.xml" else source.read(member))
    assert read_workbook(out.getvalue()) == ([], "it is damaged")


def test_ten_thousand_rows_come_whole() -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("List_1")
    for number in range(10_000):
        sheet.append([f"U{number}", date(2015, 1, 1)])
    out = io.BytesIO()
    book.save(out)
    (table,) = read_tables(out.getvalue(), "list.xlsx")
    assert len(table.rows) == 10_000
    assert table.rows[-1] == (10_000, ("U9999", "2015-01-01"))
