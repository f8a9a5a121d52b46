"""The list of findings: a mark for the weight, the reason in words, the law beneath it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from send_desk.domain.finding import Finding
from send_desk.domain.ids import Severity
from send_desk.gui.findings_order import WEIGHT_WORDS, Heading, Item, place_words
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1, SPACE_2, SPACE_3
from send_desk.gui.plan_view import PlanView
from send_desk.gui.style import text_font

ITEM = Qt.ItemDataRole.UserRole
_MARK = 18
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_ICONS = {
    Severity.BLOCK: ("warning-circle", "late"),
    Severity.WARN: ("question", "waiting"),
    Severity.NOTE: ("info", "quiet"),
}
_Index = QModelIndex | QPersistentModelIndex


class FindingsModel(QAbstractListModel):
    """Headings and findings as lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[Item, ...] = ()
        self._view: PlanView | None = None

    def show_items(self, view: PlanView, items: tuple[Item, ...]) -> None:
        """Show other lines; the same lines change nothing."""
        self._view = view
        if items == self._items:
            return
        self.beginResetModel()
        self._items = items
        self.endResetModel()

    def clear(self) -> None:
        """Forget every line."""
        self.beginResetModel()
        self._items, self._view = (), None
        self.endResetModel()

    def row_of(self, finding: str) -> int:
        """The line of a finding by its id, -1 where it is none."""
        ids = (one.id if isinstance(one, Finding) else "" for one in self._items)
        return next((row for row, id_ in enumerate(ids) if id_ == finding), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._items)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        match self._items[index.row()]:
            case Heading():
                return Qt.ItemFlag.ItemIsEnabled
            case _:
                return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        if role == ITEM:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._said(item)
        return None

    def _said(self, item: Item) -> str:
        match item:
            case Heading(words=words):
                return words
            case _:
                where = f"{place_words(self._view, item)}. " if self._view else ""
                aside = f" Set aside: {item.dismissed}." if item.dismissed is not None else ""
                return f"{WEIGHT_WORDS[item.severity]}. {where}{item.reason} {item.law.citation}.{aside}"


class _Delegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        item = index.data(ITEM)
        tokens = self._look.tokens
        area: QRect = option.rect
        painter.save()
        if isinstance(item, Heading):
            painter.setFont(text_font(13, bold=True))
            painter.setPen(QColor(tokens.quiet))
            painter.drawText(
                area.adjusted(SPACE_2, SPACE_2, -SPACE_2, -SPACE_1), Qt.AlignmentFlag.AlignVCenter, item.words
            )
        elif isinstance(item, Finding):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            if chosen or option.state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(area, QColor(tokens.selection if chosen else tokens.hover))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(QColor(tokens.accent if not tokens.plain else tokens.on_selection), 2))
                painter.drawRect(area.adjusted(1, 1, -1, -1))
            turned = tokens.chosen if chosen else tokens
            icon, token = _ICONS[item.severity]
            mark = self._look.icon(icon, colour=getattr(turned, token)).pixmap(QSize(_MARK, _MARK))
            painter.drawPixmap(area.left() + SPACE_2, area.top() + SPACE_2 + 1, mark)
            reason, law = _places(item, area)
            painter.setFont(text_font())
            painter.setPen(QColor(turned.quiet if item.dismissed is not None else turned.ink))
            painter.drawText(reason, _WRAP, item.reason)
            painter.setFont(text_font(12))
            painter.setPen(QColor(turned.quiet))
            painter.drawText(law, _WRAP, _law_line(item))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        item = index.data(ITEM)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        if isinstance(item, Finding):
            _, law = _places(item, QRect(0, 0, width, 0))
            return QSize(width, law.bottom() + 1 + SPACE_2)
        return QSize(width, 32)


class FindingsList(QListView):
    """The list itself; Enter or a double click goes to the place."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findings.list")
        self.setAccessibleName("Findings")
        self.setProperty("role", "bare")
        self.setUniformItemSizes(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Delegate(look, self))
        self.lines = FindingsModel(self)
        self.setModel(self.lines)
        look.changed.connect(self.viewport().update)

    @property
    def chosen(self) -> Finding | None:
        """The finding that is chosen."""
        item = self.currentIndex().data(ITEM)
        return item if isinstance(item, Finding) else None

    def choose(self, finding: str) -> None:
        """Choose a finding by its id; one that is not there leaves nothing chosen."""
        row = self.lines.row_of(finding)
        if row >= 0:
            self.setCurrentIndex(self.lines.index(row))
            self.scrollTo(self.currentIndex())
        else:
            self.setCurrentIndex(QModelIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()


def _law_line(item: Finding) -> str:
    return f"Set aside: {item.dismissed}" if item.dismissed is not None else item.law.citation


def _places(item: Finding, area: QRect) -> tuple[QRect, QRect]:
    left = area.left() + SPACE_2 + _MARK + SPACE_2
    room = max(80, area.width() - (left - area.left()) - SPACE_3)
    reason = QFontMetrics(text_font()).boundingRect(QRect(0, 0, room, 10_000), int(_WRAP), item.reason)
    law = QFontMetrics(text_font(12)).boundingRect(QRect(0, 0, room, 10_000), int(_WRAP), _law_line(item))
    top = area.top() + SPACE_2
    return (
        QRect(left, top, room, reason.height()),
        QRect(left, top + reason.height() + 2, room, law.height()),
    )
