"""The entries of a section one under another, below the head of the section."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QWidget

from send_desk.domain.ids import Section
from send_desk.gui.entry_row import EntryRow
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_4
from send_desk.gui.open_case import OpenCase
from send_desk.gui.plan_view import PlanView
from send_desk.gui.slots import Slot, SlotColumn


class RowColumn(SlotColumn):
    """A row that is wanted before its turn is built at once."""

    trimmed = Signal(str)
    opened = Signal(str)

    def __init__(
        self, look: Look, above: tuple[QWidget, ...], *, below: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self._case: OpenCase | None = None
        self._view: PlanView | None = None
        self._section = Section.A
        self._writer = ""
        self._rows: dict[str, Slot] = {}
        self._active = ""
        self._wanted = ""
        self._above: list[Slot] = []
        for widget in above:
            slot = self.new_slot()
            slot.fill(widget)
            self._above.append(slot)
        self._below = self.new_slot()
        self._below.fill(below)
        self.set_order([*self._above, self._below])
        self.settled.connect(self._all_stand)

    @property
    def rows(self) -> tuple[EntryRow, ...]:
        """The rows built so far, in the order of the plan."""
        return tuple(slot.content for slot in self._rows.values() if isinstance(slot.content, EntryRow))

    @property
    def is_built(self) -> bool:
        """Whether every row of the section stands."""
        return all(slot.content is not None for slot in self._rows.values())

    @property
    def active(self) -> str:
        """The id of the entry that the cursor is in."""
        return self._active

    def show_rows(self, case: OpenCase, view: PlanView, section: Section, *, writer: str) -> None:
        """Show the entries of a section from the first."""
        self.clear()
        self._case, self._view, self._section, self._writer = case, view, section, writer
        self.verticalScrollBar().setValue(0)
        self._lay()

    def clear(self) -> None:
        """Forget the case that was shown; the row with the cursor is left first."""
        self.set_active("")
        self.rest()
        self._rows = {}
        self._case = self._view = None
        self.set_order([*self._above, self._below])

    def take(self, view: PlanView) -> None:
        """Take a newer snapshot: rows that are gone go, new ones come, the others follow."""
        self._view = view
        self._lay()
        self.take_words(view)

    def take_words(self, view: PlanView) -> None:
        """Take a snapshot in which only words differ."""
        self._view = view
        for row in self.rows:
            row.take(view)

    def set_active(self, entry: str) -> None:
        """Mark the row that the cursor is in, and let the one before it be left."""
        self._active = entry
        self._wanted = self._wanted if entry == self._wanted else ""
        for row in self.rows:
            row.set_active(row.entry.id == entry)

    def row_of(self, widget: QWidget) -> EntryRow | None:
        """The row that a widget stands in."""
        return next((row for row in self.rows if row is widget or row.isAncestorOf(widget)), None)

    def focus(self, entry: str = "", field: str = "", *, quote: str = "") -> bool:
        """Bring the cursor into an entry, the first where none is named; False where it does not stand here."""
        wanted = entry or next(iter(self._rows), "")
        slot = self._rows.get(wanted)
        if slot is None:
            return False
        for place in (*self._above, slot):
            self.settle(place)
        if isinstance(slot.content, EntryRow):
            slot.content.focus(field, quote=quote)
        self._wanted = wanted
        QTimer.singleShot(0, self, self._bring_wanted)
        return True

    def fill(self, slot: Slot) -> None:
        entry = next((id_ for id_, one in self._rows.items() if one is slot), "")
        found = self._view.entry(entry) if self._view is not None else None
        if self._case is None or self._view is None or found is None:
            raise RuntimeError("a slot stands only for an entry of the case that is shown")
        row = EntryRow(self._look, self._case, self._view, found, writer=self._writer)
        row.trimmed.connect(self.trimmed)
        row.opened.connect(self.opened)
        slot.fill(row)
        row.show()
        row.set_active(entry == self._active)

    def _lay(self) -> None:
        """Bring the slots into the order of the plan."""
        ids = [entry.id for entry in self._view.case.section(self._section)] if self._view else []
        if ids == list(self._rows):
            return
        self._rows = {id_: self._rows.get(id_) or self.new_slot(line=True) for id_ in ids}
        self.set_order([*self._above, *self._rows.values(), self._below])

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wanted = ""  # the reader has scrolled on
        super().wheelEvent(event)

    def _all_stand(self) -> None:
        self._order_tabs()
        self._bring_wanted()
        self._wanted = ""

    def _order_tabs(self) -> None:
        """Let the Tab key go through the rows as they stand, whenever they were built."""
        stops = [
            child
            for row in self.rows
            for child in row.findChildren(QWidget)
            if child.focusPolicy().value & Qt.FocusPolicy.TabFocus.value and child.window() is row.window()
        ]
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)

    def _bring_wanted(self) -> None:
        """Scroll to the row that was asked for: to its top if it fits, else to the field with the cursor."""
        slot = self._rows.get(self._wanted)
        if slot is None or slot.content is None:
            return
        self.settle(slot)
        focused = slot.content.focusWidget() or slot.content
        height, bar = self.viewport().height(), self.verticalScrollBar()
        top = slot.y()
        bottom = top + focused.mapTo(slot, QPoint(0, focused.height())).y() + SPACE_4
        if top < bar.value() or bottom > bar.value() + height:
            bar.setValue(top if bottom - top <= height else bottom - height)
