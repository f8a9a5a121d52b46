"""The findings of a case in a row of a table: a mark and a number for what must be put right, and for what may be."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1, SPACE_2, SPACE_3
from send_desk.gui.strip_delegate import paint_ground, row_tokens
from send_desk.gui.style import text_font

FINDINGS_ROLE = Qt.ItemDataRole.UserRole + 43
_MARK = 16
_Index = QModelIndex | QPersistentModelIndex


class FindingsDelegate(QStyledItemDelegate):
    """Paints the pair (must be put right, worth a look) that a model answers for `FINDINGS_ROLE`."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._marks: dict[tuple[str, str, float], QPixmap] = {}
        look.changed.connect(self._forget)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        paint_ground(self, painter, option, index)
        counts = index.data(FINDINGS_ROLE)
        if not isinstance(counts, tuple):
            return
        tokens = row_tokens(option, self._look)
        left = option.rect.left() + SPACE_2
        ratio = painter.device().devicePixelRatio()
        for count, icon, colour in zip(
            counts, ("warning-circle", "warning"), (tokens.late, tokens.waiting), strict=True
        ):
            if not count:
                continue
            place = QPoint(left, option.rect.center().y() - _MARK // 2 + 1)
            painter.drawPixmap(place, self._mark(icon, colour, ratio))
            left += _MARK + SPACE_1
            painter.setFont(text_font())
            painter.setPen(QColor(tokens.ink))
            width = QFontMetrics(text_font()).horizontalAdvance(str(count))
            room = QRect(left, option.rect.top(), width + 2, option.rect.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, str(count))
            left += width + SPACE_3

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(110, 32)

    def _forget(self) -> None:
        self._marks.clear()

    def _mark(self, icon: str, colour: str, ratio: float) -> QPixmap:
        key = (icon, colour, ratio)
        if key not in self._marks:
            self._marks[key] = self._look.icon(icon, colour=colour).pixmap(QSize(_MARK, _MARK), ratio)
        return self._marks[key]
