"""Every test of the window runs on a real Qt without a screen, in the program's own look."""

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # read when the first application is made, so it stands first

import pytest
from PySide6.QtWidgets import QApplication

from send_desk.gui.look import Look
from send_desk.gui.theme import ThemeChoice

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture(scope="session")
def window_look(qapp: QApplication) -> Look:
    """One look for the whole run, because Qt keeps fonts and the application for the life of the process."""
    return Look(qapp, RESOURCES)


@pytest.fixture
def look(window_look: Look) -> Iterator[Look]:
    """The look in its light theme; a test may choose another, and the next test finds light again."""
    if window_look.choice is not ThemeChoice.LIGHT:
        window_look.choose(ThemeChoice.LIGHT)
    yield window_look
    if window_look.choice is not ThemeChoice.LIGHT:
        window_look.choose(ThemeChoice.LIGHT)


@pytest.fixture(params=[ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.HIGH_CONTRAST])
def each_look(request: pytest.FixtureRequest, window_look: Look) -> Iterator[Look]:
    """The look in each theme in turn."""
    window_look.choose(request.param)
    yield window_look
    window_look.choose(ThemeChoice.LIGHT)
