"""The colours can be read: every ratio that the design asks for is computed, not believed."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QFontMetrics, QPalette, QRawFont
from PySide6.QtWidgets import QApplication

from send_desk.gui.look import Look
from send_desk.gui.metrics import FAMILY, LINE_PX
from send_desk.gui.sheet import style_sheet
from send_desk.gui.style import text_font
from send_desk.gui.theme import DARK, LIGHT, ThemeChoice, Tokens, contrast, high_contrast, mix

RESOURCES = Path(__file__).parents[2] / "resources"
STATES = ("answered", "waiting", "late", "no_answer", "lawful")
_CONTROLS = "QPushButton QToolButton QCheckBox QLineEdit QPlainTextEdit QTextBrowser QComboBox QAbstractSpinBox"
FOCUSED = (*_CONTROLS.split(), 'QPushButton[role="chip"]', "QTableView::item", "QListView::item", "QAbstractItemView")
THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)


def test_known_ratios() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # the usual near miss of 4.5
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


@THEMES
def test_words_can_be_read(tokens: Tokens) -> None:
    for ground in (tokens.paper, tokens.canvas, tokens.selection, tokens.hover):
        assert contrast(tokens.ink, ground) >= 7
    for ground in (tokens.paper, tokens.canvas):
        assert contrast(tokens.quiet, ground) >= 4.5
        assert contrast(tokens.accent, ground) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5


@THEMES
@pytest.mark.parametrize("state", STATES)
def test_states_can_be_read(tokens: Tokens, state: str) -> None:
    colour = getattr(tokens, state)
    assert contrast(colour, tokens.paper) >= 4.5
    assert contrast(colour, tokens.canvas) >= 3
    assert contrast(colour, mix(tokens.paper, colour, 0.10)) >= 4.5  # the tint behind a mark


@THEMES
def test_the_hollow_ring_and_the_edges_of_controls_can_be_seen(tokens: Tokens) -> None:
    """Hollow is never used for words: WCAG 1.4.11 asks 3:1 of what is not text."""
    assert contrast(tokens.hollow, tokens.paper) >= 3
    assert contrast(tokens.hollow, tokens.canvas) >= 3


def _palette(base: str, text: str, highlight: str) -> QPalette:
    made = QPalette()
    made.setColor(QPalette.ColorRole.Base, QColor(base))
    made.setColor(QPalette.ColorRole.Text, QColor(text))
    made.setColor(QPalette.ColorRole.Highlight, QColor(highlight))
    return made


def test_high_contrast_takes_the_colours_of_the_system() -> None:
    tokens = high_contrast(_palette("#2d3236", "#ffffff", "#ffd700"))
    assert (tokens.paper, tokens.ink, tokens.accent) == ("#2d3236", "#ffffff", "#ffd700")
    assert tokens.dark
    assert tokens.on_accent == "#2d3236"
    assert {getattr(tokens, state) for state in (*STATES, "hollow", "quiet")} == {"#ffffff"}


@pytest.mark.parametrize(
    ("base", "text", "paper"), [("#cccccc", "#777777", "#ffffff"), ("#333333", "#888888", "#000000")]
)
def test_a_pale_system_still_gives_high_contrast(base: str, text: str, paper: str) -> None:
    tokens = high_contrast(_palette(base, text, "#999999"))
    assert tokens.paper == paper
    assert contrast(tokens.ink, tokens.paper) == pytest.approx(21)
    assert contrast(tokens.accent, tokens.paper) >= 7


@pytest.mark.parametrize("tokens", [LIGHT, DARK, high_contrast(QPalette())], ids=lambda tokens: tokens.name)
def test_the_style_sheet_is_whole(tokens: Tokens) -> None:
    sheet = style_sheet(tokens, RESOURCES / "icons")
    assert "@" not in sheet
    assert sheet.count("{") == sheet.count("}")
    for named in sheet.split('url("')[1:]:
        assert Path(named.split('"')[0]).is_file()
    for control in FOCUSED:
        assert f"{control}:focus" in sheet


def test_each_theme_reaches_the_palette(each_look: Look, qapp: QApplication) -> None:
    tokens = each_look.tokens
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == tokens.paper
    assert qapp.palette().color(QPalette.ColorRole.WindowText).name() == tokens.ink
    assert tokens.name == each_look.choice.value


def test_the_system_theme_is_light_without_a_desktop(look: Look) -> None:
    told: list[str] = []
    look.changed.connect(lambda: told.append(look.tokens.name))
    look.choose(ThemeChoice.DARK)
    look.choose(ThemeChoice.SYSTEM)
    assert told == ["dark", "light"]


def test_a_line_of_text_is_14_in_21(look: Look, qapp: QApplication) -> None:
    metrics = QFontMetrics(text_font())
    assert QFontInfo(qapp.font()).family() == FAMILY
    assert qapp.font().pixelSize() == 14
    assert metrics.lineSpacing() == LINE_PX
    assert text_font(9).pixelSize() == 12


def test_the_typeface_has_four_styles_and_the_letters_of_names(look: Look) -> None:
    assert set(QFontDatabase.styles(FAMILY)) == {"Regular", "Bold", "Italic", "Bold Italic"}
    for path in (RESOURCES / "fonts").glob("*.ttf"):
        raw = QRawFont(str(path), 14)
        for letter in "AZaz09£€–—‘’“”…•éèêëïçñöüøåæœßÆŁłŻżźćńśąęŠšČčŘřŽžĐđŐőŰűȘșȚțĞğİıŵŷŴŶ\u00a0\u2011\u202f":
            assert raw.supportsCharacter(ord(letter)), f"{path.name} lacks {letter}"
        assert bytes(raw.fontTable("glyf").data())  # what is printed needs TrueType outlines


def test_an_icon_takes_the_colour_it_is_given(each_look: Look) -> None:
    image = each_look.icon("lock", colour="#b3261e").pixmap(QSize(20, 20), 2.0).toImage()
    seen = {
        image.pixelColor(x, y).name() for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() == 255
    }
    assert seen == {"#b3261e"}


def test_an_icon_that_is_not_there_is_an_error(look: Look) -> None:
    with pytest.raises(FileNotFoundError):
        look.icon("no-such-icon")
