"""The text of calendar files turned into calendars; one may build on another with days of its own."""

from collections.abc import Iterable

from .calendars import Calendar, Closure
from .errors import Cannot
from .law_table import LawTable, parse

_WEEKDAYS = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}


def read_calendars(texts: Iterable[str]) -> dict[str, Calendar]:
    """Make the calendars by name out of the text of their files; raises Cannot, naming the place."""
    tables: dict[str, LawTable] = {}
    for text in texts:
        top = parse(text)
        tables |= top.named("calendars")
        top.finish()
    own = {name: table for name, table in tables.items() if not table.has("as_well_as")}
    found = {name: _calendar(name, table) for name, table in own.items()}
    for name, table in tables.items():
        if name not in own:
            base = table.text("as_well_as")
            if base not in found:
                raise Cannot(f"The law file cannot be used: the calendar {name} builds on {base}, which no file gives.")
            found[name] = _calendar(name, table, found[base])
    return found


def _calendar(name: str, table: LawTable, base: Calendar | None = None) -> Calendar:
    holidays = {row.day("on"): row.text("name") for row in table.tables("holidays")}
    closures = tuple(
        Closure(row.month_and_day("from"), row.month_and_day("until"), row.text("name")) for row in table.tables("shut")
    )
    title, citation, checked_to = table.text("title"), table.text("citation"), table.day("checked_to")
    if base is not None:
        made = Calendar(
            name=name,
            title=title,
            citation=citation,
            checked_to=checked_to,
            first_year=base.first_year,
            last_year=base.last_year,
            weekend=base.weekend,
            holidays={**base.holidays, **holidays},
            closures=(*base.closures, *closures),
        )
    else:
        made = Calendar(
            name=name,
            title=title,
            citation=citation,
            checked_to=checked_to,
            first_year=table.whole("first_year"),
            last_year=table.whole("last_year"),
            weekend=frozenset(weekday(table, day) for day in table.texts("weekend")),
            holidays=holidays,
            closures=closures,
        )
    table.finish()
    return made


def weekday(table: LawTable, written: str) -> int:
    """Return the number of a weekday by its name, Monday being 0; raises Cannot."""
    if written not in _WEEKDAYS:
        raise Cannot(f"The law file cannot be used: {table.place} has the weekday {written!r}.")
    return _WEEKDAYS[written]
