"""What every command of the hub is handed and what it gives back; the door it goes through."""

from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from send_desk.domain.errors import Cannot, WrongUse

from . import chain
from .auth import Clock
from .office import Administration
from .reports import Counted

GOOD = 0


@dataclass(frozen=True, slots=True)
class Said:
    """One JSON document, the same in lines for a person, and the exit status of interface.md."""

    data: Mapping[str, object]
    lines: Sequence[str] = field(default_factory=tuple)
    status: int = GOOD


@dataclass(frozen=True, slots=True)
class Around:
    """What the commands are handed: clock and day, where a password comes from (a file or a person), and who is told.

    `counted` gives what counts a case on a day: the desk's own functions, which this side does not import.
    """

    clock: Clock
    today: Callable[[], date]
    counted: Callable[[date], Counted]
    password: Callable[[Path | None, str], str]
    announce: Callable[[Mapping[str, object]], None]


def url_of(arguments: Namespace) -> str:
    """Return the address of the central database; `WrongUse` where none was named."""
    url = str(arguments.database)
    if not url:
        raise WrongUse("Name the central database with --database URL.")
    return url


def office_of(arguments: Namespace) -> Administration:
    """Return the administrator's door, once the database is of this version."""
    url = url_of(arguments)
    check_version(url)
    return Administration(url, authority=arguments.authority)


def check_version(url: str) -> None:
    """Raise `Cannot` where the tables are not there, or not of this version."""
    found = chain.version(url)
    if found is None:
        raise Cannot(
            "The central database has no tables yet, or this login may not reach them. Run: send-desk-hub init"
        )
    if found != chain.HEAD:
        newer = found.isdigit() and int(found) > int(chain.HEAD)
        raise Cannot(
            "The central database was upgraded by a newer send-desk-hub. Install that version here."
            if newer
            else "The central database is of an earlier version. An administrator must run: send-desk-hub init"
        )
