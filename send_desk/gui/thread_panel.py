"""The golden thread of the plan beside its words, with its gaps; a click opens the entry."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from send_desk.domain.golden_thread import COLUMNS, Missing
from send_desk.gui import thread as picture
from send_desk.gui.links_editor import short_words
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_3
from send_desk.gui.plan_view import GAP_WORDS, PlanView
from send_desk.gui.thread_map import ThreadMap
from send_desk.gui.words import Paragraph, Voice

_STANDS_IN = {
    Missing.PROVISION: picture.Column.PROVISION,
    Missing.NEED: picture.Column.NEED,
    Missing.OUTCOME: picture.Column.OUTCOME,
    Missing.CARE_OUTCOME: picture.Column.OUTCOME,
    Missing.ASPIRATION: picture.Column.ASPIRATION,
}


class ThreadPanel(QWidget):
    """The map in words above and drawn below; it is drawn only while it is seen."""

    opened = Signal(str)
    """Sent with the id of an entry."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: PlanView | None = None
        self._drawn: picture.Thread | None = None
        self._words = Paragraph("", Voice.QUIET)
        self._map = ThreadMap(look)
        self._map.opened.connect(self.opened)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._map)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_3, SPACE_2, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addWidget(self._words)
        column.addWidget(scroll, 1)

    def take(self, view: PlanView | None) -> None:
        """Show the thread of a newer snapshot, or none."""
        self._view = view
        if self.isVisible():
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    def _draw(self) -> None:
        thread = drawn_thread(self._view) if self._view is not None else picture.Thread()
        if thread == self._drawn:
            return
        self._drawn = thread
        self._map.show_thread(thread)
        gaps = len(thread.gaps)
        if not thread.nodes:
            self._words.say("The thread appears here once there are aspirations, needs, outcomes or provision.")
        elif gaps:
            self._words.say(f"{gaps} {'gap' if gaps == 1 else 'gaps'}, drawn as dashed rings.")
        else:
            self._words.say("Every need leads to provision and an outcome.")


def drawn_thread(view: PlanView) -> picture.Thread:
    """Return the thread of a plan as the map draws it."""
    thread = view.thread
    entries = {entry.id: entry for entry in view.case.entries}
    nodes = tuple(
        picture.Node(node.id, picture.Column(COLUMNS.index(node.kind)), node.label, short_words(view, entries[node.id]))
        for node in thread.nodes
    )
    links = tuple(picture.Link(link.start, link.end) for link in thread.links)
    seen: dict[tuple[str, picture.Column], picture.Gap] = {}
    for gap in thread.gaps:
        column = _STANDS_IN[gap.missing]
        words = f"{view.labels[gap.entry]}: {GAP_WORDS[gap.missing]}"
        seen.setdefault((gap.entry, column), picture.Gap(gap.entry, column, words))
    return picture.Thread(nodes, links, tuple(seen.values()))
