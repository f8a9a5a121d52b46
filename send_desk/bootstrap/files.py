"""Files outside the home, read and written with words for what goes wrong."""

import os
import secrets
from pathlib import Path

from send_desk.domain.errors import Cannot, WrongUse

BIGGEST = 400 * 1024 * 1024
"""The largest file that is read at all, in bytes."""


def read_file(path: Path) -> bytes:
    """Return a file's bytes; raise WrongUse or Cannot in words where that cannot be."""
    try:
        if path.is_dir():
            raise WrongUse(f"{path} is a folder. Please name a file.")
        if path.stat().st_size > BIGGEST:
            raise WrongUse(f"{path} is larger than 400 MB and was not read.")
        return path.read_bytes()
    except FileNotFoundError:
        raise WrongUse(f"There is no file {path}.") from None
    except OSError as error:
        raise Cannot(f"{path} could not be read: {error.strerror or 'the disk did not answer'}.") from error


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside its place first, then moved there."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        why = error.strerror or "the disk did not answer"
        raise Cannot(
            f"{path} was not written: {why}. Your work in SEND Desk is as it was; try another place."
        ) from error
