"""What can be done on the plan page, each with its key, for the keyboard and for the window's menus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
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


class SectionKeys(QObject):
    """Ctrl+G and a letter bring a section of the plan, from whatever page of a case is seen."""

    def __init__(self, page: QWidget, go: Callable[[Section], None]) -> None:
        super().__init__(page)
        self._actions = tuple(
            _action(page, f"Section {section}", ", ".join(("Ctrl+G", *section)), partial(go, section))
            for section in Section
        )
        self._set_on(on=page.isVisible())
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._set_on(on=event.type() == QEvent.Type.Show)
        return super().eventFilter(watched, event)

    def _set_on(self, *, on: bool) -> None:
        for action in self._actions:
            action.setEnabled(on)


class PlanKeys:
    """The actions of the plan; they are on only while the page is seen, so that menus may hold them too."""

    def __init__(self, page: QWidget, deeds: PlanDeeds) -> None:
        self.plan = (
            _action(page, "Next section", "Alt+Down", partial(deeds.step, 1)),
            _action(page, "Section before", "Alt+Up", partial(deeds.step, -1)),
            _action(page, "Next finding", "F8", partial(deeds.find, 1)),
            _action(page, "Finding before", "Shift+F8", partial(deeds.find, -1)),
            _action(page, "New entry", "Ctrl+Return", deeds.add),
            _action(page, "Undo change of structure", QKeySequence.StandardKey.Undo, deeds.undo),
            _action(page, "Redo change of structure", QKeySequence.StandardKey.Redo, deeds.redo),
            _action(page, "Print the plan", "Ctrl+P", deeds.print),
        )
        """Everything but the sections."""
        self._sections = SectionKeys(page, deeds.section)

    def set_on(self, on: bool) -> None:
        """Let the keys act, or not."""
        for action in self.plan:
            action.setEnabled(on)


def _action(page: QWidget, words: str, keys: str | QKeySequence.StandardKey, call: Callable[[], None]) -> QAction:
    action = QAction(words, page)
    action.setShortcut(QKeySequence(keys))
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.triggered.connect(partial(_done, call))
    page.addAction(action)
    return action


def _done(call: Callable[[], None], _: bool = False) -> None:
    call()
