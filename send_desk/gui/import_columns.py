"""Which column of a list holds what, as a person says it: one line for each heading with its first cell."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from send_desk.gui.choices import Choice
from send_desk.gui.metrics import SPACE_2, SPACE_4
from send_desk.gui.naming import named
from send_desk.gui.words import Line, Paragraph, Voice
from send_desk.services.importing import ListColumns

_ASIDE = "Kept with the case under its heading"
_MOST = 40


class ColumnsForm(QWidget):
    """The columns of one table. `mapping` is what was said, None where two columns hold the same; `unfolded` is sent
    when they are shown or hidden.
    """

    unfolded = Signal()

    def __init__(
        self, columns: ListColumns, fields: Mapping[str, str], *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._fields = fields
        self._choices: dict[str, Choice[str]] = {}
        self._before = {one.heading: one.target for one in columns.columns}
        known = columns.known_as or "A list that nobody knows yet"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(Line(columns.table, Voice.LABEL))
        column.addWidget(Paragraph(f"{known}.", Voice.QUIET))
        self._told = Paragraph("", Voice.LATE)
        self._told.hide()
        self._grid_place = QWidget()
        self._grid_place.hide()
        grid = QGridLayout(self._grid_place)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_2)
        grid.setColumnStretch(1, 1)
        for at, one in enumerate(columns.columns[:_MOST]):
            choice = Choice(
                {"": _ASIDE, **fields}, name=f"{name}.{at + 1}", says=f"What the column {one.heading} holds"
            )
            choice.setMinimumContentsLength(16)
            if one.target and one.target not in fields:
                choice.setDisabled(True)  # a field that only a fixed form fills
            choice.choose(one.target)
            words = Paragraph(f"{one.heading}\n{one.sample}" if one.sample else one.heading)
            words.setMinimumWidth(120)
            grid.addWidget(words, at, 0)
            grid.addWidget(choice, at, 1)
            self._choices[one.heading] = choice
        self._fold = named(QPushButton(), f"{name}.fold")
        self._fold.setProperty("role", "link")
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._unfold)
        column.addWidget(self._fold)
        column.addWidget(self._grid_place)
        column.addWidget(self._told)
        self._fold.setChecked(not columns.known_as)
        self._unfold(self._fold.isChecked())

    @property
    def is_open(self) -> bool:
        """Whether the columns are shown."""
        return self._fold.isChecked()

    @property
    def is_changed(self) -> bool:
        """Whether something else is chosen than what was known; for an unknown list, whether anything is."""
        said = {heading: choice.value for heading, choice in self._choices.items()}
        if not self._columns.known_as:
            return any(said.values())
        return any(self._before[heading] != target for heading, target in said.items())

    def mapping(self) -> Mapping[str, str] | None:
        """Return which column fills which field; where two fill one, say so and return None."""
        said = {
            heading: choice.value if choice.isEnabled() else self._before[heading]
            for heading, choice in self._choices.items()
        }
        filled = [target for target in said.values() if target]
        twice = next((target for target in filled if filled.count(target) > 1), "")
        self._told.say(f"Two columns hold “{self._fields.get(twice, twice)}”. Please choose one." if twice else "")
        self._told.setVisible(bool(twice))
        return None if twice else said

    def _unfold(self, opened: bool) -> None:
        count = sum(not choice.value for choice in self._choices.values())
        left = f", {count} without a field" if count else ""
        words = f"{'Hide' if opened else 'Show'} what its {len(self._choices)} columns hold{left}"
        self._fold.setText(words)
        self._fold.setAccessibleName(f"{words}: {self._columns.table}")
        self._grid_place.setVisible(opened)
        self.unfolded.emit()
