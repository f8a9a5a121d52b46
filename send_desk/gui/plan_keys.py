"""What can be done on the plan page, each with its key, for the keyboard and for the window's menus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from send_desk.domain.ids import Section


@dataclass(frozen=True, slots=True)
class PlanDeeds:
    """The deeds that the keys call."""

    section: Callable[[Section], None]
    step: Callable[[int], None]
    find: Callable[[int], None]
    add: Callable[[], None]
    undo: Callable[[], None]
    redo: Callable[[], None]
    print: Callable[[], None]


class PlanKeys:
    """The actions of a page; they are on only while the page is seen, so that menus may hold them too."""

    def __init__(self, page: QWidget, deeds: PlanDeeds) -> None:
        self._page = page
        self.plan = (
            self._action("Next section", "Alt+Down", partial(deeds.step, 1)),
            self._action("Section before", "Alt+Up", partial(deeds.step, -1)),
            self._action("Next finding", "F8", partial(deeds.find, 1)),
            self._action("Finding before", "Shift+F8", partial(deeds.find, -1)),
            self._action("New entry", "Ctrl+Return", deeds.add),
            self._action("Undo change of structure", QKeySequence.StandardKey.Undo, deeds.undo),
            self._action("Redo change of structure", QKeySequence.StandardKey.Redo, deeds.redo),
            self._action("Print the plan", "Ctrl+P", deeds.print),
        )
        """Everything but the sections."""
        self.sections = tuple(
            self._action(f"Section {section}", ", ".join(("Ctrl+G", *section)), partial(deeds.section, section))
            for section in Section
        )
        """One action a section: Ctrl+G and its letter."""

    def set_on(self, on: bool) -> None:
        """Let the keys act, or not."""
        for action in (*self.plan, *self.sections):
            action.setEnabled(on)

    def _action(self, words: str, keys: str | QKeySequence.StandardKey, call: Callable[[], None]) -> QAction:
        action = QAction(words, self._page)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(partial(_done, call))
        self._page.addAction(action)
        return action


def _done(call: Callable[[], None], _: bool = False) -> None:
    call()
