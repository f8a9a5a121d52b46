"""The one style sheet over Fusion, written in the names of the tokens."""

from __future__ import annotations

from pathlib import Path
from string import Template

from send_desk.gui.metrics import CORNER, HEADING_PX, SMALL_PX, TITLE_PX
from send_desk.gui.theme import Tokens, mix

_HINT = 0.88  # how much of the quiet ink is left in a hint inside a field: not taken for words, and still 4.5:1


class _Sheet(Template):
    delimiter = "@"


def style_sheet(tokens: Tokens, icons: Path) -> str:
    """The one style sheet: spacing, corners, hairlines, and a ring around whatever has the focus.

    A ring is two pixels in the accent; without it, border and padding together are as wide, so that nothing moves when
    the focus does. `icons` is the folder that holds `style/*.svg`.
    """
    values = {
        "paper": tokens.paper,
        "canvas": tokens.canvas,
        "ink": tokens.ink,
        "quiet": tokens.quiet,
        "accent": tokens.accent,
        "on_accent": tokens.on_accent,
        "late": tokens.late,
        "hairline": tokens.hairline,
        "edge": tokens.ink if tokens.plain else tokens.hollow,
        "hover": tokens.hover,
        "selection": tokens.selection,
        "on_selection": tokens.on_selection,
        "pressed": tokens.paper if tokens.plain else mix(tokens.canvas, tokens.ink, 0.12),
        "accent_hover": tokens.accent if tokens.plain else mix(tokens.accent, tokens.ink, 0.15),
        "faint": tokens.faint,
        "hint": tokens.quiet if tokens.plain else mix(tokens.paper, tokens.quiet, _HINT),
        "fill": mix(tokens.paper, tokens.ink, 0.3) if tokens.plain else tokens.selection,
        "off": "dashed" if tokens.plain else "solid",
        "icons": (icons / "style").as_posix(),
        "on": _ground(tokens),
        "small": f"{SMALL_PX}px",
        "heading": f"{HEADING_PX}px",
        "title": f"{TITLE_PX}px",
        "corner": f"{CORNER}px",
    }
    return _SHEET.substitute(values)


def _ground(tokens: Tokens) -> str:
    if tokens.plain:
        return "black" if tokens.dark else "white"
    return "dark" if tokens.dark else "light"


_SHEET = _Sheet("""
QWidget { color: @ink; }
QMainWindow, QDialog, QWidget[role="canvas"] { background: @canvas; }
QWidget[role="paper"] { background: @paper; }
QLabel, QCheckBox, QRadioButton { background: transparent; }
QLabel[role="title"] { font-size: @title; font-weight: bold; }
QLabel[role="heading"] { font-size: @heading; font-weight: bold; }
QLabel[role="label"] { color: @quiet; font-size: 13px; }
QLabel[role="quiet"] { color: @quiet; }
QLabel[role="small"] { color: @quiet; font-size: @small; }
QLabel[role="late"] { color: @late; }
QLabel:disabled { color: @faint; }
QFrame[role="rule"] { background: @hairline; border: none; }
QFrame[role="card"] { background: @paper; border: 1px solid @hairline; border-radius: @corner; }
QToolTip { background: @paper; color: @ink; border: 1px solid @edge; padding: 4px; }

QPushButton, QToolButton {
  background: @paper; border: 1px solid @edge; border-radius: @corner; padding: 5px 13px; min-height: 20px;
  outline: none;
}
QToolButton { min-height: 18px; }
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:pressed, QToolButton:pressed, QToolButton:open { background: @pressed; }
QPushButton:focus, QToolButton:focus { border: 2px solid @accent; padding: 4px 12px; }
QPushButton:disabled, QToolButton:disabled { color: @faint; border: 1px @off @hairline; }
QPushButton[role="main"] { background: @accent; color: @on_accent; border-color: @accent; font-weight: bold; }
QPushButton[role="main"]:hover { background: @accent_hover; }
QPushButton[role="main"]:focus { border: 2px solid @ink; padding: 4px 12px; }
QPushButton[role="main"]:disabled { background: @canvas; color: @faint; border-color: @hairline; }
QPushButton[role="bare"], QToolButton[role="bare"], QToolButton[role="link"], QPushButton[role="link"] {
  background: transparent; border: 1px solid transparent; padding: 3px 7px;
}
QToolButton[role="link"], QPushButton[role="link"] { padding: 3px; }
QPushButton[role="bare"]:hover, QToolButton[role="bare"]:hover { background: @hover; }
QPushButton[role="link"], QToolButton[role="link"] { color: @accent; text-decoration: underline; text-align: left; }
QPushButton[role="bare"]:focus, QToolButton[role="bare"]:focus, QToolButton[role="link"]:focus,
QPushButton[role="link"]:focus { border: 2px solid @accent; padding: 2px 6px; }
QToolButton[role="link"]:focus, QPushButton[role="link"]:focus { padding: 2px; }
QToolButton[role="fold"] { background: transparent; border: 1px solid transparent; padding: 3px 7px 3px 0; }
QToolButton[role="fold"]:hover { color: @accent; }
QToolButton[role="fold"]:focus { border: 2px solid @accent; padding: 2px 6px 2px 0; }
QToolButton[role="place"] {
  background: transparent; border: 1px solid transparent; padding: 5px 1px; font-size: @small;
}
QToolButton[role="place"]:hover { background: @hover; }
QToolButton[role="place"]:checked { background: @selection; color: @on_selection; font-weight: bold; }
QToolButton[role="place"]:focus { border: 2px solid @accent; padding: 4px 0; }
QPushButton[role="chip"] { border-radius: 14px; padding: 3px 12px; min-height: 20px; background: @paper; }
QPushButton[role="chip"]:hover { background: @hover; }
QPushButton[role="chip"]:checked {
  background: @selection; color: @on_selection; border: 1px solid @accent; font-weight: bold;
}
QPushButton[role="chip"]:focus { border: 2px solid @accent; padding: 2px 11px; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QPlainTextEdit, QTextEdit, QTextBrowser, QComboBox, QAbstractSpinBox {
  background: @paper; border: 1px solid @edge; border-radius: @corner; padding: 5px 8px;
  selection-background-color: @accent; selection-color: @on_accent;
}
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: @hint; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: 20px; }
QPlainTextEdit, QTextEdit, QTextBrowser { padding: 3px 5px; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid @accent; padding: 4px 7px; }
QPlainTextEdit:focus, QTextEdit:focus, QTextBrowser:focus { border: 2px solid @accent; padding: 2px 4px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
  background: @canvas; color: @faint; border-color: @hairline;
}
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"], QTextEdit[readOnly="true"] { background: @canvas; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QAbstractSpinBox[wrong="true"] { border: 2px solid @late; }
QComboBox { padding-right: 28px; }
QComboBox:focus { padding-right: 27px; }
QComboBox::drop-down { border: none; width: 28px; subcontrol-origin: padding; subcontrol-position: center right; }
QComboBox::down-arrow { image: url("@{icons}/caret-down-on-@{on}.svg"); width: 14px; height: 14px; }
QComboBox QAbstractItemView {
  background: @paper; border: 1px solid @edge; padding: 4px; outline: none;
  selection-background-color: @selection; selection-color: @on_selection;
}
QAbstractSpinBox { padding-right: 24px; }
QAbstractSpinBox:focus { padding-right: 23px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {
  border: none; background: transparent; padding: 0 0 0 6px; min-height: 0;
}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 22px; subcontrol-origin: border; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url("@{icons}/caret-up-on-@{on}.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("@{icons}/caret-down-on-@{on}.svg"); width: 10px; height: 10px; }
QDateEdit::drop-down { border: none; width: 28px; subcontrol-origin: padding; subcontrol-position: center right; }
QDateEdit::down-arrow { image: url("@{icons}/caret-down-on-@{on}.svg"); width: 14px; height: 14px; }

QCheckBox, QRadioButton { spacing: 8px; padding: 3px; border: 2px solid transparent; border-radius: @corner; }
QCheckBox:focus, QRadioButton:focus { border-color: @accent; }
QCheckBox::indicator, QTreeView::indicator, QListView::indicator, QTableView::indicator {
  width: 16px; height: 16px; border: 1px solid @edge; border-radius: 4px; background: @paper;
}
QCheckBox::indicator:checked, QListView::indicator:checked, QTableView::indicator:checked {
  border-color: @ink; image: url("@{icons}/check-on-@{on}.svg");
}
QCheckBox::indicator:indeterminate { border-color: @ink; image: url("@{icons}/minus-on-@{on}.svg"); }
QRadioButton::indicator { width: 16px; height: 16px; border: 1px solid @edge; border-radius: 9px; background: @paper; }
QRadioButton::indicator:checked { border: 5px solid @accent; width: 8px; height: 8px; }

QAbstractItemView {
  background: @paper; border: 1px solid @hairline; border-radius: @corner; padding: 1px; outline: none;
  selection-background-color: @selection; selection-color: @on_selection; gridline-color: @hairline;
  alternate-background-color: @paper;
}
QAbstractItemView:focus { border: 2px solid @accent; padding: 0; }
QAbstractItemView[role="bare"] { background: transparent; border: 1px solid transparent; }
QAbstractItemView[role="bare"]:focus { border: 2px solid @accent; }
QTableView::item, QListView::item, QTreeView::item { padding: 4px 8px; border: none; }
QListView::item { border-radius: 4px; }
QTableView::item { border-bottom: 1px solid @hairline; }
QTableView::item:hover, QListView::item:hover, QTreeView::item:hover { background: @hover; color: @ink; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {
  background: @selection; color: @on_selection;
}
QTableView::item:focus, QListView::item:focus, QTreeView::item:focus { border: 2px solid @accent; padding: 2px 6px; }
QHeaderView { background: @canvas; border: none; }
QHeaderView::section {
  background: @canvas; color: @quiet; border: none; border-bottom: 1px solid @hairline;
  padding: 6px 8px; text-align: left;
}
QHeaderView::section:hover { color: @ink; }
QHeaderView::down-arrow { image: url("@{icons}/caret-down-on-@{on}.svg"); width: 12px; height: 12px; }
QHeaderView::up-arrow { image: url("@{icons}/caret-up-on-@{on}.svg"); width: 12px; height: 12px; }
QTableCornerButton::section { background: @canvas; border: none; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTabWidget::pane { border: none; border-top: 1px solid @hairline; }
QTabBar { background: transparent; }
QTabBar::tab {
  background: transparent; color: @quiet; border: 2px solid transparent; border-bottom: 2px solid transparent;
  padding: 5px 10px; margin-right: 2px;
}
QTabBar::tab:hover { color: @ink; }
QTabBar::tab:selected { color: @ink; font-weight: bold; border-bottom-color: @accent; }
QTabBar:focus { border: none; }
QTabBar::tab:selected:focus { border: 2px solid @accent; border-radius: @corner; }
QTabBar::close-button { image: url("@{icons}/x-on-@{on}.svg"); }

QMenuBar { background: @canvas; border-bottom: 1px solid @hairline; }
QMenuBar::item { background: transparent; padding: 5px 10px; border-radius: 4px; }
QMenuBar::item:selected { background: @selection; color: @on_selection; }
QMenu { background: @paper; border: 1px solid @edge; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @selection; color: @on_selection; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @hairline; margin: 4px 8px; }
QMenu::right-arrow { image: url("@{icons}/caret-right-on-@{on}.svg"); width: 12px; height: 12px; }
QStatusBar { background: @canvas; border-top: 1px solid @hairline; }
QStatusBar::item { border: none; }
QSplitter::handle { background: @hairline; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QProgressBar {
  background: @paper; border: 1px solid @edge; border-radius: @corner; text-align: center; min-height: 18px;
}
QProgressBar::chunk { background: @fill; border-radius: 5px; }
QProgressBar[role="thin"] { min-height: 6px; max-height: 6px; border-radius: 4px; }
QProgressBar[role="thin"]::chunk { background: @accent; border-radius: 3px; }
QCalendarWidget QWidget { background: @paper; }
QCalendarWidget QToolButton { border: none; }
QCalendarWidget QToolButton:focus { border: 2px solid @accent; }
""")
