"""A drop-down that a passing mouse wheel cannot change, filled from a mapping of values to words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

V = TypeVar("V")


class Choice(QComboBox, Generic[V]):
    """One of several values, each with its words; `activated` tells of a choice made by hand."""

    def __init__(self, values: Mapping[V, str], *, name: str, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = list(values)
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(min(24, max(map(len, values.values()), default=8)))
        self.setMinimumWidth(96)
        for words in values.values():
            self.addItem(words)

    @property
    def value(self) -> V:
        """What is chosen."""
        return self._values[max(0, self.currentIndex())]

    def choose(self, value: V) -> None:
        """Show a value as the one chosen; one that is not offered changes nothing."""
        if value in self._values:
            self.setCurrentIndex(self._values.index(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()  # the page scrolls on
