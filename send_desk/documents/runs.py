"""Runs of words as ReportLab's fragments, made directly: no mark-up is written, so none can be read by mistake."""

from collections.abc import Iterator
from functools import lru_cache

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.paraparser import ParaFrag

from send_desk.domain.text import Run, Style

from .blocks import Words
from .fonts import Fonts
from .ink import Ink

_LONGEST = 4000
"""Characters of one flowable: a longer paragraph is set as several, because ReportLab's time grows with the square."""


def set_runs(words: Words, style: ParagraphStyle, fonts: Fonts, ink: Ink) -> list[ParaFrag]:
    """Return the fragments of one paragraph, each run in its face; a line end becomes one on the page."""
    frags: list[ParaFrag] = []
    for run in words:
        face = fonts.faces[_over(style, fonts, run.style)]
        for number, line in enumerate(ink.printable(run.text).split("\n")):
            if number:
                frags.append(_frag(style, face, "", line_break=True))
            if line:
                frags.append(_frag(style, face, line))
    return frags or [_frag(style, style.fontName, "")]


def _over(style: ParagraphStyle, fonts: Fonts, wanted: Style) -> Style:
    """Return the face for a run: a style that is itself bold or italic keeps its face for plain words."""
    if wanted is Style.PLAIN:
        return next((key for key, face in fonts.faces.items() if face == style.fontName), wanted)
    return wanted


def _frag(style: ParagraphStyle, face: str, text: str, *, line_break: bool = False) -> ParaFrag:
    made = _prototype(style.name, face, style.fontSize, style.textColor).clone(text=text)
    if line_break:
        made.lineBreak = True
    return made


@lru_cache(maxsize=64)
def _prototype(_name: str, face: str, size: float, colour: object) -> ParaFrag:
    """Return a fragment such as ReportLab's own parser makes, to be copied."""
    return ParaFrag(
        fontName=face,
        fontSize=size,
        textColor=colour,
        rise=0,
        greek=0,
        link=[],
        us_lines=[],
        bold=0,
        italic=0,
        text="",
    )


def pieces(words: Words) -> Iterator[Words]:
    """Yield a long paragraph in pieces that part at spaces; a short one as it is."""
    if sum(len(run.text) for run in words) <= _LONGEST:
        yield words
        return
    piece: list[Run] = []
    room = _LONGEST
    for run in words:
        rest = run.text
        while len(rest) > room:
            # A word is cut only where it fills a piece by itself.
            cut = rest.rfind(" ", 0, room) + 1 or (0 if piece else room)
            yield (*piece, Run(rest[:cut], run.style))
            piece, rest, room = [], rest[cut:], _LONGEST
        piece.append(Run(rest, run.style))
        room -= len(rest)
    yield tuple(piece)
