"""What the window remembers beside the encrypted store, because it is needed before the lock opens: look and size."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from send_desk.gui.theme import ThemeChoice

_FILE = "window.ini"


class Preferences:
    """A small file in the home that holds nothing about anybody; one that cannot be read or written is done without."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._file = QSettings(str(home / _FILE), QSettings.Format.IniFormat)

    @property
    def theme(self) -> ThemeChoice:
        """The look that was chosen last."""
        known = self._file.value("theme")
        return ThemeChoice(known) if known in list(ThemeChoice) else ThemeChoice.SYSTEM

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._put("theme", choice.value)

    @property
    def place(self) -> QByteArray | None:
        """Where the window stood on the screen, as Qt keeps it."""
        known = self._file.value("geometry")
        return known if isinstance(known, QByteArray) else None

    @place.setter
    def place(self, geometry: QByteArray) -> None:
        self._put("geometry", geometry)

    def _put(self, key: str, value: object) -> None:
        if self._home.is_dir():  # Qt would make the folder, and a home that is none looks like one
            self._file.setValue(key, value)
            self._file.sync()
