"""Every row of the law is there, under its id, with everything that a row must say."""

from datetime import date

import pytest

from send_desk.domain.errors import WrongUse
from send_desk.domain.ids import Area, Cell, EntryKind, EventKind, Ground, Section
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.time_limit import Confirmed, EventMatch, LimitKind, Unit, Who

_IDS = """
REQ_CONSULT DEC_ASSESS ADVICE_IN DEC_NO_PLAN DRAFT_SENT DRAFT_REPS SCHOOL_CONSULT FINAL_PLAN
AR_FIRST AR_NEXT AR_NOTICE AR_PAPERS AR_REPORT AR_DECISION AR_AMEND_NOTICE AMEND_REPS AMEND_FINAL AMEND_REFUSED
AR_TO_FINAL AMEND_NO_REVIEW PHASE_FEB PHASE_MAR PHASE_P16 EY_REVIEW REASSESS_DEC REASSESS_BAR REASSESS_FINAL
MOVE_OUT MOVE_TELL MOVE_REVIEW MOVE_ICB CEASE_CONSULT CEASE_HOLD
MED_CONTACT MED_CERT MED_MEETING APPEAL APPEAL_RESPONSE
TRIB_ASSESS_TELL TRIB_ASSESS_NO TRIB_ASSESS_FINAL TRIB_MAKE_DRAFT TRIB_MAKE_FINAL TRIB_AMEND TRIB_NAME TRIB_CEASE_OK
UNOPP_TELL UNOPP_NO UNOPP_FINAL UNOPP_AMEND UNOPP_NAME UNOPP_MAKE TRIB_REC SAR SEN2_2027
"""
ROWS = _IDS.split()

CHECKED_TO = date(2026, 7, 15)


def test_the_rows_are_exactly_those_of_the_law(book: RuleBook) -> None:
    assert len(ROWS) == len(set(ROWS)) == 55
    assert set(book.time_limits) == set(ROWS)


@pytest.mark.parametrize("rule", ROWS)
def test_a_row_says_from_what_how_long_to_what_and_on_whose_word(book: RuleBook, rule: str) -> None:
    limit = book.limit(rule)
    assert limit.id == rule
    assert limit.title and limit.ends_with and limit.citation and limit.starts
    assert limit.checked_to == CHECKED_TO
    assert limit.exemptions in book.exemption_sets
    assert bool(limit.exempt_by) == (limit.exemptions != "NONE")
    assert not limit.ends_with.endswith(".")


@pytest.mark.parametrize(
    ("confirmed", "rules"),
    [
        (
            Confirmed.NO,
            {"DRAFT_SENT", "SCHOOL_CONSULT", "AMEND_NO_REVIEW", "MED_MEETING", "TRIB_REC"},
        ),
        (
            Confirmed.SECONDARY,
            {
                *("REQ_CONSULT", "AR_FIRST", "AR_REPORT", "AR_DECISION", "AMEND_REFUSED", "REASSESS_DEC"),
                *("REASSESS_BAR", "MOVE_ICB", "MED_CONTACT", "MED_CERT", "APPEAL_RESPONSE", "TRIB_AMEND"),
                *("TRIB_NAME", "UNOPP_NAME", "UNOPP_MAKE"),
            },
        ),
    ],
)
def test_what_is_not_confirmed_says_so(book: RuleBook, confirmed: Confirmed, rules: set[str]) -> None:
    assert {limit.id for limit in book.time_limits.values() if limit.confirmed is confirmed} == rules


@pytest.mark.parametrize(
    ("exemptions", "rules"),
    [
        ("EXA", {"DEC_ASSESS", "DEC_NO_PLAN", "FINAL_PLAN", "REASSESS_FINAL"}),
        ("EXB", {"ADVICE_IN"}),
        (
            "EXT",
            {
                *("TRIB_ASSESS_TELL", "TRIB_ASSESS_NO", "TRIB_ASSESS_FINAL", "TRIB_MAKE_DRAFT", "TRIB_MAKE_FINAL"),
                *("TRIB_AMEND", "TRIB_NAME", "UNOPP_TELL", "UNOPP_NO", "UNOPP_FINAL", "UNOPP_AMEND", "UNOPP_NAME"),
                "UNOPP_MAKE",
            },
        ),
    ],
)
def test_who_may_be_exempted(book: RuleBook, exemptions: str, rules: set[str]) -> None:
    assert {limit.id for limit in book.time_limits.values() if limit.exemptions == exemptions} == rules


def test_windows_guidance_and_targets_are_told_from_duties(book: RuleBook) -> None:
    kinds = {kind: {limit.id for limit in book.time_limits.values() if limit.kind is kind} for kind in LimitKind}
    assert kinds[LimitKind.WINDOW] == {
        *("DRAFT_REPS", "AMEND_REPS", "MED_CONTACT", "APPEAL"),
        *("CEASE_HOLD", "REASSESS_BAR"),
    }
    assert kinds[LimitKind.GUIDANCE] == {"SCHOOL_CONSULT", "EY_REVIEW"}
    assert kinds[LimitKind.TARGET] == {"DRAFT_SENT"}
    assert all(not book.limit(rule).acts_early for rule in ("DRAFT_REPS", "AMEND_REPS", "MED_CONTACT", "APPEAL"))


def test_the_family_is_given_time_and_never_a_duty(book: RuleBook) -> None:
    of_family = [limit for limit in book.time_limits.values() if limit.who is Who.FAMILY]
    assert of_family and all(limit.kind is LimitKind.WINDOW for limit in of_family)


def test_working_days_are_counted_only_where_the_law_says_so(book: RuleBook) -> None:
    counted = {limit.id for limit in book.time_limits.values() if limit.span.unit is Unit.WORKING_DAYS}
    assert counted == {"MOVE_ICB", "MED_CERT", "APPEAL_RESPONSE"}
    tribunal = {limit.id for limit in book.time_limits.values() if limit.calendar or limit.rolls_on}
    assert tribunal == {"APPEAL", "APPEAL_RESPONSE", "CEASE_HOLD"}


def test_events_of_a_case_that_rows_name_are_those_of_the_interface(book: RuleBook) -> None:
    """A slip in the name of an ending would leave a clock running for ever."""
    kinds = {kind.value for kind in EventKind}
    for limit in book.time_limits.values():
        if limit.id == "ADVICE_IN":
            continue
        ending = [
            *limit.done_by,
            *limit.moot_by,
            *limit.revived_by,
            *limit.sealed_by,
            *limit.undone_by,
            *limit.done_after,
        ]
        named = [*ending, *limit.relevance.standing_on]
        assert {match.kind for match in named} <= kinds, limit.id
        relevance = limit.relevance
        assert {*relevance.unless_preceded_by, *relevance.since, *relevance.once_until} <= kinds, limit.id
    assert set(book.appealable) <= kinds


def test_the_clocks_of_the_assessment_start_with_the_request_or_with_responsibility(book: RuleBook) -> None:
    for rule in ("REQ_CONSULT", "DEC_ASSESS", "DEC_NO_PLAN", "DRAFT_SENT", "FINAL_PLAN"):
        assert book.limit(rule).starts == (EventMatch("request_received"), EventMatch("became_responsible"))


def test_sections_are_those_of_reg_12_with_their_printed_headings(book: RuleBook) -> None:
    assert [section.letter for section in book.sections] == [letter.value for letter in Section]
    assert book.section("F").heading == "Section F: Special educational provision"
    for section in book.sections:
        assert section.title and section.citation and section.holds
        assert EntryKind.NIL in section.kinds
        assert all(holding.text and holding.citation for holding in section.holds)
    with pytest.raises(WrongUse, match="no section L"):
        book.section("L")


@pytest.mark.parametrize(
    ("letters", "cells"),
    [
        ("C G", (Cell.HEALTH,)),
        ("D H1 H2", (Cell.SOCIAL_CARE,)),
        ("B", (Cell.EDUCATION, Cell.PSYCHOLOGY)),
        ("F", (Cell.EDUCATION, Cell.PSYCHOLOGY, Cell.ADULTHOOD)),
        ("A", (Cell.FAMILY,)),
        ("E", (Cell.ADULTHOOD,)),
        ("K", (Cell.OTHERS,)),
        ("I J", ()),
    ],
)
def test_whose_answers_stand_beside_the_words(book: RuleBook, letters: str, cells: tuple[Cell, ...]) -> None:
    for letter in letters.split():
        assert book.section(letter).cells == cells


def test_every_kind_of_entry_has_a_section(book: RuleBook) -> None:
    assert {kind for section in book.sections for kind in section.kinds} == set(EntryKind)


def test_advice_is_sought_from_everybody_in_reg_6(book: RuleBook) -> None:
    assert [giver.letter for giver in book.advice_givers] == ["a", "b", "c", "d", "e", "f", "g", "h", "6(2)"]
    assert {giver.cell for giver in book.advice_givers} == set(Cell)
    by_letter = {giver.letter: giver for giver in book.advice_givers}
    assert [letter for letter, giver in by_letter.items() if not giver.always] == ["f", "h", "6(2)"]
    assert {letter: giver.from_year for letter, giver in by_letter.items() if giver.from_year} == {"g": 9}
    assert [letter for letter, giver in by_letter.items() if not giver.clock] == ["a"]


def test_areas_strands_marks_and_thresholds(book: RuleBook) -> None:
    assert [area.area for area in book.areas] == [
        *(Area.COMMUNICATION, Area.COGNITION),
        *(Area.SEMH, Area.SENSORY_PHYSICAL),
    ]
    assert [strand.id for strand in book.strands] == [
        *("employment", "independent_living"),
        *("community_participation", "good_health"),
    ]
    assert [mark.week for mark in book.week_marks] == [6, 12, 16, 20]
    assert (book.threshold("chase_working_days"), book.threshold("advice_months")) == (10, 12)
    assert all(threshold.text and threshold.citation for threshold in book.thresholds.values())


def test_grounds_and_the_days_they_take(book: RuleBook) -> None:
    days = {name: {g: law.days for g, law in s.grounds.items()} for name, s in book.exemption_sets.items()}
    assert days == {
        "EXA": {
            Ground.SCHOOL_CLOSED: 28,
            Ground.EARLY_YEARS_CLOSED: 28,
            Ground.PERSONAL_CIRCUMSTANCES: 0,
            Ground.ABSENCE: 28,
        },
        "EXB": {Ground.PERSONAL_CIRCUMSTANCES: 0, Ground.ABSENCE: 28, Ground.MISSED_APPOINTMENT: 0},
        "EXT": {
            Ground.SCHOOL_CLOSED: 28,
            Ground.EARLY_YEARS_CLOSED: 28,
            Ground.PERSONAL_CIRCUMSTANCES: 0,
            Ground.ABSENCE: 14,
        },
        "NONE": {},
    }


def test_the_rule_book_says_to_which_day_the_law_was_checked(book: RuleBook) -> None:
    assert (book.framework, book.in_force, book.checked_to) == ("england-2014", date(2014, 9, 1), CHECKED_TO)
    assert "15 July 2026" in book.notice
