"""The seven-cell strip of contributions, as a widget and as a painting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from send_desk.domain.ids import Cell, State
from send_desk.gui.glyphs import paint_state
from send_desk.gui.look import Look
from send_desk.gui.metrics import CORNER, SMALL_PX, SPACE_1
from send_desk.gui.style import text_font
from send_desk.gui.theme import Tokens

SIDE = 28
LETTER_HEIGHT = 15
WIDTH = 7 * SIDE + 6 * SPACE_1
HEIGHT = SIDE + LETTER_HEIGHT
_RING = 3  # room for the focus around a cell

_LETTERS = {
    Cell.FAMILY: "F",
    Cell.EDUCATION: "E",
    Cell.HEALTH: "H",
    Cell.PSYCHOLOGY: "P",
    Cell.SOCIAL_CARE: "S",
    Cell.ADULTHOOD: "A",
    Cell.OTHERS: "O",
}


@dataclass(frozen=True, slots=True)
class StripCell:
    """One cell as shown: its state, the whole of it in words ("Health: overdue by 12 days"), and what the tip says.

    `days` is what stands under the mark, days left or days late, without a sign.
    """

    cell: Cell
    state: State
    words: str
    tip: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class StripRow:
    """The strip of one case, in the order of the cells; what the model of a table answers for `STRIP_ROLE`."""

    cells: tuple[StripCell, ...]

    @property
    def words(self) -> str:
        """The strip as a screen reader says it."""
        return "; ".join(cell.words for cell in self.cells)


class _Button(QAbstractButton):
    """One cell that can be reached, read and opened."""

    reached = Signal()

    def __init__(self, look: Look, cell: Cell, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._shown = StripCell(cell, State.NOT_DUE, cell.value)
        self.setObjectName(f"strip.{cell.value}")
        self.setFixedSize(SIDE + 2 * _RING, HEIGHT + 2 * _RING)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def shown(self) -> StripCell:
        return self._shown

    def show_cell(self, shown: StripCell) -> None:
        self._shown = shown
        self.setAccessibleName(shown.words)
        self.setAccessibleDescription(shown.tip)
        self.setToolTip(shown.tip or shown.words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = self._look.tokens
        paint_cell(painter, QPointF(_RING, _RING), self._shown, tokens)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER + 1, CORNER + 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_Space:
                super().keyPressEvent(event)
            case _:
                event.ignore()  # the strip moves within; a button would walk the whole page by arrows


class ContributionStrip(QWidget):
    """Seven cells in a row. One tab stop; Left, Right, Home and End move within, Enter or Space opens."""

    opened = Signal(object)
    """Sent with the `Cell` that was opened."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setAccessibleName("Contributions")
        self._buttons = [_Button(look, cell, self) for cell in Cell]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, button in enumerate(self._buttons):
            row.addWidget(button)
            button.clicked.connect(partial(self._open, place))
            button.reached.connect(partial(self._stop_at, place))
        row.addStretch(1)
        self._stop_at(0)
        look.changed.connect(self.update)

    def show_cells(self, cells: Sequence[StripCell]) -> None:
        """Show the states given; a cell that is not among them stays as it was."""
        by_cell = {shown.cell: shown for shown in cells}
        for button in self._buttons:
            if button.shown.cell in by_cell:
                button.show_cell(by_cell[button.shown.cell])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((place for place, button in enumerate(self._buttons) if button.hasFocus()), 0)
        last = len(self._buttons) - 1
        goals = {
            Qt.Key.Key_Left: max(0, at - 1),
            Qt.Key.Key_Right: min(last, at + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        goal = goals.get(Qt.Key(event.key()))
        if goal is None:
            event.ignore()
            return
        self._buttons[goal].setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, place: int) -> None:
        self.opened.emit(self._buttons[place].shown.cell)

    def _stop_at(self, at: int) -> None:
        for place, button in enumerate(self._buttons):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if place == at else Qt.FocusPolicy.ClickFocus)


def cell_rects(rect: QRectF) -> list[QRectF]:
    """Where the seven squares of a strip in `rect` stand: from the left, with their letters centred in height."""
    letters = LETTER_HEIGHT if rect.height() >= HEIGHT else 0
    top = rect.top() + max(0.0, (rect.height() - SIDE - letters) / 2)
    return [QRectF(rect.left() + at * (SIDE + SPACE_1), top, SIDE, SIDE) for at in range(len(Cell))]


def paint_cell(painter: QPainter, corner: QPointF, shown: StripCell, tokens: Tokens, *, letter: bool = True) -> None:
    """Paint one cell with its left upper corner at `corner`: the square, and under it the letter of the cell."""
    place = QRectF(corner.x(), corner.y(), SIDE, SIDE)
    paint_state(painter, place, shown.state, tokens, days=shown.days)
    if letter:
        painter.setFont(text_font(SMALL_PX))
        painter.setPen(QColor(tokens.quiet))
        under = QRectF(place.left(), place.bottom(), SIDE, LETTER_HEIGHT)
        painter.drawText(under, Qt.AlignmentFlag.AlignCenter, _LETTERS[shown.cell])


def paint_strip(painter: QPainter, rect: QRectF, cells: Sequence[StripCell], tokens: Tokens) -> None:
    """Paint a whole strip from the left of `rect`; its letters are left out where `rect` is lower than 43."""
    for place, shown in zip(cell_rects(rect), cells, strict=False):
        paint_cell(painter, place.topLeft(), shown, tokens, letter=rect.height() >= HEIGHT)
