"""What the columns of a list that somebody hands over hold, for a person to say where no layout knows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .desk import Desk
from .importing_layouts import MAPPING, SAVED, Layout, Recognised, recognise, same
from .tables import Row, Table

_HEADING_ROWS = 15
_SAMPLE = 40


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its heading, the field that it would fill ("" for none: kept under its heading), and its first cell."""

    heading: str
    target: str
    sample: str


@dataclass(frozen=True, slots=True)
class ListColumns:
    """The columns of one table; `known_as` is what the table was taken for, empty where nobody knows it."""

    table: str
    known_as: str
    columns: tuple[ListColumn, ...]

    @property
    def is_understood(self) -> bool:
        """Whether the table is known, and no column of it is left without a field."""
        return bool(self.known_as) and all(column.target for column in self.columns)


def columns_of(desk: Desk, tables: Sequence[Table], layouts: Sequence[Layout]) -> tuple[ListColumns, ...]:
    """Return the columns of every table whose columns a person may map, with what they would fill as it stands.

    Those are the tables that no layout knows, by guess, and those known by plain headings or by a saved mapping. A
    list of a fixed form, such as a table of the SEN2 return, is read by its own rules and left out.
    """
    saved = desk.store.setting(MAPPING)
    mappings: Mapping[str, object] = saved if isinstance(saved, Mapping) else {}
    guesses = {
        same(name): column.to
        for layout in layouts
        if _is_plain(layout)
        for column in layout.columns
        for name in (*column.also, column.heading)
    }
    found: list[ListColumns] = []
    for table in tables:
        if table.problem or not table.rows:
            continue
        known = recognise(table, layouts, mappings)
        if isinstance(known, Recognised) and not _is_plain(known.layout):
            continue
        found.append(_known(known) if isinstance(known, Recognised) else _guessed(table, guesses))
    return tuple(found)


def field_names(layouts: Sequence[Layout]) -> Mapping[str, str]:
    """Return the fields that a column may fill with their names, as the layouts of plain headings call them."""
    return {
        column.to: column.heading
        for layout in layouts
        if _is_plain(layout)
        for column in reversed(layout.columns)
        if column.to
    }


def _is_plain(layout: Layout) -> bool:
    """Whether a layout is no more than headings, each one field; one that a person saved may leave columns aside."""
    simple = not any(column.when or column.values for column in layout.columns)
    return simple and (layout.id == SAVED or all(column.to for column in layout.columns))


def _known(known: Recognised) -> ListColumns:
    targets = {column.heading: column.to for column in known.layout.columns}
    columns = tuple(
        ListColumn(heading, targets.get(heading, "") if meant else "", _first(known.rows, place))
        for place, heading, meant in known.places
    )
    heads = _heads_of(known)
    named = tuple(ListColumn(heads[at], one.target, one.sample) for at, one in enumerate(columns) if heads[at])
    return ListColumns(known.table.name, known.layout.title, named)


def _heads_of(known: Recognised) -> tuple[str, ...]:
    """The headings as the table writes them: those of the row before the first that is read as a child's."""
    before = len(known.table.rows) - len(known.rows) - 1
    return known.table.rows[before][1]


def _guessed(table: Table, guesses: Mapping[str, str]) -> ListColumns:
    at = max(range(min(len(table.rows), _HEADING_ROWS)), key=lambda place: (_filled(table.rows[place]), -place))
    heads, rows = table.rows[at][1], table.rows[at + 1 :]
    taken: set[str] = set()
    columns: list[ListColumn] = []
    for place, heading in enumerate(heads):
        if not heading.strip():
            continue
        target = guesses.get(same(heading), "")
        columns.append(ListColumn(heading, "" if target in taken else target, _first(rows, place)))
        taken.add(target)
    return ListColumns(table.name, "", tuple(columns))


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row[1])


def _first(rows: Sequence[Row], place: int) -> str:
    cells = (row[1][place].strip() for row in rows if place < len(row[1]))
    return next((cell for cell in cells if cell), "")[:_SAMPLE]
