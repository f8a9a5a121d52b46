"""The bar of the twenty weeks says itself in words and moves with the week."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QStandardItemModel
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from send_desk.gui.look import Look
from send_desk.gui.week_bar import MARKS, WEEK_ROLE, WeekBar, WeekBarDelegate, paint_week_bar, week_words

WIDTH = 260


def picture(look: Look, week: int, *, labels: bool = False) -> QImage:
    image = QImage(WIDTH, 36, QImage.Format.Format_RGB32)
    image.fill(QColor(look.tokens.paper))
    painter = QPainter(image)
    paint_week_bar(painter, QRectF(0, 0, WIDTH, 36), week, look.tokens, labels=labels)
    painter.end()
    return image


def today_at(image: QImage, colour: str) -> float:
    """The middle of the pointer's flat top, the only solid field of that colour over the bar."""
    columns = [x for x in range(WIDTH) if image.pixelColor(x, 10).name() == colour]
    return sum(columns) / len(columns)


@pytest.mark.parametrize(
    ("week", "words"),
    [
        (1, "week 1 of 20"),
        (13, "week 13 of 20"),
        (20, "week 20 of 20"),
        (21, "week 21, 1 week past the limit of 20"),
        (34, "week 34, 14 weeks past the limit of 20"),
    ],
)
def test_the_bar_in_words(look: Look, qtbot: QtBot, week: int, words: str) -> None:
    bar = WeekBar(look)
    qtbot.addWidget(bar)
    bar.show_week(week)
    assert week_words(week) == bar.accessibleName() == bar.toolTip() == words


def test_no_clock_no_bar(look: Look, qtbot: QtBot) -> None:
    bar = WeekBar(look)
    qtbot.addWidget(bar)
    bar.show_week(8)
    bar.show_week(None, words="No assessment is under way")
    assert bar.accessibleName() == "No assessment is under way"
    image = bar.grab().toImage()
    assert len({image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}) == 1


def test_today_moves_evenly_and_stops_at_twenty(look: Look) -> None:
    places = [today_at(picture(look, week), look.tokens.accent) for week in (2, 7, 12, 17)]
    steps = [after - before for before, after in pairwise(places)]
    assert max(steps) - min(steps) <= 1
    end = [today_at(picture(look, week), look.tokens.late) for week in (21, 30)]
    assert end[0] == end[1]


def test_the_marks_stand_at_6_12_16_and_20(look: Look) -> None:
    assert MARKS == (6, 12, 16, 20)
    image = picture(look, 0)
    under = 36 // 2 + 4  # under the track only the marks are drawn
    between = range(4, WIDTH - 40)  # right of today at the start, left of the number
    columns = [x for x in between if image.pixelColor(x, under).lightness() < 200]
    groups = [x for x in columns if x - 1 not in columns]
    gaps = [after - before for before, after in pairwise(groups)]
    assert len(groups) == 4
    assert gaps[0] / gaps[1] == pytest.approx(6 / 4, abs=0.05)
    assert gaps[1] == pytest.approx(gaps[2], abs=1)


def test_late_is_told_by_a_mark_as_well_as_by_colour(each_look: Look) -> None:
    assert picture(each_look, 20) != picture(each_look, 21)
    assert picture(each_look, 22) != picture(each_look, 23)  # the number
    assert picture(each_look, 13, labels=True) != picture(each_look, 13)


def test_a_table_shows_the_bar_of_each_row_and_none_where_no_clock_runs(each_look: Look, qtbot: QtBot) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    model = QStandardItemModel(3, 1, view)
    for row, week in enumerate((5, 22, None)):
        model.setData(model.index(row, 0), week, WEEK_ROLE)
    view.setModel(model)
    view.setItemDelegate(WeekBarDelegate(each_look, view))
    view.setColumnWidth(0, 220)
    view.resize(260, 200)
    view.show()

    def shot(row: int) -> QImage:
        return view.viewport().grab(view.visualRect(model.index(row, 0)).adjusted(0, 0, 0, -1)).toImage()

    early, late, none = (shot(row) for row in range(3))
    assert early != late
    ground = none.pixelColor(4, 4)
    assert all(none.pixelColor(x, 12) == ground for x in range(4, 200))
    view.selectRow(1)
    chosen = shot(1)
    assert chosen != late
    view.clearSelection()
    view.viewport().update()
    assert shot(0) == early
