"""The strip in the rows of a table: thousands of rows, each cell drawn once for each look and then copied."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from send_desk.domain.ids import Cell, State
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1, SPACE_2
from send_desk.gui.strip import HEIGHT, SIDE, WIDTH, StripCell, StripRow, cell_rects, paint_cell
from send_desk.gui.theme import Tokens

STRIP_ROLE = Qt.ItemDataRole.UserRole + 41
_Index = QModelIndex | QPersistentModelIndex


class StripDelegate(QStyledItemDelegate):
    """Paints the `StripRow` that a model answers for `STRIP_ROLE`; each cell has its own tip and opens by a click."""

    opened = Signal(object, object)
    """Sent with the index of the row and the `Cell`."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._drawn: dict[tuple[Cell, State, int | None, str, bool, float], QPixmap] = {}
        look.changed.connect(self._forget)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        paint_ground(self, painter, option, index)
        row = index.data(STRIP_ROLE)
        if not isinstance(row, StripRow):
            return
        tokens = row_tokens(option, self._look)
        letters = option.rect.height() >= HEIGHT
        ratio = painter.device().devicePixelRatio()
        for place, shown in zip(cell_rects(_inner(option)), row.cells, strict=False):
            painter.drawPixmap(place.topLeft(), self._pixmap(shown, tokens, letters=letters, ratio=ratio))

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(WIDTH + 2 * SPACE_2, HEIGHT + SPACE_1)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        shown = self._at(QPointF(event.pos()), option, index)
        if shown is None or event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), shown.tip or shown.words, view)
        return True

    def editorEvent(
        self,
        event: QEvent,
        model: object,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            shown = self._at(event.position(), option, index)
            if shown is not None:
                self.opened.emit(index, shown.cell)
                return True
        return False

    def _forget(self) -> None:
        self._drawn.clear()

    def _pixmap(self, shown: StripCell, tokens: Tokens, *, letters: bool, ratio: float) -> QPixmap:
        key = (shown.cell, shown.state, shown.days, tokens.name, letters, ratio)
        if key not in self._drawn:
            height = HEIGHT if letters else SIDE
            pixmap = QPixmap(QSize(round(SIDE * ratio), round(height * ratio)))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            paint_cell(painter, QPointF(0, 0), shown, tokens, letter=letters)
            painter.end()
            self._drawn[key] = pixmap
        return self._drawn[key]

    def _at(self, point: QPointF, option: QStyleOptionViewItem, index: _Index) -> StripCell | None:
        row = index.data(STRIP_ROLE)
        if not isinstance(row, StripRow):
            return None
        places = zip(cell_rects(_inner(option)), row.cells, strict=False)
        return next((shown for place, shown in places if place.contains(point)), None)


def _inner(option: QStyleOptionViewItem) -> QRectF:
    return QRectF(option.rect).adjusted(SPACE_2, 0, -SPACE_2, 0)


def row_tokens(option: QStyleOptionViewItem, look: Look) -> Tokens:
    """The colours for drawing in a row of a table, chosen or not."""
    selected = option.state & QStyle.StateFlag.State_Selected
    return look.tokens.chosen if selected else look.tokens


def paint_ground(delegate: QStyledItemDelegate, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
    """Paint what stands behind a drawn cell of a table (selection, pointer, focus, hairline) without its words."""
    bare = QStyleOptionViewItem(option)
    delegate.initStyleOption(bare, index)
    bare.text = ""
    bare.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, bare.widget)
