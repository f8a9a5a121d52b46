"""Which column of a list means what: layouts that councils have, as data, and mappings a person has saved."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from send_desk.domain.errors import WrongUse
from send_desk.domain.ids import EventKind
from send_desk.domain.person import Child

from .tables import Row, Table

MAPPING = "import.mapping"
"""The setting of the desk under which saved mappings of columns are kept, by the headings they are for."""

SAVED = "mapping"
"""The id of the layout that a saved mapping makes."""

_HEADING_ROWS = 15
_NO_LETTERS = re.compile(r"[^\w]|_")
_CHILD = {f"child.{one.name}" for one in fields(Child)} - {
    *("child.extra", "child.pronouns", "child.sensory_impairment"),
}
_EVENTS = {f"event.{kind}" for kind in EventKind}
_OTHERS = {"reference", "officer.name", "setting.urn", "setting.name", "setting.type"}


@dataclass(frozen=True, slots=True)
class Column:
    """What one heading means: the field it fills (none: kept under its heading), and when.

    `when` names other columns and the code each must hold; `values` turns codes into words; `once` says that the event
    happens once to a case, so that another day is a correction.
    """

    heading: str
    to: str = ""
    also: tuple[str, ...] = ()
    when: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    once: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of list. `needs` must all be there, and one of `any_of`.

    A table whose rows belong to those of another names it in `under`, and in `under_key` the column that joins them;
    `extra` begins the names under which columns without a field are kept; `made_reference` and the key make the
    reference of a child whom a list names by neither reference nor UPN.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    needs: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    key: str = ""
    under: str = ""
    under_key: str = ""
    order_by: str = ""
    extra: str = ""
    made_reference: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table with its meaning: for every column its place, its heading as the layout names it, and its meanings."""

    table: Table
    layout: Layout
    places: tuple[tuple[int, str, tuple[Column, ...]], ...]
    rows: Sequence[Row]


def same(heading: str) -> str:
    """Return the letters and figures of a heading, by which two writings of it are compared."""
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", heading)).casefold()


def layout_from(words: str) -> Layout:
    """Read one layout from the TOML of a file under resources/import; raise ValueError where it names no real field."""
    told = tomllib.loads(words)
    columns = tuple(
        Column(
            heading=one["heading"],
            to=one.get("to", ""),
            also=tuple(one.get("also", ())),
            when={same(name): code for name, code in one.get("when", {}).items()},
            values=one.get("values", {}),
            once=one.get("once", False),
        )
        for one in told.pop("columns")
    )
    for column in columns:
        if column.to and not is_target(column.to):
            raise ValueError(f"{told['id']}: {column.to} is not a field that an import can fill")
    return Layout(columns=columns, needs=tuple(told.pop("needs", ())), any_of=tuple(told.pop("any_of", ())), **told)


def is_target(name: str) -> bool:
    """Whether a column can fill the field of this name; an event may be followed by a fact of its own."""
    kind, _, fact = name.removeprefix("event.").partition(".")
    is_fact = name.startswith("event.") and kind in set(EventKind) and fact.isidentifier()
    return name in _CHILD | _EVENTS | _OTHERS or is_fact


def saved_mapping(headings: Iterable[str], columns: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return the key and value under which a person's mapping is kept: for these headings, which fills which field.

    Raise WrongUse where it names a field that an import cannot fill, or a heading that is not among them.
    """
    known = {same(heading) for heading in headings}
    for heading, target in columns.items():
        if same(heading) not in known:
            raise WrongUse(f"There is no column {heading} in this list; the mapping was not saved.")
        if target and not is_target(target):
            raise WrongUse(f"{target} is not a field that an import can fill; the mapping was not saved.")
    return _key(headings), dict(columns)


def recognise(table: Table, layouts: Sequence[Layout], mappings: Mapping[str, object]) -> Recognised | str:
    """Find what a table is by its headings, wherever in the first rows they stand; else say why it is none.

    A saved mapping comes before every layout; of the layouts the one with the most headings in common is taken.
    """
    best: tuple[int, Layout, int] | None = None
    for at, (_, cells) in enumerate(table.rows[:_HEADING_ROWS]):
        found = {same(cell) for cell in cells if cell}
        if (mapping := mappings.get(_key(cells))) and isinstance(mapping, Mapping):
            return _recognised(table, at, _mapped(mapping))
        for layout in layouts:
            score = _score(layout, found)
            if score and (best is None or score > best[0]):
                best = (score, layout, at)
    if best is None:
        return _unknown(table, layouts)
    return _recognised(table, best[2], best[1])


def _unknown(table: Table, layouts: Sequence[Layout]) -> str:
    rows = [{same(cell) for cell in cells} for _, cells in table.rows[:_HEADING_ROWS]]
    near = max(layouts, key=lambda layout: max((_shared(layout, found) for found in rows), default=0), default=None)
    found = max(rows, key=lambda one: _shared(near, one), default=set()) if near else set()
    if near is None or _shared(near, found) < 2:
        headings = next((", ".join(cells[:8]) for _, cells in table.rows), "")
        return f"its headings are not those of a list that is known ({headings[:200]})"
    lacking = [need for need in near.needs if not _names(near, need) & found]
    return f"it looks like {near.title}, but lacks the column {' and '.join(lacking) or ' or '.join(near.any_of)}"


def _recognised(table: Table, at: int, layout: Layout) -> Recognised | str:
    headings = table.rows[at][1]
    exact = {same(one.heading): one.heading for one in layout.columns}
    others = {same(name): one.heading for one in reversed(layout.columns) for name in one.also}
    given: dict[str, int] = {}
    for names in (exact, others):
        for place, heading in enumerate(headings):
            name = names.get(same(heading))
            if name is None or given.get(name) == place:
                continue
            if name not in given:
                given[name] = place
            elif same(headings[given[name]]) == same(heading):
                return f"the column {' '.join(heading.split())} is there twice; please leave one"
    meant = {place: name for name, place in given.items()}
    places: list[tuple[int, str, tuple[Column, ...]]] = []
    kept: dict[str, int] = {}
    for place, heading in enumerate(headings):
        columns = tuple(one for one in layout.columns if one.heading == meant.get(place))
        # A second column of one name, or a second name for one field, is kept under its own words.
        name = meant.get(place) or " ".join(heading.split()) or f"column {place + 1}"
        kept[name] = kept.get(name, 0) + 1
        places.append((place, name if kept[name] == 1 else f"{name} ({kept[name]})", columns))
    return Recognised(table, layout, tuple(places), table.rows[at + 1 :])


def _names(layout: Layout, heading: str) -> set[str]:
    return {same(name) for one in layout.columns if one.heading == heading for name in (one.heading, *one.also)}


def _shared(layout: Layout, found: set[str]) -> int:
    return sum(bool(_names(layout, heading) & found) for heading in {one.heading for one in layout.columns})


def _score(layout: Layout, found: set[str]) -> int:
    if not all(_names(layout, need) & found for need in layout.needs):
        return 0
    if layout.any_of and not any(_names(layout, one) & found for one in layout.any_of):
        return 0
    return _shared(layout, found)


def _mapped(mapping: Mapping[str, object]) -> Layout:
    columns = tuple(Column(str(heading), str(target or "")) for heading, target in mapping.items())
    return Layout(SAVED, "A saved mapping of columns", columns)


def _key(headings: Iterable[str]) -> str:
    return "|".join(sorted({same(heading) for heading in headings if heading}))
