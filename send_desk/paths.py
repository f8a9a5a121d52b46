"""Where files lie: what the program ships with, and the home it keeps its work in unless told otherwise.

Location knowledge only: nothing here opens, makes or changes a file.
"""

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """The folder of dated law, layouts, word lists, fonts and icons."""
    return _shipped("resources")


def migrations() -> Path:
    """The folder of the Alembic chains."""
    return _shipped("migrations")


def default_home() -> Path:
    """The folder for this user's work on this machine where none was named; it need not exist yet.

    The platform's place for data that stays on the machine: never a folder that follows the user to another one,
    because children's records belong on the laptop that holds their key.
    """
    return platformdirs.user_data_path("send-desk", appauthor=False, roaming=False)


def _shipped(name: str) -> Path:
    # A wheel carries the folder inside the package, a checkout beside it.
    carried = _PACKAGE / f"_{name}"
    return carried if carried.is_dir() else _PACKAGE.parent / name
