"""The model of the table of cases: rows by index, sorted and filtered by looking up what the worker has prepared."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from send_desk.domain.dates import counted
from send_desk.domain.summary import Summary
from send_desk.gui.badge import BADGE_ROLE
from send_desk.gui.case_rows import CaseRow, CaseRows, Column, Wanted
from send_desk.gui.cell_words import strip_row
from send_desk.gui.findings_delegate import FINDINGS_ROLE
from send_desk.gui.strip_delegate import STRIP_ROLE
from send_desk.gui.week_bar import WEEK_ROLE, week_words

_Index = QModelIndex | QPersistentModelIndex
_TITLES = {
    Column.NAME: "Name",
    Column.AGE: "Age",
    Column.STAGE: "Stage",
    Column.WEEK: "Week of 20",
    Column.STRIP: "Contributions",
    Column.NEXT: "Next legal date",
    Column.FINDINGS: "Findings",
    Column.OWNER: "Owner",
    Column.SYNC: "Office",
}
_ELSEWHERE = "Not on this laptop in full: this line is a manager's summary."


class CaseModel(QAbstractTableModel):
    """Shows `CaseRows`. `sort`, `ask_for` and `show_rows` arrange anew; a case is found again by `row_of`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = CaseRows()
        self._order: list[int] = []
        self._column, self._falling = Column.NEXT, False
        self._wanted, self._words = Wanted.NOTHING, ""

    @property
    def total(self) -> int:
        """How many cases there are before anything is filtered away."""
        return len(self._all.rows)

    def show_rows(self, rows: CaseRows) -> None:
        """Show another reading of the list, arranged as before."""
        self._all = rows
        self._arrange()

    def ask_for(self, wanted: Wanted, words: str) -> None:
        """Show only the rows that answer all of the chips and hold all of the words."""
        self._wanted, self._words = wanted, words
        self._arrange()

    def line(self, row: int) -> Summary:
        """Return the case of a row of the table."""
        return self._row(row).line

    def row_of(self, case: str) -> int:
        """Return the row in which a case stands now, -1 where it is filtered away."""
        return next((row for row, at in enumerate(self._order) if self._all.rows[at].line.case == case), -1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._falling = Column(column), order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature; never changed
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature; never changed
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[Column(section)]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = self._row(index.row()), Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"! {row.next_due}" if column is Column.NEXT and row.late else _shown(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return _said(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return _tip(row, column)
            case _ if role == STRIP_ROLE and column is Column.STRIP and row.line.strip:
                return strip_row(row.line)
            case _ if role == WEEK_ROLE and column is Column.WEEK:
                return row.line.week
            case _ if role == FINDINGS_ROLE and column is Column.FINDINGS:
                return (row.line.blocks, row.line.warnings)
            case _ if role == BADGE_ROLE and column is Column.SYNC:
                return row.sync
        return None

    def _row(self, row: int) -> CaseRow:
        return self._all.rows[self._order[row]]

    def _arrange(self) -> None:
        # A reset, not a change of layout: the view keeps no index of its own, and the page selects the case again.
        self.beginResetModel()
        self._order = self._all.arranged(self._column, falling=self._falling, wanted=self._wanted, words=self._words)
        self.endResetModel()


def _shown(row: CaseRow, column: Column) -> str | None:
    match column:
        case Column.NAME:
            return row.name if row.line.full else f"{row.name}  (not on this laptop)"
        case Column.AGE:
            return row.age
        case Column.STAGE:
            return row.stage
        case Column.NEXT:
            return row.next_due
        case Column.OWNER:
            return row.line.owner
        case Column.WEEK | Column.STRIP | Column.FINDINGS | Column.SYNC:
            return None


def _said(row: CaseRow, column: Column) -> str | None:
    match column:
        case Column.WEEK:
            return week_words(row.line.week) if row.line.week is not None else "no clock runs"
        case Column.STRIP:
            return strip_row(row.line).words
        case Column.FINDINGS:
            return findings_words(row.line)
        case Column.NEXT if row.late:
            return f"{row.next_due}, late"
        case Column.SYNC:
            return row.sync.words if row.sync is not None else None
        case _:
            return _shown(row, column)


def _tip(row: CaseRow, column: Column) -> str | None:
    match column:
        case Column.NAME:
            return row.name if row.line.full else _ELSEWHERE
        case Column.WEEK | Column.FINDINGS | Column.SYNC:
            return _said(row, column)
        case Column.NEXT:
            return f"{row.next_title}: by {_said(row, column)}" if row.next_due else None
        case Column.OWNER | Column.STAGE:
            return _shown(row, column)
        case _:
            return None


def findings_words(line: Summary) -> str:
    """Return the findings of a case in words: "2 must be put right, 3 worth a look"."""
    told = []
    if line.blocks:
        told.append(f"{line.blocks} must be put right")
    if line.warnings:
        told.append(f"{line.warnings} worth a look")
    if line.notes and not told:
        return counted(line.notes, "note")
    return ", ".join(told) or "no findings"
