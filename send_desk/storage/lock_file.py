"""Who may write to a home: one process at a time, named in the file `lock` by its process id.

The lock is the system's and ends with the process, so that nothing stale is left after a crash; the id inside is
only there to be told. The one POSIX part of `storage`; its Windows branch is written after the manual and untried.
"""

import os
import sys
from pathlib import Path

from send_desk.domain.errors import Cannot

FILE = "lock"
# On Windows a locked byte cannot be read by others: lock one far behind the process id.
_FAR = 1 << 20

if sys.platform == "win32":  # untried
    import msvcrt

    def _take(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class LockFile:
    """The right to write to a home, held from the making of this value until `release`."""

    def __init__(self, home: Path) -> None:
        """Take the right; `Cannot`, naming the process, where another one has it."""
        path = home / FILE
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            _take(handle)
        except OSError:
            os.close(handle)
            raise Cannot(_held(path)) from None
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, str(os.getpid()).encode())
        self._handle: int | None = handle

    def release(self) -> None:
        """Let others write; calling it again does nothing."""
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None


def holder(home: Path) -> int | None:
    """Return the process id that was last written into the lock of a home, None where none stands there."""
    try:
        words = (home / FILE).read_bytes().strip()
    except OSError:
        return None
    return int(words) if words.isdigit() else None


def _held(path: Path) -> str:
    other = holder(path.parent)
    if other == os.getpid():
        return "This home is already open in this program. Nothing was changed."
    whom = f"process {other}" if other is not None else "another process"
    return (
        f"This home is open for writing in another SEND Desk ({whom}). Nothing was changed. "
        "Close that one, then try again; reading it meanwhile is safe."
    )
