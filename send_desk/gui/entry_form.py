"""The fields of one entry as editors: labels at their left, short ones two on a line, words kept as they are typed."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from send_desk.domain.entry import Entry
from send_desk.gui.entry_forms import STEPS, TEXT, FieldForm, form_of
from send_desk.gui.look import Look
from send_desk.gui.metrics import SMALL_PX, SPACE_1, SPACE_3
from send_desk.gui.open_case import OpenCase
from send_desk.gui.style import text_font
from send_desk.gui.writing import Writing

_BASE = 12  # from the top of an editor to the top of its label
_REMEMBERED = 256  # more than anyone types between two saves


class EntryForm(QWidget):
    """Editors for the fields of one entry. What is typed goes to the open case at once; words from elsewhere come in
    as one step of undo, and never over words that the writer has just typed.
    """

    written = Signal()
    """Something was typed in one of the fields."""
    trimmed = Signal(str)

    def __init__(
        self, look: Look, case: OpenCase, entry: Entry, label: str, *, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._case, self._entry, self._today = case, entry, today
        self._look = look
        self._forms = form_of(entry.kind)
        self._second = _at_right(self._forms)
        self._editors: dict[str, Writing] = {}
        self._seen: dict[str, str] = {}
        self._told: dict[str, deque[str]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(SPACE_1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self._lay(grid)
        self.set_label(label)

    @property
    def shown(self) -> Entry:
        """The entry with the words that stand in the editors now."""
        fields = dict(self._entry.fields)
        for form in self._forms:
            words = self._editors[form.name].words
            if form.name not in (TEXT, STEPS) and (words or form.name in fields):
                fields[form.name] = str(form.value(words, self._today))
        return replace(self._entry, fields=fields)

    def set_label(self, label: str) -> None:
        """Name the editors after the entry's place in the plan, as it now is."""
        for form in self._forms:
            editor = self._editors[form.name]
            editor.setObjectName(f"entry.{label}.{form.name}")
            editor.setAccessibleName(f"{label}: {form.label}")

    def take(self, entry: Entry) -> None:
        """Take a newer state of the entry: fields that somebody else, or an undo, has changed are shown as they are."""
        if entry is self._entry:
            return
        self._entry = entry
        for form in self._forms:
            words = form.words(entry)
            if words == self._seen[form.name]:
                continue
            self._seen[form.name] = words
            told = self._told[form.name]
            if words in told:
                while told and told.popleft() != words:
                    pass
                continue
            told.clear()
            self._editors[form.name].show_words(words)

    def focus(self, field: str = "", *, quote: str = "") -> None:
        """Bring the cursor into a field, onto the words of a quote where they stand in it."""
        editor = self._editors.get(field.removeprefix("fields."))
        if editor is None:
            editor = self._holding(quote) or self._editors[self._forms[0].name]
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if quote:
            editor.choose(quote)

    def field_of(self, widget: QWidget) -> str:
        """The name of the field that an editor belongs to; empty for another widget."""
        return next((name for name, editor in self._editors.items() if editor is widget), "")

    def editor(self, field: str) -> Writing:
        """The editor of a field; KeyError where this kind has none of that name."""
        return self._editors[field]

    def _lay(self, grid: QGridLayout) -> None:
        if len(self._forms) == 1:
            grid.addWidget(self._editor(self._forms[0]), 0, 0, 1, 4)
            return
        # these columns hold painted labels and no widget, and Qt leaves out the spacing around empty columns
        grid.setColumnMinimumWidth(0, self._label_width(second=False) + SPACE_3)
        grid.setColumnMinimumWidth(2, self._label_width(second=True) + 2 * SPACE_3)
        row, second = 0, False
        for form in self._forms:
            if second and not form.half:
                row, second = row + 1, False
            editor = self._editor(form)
            grid.addWidget(editor, row, 3 if second else 1, 1, 1 if form.half else 3, Qt.AlignmentFlag.AlignTop)
            second = form.half and not second
            row += not second

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the labels beside their fields: as widgets they would double the cost of a row."""
        if len(self._forms) == 1:
            return
        painter = QPainter(self)
        painter.setFont(text_font(SMALL_PX))
        painter.setPen(QColor(self._look.tokens.quiet))
        for form in self._forms:
            place = self._editors[form.name].geometry()
            wide = self._label_width(second=form.name in self._second)
            room = QRect(place.left() - wide - SPACE_3, place.top() + _BASE, wide, 18)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, form.label)

    def _label_width(self, *, second: bool) -> int:
        metrics = QFontMetrics(text_font(SMALL_PX))
        labels = [form.label for form in self._forms if (form.name in self._second) is second]
        return max((metrics.horizontalAdvance(label) for label in labels), default=0) + 2

    def _holding(self, quote: str) -> Writing | None:
        wanted = quote.removesuffix(" ...").casefold()
        holding = (editor for editor in self._editors.values() if wanted and wanted in editor.words.casefold())
        return next(holding, None)

    def _editor(self, form: FieldForm) -> Writing:
        words = form.words(self._entry)
        editor = Writing(least=form.least, single=form.single, marks=form.name == TEXT)
        editor.setPlaceholderText(form.hint)
        editor.begin_with(words)
        editor.written.connect(partial(self._write, form))
        editor.trimmed.connect(self.trimmed)
        editor.undo_beyond.connect(self._case.undo.undo)
        editor.redo_beyond.connect(self._case.undo.redo)
        self._editors[form.name] = editor
        self._seen[form.name] = words
        self._told[form.name] = deque(maxlen=_REMEMBERED)
        return editor

    def _write(self, form: FieldForm, words: str) -> None:
        self._told[form.name].append(form.normal(words, self._today))
        self._case.type(self._entry.id, form.path, form.value(words, self._today))
        self.written.emit()


def _at_right(forms: tuple[FieldForm, ...]) -> frozenset[str]:
    """The names of the fields that stand second on their line."""
    right: set[str] = set()
    first = False
    for form in forms:
        if form.half and first:
            right.add(form.name)
        first = form.half and not first
    return frozenset(right)
