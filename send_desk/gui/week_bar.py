"""Where a case stands in its twenty weeks: a drawn bar with the four marks of the law and today."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from send_desk.gui.look import Look
from send_desk.gui.metrics import SMALL_PX, SPACE_2
from send_desk.gui.strip_delegate import paint_ground, row_tokens
from send_desk.gui.style import text_font
from send_desk.gui.theme import Tokens, mix

WEEK_ROLE = Qt.ItemDataRole.UserRole + 42
MARKS = (6, 12, 16, 20)  # decide whether to assess, advice is in, decide whether to issue, final plan
LAST = MARKS[-1]
_TRACK = 6.0
_TEXT_WIDTH = 44.0
_WORDS_WIDTH = 76.0
_KEPT = 200
_Index = QModelIndex | QPersistentModelIndex


def week_words(week: int) -> str:
    """The bar in words: "week 13 of 20", or "week 23, 3 weeks past the limit of 20"."""
    past = week - LAST
    if past <= 0:
        return f"week {week} of {LAST}"
    return f"week {week}, {past} {'week' if past == 1 else 'weeks'} past the limit of {LAST}"


def paint_week_bar(painter: QPainter, rect: QRectF, week: int, tokens: Tokens, *, labels: bool = False) -> None:
    """Paint the bar across `rect`, the number at its right.

    `labels` writes 6, 12, 16 and 20 under the marks, and "Week" before the number.

    A case past week 20 fills the bar in the colour of lateness and gives the number an exclamation mark before it.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    late = week > LAST
    colour = tokens.late if late else tokens.ink if tokens.plain else tokens.accent
    room = _WORDS_WIDTH if labels else _TEXT_WIDTH
    left, right = rect.left() + 1, rect.right() - room
    middle = rect.center().y() - (7 if labels else 0)
    track = QRectF(left, middle - _TRACK / 2, right - left, _TRACK)
    painter.setPen(QPen(QColor(tokens.ink if tokens.plain else tokens.hollow), 1))
    painter.setBrush(QColor(tokens.paper))
    painter.drawRoundedRect(track.adjusted(0.5, 0.5, -0.5, -0.5), _TRACK / 2, _TRACK / 2)
    today = left + (right - left) * min(max(week, 0), LAST) / LAST
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour if tokens.plain else mix(tokens.paper, colour, 0.55)))
    if today - left >= _TRACK:
        painter.drawRoundedRect(QRectF(left, track.top(), today - left, _TRACK), _TRACK / 2, _TRACK / 2)
    for mark in MARKS:
        _paint_mark(painter, left + (right - left) * mark / LAST, middle, tokens, label=mark if labels else None)
    _paint_today(painter, today, middle, colour)
    painter.setFont(text_font(bold=late))
    painter.setPen(QColor(colour if late else tokens.ink))
    beside = QRectF(right + SPACE_2, middle - 11, room - SPACE_2, 22)
    words = f"{'! ' if late else ''}{'Week ' if labels else ''}{week}"
    painter.drawText(beside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
    painter.restore()


def _paint_mark(painter: QPainter, x: float, middle: float, tokens: Tokens, *, label: int | None) -> None:
    painter.setPen(QPen(QColor(tokens.quiet), 1.2))
    painter.drawLine(QPointF(x, middle - _TRACK / 2 - 2), QPointF(x, middle + _TRACK / 2 + 2))
    if label is not None:
        painter.setFont(text_font(SMALL_PX))
        painter.drawText(QRectF(x - 12, middle + 6, 24, 15), Qt.AlignmentFlag.AlignCenter, str(label))


def _paint_today(painter: QPainter, x: float, middle: float, colour: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    top = middle - _TRACK / 2 - 6
    painter.drawPolygon(QPolygonF([QPointF(x - 4, top), QPointF(x + 4, top), QPointF(x, top + 6)]))
    painter.drawRect(QRectF(x - 0.75, top + 4, 1.5, _TRACK + 4))


class WeekBar(QWidget):
    """The bar of one case with its labels; it takes no focus, and says itself as its accessible name."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._week: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_week(self, week: int | None, *, words: str = "") -> None:
        """Show a week; None, where no clock runs, leaves the bar empty. `words` replaces the words of the bar."""
        self._week = week
        said = words or ("" if week is None else week_words(week))
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 34)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, 34)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._week is not None:
            area = QRectF(self.rect()).adjusted(SPACE_2, 0, 0, 0)
            paint_week_bar(QPainter(self), area, self._week, self._look.tokens, labels=True)


class WeekBarDelegate(QStyledItemDelegate):
    """Paints the week (int, or None for no clock) that a model answers for `WEEK_ROLE`; each bar is drawn once."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._drawn: dict[tuple[int, str, int, int, float], QPixmap] = {}
        look.changed.connect(self._forget)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        paint_ground(self, painter, option, index)
        week = index.data(WEEK_ROLE)
        if isinstance(week, int):
            area = option.rect.adjusted(SPACE_2, 2, -SPACE_2, 0)
            pixmap = self._pixmap(
                week, row_tokens(option, self._look), area.size(), painter.device().devicePixelRatio()
            )
            painter.drawPixmap(area.topLeft(), pixmap)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(160, 32)

    def _forget(self) -> None:
        self._drawn.clear()

    def _pixmap(self, week: int, tokens: Tokens, size: QSize, ratio: float) -> QPixmap:
        key = (week, tokens.name, size.width(), size.height(), ratio)
        if key not in self._drawn:
            if len(self._drawn) >= _KEPT:
                self._drawn.clear()  # a column that is being dragged has a new width at every step
            pixmap = QPixmap(size * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            paint_week_bar(painter, QRectF(0, 0, size.width(), size.height()), week, tokens)
            painter.end()
            self._drawn[key] = pixmap
        return self._drawn[key]
