"""A paper to attach: one that the case holds already, or a file chosen from the disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from send_desk.domain.case import Document
from send_desk.gui.choices import Choice
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1, SPACE_2
from send_desk.gui.pieces import set_icon
from send_desk.gui.words import Paragraph, Voice


class PaperField(QWidget):
    """A drop-down of the case's papers, and a button for a file; a file that was chosen goes before."""

    def __init__(self, look: Look, papers: Sequence[Document], *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        label = QLabel("Paper")
        label.setProperty("role", Voice.LABEL.value)
        self._choice = Choice(
            {"": "No paper", **{one.id: one.title or one.name for one in papers}}, name=f"{name}.paper", says="Paper"
        )
        label.setBuddy(self._choice)
        file = QPushButton("Choose a file...")
        file.setObjectName(f"{name}.file")
        file.setAccessibleName("Choose a file that holds the paper")
        file.setAutoDefault(False)
        set_icon(file, look, "paperclip")
        file.clicked.connect(self._ask)
        self._told = Paragraph("", Voice.SMALL)
        self._told.hide()
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self._choice, 1)
        row.addWidget(file)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(label)
        column.addLayout(row)
        column.addWidget(self._told)
        self._choice.activated.connect(self._chosen)

    @property
    def document(self) -> str:
        """The id of a paper that the case holds, empty where none or a file is chosen."""
        return "" if self.path is not None else self._choice.value

    def take(self, path: Path) -> None:
        """Choose a file."""
        self.path = path
        self._choice.choose("")
        self._told.say(f"{path.name} will be kept with the case, encrypted.")
        self._told.show()

    def _ask(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Choose the paper")
        if chosen:
            self.take(Path(chosen))

    def _chosen(self, _: int) -> None:
        self.path = None
        self._told.hide()
