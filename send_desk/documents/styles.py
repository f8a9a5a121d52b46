"""How words are set: sizes, leading, colours and indents, built once for a typeface.

Body text is 12 on 17.5 points and nothing is smaller, save the line at the foot; lines hold about 75 characters; there
is one accent. Lengths are in points.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle

from send_desk.domain.text import Style

from .blocks import Role
from .fonts import Fonts, load_fonts

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN_SIDE = 70.0
MARGIN_TOP = 56.0
MARGIN_FOOT = 70.0
COLUMN = PAGE_WIDTH - 2 * MARGIN_SIDE
COLUMN_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_FOOT
INSET = 40.0
"""How far a labelled group stands in from the margin, where its label hangs."""

INK = HexColor("#1b2733")
QUIET = HexColor("#51606e")
ACCENT = HexColor("#1d5f8a")
HAIRLINE = HexColor("#d5dbe1")
TINT = HexColor("#eef3f7")
MISSING = HexColor("#8a5a00")
MISSING_TINT = HexColor("#fcf5e6")
WATERMARK = HexColor("#f0f0f0")  # 6% grey: behind the words, and still legible in a photocopy


@dataclass(frozen=True)
class Styles:
    """Every paragraph style of a paper, by what it is for."""

    fonts: Fonts
    headings: tuple[ParagraphStyle, ...]
    roles: dict[Role, ParagraphStyle]
    inset: dict[Role, ParagraphStyle]
    item: ParagraphStyle
    item_inset: ParagraphStyle
    term: ParagraphStyle
    cell: ParagraphStyle
    head_cell: ParagraphStyle
    notice: ParagraphStyle
    notice_item: ParagraphStyle
    notice_title: ParagraphStyle
    foot: ParagraphStyle


@lru_cache(maxsize=2)
def load_styles(folder: Path) -> Styles:
    """Return the styles in the typeface of a folder."""
    fonts = load_fonts(folder)
    plain, bold = fonts.faces[Style.PLAIN], fonts.faces[Style.STRONG]
    body = ParagraphStyle(
        "body", fontName=plain, fontSize=12, leading=17.5, spaceAfter=8, textColor=INK, allowWidows=0, allowOrphans=0,
        splitLongWords=1, bulletFontName=bold, bulletFontSize=12, bulletColor=ACCENT, bulletIndent=0,
    )  # fmt: skip
    roles = {
        Role.BODY: body,
        Role.LEAD: ParagraphStyle("lead", body, fontSize=14, leading=20, spaceAfter=6),
        Role.QUIET: ParagraphStyle("quiet", body, leading=16.5, textColor=QUIET, spaceAfter=6),
    }
    inset = {
        role: ParagraphStyle(f"{style.name} inset", style, leftIndent=style.leftIndent + INSET)
        for role, style in roles.items()
    }
    item = ParagraphStyle("item", body, leftIndent=18, bulletIndent=4, spaceAfter=4, bulletFontName=plain)
    cell = ParagraphStyle("cell", body, leading=16, spaceAfter=0, allowWidows=1, allowOrphans=1)
    notice = ParagraphStyle("notice", body, leading=16.5, spaceAfter=0)
    return Styles(
        fonts=fonts,
        headings=(
            ParagraphStyle("heading 1", body, fontName=bold, fontSize=24, leading=30, spaceAfter=6, textColor=INK),
            ParagraphStyle(
                "heading 2",
                body,
                fontName=bold,
                fontSize=17,
                leading=22,
                spaceBefore=30,
                spaceAfter=12,
                textColor=ACCENT,
            ),
            ParagraphStyle("heading 3", body, fontName=bold, fontSize=13.5, leading=18, spaceBefore=11, spaceAfter=4),
            ParagraphStyle(
                "heading 4",
                body,
                fontName=bold,
                fontSize=12,
                leading=16,
                spaceBefore=6,
                spaceAfter=4,
                textColor=QUIET,
            ),
        ),
        roles=roles,
        inset=inset,
        item=item,
        item_inset=ParagraphStyle("item inset", item, leftIndent=18 + INSET, bulletIndent=4 + INSET),
        term=ParagraphStyle("term", cell, textColor=QUIET),
        cell=cell,
        head_cell=ParagraphStyle("head cell", cell, fontName=bold, textColor=ACCENT),
        notice=notice,
        notice_item=ParagraphStyle("notice item", notice, leftIndent=14, bulletIndent=0, bulletFontName=plain),
        notice_title=ParagraphStyle("notice title", notice, fontName=bold, fontSize=13, leading=18),
        foot=ParagraphStyle("foot", body, fontSize=9, leading=12, spaceAfter=0, textColor=QUIET),
    )
