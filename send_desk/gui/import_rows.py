"""The rows of a list as a table: what each would do to its case, and why one is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QVBoxLayout, QWidget

from send_desk.gui.choices import Choice
from send_desk.gui.metrics import SPACE_2
from send_desk.gui.naming import named
from send_desk.gui.rows import quiet_table
from send_desk.gui.words import Paragraph, Voice
from send_desk.services.importing import Outcome, RowOutcome

WORDS: Mapping[Outcome, str] = {
    Outcome.MADE: "New",
    Outcome.CHANGED: "Changed",
    Outcome.SAME: "The same",
    Outcome.REFUSED: "Refused",
}
_HEADS = ("Row", "What", "Case", "Why")
_WIDTHS = (64, 96, 140)
_HEIGHT = 232
_Index = QModelIndex | QPersistentModelIndex
_ALL = QModelIndex()


class RowsModel(QAbstractTableModel):
    """Outcomes of rows, all or those of one kind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RowOutcome, ...] = ()
        self._shown: Sequence[RowOutcome] = ()

    def show_rows(self, rows: tuple[RowOutcome, ...], only: Outcome | None) -> None:
        """Show these rows; with `only`, those that do that."""
        self.beginResetModel()
        self._rows = rows
        self._shown = [row for row in rows if only is None or row.outcome is only]
        self.endResetModel()

    def words_at(self, row: int) -> str:
        """Return one row in a sentence."""
        one = self._shown[row]
        place = f"{one.file}, row {one.row}" if one.row else one.file
        told = f": {one.reason}" if one.reason else f": {one.reference}" if one.reference else ""
        return f"{place}. {WORDS[one.outcome]}{told}"

    def rowCount(self, parent: _Index = _ALL) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _ALL) -> int:
        return 0 if parent.isValid() else len(_HEADS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        one = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (str(one.row or ""), WORDS[one.outcome], one.reference, one.reason)[index.column()]
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.words_at(index.row())
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        return None


class RowsView(QWidget):
    """The table with a choice of what it shows, and the chosen row in full under it."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._rows: tuple[RowOutcome, ...] = ()
        self._only: Choice[Outcome | None] | None = None
        self._model = RowsModel(self)
        self._table = named(QTableView(), f"{name}.rows", "What each row would do")
        quiet_table(self._table, row_height=32)
        self._table.setModel(self._model)
        self._table.setFixedHeight(_HEIGHT)
        heads = self._table.horizontalHeader()
        for place, width in enumerate(_WIDTHS):
            heads.resizeSection(place, width)
        heads.setSectionResizeMode(len(_WIDTHS), QHeaderView.ResizeMode.Stretch)
        heads.setSectionsClickable(False)
        self._table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.selectionModel().currentRowChanged.connect(self._tell)
        self._full = Paragraph("", Voice.SMALL)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_2)
        self._column.addWidget(self._table)
        self._column.addWidget(self._full)
        self.hide()

    def show_rows(self, rows: tuple[RowOutcome, ...]) -> None:
        """Show these rows, the refused ones alone to begin with where there are any."""
        self._rows = rows
        counts = {outcome: sum(row.outcome is outcome for row in rows) for outcome in Outcome}
        offered: dict[Outcome | None, str] = {None: f"All rows ({len(rows)})"}
        offered |= {outcome: f"{WORDS[outcome]} ({count})" for outcome, count in counts.items() if count}
        if self._only is not None:
            self._column.removeWidget(self._only)
            self._only.hide()
            self._only.deleteLater()
        self._only = Choice(offered, name=f"{self._name}.show", says="Which rows", parent=self)
        self._only.activated.connect(self._filter)
        self._column.insertWidget(0, self._only, 0, Qt.AlignmentFlag.AlignLeft)
        if counts[Outcome.REFUSED]:
            self._only.choose(Outcome.REFUSED)
        self._filter()
        self.setVisible(bool(rows))

    def _filter(self) -> None:
        self._model.show_rows(self._rows, self._only.value if self._only is not None else None)
        self._full.say("")

    def _tell(self, now: QModelIndex) -> None:
        self._full.say(self._model.words_at(now.row()) if now.isValid() else "")
