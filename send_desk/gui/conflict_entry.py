"""The conflicts of one record under its name, with what is the same in all versions beside them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from send_desk.domain.ids import RecordKind
from send_desk.gui.column_page import Listed, PagePart
from send_desk.gui.conflict_block import ConflictBlock
from send_desk.gui.conflict_words import same_in_all
from send_desk.gui.entry_forms import KIND_WORDS
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_4
from send_desk.gui.open_case import OpenCase
from send_desk.services.conflicts import Conflict


class ConflictEntry(PagePart):
    """`kept`, `written` and `confirmed` are sent with the conflict they decide, `plan_wanted` with the record."""

    kept = Signal(object, str)
    written = Signal(object, str)
    confirmed = Signal(object)
    plan_wanted = Signal(str)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._look, self._name = look, name
        self._record = ""
        self._across = True
        self._case: OpenCase | None = None
        self._open = QPushButton("Open in the plan")
        self._open.setObjectName(f"{name}.open")
        self._open.setProperty("role", "link")
        self._open.setAutoDefault(False)
        self._open.clicked.connect(lambda: self.plan_wanted.emit(self._record))
        self.add_beside(self._open)
        self._blocks: Listed[Conflict, ConflictBlock] = Listed(
            lambda one: one.field, self._make, self._fill, gap=SPACE_4
        )
        self.body.addWidget(self._blocks)

    def show_entry(self, case: OpenCase, found: tuple[Conflict, ...]) -> None:
        """Show the conflicts of a record."""
        self._case, first = case, found[0]
        self._record = first.record
        entry = next((one for one in case.case.entries if one.id == first.record), None)
        kind = f", {KIND_WORDS[entry.kind].lower()}" if entry is not None else ""
        self.heading.setText(f"{first.entry[:1].upper()}{first.entry[1:]}{kind}")
        self._open.setAccessibleName(f"Open {first.entry} in the plan")
        self._open.setVisible(first.kind == RecordKind.ENTRY and entry is not None)
        self.say(same_in_all(case.case, found))
        self._blocks.show_items(found)
        self.set_across(self._across)

    def set_across(self, across: bool) -> None:
        """Set versions side by side, or under one another."""
        self._across = across
        for block in self._blocks.widgets:
            block.set_across(across)

    def block(self, field: str) -> ConflictBlock | None:
        """The block of a field, by its flat or its bare name; the first where that is not open."""
        known = (self._blocks.at(name) for name in (field, f"fields.{field}"))
        return next((one for one in known if one is not None), next(iter(self._blocks.widgets), None))

    def _make(self, conflict: Conflict) -> ConflictBlock:
        block = ConflictBlock(self._look, f"{self._name}.{(conflict.field or 'combined').lstrip('$')}")
        block.kept.connect(partial(self._send_kept, block))
        block.written.connect(partial(self._send_written, block))
        block.confirmed.connect(partial(self._send_confirmed, block))
        return block

    def _fill(self, block: ConflictBlock, conflict: Conflict) -> None:
        if self._case is not None:
            block.show_conflict(self._case.case, conflict)

    def _send_kept(self, block: ConflictBlock, revision: str) -> None:
        self.kept.emit(block.conflict, revision)

    def _send_written(self, block: ConflictBlock, words: str) -> None:
        self.written.emit(block.conflict, words)

    def _send_confirmed(self, block: ConflictBlock) -> None:
        self.confirmed.emit(block.conflict)
