"""Printed pages one under another, as wide as there is room; a page is drawn when it comes into view."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_4
from send_desk.gui.pdf_pages import PagePicture, PageSize

_HELD = 12  # pictures that are kept: a page of A4 at double resolution takes some 10 MB
_WIDEST = 900
_STEP = 60


class PageView(QAbstractScrollArea):
    """Sends `wanted` for a page that is seen and not drawn yet; `show_picture` brings it."""

    wanted = Signal(int, int)
    """The page (from 0) and the width in device pixels."""
    moved = Signal(int)
    """The page (from 0) at the middle of the view."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._sizes: tuple[PageSize, ...] = ()
        self._pictures: OrderedDict[int, PagePicture] = OrderedDict()
        self._asked: dict[int, int] = {}
        self._zoom = 1.0
        self._at = 0
        self.setObjectName("print.pages")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        look.changed.connect(self.viewport().update)
        self._say()

    @property
    def zoom(self) -> float:
        """How wide a page is against the room that it has."""
        return self._zoom

    def show_pages(self, sizes: tuple[PageSize, ...]) -> None:
        """Show another document, at the page where the view stood."""
        self._sizes = sizes
        self._pictures.clear()
        self._asked.clear()
        self._fit()

    def show_picture(self, picture: PagePicture) -> None:
        """Show a page that was asked for; one of an older width or document is passed over."""
        if self._asked.get(picture.number) != picture.wide:
            return
        self._pictures[picture.number] = picture
        self._pictures.move_to_end(picture.number)
        while len(self._pictures) > _HELD:
            gone, _ = self._pictures.popitem(last=False)
            self._asked.pop(gone, None)
        self._say()
        self.viewport().update()

    def set_zoom(self, zoom: float) -> None:
        """Make pages wider or narrower than the room: 1.0 fits."""
        self._zoom = min(3.0, max(0.4, zoom))
        self._pictures.clear()
        self._asked.clear()
        self._fit()

    def go_to(self, page: int) -> None:
        """Bring the top of a page (from 0) into view."""
        if 0 <= page < len(self._sizes):
            self.verticalScrollBar().setValue(round(self._places()[page].top() - SPACE_4 / 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        tokens = self._look.tokens
        painter.fillRect(event.rect(), QColor(tokens.canvas))
        down, right = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        for number, place in enumerate(self._places()):
            shown = place.translated(-right, -down)
            if not shown.intersects(QRectF(self.viewport().rect())):
                continue
            painter.fillRect(shown, QColor("#ffffff"))  # paper is white in every theme
            picture = self._pictures.get(number)
            if picture is not None:
                painter.drawImage(shown, picture.image, QRectF(QImage.rect(picture.image)))
            painter.setPen(QPen(QColor(tokens.hairline), 1))
            painter.drawRect(shown)
            self._ask(number, place)

    def _ask(self, number: int, place: QRectF) -> None:
        wide = round(place.width() * self.devicePixelRatioF())
        if self._asked.get(number) != wide:
            self._asked[number] = wide
            self.wanted.emit(number, wide)

    def _wide(self) -> float:
        return min(_WIDEST, max(120, self.viewport().width() - 2 * SPACE_4)) * self._zoom

    def _places(self) -> list[QRectF]:
        wide = self._wide()
        left = max(SPACE_4, (self.viewport().width() - wide) / 2)
        y, places = float(SPACE_4), []
        for size in self._sizes:
            tall = wide * size.height / max(1.0, size.width)
            places.append(QRectF(left, y, wide, tall))
            y += tall + SPACE_4
        return places

    def _fit(self) -> None:
        places, bar = self._places(), self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        tall = places[-1].bottom() + SPACE_4 if places else 0
        bar.setRange(0, max(0, round(tall - self.viewport().height())))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(_STEP)
        across = self.horizontalScrollBar()
        across.setRange(0, max(0, round(self._wide() + 2 * SPACE_4 - self.viewport().width())))
        across.setPageStep(self.viewport().width())
        bar.setValue(round(share * bar.maximum()))
        self._scrolled()

    def _scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        at = next((number for number, place in enumerate(self._places()) if place.bottom() >= middle), 0)
        if at != self._at:
            self._at = at
            self.moved.emit(at)
            self._say()
        self.viewport().update()

    def _say(self) -> None:
        count = len(self._sizes)
        self.setAccessibleName(f"Page {self._at + 1} of {count} of the printed draft" if count else "No pages yet")
        picture = self._pictures.get(self._at)
        self.setAccessibleDescription(picture.words if picture is not None else "")
