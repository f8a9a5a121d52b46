"""Who advises: found in the directory by service, team, name or role, or typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from send_desk.domain.ids import Cell
from send_desk.domain.person import Adviser, DirectoryEntry
from send_desk.gui.flow import FlowLayout
from send_desk.gui.metrics import SPACE_3
from send_desk.gui.pieces import Field
from send_desk.gui.session import Session

_WIDE = 264


def directory_words(entry: DirectoryEntry) -> str:
    """Return a line of the directory as the chooser lists it."""
    person = ", ".join(part for part in (entry.name, entry.role) if part)
    place = ", ".join(part for part in (entry.service, entry.team, entry.area) if part)
    return " - ".join(part for part in (person, place) if part)


def for_cell(entries: Sequence[DirectoryEntry], cell: Cell) -> list[DirectoryEntry]:
    """Return the directory with those first who advise for a cell."""
    return sorted(entries, key=lambda one: (one.cell != cell, one.service, one.team, one.name))


class AdviserField(QWidget):
    """A line that finds in the directory, and three that can be typed: name, role, service."""

    def __init__(
        self, session: Session, cell: Cell, adviser: Adviser, *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cell = cell
        self._entries: list[DirectoryEntry] = []
        self._adviser = adviser
        self._find = QLineEdit()
        self._find.setPlaceholderText("Service, team, name or role")
        find = Field("Find in the directory", self._find, name=f"{name}.find")
        self.named = Field("Name", QLineEdit(adviser.name), name=f"{name}.name")
        self.role = Field("Role", QLineEdit(adviser.role), name=f"{name}.role")
        self.service = Field("Service", QLineEdit(adviser.service), name=f"{name}.service")
        fields = QWidget()
        flow = FlowLayout(fields, gap=SPACE_3, top=True)
        for field in (find, self.named, self.role, self.service):
            field.setFixedWidth(_WIDE)
            flow.addWidget(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(fields)
        session.ask(lambda desk: desk.store.directory(), self._arrived, latest="directory")

    @property
    def adviser(self) -> Adviser:
        """Who stands in the fields."""
        return Adviser(_said(self.named), _said(self.role), _said(self.service), self._adviser.extra)

    def take(self, entry: DirectoryEntry) -> None:
        """Fill the fields from a line of the directory."""
        for field, words in ((self.named, entry.name), (self.role, entry.role), (self.service, entry.service)):
            editor = field.editor
            if isinstance(editor, QLineEdit):
                editor.setText(words)

    def _arrived(self, entries: Sequence[DirectoryEntry]) -> None:
        if not isValid(self):
            return  # the form was left meanwhile
        self._entries = for_cell(entries, self._cell)
        completer = QCompleter([directory_words(one) for one in self._entries], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(10)
        completer.activated.connect(self._chosen)
        popup = completer.popup()
        if popup is not None:
            popup.setObjectName(f"{self._find.objectName()}.list")
            popup.setAccessibleName("Directory")
        self._find.setCompleter(completer)

    def _chosen(self, words: str) -> None:
        found = next((one for one in self._entries if directory_words(one) == words), None)
        if found is not None:
            self.take(found)


def _said(field: Field) -> str:
    return field.editor.text().strip() if isinstance(field.editor, QLineEdit) else ""
