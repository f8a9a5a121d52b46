"""One row of the law's time limits read from its table."""

from datetime import date

from .law_table import LawTable
from .time_limit import (
    Anchor,
    Confirmed,
    EventMatch,
    LimitKind,
    Relevance,
    Second,
    Span,
    Takes,
    Then,
    TimeLimit,
    Unit,
    Who,
)


def read_limit(rule: str, table: LawTable, checked_to: date) -> TimeLimit:
    """Read the row `rule`; `checked_to` is the file's own, which a row may replace. Raises Cannot."""
    made = TimeLimit(
        id=rule,
        title=table.text("title"),
        starts=_events(table, "starts"),
        span=_span(table),
        ends_with=table.text("ends_with"),
        citation=table.text("citation"),
        confirmed=table.word("confirmed", Confirmed),
        kind=table.word("kind", LimitKind),
        who=table.word("who", Who),
        checked_to=table.day("checked_to", checked_to),
        exemptions=table.text("exemptions", "NONE"),
        exempt_by=table.text("exempt_by", ""),
        done_by=_events(table, "done_by"),
        done_after=_events(table, "done_after"),
        undone_by=_events(table, "undone_by"),
        moot_by=_events(table, "moot_by"),
        revived_by=_events(table, "revived_by"),
        sealed_by=_events(table, "sealed_by"),
        look_back=table.whole("look_back", 0),
        minimum=table.flag("minimum", False),
        opens_after=table.whole("opens_after", 0),
        calendar=table.text("calendar", ""),
        rolls_on=table.text("rolls_on", ""),
        second=_second(table.table("second")) if table.has("second") else None,
        then=_then(table.table("then")) if table.has("then") else None,
        relevance=_relevance(table),
        note=table.text("note", ""),
        asks=table.text("asks", ""),
    )
    table.finish()
    return made


def _span(table: LawTable) -> Span:
    unit = table.word("unit", Unit)
    match unit:
        case Unit.DATE:
            return Span(
                unit,
                year=table.whole("year") if table.has("year") else None,
                month=table.whole("month"),
                day=table.whole("day"),
            )
        case Unit.AS_SOON:
            return Span(unit)
        case _:
            return Span(
                unit,
                length=table.whole("length"),
                anchor=table.word("anchor", Anchor, Anchor.EXCL),
                back=table.flag("back", False),
            )


def _second(table: LawTable) -> Second:
    made = Second(starts=_events(table, "starts"), span=_span(table), takes=table.word("takes", Takes))
    table.finish()
    return made


def _then(table: LawTable) -> Then:
    made = Then(span=_span(table), ends_with=table.text("ends_with"), done_by=_events(table, "done_by"))
    table.finish()
    return made


def _relevance(table: LawTable) -> Relevance:
    return Relevance(
        fact=table.text("fact", ""),
        values=table.texts("values"),
        standing_on=_events(table, "standing_on"),
        year_groups=_pair(table) if table.has("year_groups") else None,
        if_unknown=table.flag("if_unknown", True),
        under_age=table.whole("under_age") if table.has("under_age") else None,
        unless_preceded_by=table.texts("unless_preceded_by"),
        since=table.texts("since"),
        once_until=table.texts("once_until"),
    )


def _pair(table: LawTable) -> tuple[int, int]:
    first, last = table.wholes("year_groups", count=2)
    return first, last


def _events(table: LawTable, key: str) -> tuple[EventMatch, ...]:
    return tuple(_event(written) for written in table.texts(key))


def _event(written: str) -> EventMatch:
    for mark in (":", "!"):
        kind, found, outcome = written.partition(mark)
        if found:
            return EventMatch(kind, outcome, unless=mark == "!")
    return EventMatch(written)
