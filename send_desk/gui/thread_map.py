"""The golden thread as a picture: four columns joined by curves, what is missing as a dashed ring."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from send_desk.gui.look import Look
from send_desk.gui.metrics import CORNER, SPACE_1, SPACE_2, SPACE_3
from send_desk.gui.style import text_font
from send_desk.gui.theme import mix
from send_desk.gui.thread import Column, Gap, Node, Thread, node_id

_ROW = 56
_LABEL_ONLY_UNDER = 96  # a column narrower than this shows the labels without the words
_LABEL = 52.0
_HEAD = 28
_TITLES = ("Aspirations", "Needs", "Outcomes", "Provision")
_SHORT_TITLES = ("A", "B–D", "E", "F–H")


class _Stop(QAbstractButton):
    """One entry or one gap, drawn in its place and read out like any button."""

    reached = Signal()

    def __init__(self, look: Look, shown: Node | Gap, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.shown = shown
        self.column = shown.column
        self.setCursor(Qt.CursorShape.PointingHandCursor)

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
                event.ignore()  # the map moves among its stops

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        gap = isinstance(self.shown, Gap)
        pen = QPen(QColor(tokens.late if gap else tokens.ink if tokens.plain else tokens.hollow), 1.6 if gap else 1)
        if gap:
            pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(QColor(tokens.paper if tokens.plain or not self.underMouse() else tokens.hover))
        painter.drawRoundedRect(box, box.height() / 2 if gap else CORNER, box.height() / 2 if gap else CORNER)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER + 1, CORNER + 1)
        self._paint_words(painter, box.toRect().adjusted(SPACE_2, SPACE_1, -SPACE_2, -SPACE_1))

    def _paint_words(self, painter: QPainter, room: QRect) -> None:
        tokens = self._look.tokens
        match self.shown:
            case Gap(words=words):
                painter.setPen(QColor(tokens.late))
                short = "?" if room.width() < _LABEL_ONLY_UNDER - 20 else words
                _paint_lines(painter, room, short, centre=True)
            case Node(label=label, words=words):
                painter.setPen(QColor(tokens.ink))
                painter.setFont(text_font(13, bold=True))
                if room.width() < _LABEL_ONLY_UNDER - 20:
                    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, label)
                    return
                painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, label)
                indent = QFontMetrics(text_font(13, bold=True)).horizontalAdvance(label) + SPACE_2
                painter.setPen(QColor(tokens.quiet))
                _paint_lines(painter, room.adjusted(indent, 0, 0, 0), words)


def _paint_lines(painter: QPainter, room: QRect, words: str, *, centre: bool = False) -> None:
    """Two lines at most; what does not fit ends in an ellipsis, the tip has it all."""
    font = text_font(13)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    first = words
    while metrics.horizontalAdvance(first) > room.width() and " " in first:
        first = first.rpartition(" ")[0]
    rest = words[len(first) :].strip()
    shown = metrics.elidedText(first, Qt.TextElideMode.ElideRight, room.width())
    if rest:
        shown += "\n" + metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room.width())
    across = Qt.AlignmentFlag.AlignHCenter if centre else Qt.AlignmentFlag.AlignLeft
    painter.drawText(room, across | (Qt.AlignmentFlag.AlignVCenter if centre else Qt.AlignmentFlag.AlignTop), shown)


class ThreadMap(QWidget):
    """The map. One tab stop; the arrows move among entries and gaps, Enter or Space opens.

    Left and Right go along a join if there is one, else to the nearest in that column; Up and Down go within a column.
    """

    opened = Signal(str)
    """Sent with the id of the node, or of the node that a gap belongs to."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._thread = Thread()
        self._stops: list[_Stop] = []
        self.setObjectName("thread.map")
        self.setAccessibleName("Thread from aspirations to provision")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        look.changed.connect(self.update)

    @property
    def thread_shown(self) -> Thread:
        """What the map shows."""
        return self._thread

    def show_thread(self, thread: Thread) -> None:
        """Show another thread; the focus stays on the entry that had it, if that is still there."""
        focused = next((_key(stop.shown) for stop in self._stops if stop.hasFocus()), None)
        for stop in self._stops:
            stop.hide()
            stop.deleteLater()
        self._thread = thread
        self._stops = [self._stop(shown) for shown in thread.in_order()]
        self.setAccessibleDescription(" ".join(thread.lines()))
        self._lay()
        self._stop_at(next((stop for stop in self._stops if _key(stop.shown) == focused), None), focus=True)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        tallest = max((len(self._in(column)) for column in Column), default=0)
        return QSize(480, _HEAD + max(1, tallest) * _ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((stop for stop in self._stops if stop.hasFocus()), None)
        if at is None:
            event.ignore()
            return
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                column = self._in(at.column)
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                goal = column[max(0, min(len(column) - 1, column.index(at) + step))]
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                goal = self._across(at, 1 if event.key() == Qt.Key.Key_Right else -1)
            case _:
                event.ignore()
                return
        goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(13))
        painter.setPen(QColor(tokens.quiet))
        wide, gutter = self._widths()
        for column in Column:
            head = QRectF(column * (wide + gutter) + 2, 0, wide, _HEAD - 6)
            titles = _TITLES if wide >= _LABEL_ONLY_UNDER else _SHORT_TITLES
            painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, titles[column])
        by_id = {stop.shown.id: stop for stop in self._stops if isinstance(stop.shown, Node)}
        pen = QPen(QColor(tokens.ink if tokens.plain else mix(tokens.paper, tokens.accent, 0.7)), 1.5)
        painter.setPen(pen)
        for link in self._thread.links:
            if link.from_ in by_id and link.to in by_id:
                _join(painter, by_id[link.from_], by_id[link.to])
        dashed = QPen(QColor(tokens.late), 1.2)
        dashed.setDashPattern([3, 3])
        painter.setPen(dashed)
        for stop in self._stops:
            if isinstance(stop.shown, Gap) and stop.shown.node in by_id:
                _join(painter, by_id[stop.shown.node], stop)

    def _stop(self, shown: Node | Gap) -> _Stop:
        stop = _Stop(self._look, shown, self)
        match shown:
            case Node(id=node, label=label, words=words):
                others = ", ".join(other.label for other in self._thread.joined(node)) or "nothing"
                stop.setObjectName(f"thread.{node}")
                stop.setAccessibleName(f"{label}: {words}")
                stop.setAccessibleDescription(f"{_TITLES[shown.column]}. Joined to {others}.")
                stop.setToolTip(f"{label}: {words}\nJoined to {others}.")
            case Gap(node=node, words=words):
                stop.setObjectName(f"thread.gap.{node}.{shown.column.name.lower()}")
                stop.setAccessibleName(f"Gap: {words}")
                stop.setToolTip(words)
        stop.clicked.connect(partial(self._open, node))
        stop.reached.connect(partial(self._stop_at, stop))
        stop.show()
        return stop

    def _open(self, node: str, _: bool = False) -> None:
        self.opened.emit(node)

    def _stop_at(self, at: _Stop | None, *, focus: bool = False) -> None:
        if at is not None and focus:
            at.setFocus(Qt.FocusReason.OtherFocusReason)
        tab = at or next(iter(self._stops), None)
        for stop in self._stops:
            stop.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop is tab else Qt.FocusPolicy.ClickFocus)

    def _in(self, column: Column) -> list[_Stop]:
        return [stop for stop in self._stops if stop.column == column]

    def _across(self, at: _Stop, step: int) -> _Stop:
        for column in range(at.column + step, 4 if step > 0 else -1, step):
            there = self._in(Column(column))
            joined = {other.id for other in self._thread.joined(node_id(at.shown))} | {node_id(at.shown)}
            near = [stop for stop in there if node_id(stop.shown) in joined] or there
            if near:
                return min(near, key=lambda stop: abs(stop.geometry().center().y() - at.geometry().center().y()))
        return at

    def _widths(self) -> tuple[float, float]:
        gutter = max(SPACE_3, min(64.0, self.width() * 0.06))
        wide = (self.width() - 3 * gutter) / 4
        if wide >= _LABEL_ONLY_UNDER or wide <= _LABEL:
            return wide, gutter
        return _LABEL, (self.width() - 4 * _LABEL) / 3  # a label needs no more, and the curves need all the rest

    def _lay(self) -> None:
        wide, gutter = self._widths()
        for column in Column:
            for row, stop in enumerate(self._in(column)):
                stop.setGeometry(QRectF(column * (wide + gutter), _HEAD + row * _ROW, wide, _ROW - SPACE_2).toRect())


def _key(shown: Node | Gap) -> tuple[str, int]:
    return (node_id(shown), shown.column)


def _join(painter: QPainter, one: QWidget, other: QWidget) -> None:
    left, right = sorted((one.geometry(), other.geometry()), key=lambda place: place.left())
    start = QPointF(left.right() - 1, left.center().y())
    end = QPointF(right.left() + 2, right.center().y())
    pull = max(12.0, (end.x() - start.x()) / 2)
    path = QPainterPath(start)
    path.cubicTo(start + QPointF(pull, 0), end - QPointF(pull, 0), end)
    painter.drawPath(path)
