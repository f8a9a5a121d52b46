"""Laws of the checks, for any case whatever: hostile words, odd dates, empty everything."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from send_desk.domain.case import Case, CaseEvent, Document, Setting
from send_desk.domain.checks import Checker, check_case
from send_desk.domain.checks.lists import CheckLists
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.contribution_state import ANSWERS
from send_desk.domain.entry import FIELDS, Entry, Links, Source
from send_desk.domain.finding import Finding
from send_desk.domain.golden_thread import golden_thread
from send_desk.domain.ids import (
    Area,
    Cell,
    ContributionEventKind,
    EntryKind,
    EventKind,
    Ground,
    Section,
    Stage,
    State,
    Version,
    Voice,
)
from send_desk.domain.labels import labels
from send_desk.domain.missing_advice import missing_box, notices
from send_desk.domain.person import Adviser, Child, Person
from send_desk.domain.provision_sentence import outcome_sentence, provision_sentence
from send_desk.domain.register import fill_register, register, required, strip
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.text import from_words

PROSE = (
    "Ava finds it hard to write.",
    "Ava Thornby is aged 7 and in Year 3",
    "[INSERT name] on 31 June 2026",
    "Josh will read a page, because he struggles to hold a pencil",
    "has ADHD",
    "will be reviewed every term",
    "travel training at a special school",
    "\u202eآفا\u202c \x00\x07 🐴🐴",
    "A" * 300,
    "every morning, 1:1",
    "١٢ March ٢٠٢٦, ² of ³",
)
LATE = {24, 25, 26, 28}
MISSING = {14, 15, 16, 18, 20, 30, 31, 32, 36, 37, 38, 39, 40, 44} | LATE

words = st.one_of(st.sampled_from(PROSE), st.text(max_size=40), st.just(""))
days = st.one_of(
    st.none(), st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.dates(date(2026, 1, 1), date(2026, 12, 31))
)
papers = st.sampled_from(["", "d0", "d1", "gone"])
rows = st.lists(st.sampled_from([f"r{number}" for number in range(8)]), max_size=3).map(tuple)


@st.composite
def entries(draw: st.DrawFn, id_: str) -> Entry:
    kind = draw(st.sampled_from(EntryKind))
    names = draw(st.lists(st.sampled_from([*FIELDS.get(kind, ()), "agreed_by"]), max_size=4, unique=True))
    values = st.one_of(words, st.lists(words, max_size=2).map(tuple))
    return Entry(
        id_,
        draw(st.sampled_from(Section)),
        kind,
        from_words(draw(words)),
        draw(st.one_of(st.none(), st.sampled_from(Area))),
        draw(st.one_of(st.none(), st.sampled_from(Voice))),
        {name: draw(values) for name in names},
        Links(draw(rows), draw(rows), draw(rows)),
        tuple(
            Source(draw(papers), draw(st.one_of(st.none(), st.integers(-1, 3))), draw(words), draw(st.booleans()))
            for _ in range(draw(st.integers(0, 2)))
        ),
        not_met_because=draw(st.sampled_from(["", "because"])),
    )


@st.composite
def contributions(draw: st.DrawFn, id_: str) -> Contribution:
    steps = tuple(
        ContributionEvent(
            f"{id_}e{number}",
            draw(st.sampled_from(ContributionEventKind)),
            draw(days),
            draw(words),
            state=draw(st.one_of(st.none(), st.sampled_from(State))),
            ground=draw(st.one_of(st.none(), st.sampled_from(Ground))),
            until=draw(days),
            agreed_by=draw(st.sampled_from([(), ("adviser",), ("adviser", "authority", "family")])),
            document=draw(papers),
        )
        for number in range(draw(st.integers(0, 4)))
    )
    return Contribution(
        id_,
        draw(st.sampled_from(Cell)),
        Adviser(draw(words), draw(words)),
        draw(st.sampled_from(["", "a", "c", "6(2)"])),
        draw(st.one_of(st.none(), st.sampled_from(State))),
        draw(papers),
        draw(st.sampled_from(["", "old"])),
        steps,
        draw(st.sampled_from(["", "", "v0", "v1", "v2", "gone"])),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    child = Child(
        draw(st.sampled_from(["", "Ava", "Ava Rose"])),
        draw(st.sampled_from(["", "Thornley", "Smith-Jones"])),
        draw(days),
        draw(st.sampled_from(["", "Avie", "🐴"])),
        None,
        draw(st.sampled_from(["", "Year 6", "9", "college"])),
        draw(words),
        draw(words),
        draw(words),
        postcode=draw(words),
        looked_after=draw(st.booleans()),
        sensory_impairment=draw(st.booleans()),
    )
    return Case(
        "c",
        "R",
        child,
        stage=draw(st.sampled_from(Stage)),
        version=draw(st.sampled_from(Version)),
        setting=Setting(draw(words), since=draw(days)),
        people=tuple(Person(f"p{number}", draw(words)) for number in range(draw(st.integers(0, 2)))),
        events=tuple(
            CaseEvent(f"v{number}", draw(st.sampled_from(EventKind)), draw(days), draw(words), draw(words))
            for number in range(draw(st.integers(0, 4)))
        ),
        contributions=tuple(draw(contributions(f"k{number}")) for number in range(draw(st.integers(0, 4)))),
        documents=tuple(
            Document(
                f"d{number}",
                draw(words),
                draw(st.sampled_from(["", *Cell])),
                draw(words),
                "",
                draw(days),
                "n",
                pages=(draw(words),),
            )
            for number in range(draw(st.integers(0, 2)))
        ),
        entries=tuple(draw(entries(f"r{number}")) for number in range(draw(st.integers(0, 6)))),
        headings=tuple(draw(st.sampled_from([tuple(Section), tuple(Section)[1:], ()]))),
    )


TODAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
LAW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@LAW
@given(case=cases(), today=TODAYS)
def test_no_case_makes_a_check_stumble_and_ids_are_unique(
    case: Case, today: date, book: RuleBook, lists: CheckLists
) -> None:
    found = check_case(case, book, lists, today)
    assert len({one.id for one in found}) == len(found)
    assert all(one.reason and one.law.citation and one.id.startswith(f"{one.check}/") for one in found)
    assert set(strip(case, book, today)) == set(Cell)
    assert (missing_box(case, book, today) is None) is (notices(case, book, today) == {})
    assert {node.id for node in golden_thread(case).nodes} <= set(labels(case))
    for entry in case.entries:
        assert isinstance(provision_sentence(entry) + outcome_sentence(entry, case.child), str)


@LAW
@given(case=cases(), today=TODAYS)
def test_every_required_adviser_is_answered_or_reported_exactly_once(
    case: Case, today: date, book: RuleBook, lists: CheckLists
) -> None:
    found = [one for one in check_case(case, book, lists, today) if one.check in LATE]
    for status in register(case, book, today):
        line = status.contribution
        if line is not None:
            told = [one for one in found if one.contribution == line.id]
            assert len(told) == (0 if status.content_stands and not any(one.check == 25 for one in told) else 1)
    unlisted = [
        one for one in found if one.contribution is None and one.id.count("/") <= 2 and one.quote == "not requested"
    ]
    listed = fill_register(case, book, today, new_id=lambda: "new")
    assert len(unlisted) == (len(listed) if required(case, book, today) else 0)


@LAW
@given(case=cases(), today=TODAYS, later=st.integers(1, 3000))
def test_waiting_longer_never_removes_what_is_missing_or_late(
    case: Case, today: date, later: int, book: RuleBook, lists: CheckLists
) -> None:
    def missing(day: date) -> set[str]:
        return {one.id for one in check_case(case, book, lists, day) if one.check in LATE and "care_act" not in one.id}

    after = today + timedelta(days=later)
    gone = missing(today) - missing(after)
    assert {id_ for id_ in gone if not id_.startswith("28/E/")} == set()
    before = {
        one.contribution.id for one in register(case, book, today) if one.contribution and one.state not in ANSWERS
    }
    still = {
        one.contribution.id for one in register(case, book, after) if one.contribution and one.state not in ANSWERS
    }
    assert before <= still


@LAW
@given(case=cases(), today=TODAYS, later=st.integers(1, 3000))
def test_the_plan_itself_does_not_mend_by_waiting(
    case: Case, today: date, later: int, book: RuleBook, lists: CheckLists
) -> None:
    # Growing up changes what the law asks of H1 and of the under-fives; everything else that is missing stays missing.
    grown = ("15/H1", "27/", "19/E/under_five", "15/plan", "18/")

    def missing(day: date) -> set[str]:
        found = (one.id for one in check_case(case, book, lists, day) if one.check in MISSING)
        return {id_ for id_ in found if not id_.startswith(grown)}

    assert missing(today) - missing(today + timedelta(days=later)) == set()


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[str, object]]:
    return draw(
        st.lists(
            st.one_of(
                st.tuples(st.just("put"), st.integers(0, 7).flatmap(lambda number: entries(f"r{number}"))),
                st.tuples(st.just("drop"), st.integers(0, 7)),
                st.tuples(st.just("reverse"), st.just(0)),
                st.tuples(st.just("child"), st.sampled_from(["Ava", "Noah", ""])),
                st.tuples(st.just("line"), contributions("k0")),
                st.tuples(st.just("paper"), words),
                st.tuples(st.just("again"), st.just(0)),
            ),
            min_size=1,
            max_size=5,
        )
    )


def edited(case: Case, edit: tuple[str, object]) -> Case:
    match edit:
        case ("put", Entry() as entry):
            kept = tuple(one for one in case.entries if one.id != entry.id)
            return replace(case, entries=(*kept, entry))
        case ("drop", int(number)):
            return replace(case, entries=tuple(one for one in case.entries if one.id != f"r{number}"))
        case ("reverse", _):
            return replace(case, entries=case.entries[::-1])
        case ("child", str(name)):
            return replace(case, child=replace(case.child, first_names=name))
        case ("line", Contribution() as line):
            return replace(case, contributions=(line,))
        case ("paper", str(page)):
            return replace(case, documents=(Document("d0", "A report", "health", pages=(page,)),))
        case _:
            return replace(case, entries=tuple(replace(one) for one in case.entries))


@LAW
@given(case=cases(), steps=edits(), today=TODAYS)
def test_a_checker_that_remembers_says_what_one_that_does_not_would(
    case: Case, steps: list[tuple[str, object]], today: date, book: RuleBook, lists: CheckLists
) -> None:
    checker = Checker()
    checker.check(case, book, lists, today)
    for step in steps:
        case = edited(case, step)
        remembered: tuple[Finding, ...] = checker.check(case, book, lists, today)
        assert remembered == check_case(case, book, lists, today)
