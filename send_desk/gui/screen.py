"""How much room a screen gives a window of its own."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_FRAME = QSize(16, 48)  # what a desktop draws around a window


def within_screen(widget: QWidget, wish: QSize) -> QSize:
    """Return the wished size, or as much of it as the screen of the widget has room for."""
    return wish.boundedTo(widget.screen().availableSize() - _FRAME)
