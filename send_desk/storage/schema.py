"""What is known of a home before anything opens it: its two files, and how its tables stand and hold a moment."""

from datetime import UTC, datetime

STORE_FILE = "desk.db"
KEYS_FILE = "keys.json"
"""A folder with this file is a home."""

HEAD = "0002"
"""The migration that this program's tables stand at; a later number in a file means a newer program made it."""

WAITING = "acked_at IS NULL AND refused_at IS NULL"
"""Of a revision: the office does not have it and has not refused it."""


def moment_text(value: datetime) -> str:
    """Return a moment as the tables hold it: ISO text of one width, in UTC."""
    if value.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds")
