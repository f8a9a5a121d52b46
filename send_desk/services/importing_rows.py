"""Rows of recognised lists as what they say of one child: fields, events, settings, and columns kept as they are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from send_desk.domain.identifiers import compact, tidy_postcode
from send_desk.domain.ids import EventKind

from .importing_layouts import Column, Recognised, same
from .importing_values import Unreadable, answer, day, number

KEPT = "import"
"""What begins the names in a case's `extra` under which columns without a field of their own are kept."""

_FLAGS = frozenset({"child.looked_after", "child.address_confidential"})
_NUMBERS = frozenset({"reference", "child.upn", "child.uln", "child.nhs_number", "setting.urn"})
_COMPACT = _NUMBERS - {"reference"}
# What lists write where there is nothing to write.
_NOTHING = frozenset({"", "-", "n/a", "na", "none", "null", "not applicable", "#n/a"})


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event that a row tells; `once` says that a case has one of its kind, so another day corrects it."""

    kind: EventKind
    on: date
    once: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ToldRow:
    """What one row of a list says of one child, or why it cannot be used (`fault`)."""

    file: str
    row: int
    values: Mapping[str, str | bool | date] = field(default_factory=dict)
    events: tuple[ToldEvent, ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""

    def value(self, name: str) -> str:
        """Return one field as words, empty where the row does not give it."""
        return str(self.values.get(name, ""))


def told_rows(tables: Sequence[Recognised], today: date) -> Iterator[ToldRow]:
    """Yield what every row says, in order; rows of tables that belong to others' come with the row they belong to."""
    roots = [one for one in tables if not one.layout.under]
    joined = _Joined(tables, today)
    for table in roots:
        for number_, cells in table.rows:
            told = _told(table, number_, cells, today)
            yield told
            if table.layout.key:
                yield from joined.under(table, cells, told)
    yield from joined.left()


class _Joined:
    """The rows of tables that hang on others', found by the key that joins them."""

    def __init__(self, tables: Sequence[Recognised], today: date) -> None:
        self._today = today
        self._rows: dict[tuple[str, str], list[tuple[Recognised, int, tuple[str, ...]]]] = {}
        for table in tables:
            if table.layout.under:
                for row, cells in table.rows:
                    key = (table.layout.under, _cell(table, cells, table.layout.under_key))
                    self._rows.setdefault(key, []).append((table, row, cells))

    def under(self, parent: Recognised, cells: tuple[str, ...], told: ToldRow) -> Iterator[ToldRow]:
        """Yield the rows that belong to a row, oldest first, each saying of the same child what it adds."""
        rows = self._rows.pop((parent.layout.id, _cell(parent, cells, parent.layout.key)), [])
        rows.sort(key=lambda one: (one[0].layout.id, _cell(one[0], one[2], one[0].layout.order_by)))
        counts: dict[str, int] = {}
        for table, row, inner in rows:
            counts[table.layout.id] = counts.get(table.layout.id, 0) + 1
            if told.fault:
                mine = ToldRow(
                    table.table.name, row, fault=f"it belongs to row {told.row} of {told.file}, which was refused"
                )
            else:
                mine = _told(table, row, inner, self._today, number_=counts[table.layout.id], child=told)
            yield mine
            yield from self.under(table, inner, mine if mine.fault else replace(mine, file=told.file, row=told.row))

    def left(self) -> Iterator[ToldRow]:
        """Yield the rows that belong to none, with the reason."""
        for (_, key), rows in self._rows.items():
            for table, row, _ in rows:
                fault = f"no row of these files has the {table.layout.under_key} {key or '(empty)'} that it belongs to"
                yield ToldRow(table.table.name, row, fault=fault)


def _told(
    table: Recognised,
    row: int,
    cells: tuple[str, ...],
    today: date,
    *,
    number_: int = 1,
    child: ToldRow | None = None,
) -> ToldRow:
    name = table.table.name
    values: dict[str, str | bool | date] = dict(child.values) if child else {}
    events: list[ToldEvent] = []
    facts: dict[EventKind, dict[str, str]] = {}
    kept: dict[str, str] = {}
    prefix = ".".join(filter(None, (KEPT, table.layout.extra, str(number_) if number_ > 1 else "")))
    for place, heading, columns in table.places:
        cell = cells[place] if place < len(cells) else ""
        if _says_nothing(cell):
            continue
        column = next((one for one in columns if _holds(one, table, cells)), None)
        if column is None or not column.to:
            kept[f"{prefix}.{heading}"] = cell
            continue
        try:
            _take(column, cell, values, events, facts, today)
        except Unreadable as error:
            return ToldRow(name, row, values, fault=f"{heading}: {error}")
    if table.layout.made_reference and not values.get("reference") and not values.get("child.upn"):
        values["reference"] = table.layout.made_reference + _cell(table, cells, table.layout.key)
    dated = tuple(replace(one, fields={**one.fields, **facts.get(one.kind, {})}) for one in events)
    return ToldRow(name, row, values, dated, kept)


def _says_nothing(cell: str) -> bool:
    return cell.strip().casefold() in _NOTHING


def _take(
    column: Column,
    cell: str,
    values: dict[str, str | bool | date],
    events: list[ToldEvent],
    facts: dict[EventKind, dict[str, str]],
    today: date,
) -> None:
    target = column.to
    words = column.values.get(cell, cell)
    if target.startswith("event."):
        kind, _, fact = target.removeprefix("event.").partition(".")
        if fact:
            facts.setdefault(EventKind(kind), {})[fact] = words
        else:
            events.append(ToldEvent(EventKind(kind), _past(day(cell), today), column.once))
    elif target == "child.date_of_birth":
        values[target] = _past(day(cell), today)
    elif target in _FLAGS:
        values[target] = answer(words)
    elif target in _NUMBERS:
        written = number(words)
        values[target] = compact(written) if target in _COMPACT else written
    elif target == "child.postcode":
        values[target] = tidy_postcode(words)
    else:
        values[target] = words


def _past(on: date, today: date) -> date:
    if on > today:
        raise Unreadable(f"{on.isoformat()} lies after today")
    return on


def _holds(column: Column, table: Recognised, cells: tuple[str, ...]) -> bool:
    return all(_cell(table, cells, name).casefold() == code.casefold() for name, code in column.when.items())


def _cell(table: Recognised, cells: tuple[str, ...], heading: str) -> str:
    wanted = same(heading)
    place = next((at for at, name, _ in table.places if same(name) == wanted), None) if wanted else None
    return cells[place].strip() if place is not None and place < len(cells) else ""
