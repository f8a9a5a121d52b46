"""Search everything: found as one types, grouped, marked, and opened by the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView
from pytestqt.qtbot import QtBot

from send_desk.gui.places import Page, place_of_hit
from send_desk.gui.search_results import found_lines, stretches
from send_desk.services.ports import Hit

if TYPE_CHECKING:
    from tests.gui.conftest import Shell


@pytest.mark.parametrize(
    ("snippet", "parts"),
    [
        ("plain words", [("plain words", False)]),
        ("\x02speech\x03 therapy", [("speech", True), (" therapy", False)]),
        ("a \x02b\x03 c \x02d\x03", [("a ", False), ("b", True), (" c ", False), ("d", True)]),
        ("\x02ab\x03\x02cd\x03", [("ab", True), ("cd", True)]),
        ("two\nlines", [("two lines", False)]),
        ("", []),
    ],
)
def test_marked_words_are_told_from_plain_ones(snippet: str, parts: list[tuple[str, bool]]) -> None:
    assert list(stretches(snippet)) == parts


def test_hits_stand_in_groups_and_a_long_group_shows_its_best() -> None:
    hits = [Hit("c", "R", f"Child {at}", "advice", str(at), "") for at in range(20)]
    hits.append(Hit("c", "R", "Ava", "name", "c", ""))
    lines = found_lines(hits)
    assert [line.title for line in lines if line.hit is None] == ["Children and people", "Advice: the best 8"]
    assert [line.title for line in lines if line.hit is not None][:3] == ["Ava", "Child 0", "Child 1"]
    assert len(lines) == 11


def box(shell: Shell) -> QLineEdit:
    found = shell.find("top.search")
    assert isinstance(found, QLineEdit)
    return found


def results(shell: Shell) -> QListView:
    found = shell.find("search.results")
    assert isinstance(found, QListView)
    return found


def test_a_name_is_found_while_it_is_typed_and_enter_opens_the_front_page(shell: Shell, qtbot: QtBot) -> None:
    line = shell.desk.lines.shown.rows.rows[0].line
    QTest.keyClick(shell.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert box(shell).hasFocus()
    QTest.keyClicks(box(shell), line.reference)
    shell.settle(qtbot)
    assert results(shell).isVisible()
    assert line.name in box(shell).accessibleDescription()
    with qtbot.waitSignal(shell.desk.moved, timeout=20_000) as moved:
        QTest.keyClick(box(shell), Qt.Key.Key_Return)
    assert moved.args == [f"front/{line.case}"]
    assert box(shell).text() == ""


def test_down_and_up_pass_over_headings(shell: Shell, qtbot: QtBot) -> None:
    QTest.keyClicks(box(shell), "the")
    shell.settle(qtbot)
    seen = [results(shell).currentIndex().row()]
    for _ in range(30):
        QTest.keyClick(box(shell), Qt.Key.Key_Down)
        seen.append(results(shell).currentIndex().row())
    model = results(shell).model()
    headings = [
        row for row in range(model.rowCount()) if not model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsSelectable
    ]
    assert headings
    assert not set(seen) & set(headings)
    assert seen == sorted(seen)
    QTest.keyClick(box(shell), Qt.Key.Key_Up)
    assert results(shell).currentIndex().row() <= seen[-1]


def test_an_entry_that_was_found_opens_in_its_section(shell: Shell, qtbot: QtBot) -> None:
    store = shell.session.desk.store
    hit = next(
        hit for word in ("will", "needs", "support") for hit in store.search(word, limit=200) if hit.kind == "entry"
    )
    shell.desk.go(place_of_hit(hit))
    shell.settle(qtbot)
    file = store.case_file(hit.case)
    assert file is not None
    section = next(entry.section for entry in file.case.entries if hit.record.endswith(entry.id))
    assert shell.desk.place.page is Page.PLAN
    assert shell.desk.place.words.startswith(f"plan/{hit.case}/{section}")


def test_escape_closes_and_gives_the_keyboard_back_to_the_page(shell: Shell, qtbot: QtBot) -> None:
    shell.desk.go("cases")
    box(shell).setFocus()
    QTest.keyClicks(box(shell), "the")
    shell.settle(qtbot)
    QTest.keyClick(box(shell), Qt.Key.Key_Escape)
    assert not results(shell).isVisible()
    assert box(shell).text() == ""
    assert shell.find("cases.table").hasFocus()


@pytest.mark.parametrize("words", ['"', "o'neill*", "(near", "\x00\x02", "-", "AND OR", "مرحبا", "🙂" * 50, "x" * 5000])
def test_nothing_that_can_be_typed_breaks_the_search(shell: Shell, words: str, qtbot: QtBot) -> None:
    box(shell).setText(words)
    box(shell).textEdited.emit(words)
    shell.settle(qtbot)
    assert not shell.find("top.message").isVisible()


def test_words_that_stand_nowhere_are_answered(shell: Shell, qtbot: QtBot) -> None:
    QTest.keyClicks(box(shell), "zzyzx")
    shell.settle(qtbot)
    assert not results(shell).isVisible()
    assert shell.find("search.results").parentWidget().isVisible()
