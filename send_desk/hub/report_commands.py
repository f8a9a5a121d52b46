"""The commands of managers' reports: count, and say what was counted."""

import threading
from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import date

from .office import Administration
from .reports import Reports
from .saying import Around, Said, office_of

_COLUMNS: Mapping[str, Sequence[str]] = {
    "contributions": ("service", "cell", "outstanding", "overdue", "no_answer", "most_days_late"),
    "out-of-time": ("reference", "owner", "rule", "due", "done_on", "days_late"),
    "laptops": ("person", "machine", "seen_on", "days_unseen", "cases_out", "barred"),
    "overrides": ("reference", "given_by", "role", "given_on", "reason"),
}


def project(arguments: Namespace, around: Around) -> Said:
    """Count what managers ask for anew: cases that changed, and all of them on a new day.

    With `--every` it goes on until it is stopped, looking again after so many seconds.
    """
    with office_of(arguments) as office:
        told = _project(arguments, around, office)
        while arguments.every:
            threading.Event().wait(arguments.every)
            told = _project(arguments, around, office)
    line = f"{told['counted']} cases counted, {told['held']} as they were, {told['laptops']} laptops."
    return Said(told, (line,))


def report(arguments: Namespace, around: Around) -> Said:
    """Say one report, or all of them, as last counted."""
    del around
    with office_of(arguments) as office:
        reports = Reports(office)
        found = {name: reports.read(name) for name in ([arguments.report] if arguments.report else _COLUMNS)}
    lines: list[str] = []
    for name, rows in found.items():
        lines += [f"{name}: {len(rows)}", *_table(_COLUMNS[name], rows), ""]
    told = {name: [_plain(row) for row in rows] for name, rows in found.items()}
    return Said({"schema": "send-desk/report-1", "reports": told}, lines)


def _project(arguments: Namespace, around: Around, office: Administration) -> dict[str, object]:
    day = arguments.today or around.today()
    done = Reports(office).project(around.counted(day), day=day, everything=arguments.all)
    return {"day": day.isoformat(), "counted": done.counted, "held": done.held, "laptops": done.laptops}


def _plain(row: Mapping[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _table(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> list[str]:
    if not rows:
        return []
    cells = [[column.replace("_", " ") for column in columns]]
    cells += [["" if row[column] is None else str(row[column]) for column in columns] for row in rows]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
