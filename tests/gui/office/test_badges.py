"""A badge per case: what it says, how the table sorts and filters by it, and that its shape alone tells it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from send_desk.domain.summary import CaseStage, Summary
from send_desk.gui.badge import BADGE_ROLE, SIDE, BadgeLine, paint_badge
from send_desk.gui.case_model import CaseModel
from send_desk.gui.case_rows import CaseRows, Column, Wanted, case_rows
from send_desk.gui.look import Look
from send_desk.gui.office_words import Badge, CaseSync
from send_desk.gui.theme import ThemeChoice

TODAY = date(2026, 3, 3)
SYNC = {
    "Bea": CaseSync(waiting=2),
    "Cy": CaseSync(waiting=9, refused=1),
    "Di": CaseSync(conflicts=1),
    "Ed": CaseSync(waiting=5),
}


def line(name: str, *, full: bool = True) -> Summary:
    return Summary(name, "", name, "", None, CaseStage.DRAFTING, None, {}, "", None, 0, 0, 0, "Jo Marsh", full=full)


def rows(sync: dict[str, CaseSync] | None) -> CaseRows:
    lines = [line(name) for name in ("Ann", "Bea", "Cy", "Di", "Ed")]
    return case_rows([*lines, line("Far", full=False)], today=TODAY, mine="Jo Marsh", sync=sync)


def names(made: CaseRows, *, wanted: Wanted = Wanted.NOTHING) -> list[str]:
    return [made.rows[at].name for at in made.arranged(Column.SYNC, wanted=wanted)]


def test_the_most_pressing_case_stands_first_and_one_that_is_elsewhere_last() -> None:
    assert names(rows(SYNC)) == ["Di", "Cy", "Ed", "Bea", "Ann", "Far"]


def test_the_chip_shows_what_is_not_all_in_the_office_copy() -> None:
    assert set(names(rows(SYNC), wanted=Wanted.WAITING)) == {"Bea", "Cy", "Di", "Ed"}


def test_without_an_office_no_case_has_a_badge() -> None:
    made = rows(None)
    assert {row.sync for row in made.rows} == {None}
    assert names(made, wanted=Wanted.WAITING) == []


def test_a_badge_is_told_in_words_to_whoever_listens(qtbot: QtBot) -> None:
    model = CaseModel()
    model.show_rows(rows(SYNC))
    told = {}
    for row in range(model.rowCount()):
        index = model.index(row, Column.SYNC)
        told[model.line(row).name] = index.data(Qt.ItemDataRole.AccessibleTextRole)
        assert index.data(Qt.ItemDataRole.ToolTipRole) == told[model.line(row).name]
    assert told == {
        "Ann": "all in the office copy",
        "Bea": "2 changes waiting",
        "Cy": "1 not taken by the office, 9 changes waiting",
        "Di": "1 conflict",
        "Ed": "5 changes waiting",
        "Far": None,
    }
    assert model.index(model.row_of("Far"), Column.SYNC).data(BADGE_ROLE) is None


@pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.HIGH_CONTRAST])
def test_each_badge_has_a_shape_of_its_own(theme: ThemeChoice, look: Look) -> None:
    look.choose(theme)
    drawn: dict[Badge, bytes] = {}
    for badge in Badge:
        image = QImage(QSize(SIDE, SIDE), QImage.Format.Format_Grayscale8)  # without any colour
        image.fill(Qt.GlobalColor.white if not look.tokens.dark else Qt.GlobalColor.black)
        painter = QPainter(image)
        paint_badge(painter, QPointF(0, 0), badge, look.tokens)
        painter.end()
        drawn[badge] = bytes(image.bits())
    for one in Badge:
        for other in Badge:
            if one is not other:
                differing = sum(abs(a - b) > 60 for a, b in zip(drawn[one], drawn[other], strict=True))
                assert differing > 20, (one, other)


def test_the_badge_on_a_head_says_it_and_goes_where_there_is_no_office(look: Look, qtbot: QtBot) -> None:
    mark = BadgeLine(look)
    qtbot.addWidget(mark)
    mark.say(CaseSync(waiting=1))
    assert not mark.isHidden()
    assert mark.accessibleName() == "Office copy: 1 change waiting"
    mark.say(None)
    assert mark.isHidden()


def test_a_short_badge_has_its_count_alone_and_says_all_of_it(look: Look, qtbot: QtBot) -> None:
    mark = BadgeLine(look)
    qtbot.addWidget(mark)
    mark.say(CaseSync(waiting=3))
    whole = mark.sizeHint().width()
    mark.set_short(True)
    assert SIDE < mark.sizeHint().width() < whole
    assert mark.accessibleName() == mark.toolTip() == "Office copy: 3 changes waiting"
    mark.say(CaseSync())
    assert mark.sizeHint().width() == SIDE + 2  # nothing to count
