"""What was found, grouped, with the words marked: a list under the search line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1, SPACE_2, SPACE_3
from send_desk.gui.places import place_of_hit
from send_desk.gui.strip_delegate import paint_ground, row_tokens
from send_desk.gui.style import text_font
from send_desk.gui.theme import mix
from send_desk.services.ports import Hit

HIT_ROLE = Qt.ItemDataRole.UserRole + 44
_GROUPS: Mapping[str, str] = {
    "name": "Children and people",
    "entry": "Entries of plans",
    "advice": "Advice",
    "contact": "Contact log",
}
_OF_A_GROUP = 8
_HEADING, _PLACE = 32, 52  # heights of the two kinds of line
_BEGIN, _END = "\x02", "\x03"
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A heading of a group (`hit` is None) or one place found."""

    title: str
    hit: Hit | None = None


def stretches(snippet: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a snippet in order, each with whether it is marked as found."""
    for at, part in enumerate(snippet.replace("\n", " ").split(_BEGIN)):
        marked, parted, plain = part.partition(_END)
        if at and marked:
            yield marked, True
        rest = plain if at and parted else part if not at else ""
        if rest:
            yield rest, False


def found_lines(hits: Sequence[Hit]) -> tuple[FoundLine, ...]:
    """Return what was found by groups, each under its heading, in the order of the groups and the best few of each."""
    lines: list[FoundLine] = []
    for kind, title in _GROUPS.items():
        group = [FoundLine(hit.name or hit.reference, hit) for hit in hits if hit.kind == kind]
        if group:
            few = f"{title}: the best {_OF_A_GROUP}" if len(group) > _OF_A_GROUP else title
            lines += [FoundLine(few), *group[:_OF_A_GROUP]]
    return tuple(lines)


class FoundModel(QAbstractListModel):
    """The lines of one search; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[FoundLine, ...] = ()

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show what another search found."""
        self.beginResetModel()
        self._lines = found_lines(hits)
        self.endResetModel()

    def place(self, row: int) -> str:
        """Return the place that a row opens, empty for a heading or no row."""
        hit = self._lines[row].hit if 0 <= row < len(self._lines) else None
        return place_of_hit(hit) if hit else ""

    @property
    def height(self) -> int:
        """How high all lines are together."""
        return sum(_HEADING if line.hit is None else _PLACE for line in self._lines)

    def next_row(self, row: int, step: int) -> int:
        """Return the next row in a direction that can be chosen, or the same where there is none."""
        at = row + step
        while 0 <= at < len(self._lines) and self._lines[at].hit is None:
            at += step
        return at if 0 <= at < len(self._lines) else row

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature; never changed
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self._lines[index.row()].hit is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.title
            case Qt.ItemDataRole.AccessibleTextRole if line.hit is not None:
                words = "".join(part for part, _ in stretches(line.hit.snippet))
                return f"{line.title}, {line.hit.reference}: {words}"
            case _ if role == HIT_ROLE:
                return line
        return None


class FoundDelegate(QStyledItemDelegate):
    """Paints a heading, or a name with its reference and under it the words where they were found."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line = index.data(HIT_ROLE)
        heading = isinstance(line, FoundLine) and line.hit is None
        return QSize(200, _HEADING if heading else _PLACE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line = index.data(HIT_ROLE)
        if not isinstance(line, FoundLine):
            return
        area = option.rect.adjusted(SPACE_3, SPACE_1, -SPACE_3, -SPACE_1)
        if line.hit is None:
            painter.setFont(text_font(13, bold=True))
            painter.setPen(QColor(self._look.tokens.quiet))
            painter.drawText(area, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, line.title)
            return
        paint_ground(self, painter, option, index)
        tokens = row_tokens(option, self._look)
        half = QRect(area.left(), area.top() + 1, area.width(), 21)
        left = _draw(painter, half, line.title, text_font(bold=True), QColor(tokens.ink))
        after = half.adjusted(left + SPACE_2, 0, 0, 0)
        _draw(painter, after, line.hit.reference, text_font(13), QColor(tokens.quiet))
        half.translate(0, 22)
        ground = QColor(tokens.paper if tokens.plain else mix(tokens.paper, tokens.waiting, 0.22))
        for words, marked in stretches(line.hit.snippet):
            if half.width() <= 8:
                break
            font = text_font(13, bold=marked)
            if marked:
                width = QFontMetrics(font).horizontalAdvance(words)
                painter.fillRect(QRect(half.left(), half.top() + 2, min(width, half.width()), 17), ground)
            ink = QColor(tokens.ink if marked else tokens.quiet)
            half.setLeft(half.left() + _draw(painter, half, words, font, ink))


def _draw(painter: QPainter, area: QRect, words: str, font: QFont, colour: QColor) -> int:
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    return metrics.horizontalAdvance(shown)
