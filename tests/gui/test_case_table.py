"""The table of cases: what a row says, how rows are sorted and filtered, and how one is opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from send_desk.domain.ids import Cell, State
from send_desk.domain.summary import CaseStage, Summary
from send_desk.gui.case_model import CaseModel
from send_desk.gui.case_rows import CaseRows, Column, Wanted, age_words, case_rows
from send_desk.gui.strip import SIDE
from send_desk.gui.strip_delegate import cell_rects

if TYPE_CHECKING:
    from tests.gui.conftest import Shell

TODAY = date(2026, 3, 3)
ANSWERED = dict.fromkeys(Cell, State.CONTRIBUTES)


def line(name: str, **facts: object) -> Summary:
    plain = Summary(
        case=f"id of {name}",
        reference=f"R-{name}",
        name=name,
        known_as="",
        born=date(2016, 11, 2),
        stage=CaseStage.ASSESSMENT,
        week=5,
        strip=ANSWERED,
        next_rule="ADVICE_IN",
        next_due=TODAY + timedelta(days=20),
        blocks=0,
        warnings=0,
        notes=0,
        owner="Jo Marsh",
    )
    return replace(plain, **facts)  # type: ignore[arg-type]  facts are named in each test


def made(*lines: Summary) -> CaseRows:
    return case_rows(lines, today=TODAY, mine="Jo Marsh", titles={"ADVICE_IN": "Advice is in"})


def names(rows: CaseRows, column: Column, **wish: object) -> list[str]:
    return [rows.rows[at].line.name for at in rows.arranged(column, **wish)]  # type: ignore[arg-type]


def test_an_age_counts_years_and_months_to_the_day() -> None:
    assert age_words(date(2016, 11, 3), TODAY) == "9 y 4 m"
    assert age_words(date(2016, 11, 4), TODAY) == "9 y 3 m"
    assert age_words(date(2016, 3, 3), TODAY) == "10 y 0 m"
    assert age_words(date(2027, 1, 1), TODAY) == ""


def test_names_are_sorted_by_surname_and_then_by_first_names() -> None:
    rows = made(line("Zoe Abel"), line("Ann Young"), line("Bea Abel"))
    assert names(rows, Column.NAME) == ["Bea Abel", "Zoe Abel", "Ann Young"]
    assert names(rows, Column.NAME, falling=True) == ["Ann Young", "Zoe Abel", "Bea Abel"]


@pytest.mark.parametrize("falling", [False, True])
def test_rows_with_nothing_in_the_column_stand_at_the_end_either_way(falling: bool) -> None:
    rows = made(line("Ann Bell", next_due=None), line("Cy Dow", next_due=TODAY), line("Ed Fry", next_due=TODAY))
    assert names(rows, Column.NEXT, falling=falling) == ["Cy Dow", "Ed Fry", "Ann Bell"]


def test_an_older_child_has_the_greater_age() -> None:
    rows = made(line("Ann Bell", born=date(2010, 1, 1)), line("Cy Dow", born=date(2019, 1, 1)))
    assert names(rows, Column.AGE) == ["Cy Dow", "Ann Bell"]


def test_the_most_pressing_findings_and_the_least_answered_come_first() -> None:
    late = {**ANSWERED, Cell.HEALTH: State.OVERDUE}
    rows = made(line("Ann Bell", warnings=9), line("Cy Dow", blocks=1), line("Ed Fry", strip=late))
    assert names(rows, Column.FINDINGS)[0] == "Cy Dow"
    assert names(rows, Column.STRIP)[0] == "Ed Fry"


@pytest.mark.parametrize(
    ("wanted", "facts"),
    [
        (Wanted.MINE, {}),
        (Wanted.MISSING_HEALTH, {"strip": {**ANSWERED, Cell.HEALTH: State.NOT_KNOWN}}),
        (Wanted.MISSING_HEALTH, {"strip": {**ANSWERED, Cell.HEALTH: State.NOT_REQUESTED}}),
        (Wanted.MISSING_SOCIAL_CARE, {"strip": {**ANSWERED, Cell.SOCIAL_CARE: State.OVERDUE}}),
        (Wanted.DUE_THIS_WEEK, {"next_due": TODAY + timedelta(days=7)}),
        (Wanted.OUT_OF_TIME, {"next_due": TODAY - timedelta(days=1)}),
        (Wanted.OUT_OF_TIME, {"week": 21}),
    ],
)
def test_a_chip_finds_what_it_names(wanted: Wanted, facts: dict[str, object]) -> None:
    rows = made(line("Ann Bell", **facts), line("Cy Dow", owner="Li Wu"))
    assert names(rows, Column.NAME, wanted=wanted) == ["Ann Bell"]


@pytest.mark.parametrize(
    ("wanted", "facts"),
    [
        (Wanted.MISSING_HEALTH, {"strip": {**ANSWERED, Cell.HEALTH: State.NO_RELEVANT_NEEDS}}),
        (Wanted.MISSING_HEALTH, {"strip": {**ANSWERED, Cell.HEALTH: State.REUSED}}),
        (Wanted.MISSING_SOCIAL_CARE, {"strip": {**ANSWERED, Cell.SOCIAL_CARE: State.NOT_DUE}}),
        (Wanted.DUE_THIS_WEEK, {"next_due": TODAY + timedelta(days=8)}),
        (Wanted.DUE_THIS_WEEK, {"next_due": TODAY - timedelta(days=1)}),
        (Wanted.OUT_OF_TIME, {"next_due": TODAY, "week": 20}),
        (Wanted.OUT_OF_TIME, {"week": 30, "stage": CaseStage.PLAN_IN_FORCE}),
    ],
)
def test_a_chip_leaves_out_what_is_near_it(wanted: Wanted, facts: dict[str, object]) -> None:
    assert names(made(line("Ann Bell", **facts)), Column.NAME, wanted=wanted) == []


def test_chips_and_words_are_all_asked_for_at_once() -> None:
    rows = made(
        line("Ann Bell", setting="Hartwell Primary"),
        line("Cy Bell", setting="Hartwell Primary", owner="Li Wu"),
        line("Ed Fry", setting="Tarn School"),
    )
    assert names(rows, Column.NAME, words="hart BELL") == ["Ann Bell", "Cy Bell"]
    assert names(rows, Column.NAME, words="hart bell", wanted=Wanted.MINE) == ["Ann Bell"]


@given(
    st.lists(st.integers(min_value=0, max_value=40), max_size=30),
    st.sampled_from(list(Column)),
    st.booleans(),
    st.sampled_from([Wanted.NOTHING, *Wanted]),
)
def test_sorting_loses_and_doubles_no_row_and_filtering_only_takes_away(
    weeks: list[int], column: Column, falling: bool, wanted: Wanted
) -> None:
    rows = made(*(line(f"N{at} S{week}", week=week or None) for at, week in enumerate(weeks)))
    everything = rows.arranged(column, falling=falling)
    assert sorted(everything) == list(range(len(weeks)))
    some = rows.arranged(column, falling=falling, wanted=wanted)
    assert some == [at for at in everything if at in set(some)]


def test_a_row_says_what_it_shows_to_a_screen_reader(qtbot: QtBot) -> None:
    model = CaseModel()
    model.show_rows(made(line("Ava Thorn", known_as="Avie", week=23, blocks=2, warnings=3)))

    def said(column: Column) -> object:
        return model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said(Column.NAME) == "Ava Thorn (Avie)"
    assert said(Column.WEEK) == "week 23, 3 weeks past the limit of 20"
    assert said(Column.FINDINGS) == "2 must be put right, 3 worth a look"
    assert "Health" in str(said(Column.STRIP))
    assert model.index(0, Column.NEXT).data(Qt.ItemDataRole.ToolTipRole) == "Advice is in: by 23 March 2026"


def test_a_date_of_the_law_that_is_past_says_so(qtbot: QtBot) -> None:
    model = CaseModel()
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    model.show_rows(made(line("Ann Bell", next_due=yesterday), line("Cy Dow", next_due=TODAY)))
    late, due = model.index(0, Column.NEXT), model.index(1, Column.NEXT)
    assert (late.data(), due.data()) == ("! 2 March 2026", "3 March 2026")
    assert late.data(Qt.ItemDataRole.AccessibleTextRole) == "2 March 2026, late"
    assert str(late.data(Qt.ItemDataRole.ToolTipRole)).endswith("by 2 March 2026, late")
    model.show_rows(made(line("Ed Fry", next_due=tomorrow)))
    assert model.index(0, Column.NEXT).data() == "4 March 2026"


def test_a_managers_row_says_that_it_is_not_here(qtbot: QtBot) -> None:
    model = CaseModel()
    model.show_rows(made(line("Ava Thorn", full=False)))
    assert "not on this laptop" in str(model.index(0, Column.NAME).data())


@pytest.fixture
def table(shell: Shell, qtbot: QtBot) -> Iterator[QTableView]:
    shell.desk.go("cases")
    shell.settle(qtbot)
    found = shell.find("cases.table")
    assert isinstance(found, QTableView)
    yield found


def test_the_table_shows_every_case_and_a_chip_counts_what_is_left(
    shell: Shell, table: QTableView, qtbot: QtBot
) -> None:
    assert table.model().rowCount() == 12
    chip = shell.find("cases.filter.missing_health")
    assert isinstance(chip, QPushButton)
    chip.click()
    left = table.model().rowCount()
    assert 0 < left < 12
    assert all(
        row.line.strip[Cell.HEALTH] not in (State.CONTRIBUTES, State.NO_RELEVANT_NEEDS)
        for row in (shell.desk.lines.shown.rows.rows[at] for at in range(12))
        if table.model().row_of(row.line.case) >= 0
    )


def test_typing_in_the_table_finds_and_enter_opens(shell: Shell, table: QTableView, qtbot: QtBot) -> None:
    wanted = shell.desk.lines.shown.rows.rows[5].line
    QTest.keyClicks(table, wanted.reference[:1])
    words = shell.find("cases.words")
    assert isinstance(words, QLineEdit)
    assert words.hasFocus()
    QTest.keyClicks(words, wanted.reference[1:])
    assert table.model().rowCount() == 1
    with qtbot.waitSignal(shell.desk.moved, timeout=20_000) as moved:
        QTest.keyClick(words, Qt.Key.Key_Return)
    assert moved.args == [f"front/{wanted.case}"]


def test_enter_and_a_double_click_open_the_row(shell: Shell, table: QTableView, qtbot: QtBot) -> None:
    model = table.model()
    assert isinstance(model, CaseModel)
    table.setCurrentIndex(model.index(3, 0))
    with qtbot.waitSignal(shell.desk.moved, timeout=20_000) as moved:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert moved.args == [f"front/{model.line(3).case}"]


def test_a_click_on_a_cell_of_the_strip_opens_the_register_there(shell: Shell, table: QTableView, qtbot: QtBot) -> None:
    model = table.model()
    assert isinstance(model, CaseModel)
    rect = table.visualRect(model.index(1, Column.STRIP)).toRectF().adjusted(8, 0, -8, 0)
    place = cell_rects(rect)[list(Cell).index(Cell.HEALTH)].topLeft().toPoint()
    with qtbot.waitSignal(shell.desk.moved, timeout=20_000) as moved:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(SIDE // 2, SIDE // 2))
    assert moved.args == [f"register/{model.line(1).case}/health"]


def test_a_narrow_table_leaves_columns_out_and_scrolls_nothing_sideways(
    shell: Shell, table: QTableView, qtbot: QtBot
) -> None:
    shell.window.resize(683, 384)
    shell.settle(qtbot)
    assert not table.isColumnHidden(Column.STRIP)
    assert table.isColumnHidden(Column.OWNER)
    assert table.horizontalHeader().length() <= table.viewport().width()
    assert table.horizontalScrollBar().maximum() == 0


def test_the_chosen_case_stays_chosen_when_the_list_is_read_anew(shell: Shell, table: QTableView, qtbot: QtBot) -> None:
    model = table.model()
    assert isinstance(model, CaseModel)
    table.setCurrentIndex(model.index(4, 0))
    case = model.line(4).case
    shell.desk.lines.read()
    shell.settle(qtbot)
    assert model.line(table.currentIndex().row()).case == case
