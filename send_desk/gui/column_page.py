"""A page that is one column of words, scrolled up and down and never sideways, with sections under headings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from send_desk.gui.metrics import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6, SPACE_8
from send_desk.gui.pieces import Rule
from send_desk.gui.tab_order import tab_in_reading_order
from send_desk.gui.words import Line, Paragraph, Voice

W = TypeVar("W", bound=QWidget)
T = TypeVar("T")


class Scrolled(QWidget):
    """What a page scrolls: as high as its words need at the width at hand.

    Qt would also ask for the height that they would need in the narrowest window, and leave as much blank at the end.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class ColumnPage(QScrollArea):
    """A scrolled page; `content` is what it scrolls, as wide as the page."""

    def __init__(self, *, name: str, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content = Scrolled()
        self.content.setProperty("role", "paper")
        self.column = QVBoxLayout(self.content)
        self.column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_6)
        self.column.setSpacing(SPACE_4)
        self.setWidget(self.content)
        self._ordering = QTimer(self, singleShot=True, interval=0)
        self._ordering.timeout.connect(partial(tab_in_reading_order, self.content))
        self.content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.content and event.type() == QEvent.Type.LayoutRequest:
            self._ordering.start()  # something came, went or changed its size
        return super().eventFilter(watched, event)

    def bring(self, widget: QWidget, *, focus: bool = True) -> None:
        """Scroll so that a widget stands near the top, and bring the keyboard into it."""
        place = QRect(widget.mapTo(self.content, widget.rect().topLeft()), widget.size())
        self.verticalScrollBar().setValue(max(0, place.top() - SPACE_4))
        if focus:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        reached = self.focusWidget()
        if moved and reached is not None:
            self.ensureWidgetVisible(reached, 0, SPACE_6)
        return moved


class PagePart(QWidget):
    """A heading, a quiet line beside or under it, and what stands below."""

    def __init__(self, title: str, *, rule: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Line(title, Voice.HEADING)
        self.heading.setMinimumHeight(SPACE_8)  # as high as a button beside it, so that headings side by side agree
        self.remark = Paragraph("", Voice.QUIET)
        self.remark.hide()
        self._top = QHBoxLayout()
        self._top.setSpacing(SPACE_3)
        self._top.addWidget(self.heading)
        self._top.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE_2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        if rule:
            column.addWidget(Rule())
            column.addSpacing(SPACE_1)
        column.addLayout(self._top)
        column.addWidget(self.remark)
        column.addLayout(self.body)

    def add_beside(self, widget: QWidget) -> None:
        """Put a button at the end of the heading's line."""
        self._top.addWidget(widget)

    def say(self, words: str) -> None:
        """Show the quiet line under the heading; empty words take it away."""
        self.remark.say(words)
        self.remark.setVisible(bool(words))


class Listed(QWidget, Generic[T, W]):
    """Widgets for values in their order, made once for each key, so that the focus stays where it was."""

    def __init__(
        self,
        key: Callable[[T], str],
        make: Callable[[T], W],
        fill: Callable[[W, T], None],
        *,
        gap: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._key, self._make, self._fill = key, make, fill
        self._shown: dict[str, W] = {}
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap)

    def set_across(self, across: bool) -> None:
        """Set the widgets beside one another, or under one another."""
        way = QBoxLayout.Direction
        self._column.setDirection(way.LeftToRight if across else way.TopToBottom)

    def show_items(self, items: Sequence[T]) -> None:
        """Show these values and no others."""
        wanted = [self._key(item) for item in items]
        for key in [key for key in self._shown if key not in wanted]:
            gone = self._shown.pop(key)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, (key, item) in enumerate(zip(wanted, items, strict=True)):
            widget = self._shown.get(key)
            if widget is None:
                widget = self._shown[key] = self._make(item)
            if self._column.indexOf(widget) != place:
                self._column.insertWidget(place, widget)
            self._fill(widget, item)
        self.setVisible(bool(items))

    def at(self, key: str) -> W | None:
        """The widget of a key."""
        return self._shown.get(key)

    @property
    def widgets(self) -> tuple[W, ...]:
        """The widgets that stand here."""
        return tuple(self._shown.values())


def is_behind(page: QWidget) -> bool:
    """Whether another page of the window stands before this one."""
    return page.isHidden() and not page.isWindow()
