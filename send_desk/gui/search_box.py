"""Search everything: a line at the top of the window, and what it finds as one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1, SPACE_2, SPACE_3
from send_desk.gui.naming import named
from send_desk.gui.session import Session
from send_desk.gui.words import Line, Voice
from send_desk.services.ports import Hit

_MOST = 200
_WIDEST = 720
_ICON = 16


class SearchBox(QLineEdit):
    """The line; what it finds is laid over the widget `over`, in which it stands.

    Up and Down walk what was found, Enter opens it, Esc closes it; `opened` is sent with the place.
    """

    opened = Signal(str)
    left = Signal()
    """Sent when Esc gives the keyboard back to the page."""

    def __init__(self, session: Session, look: Look, over: QWidget) -> None:
        super().__init__(over)
        named(self, "top.search", "Search everything")
        self._session = session
        self._asked = ""
        self.setPlaceholderText("Search everything   Ctrl+K")
        self.setToolTip("Names, entries of plans, advice and the contact log")
        self.setMaximumWidth(420)
        self.setTextMargins(_ICON + SPACE_1, 0, 0, 0)
        self._look = look
        look.changed.connect(self.update)
        self._over = over
        self._panel: FoundPanel | None = None
        self.textEdited.connect(self._search)
        self.textChanged.connect(self._cleared)

    @property
    def found(self) -> FoundPanel:
        """What was found; made with the first word that is looked for."""
        if self._panel is None:
            self._panel = FoundPanel(self._look, self, self._over)
            self._panel.opened.connect(self._open)
        return self._panel

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        pixmap = self._look.icon("magnifying-glass", colour=self._look.tokens.quiet).pixmap(
            QSize(_ICON, _ICON), self.devicePixelRatio()
        )
        QPainter(self).drawPixmap(QPoint(SPACE_2 + 1, (self.height() - _ICON) // 2), pixmap)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up if self._shows:
                self.found.walk(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._shows:
                self.found.open_current()
            case Qt.Key.Key_Escape:
                self._hide_found()
                self.clear()
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.text().strip() and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._search(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self._asked = ""
            self._hide_found()

    @property
    def _shows(self) -> bool:
        return self._panel is not None and self._panel.isVisible()

    def _hide_found(self) -> None:
        if self._panel is not None:
            self._panel.hide()

    def _search(self, words: str) -> None:
        self._asked = words
        if not words.strip():
            self._hide_found()
            return
        self._session.ask(lambda desk: (words, desk.store.search(words, limit=_MOST)), self._arrived, latest="search")

    def _arrived(self, told: tuple[str, Sequence[Hit]]) -> None:
        words, hits = told
        if words == self._asked:
            self.found.show_hits(hits)

    def _cleared(self, words: str) -> None:
        if not words:
            self._asked = ""
            self._hide_found()

    def _open(self, place: str) -> None:
        self._hide_found()
        self.clear()
        self.opened.emit(place)


class FoundPanel(QFrame):
    """What was found, laid over the page under the line; the keyboard stays in the line.

    It belongs to what it lies over, so that it goes with it at a lock.
    """

    opened = Signal(str)

    def __init__(self, look: Look, under: QLineEdit, over: QWidget) -> None:
        from send_desk.gui.search_results import FoundDelegate, FoundModel

        super().__init__(over)
        self._under, self._over = under, over
        over.installEventFilter(self)
        self.setProperty("role", "card")
        self._model = FoundModel(self)
        self._list = named(QListView(), "search.results", "What was found")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setProperty("role", "bare")
        self._list.setModel(self._model)
        self._list.setItemDelegate(FoundDelegate(look, self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.clicked.connect(self._clicked)
        self._none: QLabel = Line("", Voice.QUIET)
        self._none.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_1, SPACE_1, SPACE_1, SPACE_1)
        column.addWidget(self._none)
        column.addWidget(self._list)
        self.hide()

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show what was found, with the best chosen; a line says so where nothing was."""
        self._model.show_hits(hits)
        self._none.setText("Nothing was found with these words.")
        self._none.setVisible(not hits)
        self._list.setVisible(bool(hits))
        self._choose(self._model.next_row(-1, 1) if hits else -1)
        self._lay()
        self.show()
        self.raise_()

    def walk(self, step: int) -> None:
        """Choose the next place found, or the one before."""
        self._choose(self._model.next_row(self._list.currentIndex().row(), step))

    def open_current(self) -> None:
        """Open the place that is chosen."""
        place = self._model.place(self._list.currentIndex().row())
        if place:
            self.opened.emit(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._lay()
        return super().eventFilter(watched, event)

    def _choose(self, row: int) -> None:
        index = self._model.index(row, 0)
        self._list.setCurrentIndex(index)
        self._under.setAccessibleDescription(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))

    def _clicked(self, index: QModelIndex) -> None:
        place = self._model.place(index.row())
        if place:
            self.opened.emit(place)

    def _lay(self) -> None:
        over = self._over
        corner = self._under.mapTo(over, QPoint(0, self._under.height() + 2))
        width = min(_WIDEST, over.width() - 2 * SPACE_2)
        left = max(SPACE_2, min(corner.x(), over.width() - width - SPACE_2))
        height = min(self._wanted_height(), over.height() - corner.y() - SPACE_2)
        self.setGeometry(QRect(left, corner.y(), width, height))

    def _wanted_height(self) -> int:
        if self._none.isVisibleTo(self):
            return 48
        return self._model.height + 4 * SPACE_1
