"""What every drawn widget is given: the tokens now in force, and the icons in their colours."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QApplication

from send_desk.gui.icons import Icons
from send_desk.gui.style import apply_theme, load_fonts
from send_desk.gui.theme import DARK, LIGHT, ThemeChoice, Tokens, high_contrast


class Look(QObject):
    """The look of one running window; `changed` is sent after another theme has been applied.

    `resources` is the folder that holds `fonts` and `icons`. Fonts are loaded here; `choose` applies a theme.
    """

    changed = Signal()

    def __init__(self, app: QApplication, resources: Path) -> None:
        super().__init__(app)
        self._app = app
        self._icons_folder = resources / "icons"
        self._icons = Icons(self._icons_folder)
        self._choice = ThemeChoice.SYSTEM
        self._tokens = LIGHT
        load_fonts(resources / "fonts")
        app.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return self._tokens

    @property
    def choice(self) -> ThemeChoice:
        """What was last chosen."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Apply a theme to the whole program at once."""
        self._choice = choice
        self._app.setPalette(QPalette())  # gives the desktop's own palette back, which high contrast is read from
        self._tokens = self._chosen(self._app.palette())
        apply_theme(self._app, self._tokens, icons=self._icons_folder)
        self.changed.emit()

    def icon(self, name: str, *, colour: str | None = None) -> QIcon:
        """The icon in `colour`, or in ink; paler on a control that is off."""
        return self._icons.icon(name, colour or self._tokens.ink, disabled=self._tokens.hollow)

    def _chosen(self, system: QPalette) -> Tokens:
        match self._choice:
            case ThemeChoice.LIGHT:
                return LIGHT
            case ThemeChoice.DARK:
                return DARK
            case ThemeChoice.HIGH_CONTRAST:
                return high_contrast(system)
            case ThemeChoice.SYSTEM:
                return self._system(system)

    def _system(self, system: QPalette) -> Tokens:
        hints = self._app.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return high_contrast(system)
        return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _follow(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self.choose(ThemeChoice.SYSTEM)
