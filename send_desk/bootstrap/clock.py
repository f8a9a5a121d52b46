"""Time and identity, as the desk is given them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4

import uuid_utils


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The laptop's clock; `day` is the one asked for with --today, else the laptop's own day is used."""

    day: date | None = None

    def now(self) -> datetime:
        """Return the moment, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the day asked for, else the laptop's."""
        return self.day or datetime.now().astimezone().date()


class FreshIds:
    """Ids never given before."""

    def new(self) -> str:
        """Return a UUIDv7."""
        return str(uuid_utils.uuid7())

    def record(self) -> str:
        """Return a random UUID."""
        return str(uuid4())
