"""Where a contribution stands: by events and the day, by what a file states, and by reg 8."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from send_desk.domain.case import Case, Document, Exemption
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.contribution_state import ContributionStatus, status_of
from send_desk.domain.contribution_telling import recorded_state
from send_desk.domain.ids import Cell, Ground, State
from send_desk.domain.ids import ContributionEventKind as Kind
from send_desk.domain.person import Adviser
from send_desk.domain.rulebook import RuleBook

ASKED, DUE = date(2026, 3, 3), date(2026, 4, 14)
ALL_AGREE = ("adviser", "authority", "family")


def event(kind: Kind, on: date | None = None, **more: object) -> ContributionEvent:
    return ContributionEvent(f"{kind}-{on}-{len(more)}", kind, on, **more)  # type: ignore[arg-type]  # fields vary by kind


def look(case: Case, book: RuleBook, *events: ContributionEvent, on: date = DUE, **more: object) -> ContributionStatus:
    line = replace(Contribution("c", Cell.SOCIAL_CARE, events=events), **more)  # type: ignore[arg-type]  # any field
    return status_of(line, replace(case, contributions=(line,)), book, on)


def test_nobody_asked(case: Case, book: RuleBook) -> None:
    assert look(case, book).state is State.NOT_REQUESTED
    assert look(case, book).bracket == "not requested"


def test_asked_runs_six_weeks_from_the_request_where_the_receipt_is_not_known(case: Case, book: RuleBook) -> None:
    status = look(case, book, event(Kind.REQUESTED, ASKED), on=date(2026, 4, 2))
    assert (status.state, status.due, status.days_left, status.days_late) == (State.REQUESTED, DUE, 12, None)
    assert status.words == "asked, 12 days left: requested 3 March 2026, due 14 April 2026"


def test_asked_runs_six_weeks_from_the_bodys_receipt(case: Case, book: RuleBook) -> None:
    status = look(case, book, event(Kind.REQUESTED, ASKED), event(Kind.RECEIVED_BY_BODY, date(2026, 3, 6)))
    assert status.due == date(2026, 4, 17)


def test_the_due_day_itself_is_in_time_and_the_day_after_is_late(case: Case, book: RuleBook) -> None:
    asked = event(Kind.REQUESTED, ASKED)
    assert look(case, book, asked, on=DUE).words.startswith("asked, due today")
    late = look(case, book, asked, on=DUE + timedelta(days=1))
    assert (late.state, late.days_late, late.days_left) == (State.OVERDUE, 1, None)
    assert late.words == "overdue by 1 day: requested 3 March 2026, due 14 April 2026"


def test_chases_are_counted_from_the_request_and_stand_in_the_bracket(case: Case, book: RuleBook) -> None:
    chases = [event(Kind.CHASED, date(2026, 4, day)) for day in (15, 20)]
    status = look(case, book, event(Kind.REQUESTED, ASKED), *chases, on=date(2026, 5, 1))
    assert status.bracket == "requested 3 March 2026, due 14 April 2026, chased twice"
    assert status.last_contact == date(2026, 4, 20)


def test_an_acknowledgement_is_no_answer(case: Case, book: RuleBook) -> None:
    events = (event(Kind.REQUESTED, ASKED), event(Kind.ACKNOWLEDGED, date(2026, 3, 5)))
    assert look(case, book, *events, on=date(2026, 3, 10)).state is State.ACKNOWLEDGED
    assert look(case, book, *events, on=date(2026, 3, 10)).words.startswith("acknowledged, 35 days left")
    assert look(case, book, *events, on=date(2026, 5, 1)).state is State.OVERDUE


def test_an_acknowledgement_or_receipt_without_a_request_shows_that_somebody_asked(case: Case, book: RuleBook) -> None:
    assert look(case, book, event(Kind.ACKNOWLEDGED, ASKED)).state is State.ACKNOWLEDGED
    assert look(case, book, event(Kind.RECEIVED_BY_BODY, ASKED)).state is State.REQUESTED


def test_received_is_not_yet_an_answer(case: Case, book: RuleBook) -> None:
    status = look(case, book, event(Kind.REQUESTED, ASKED), event(Kind.RECEIVED, date(2026, 4, 1)))
    assert status.state is State.RECEIVED
    assert status.bracket == "received on 1 April 2026, not yet considered"
    assert not status.content_stands


@pytest.mark.parametrize("state", [State.CONTRIBUTES, State.NO_RELEVANT_NEEDS])
def test_a_confirmed_answer_is_acceptable(case: Case, book: RuleBook, state: State) -> None:
    status = look(case, book, event(Kind.REQUESTED, ASKED), event(Kind.CONFIRMED, DUE, state=state))
    assert (status.state, status.answered, status.content_stands) == (state, DUE, True)


@pytest.mark.parametrize(
    ("state", "bracket"),
    [
        (State.NOT_KNOWN, "the service answered on 1 April 2026 that the child is not known to it"),
        (State.ADMINISTRATIVE_ONLY, "the answer of 1 April 2026 contains no advice"),
        (State.DECLINED, "the service declined on 1 April 2026 to give it"),
    ],
)
def test_an_answer_that_is_none(case: Case, book: RuleBook, state: State, bracket: str) -> None:
    status = look(case, book, event(Kind.CONFIRMED, date(2026, 4, 1), state=state))
    assert (status.state, status.bracket, status.content_stands) == (state, bracket, False)


def test_advice_counts_as_received_on_the_day_it_came_however_late_it_is_looked_at(case: Case, book: RuleBook) -> None:
    came = (event(Kind.REQUESTED, ASKED), event(Kind.RECEIVED, DUE))
    looked = event(Kind.CONFIRMED, date(2026, 6, 1), state=State.CONTRIBUTES)
    assert look(case, book, *came, looked).answered == DUE
    assert look(case, book, event(Kind.REQUESTED, ASKED), looked).answered == looked.on


def test_a_refusal_is_kept_with_its_day(case: Case, book: RuleBook) -> None:
    assert look(case, book, event(Kind.REQUESTED, ASKED), event(Kind.DECLINED, DUE)).state is State.DECLINED


def test_a_confirmation_takes_the_state_of_the_file_where_it_carries_none(case: Case, book: RuleBook) -> None:
    confirmed = event(Kind.CONFIRMED, date(2026, 4, 1))
    assert look(case, book, confirmed, stated=State.NOT_KNOWN).state is State.NOT_KNOWN
    assert look(case, book, confirmed).state is State.RECEIVED


def test_asking_again_starts_a_new_clock_and_forgets_old_chases(case: Case, book: RuleBook) -> None:
    first = (event(Kind.REQUESTED, ASKED), event(Kind.CHASED, DUE), event(Kind.DECLINED, date(2026, 4, 20)))
    status = look(case, book, *first, event(Kind.REQUESTED, date(2026, 5, 1)), on=date(2026, 5, 2))
    assert (status.state, status.asked, status.chased) == (State.REQUESTED, date(2026, 5, 1), 0)


def test_sending_the_request_again_does_not_move_the_clock(case: Case, book: RuleBook) -> None:
    status = look(case, book, event(Kind.REQUESTED, ASKED), event(Kind.REQUESTED, date(2026, 4, 1)))
    assert (status.asked, status.due, status.last_contact) == (ASKED, DUE, date(2026, 4, 1))


def test_events_count_by_their_day_and_undated_ones_stay_in_place(case: Case, book: RuleBook) -> None:
    late_entry = (event(Kind.CONFIRMED, DUE, state=State.CONTRIBUTES), event(Kind.REQUESTED, ASKED))
    assert look(case, book, *late_entry).state is State.CONTRIBUTES
    undated = (event(Kind.REQUESTED), event(Kind.CONFIRMED, state=State.NOT_KNOWN))
    status = look(case, book, *undated)
    assert status.bracket == "the service answered that the child is not known to it"


def test_a_request_on_a_day_nobody_recorded_is_never_late(case: Case, book: RuleBook) -> None:
    status = look(case, book, event(Kind.REQUESTED), on=date(2099, 1, 1))
    assert (status.state, status.due, status.bracket) == (State.REQUESTED, None, "requested, the day is not recorded")


def test_the_end_of_the_calendar_is_no_error(case: Case, book: RuleBook) -> None:
    assert look(case, book, event(Kind.REQUESTED, date.max)).due == date.max


def test_earlier_advice_counts_only_when_adviser_authority_and_family_agree(case: Case, book: RuleBook) -> None:
    two = event(Kind.REUSE_AGREED, DUE, agreed_by=ALL_AGREE[:2])
    assert look(case, book, two).state is State.NOT_REQUESTED
    third = event(Kind.REUSE_AGREED, DUE, agreed_by=("Family",))
    assert look(case, book, two, third).state is State.REUSED


EXCUSES = [
    (Ground.ABSENCE, date(2026, 3, 10), date(2026, 4, 7), True),
    (Ground.ABSENCE, date(2026, 3, 10), date(2026, 4, 6), False),
    (Ground.PERSONAL_CIRCUMSTANCES, date(2026, 3, 10), None, True),
    (Ground.MISSED_APPOINTMENT, date(2026, 3, 20), None, True),
    (Ground.MISSED_APPOINTMENT, date(2026, 4, 30), None, False),
    (Ground.SCHOOL_CLOSED, date(2026, 3, 10), date(2026, 4, 20), False),
    (Ground.OTHER, date(2026, 3, 10), date(2026, 4, 20), False),
]


@pytest.mark.parametrize(("ground", "first", "last", "lawful"), EXCUSES)
def test_only_the_grounds_of_reg_8_lift_the_time_limit(
    case: Case, book: RuleBook, ground: Ground, first: date, last: date | None, lawful: bool
) -> None:
    claimed = event(Kind.EXCEPTION, first, ground=ground, until=last)
    status = look(case, book, event(Kind.REQUESTED, ASKED), claimed, on=date(2026, 6, 1))
    assert status.state is (State.LAWFUL_EXCEPTION if lawful else State.OVERDUE)
    assert status.due == DUE, "an exemption never moves a date"
    assert not status.content_stands
    assert status.clock_stands is lawful
    assert status.exception is not None and status.exception.applies is lawful


def test_an_exemption_recorded_on_the_case_is_weighed_too(case: Case, book: RuleBook) -> None:
    exempt = Exemption("x", "ADVICE_IN", Ground.MISSED_APPOINTMENT, date(2026, 3, 20), contribution="c")
    other = replace(exempt, contribution="another")
    asked = event(Kind.REQUESTED, ASKED)
    held = look(replace(case, exemptions=(other, exempt)), book, asked, on=date(2026, 6, 1))
    assert held.state is State.LAWFUL_EXCEPTION
    assert held.bracket.endswith("time limit lifted by regulation 8(2)")
    assert look(replace(case, exemptions=(other,)), book, asked, on=date(2026, 6, 1)).state is State.OVERDUE


PAPER = Document("d", dated=date(2026, 3, 20))


def test_a_state_without_events_is_taken_as_confirmed_on_the_documents_date(case: Case, book: RuleBook) -> None:
    status = look(replace(case, documents=(PAPER,)), book, stated=State.NO_RELEVANT_NEEDS, document="d")
    assert (status.state, status.answered) == (State.NO_RELEVANT_NEEDS, PAPER.dated)
    assert look(case, book, stated=State.CONTRIBUTES).answered is None


def test_a_stated_answer_holds_where_events_carry_none(case: Case, book: RuleBook) -> None:
    events = (event(Kind.REQUESTED, ASKED), event(Kind.RECEIVED, DUE))
    assert look(case, book, *events, stated=State.CONTRIBUTES).state is State.CONTRIBUTES


@pytest.mark.parametrize(
    ("stated", "state"),
    [
        (State.OVERDUE, State.REQUESTED),
        (State.REQUESTED, State.REQUESTED),
        (State.ACKNOWLEDGED, State.ACKNOWLEDGED),
        (State.LAWFUL_EXCEPTION, State.LAWFUL_EXCEPTION),
        (State.NOT_REQUESTED, State.NOT_REQUESTED),
        (State.NOT_DUE, State.NOT_REQUESTED),
    ],
)
def test_an_imported_state_that_is_computed_here_is_not_believed(
    case: Case, book: RuleBook, stated: State, state: State
) -> None:
    assert look(case, book, stated=stated).state is state
    assert look(case, book, event(Kind.CONFIRMED, ASKED, state=stated)).state is state


def test_an_imported_overdue_is_requested_and_becomes_overdue_by_the_day(case: Case, book: RuleBook) -> None:
    asked = event(Kind.REQUESTED, ASKED)
    assert look(case, book, asked, stated=State.OVERDUE, on=DUE).state is State.REQUESTED
    assert look(case, book, asked, stated=State.REQUESTED, on=date(2026, 4, 15)).state is State.OVERDUE


def test_a_paper_that_nobody_has_judged_is_received(case: Case, book: RuleBook) -> None:
    held = replace(case, documents=(PAPER,))
    assert look(held, book, event(Kind.REQUESTED, ASKED), document="d").state is State.RECEIVED
    assert look(held, book, event(Kind.RECEIVED, DUE), document="d").answered == DUE
    assert look(held, book, document="").state is State.NOT_REQUESTED


def test_adulthood_is_not_due_before_year_9(case: Case, book: RuleBook) -> None:
    assert look(case, book, cell=Cell.ADULTHOOD).state is State.NOT_DUE
    older = replace(case, child=replace(case.child, year_group="Year 9"))
    assert look(older, book, cell=Cell.ADULTHOOD).state is State.NOT_REQUESTED


def test_the_family_is_asked_but_never_timed(case: Case, book: RuleBook) -> None:
    status = look(case, book, event(Kind.REQUESTED, ASKED), on=date(2027, 1, 1), cell=Cell.FAMILY)
    assert (status.state, status.due) == (State.REQUESTED, None)


def test_who_the_adviser_is(case: Case, book: RuleBook) -> None:
    assert look(case, book, adviser=Adviser("Dr Shah", "paediatrician", "Hospital")).adviser_words == (
        "Dr Shah, paediatrician"
    )
    assert look(case, book, adviser=Adviser(service="Early Help")).adviser_words == "Early Help"
    assert look(case, book).adviser_words == "Social care advice"
    assert look(case, book, letter="e").giver is not None


@pytest.mark.parametrize(
    ("state", "bracket"),
    [
        (State.CONTRIBUTES, "advice received on 1 April 2026"),
        (State.NO_RELEVANT_NEEDS, "no relevant needs found, stated on 1 April 2026"),
        (State.REUSED, "earlier advice of 1 April 2026 used again with the agreement of all"),
    ],
)
def test_what_an_answer_is_called(case: Case, book: RuleBook, state: State, bracket: str) -> None:
    assert look(case, book, event(Kind.CONFIRMED, date(2026, 4, 1), state=state)).bracket == bracket


def test_without_a_day_the_words_still_read(case: Case, book: RuleBook) -> None:
    assert look(case, book, stated=State.REUSED).bracket == "earlier advice used again with the agreement of all"
    assert look(case, book, stated=State.NO_RELEVANT_NEEDS).bracket == "no relevant needs found"


def test_the_register_alone_knows_neither_lateness_nor_year(case: Case, book: RuleBook) -> None:
    line = Contribution("c", Cell.ADULTHOOD, stated=State.OVERDUE)
    assert recorded_state(line, case) is State.REQUESTED
    assert recorded_state(replace(line, stated=None), case) is State.NOT_REQUESTED


def test_an_exception_by_the_letter_of_the_interface_stops_the_clock_and_not_the_content(
    case: Case, book: RuleBook
) -> None:
    asked, late = event(Kind.REQUESTED, ASKED), date(2026, 6, 1)
    status = look(case, book, asked, event(Kind.EXCEPTION, date(2026, 4, 1)), on=late)
    assert status.state is State.LAWFUL_EXCEPTION and not status.content_stands
    named = event(Kind.EXCEPTION, date(2026, 4, 1), ground=Ground.OTHER)
    assert look(case, book, asked, named, on=late).state is State.OVERDUE


def test_three_who_agree_one_after_the_other_let_earlier_advice_be_used_again(case: Case, book: RuleBook) -> None:
    agreed = [event(Kind.REUSE_AGREED, ASKED, role=who) for who in ("adviser", "authority")]
    assert look(case, book, *agreed).state is State.NOT_REQUESTED
    assert look(case, book, *agreed, event(Kind.REUSE_AGREED, ASKED, by="family")).state is State.REUSED
