"""What bringing lists in does on the worker: read the files, look at them without writing, then take them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from send_desk.domain.dates import counted
from send_desk.domain.errors import WrongUse
from send_desk.gui.door import Door
from send_desk.services import importing
from send_desk.services.desk import Desk
from send_desk.services.importing import Layout, ListColumns, Outcome, RowOutcome, Watch
from send_desk.services.tables import Table


class Kind(StrEnum):
    """What is brought in."""

    CASES = "cases"
    REGISTER = "register"
    DIRECTORY = "directory"


@dataclass(frozen=True, slots=True)
class Look:
    """What files would do: nothing is written yet.

    `columns` are those that a person may map and `fields` what they may fill; `words` sum it up, and `ready` names what
    the button would do, empty where there is nothing to bring in.
    """

    kind: Kind
    tables: Sequence[Table]
    layouts: Sequence[Layout]
    columns: tuple[ListColumns, ...] = ()
    fields: Mapping[str, str] | None = None
    rows: tuple[RowOutcome, ...] = ()
    words: str = ""
    ready: str = ""

    @property
    def unknown(self) -> bool:
        """Whether a list is there whose columns nobody knows."""
        return any(not one.known_as for one in self.columns)


def read(door: Door, kind: Kind, paths: Sequence[Path]) -> Look:
    """Read the files; one that is none comes as a table that says why."""
    layouts = door.layouts() if kind is Kind.CASES else ()
    return Look(kind, door.tables(paths), layouts)


def look(desk: Desk, read_: Look, watch: Watch, *, mappings: Sequence[Mapping[str, str]] = ()) -> Look:
    """Say row by row what the files would do; with `mappings`, those are remembered first."""
    for mapping in mappings:
        importing.remember_mapping(desk, read_.tables, mapping)
    match read_.kind:
        case Kind.CASES:
            return _look_at_cases(desk, read_, watch)
        case Kind.DIRECTORY:
            report = importing.import_directory(desk, read_.tables, dry_run=True)
            rows = tuple(RowOutcome(one.file, one.row, Outcome.REFUSED, reason=one.reason) for one in report.refused)
            words = f"{counted(report.changed, 'line')} new or changed, {report.same} the same, {len(rows)} refused."
            ready = f"Bring in {counted(report.changed, 'line')}" if report.changed else ""
            return Look(read_.kind, read_.tables, (), rows=rows, words=words, ready=ready)
        case Kind.REGISTER:
            count = importing.import_settings(desk, read_.tables, dry_run=True)
            words = f"{_places(count)}: schools, colleges and others. They replace the register that is there."
            return Look(read_.kind, read_.tables, (), words=words, ready=f"Bring in {_places(count)}")


def bring_in(desk: Desk, looked: Look, watch: Watch) -> str:
    """Write what was looked at; return what was done, in words."""
    match looked.kind:
        case Kind.CASES:
            report = importing.import_cases(desk, looked.tables, looked.layouts, watch=watch)
            refused = f" {counted(len(report.refused), 'row was', 'rows were')} refused." if report.refused else ""
            changed = counted(report.changed, "case")
            return f"{counted(report.made, 'case')} made, {changed} changed, {report.same} the same.{refused}"
        case Kind.DIRECTORY:
            told = importing.import_directory(desk, looked.tables)
            return f"{counted(told.changed, 'line')} of the directory new or changed, {told.same} the same."
        case Kind.REGISTER:
            return f"{_places(importing.import_settings(desk, looked.tables))} can now be chosen by name."


def _look_at_cases(desk: Desk, read_: Look, watch: Watch) -> Look:
    columns = importing.columns_of(desk, read_.tables, read_.layouts)
    fields = importing.field_names(read_.layouts)
    made = Look(read_.kind, read_.tables, read_.layouts, columns, fields)
    try:
        report = importing.import_cases(desk, read_.tables, read_.layouts, dry_run=True, watch=watch)
    except WrongUse:
        if not columns:
            raise
        return Look(made.kind, made.tables, made.layouts, columns, fields, words=_UNKNOWN)
    words = (
        f"{counted(report.made, 'case')} would be made, {report.changed} changed, {report.same} stay the same; "
        f"{counted(len(report.refused), 'row is', 'rows are')} refused."
    )
    writing = report.made + report.changed
    ready = f"Bring in {counted(writing, 'case')}" if writing else ""
    return Look(made.kind, made.tables, made.layouts, columns, fields, report.rows, words, ready)


def _places(count: int) -> str:
    return f"{count:,} place{'' if count == 1 else 's'}"


_UNKNOWN = "Nobody knows yet what the columns of this list hold. Say it below; it is remembered for the next such list."
