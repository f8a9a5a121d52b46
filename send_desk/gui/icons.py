"""Line icons drawn from files, tinted to the colour of the words beside them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_RATIOS = (1.0, 2.0)  # what lies between is scaled down from the finer one; each drawing costs a millisecond
_SIZES = (16, 20)  # as they stand in buttons and lists


class Icons:
    """The icons of one folder, by file name without its ending; drawn once for each name, colour and size."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._texts: dict[str, str] = {}
        self._read: dict[tuple[str, str], QSvgRenderer] = {}
        self._icons: dict[tuple[str, str, str], QIcon] = {}
        self._drawn: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: str, *, size: int = 20, ratio: float = 1.0) -> QPixmap:
        """The icon as a square of `size` logical pixels; a name that the folder lacks is a FileNotFoundError."""
        key = (name, colour, size, ratio)
        if key not in self._drawn:
            self._drawn[key] = self._draw(name, colour, size, ratio)
        return self._drawn[key]

    def icon(self, name: str, colour: str, *, disabled: str | None = None) -> QIcon:
        """The icon at every usual size and scaling, and in the colour `disabled` for a control that is off."""
        key = (name, colour, disabled or colour)
        if key not in self._icons:
            icon = self._icons[key] = QIcon()
            for mode, tint in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled or colour)):
                for size in _SIZES:
                    for ratio in _RATIOS:
                        icon.addPixmap(self.pixmap(name, tint, size=size, ratio=ratio), mode)
        return self._icons[key]

    def _draw(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        renderer = self._renderer(name, colour)
        side = round(size * ratio)
        pixmap = QPixmap(QSize(side, side))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, side, side))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _renderer(self, name: str, colour: str) -> QSvgRenderer:
        if name not in self._texts:
            self._texts[name] = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        if (name, colour) not in self._read:
            words = self._texts[name].replace("currentColor", colour)
            self._read[name, colour] = QSvgRenderer(QByteArray(words.encode()))
        return self._read[name, colour]
