"""One palette and one style sheet, made from the tokens of a theme, over Qt's Fusion style."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from send_desk.gui.metrics import FAMILY, SMALL_PX, TEXT_PX
from send_desk.gui.sheet import style_sheet
from send_desk.gui.theme import Tokens, mix


def load_fonts(folder: Path) -> None:
    """Give Qt the fonts that ship with the program; one that Qt will not take is a ValueError naming the file."""
    for path in sorted(folder.glob("*.ttf")):
        if QFontDatabase.addApplicationFontFromData(QByteArray(path.read_bytes())) < 0:
            raise ValueError(f"{path.name} is not a font that Qt can use")


def text_font(pixels: int = TEXT_PX, *, bold: bool = False) -> QFont:
    """The program's typeface at a size in logical pixels, never under 12."""
    font = QFont(FAMILY)
    font.setPixelSize(max(SMALL_PX, pixels))
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def palette(tokens: Tokens) -> QPalette:
    """Qt's roles in the colours of the theme, for everything the style sheet leaves to Fusion."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    made = QPalette()
    for which, colour in (
        (role.Window, tokens.canvas),
        (role.WindowText, tokens.ink),
        (role.Base, tokens.paper),
        (role.AlternateBase, tokens.paper if tokens.plain else mix(tokens.paper, tokens.canvas, 0.6)),
        (role.Text, tokens.ink),
        (role.Button, tokens.paper),
        (role.ButtonText, tokens.ink),
        (role.BrightText, tokens.late),
        (role.PlaceholderText, tokens.quiet),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.Accent, tokens.accent),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
        (role.ToolTipBase, tokens.paper),
        (role.ToolTipText, tokens.ink),
        (role.Light, tokens.paper),
        (role.Midlight, mix(tokens.paper, tokens.hairline, 0.5)),
        (role.Mid, tokens.hairline),
        (role.Dark, tokens.hollow),
        (role.Shadow, tokens.hollow),
    ):
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, which, QColor(tokens.faint))
    return made


def apply_theme(app: QApplication, tokens: Tokens, *, icons: Path) -> None:
    """Set Fusion, the palette, the typeface and the style sheet; `icons` is the folder that holds `style/*.svg`."""
    app.setStyle("Fusion")
    app.setPalette(palette(tokens))
    app.setFont(text_font())
    app.setStyleSheet(style_sheet(tokens, icons))
