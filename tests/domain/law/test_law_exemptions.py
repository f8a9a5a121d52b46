"""The grounds on which a time limit need not be kept, each just met and just missed."""

from datetime import date

import pytest

from send_desk.domain.errors import WrongUse
from send_desk.domain.exemptions import judge, recorded
from send_desk.domain.ids import Ground
from send_desk.domain.rulebook import RuleBook


def day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)


SUMMER = ("2026-07-22", "2026-09-02")  # the first day closed, the day of re-opening

# rule, ground, from, until, asked, applies, words of the reason, citation
JUDGED = [
    ("FINAL_PLAN", "school_closed", *SUMMER, "2026-07-15", True, "42 days", "reg 10(4)(a)"),
    ("FINAL_PLAN", "school_closed", *SUMMER, "2026-07-14", False, "not between 15 July", "reg 10(4)(a)"),
    ("FINAL_PLAN", "school_closed", *SUMMER, "2026-08-26", True, "26 August 2026", "reg 10(4)(a)"),
    ("FINAL_PLAN", "school_closed", *SUMMER, "2026-08-27", False, "not between", "reg 10(4)(a)"),
    ("DEC_ASSESS", "school_closed", "2026-07-22", "2026-08-19", "2026-07-20", True, "28 days", "reg 5(4)(a)"),
    ("DEC_ASSESS", "school_closed", "2026-07-22", "2026-08-18", "2026-07-20", False, "27 days", "reg 5(4)(a)"),
    ("DEC_ASSESS", "early_years_closed", *SUMMER, "2026-07-20", True, "early years", "reg 5(4)(b)"),
    ("REASSESS_FINAL", "school_closed", *SUMMER, "2026-07-20", True, "42 days", "reg 27(3)(a)"),
    ("TRIB_MAKE_FINAL", "school_closed", *SUMMER, "2026-07-20", True, "42 days", "reg 44(3)"),
    ("ADVICE_IN", "school_closed", *SUMMER, "2026-07-20", False, "no ground here", "reg 8(2)"),
    ("ADVICE_IN", "early_years_closed", *SUMMER, "2026-07-20", False, "no ground here", "reg 8(2)"),
    ("FINAL_PLAN", "absence", "2026-07-01", "2026-07-29", None, True, "28 days", "reg 10(4)(d)"),
    ("FINAL_PLAN", "absence", "2026-07-01", "2026-07-28", None, False, "only from", "reg 10(4)(d)"),
    ("ADVICE_IN", "absence", "2026-07-01", "2026-07-29", None, True, "28 days", "reg 8(2)(b)"),
    ("ADVICE_IN", "absence", "2026-07-01", "2026-07-15", None, False, "14 days", "reg 8(2)(b)"),
    ("TRIB_AMEND", "absence", "2026-07-01", "2026-07-15", None, True, "14 days", "reg 44(3)"),
    ("UNOPP_AMEND", "absence", "2026-07-01", "2026-07-14", None, False, "13 days", "reg 45"),
    ("FINAL_PLAN", "absence", "2026-07-29", "2026-07-01", None, False, "before the beginning", "reg 10(4)(d)"),
    ("FINAL_PLAN", "personal_circumstances", None, None, None, True, "xceptional", "reg 10(4)(c)"),
    ("ADVICE_IN", "personal_circumstances", None, None, None, True, "xceptional", "reg 8(2)(a)"),
    ("ADVICE_IN", "missed_appointment", None, None, None, True, "appointment", "reg 8(2)(c)"),
    ("FINAL_PLAN", "missed_appointment", None, None, None, False, "no ground here", "reg 10(4)"),
    ("FINAL_PLAN", "other", None, None, None, False, "waiting list", "reg 10(4)"),
    ("ADVICE_IN", "other", "2026-07-01", "2026-12-01", "2026-07-01", False, "waiting list", "reg 8(2)"),
    ("AR_DECISION", "school_closed", *SUMMER, "2026-07-20", False, "no exemption", "reg"),
    ("PHASE_FEB", "personal_circumstances", None, None, None, False, "no exemption", "reg 18"),
    ("AMEND_FINAL", "absence", "2026-01-01", "2026-06-01", None, False, "no exemption", "reg 22(3)"),
    ("FINAL_PLAN", "school_closed", None, "2026-09-02", "2026-07-20", False, "the first day closed", "reg 10(4)(a)"),
    ("FINAL_PLAN", "school_closed", "2026-07-22", None, "2026-07-20", False, "day of re-opening", "reg 10(4)(a)"),
    ("FINAL_PLAN", "school_closed", *SUMMER, None, False, "advice was asked for", "reg 10(4)(a)"),
    ("FINAL_PLAN", "absence", None, "2026-07-29", None, False, "the first day away", "reg 10(4)(d)"),
    ("FINAL_PLAN", "absence", "2026-07-01", None, None, False, "the day of return", "reg 10(4)(d)"),
]


@pytest.mark.parametrize(("rule", "ground", "from_", "until", "asked", "applies", "why", "citation"), JUDGED)
def test_a_ground(
    book: RuleBook,
    rule: str,
    ground: str,
    from_: str | None,
    until: str | None,
    asked: str | None,
    applies: bool,
    why: str,
    citation: str,
) -> None:
    verdict = judge(book, rule, Ground(ground), from_=day(from_), until=day(until), asked=day(asked))
    assert verdict.applies is applies, verdict.why
    assert why in verdict.why
    assert citation in verdict.citation
    assert verdict.ground is Ground(ground)


def test_all_missing_days_are_named_at_once(book: RuleBook) -> None:
    why = judge(book, "FINAL_PLAN", Ground.SCHOOL_CLOSED).why
    assert "the first day closed, the day of re-opening, the day on which the advice was asked for" in why


def test_an_unknown_rule_is_wrong_use(book: RuleBook) -> None:
    with pytest.raises(WrongUse):
        judge(book, "NO_SUCH", Ground.ABSENCE)


# Request received 5 January 2026, final plan due 25 May 2026.
WITHIN = [
    ("absence", "2026-02-02", "2026-03-02", None, True, ""),
    ("absence", "2026-05-25", "2026-06-22", None, True, ""),
    ("absence", "2026-05-26", "2026-06-23", None, False, "It began on 26 May 2026"),
    ("absence", "2025-12-01", "2026-01-05", None, False, "It was over on 5 January 2026"),
    ("absence", "2025-12-01", "2026-01-06", None, True, ""),
    ("personal_circumstances", None, None, None, True, ""),
    ("school_closed", "2026-03-30", "2026-04-27", "2026-03-25", True, ""),
    ("school_closed", "2026-05-28", "2026-06-25", "2026-05-26", False, "rests on advice asked for on 26 May 2026"),
    ("school_closed", "2025-12-20", "2026-01-19", "2026-01-04", False, "rests on advice asked for on 4 January 2026"),
    ("other", None, None, None, False, "no ground here"),
]


@pytest.mark.parametrize(("ground", "from_", "until", "asked", "applies", "why"), WITHIN)
def test_a_recorded_ground_must_touch_the_time_it_excuses(
    book: RuleBook, ground: str, from_: str | None, until: str | None, asked: str | None, applies: bool, why: str
) -> None:
    verdict = recorded(
        book,
        "FINAL_PLAN",
        Ground(ground),
        start=date(2026, 1, 5),
        due=date(2026, 5, 25),
        from_=day(from_),
        until=day(until),
        asked=day(asked),
    )
    assert verdict.applies is applies, verdict.why
    assert why in verdict.why
