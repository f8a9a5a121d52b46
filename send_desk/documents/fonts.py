"""The typeface of the printed page: Atkinson Hyperlegible Next, registered with ReportLab once for each folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

from send_desk.domain.text import Style

_FAMILY = "AtkinsonHyperlegibleNext"
_FACES = {Style.PLAIN: "Regular", Style.STRONG: "Bold", Style.EMPHASIS: "Italic"}


@dataclass(frozen=True, slots=True)
class Fonts:
    """ReportLab's name of the face for each style, and the code points that every face can draw."""

    faces: Mapping[Style, str]
    covered: frozenset[int]


@lru_cache(maxsize=2)
def load_fonts(folder: Path) -> Fonts:
    """Read and register the faces in a folder; raise OSError or TTFError where one is missing or damaged."""
    faces = {}
    covered: frozenset[int] | None = None
    for style, face in _FACES.items():
        font = TTFont(f"{_FAMILY}-{face}", folder / f"{_FAMILY}-{face}.ttf")
        registerFont(font)
        faces[style] = font.fontName
        drawn = frozenset(font.face.charToGlyph)
        covered = drawn if covered is None else covered & drawn
    return Fonts(faces, covered or frozenset())
