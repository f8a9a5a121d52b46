"""Facts one under another, each with its quiet label: one widget however many there are, and selectable."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from send_desk.gui.look import Look

Fact = tuple[str, str, str]
"""Label, words, and a remark in the colour of lateness (often empty)."""


class FactSheet(QLabel):
    """Labels and words; a fact without words is left out."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._facts: tuple[Fact, ...] = ()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self._draw)

    def say(self, facts: Sequence[Fact]) -> None:
        """Show these facts."""
        shown = tuple(fact for fact in facts if fact[1])
        if shown != self._facts:
            self._facts = shown
            self.setAccessibleName(
                ". ".join(f"{label}: {words}{f', {note}' if note else ''}" for label, words, note in shown)
            )
            self._draw()

    def _draw(self) -> None:
        tokens = self._look.tokens
        parts = []
        for label, words, note in self._facts:
            said = escape(words).replace("\n", "<br>")
            odd = f'<br><span style="color:{tokens.late}; font-size:12px">! {escape(note)}</span>' if note else ""
            quiet = f'<span style="color:{tokens.quiet}; font-size:12px">{escape(label)}</span>'
            parts.append(f'<p style="margin:0 0 8px 0">{quiet}<br>{said}{odd}</p>')
        self.setText("".join(parts))


def _spoken(fact: Fact) -> str:
    label, words, note = fact
    return f"{label}: {words}, {note}" if note else f"{label}: {words}"
