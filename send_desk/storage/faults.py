"""What the disk and the database may refuse, turned into words a person can act on; no driver's error leaves here."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from send_desk.domain.errors import Cannot, KnownError

_FULL = 13
_NOT_A_DATABASE = 26
_CORRUPT = 11
_BUSY = (5, 6)
_READ_ONLY = 8
_IO = 10
_CANNOT_OPEN = 14
_TOO_BIG = 18
_WORLD = {_FULL, _NOT_A_DATABASE, _CORRUPT, *_BUSY, _READ_ONLY, _IO, _CANNOT_OPEN, _TOO_BIG}

DAMAGED = (
    "The file that holds your work is damaged and cannot be read. Nothing was changed. "
    "Restore the newest backup: send-desk restore FILE, with a file from the home's folder backups."
)


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what the disk or the driver raises into `Cannot`; a mistake of ours stays an exception of its own."""
    try:
        yield
    except KnownError:
        raise
    except DBAPIError as error:
        if isinstance(error.orig, dbapi2.Error):
            _raise_for(error.orig)
        raise
    except dbapi2.Error as error:
        _raise_for(error)
        raise
    except OSError as error:
        raise Cannot(_of_the_disk(error)) from error


def _raise_for(error: dbapi2.Error) -> None:
    # The low byte is the primary code; extended ones only say where in the file it happened.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _WORLD:
        raise Cannot(_of_the_database(code)) from error


def _of_the_database(code: int) -> str:
    if code == _FULL:
        return full()
    if code in (_NOT_A_DATABASE, _CORRUPT):
        return DAMAGED
    if code in _BUSY:
        return "Another program is writing to this home just now. Nothing was changed. Try again in a moment."
    if code == _READ_ONLY:
        return "This home is open for reading only, or its folder may not be written to. Nothing was changed."
    if code == _TOO_BIG:
        return "This is too large to keep in one piece (the limit is 1,000 MB). Nothing was changed."
    return (
        "The disk did not read or write as it should. What was saved before is kept; the last change was not. "
        "Check that the drive is connected and has room, then try again."
    )


def _of_the_disk(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return full()
    place = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"A file may not be opened or changed{place}. Nothing was changed. Ask who looks after this machine."
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return f"There is no such file{place}. Nothing was changed."
    return f"The disk did not read or write as it should{place}: {error.strerror or 'no reason was given'}. Try again."


def full() -> str:
    """Return what is said when nothing more fits on the disk."""
    return (
        "The disk is full. Everything saved before is kept; the last change was not saved. "
        "Make room on the disk, then save again: the words are still on the screen."
    )
