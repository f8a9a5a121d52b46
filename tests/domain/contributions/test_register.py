"""Who must be asked, where each stands, and what the strip and the printed notices make of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from send_desk.domain.case import Case, CaseEvent
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.entry import Entry
from send_desk.domain.ids import Cell, EntryKind, EventKind, Section, Stage, State, Version
from send_desk.domain.ids import ContributionEventKind as Kind
from send_desk.domain.missing_advice import missing_box, notices, sections_of
from send_desk.domain.person import Adviser
from send_desk.domain.register import fill_register, register, required, strip
from send_desk.domain.rulebook import RuleBook

TODAY = date(2026, 4, 20)
YOUNG = [Cell.FAMILY, Cell.EDUCATION, Cell.HEALTH, Cell.PSYCHOLOGY, Cell.SOCIAL_CARE]


def ids() -> Iterator[str]:
    return (f"n{number}" for number in count(1))


def line(id_: str, cell: Cell, state: State | None = None, *, role: str = "", name: str = "") -> Contribution:
    return Contribution(id_, cell, Adviser(name, role), stated=state)


def in_year(case: Case, year: str) -> Case:
    return replace(case, child=replace(case.child, year_group=year))


def test_five_must_be_asked_and_a_sixth_from_year_9(case: Case, book: RuleBook) -> None:
    assert [giver.cell for giver in required(case, book, TODAY)] == YOUNG
    older = in_year(case, "Year 9")
    assert [giver.letter for giver in required(older, book, TODAY)] == ["a", "b", "c", "d", "e", "g"]


def test_without_a_recorded_year_the_date_of_birth_decides(case: Case, book: RuleBook) -> None:
    born = replace(case, child=replace(case.child, year_group="", date_of_birth=date(2012, 8, 31)))
    assert len(required(born, book, TODAY)) == 6
    unknown = replace(case, child=replace(case.child, year_group="", date_of_birth=None))
    assert len(required(unknown, book, TODAY)) == 5


def test_a_qualified_teacher_is_asked_where_the_case_says_so(case: Case, book: RuleBook) -> None:
    deaf = replace(case, child=replace(case.child, sensory_impairment=True))
    assert [giver.letter for giver in required(deaf, book, TODAY)] == ["a", "b", "c", "d", "e", "6(2)"]
    head = line("b", Cell.EDUCATION, State.CONTRIBUTES, role="Headteacher")
    held = replace(deaf, contributions=(head,))
    assert strip(held, book, TODAY)[Cell.EDUCATION].state is State.NOT_REQUESTED
    teacher = line("t", Cell.EDUCATION, State.CONTRIBUTES, role="Teacher of the deaf")
    both = replace(deaf, contributions=(head, teacher))
    assert strip(both, book, TODAY)[Cell.EDUCATION].state is State.CONTRIBUTES
    alone = replace(deaf, contributions=(teacher,))
    assert strip(alone, book, TODAY)[Cell.EDUCATION].state is State.NOT_REQUESTED


def test_everybody_required_stands_exactly_once(case: Case, book: RuleBook) -> None:
    held = replace(case, contributions=(line("h", Cell.HEALTH, State.CONTRIBUTES),))
    statuses = register(held, book, TODAY)
    assert [status.cell for status in statuses] == YOUNG
    assert [status.state for status in statuses if status.contribution] == [State.CONTRIBUTES]


def test_before_the_decision_to_assess_nothing_is_due(case: Case, book: RuleBook) -> None:
    early = replace(case, events=())
    assert register(early, book, TODAY) == ()
    assert {cell.state for cell in strip(early, book, TODAY).values()} == {State.NOT_DUE}
    assert missing_box(early, book, TODAY) is None
    tomorrow = replace(case, events=(CaseEvent("e", EventKind.DECISION_ASSESS, date(2026, 4, 21)),))
    assert register(tomorrow, book, TODAY) == ()


def test_a_register_made_ready_does_not_stand_for_the_decision(case: Case, book: RuleBook) -> None:
    waiting = replace(case, events=(CaseEvent("e0", EventKind.REQUEST_RECEIVED, date(2026, 1, 5)),))
    ready = Contribution("c", Cell.HEALTH, stated=State.NOT_REQUESTED)
    for line in (ready, replace(ready, stated=State.NOT_DUE), replace(ready, stated=None)):
        assert {one.state for one in strip(replace(waiting, contributions=(line,)), book, TODAY).values()} == {
            State.NOT_DUE
        }
    asked = replace(ready, stated=State.REQUESTED)
    assert strip(replace(waiting, contributions=(asked,)), book, TODAY)[Cell.HEALTH].state is State.REQUESTED
    silent = replace(waiting, events=(), contributions=(ready,))
    assert strip(silent, book, TODAY)[Cell.HEALTH].state is State.NOT_REQUESTED


def test_a_refusal_to_assess_ends_it_until_a_later_decision(case: Case, book: RuleBook) -> None:
    refused = (*case.events, CaseEvent("e2", EventKind.DECISION_NOT_ASSESS, date(2026, 3, 9)))
    assert register(replace(case, events=refused), book, TODAY) == ()
    ordered = (*refused, CaseEvent("e3", EventKind.TRIBUNAL_ORDER, date(2026, 4, 1)))
    assert len(register(replace(case, events=ordered), book, TODAY)) == 5


@pytest.mark.parametrize(
    "sign",
    [
        {"contributions": (line("h", Cell.HEALTH),)},
        {"version": Version.FINAL},
        {"stage": Stage.AMENDMENT},
        {"entries": (Entry("b", Section.B, EntryKind.NEED),)},
    ],
)
def test_what_shows_that_the_decision_lies_behind(case: Case, book: RuleBook, sign: dict[str, object]) -> None:
    shown = replace(case, events=(), **sign)  # type: ignore[arg-type]  # any field of a case
    assert len(register(shown, book, TODAY)) == 5


def test_the_register_is_filled_once(case: Case, book: RuleBook) -> None:
    new = ids()
    lines = fill_register(case, book, date(2026, 3, 2), new_id=lambda: next(new))
    assert [(one.id, one.cell, one.letter) for one in lines][:2] == [
        ("n1", Cell.FAMILY, "a"),
        ("n2", Cell.EDUCATION, "b"),
    ]
    filled = replace(case, contributions=lines)
    assert fill_register(filled, book, date(2026, 3, 2), new_id=lambda: next(new)) == ()
    older = fill_register(in_year(filled, "9"), book, date(2026, 3, 2), new_id=lambda: next(new))
    assert [one.letter for one in older] == ["g"]


def test_a_cell_shows_the_worst_of_its_advisers_and_the_tip_lists_all(case: Case, book: RuleBook) -> None:
    lines = (
        line("h1", Cell.HEALTH, State.CONTRIBUTES, name="Dr Shah"),
        line("h2", Cell.HEALTH, State.NOT_KNOWN, role="CAMHS"),
        line("h3", Cell.HEALTH, State.NO_RELEVANT_NEEDS, role="school nurse"),
    )
    cell = strip(replace(case, contributions=lines), book, TODAY)[Cell.HEALTH]
    assert cell.state is State.NOT_KNOWN
    assert all(who in cell.tip for who in ("Dr Shah", "CAMHS", "school nurse", "reg 6(1)(c)"))
    assert len(cell.statuses) == 3


def test_others_is_a_dash_until_somebody_else_is_asked(case: Case, book: RuleBook) -> None:
    assert strip(case, book, TODAY)[Cell.OTHERS].state is State.NOT_DUE
    held = replace(case, contributions=(line("o", Cell.OTHERS),))
    assert strip(held, book, TODAY)[Cell.OTHERS].state is State.NOT_REQUESTED


def asked(cell: Cell, *kinds: tuple[Kind, date], state: State | None = None) -> Contribution:
    events = tuple(
        ContributionEvent(f"{kind}{on}", kind, on, state=state if kind is Kind.CONFIRMED else None)
        for kind, on in kinds
    )
    return Contribution(cell.value, cell, events=events)


def answered(*cells: Cell) -> tuple[Contribution, ...]:
    return tuple(line(cell.value, cell, State.CONTRIBUTES) for cell in cells)


REQUESTED = (Kind.REQUESTED, date(2026, 3, 3))


def test_the_box_says_what_is_missing_to_the_letter(case: Case, book: RuleBook) -> None:
    chased = asked(Cell.SOCIAL_CARE, REQUESTED, (Kind.CHASED, date(2026, 4, 15)), (Kind.CHASED, date(2026, 4, 18)))
    held = replace(case, contributions=(*answered(*YOUNG[:4]), chased))
    assert missing_box(held, book, TODAY) == (
        "This draft was prepared without: social care advice (requested 3 March 2026, due 14 April 2026, chased twice)"
    )
    words = "social care advice (requested 3 March 2026, due 14 April 2026, chased twice)"
    concerned = (Section.D, Section.H1, Section.H2)
    assert notices(held, book, TODAY) == dict.fromkeys(concerned, (f"This section was prepared without: {words}",))


def test_several_are_joined(case: Case, book: RuleBook) -> None:
    unknown = asked(Cell.SOCIAL_CARE, REQUESTED, (Kind.CONFIRMED, date(2026, 4, 1)), state=State.NOT_KNOWN)
    held = replace(case, contributions=(*answered(Cell.FAMILY, Cell.EDUCATION, Cell.PSYCHOLOGY), unknown))
    assert missing_box(held, book, TODAY) == (
        "This draft was prepared without: health advice (not requested); social care advice "
        "(the service answered on 1 April 2026 that the child is not known to it)"
    )
    assert list(notices(held, book, TODAY)) == [Section.C, Section.D, Section.G, Section.H1, Section.H2]


def test_where_a_cell_has_several_the_adviser_is_named(case: Case, book: RuleBook) -> None:
    two = (
        line("h1", Cell.HEALTH, State.CONTRIBUTES, role="paediatrician"),
        line("h2", Cell.HEALTH, role="speech and language therapist"),
        line("o1", Cell.OTHERS, role="youth worker"),
        line("o2", Cell.OTHERS),
    )
    held = replace(
        case, contributions=(*answered(Cell.FAMILY, Cell.EDUCATION, Cell.PSYCHOLOGY, Cell.SOCIAL_CARE), *two)
    )
    assert missing_box(held, book, TODAY) == (
        "This draft was prepared without: health advice from speech and language therapist (not requested); "
        "other advice from youth worker (not requested); other advice (not requested)"
    )
    assert len(notices(held, book, TODAY)[Section.K]) == 2


def test_nothing_missing_prints_nothing(case: Case, book: RuleBook) -> None:
    held = replace(case, contributions=answered(*YOUNG))
    assert missing_box(held, book, TODAY) is None
    assert notices(held, book, TODAY) == {}


def test_every_cell_stands_beside_some_words(book: RuleBook) -> None:
    assert sections_of(Cell.FAMILY, book) == (Section.A,)
    assert sections_of(Cell.ADULTHOOD, book) == (Section.E, Section.F)
    assert all(sections_of(cell, book) for cell in Cell)
