"""The reports of managers: computed by the domain's own rules for a day, kept in tables, read through views.

The computing is handed in, because only `bootstrap` knows both this side and how a case is made from its revisions.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from send_desk.domain.oversight import Oversight
from send_desk.wire.packed import Packed

from .office import Administration
from .session import only

Counted = Callable[[str, Sequence[Packed]], Oversight | None]
"""From a case and all its revisions to what a manager counts of it; None where it is a case no more."""

REPORTS = ("contributions", "out-of-time", "laptops", "overrides")
"""The reports by name."""


@dataclass(frozen=True, slots=True)
class Projected:
    """What a projection did: cases counted anew, cases whose report still held, laptops."""

    counted: int
    held: int
    laptops: int


class Reports:
    """The reports of one authority, by the administrator's door: filled by `project`, read by `read`."""

    def __init__(self, office: Administration) -> None:
        """Work through an open door."""
        self._office = office

    def project(self, counted: Counted, *, day: date, everything: bool = False) -> Projected:
        """Count every case whose report is not that of this day and of its whole history; then the laptops.

        Each case is a transaction of its own: a projection that is stopped goes on where it was.
        """
        office = self._office
        wanted = office.call("report_wanted", day, everything)
        for row in wanted:
            told = counted(row["case_id"], tuple(office.history_of(row["case_id"])))
            body = msgspec.json.encode(_NOTHING if told is None else told).decode()
            office.call("put_report", row["case_id"], day, row["count"], row["digest"], body)
        laptops = int(only(office.call("put_laptops", day), "put_laptops"))
        return Projected(len(wanted), len(office.call("report_wanted", day, True)) - len(wanted), laptops)

    def read(self, name: str) -> tuple[Mapping[str, object], ...]:
        """Return the lines of one report as last projected, the worst first."""
        return tuple(self._office.call(f"report_{name.replace('-', '_')}"))


_NOTHING: Mapping[str, object] = {"advice": [], "late": [], "overrides": []}
