"""The marks of the thirteen states of a contribution, painted from lines so that no font is needed.

Each state differs from every other in shape, not only in colour: whoever sees no colours, or prints in grey, loses
nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from send_desk.domain.ids import State
from send_desk.gui.metrics import CORNER, SMALL_PX
from send_desk.gui.style import text_font
from send_desk.gui.theme import Tokens, mix

_UNIT = 16.0  # every mark is drawn in a square of this side
_LOUD = frozenset({State.OVERDUE, State.DECLINED})
_SILENT = frozenset({State.NOT_DUE, State.NOT_REQUESTED})
_MOST_DAYS = 999


def state_colour(state: State, tokens: Tokens) -> str:
    """The token that a state is drawn in."""
    match state:
        case State.CONTRIBUTES | State.NO_RELEVANT_NEEDS:
            return tokens.answered
        case State.REQUESTED | State.ACKNOWLEDGED | State.RECEIVED:
            return tokens.waiting
        case State.OVERDUE | State.DECLINED:
            return tokens.late
        case State.NOT_KNOWN | State.ADMINISTRATIVE_ONLY:
            return tokens.no_answer
        case State.LAWFUL_EXCEPTION | State.REUSED:
            return tokens.lawful
        case State.NOT_REQUESTED | State.NOT_DUE:
            return tokens.hollow


def paint_state(painter: QPainter, rect: QRectF, state: State, tokens: Tokens, *, days: int | None = None) -> None:
    """Paint one cell: a ground, the mark of the state, and under it the days left or late, if given.

    `rect` is in logical pixels, 28 x 28 as a rule. A loud state (overdue, declined) is a solid field, a silent one (not
    due, not requested) has no ground at all, the others stand on a pale tint: weight before colour.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor(state_colour(state, tokens))
    box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    ground = QColor(tokens.paper)
    if state in _LOUD:
        ground = colour
        colour = QColor(tokens.paper)
    elif state not in _SILENT and not tokens.plain:
        ground = QColor(mix(tokens.paper, colour.name(), 0.10))
    painter.setPen(QPen(QColor(_edge(state, tokens)), 1.0))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, CORNER - 1, CORNER - 1)
    mark = QRectF(rect.center().x() - 8, rect.center().y() - 8, _UNIT, _UNIT)
    if days is not None:
        mark = QRectF(rect.center().x() - 6.5, rect.top() + 2, 13, 13)
        _paint_days(painter, rect, days, colour)
    paint_mark(painter, mark, state, colour=colour, ground=ground)
    painter.restore()


def paint_mark(painter: QPainter, rect: QRectF, state: State, *, colour: QColor, ground: QColor) -> None:
    """Paint only the mark of a state, filling the square `rect`; `ground` is what shows through a filled mark."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / _UNIT, rect.height() / _UNIT)
    pen = QPen(colour, 1.8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _draw(painter, state, colour, ground)
    painter.restore()


def _edge(state: State, tokens: Tokens) -> str:
    if tokens.plain:
        return tokens.ink
    if state in _SILENT:
        return tokens.hairline
    colour = state_colour(state, tokens)
    return colour if state in _LOUD else mix(tokens.paper, colour, 0.35)


def _paint_days(painter: QPainter, rect: QRectF, days: int, colour: QColor) -> None:
    font = text_font(SMALL_PX, bold=True)
    font.setStretch(QFont.Stretch.SemiCondensed if abs(days) > 99 else QFont.Stretch.Unstretched)
    painter.setFont(font)
    painter.setPen(colour)
    low = QRectF(rect.left(), rect.bottom() - 14, rect.width(), 13)
    painter.drawText(low, Qt.AlignmentFlag.AlignCenter, str(min(abs(days), _MOST_DAYS)))


def _draw(painter: QPainter, state: State, colour: QColor, ground: QColor) -> None:
    match state:
        case State.CONTRIBUTES:
            _tick(painter, 0)
        case State.NO_RELEVANT_NEEDS:
            _tick(painter, -1.6)
            painter.drawLine(QPointF(3, 14), QPointF(13, 14))
        case State.REQUESTED:
            _clock(painter, colour)
        case State.ACKNOWLEDGED:
            painter.setBrush(colour)
            _clock(painter, ground)
        case State.OVERDUE:
            _exclamation(painter, colour)
        case State.RECEIVED:
            _envelope(painter)
        case State.NOT_KNOWN:
            _question(painter, colour)
        case State.ADMINISTRATIVE_ONLY:
            _paper_clip(painter)
        case State.REUSED:
            _loop(painter)
        case State.LAWFUL_EXCEPTION:
            _section_sign(painter)
        case State.DECLINED:
            painter.drawLine(QPointF(3.5, 3.5), QPointF(12.5, 12.5))
            painter.drawLine(QPointF(12.5, 3.5), QPointF(3.5, 12.5))
        case State.NOT_REQUESTED:
            painter.drawEllipse(QPointF(8, 8), 5, 5)
        case State.NOT_DUE:
            painter.drawLine(QPointF(4, 8), QPointF(12, 8))


def _tick(painter: QPainter, lift: float) -> None:
    path = QPainterPath(QPointF(2.5, 8.5 + lift))
    path.lineTo(6.5, 12.5 + lift)
    path.lineTo(13.5, 4 + lift)
    painter.drawPath(path)


def _clock(painter: QPainter, hands: QColor) -> None:
    painter.drawEllipse(QPointF(8, 8), 6, 6)
    pen = painter.pen()
    pen.setColor(hands)
    painter.setPen(pen)
    path = QPainterPath(QPointF(8, 4.5))
    path.lineTo(8, 8)
    path.lineTo(10.6, 9.6)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def _exclamation(painter: QPainter, colour: QColor) -> None:
    pen = painter.pen()
    pen.setWidthF(2.6)
    painter.setPen(pen)
    painter.drawLine(QPointF(8, 2.5), QPointF(8, 9))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(8, 13.2), 1.6, 1.6)


def _envelope(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(1.8, 3.2, 12.4, 9.6), 1.2, 1.2)
    path = QPainterPath(QPointF(2.2, 4.2))
    path.lineTo(8, 9)
    path.lineTo(13.8, 4.2)
    painter.drawPath(path)


def _question(painter: QPainter, colour: QColor) -> None:
    path = QPainterPath(QPointF(4.6, 5.4))
    path.cubicTo(4.6, 0.8, 11.6, 0.8, 11.6, 5.2)
    path.cubicTo(11.6, 7.6, 8, 7.8, 8, 10)
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(8, 13.6), 1.3, 1.3)


def _paper_clip(painter: QPainter) -> None:
    painter.translate(8, 8)
    painter.rotate(40)
    path = QPainterPath(QPointF(-1, -3))
    path.lineTo(-1, 3.2)
    path.arcTo(QRectF(-1, 2.2, 2.4, 2.4), 180, 180)
    path.lineTo(1.4, -4)
    path.arcTo(QRectF(-3.4, -6.6, 4.8, 4.8), 0, 180)
    path.lineTo(-3.4, 3.4)
    path.arcTo(QRectF(-3.4, -0.4, 7.2, 7.2), 180, 180)
    path.lineTo(3.8, -3.2)
    pen = painter.pen()
    pen.setWidthF(1.5)
    painter.setPen(pen)
    painter.drawPath(path)


def _loop(painter: QPainter) -> None:
    path = QPainterPath()
    path.arcMoveTo(QRectF(2.5, 2.5, 11, 11), 60)
    path.arcTo(QRectF(2.5, 2.5, 11, 11), 60, -300)
    painter.drawPath(path)
    head = QPainterPath(QPointF(10.4, 0.9))
    head.lineTo(10.8, 3.9)
    head.lineTo(7.7, 4.6)
    painter.drawPath(head)


def _section_sign(painter: QPainter) -> None:
    pen = painter.pen()
    pen.setWidthF(1.6)
    painter.setPen(pen)
    for turn in (0, 180):
        painter.save()
        painter.translate(8, 8)
        painter.rotate(turn)
        path = QPainterPath(QPointF(3, -5))
        path.cubicTo(2.2, -8, -3.2, -7.6, -3, -4.6)
        path.cubicTo(-2.8, -2, 3.6, -2.2, 3.4, 0.6)
        path.cubicTo(3.3, 1.6, 2.2, 2.4, 1.4, 2.6)
        painter.drawPath(path)
        painter.restore()
