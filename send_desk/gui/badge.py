"""How a case stands to its office copy, drawn: a shape with a letter and a count, never a colour alone."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from send_desk.gui.look import Look
from send_desk.gui.metrics import SMALL_PX, SPACE_1, SPACE_2
from send_desk.gui.office_words import Badge, CaseSync
from send_desk.gui.strip_delegate import paint_ground, row_tokens
from send_desk.gui.style import text_font
from send_desk.gui.theme import Tokens

BADGE_ROLE = Qt.ItemDataRole.UserRole + 44
SIDE = 20
_LETTERS: Mapping[Badge, str] = {Badge.WAITING: "W", Badge.REFUSED: "N", Badge.CONFLICT: "C"}
_Index = QModelIndex | QPersistentModelIndex


def badge_colour(badge: Badge, tokens: Tokens) -> str:
    """Return the token of a badge."""
    return {
        Badge.IN_OFFICE: tokens.answered,
        Badge.WAITING: tokens.waiting,
        Badge.REFUSED: tokens.late,
        Badge.CONFLICT: tokens.no_answer,
    }[badge]


def paint_badge(painter: QPainter, corner: QPointF, badge: Badge, tokens: Tokens) -> None:
    """Paint a badge of `SIDE` by `SIDE`: a tick in a ring, W in a ring, N in an octagon, C in a diamond."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(corner)
    colour = QColor(badge_colour(badge, tokens))
    painter.setPen(QPen(colour, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    room = QRectF(1.5, 1.5, SIDE - 3, SIDE - 3)
    match badge:
        case Badge.IN_OFFICE:
            painter.drawEllipse(room)
            tick = QPainterPath(QPointF(5.8, 10.4))
            tick.lineTo(8.8, 13.3)
            tick.lineTo(14.2, 7)
            painter.drawPath(tick)
        case Badge.WAITING:
            painter.drawEllipse(room)
        case Badge.REFUSED:
            painter.drawPolygon(_octagon(room))
        case Badge.CONFLICT:
            middle = room.center()
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(middle.x(), 0.8),
                        QPointF(SIDE - 0.8, middle.y()),
                        QPointF(middle.x(), SIDE - 0.8),
                        QPointF(0.8, middle.y()),
                    ]
                )
            )
    if badge in _LETTERS:
        font = text_font(SMALL_PX, bold=True)
        font.setPixelSize(9 if badge is Badge.CONFLICT else 10)
        painter.setFont(font)
        painter.drawText(QRectF(0, 0, SIDE, SIDE), Qt.AlignmentFlag.AlignCenter, _LETTERS[badge])
    painter.restore()


def _octagon(room: QRectF) -> QPolygonF:
    cut = room.width() * 0.29
    left, top, right, bottom = room.left(), room.top(), room.right(), room.bottom()
    return QPolygonF(
        [
            QPointF(left + cut, top),
            QPointF(right - cut, top),
            QPointF(right, top + cut),
            QPointF(right, bottom - cut),
            QPointF(right - cut, bottom),
            QPointF(left + cut, bottom),
            QPointF(left, bottom - cut),
            QPointF(left, top + cut),
        ]
    )


class BadgeDelegate(QStyledItemDelegate):
    """Paints the `CaseSync` that a model answers for `BADGE_ROLE`; each badge is drawn once for each look."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._drawn: dict[tuple[Badge, str, float], QPixmap] = {}
        look.changed.connect(self._forget)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        paint_ground(self, painter, option, index)
        sync = index.data(BADGE_ROLE)
        if not isinstance(sync, CaseSync):
            return
        tokens = row_tokens(option, self._look)
        room = option.rect
        left = room.left() + SPACE_2
        pixmap = self._pixmap(sync.badge, tokens, painter.device().devicePixelRatio())
        painter.drawPixmap(QPointF(left, room.center().y() - SIDE / 2 + 1), pixmap)
        if sync.count:
            painter.setFont(text_font())
            painter.setPen(QColor(tokens.ink))
            words = QRectF(left + SIDE + SPACE_1, room.top(), room.width(), room.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, f"{sync.count:,}")

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(72, SIDE + SPACE_2)

    def _forget(self) -> None:
        self._drawn.clear()

    def _pixmap(self, badge: Badge, tokens: Tokens, ratio: float) -> QPixmap:
        key = (badge, tokens.name, ratio)
        if key not in self._drawn:
            pixmap = QPixmap(QSize(round(SIDE * ratio), round(SIDE * ratio)))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            paint_badge(painter, QPointF(0, 0), badge, tokens)
            painter.end()
            self._drawn[key] = pixmap
        return self._drawn[key]


class BadgeLine(QWidget):
    """The badge of one case with its words beside it, on the head of a page; hidden where there is no office."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._sync: CaseSync | None = None
        self._short = False
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)
        self.hide()

    def say(self, sync: CaseSync | None) -> None:
        """Show how a case stands; None takes the badge away."""
        if sync == self._sync:
            return
        self._sync = sync
        words = "" if sync is None else sync.words
        self.setAccessibleName(f"Office copy: {words}" if words else "")
        self.setToolTip(f"Office copy: {words}" if words else "")
        self.setVisible(sync is not None)
        self.updateGeometry()
        self.update()

    def set_short(self, short: bool) -> None:
        """Show the count alone beside the badge, where there is little room; whoever listens hears all of it."""
        if short is not self._short:
            self._short = short
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        words = self._words
        if not words:
            return QSize(SIDE + 2, SIDE + 2)
        return QSize(SIDE + SPACE_2 + QFontMetrics(text_font()).horizontalAdvance(words) + 2, SIDE + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sync is None:
            return
        tokens = self._look.tokens
        painter = QPainter(self)
        paint_badge(painter, QPointF(0, (self.height() - SIDE) / 2), self._sync.badge, tokens)
        painter.setFont(text_font())
        painter.setPen(QColor(tokens.quiet))
        room = QRectF(SIDE + SPACE_2, 0, self.width(), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._words)

    @property
    def _words(self) -> str:
        if self._sync is None:
            return ""
        if self._short:
            return f"{self._sync.count:,}" if self._sync.count else ""
        return _shown(self._sync)


def _shown(sync: CaseSync) -> str:
    words = sync.words
    return words[0].upper() + words[1:]
