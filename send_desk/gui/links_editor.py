"""What an entry meets and works towards: a line that says it, and a list to tick under it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from send_desk.domain.entry import Entry, Links
from send_desk.domain.ids import EntryKind
from send_desk.gui.metrics import SPACE_2
from send_desk.gui.plan_view import PlanView
from send_desk.gui.words import Line, Voice

_OFFERED = {
    EntryKind.PROVISION: (EntryKind.NEED, EntryKind.OUTCOME),
    EntryKind.OUTCOME: (EntryKind.ASPIRATION, EntryKind.NEED),
}
_HEADS = {
    EntryKind.ASPIRATION: "Aspirations it serves",
    EntryKind.NEED: "Needs it meets",
    EntryKind.OUTCOME: "Outcomes it works towards",
}
_EDGE = 18  # the padding and edge of a link at both sides
_ID = Qt.ItemDataRole.UserRole
_KIND = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class _Offer:
    id: str
    kind: EntryKind
    words: str
    ticked: bool


def can_link(kind: EntryKind) -> bool:
    """Whether links are ticked at entries of this kind; others show what points to them."""
    return kind in _OFFERED


def link_words(view: PlanView, entry: Entry) -> str:
    """The line of links: "meets B2, B4, towards E1", or what is lacking; empty for kinds outside the thread."""
    named = view.named
    match entry.kind:
        case EntryKind.PROVISION:
            parts = (("meets ", named(entry.links.needs)), ("towards ", named(entry.links.outcomes)))
        case EntryKind.OUTCOME:
            parts = (("serves ", named(entry.links.aspirations)), ("for ", named(entry.links.needs)))
        case EntryKind.NEED:
            met, towards = view.joined(entry, EntryKind.PROVISION), view.joined(entry, EntryKind.OUTCOME)
            parts = (("met by ", named(met)), ("towards ", named(towards)))
        case EntryKind.ASPIRATION:
            parts = (("served by ", named(view.joined(entry, EntryKind.OUTCOME))), ("", ""))
        case _:
            return ""
    said = ", ".join(lead + words for lead, words in parts if words)
    if said:
        return said
    return "Choose what it meets" if can_link(entry.kind) else ", ".join(view.gaps(entry.id))


class LinkButton(QPushButton):
    """The line of links as a button; it opens the list, and `chosen` is sent with the new `Links`."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "link")
        self._view: PlanView | None = None
        self._entry: Entry | None = None
        self._words = ""
        self.clicked.connect(self._open)

    def show_links(self, view: PlanView, entry: Entry) -> None:
        """Say what an entry is linked to."""
        self._view, self._entry = view, entry
        words = link_words(view, entry)
        self._words = words
        self.setToolTip(words)
        self._fit()
        self.updateGeometry()
        self.setAccessibleName(f"{view.labels.get(entry.id, '')} links: {words}")

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + _EDGE + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(48, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(40, self.width() - _EDGE)
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room))

    def _open(self) -> None:
        if self._view is None or self._entry is None:
            return
        chooser = LinkChooser(self._view, self._entry, name=f"{self.objectName()}.list", parent=self)
        chooser.chosen.connect(self.chosen)
        chooser.open_under(self)


class LinkChooser(QFrame):
    """A list to tick with Space or the mouse; Enter or a click outside takes what is ticked, Esc takes nothing."""

    chosen = Signal(object)

    def __init__(self, view: PlanView, entry: Entry, *, name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self._links = entry.links
        self._given_up = False
        self.list = QListWidget()
        self.list.setObjectName(name)
        self.list.setAccessibleName(f"What {view.labels.get(entry.id, 'this entry')} is linked to")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        column.addWidget(self.list)
        hint: QLabel = Line("Space ticks, Enter takes, Esc leaves it as it was.", Voice.SMALL)
        column.addWidget(hint)
        self._fill(view, entry)
        self.list.itemActivated.connect(lambda _: self.close())

    @property
    def links(self) -> Links:
        """What is ticked now; links to kinds that are not offered stay as they were."""
        kinds = {EntryKind(item.data(_KIND)) for item in self._items()}
        ticked = {
            kind: tuple(
                item.data(_ID)
                for item in self._items()
                if item.data(_KIND) == kind and item.checkState() == Qt.CheckState.Checked
            )
            for kind in kinds
        }
        return Links(
            aspirations=ticked.get(EntryKind.ASPIRATION, self._links.aspirations),
            needs=ticked.get(EntryKind.NEED, self._links.needs),
            outcomes=ticked.get(EntryKind.OUTCOME, self._links.outcomes),
        )

    def open_under(self, button: QWidget) -> None:
        """Open below a button, and within the screen."""
        area = button.screen().availableGeometry()
        rows = max(3, min(10, self.list.count()))
        self.resize(min(520, area.width() - 16), min(rows * 34 + 64, area.height() - 16))
        corner = button.mapToGlobal(QPoint(0, button.height() + 2))
        x = min(max(area.left(), corner.x()), area.right() - self.width())
        y = min(max(area.top(), corner.y()), area.bottom() - self.height())
        self.move(x, y)
        self.show()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self._given_up = True
                self.close()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.close()
            case _:
                super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not self._given_up and self.links != self._links:
            links, self._given_up = self.links, True
            self.chosen.emit(links)

    def _items(self) -> list[QListWidgetItem]:
        items = (self.list.item(at) for at in range(self.list.count()))
        return [item for item in items if item.data(_ID)]

    def _fill(self, view: PlanView, entry: Entry) -> None:
        for kind in _OFFERED.get(entry.kind, ()):
            offers = _offers(view, entry, kind)
            head = QListWidgetItem(_HEADS[kind] if offers else f"{_HEADS[kind]}: none is written yet")
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(head)
            for offer in offers:
                item = QListWidgetItem(offer.words)
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                )
                item.setData(_ID, offer.id)
                item.setData(_KIND, offer.kind)
                item.setCheckState(Qt.CheckState.Checked if offer.ticked else Qt.CheckState.Unchecked)
                self.list.addItem(item)
        first = next((item for item in self._items()), None)
        if first is not None:
            self.list.setCurrentItem(first)


def _offers(view: PlanView, entry: Entry, kind: EntryKind) -> list[_Offer]:
    ticked = {*entry.links.aspirations, *entry.links.needs, *entry.links.outcomes}
    return [
        _Offer(one.id, kind, f"{view.labels[one.id]}   {short_words(view, one)}", one.id in ticked)
        for one in view.case.entries
        if one.kind is kind
    ]


def short_words(view: PlanView, entry: Entry, *, longest: int = 90) -> str:
    """A row of the plan on one line: its sentence, else its words, else that nothing is written yet."""
    words = " ".join((entry.words or entry.value("will") or entry.value("what")).split())
    if len(words) > longest:
        words = words[:longest].rsplit(" ", 1)[0] + " ..."
    return words or "nothing written yet"
