"""Three panes side by side where there is room, and one at a time where there is not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from send_desk.gui.metrics import SPACE_2, SPACE_3

NARROW = 900  # logical pixels of width under which one pane shows at a time


@dataclass(frozen=True, slots=True)
class Pane:
    """One pane: the key that its object names carry, its title in words, what it shows, and its first width.

    `stretch` is the share of the room that is left; the pane with the greatest share is the one that shows when the
    window is narrow.
    """

    key: str
    title: str
    widget: QWidget
    width: int = 240
    stretch: int = 0


class PaneSwitch(QWidget):
    """Panes from left to right. F6 and Shift+F6 walk them.

    Under 900 logical pixels of width only one shows, and a bar above it holds one button a pane (`pane.KEY`); a second
    press on the button of a side pane puts it away. `compact` stands in for the first pane, as a drop-down does for a
    list of sections: where it is given, the first pane is not shown while the window is narrow.
    """

    narrowed = Signal(bool)
    shown_changed = Signal(str)
    """Sent with the key of the pane that F6, a button or `show_pane` brought forward."""

    def __init__(
        self, panes: tuple[Pane, ...], *, compact: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._panes = panes
        self._narrow: bool | None = None
        self._centre = max(range(len(panes)), key=lambda at: panes[at].stretch)
        self._at = self._centre
        self._compact = compact
        self._bar = QWidget()
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        bar.setSpacing(SPACE_2)
        self._buttons: dict[int, QPushButton] = {}
        for at, pane in enumerate(panes):
            if at == 0 and compact is not None:
                bar.addWidget(compact, 1)
                continue
            bar.addWidget(self._button(at, pane))
        bar.addStretch(0)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        for at, pane in enumerate(panes):
            self._splitter.addWidget(pane.widget)
            self._splitter.setStretchFactor(at, pane.stretch)
        self._splitter.setSizes([pane.width for pane in panes])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._splitter, 1)
        for keys, step in (("F6", 1), ("Shift+F6", -1)):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(partial(self._walk, step))
        self._set(narrow=False)

    @property
    def narrow(self) -> bool:
        """True while one pane shows at a time."""
        return bool(self._narrow)

    @property
    def shown(self) -> str:
        """The key of the pane that shows alone, or that was last brought forward."""
        return self._panes[self._at].key

    def show_pane(self, key: str, *, focus: bool = True) -> None:
        """Bring a pane forward and, unless told not to, the focus into it; a key that is not there is a KeyError."""
        places = {pane.key: at for at, pane in enumerate(self._panes)}
        self._bring(places[key], focus=focus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        if narrow is not self._narrow:
            self._set(narrow=narrow)

    def _button(self, at: int, pane: Pane) -> QPushButton:
        button = QPushButton(pane.title)
        button.setObjectName(f"pane.{pane.key}")
        button.setAccessibleName(f"Show {pane.title}")
        button.setProperty("role", "chip")
        button.setCheckable(True)
        button.clicked.connect(partial(self._press, at))
        self._buttons[at] = button
        return button

    def _set(self, *, narrow: bool) -> None:
        self._narrow = narrow
        self._bar.setVisible(narrow)
        if not narrow:
            self._at = self._centre
        self._lay()
        self.narrowed.emit(narrow)

    def _lay(self) -> None:
        for at, pane in enumerate(self._panes):
            pane.widget.setVisible(not self._narrow or at == self._at)
        for at, button in self._buttons.items():
            button.setChecked(at == self._at)

    def _walk(self, step: int) -> None:
        focused = QApplication.focusWidget()
        at = self._at
        if focused is not None:
            at = next((place for place, part in enumerate(self._stops()) if part.isAncestorOf(focused)), at)
            at = 0 if focused is self._compact else at
        self._bring((at + step) % len(self._panes), focus=True)

    def _stops(self) -> list[QWidget]:
        return [pane.widget for pane in self._panes]

    def _press(self, at: int, _: bool = False) -> None:
        # a second press on the drawer that shows puts it away
        self._bring(self._centre if at == self._at else at, focus=True)

    def _bring(self, at: int, *, focus: bool) -> None:
        if self._narrow and at == 0 and self._compact is not None:
            self._compact.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self._at = at
        self._lay()
        if focus:
            _focus_into(self._panes[at].widget)
        self.shown_changed.emit(self._panes[at].key)


def _focus_into(pane: QWidget) -> None:
    """Where the focus last was in the pane, or its first tab stop."""
    goal = pane.focusWidget() or first_stop(pane)
    (goal or pane).setFocus(Qt.FocusReason.ShortcutFocusReason)


def first_stop(widget: QWidget) -> QWidget | None:
    """The first control inside that the Tab key reaches now, in the order of the keys."""
    at = widget.nextInFocusChain()
    while at is not None and at is not widget:
        reached = at.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        if reached and widget.isAncestorOf(at) and at.isEnabled() and at.isVisibleTo(widget):
            return at
        at = at.nextInFocusChain()
    return None
