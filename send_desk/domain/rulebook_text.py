"""The text of law files turned into a rule book.

Each door reads the files and hands their text in: every calendar under `resources/calendars/`, and of the framework
the file named by its id with all files beside it of the same name before the first dot (`england-2014.toml`,
`england-2014.sections.toml`, `england-2014.limits-reviews.toml` ...), in any order.
"""

from collections.abc import Iterable
from datetime import date

from .calendar_text import read_calendars, weekday
from .calendars import Calendar
from .errors import Cannot
from .ids import Area, Cell, EntryKind, Ground
from .law_table import LawTable, parse
from .limit_text import read_limit
from .rulebook import (
    AdviceGiver,
    AreaLaw,
    ExemptionSet,
    GroundLaw,
    Holding,
    RuleBook,
    SectionLaw,
    Strand,
    Strength,
    Threshold,
    WeekMark,
    YoungPersonLaw,
)
from .time_limit import Confirmed, TimeLimit


def read_rulebook(framework: Iterable[str], calendars: Iterable[str]) -> RuleBook:
    """Make the rule book of one framework out of the text of its files and of the calendars.

    Raises Cannot, naming the place, for text that is no TOML, for a missing, unknown or ill-typed value, for files of
    two frameworks, for an id given twice, and for a reference to something that no file gives.
    """
    known = read_calendars(calendars)
    head: LawTable | None = None
    name = ""
    sections: list[SectionLaw] = []
    limits: dict[str, TimeLimit] = {}
    for text in framework:
        top = parse(text)
        found = top.text("framework")
        if name and found != name:
            raise Cannot(f"The law files cannot be used together: one is of {name}, another of {found}.")
        name = found
        top.place = found
        checked_to = top.day("checked_to")
        sections += [_section(table, checked_to) for table in top.tables("sections")]
        for rule, table in top.named("time_limits").items():
            if rule in limits:
                raise Cannot(f"The law file cannot be used: {found} gives the time limit {rule} twice.")
            limits[rule] = read_limit(rule, table, checked_to)
        if top.has("title"):
            if head is not None:
                raise Cannot(f"The law file cannot be used: {found} has two files with a title.")
            head, head_checked_to = top, checked_to
        else:
            top.finish()
    if head is None:
        raise Cannot("The law files cannot be used: none gives the framework's title.")
    book = _head(name, head, head_checked_to, known, tuple(sections), limits)
    _refuse_loose_ends(book)
    return book


def _head(
    name: str,
    top: LawTable,
    checked_to: date,
    calendars: dict[str, Calendar],
    sections: tuple[SectionLaw, ...],
    limits: dict[str, TimeLimit],
) -> RuleBook:
    calendar = top.text("calendar")
    if calendar not in calendars:
        raise Cannot(f"The law file cannot be used: {name} counts by the calendar {calendar}, which no file gives.")
    book = RuleBook(
        framework=name,
        title=top.text("title"),
        in_force=top.day("in_force"),
        checked_to=checked_to,
        notice=top.text("notice"),
        calendar=calendars[calendar],
        calendars=calendars,
        sections=sections,
        advice_givers=tuple(_giver(table) for table in top.tables("advice_givers")),
        review_invitees=tuple(_giver(table) for table in top.tables("review_invitees")),
        areas=tuple(_area(table) for table in top.tables("areas")),
        strands=tuple(_strand(table) for table in top.tables("strands")),
        time_limits=limits,
        exemption_sets={
            key: _exemption_set(key, table, checked_to) for key, table in top.named("exemption_sets").items()
        },
        young_person=_young_person(top.table("young_person")),
        weeks_of=top.text("weeks_of"),
        week_marks=tuple(_week_mark(table) for table in top.tables("week_marks")),
        thresholds={key: _threshold(key, table) for key, table in top.named("thresholds").items()},
        appealable=top.texts("appealable"),
    )
    top.finish()
    return book


def _refuse_loose_ends(book: RuleBook) -> None:
    for limit in book.time_limits.values():
        for calendar in filter(None, (limit.calendar, limit.rolls_on)):
            if calendar not in book.calendars:
                raise Cannot(f"The law file cannot be used: {limit.id} counts by {calendar}, which no file gives.")
        if limit.exemptions not in book.exemption_sets:
            raise Cannot(f"The law file cannot be used: {limit.id} has the exemptions {limit.exemptions}, unknown.")
    if book.weeks_of not in book.time_limits:
        raise Cannot(f"The law file cannot be used: {book.framework} counts the weeks of {book.weeks_of}, unknown.")
    for giver in (*book.advice_givers, *book.review_invitees):
        if giver.clock and giver.clock not in book.time_limits:
            raise Cannot(f"The law file cannot be used: the adviser ({giver.letter}) has the clock {giver.clock}.")


def _section(table: LawTable, checked_to: date) -> SectionLaw:
    made = SectionLaw(
        letter=table.text("letter"),
        title=table.text("title"),
        citation=table.text("citation"),
        confirmed=table.word("confirmed", Confirmed),
        checked_to=table.day("checked_to", checked_to),
        cells=table.words("cells", Cell),
        kinds=table.words("kinds", EntryKind),
        holds=tuple(_holding(row) for row in table.tables("holds")),
    )
    table.finish()
    return made


def _holding(table: LawTable) -> Holding:
    made = Holding(
        text=table.text("text"),
        strength=table.word("strength", Strength),
        citation=table.text("citation"),
        confirmed=table.word("confirmed", Confirmed),
    )
    table.finish()
    return made


def _giver(table: LawTable) -> AdviceGiver:
    made = AdviceGiver(
        letter=table.text("letter"),
        cell=table.word("cell", Cell),
        title=table.text("title"),
        who=table.text("who"),
        citation=table.text("citation"),
        confirmed=table.word("confirmed", Confirmed),
        from_year=table.whole("from_year") if table.has("from_year") else None,
        always=table.flag("always", True),
        clock=table.text("clock", ""),
    )
    table.finish()
    return made


def _area(table: LawTable) -> AreaLaw:
    made = AreaLaw(
        area=table.word("id", Area),
        title=table.text("title"),
        citation=table.text("citation"),
        confirmed=table.word("confirmed", Confirmed),
    )
    table.finish()
    return made


def _strand(table: LawTable) -> Strand:
    made = Strand(
        id=table.text("id"),
        title=table.text("title"),
        citation=table.text("citation"),
        confirmed=table.word("confirmed", Confirmed),
    )
    table.finish()
    return made


def _exemption_set(name: str, table: LawTable, checked_to: date) -> ExemptionSet:
    made = ExemptionSet(
        id=name,
        title=table.text("title"),
        citation=table.text("citation"),
        confirmed=table.word("confirmed", Confirmed),
        checked_to=table.day("checked_to", checked_to),
        note=table.text("note", ""),
        grounds={ground.ground: ground for ground in map(_ground, table.tables("grounds"))},
    )
    table.finish()
    return made


def _ground(table: LawTable) -> GroundLaw:
    made = GroundLaw(
        ground=table.word("ground", Ground),
        words=table.text("words"),
        letter=table.text("letter", ""),
        days=table.whole("days", 0),
        lead=table.whole("lead", 0),
    )
    table.finish()
    return made


def _young_person(table: LawTable) -> YoungPersonLaw:
    made = YoungPersonLaw(
        turns=table.whole("turns"),
        under=table.whole("under"),
        leaving_month=table.whole("leaving_month"),
        leaving_weekday=weekday(table, table.text("leaving_weekday")),
        school_year=table.month_and_day("school_year"),
        first_year_age=table.whole("first_year_age"),
        citation=table.text("citation"),
        confirmed=table.word("confirmed", Confirmed),
    )
    table.finish()
    return made


def _week_mark(table: LawTable) -> WeekMark:
    made = WeekMark(week=table.whole("week"), text=table.text("text"))
    table.finish()
    return made


def _threshold(name: str, table: LawTable) -> Threshold:
    made = Threshold(
        id=name,
        value=table.whole("value"),
        text=table.text("text"),
        citation=table.text("citation"),
        confirmed=table.word("confirmed", Confirmed),
    )
    table.finish()
    return made
