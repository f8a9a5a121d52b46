"""What the window can do from anywhere, as actions with words and keys: menus, buttons and the F1 sheet show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from send_desk.gui.places import Page

_GO: Mapping[Page, tuple[str, str]] = {
    Page.MY_DAY: ("&My day", "Alt+1"),
    Page.CASES: ("&Cases", "Alt+2"),
    Page.FRONT: ("&Front page", "Alt+3"),
    Page.REGISTER: ("C&ontributions", "Alt+4"),
    Page.PLAN: ("&Plan", "Alt+5"),
    Page.SETTINGS: ("&Settings", "Ctrl+,"),
}


class WindowActions(QObject):
    """The actions, by what they do; `connect` them once. The pages of a case are off while no case is open."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._widget = parent
        self.go = {page: self._action(f"go.{page.value}", words, keys, "Go to") for page, (words, keys) in _GO.items()}
        self.back = self._action("go.back", "&Back", "Alt+Left", "Go to")
        self.search = self._action("go.search", "&Search everything", "Ctrl+K", "Go to")
        self.new_case = self._action("do.new_case", "&New case ...", "Ctrl+N", "SEND Desk")
        self.lock = self._action("do.lock", "&Lock", "Ctrl+L", "SEND Desk")
        self.sync = self._action("do.sync", "S&ync with the office", "Ctrl+Shift+S", "SEND Desk")
        self.tray = self._action("go.tray", "Not &taken by the office", "", "Go to")
        self.leave = self._action("do.leave", "&Quit", "Ctrl+Q", "SEND Desk")
        self.keys = self._action("help.keys", "&Keys", "F1", "SEND Desk")
        self.show_case_pages(shown=False)
        self.show_office(enrolled=False, tray=False)

    def all(self) -> tuple[QAction, ...]:
        """Return every action, in the order of the sheet of keys."""
        own = (
            self.new_case,
            self.sync,
            self.search,
            *self.go.values(),
            self.back,
            self.lock,
            self.keys,
            self.leave,
        )
        return tuple(action for action in own if action.isEnabled())

    def show_case_pages(self, *, shown: bool) -> None:
        """Offer the pages of a case, or not."""
        for page in (Page.FRONT, Page.REGISTER, Page.PLAN):
            self.go[page].setEnabled(shown)
            self.go[page].setVisible(shown)

    def show_office(self, *, enrolled: bool, tray: bool) -> None:
        """Offer what an enrolled laptop can do, and the tray where something is in it."""
        for action, shown in ((self.sync, enrolled), (self.tray, tray)):
            action.setEnabled(shown)
            action.setVisible(shown)

    def fill(self, bar: QMenuBar, page_actions: Callable[[], list[QAction]]) -> None:
        """Build the menus of the window."""
        desk = bar.addMenu("&SEND Desk")
        go = bar.addMenu("&Go to")
        for action in (self.search, *self.go.values(), self.tray, self.back):
            go.addAction(action)
        self._fill_page(bar.addMenu("&This page"), page_actions)
        self._fill_desk(desk)
        bar.addMenu("&Help").addAction(self.keys)

    def fold(self, menu: QMenu, page_actions: Callable[[], list[QAction]]) -> None:
        """Build the one menu of a narrow window: the pages, and behind them the rest."""
        for action in (*self.go.values(), self.tray, self.back):
            menu.addAction(action)
        menu.addSeparator()
        self._fill_page(menu.addMenu("&This page"), page_actions)
        menu.addAction(self.keys)
        menu.addSeparator()
        self._fill_desk(menu)

    def _fill_desk(self, menu: QMenu) -> None:
        for action in (self.new_case, self.sync, self.lock):
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.leave)

    def _fill_page(self, menu: QMenu, page_actions: Callable[[], list[QAction]]) -> None:
        def fill() -> None:
            menu.clear()
            for action in page_actions():
                menu.addAction(action)
            if menu.isEmpty():
                menu.addAction("Nothing more here").setEnabled(False)

        menu.aboutToShow.connect(fill)
        fill()

    def _action(self, name: str, words: str, keys: str, group: str) -> QAction:
        action = QAction(words, self._widget)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(keys))
        action.setProperty("group", group)
        self._widget.addAction(action)
        return action
