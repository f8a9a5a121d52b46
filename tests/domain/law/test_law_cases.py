"""Dates that a lawyer can check by hand: the rule, the day it starts, the day it ends, the working day to act by."""

from datetime import date

import pytest

from send_desk.domain.deadlines import due
from send_desk.domain.errors import WrongUse
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.time_limit import LimitKind

# rule, start, due, act by, what it shows
WORKED = [
    ("DEC_ASSESS", "2026-01-05", "2026-02-16", "2026-02-16", "reg 5(1): six weeks of receiving, Monday to Monday"),
    ("DEC_ASSESS", "2025-11-13", "2025-12-25", "2025-12-24", "Christmas Day stays the legal day; act the day before"),
    ("DEC_ASSESS", "2026-01-10", "2026-02-21", "2026-02-20", "a Saturday stays the legal day; act on Friday"),
    ("DEC_ASSESS", "2026-07-20", "2026-08-31", "2026-08-28", "the school holidays pause nothing; a bank holiday"),
    ("ADVICE_IN", "2026-03-03", "2026-04-14", "2026-04-14", "reg 8(1): six weeks from the body's receipt"),
    ("DEC_NO_PLAN", "2026-01-05", "2026-04-27", "2026-04-27", "reg 10(1): sixteen weeks"),
    ("DRAFT_SENT", "2026-01-05", "2026-04-27", "2026-04-27", "a target of sixteen weeks"),
    ("DRAFT_REPS", "2026-03-02", "2026-03-16", None, "reg 13(1)(a): beginning with the day of service, so + 14"),
    ("SCHOOL_CONSULT", "2026-03-02", "2026-03-17", "2026-03-17", "Code 9.83: fifteen days"),
    ("FINAL_PLAN", "2026-01-05", "2026-05-25", "2026-05-22", "reg 13(2): twenty weeks, on a bank holiday"),
    ("AR_FIRST", "2025-11-24", "2026-11-23", "2026-11-23", "s44(1)(a): twelve months starting with that day"),
    ("AR_FIRST", "2024-02-29", "2025-02-27", "2025-02-27", "the day before the corresponding day, 28 February"),
    ("AR_NEXT", "2025-03-01", "2026-02-28", "2026-02-27", "s44(1)(b), ending on a Saturday"),
    ("AR_NOTICE", "2026-06-15", "2026-06-01", "2026-06-01", "reg 20(3): at least two weeks before the meeting"),
    ("AR_PAPERS", "2026-06-08", "2026-05-25", "2026-05-22", "reg 20(4): on a bank holiday, so act before"),
    ("AR_REPORT", "2026-06-15", "2026-06-29", "2026-06-29", "reg 20(7): two weeks of the meeting"),
    ("AR_DECISION", "2026-06-15", "2026-07-13", "2026-07-13", "reg 20(10): four weeks of the meeting"),
    ("AR_AMEND_NOTICE", "2026-06-15", "2026-07-13", "2026-07-13", "Devon [2022]: the same four weeks"),
    ("AMEND_REPS", "2026-07-13", "2026-07-27", None, "reg 22(2)(c): beginning with the day of service"),
    ("AMEND_FINAL", "2026-07-13", "2026-09-07", "2026-09-07", "reg 22(3): eight weeks of the notice"),
    ("AMEND_REFUSED", "2026-07-13", "2026-09-07", "2026-09-07", "reg 22(4): the same eight weeks"),
    ("AR_TO_FINAL", "2026-06-15", "2026-09-07", "2026-09-07", "Devon [2022]: four and eight are twelve"),
    ("AMEND_NO_REVIEW", "2026-07-13", "2026-09-07", "2026-09-07", "reg 28"),
    ("PHASE_FEB", "2027-09-01", "2027-02-14", "2027-02-12", "reg 18(1)(b): before 15 February, on a Sunday"),
    ("PHASE_MAR", "2027-09-01", "2027-03-30", "2027-03-30", "reg 18(1)(a): before 31 March"),
    ("PHASE_P16", "2027-01-31", "2026-08-31", "2026-08-28", "reg 18(2): five months before, on a bank holiday"),
    ("PHASE_P16", "2026-07-31", "2026-02-28", "2026-02-27", "five months back from the 31st: February has none"),
    ("EY_REVIEW", "2026-01-05", "2026-07-05", "2026-07-03", "Code 9.178: three to six months"),
    ("REASSESS_DEC", "2026-01-05", "2026-01-20", "2026-01-20", "reg 25(1): fifteen days"),
    ("REASSESS_BAR", "2026-01-05", "2026-07-05", None, "reg 24(1): six months"),
    ("REASSESS_FINAL", "2026-01-05", "2026-04-13", "2026-04-13", "reg 27(2): fourteen weeks"),
    ("MOVE_OUT", "2026-06-15", "2026-06-15", "2026-06-15", "reg 15(2): on the day of the move"),
    ("MOVE_TELL", "2026-06-15", "2026-07-27", "2026-07-27", "reg 15(4): six weeks of the transfer"),
    ("MOVE_REVIEW", "2025-11-24", "2026-11-23", "2026-11-23", "reg 15(5): twelve months beginning with that day"),
    ("MOVE_ICB", "2026-03-27", "2026-04-21", "2026-04-21", "reg 16: fifteen working days, over Easter"),
    ("CEASE_HOLD", "2026-01-05", "2026-03-05", None, "s45(4): the time to appeal"),
    ("MED_CONTACT", "2025-12-31", "2026-02-28", None, "reg 33: two months; February has no 31st"),
    ("MED_CERT", "2026-04-02", "2026-04-09", "2026-04-09", "s55: three working days, over Easter"),
    ("MED_MEETING", "2026-01-05", "2026-02-04", "2026-02-04", "reg 36: thirty days"),
    ("APPEAL", "2026-01-05", "2026-03-05", None, "r 20: two months"),
    ("APPEAL", "2026-06-10", "2026-09-01", None, "r 12: an end in August moves to the first working day after"),
    ("APPEAL", "2025-10-27", "2026-01-02", None, "r 12: an end on 27 December moves past New Year's Day"),
    ("APPEAL_RESPONSE", "2026-07-20", "2026-09-29", "2026-09-29", "r 21: thirty Tribunal working days, none in August"),
    ("TRIB_ASSESS_TELL", "2026-01-05", "2026-01-19", "2026-01-19", "reg 44(2)(b): two weeks"),
    ("TRIB_ASSESS_NO", "2026-01-05", "2026-03-16", "2026-03-16", "reg 44(2)(b)(i): ten weeks"),
    ("TRIB_ASSESS_FINAL", "2026-01-05", "2026-04-13", "2026-04-13", "reg 44(2)(b)(ii): fourteen weeks"),
    ("TRIB_MAKE_DRAFT", "2026-01-05", "2026-02-09", "2026-02-09", "reg 44(2)(c)(i): five weeks"),
    ("TRIB_MAKE_FINAL", "2026-01-05", "2026-03-23", "2026-03-23", "reg 44(2)(c)(ii): eleven weeks"),
    ("TRIB_AMEND", "2026-01-05", "2026-02-09", "2026-02-09", "reg 44(2)(e): five weeks"),
    ("TRIB_NAME", "2026-01-05", "2026-01-19", "2026-01-19", "two weeks"),
    ("TRIB_CEASE_OK", "2026-01-05", "2026-01-05", "2026-01-05", "reg 44(2)(a): immediately"),
    ("UNOPP_TELL", "2026-01-05", "2026-01-19", "2026-01-19", "reg 45(3) as substituted: two weeks, not four"),
    ("UNOPP_NO", "2026-01-05", "2026-03-16", "2026-03-16", "reg 45(3A)(a): ten weeks"),
    ("UNOPP_FINAL", "2026-01-05", "2026-04-13", "2026-04-13", "reg 45(3A)(b): fourteen weeks"),
    ("UNOPP_AMEND", "2026-01-05", "2026-02-09", "2026-02-09", "reg 45(4): five weeks"),
    ("UNOPP_NAME", "2026-01-05", "2026-01-19", "2026-01-19", "two weeks"),
    ("UNOPP_MAKE", "2026-01-05", "2026-02-09", "2026-02-09", "the draft in five weeks"),
    ("TRIB_REC", "2026-01-05", "2026-02-09", "2026-02-09", "SI 2017/1306: five weeks"),
    ("SAR", "2026-01-31", "2026-02-28", "2026-02-27", "UK GDPR art 12: one month"),
    ("SEN2_2027", "2027-01-21", "2027-03-11", "2027-03-11", "a fixed day"),
]

# rule, first day, second day, due, what it shows
FROM_TWO_DAYS = [
    (
        "MOVE_OUT",
        "2026-06-15",
        "2026-05-22",
        "2026-06-15",
        "aware just fifteen working days before: the day of the move",
    ),
    ("MOVE_OUT", "2026-06-15", "2026-06-10", "2026-06-30", "aware too late: fifteen working days, that day being one"),
    ("MOVE_OUT", "2026-06-15", "2026-07-04", "2026-07-24", "aware on a Saturday, which is no working day"),
    ("MOVE_REVIEW", "2025-07-01", "2026-06-15", "2026-09-14", "three months beginning with the transfer are later"),
    ("MOVE_REVIEW", "2026-03-01", "2026-06-15", "2027-02-28", "twelve months from the last review are later"),
    ("APPEAL", "2026-01-05", "2026-02-20", "2026-03-20", "a month from the mediation certificate is later"),
    ("APPEAL", "2026-01-05", "2026-01-20", "2026-03-05", "two months from the decision are later"),
    ("CEASE_HOLD", "2026-01-05", "2026-02-20", "2026-03-20", "as long as an appeal is in time"),
]


@pytest.mark.parametrize(("rule", "start", "end", "act_by", "shows"), WORKED)
def test_a_date_of_the_law(book: RuleBook, rule: str, start: str, end: str, act_by: str | None, shows: str) -> None:
    line = due(book, rule, date.fromisoformat(start))
    assert line.due == date.fromisoformat(end), shows
    assert line.act_by == (None if act_by is None else date.fromisoformat(act_by)), shows
    assert line.done_on is None and line.late_days == 0 and line.exemption is None


@pytest.mark.parametrize(("rule", "first", "second", "end", "shows"), FROM_TWO_DAYS)
def test_a_date_that_counts_from_two_days(
    book: RuleBook, rule: str, first: str, second: str, end: str, shows: str
) -> None:
    line = due(book, rule, date.fromisoformat(first), date.fromisoformat(second))
    assert line.due == date.fromisoformat(end), shows
    assert line.done_on is None


def test_every_row_with_a_day_is_worked_by_hand_here(book: RuleBook) -> None:
    undated = {rule for rule in book.time_limits if due(book, rule, date(2026, 1, 5)).due is None}
    assert undated == {"REQ_CONSULT", "CEASE_CONSULT"}
    assert {rule for rule, *_ in WORKED} == set(book.time_limits) - undated


@pytest.mark.parametrize(
    ("done", "late"), [("2026-02-15", 0), ("2026-02-16", 0), ("2026-02-17", 1), ("2026-03-16", 28)]
)
def test_the_day_it_was_done_tells_how_late(book: RuleBook, done: str, late: int) -> None:
    line = due(book, "DEC_ASSESS", date(2026, 1, 5), date.fromisoformat(done))
    assert (line.done_on, line.late_days) == (date.fromisoformat(done), late)


def test_nobody_is_late_in_a_window(book: RuleBook) -> None:
    line = due(book, "DRAFT_REPS", date(2026, 3, 2), date(2026, 5, 1))
    assert line.kind is LimitKind.WINDOW
    assert line.late_days == 0


def test_as_soon_as_practicable_has_no_day_and_no_lateness(book: RuleBook) -> None:
    line = due(book, "REQ_CONSULT", date(2026, 1, 5), date(2026, 5, 1))
    assert (line.due, line.act_by, line.late_days) == (None, None, 0)


@pytest.mark.parametrize("rule", ["FINAL_PLAN", "AR_FIRST", "APPEAL", "APPEAL_RESPONSE"])
def test_a_day_beyond_the_calendar_is_refused_in_words(book: RuleBook, rule: str) -> None:
    with pytest.raises(WrongUse, match="leaves the calendar"):
        due(book, rule, date.max)


def test_a_day_before_the_calendar_is_refused_in_words(book: RuleBook) -> None:
    with pytest.raises(WrongUse, match="leaves the calendar"):
        due(book, "PHASE_P16", date(1, 2, 1))


def test_an_unknown_rule_is_refused_with_the_nearest_names(book: RuleBook) -> None:
    with pytest.raises(WrongUse, match="Did you mean FINAL_PLAN"):
        due(book, "FINAL-PLAN", date(2026, 1, 5))
    with pytest.raises(WrongUse, match="FINAL_PLAN is one that it has"):
        due(book, "?", date(2026, 1, 5))


def test_dates_of_1900_and_2099_are_counted(book: RuleBook) -> None:
    assert due(book, "FINAL_PLAN", date(1900, 1, 1)).due == date(1900, 5, 21)
    assert due(book, "FINAL_PLAN", date(2099, 1, 1)).due == date(2099, 5, 21)
