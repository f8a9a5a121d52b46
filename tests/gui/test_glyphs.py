"""Each state is told by its shape: drawn all in one colour, no two marks look alike."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from send_desk.domain.ids import State
from send_desk.gui.glyphs import paint_mark, paint_state, state_colour
from send_desk.gui.look import Look
from send_desk.gui.theme import DARK, LIGHT, Tokens, contrast

SIDE = 56
WHITE = QColor("#ffffff")


def _mark(state: State) -> QImage:
    image = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_mark(painter, QRectF(4, 4, SIDE - 8, SIDE - 8), state, colour=QColor("#000000"), ground=WHITE)
    painter.end()
    return image


def _cell(look: Look, state: State, days: int | None = None, *, side: int = 28) -> QImage:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor(look.tokens.canvas))
    painter = QPainter(image)
    paint_state(painter, QRectF(0, 0, side, side), state, look.tokens, days=days)
    painter.end()
    return image


def _ink(image: QImage) -> set[tuple[int, int]]:
    return {(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).value() < 128}


def _distance(one: QColor, other: QColor) -> int:
    pairs = zip(one.getRgb(), other.getRgb(), strict=True)
    return sum(abs(a - b) for a, b in pairs)


def test_no_two_states_have_the_same_shape(look: Look) -> None:
    drawn = {state: _ink(_mark(state)) for state in State}
    for one, other in combinations(State, 2):
        differing = len(drawn[one] ^ drawn[other])
        assert differing > 0.25 * min(len(drawn[one]), len(drawn[other])), f"{one} looks like {other}"


@pytest.mark.parametrize("state", State)
def test_a_mark_stays_within_its_square(look: Look, state: State) -> None:
    ink = _ink(_mark(state))
    assert ink
    assert all(3 <= x < SIDE - 3 and 3 <= y < SIDE - 3 for x, y in ink)


def test_each_cell_is_drawn_in_each_theme(each_look: Look) -> None:
    for state in State:
        image = _cell(each_look, state)
        wanted = QColor(state_colour(state, each_look.tokens))
        pixels = [image.pixelColor(x, y) for x in range(28) for y in range(28)]
        assert min(_distance(pixel, wanted) for pixel in pixels) < 40  # thin lines are smoothed at their edges


def test_days_are_written_and_change_the_picture(look: Look) -> None:
    without, nine, twelve = (_cell(look, State.OVERDUE, days) for days in (None, 9, 12))
    assert without != nine != twelve
    assert _cell(look, State.OVERDUE, 1_500) == _cell(look, State.OVERDUE, 999)
    assert _cell(look, State.OVERDUE, -12) == twelve


def test_a_painter_is_given_back_as_it_came(look: Look) -> None:
    image = QImage(28, 28, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setPen(QColor("#123456"))
    before = painter.transform()
    for state in State:
        paint_state(painter, QRectF(0, 0, 28, 28), state, look.tokens, days=3)
    assert painter.pen().color().name() == "#123456"
    assert painter.transform() == before
    painter.end()


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
def test_what_is_late_or_refused_stands_on_a_solid_field_that_can_be_read(tokens: Tokens) -> None:
    for state in (State.OVERDUE, State.DECLINED):
        assert contrast(tokens.paper, state_colour(state, tokens)) >= 4.5
