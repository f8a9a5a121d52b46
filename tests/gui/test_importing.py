"""Lists come in through Settings: looked at row by row, columns said, brought in, stopped; the registers too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from send_desk.gui.import_part import ImportPart
from send_desk.gui.import_work import Kind

from .test_names import check, patterns

if TYPE_CHECKING:
    from tests.gui.conftest import Shell, StallWatch

HEADS = "Reference,First name,Surname,DOB"


@pytest.fixture
def part(shell: Shell, qtbot: QtBot) -> Iterator[ImportPart]:
    shell.desk.go("settings")
    qtbot.waitUntil(lambda: shell.desk.findChild(QPushButton, "settings.backup") is not None, timeout=20_000)
    shell.settle(qtbot)
    found = shell.desk.findChild(ImportPart)
    assert found is not None
    yield found


def file(folder: Path, *lines: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def press(shell: Shell, qtbot: QtBot, name: str) -> None:
    button = shell.find(name)
    assert isinstance(button, QAbstractButton)
    assert button.isVisible()
    button.click()
    shell.settle(qtbot)


def rows(shell: Shell) -> list[list[str]]:
    table = shell.find("settings.import.rows")
    assert isinstance(table, QTableView)
    model = table.model()
    return [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]


def choose(shell: Shell, name: str, words: str) -> None:
    box = shell.find(name)
    assert isinstance(box, QComboBox)
    at = next(at for at in range(box.count()) if box.itemText(at).startswith(words))
    box.setCurrentIndex(at)
    box.activated.emit(at)


def said(shell: Shell) -> str:
    return shell.find("settings.import.message").accessibleName()


def references(shell: Shell) -> set[str]:
    return {one.reference for one in shell.session.desk.store.identities()}


def test_every_row_is_seen_before_anything_is_written(
    shell: Shell, part: ImportPart, qtbot: QtBot, tmp_path: Path
) -> None:
    before = references(shell)
    known = shell.desk.lines.shown.rows.rows[0].line
    lines = ("N-1,Noor,Haddad,2016-05-04", "N-2,Ben,Ashby,31/02/2015", f"{known.reference},,,{known.born}")
    part.take(Kind.CASES, [file(tmp_path, HEADS, *lines)])
    shell.settle(qtbot)
    assert rows(shell) == [["3", "Refused", "N-2", "Date of birth: 31/02/2015 is not a day of the calendar"]]
    choose(shell, "settings.import.show", "All rows (3)")
    assert [row[:3] for row in rows(shell)] == [
        ["2", "New", "N-1"],
        ["3", "Refused", "N-2"],
        ["4", "The same", known.reference],
    ]
    check(shell.window, patterns())
    assert references(shell) == before
    go = shell.find("settings.import.go")
    assert isinstance(go, QPushButton)
    assert go.text() == "Bring in 1 case"
    press(shell, qtbot, "settings.import.go")
    assert references(shell) == {*before, "N-1"}
    assert said(shell) == "1 case made, 0 cases changed, 1 the same. 1 row was refused."
    assert not go.isVisible()


def test_columns_that_nobody_knows_are_said_once_and_remembered(
    shell: Shell, part: ImportPart, qtbot: QtBot, tmp_path: Path
) -> None:
    heads = "File no,Given,Family,Birthday,Shoe size"
    part.take(Kind.CASES, [file(tmp_path, heads, "N-7,Noor,Haddad,2016-05-04,33")])
    shell.settle(qtbot)
    assert not shell.find("settings.import.go").isVisible()
    check(shell.window, patterns())
    for column, field in enumerate(("Reference", "First name", "Surname", "Date of birth"), start=1):
        choose(shell, f"settings.import.column.1.{column}", field)
    choose(shell, "settings.import.column.1.5", "Date of birth")
    press(shell, qtbot, "settings.import.map")
    assert not shell.find("settings.import.go").isVisible(), "two columns hold the same"
    choose(shell, "settings.import.column.1.5", "Kept with the case")
    press(shell, qtbot, "settings.import.map")
    press(shell, qtbot, "settings.import.go")
    assert "N-7" in references(shell)
    part.take(Kind.CASES, [file(tmp_path, heads, "N-8,Ben,Ashby,2015-05-04,30")])
    shell.settle(qtbot)
    assert rows(shell)[0][1:3] == ["New", "N-8"]
    press(shell, qtbot, "settings.import.away")
    assert "N-8" not in references(shell)


def test_a_long_list_is_stopped_and_what_is_there_is_said(
    shell: Shell, part: ImportPart, qtbot: QtBot, tmp_path: Path, no_stall: StallWatch
) -> None:
    many = [f"N-{number},Noor,Haddad,2016-05-04" for number in range(400)]
    no_stall.rest()
    part.take(Kind.CASES, [file(tmp_path, HEADS, *many)])
    shell.settle(qtbot)
    before = len(references(shell))
    go, stop = shell.find("settings.import.go"), shell.find("settings.import.stop")
    assert isinstance(go, QPushButton)
    assert isinstance(stop, QPushButton)
    go.click()
    assert stop.isVisible()
    stop.click()
    shell.settle(qtbot)
    assert "Stopped" in said(shell)
    assert len(references(shell)) < before + 400


def test_a_file_that_is_none_is_said_and_nothing_is_changed(
    shell: Shell, part: ImportPart, qtbot: QtBot, tmp_path: Path
) -> None:
    torn = tmp_path / "torn.xlsx"
    torn.write_bytes(b"PK\x03\x04 torn")
    part.take(Kind.CASES, [torn])
    shell.settle(qtbot)
    assert "torn.xlsx cannot be used" in said(shell)
    part.take(Kind.REGISTER, [file(tmp_path, "Colour,Size", "red,7")])
    shell.settle(qtbot)
    assert "is not the register of establishments" in said(shell)
    assert shell.faults == []


def test_the_register_and_the_directory_come_in_the_same_way(
    shell: Shell, part: ImportPart, qtbot: QtBot, tmp_path: Path
) -> None:
    register = file(tmp_path, "URN,EstablishmentName", "900001,Hartwell Primary School", name="register.csv")
    part.take(Kind.REGISTER, [register])
    shell.settle(qtbot)
    press(shell, qtbot, "settings.import.go")
    assert said(shell) == "1 place can now be chosen by name."
    directory = file(tmp_path, "Service,Name,Cell", "Paediatrics,Dr Rana,health", "Podiatry,Mr Lee,feet")
    part.take(Kind.DIRECTORY, [directory])
    shell.settle(qtbot)
    assert rows(shell)[0][1] == "Refused"
    press(shell, qtbot, "settings.import.go")
    assert "Dr Rana" in {one.name for one in shell.session.desk.store.directory()}


def test_a_lock_ends_an_import_and_the_window_opens_again(
    shell: Shell, part: ImportPart, qtbot: QtBot, tmp_path: Path
) -> None:
    many = [f"N-{number},Noor,Haddad,2016-05-04" for number in range(300)]
    part.take(Kind.CASES, [file(tmp_path, HEADS, *many)])
    shell.settle(qtbot)
    go = shell.find("settings.import.go")
    assert isinstance(go, QPushButton)
    go.click()
    shell.lock(qtbot)
    shell.unlock(qtbot)
    assert len(references(shell)) < 300
    assert shell.faults == []
