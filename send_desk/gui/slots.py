"""Widgets one under another on a sheet of paper, each measured by itself and only when it has to be.

Qt's own layouts ask every row for its height again whenever one of them changes; in a plan of 150 entries that is too
slow to write in. Here a change of one row costs that row.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_4
from send_desk.gui.turns import Turns

STRETCH_S = 0.008
"""How long slots are filled and measured at a time before the window gets its turn, in seconds; one at least is."""
_GUESSED = 220  # the height of a slot that nothing stands in yet


class Slot(QWidget):
    """The place of one widget, which may come later; `line` draws a hairline above it."""

    stale = Signal()

    def __init__(self, look: Look, parent: QWidget, *, line: bool = False) -> None:
        super().__init__(parent)
        self._look, self._line = look, line
        self.content: QWidget | None = None
        self.measured = 0
        self.settled = False

    @property
    def tall(self) -> int:
        """The height that is kept for the slot."""
        if self.content is None:
            return _GUESSED
        return 0 if self.content.isHidden() else self.measured

    def fill(self, content: QWidget) -> None:
        """Put the widget in its place."""
        self.content = content
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1 if self._line else 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(content)
        self.settled = False

    def measure(self) -> bool:
        """Find the height at the width at hand; tell whether the slot has another one now."""
        self.settled = True
        layout = self.layout()
        if layout is None:
            return False
        layout.activate()
        tall = layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else -1
        self.measured = tall if tall >= 0 else layout.totalSizeHint().height()
        return self.tall != self.height()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.settled:
            self.settled = False
            self.stale.emit()
        return done

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._line:
            painter = QPainter(self)
            painter.fillRect(0, 0, self.width(), 1, QColor(self._look.tokens.hairline))


class SlotColumn(QScrollArea):
    """Scrolls slots. What is in view is filled and measured first, the rest a little at a time."""

    settled = Signal()
    """Every slot is filled and measured."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._order: list[Slot] = []
        self._going = Turns(self)
        self._sheet = _Paper(look)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setWidget(self._sheet)
        bar = self.verticalScrollBar()
        bar.setStyleSheet("QScrollBar::handle:disabled { background: transparent; }")
        bar.rangeChanged.connect(self._range_changed)
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._go_on)

    def _range_changed(self, _: int, last: int) -> None:
        self.verticalScrollBar().setEnabled(last > 0)  # nothing to scroll, no handle

    @property
    def is_settled(self) -> bool:
        """Whether every slot is filled and measured."""
        return all(slot.settled for slot in self._order)

    def new_slot(self, *, line: bool = False) -> Slot:
        """Make a slot; `set_order` gives it its place."""
        slot = Slot(self._look, self._sheet, line=line)
        slot.stale.connect(self.go_on)
        return slot

    def set_order(self, slots: list[Slot]) -> None:
        """Lay the slots in this order; those that are no longer among them go."""
        for gone in [slot for slot in self._order if slot not in slots]:
            gone.hide()
            self._going.add(gone.deleteLater)  # a turn each: to delete a row of many fields takes milliseconds
        self._order = list(slots)
        self._arrange()
        for slot in slots:
            slot.show()
        self.go_on()

    def go_on(self) -> None:
        """Fill and measure what is not settled, as soon as the window has a moment."""
        self._turn.start()

    def rest(self) -> None:
        """Stop filling."""
        self._turn.stop()

    def settle(self, slot: Slot) -> None:
        """Fill and measure one slot now."""
        if slot.content is None:
            self.fill(slot)
        self._measure(slot)
        self._arrange()

    def fill(self, slot: Slot) -> None:
        """Put its widget into a slot whose turn has come; those that derive from this class know which."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._sheet.width():
            for slot in self._order:
                slot.settled = False
            self._arrange()
            self.go_on()

    def _go_on(self) -> None:
        until = monotonic() + STRETCH_S
        seen = self._order.copy()
        moved = False
        for slot in self._waiting(seen):
            if slot.content is None:
                self.fill(slot)
                slot.resize(self.viewport().width(), _GUESSED)
            moved = self._measure(slot) or moved
            if monotonic() >= until:
                break
        if moved:
            self._arrange()
        if self.is_settled:
            self._turn.stop()
            self.settled.emit()

    def _waiting(self, slots: list[Slot]) -> Iterator[Slot]:
        """What is not settled: in view first, then from the top."""
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        near = [slot for slot in slots if slot.y() + slot.height() >= top and slot.y() <= bottom]
        yield from (slot for slot in near if not slot.settled)
        yield from (slot for slot in slots if not slot.settled)

    def _measure(self, slot: Slot) -> bool:
        """Measure twice: fields that are as high as their words know it only once they have their width."""
        width = self.viewport().width()
        if slot.width() != width:
            slot.resize(width, slot.height())
        changed = slot.measure()
        if changed:
            slot.resize(width, slot.tall)
            slot.measure()
        return changed

    def _arrange(self) -> None:
        """Move the slots to where they belong; what the writer reads stays where it is when something above grows."""
        bar, width = self.verticalScrollBar(), self.viewport().width()
        held = next((slot for slot in self._order if slot.y() + slot.height() > bar.value() and slot.isVisible()), None)
        offset = bar.value() - held.y() if held is not None else 0
        y, top, bottom = 0, bar.value(), bar.value() + self.viewport().height()
        for slot in self._order:
            # rows far from the view take another width when their turn to be measured comes
            near = slot.settled or (y + slot.tall >= top and y <= bottom)
            slot.setGeometry(0, y, width if near else slot.width(), slot.tall)
            y += slot.tall
        self._sheet.resize(width, max(y + SPACE_4, self.viewport().height()))
        if held is not None and held.y() + offset != bar.value() and bar.value() > 0:
            bar.setValue(held.y() + offset)


class _Paper(QWidget):
    """The ground that the words stand on."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), QColor(self._look.tokens.paper))
