"""The reports of managers: computed by the domain's own rules for a day, kept in tables, read through views.

The computing is handed in, because only `bootstrap` knows both this side and how a case is made from its revisions.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import LiteralString

import msgspec
import psycopg
from psycopg.rows import dict_row

from send_desk.domain.oversight import Oversight
from send_desk.wire.packed import Packed

Counted = Callable[[str, Sequence[Packed]], Oversight | None]
"""From a case and all its revisions to what a manager counts of it; None where it is a case no more."""

REPORTS: Mapping[str, LiteralString] = {
    "contributions": "SELECT service, cell, outstanding, overdue, no_answer, most_days_late "
    "FROM send_desk_report.contributions WHERE authority = %s ORDER BY overdue DESC, outstanding DESC, service, cell",
    "out-of-time": "SELECT reference, owner, rule, due, done_on, days_late, citation "
    "FROM send_desk_report.out_of_time WHERE authority = %s ORDER BY days_late DESC, reference, rule",
    "laptops": "SELECT person, machine, device, seen_on, days_unseen, cases_out, barred "
    "FROM send_desk_report.laptops WHERE authority = %s ORDER BY days_unseen DESC, person, device",
    "overrides": "SELECT reference, owner, given_by, role, given_on, reason, findings "
    "FROM send_desk_report.overrides WHERE authority = %s ORDER BY given_on DESC NULLS LAST, reference",
}
"""The reports by name, each one selection from a view."""


@dataclass(frozen=True, slots=True)
class Projected:
    """What a projection did: cases counted anew, cases whose report still held, laptops."""

    counted: int
    held: int
    laptops: int


class Reports:
    """The report tables of one authority, by an administrator's login."""

    def __init__(self, url: str, authority: str) -> None:
        """Work for one authority; nothing is opened before `with`."""
        self._url = url
        self._authority = authority

    def __enter__(self) -> "Reports":
        self._link = psycopg.connect(self._url, autocommit=True)
        self._link.execute("SET ROLE send_desk_administrator")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._link.close()

    def project(
        self, history: Callable[[str], Iterator[Packed]], counted: Counted, *, day: date, everything: bool = False
    ) -> Projected:
        """Count every case whose report is not that of this day and of its whole history; then the laptops.

        Each case is a transaction of its own: a projection that is stopped goes on where it was.
        """
        asked = (self._authority, day, everything)
        wanted = self._link.execute("SELECT * FROM send_desk_office.report_wanted(%s, %s, %s)", asked).fetchall()
        for case, count, digest in wanted:
            told = counted(case, tuple(history(case)))
            body = msgspec.json.encode(told if told is not None else _NOTHING).decode()
            row = (self._authority, case, day, count, digest, body)
            self._link.execute("SELECT send_desk_office.put_report(%s, %s, %s, %s, %s, %s::jsonb)", row)
        laptops = self._one("SELECT send_desk_office.put_laptops(%s, %s)", (self._authority, day))
        every = self._one("SELECT count(*) FROM send_desk_office.report_wanted(%s, %s, true)", (self._authority, day))
        return Projected(len(wanted), every - len(wanted), laptops)

    def read(self, name: str) -> list[dict[str, object]]:
        """Return the lines of one report, as last projected."""
        with self._link.cursor(row_factory=dict_row) as cursor:
            return list(cursor.execute(REPORTS[name], (self._authority,)).fetchall())

    def _one(self, query: LiteralString, values: tuple[object, ...]) -> int:
        row = self._link.execute(query, values).fetchone()
        return int(row[0]) if row else 0


_NOTHING: Mapping[str, object] = {"advice": [], "late": [], "overrides": []}
