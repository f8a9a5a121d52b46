"""What must hold of the law's dates for every case and every day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from send_desk.domain.case import Case, CaseEvent, Exemption
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.deadlines import DateLine, due
from send_desk.domain.ids import Cell, ContributionEventKind, EventKind, Ground, State
from send_desk.domain.person import Child
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.rulebook_text import read_rulebook
from send_desk.domain.time_limit import LimitKind, Unit, Who
from send_desk.domain.timetable import timetable
from send_desk.paths import resources


def _law() -> RuleBook:
    frameworks = [path.read_text("utf-8") for path in (resources() / "frameworks").glob("england-2014.*toml")]
    return read_rulebook(frameworks, [path.read_text("utf-8") for path in (resources() / "calendars").glob("*.toml")])


LAW = _law()
DAYS = st.dates(date(2014, 9, 1), date(2028, 6, 30))
RULES = st.sampled_from(sorted(LAW.time_limits))
DATED = st.sampled_from(sorted(rule for rule in LAW.time_limits if LAW.limit(rule).span.unit is not Unit.AS_SOON))
GROUNDS = st.sampled_from(Ground)

OUTCOMES = st.sampled_from([{}, {"outcome": "maintain"}, {"outcome": "amend"}, {"outcome": "cease"}, {"outcome": "no"}])
EVENTS = st.builds(CaseEvent, st.just("e"), st.sampled_from(EventKind), st.none() | DAYS, fields=OUTCOMES)
ANSWERS = st.builds(
    ContributionEvent,
    st.just("v"),
    st.sampled_from(ContributionEventKind),
    DAYS,
    state=st.none() | st.sampled_from(State),
    ground=st.none() | GROUNDS,
    until=st.none() | DAYS,
)
CONTRIBUTIONS = st.builds(
    Contribution, st.just("k"), st.sampled_from(Cell), events=st.lists(ANSWERS, max_size=5).map(tuple)
)
EXEMPTIONS = st.builds(
    Exemption,
    st.just("x"),
    RULES,
    GROUNDS,
    st.none() | DAYS,
    st.none() | DAYS,
    st.none() | DAYS,
    decided_on=st.none() | DAYS,
    contribution=st.sampled_from(["", "k"]),
)
CHILDREN = st.builds(
    Child,
    st.just("Ava"),
    st.just("Thornley"),
    st.none() | st.dates(date(1999, 1, 1), date(2026, 1, 1)),
    year_group=st.sampled_from(["", "Year 6", "Year 11", "13"]),
)
CASES = st.builds(
    Case,
    st.just("c"),
    st.just("R"),
    CHILDREN,
    events=st.lists(EVENTS, max_size=9).map(tuple),
    contributions=st.lists(CONTRIBUTIONS, max_size=2).map(tuple),
)


def _bare(line: DateLine) -> tuple[object, ...]:
    """A line without what an exemption may say on it."""
    return (line.rule, line.start, line.due, line.act_by, line.done_on, line.late_days, line.contribution)


@given(CASES, st.lists(EXEMPTIONS, max_size=4), DAYS)
def test_an_exemption_never_moves_a_date(case: Case, exemptions: list[Exemption], today: date) -> None:
    exempt = Case(**{**vars(case), "exemptions": tuple(exemptions)})
    assert [_bare(line) for line in timetable(exempt, LAW, today)] == [
        _bare(line) for line in timetable(case, LAW, today)
    ]


@given(CASES, st.lists(EXEMPTIONS, max_size=4), DAYS)
def test_an_exemption_shown_is_one_that_the_limit_has(case: Case, exemptions: list[Exemption], today: date) -> None:
    for line in timetable(Case(**{**vars(case), "exemptions": tuple(exemptions)}), LAW, today):
        if line.exemption is not None:
            assert line.exemption in LAW.exemption_sets[LAW.limit(line.rule).exemptions].grounds
            assert line.exemption is not Ground.OTHER


@given(st.sampled_from(sorted(LAW.time_limits)), DAYS)
def test_no_clock_of_the_authority_or_an_adviser_rolls_forward(rule: str, start: date) -> None:
    """A span in calendar days, weeks or months ends on the day it ends, working day or not."""
    limit = LAW.limit(rule)
    if limit.who not in (Who.AUTHORITY, Who.ADVISER) or limit.kind is LimitKind.WINDOW:
        return
    line = due(LAW, rule, start)
    beginning = limit.span.anchor.value == "incl"
    sign = -1 if limit.span.back else 1
    match limit.span.unit:
        case Unit.WEEKS:
            assert line.due == start + sign * timedelta(days=7 * limit.span.length - beginning)
        case Unit.DAYS:
            assert line.due == start + timedelta(days=limit.span.length - beginning)
        case Unit.MONTHS:
            # Whatever the months' lengths, n months are never more than n times 31 days, nor the day another number.
            assert line.due is not None and abs((line.due - start).days) <= 31 * limit.span.length
            following = line.due + timedelta(days=beginning)
            assert following.day == start.day or following + timedelta(days=1) == following.replace(day=1) + timedelta(
                days=following.day
            )
            assert following.day <= start.day
        case _:
            assert not limit.rolls_on


@given(DATED, DAYS, st.integers(0, 800))
def test_a_later_start_never_ends_earlier(rule: str, start: date, days: int) -> None:
    first, second = due(LAW, rule, start).due, due(LAW, rule, start + timedelta(days=days)).due
    assert first is not None and second is not None and first <= second


@given(st.sampled_from(["MOVE_OUT", "MOVE_REVIEW", "APPEAL", "CEASE_HOLD"]), DAYS, DAYS)
def test_a_second_day_never_shortens_the_time(rule: str, start: date, second: date) -> None:
    alone, both = due(LAW, rule, start).due, due(LAW, rule, start, second).due
    assert alone is not None and both is not None and both >= alone


@given(DATED, DAYS)
def test_act_by_is_the_last_working_day_on_or_before_the_due_day(rule: str, start: date) -> None:
    line = due(LAW, rule, start)
    if line.act_by is None:
        assert line.kind is LimitKind.WINDOW
        return
    assert line.due is not None and line.act_by <= line.due
    assert LAW.calendar.is_working(line.act_by)
    between = [line.act_by + timedelta(days=n) for n in range(1, (line.due - line.act_by).days + 1)]
    assert not any(LAW.calendar.is_working(day) for day in between)


@given(CASES, DAYS, st.integers(0, 1500))
def test_waiting_longer_removes_no_date_and_lessens_no_lateness(case: Case, today: date, days: int) -> None:
    now, later = (timetable(case, LAW, day) for day in (today, today + timedelta(days=days)))
    assert [(line.rule, line.start, line.due, line.done_on) for line in now] == [
        (line.rule, line.start, line.due, line.done_on) for line in later
    ]
    assert all(before.late_days <= after.late_days for before, after in zip(now, later, strict=True))


@given(CASES, DAYS)
def test_what_is_done_is_late_by_the_days_after_its_date_and_a_window_never(case: Case, today: date) -> None:
    for line in timetable(case, LAW, today):
        assert line.due is not None and line.late_days >= 0
        if line.kind is LimitKind.WINDOW:
            assert line.late_days == 0
        elif line.done_on is not None:
            assert line.late_days == max(0, (line.done_on - line.due).days)
        if line.is_open and line.start.on <= line.due < today:
            assert line.late_days == (today - line.due).days


@given(st.lists(EVENTS, max_size=9), DAYS)
def test_the_order_in_which_events_were_keyed_changes_no_date(events: list[CaseEvent], today: date) -> None:
    """Events of different days: what was recorded first is not what happened first."""
    apart = list({event.on: event for event in events}.values())
    child = Child("Ava", "Thornley", year_group="Year 6")
    forwards = timetable(Case("c", "R", child, events=tuple(apart)), LAW, today)
    backwards = timetable(Case("c", "R", child, events=tuple(reversed(apart))), LAW, today)
    assert sorted(map(repr, forwards)) == sorted(map(repr, backwards))
