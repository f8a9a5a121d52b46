"""What is known of the desk's tables without their classes: the migration they stand at, and how they hold a moment."""

from datetime import UTC, datetime

HEAD = "0002"
"""The migration that this program's tables stand at; a later number in a file means a newer program made it."""

WAITING = "acked_at IS NULL AND refused_at IS NULL"
"""Of a revision: the office does not have it and has not refused it."""


def moment_text(value: datetime) -> str:
    """Return a moment as the tables hold it: ISO text of one width, in UTC."""
    if value.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds")
