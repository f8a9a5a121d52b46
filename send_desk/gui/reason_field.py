"""Why nothing meets a need: asked only where the thread breaks at it, or where a reason stands already."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from send_desk.domain.entry import Entry
from send_desk.gui.entry_forms import NOT_MET_FORM
from send_desk.gui.open_case import OpenCase
from send_desk.gui.pieces import Field
from send_desk.gui.plan_view import PlanView
from send_desk.gui.writing import Writing


class ReasonField(QWidget):
    """A field for the recorded reason; made when it is first needed."""

    written = Signal()

    def __init__(self, case: OpenCase, entry: Entry, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case, self._id = case, entry.id
        self._label = ""
        self._seen = ""
        self._editor: Writing | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def set_label(self, label: str) -> None:
        """Name the editor after the entry's place in the plan, as it now is."""
        self._label = label
        if self._editor is not None:
            self._editor.setObjectName(f"entry.{label}.{NOT_MET_FORM.name}")

    def take(self, view: PlanView, entry: Entry) -> None:
        """Show the field where the thread breaks at the entry, or where a reason stands."""
        broken = any(gap.entry == entry.id for gap in view.thread.gaps)
        if self._editor is None and (broken or entry.not_met_because):
            self._editor = self._made(entry.not_met_because)
        elif self._editor is not None and entry.not_met_because != self._seen and not self._editor.hasFocus():
            self._editor.show_words(entry.not_met_because)
        self._seen = entry.not_met_because
        if self._editor is not None:
            self.setVisible(broken or bool(self._editor.words.strip()) or self._editor.hasFocus())

    def _made(self, words: str) -> Writing:
        editor = Writing()
        editor.setPlaceholderText(NOT_MET_FORM.hint)
        editor.begin_with(words)
        editor.written.connect(self._write)
        name = f"entry.{self._label}.{NOT_MET_FORM.name}"
        self._column.addWidget(Field("If nothing is to meet it: not met because", editor, name=name))
        return editor

    def _write(self, words: str) -> None:
        self._case.type(self._id, NOT_MET_FORM.path, words)
        self.written.emit()
