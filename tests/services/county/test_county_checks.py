"""What the checks say of the made-up county: little of the well-written plans, and every planted fault."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from send_desk.domain.case import Case
from send_desk.domain.checks import check_case
from send_desk.domain.checks.lists import CheckLists
from send_desk.domain.ids import Severity, State
from send_desk.domain.register import strip
from send_desk.domain.rulebook import RuleBook
from send_desk.services import county

_WORDS_OF_A_PAGE = 400
_EVERY_SIXTH = slice(0, None, 6)
_EVERY_OTHER = slice(0, None, 2)


def test_a_well_written_plan_has_no_block_and_less_than_one_warning_a_page(
    told: Sequence[county.Told], book: RuleBook, lists: CheckLists, today: date
) -> None:
    words = weighty = 0
    for one in [one for one in told if one.sound][_EVERY_SIXTH]:
        found = check_case(one.case, book, lists, today)
        assert not [finding.reason for finding in found if finding.severity is Severity.BLOCK], one.case.reference
        weighty += sum(finding.severity is Severity.WARN for finding in found)
        words += _words(one.case)
    assert words > 20_000
    assert weighty / words * _WORDS_OF_A_PAGE < 1


def test_every_planted_fault_is_caught(
    told: Sequence[county.Told], book: RuleBook, lists: CheckLists, today: date
) -> None:
    caught: Counter[int] = Counter()
    for one in [one for one in told if one.faults][_EVERY_OTHER]:
        found = check_case(one.case, book, lists, today)
        for fault in one.faults:
            there = [each for each in found if each.check == fault.check and fault.entry in f"{each.id} {each.entry}"]
            assert there, (one.case.reference, fault)
            caught[fault.check] += 1
    assert len(caught) >= 14


def test_a_dismissal_rests_on_a_finding_that_is_there(
    told: Sequence[county.Told], book: RuleBook, lists: CheckLists, today: date
) -> None:
    dismissed = [one.case for one in told if one.case.dismissals]
    assert dismissed
    for case in dismissed:
        found = {each.id: each for each in check_case(case, book, lists, today)}
        assert all(found[one.finding].dismissed == one.reason for one in case.dismissals)


def test_every_state_stands_in_the_strips(cases: Sequence[Case], book: RuleBook, today: date) -> None:
    shown = Counter(status.state for case in cases for status in strip(case, book, today).values())
    assert set(shown) == set(State)
    assert min(shown.values()) >= 5


def _words(case: Case) -> int:
    return sum(
        len(words.split())
        for entry in case.entries
        for words in (entry.words, *(entry.value(field) for field in entry.fields))
    )
