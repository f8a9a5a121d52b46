"""My day: what presses, in order, each line a door to its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from send_desk.domain.summary import DayLine, Errand
from send_desk.gui.places import Page, place_of_hit, place_of_line, read_place
from send_desk.gui.rows import Row
from send_desk.services.ports import Hit

if TYPE_CHECKING:
    from tests.gui.conftest import Shell


def everyone(shell: Shell) -> None:
    chip = shell.find("myday.everyone")
    assert isinstance(chip, QPushButton)
    chip.click()


def rows(shell: Shell, errand: Errand) -> list[Row]:
    return [
        row
        for row in shell.desk.findChildren(Row)
        if row.objectName().startswith(f"myday.{errand}.") and row.isVisible()
    ]


def test_every_line_of_my_day_opens_a_place_that_the_window_knows() -> None:
    for place, expected in (
        ("dates", "front/c1/dates"),
        ("register/health", "register/c1/health"),
        ("contacts/k9", "contacts/c1/k9"),
        ("plan", "plan/c1"),
    ):
        found = place_of_line("c1", DayLine(Errand.MUST_ACT, date(2026, 3, 3), "", place))
        assert found == expected
        assert read_place(found).case == "c1"


def test_every_kind_of_hit_opens_a_place() -> None:
    def place(kind: str) -> str:
        return place_of_hit(Hit("c1", "R1", "Ava", kind, "r7", ""))

    assert [place(kind) for kind in ("name", "entry", "advice", "contact")] == [
        "front/c1", "record/c1/r7", "papers/c1/r7", "contacts/c1/r7",
    ]  # fmt: skip
    assert read_place("record/c1/r7").record == "r7"
    assert read_place("record/c1/r7").page is Page.PLAN


def test_an_empty_home_is_told_kindly_how_to_begin(shells: Callable[[Path], Shell], home: Path, qtbot: QtBot) -> None:
    shell = shells(home)
    shell.unlock(qtbot)
    said = " ".join(label.accessibleName() for label in shell.desk.findChildren(QLabel) if label.isVisible())
    assert "There are no cases here yet" in said
    assert "Tuesday 3 March 2026" in said


def test_a_caseworker_sees_her_own_cases_until_she_asks_for_everyones(shell: Shell, qtbot: QtBot) -> None:
    assert [row for errand in Errand for row in rows(shell, errand)] == []
    everyone(shell)
    shown = shell.desk.lines.shown
    for errand in Errand:
        expected = [item for item in shown.everyone if item.line.errand is errand]
        assert len(rows(shell, errand)) == min(len(expected), 8)
    assert any(rows(shell, errand) for errand in Errand)


def test_enter_on_a_line_opens_its_place(shell: Shell, qtbot: QtBot) -> None:
    everyone(shell)
    errand = next(errand for errand in Errand if rows(shell, errand))
    item = next(item for item in shell.desk.lines.shown.everyone if item.line.errand is errand)
    with qtbot.waitSignal(shell.desk.moved, timeout=20_000) as moved:
        QTest.keyClick(rows(shell, errand)[0], Qt.Key.Key_Return)
    assert moved.args == [place_of_line(item.case, item.line)]
    assert shell.desk.place.case == item.case


def test_the_tab_key_walks_the_lines_from_the_first_to_the_last(shell: Shell, qtbot: QtBot) -> None:
    everyone(shell)
    expected = [row for errand in _shown_order(shell) for row in rows(shell, errand)]
    expected[0].setFocus()
    walked: list[QWidget | None] = []
    for _ in range(len(expected) + 5):
        walked.append(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget() or shell.window, Qt.Key.Key_Tab)
    assert [widget for widget in walked if isinstance(widget, Row)][: len(expected)] == expected


def _shown_order(shell: Shell) -> list[Errand]:
    tops = {
        errand: found[0].mapTo(shell.window, found[0].rect().topLeft()).y()
        for errand in Errand
        if (found := rows(shell, errand))
    }
    return sorted(tops, key=tops.__getitem__)


def test_a_new_day_is_met_in_slices_and_the_old_lines_are_shown_meanwhile(
    shells: Callable[[Path], Shell], county_home: Path, qtbot: QtBot
) -> None:
    shell = shells(county_home)
    shell.door.laptop.arguments.today = date(2026, 3, 10)
    progress: list[tuple[int, int]] = []
    outdated: list[int] = []
    shell.session.unlocked.connect(lambda: shell.desk.lines.progressed.connect(lambda *told: progress.append(told)))
    shell.session.unlocked.connect(
        lambda: shell.desk.lines.changed.connect(lambda: outdated.append(shell.desk.lines.shown.outdated))
    )
    shell.unlock(qtbot)
    qtbot.waitUntil(lambda: bool(progress) and progress[-1][0] == progress[-1][1], timeout=20_000)
    assert progress[0] == (0, 12)
    assert len(progress) >= 3
    assert outdated[0] == 12
    assert outdated[-1] == 0
    assert all(line.computed_for == date(2026, 3, 10) for line in shell.session.desk.store.summaries())


def test_midnight_passes_while_the_window_is_open(shell: Shell, qtbot: QtBot) -> None:
    laptop = shell.door.laptop
    laptop.__dict__["clock"] = type(laptop.clock)(date(2026, 3, 4))
    shell.session._desk = laptop.desk_of(shell.door._opened)  # type: ignore[arg-type]  the clock of a desk stands still in tests
    shell.desk._look_at_day()
    qtbot.waitUntil(
        lambda: all(line.computed_for == date(2026, 3, 4) for line in shell.session.desk.store.summaries()),
        timeout=20_000,
    )
    shell.settle(qtbot)
    said = " ".join(label.accessibleName() for label in shell.desk.findChildren(QLabel))
    assert "Wednesday 4 March 2026" in said
