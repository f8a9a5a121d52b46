"""The marks of how far a section is: ring, pencil, tick, exclamation mark, lock; told apart by shape."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QIcon

from send_desk.domain.section_state import SectionState
from send_desk.gui.look import Look

STATE_WORDS: Mapping[SectionState, str] = {
    SectionState.EMPTY: "empty",
    SectionState.IN_WORK: "in work",
    SectionState.READY: "ready",
    SectionState.HELD: "held by a finding",
}
LOCKED = "locked"
_ICONS = {
    SectionState.EMPTY: ("minus", "quiet"),
    SectionState.IN_WORK: ("pencil-simple", "waiting"),
    SectionState.READY: ("check", "answered"),
    SectionState.HELD: ("warning-circle", "late"),
}


def section_icon(look: Look, state: SectionState, *, locked: bool, colour: str = "") -> QIcon:
    """The mark of a section in its colour, or in another one."""
    icon, token = ("lock", "quiet") if locked else _ICONS[state]
    return look.icon(icon, colour=colour or getattr(look.tokens, token))


def section_words(state: SectionState, count: int, *, locked: bool) -> str:
    """The mark in words: "held by a finding, 4 findings"."""
    said = LOCKED if locked else STATE_WORDS[state]
    return f"{said}, {count} {'finding' if count == 1 else 'findings'}" if count else said
