"""Names of controls: one for tests and scripts, one in words for whoever listens to the screen."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str, said: str = "") -> W:
    """Give a control its object name (`place.thing`) and its accessible name, and return it."""
    widget.setObjectName(name)
    if said:
        widget.setAccessibleName(said)
    return widget
