"""The foot of a section: a button for each kind of entry that can be made there now."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from send_desk.domain.entry import KINDS
from send_desk.domain.ids import EntryKind, Section
from send_desk.gui.entry_forms import KIND_WORDS
from send_desk.gui.flow import FlowLayout
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_4
from send_desk.gui.pieces import set_icon
from send_desk.gui.plan_view import PlanView


class AddButtons(QWidget):
    """What is offered follows from the section, and from who has answered."""

    wanted = Signal(object)
    """Sent with the kind of entry to make, or None for lines of all papers that section K does not name."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._offers: list[tuple[str, str, EntryKind | None]] = []
        self._buttons: list[QPushButton] = []
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_2)

    def offer(self, view: PlanView, section: Section) -> None:
        """Show the buttons of a section; the same buttons stay as they are."""
        offers: list[tuple[str, str, EntryKind | None]] = [
            (f"case.add.{kind}", KIND_WORDS[kind], kind) for kind in offered(view, section)
        ]
        missing = len(view.unlisted()) if section is Section.K else 0
        if missing:
            papers = "paper" if missing == 1 else "papers"
            offers.append(("case.add.papers", f"List {missing} {papers} that no line names", None))
        if offers == self._offers:
            return
        self.clear()
        self._offers = offers
        self._buttons = [self._button(*offer, first=at == 0) for at, offer in enumerate(offers)]
        self.setVisible(bool(offers))

    def clear(self) -> None:
        """Offer nothing."""
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._offers, self._buttons = [], []
        self.hide()

    def focus(self) -> None:
        """Bring the keyboard to the first button."""
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, name: str, words: str, kind: EntryKind | None, *, first: bool) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAccessibleName(f"Add: {words}" if kind else words)
        button.setToolTip("Ctrl+Enter" if first else "")
        set_icon(button, self._look, "plus")
        button.clicked.connect(partial(self._press, kind))
        self._flow.addWidget(button)
        return button

    def _press(self, kind: EntryKind | None, _: bool = False) -> None:
        self.wanted.emit(kind)


def offered(view: PlanView, section: Section) -> tuple[EntryKind, ...]:
    """The kinds of entry that can be made in a section now, the one that Ctrl+Enter makes first: in B that is a need.

    "Nothing needed" is offered only where a named professional has answered that there are no relevant needs, and
    nothing at all where the section is locked.
    """
    if view.locked(section):
        return ()
    kinds = tuple(sorted(KINDS[section], key=lambda kind: kind is not EntryKind.NEED))
    if view.law(section).cells and not view.nothing_found(section):
        return tuple(kind for kind in kinds if kind is not EntryKind.NIL)
    return kinds
