"""The sheet of keys (F1): made from the actions of the window and the page that shows, so that it is never stale."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from send_desk.gui.metrics import SPACE_2, SPACE_4, SPACE_6
from send_desk.gui.naming import named
from send_desk.gui.screen import within_screen
from send_desk.gui.words import Line, Voice

_WITHIN = [("Tab, Shift+Tab", "To the next control, or the one before"), ("Enter", "Open what is chosen")]
_PANES = ("F6, Shift+F6", "To the next part of the page, or the one before")


def key_lines(actions: Iterable[QAction]) -> dict[str, list[tuple[str, str]]]:
    """Return the keys of the actions that have any, as pairs of keys and words, under the title of their group."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for action in actions:
        keys = [each.toString(QKeySequence.SequenceFormat.NativeText) for each in action.shortcuts()]
        if any(keys):
            line = (", ".join(keys), action.text().replace("&", "").rstrip("."))
            group = groups.setdefault(str(action.property("group") or "On this page"), [])
            if line not in group:
                group.append(line)
    return groups


class KeysSheet(QDialog):
    """A quiet table of keys; Esc closes it."""

    def __init__(self, actions: Iterable[QAction], *, panes: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keys")
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        grid.setHorizontalSpacing(SPACE_6)
        grid.setVerticalSpacing(SPACE_2)
        grid.setColumnStretch(1, 1)
        row = 0
        for title, lines in (
            *key_lines(actions).items(),
            ("Within the page", [_PANES, *_WITHIN] if panes else _WITHIN),
        ):
            heading = Line(title, Voice.HEADING)
            heading.setContentsMargins(0, SPACE_2 if row else 0, 0, 0)
            grid.addWidget(heading, row, 0, 1, 2)
            for keys, words in lines:
                row += 1
                grid.addWidget(Line(keys), row, 0)
                said = Line(words, Voice.QUIET)
                said.setWordWrap(True)
                grid.addWidget(said, row, 1)
            row += 1
        grid.setRowStretch(row, 1)
        scroll = named(QScrollArea(), "keys.sheet", "Keys")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        close = named(QPushButton("Close"), "keys.close", "Close the sheet of keys")
        close.clicked.connect(self.close)
        column = QVBoxLayout(self)
        column.addWidget(scroll, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        QShortcut(QKeySequence(Qt.Key.Key_F1), self, self.close)
        self.resize(within_screen(self, QSize(520, 560)))
