"""Where a passphrase comes from: a file, or the person at the terminal; never an argument, which others could read."""

import getpass
import sys
from pathlib import Path

from send_desk.domain.errors import Cannot, WrongUse

from .files import read_file

SHORTEST = 8


def ask(file: Path | None, *, what: str = "Passphrase") -> str:
    """Return the passphrase of a home."""
    if file is not None:
        lines = read_file(file).decode("utf-8", "replace").splitlines()
        if not lines or not lines[0]:
            raise WrongUse(f"The file {file} holds no passphrase on its first line.")
        return lines[0]
    if not sys.stdin.isatty():
        raise Cannot("The home is locked and nobody is there to type. Give --passphrase-file F.")
    return getpass.getpass(f"{what}: ")


def ask_new(file: Path | None) -> str:
    """Return a passphrase to be: from the file, or typed twice; too short a one is refused."""
    chosen = ask(file, what="New passphrase")
    if file is None and getpass.getpass("The same again: ") != chosen:
        raise WrongUse("The two were not the same. Nothing was changed; please try again.")
    return long_enough(chosen)


def long_enough(chosen: str) -> str:
    """Return a passphrase to be as it stands; too short a one is refused in words."""
    if len(chosen) < SHORTEST:
        raise WrongUse(f"A passphrase needs at least {SHORTEST} characters; three words are good. Nothing was changed.")
    return chosen
