"""The colours of the window, as values: light, dark, and high contrast taken from the system's palette."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor, QPalette

from send_desk.gui.metrics import FAINT

_READABLE = 7.0  # WCAG 2.2, 1.4.6: body text at level AAA


class ThemeChoice(StrEnum):
    """What the writer chose under Settings; `system` follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The named colours of one theme, each as `#rrggbb` (the table under "Look" in the design of the screens).

    `plain` is true in high contrast: nothing is tinted, and shape and letter alone carry the state.
    """

    name: str
    paper: str
    canvas: str
    ink: str
    quiet: str
    accent: str
    answered: str
    waiting: str
    late: str
    no_answer: str
    lawful: str
    hollow: str
    hairline: str
    plain: bool = False

    @property
    def dark(self) -> bool:
        """True when words are lighter than what they stand on."""
        return luminance(self.paper) < luminance(self.ink)

    @property
    def on_accent(self) -> str:
        """The colour of words on a field of the accent: whichever of paper and ink reads better."""
        return max((self.paper, self.ink), key=lambda colour: contrast(colour, self.accent))

    @property
    def selection(self) -> str:
        """What stands behind a chosen row: a tint that leaves the colours of states readable; plain accent if plain."""
        return self.accent if self.plain else mix(self.paper, self.accent, 0.14)

    @property
    def on_selection(self) -> str:
        """The colour of words in a chosen row."""
        return self.on_accent if self.plain else self.ink

    @property
    def faint(self) -> str:
        """The colour of words on a control that is off."""
        return mix(self.paper, self.ink, 0.6) if self.plain else mix(self.paper, self.quiet, FAINT)

    @property
    def chosen(self) -> Tokens:
        """The tokens for drawing on a chosen row: turned round in high contrast, where the row is a solid field."""
        if not self.plain:
            return self
        return high_contrast_of(self.selection, self.on_selection, self.on_selection, name=f"{self.name} chosen")

    @property
    def hover(self) -> str:
        """What stands behind the thing under the pointer."""
        return self.paper if self.plain else mix(self.canvas, self.ink, 0.06)


def _channel(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 for black to 1 for white (WCAG 2.2, definition of relative luminance)."""
    red, green, blue = (_channel(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21, in either order (WCAG 2.2, definition of contrast ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(under: str, over: str, amount: float) -> str:
    """`over` laid on `under` with an opacity of `amount` (0 to 1)."""
    pairs = zip(_parts(under), _parts(over), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * amount):02x}" for low, high in pairs)


LIGHT = Tokens(
    name="light",
    paper="#ffffff",
    canvas="#f4f6f8",
    ink="#1b2733",
    quiet="#51606e",
    accent="#1d5f8a",
    answered="#1f7a4d",
    waiting="#8a5a00",
    late="#b3261e",
    no_answer="#6b3fa0",
    lawful="#3b5b6d",
    hollow="#7a8794",
    hairline="#d3dae0",
)

DARK = Tokens(
    name="dark",
    paper="#1e242b",
    canvas="#161a1f",
    ink="#e8edf2",
    quiet="#a9b6c2",
    accent="#7cc0ea",
    answered="#6fd3a0",
    waiting="#f0c36b",
    late="#ff9a90",
    no_answer="#c7a6f5",
    lawful="#a5c4d4",
    hollow="#6d7986",
    hairline="#37414b",
)


def high_contrast(system: QPalette) -> Tokens:
    """The system's own colours with nothing decorative: every state is drawn in ink and told by its shape.

    A system whose palette is not itself a high-contrast one (ratio of words to ground under 7) gives pure black and
    white, dark or light as that palette is.
    """
    paper = _name(system, QPalette.ColorRole.Base)
    ink = _name(system, QPalette.ColorRole.Text)
    accent = _name(system, QPalette.ColorRole.Highlight)
    if contrast(paper, ink) < _READABLE:
        paper, ink = ("#000000", "#ffffff") if luminance(paper) < luminance(ink) else ("#ffffff", "#000000")
    if contrast(paper, accent) < _READABLE:
        accent = ink
    return high_contrast_of(paper, ink, accent)


def high_contrast_of(paper: str, ink: str, accent: str, *, name: str = "high_contrast") -> Tokens:
    """Tokens of three colours only: everything that is not ground or accent is ink."""
    return Tokens(
        name=name,
        paper=paper,
        canvas=paper,
        ink=ink,
        quiet=ink,
        accent=accent,
        answered=ink,
        waiting=ink,
        late=ink,
        no_answer=ink,
        lawful=ink,
        hollow=ink,
        hairline=ink,
        plain=True,
    )


def _name(palette: QPalette, role: QPalette.ColorRole) -> str:
    return palette.color(QPalette.ColorGroup.Active, role).name(QColor.NameFormat.HexRgb)
