"""Lists of children that are not as they should be: what can be used is used, what cannot is told row by row."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Say = Callable[..., Any]

HEAD = "Unique ID,UPN,Date of birth,Gender,SEN primary need"


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("holiday.txt", "no workbook")
    return out.getvalue()


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_list_is_read_in_whatever_encoding_it_comes(say: Say, tmp_path: Path, coding: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(f"{HEAD}\r\nZoë-é,,04/05/2016,F,ASD\r\n".encode(coding))
    assert say("import-cases", file).data["made"] == 1
    assert [case["reference"] for case in say("cases").data["cases"]] == ["Zoë-é"]


def test_columns_may_stand_in_any_order_and_be_parted_by_semicolons(say: Say, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("SEN primary need;date of BIRTH;UPN;unique  id\nASD;04/05/2016;;U1\n", encoding="utf-8")
    assert say("import-cases", file).data == {"made": 1, "changed": 0, "same": 0, "refused": []}
    assert say("cases").data["cases"][0]["born"] == "2016-05-04"


BAD = {
    "a column twice": ("list.csv", b"Unique ID,Unique ID,Date of birth\nU1,U2,04/05/2016\n", "is there twice"),
    "columns missing": ("list.csv", b"UPN,Gender\nH801200001001,F\n", "lacks the column"),
    "other columns": ("list.csv", b"a,b\n1,2\n", "not those of a list that is known"),
    "nothing": ("list.csv", b"", "it is empty"),
    "noise": ("list.csv", b"\x81\x8d\x8f\x90\x9d" * 400, "is not text"),
    "a workbook that is none": ("list.xlsx", b"Dear colleague", "is not an Excel workbook"),
    "a zip that is no workbook": ("list.xlsx", _zip(), "is not an Excel workbook"),
    "a broken zip": ("list.xlsx", b"PK\x03\x04 and then nothing", "is not an Excel workbook"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_list_that_cannot_be_used_is_refused_in_words(say: Say, tmp_path: Path, what: str) -> None:
    name, content, words = BAD[what]
    (tmp_path / name).write_bytes(content)
    for dry in ((), ("--dry-run",)):
        said = say("import-cases", tmp_path / name, *dry)
        assert said.status in (1, 2)
        assert words in said.err
        assert "Nothing was changed" in said.err
    assert say("cases").data["cases"] == []


def test_a_bad_row_never_stops_a_good_one_and_says_why(say: Say, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    rows = ["G1,,04/05/2016,F,ASD", "B1,,nonsense,F,ASD", "B2,,2099-01-01,F,ASD", "G2,,2015-03-01,M,SLCN", ",,,,"]
    file.write_text("\n".join([HEAD, *rows, "G3,,04/05/2016\n"]), encoding="utf-8")
    said = say("import-cases", file)
    assert said.data["made"] == 3
    assert [row["row"] for row in said.data["refused"]] == [3, 4]
    assert all(row["reason"] for row in said.data["refused"])
    again = say("import-cases", file).data
    assert (again["made"], again["changed"], again["same"]) == (0, 0, 3)
