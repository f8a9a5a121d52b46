"""The pages of the window at its left side, and those of the open case; a menu where the window is narrow."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1, SPACE_2, SPACE_3
from send_desk.gui.naming import named
from send_desk.gui.pieces import Rule, set_icon
from send_desk.gui.places import Page
from send_desk.gui.words import Line, Voice

_WIDTH = 100  # the longest word in bold, so that the page has the rest
_ICON = 20
_ICONS: Mapping[Page, str] = {
    Page.MY_DAY: "house",
    Page.CASES: "briefcase",
    Page.FRONT: "identification-card",
    Page.REGISTER: "tray",
    Page.PLAN: "file-text",
    Page.SETTINGS: "gear",
}
_OF_A_CASE = (Page.FRONT, Page.REGISTER, Page.PLAN)


class Navigation(QWidget):
    """One button a page, pressed by the same action as its menu and its keys."""

    def __init__(self, look: Look, actions: Mapping[Page, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nav")
        self.setFixedWidth(_WIDTH)
        self._actions = actions
        self._buttons: dict[Page, QToolButton] = {}
        self._case = Line("", Voice.SMALL)
        self._case.setWordWrap(True)
        self._case.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._case.setContentsMargins(0, SPACE_2, 0, SPACE_1)
        self._of_case = QWidget()
        inner = QVBoxLayout(self._of_case)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(SPACE_1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_1, SPACE_3, SPACE_1, SPACE_3)
        column.setSpacing(SPACE_1)
        for page in (Page.MY_DAY, Page.CASES):
            column.addWidget(self._button(look, page))
        inner.addWidget(Rule())
        inner.addWidget(self._case)
        for page in _OF_A_CASE:
            if page in actions:
                inner.addWidget(self._button(look, page))
        column.addWidget(self._of_case)
        column.addStretch(1)
        column.addWidget(self._button(look, Page.SETTINGS))
        self._of_case.hide()

    def show_page(self, page: Page) -> None:
        """Mark the page that shows."""
        for each, button in self._buttons.items():
            button.setChecked(each is page)

    def show_case(self, name: str) -> None:
        """Offer the pages of a case under its name."""
        self._case.setText(name)
        self._of_case.setVisible(bool(name))

    def _button(self, look: Look, page: Page) -> QToolButton:
        action = self._actions[page]
        words = action.text().replace("&", "")
        button = named(_PageButton(look, words, _ICONS[page]), f"nav.{page.value}", words)
        button.setToolTip(action.shortcut().toString())
        button.clicked.connect(action.trigger)
        self._buttons[page] = button
        return button


class _PageButton(QToolButton):
    """A page by icon and words; pressed, it is a solid field in high contrast, on which ink would not be seen."""

    def __init__(self, look: Look, words: str, icon: str) -> None:
        super().__init__()
        self._look, self._name = look, icon
        self.setText(words)
        self.setProperty("role", "place")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCheckable(True)
        self.toggled.connect(self._draw)
        look.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        tokens = self._look.tokens
        self.setIcon(self._look.icon(self._name, colour=tokens.on_selection if self.isChecked() else tokens.ink))


class NavigationMenu(QToolButton):
    """The same pages, and all else that the menus hold, behind one button."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "top.menu", "Menu")
        self.setToolTip("Menu")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        set_icon(self, look, "list")
        self.inside = QMenu(self)
        self.setMenu(self.inside)
