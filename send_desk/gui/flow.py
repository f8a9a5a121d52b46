"""A layout that sets widgets in lines and breaks the line where the room ends, as words are set."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from send_desk.gui.metrics import SPACE_2


class FlowLayout(QLayout):
    """Left to right, then on the next line; at 200% nothing has to scroll sideways.

    What stands in one line is centred in its height, or with `top` set at the same height, as fields with labels are.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = SPACE_2, top: bool = False) -> None:
        super().__init__(parent)
        self._top = top
        self._things: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._things.append(item)

    def count(self) -> int:
        return len(self._things)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._things[index] if 0 <= index < len(self._things) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._things.pop(index) if 0 <= index < len(self._things) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._set(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._set(rect, move=True)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._things if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        return self._with_margins(QSize(width, max((size.height() for size in shown), default=0)))

    def minimumSize(self) -> QSize:
        least = QSize()
        for item in self._things:
            least = least.expandedTo(item.minimumSize())
        return self._with_margins(least)

    def _with_margins(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _set(self, rect: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        area = rect.marginsRemoved(margins)
        line: list[tuple[QLayoutItem, QSize]] = []
        x, y = area.left(), area.top()
        for item in self._things:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(area.width(), item.minimumSize().width()), 16_777_215))
            if item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            if line and x + size.width() > area.left() + area.width():
                y += self._close(line, area.left(), y, move=move) + self._gap
                line, x = [], area.left()
            line.append((item, size))
            x += size.width() + self._gap
        y += self._close(line, area.left(), y, move=move)
        return y - rect.top() + margins.bottom()

    def _close(self, line: list[tuple[QLayoutItem, QSize]], x: int, y: int, *, move: bool) -> int:
        height = max((size.height() for _, size in line), default=0)
        if move:
            for item, size in line:
                item.setGeometry(QRect(QPoint(x, y + (0 if self._top else (height - size.height()) // 2)), size))
                x += size.width() + self._gap
        return height
