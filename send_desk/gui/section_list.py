"""The sections of a plan from A to K, each with its mark and its findings: a column of buttons, and a drop-down."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QComboBox, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from send_desk.domain.ids import Section
from send_desk.domain.section_state import SectionState
from send_desk.gui.look import Look
from send_desk.gui.metrics import CORNER, SPACE_1, SPACE_2, SPACE_3
from send_desk.gui.plan_view import PlanView
from send_desk.gui.section_marks import section_icon, section_words
from send_desk.gui.style import text_font

_SHORT: Mapping[Section, str] = {
    Section.A: "Views",
    Section.B: "Needs",
    Section.C: "Health needs",
    Section.D: "Social care needs",
    Section.E: "Outcomes",
    Section.F: "Provision",
    Section.G: "Health provision",
    Section.H1: "Care, 1970 Act",
    Section.H2: "Other social care",
    Section.I: "Placement",
    Section.J: "Budget",
    Section.K: "Advice",
}
_ROW = 34
_ICON = 18


class _SectionButton(QAbstractButton):
    def __init__(self, look: Look, section: Section, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.section = section
        self._state, self._count, self._locked, self._title = SectionState.EMPTY, 0, False, ""
        self.setObjectName(f"case.section.{section}")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, title: str, state: SectionState, count: int, *, locked: bool) -> None:
        self._title, self._state, self._count, self._locked = title, state, count, locked
        said = f"Section {self.section}, {title}: {section_words(state, count, locked=locked)}"
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_Space:
                super().keyPressEvent(event)
            case _:
                event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selection if chosen else tokens.hover))
            painter.drawRoundedRect(box, CORNER, CORNER)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent if not (chosen and tokens.plain) else tokens.ink), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, CORNER, CORNER)
        ink = QColor(tokens.on_selection if chosen else tokens.ink)
        quiet = ink if chosen and tokens.plain else QColor(tokens.quiet)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(ink)
        painter.setFont(text_font(bold=True))
        painter.drawText(QRect(SPACE_3, 0, 26, self.height()), middle, str(self.section))
        number = str(self._count) if self._count else ""
        painter.setFont(text_font(13))
        wide = QFontMetrics(text_font(13)).horizontalAdvance(number)
        right = self.width() - SPACE_3
        painter.setPen(ink)
        painter.drawText(QRect(right - wide, 0, wide, self.height()), middle, number)
        ground = tokens.on_selection if chosen and tokens.plain else ""
        mark = section_icon(self._look, self._state, locked=self._locked, colour=ground)
        at = right - max(wide, 8) - SPACE_1 - _ICON
        painter.drawPixmap(at, (self.height() - _ICON) // 2, mark.pixmap(QSize(_ICON, _ICON), self.devicePixelRatio()))
        room = QRect(SPACE_3 + 30, 0, at - SPACE_1 - SPACE_3 - 30, self.height())
        painter.setPen(ink if chosen else quiet)
        title = QFontMetrics(text_font(13)).elidedText(_SHORT[self.section], Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, title)


class SectionList(QScrollArea):
    """The column. One tab stop; the arrows move within, Enter, Space or the mouse opens a section."""

    opened = Signal(object)
    """Sent with the `Section`."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setMinimumWidth(150)
        inside = QWidget()
        inside.setAccessibleName("Sections of the plan")
        self._buttons = [_SectionButton(look, section, inside) for section in Section]
        column = QVBoxLayout(inside)
        column.setContentsMargins(SPACE_2, SPACE_3, SPACE_2, SPACE_3)
        column.setSpacing(2)
        for button in self._buttons:
            column.addWidget(button)
            button.clicked.connect(partial(self._open, button.section))
        column.addStretch(1)
        self.setWidget(inside)
        self.choose(Section.A)
        look.changed.connect(inside.update)

    def show_view(self, view: PlanView) -> None:
        """Show marks and numbers of findings."""
        for button in self._buttons:
            section = button.section
            button.say(view.law(section).title, view.state(section), view.count(section), locked=view.locked(section))

    def choose(self, section: Section) -> None:
        """Show which section stands in the centre."""
        for button in self._buttons:
            here = button.section is section
            button.setChecked(here)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((place for place, one in enumerate(self._buttons) if one.hasFocus()), None)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if at is None or step is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
            return
        goal = self._buttons[max(0, min(len(self._buttons) - 1, at + step))]
        goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, section: Section) -> None:
        self.choose(section)
        self.opened.emit(section)


class SectionDropDown(QComboBox):
    """The same for a narrow window."""

    opened = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setObjectName("case.section")
        self.setAccessibleName("Section of the plan")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        for section in Section:
            self.addItem(str(section), section)
        self.activated.connect(self._open)

    def show_view(self, view: PlanView) -> None:
        """Show marks and numbers of findings."""
        for at, section in enumerate(Section):
            locked, count = view.locked(section), view.count(section)
            number = f"  ({count})" if count else ""
            self.setItemText(at, f"{section}  {view.law(section).title}{number}")
            self.setItemIcon(at, section_icon(self._look, view.state(section), locked=locked))
            said = section_words(view.state(section), count, locked=locked)
            self.setItemData(at, f"Section {section}, {said}", Qt.ItemDataRole.AccessibleTextRole)

    def choose(self, section: Section) -> None:
        """Show which section stands in the centre."""
        self.setCurrentIndex(list(Section).index(section))

    def _open(self, at: int) -> None:
        self.opened.emit(list(Section)[at])
