"""Two registers that come as tables: the nation's establishments, and the authority's services and advisers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from send_desk.domain.errors import WrongUse
from send_desk.domain.identifiers import compact, tidy_postcode, urn_fault
from send_desk.domain.ids import Cell, RecordKind
from send_desk.domain.person import DirectoryEntry

from .commit import write_directory
from .desk import Desk
from .encoding import Row, row_of
from .importing_layouts import same
from .ports import Establishment
from .tables import Table

# The register's own headings first, then plain ones.
_SETTINGS: Mapping[str, tuple[str, ...]] = {
    "urn": ("URN",),
    "name": ("EstablishmentName", "Name", "School name", "Establishment"),
    "phase": ("PhaseOfEducation (name)", "PhaseOfEducation", "Phase"),
    "type": ("TypeOfEstablishment (name)", "TypeOfEstablishment", "Type"),
    "postcode": ("Postcode", "Post code"),
    "status": ("EstablishmentStatus (name)", "EstablishmentStatus", "Status"),
}
_DIRECTORY: Mapping[str, tuple[str, ...]] = {
    "service": ("Service", "Organisation"),
    "team": ("Team",),
    "name": ("Name", "Full name"),
    "role": ("Role", "Job title", "Post"),
    "email": ("Email", "E-mail address", "Email address"),
    "telephone": ("Telephone", "Phone", "Telephone number", "Phone number"),
    "area": ("Area", "Locality", "District"),
    "cell": ("Cell", "Contribution", "Gives"),
    "designated": ("Designated", "Designated officer", "Designation"),
}
_KNOWN_BY = ("service", "team", "name", "role")
_ABOUT = tuple(name for name in _DIRECTORY if name not in _KNOWN_BY)
_NO_PHASE = frozenset({"", "notapplicable"})
_HEADING_ROWS = 15


@dataclass(frozen=True, slots=True)
class DirectoryRefusal:
    """A line of a directory that was not taken, and why."""

    file: str
    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class DirectoryReport:
    """How many lines of the directory are new or changed, how many stand already, and which were not taken."""

    changed: int
    same: int
    refused: tuple[DirectoryRefusal, ...]


def import_settings(desk: Desk, tables: Sequence[Table], *, dry_run: bool = False) -> int:
    """Replace the register of establishments by that of a file; return how many there are.

    With `dry_run` nothing is written. Raise WrongUse, and leave the register as it was, where a file cannot be used or
    holds no establishment.
    """
    found: dict[str, Establishment] = {}
    for table in tables:
        for _, line in _lines(table, _SETTINGS, ("urn", "name"), "the register of establishments"):
            urn = compact(line["urn"])
            if line["name"] and urn and not urn_fault(urn):
                phase = line["type"] if same(line["phase"]) in _NO_PHASE else line["phase"]
                postcode = tidy_postcode(line["postcode"])
                found[urn] = Establishment(urn, line["name"], phase, postcode, line["status"])
    if not found:
        raise WrongUse("There is no establishment with a URN and a name in that file; the register is as it was.")
    if not dry_run:
        with desk.store.write() as unit:
            unit.put_establishments(tuple(found.values()))
    return len(found)


def import_directory(desk: Desk, tables: Sequence[Table], *, dry_run: bool = False) -> DirectoryReport:
    """Take lines of the directory in: one that is known by service, team, name and role is changed, else it is new.

    The same file a second time changes nothing; a bad line never stops a good one. With `dry_run` nothing is written.
    """
    known = {_person(one): one for one in desk.store.directory()}
    rows: dict[str, tuple[Row | None, Row]] = {}
    refused: list[DirectoryRefusal] = []
    unchanged = 0
    for table in tables:
        for number, line in _lines(table, _DIRECTORY, ("service",), "a directory of services"):
            cell = _cell(line["cell"])
            if not line["service"] or cell is None:
                reason = f"{line['cell']} is none of {', '.join(Cell)}" if line["service"] else "there is no service"
                refused.append(DirectoryRefusal(table.name, number, reason))
                continue
            told = replace(DirectoryEntry("", line["service"]), **_told(line, cell))
            former = known.get(_person(told))
            entry = _filled(former, told) if former else replace(told, id=_made_id(told))
            if former == entry:
                unchanged += 1
                continue
            before, _ = rows.get(entry.id, (row_of(RecordKind.ADVISER, former) if former else None, None))
            rows[entry.id] = (before, row_of(RecordKind.ADVISER, entry))
            known[_person(entry)] = entry
    if not dry_run:
        write_directory(desk, list(rows.values()))
    return DirectoryReport(len(rows), unchanged, tuple(refused))


def _lines(
    table: Table, headings: Mapping[str, tuple[str, ...]], needs: tuple[str, ...], what: str
) -> Iterator[tuple[int, dict[str, str]]]:
    if table.problem:
        raise WrongUse(f"{table.name} cannot be used: {table.problem}. Nothing was changed.")
    for at, (_, cells) in enumerate(table.rows[:_HEADING_ROWS]):
        places = _places(cells, headings)
        if all(need in places for need in needs):
            for number, row in table.rows[at + 1 :]:
                yield number, {name: _at(row, places.get(name)) for name in headings}
            return
    raise WrongUse(
        f"{table.name} is not {what}: it needs the columns {', '.join(headings[need][0] for need in needs)}. "
        "Nothing was changed."
    )


def _places(cells: Sequence[str], headings: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    there: dict[str, int] = {}
    for place, cell in enumerate(cells):
        there.setdefault(same(cell), place)
    found = {
        name: next((there[same(one)] for one in names if same(one) in there), None) for name, names in headings.items()
    }
    return {name: place for name, place in found.items() if place is not None}


def _at(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _cell(written: str) -> str | None:
    meant = same(written)
    return "" if not meant else next((str(cell) for cell in Cell if same(cell) == meant), None)


def _person(entry: DirectoryEntry) -> tuple[str, ...]:
    return tuple(same(getattr(entry, name)) for name in _KNOWN_BY)


def _filled(former: DirectoryEntry, told: DirectoryEntry) -> DirectoryEntry:
    return replace(former, **{name: value for name in _ABOUT if (value := getattr(told, name))})


def _told(line: Mapping[str, str], cell: str) -> dict[str, Any]:
    return {**line, "cell": cell}


def _made_id(entry: DirectoryEntry) -> str:
    return "adviser-" + sha256("\x1f".join(_person(entry)).encode()).hexdigest()[:24]
