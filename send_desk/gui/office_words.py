"""What the window says about the office copy, as words: on the button, in the status line, on a case's badge.

Everything here is computed from rows that the office copy has acknowledged, never from how the last sync went: words
such as "all in the office copy" stand only where nothing waits, nothing was refused and nothing is open between people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from send_desk.domain.dates import counted, in_words


class Phase(StrEnum):
    """What goes on between the desk and the office."""

    RESTING = "resting"
    SYNCING = "syncing"
    OFFLINE = "offline"
    SIGN_IN = "sign_in"


class Badge(StrEnum):
    """How a case stands to its office copy, the most pressing first."""

    CONFLICT = "conflict"
    REFUSED = "refused"
    WAITING = "waiting"
    IN_OFFICE = "in_office"


@dataclass(frozen=True, slots=True)
class CaseSync:
    """What of one case is not in the office copy: changes that wait or were not taken, and conflicts that are open."""

    waiting: int = 0
    refused: int = 0
    conflicts: int = 0

    @property
    def badge(self) -> Badge:
        """The most pressing of these."""
        if self.conflicts:
            return Badge.CONFLICT
        if self.refused:
            return Badge.REFUSED
        return Badge.WAITING if self.waiting else Badge.IN_OFFICE

    @property
    def count(self) -> int:
        """The number that stands on the badge; 0 where there is nothing to count."""
        return self.conflicts or self.refused or self.waiting

    @property
    def words(self) -> str:
        """All of it: "2 conflicts, 1 not taken by the office, 3 waiting"."""
        told = [
            counted(self.conflicts, "conflict") if self.conflicts else "",
            f"{self.refused} not taken by the office" if self.refused else "",
            f"{counted(self.waiting, 'change')} waiting" if self.waiting else "",
        ]
        return ", ".join(part for part in told if part) or "all in the office copy"


def button_words(phase: Phase, waiting: int, refused: int) -> str:
    """Return what the button says: "Sync - 3 waiting", "Offline", "Syncing ...", "Sign in to sync"."""
    match phase:
        case Phase.SYNCING:
            return "Syncing ..."
        case Phase.SIGN_IN:
            return "Sign in to sync"
        case Phase.OFFLINE:
            first = "Offline"
        case Phase.RESTING:
            first = "Sync"
    rest = [f"{waiting:,} waiting" if waiting else "", f"{refused:,} not taken" if refused else ""]
    return " - ".join(part for part in (first, ", ".join(one for one in rest if one)) if part)


def moment_words(at: datetime, today: date) -> str:
    """Return a moment as it is said beside a fact: "14:32", and with its day where that is not today."""
    local = at.astimezone()
    clock, day = f"{local:%H:%M}", local.date()
    if day == today:
        return clock
    if day == today - timedelta(days=1):
        return f"yesterday {clock}"
    if today - timedelta(days=7) < day < today:
        return f"{local:%A} {clock}"
    return f"{in_words(day)} {clock}"


def saved_words(at: datetime | None, today: date, *, short: bool = False) -> str:
    """Return when something was last kept on this laptop."""
    if at is None:
        return "Nothing written yet"
    return f"{'Saved' if short else 'Saved on this laptop'} {moment_words(at, today)}"


def office_words(at: datetime | None, today: date, *, short: bool = False) -> str:
    """Return up to when the work of this laptop and of others has come together."""
    if at is None:
        return "Not in the office copy yet" if not short else "Office: not yet"
    return f"{'Office' if short else 'In the office copy'} {moment_words(at, today)}"


def waiting_words(waiting: int, *, short: bool = False) -> str:
    """Return how much is not in the office copy; empty for nothing."""
    if not waiting:
        return ""
    return f"{waiting:,} waiting" if short else f"{counted(waiting, 'change')} waiting"


def refused_words(refused: int) -> str:
    """Return how much the office did not take; empty for nothing."""
    return f"{refused:,} not taken" if refused else ""


def conflict_words(conflicts: int, apart: Sequence[str] = (), *, shown: int = 1) -> str:
    """Return how many conflicts are open, and the first `shown` of `apart` by name; empty for none.

    "2 conflicts: Ava Thornley, F1, by Jo Marsh and Sam Field; and 1 more".
    """
    if not conflicts:
        return ""
    told = list(apart[:shown])
    if told and len(apart) > shown:
        told.append(f"and {len(apart) - shown} more")
    return f"{counted(conflicts, 'conflict')}{': ' if told else ''}{'; '.join(told)}"


def lease_words(until: datetime, now: datetime) -> str:
    """Return the warning that a laptop needs the office soon."""
    days = (until - now).days
    when = "today" if days < 1 else f"within {counted(days, 'day')}"
    return (
        f"This laptop has not been in touch with the office for a while. Connect {when}: after that it asks for your "
        "office name and password before it opens. Nothing is deleted."
    )


def share_words(done: int, whole: int) -> str:
    """Return how much of a number of bytes has come: "3.1 of 9.4 MB", "312 KB of 9.4 MB"."""
    first, last = size_words(done), size_words(whole)
    return f"{first.partition(' ')[0]} of {last}" if first[-2:] == last[-2:] else f"{first} of {last}"


def size_words(size: int) -> str:
    """Return a number of bytes as people say it: "3.1 MB"."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB" if size else "0 KB"
    return f"{size / 1024 / 1024:.1f} MB"
