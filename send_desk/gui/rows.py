"""A line that opens a place: mark, words, a quieter line under them, and a short word at the end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHeaderView, QSizePolicy, QTableView, QWidget

from send_desk.domain.ids import State
from send_desk.gui.glyphs import paint_mark, state_colour
from send_desk.gui.look import Look
from send_desk.gui.metrics import CORNER, SPACE_2, SPACE_3
from send_desk.gui.style import text_font
from send_desk.gui.words import measure

_MARK = 20
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class Row(QAbstractButton):
    """One line of a list on a page (My day, findings, papers); `clicked` opens it, by mouse, Enter or Space.

    `mark` is the name of an icon or the state of a contribution; `colour` is for the icon and the end word, ink if
    empty. Long words wrap.
    """

    def __init__(self, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._title = self._detail = self._end = self._colour = ""
        self._mark: str | State | None = None
        self._heights: dict[int, int] = {}
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self.update)

    def say(
        self, title: str, detail: str = "", *, end: str = "", mark: str | State | None = None, colour: str = ""
    ) -> None:
        """Show other words; `colour` is the name of a token, such as "late"."""
        self._title, self._detail, self._end, self._mark, self._colour = title, detail, end, mark, colour
        self._heights.clear()
        self.setAccessibleName(". ".join(words.rstrip(".") for words in (title, detail, end) if words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(measure(), self.heightForWidth(measure()))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:  # a layout asks many times for the same
            title, detail, _ = self._places(width)
            self._heights[width] = max(title.bottom(), detail.bottom()) + 1 + SPACE_2
        return self._heights[width]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_Down:
                self.focusNextChild()
            case Qt.Key.Key_Up:
                self.focusPreviousChild()
            case _:
                super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hover))
            painter.drawRoundedRect(self.rect(), CORNER, CORNER)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER, CORNER)
        title, detail, end = self._places(self.width())
        self._paint_mark(painter, title.top())
        painter.setFont(text_font(bold=bool(self._detail)))
        painter.setPen(QColor(tokens.ink))
        painter.drawText(title, _WRAP, self._title)
        painter.setFont(text_font())
        painter.setPen(QColor(tokens.quiet))
        painter.drawText(detail, _WRAP, self._detail)
        painter.setFont(text_font(13))
        painter.setPen(QColor(getattr(tokens, self._colour) if self._colour else tokens.quiet))
        painter.drawText(end, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, self._end)

    def _places(self, width: int) -> tuple[QRect, QRect, QRect]:
        left = SPACE_3 + (_MARK + SPACE_3 if self._mark is not None else 0)
        end_width = QFontMetrics(text_font(13)).horizontalAdvance(self._end) + 2 if self._end else 0
        room = max(80, min(width - left - SPACE_3 - (end_width + SPACE_3 if end_width else 0), measure()))
        title = _wrapped(self._title, room, bold=bool(self._detail)).translated(left, SPACE_2)
        detail = QRect(left, title.bottom() + 1, room, 0)
        if self._detail:
            detail = _wrapped(self._detail, room, bold=False).translated(detail.topLeft())
        return title, detail, QRect(width - SPACE_3 - end_width, title.top() + 1, end_width, 20)

    def _paint_mark(self, painter: QPainter, top: int) -> None:
        tokens = self._look.tokens
        match self._mark:
            case State() as state:
                paint_mark(
                    painter,
                    QRectF(SPACE_3 + 1, top, 18, 18),
                    state,
                    colour=QColor(state_colour(state, tokens)),
                    ground=QColor(tokens.paper),
                )
            case str() as icon:
                colour = getattr(tokens, self._colour) if self._colour else tokens.quiet
                pixmap = self._look.icon(icon, colour=colour).pixmap(QSize(_MARK, _MARK), self.devicePixelRatio())
                painter.drawPixmap(QPointF(SPACE_3, top - 1), pixmap)


def _wrapped(words: str, width: int, *, bold: bool) -> QRect:
    metrics = QFontMetrics(text_font(bold=bold))
    room = metrics.boundingRect(QRect(0, 0, width, 10_000), int(_WRAP), words)
    return QRect(0, 0, width, room.height() + metrics.leading())


def quiet_table(view: QTableView, *, row_height: int = 36) -> None:
    """Set a table as the design has it: hairlines under rows, whole rows chosen, headings at the left, no grid."""
    view.setShowGrid(False)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(row_height)
    heads = view.horizontalHeader()
    heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    heads.setHighlightSections(False)
    heads.setSectionsClickable(True)
