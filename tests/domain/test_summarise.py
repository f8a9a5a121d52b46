"""A case on one line, with what it puts on My day."""

from dataclasses import replace
from datetime import date

from send_desk.domain.case import Case, CaseEvent, Contact
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.entry import Entry
from send_desk.domain.finding import Finding, Law
from send_desk.domain.ids import Cell, ContributionEventKind, EntryKind, EventKind, Level, Section, Severity
from send_desk.domain.person import Adviser, Child
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.summarise import summarise
from send_desk.domain.summary import DayLine, Errand

TODAY = date(2026, 3, 3)
AVA = Case(
    "c",
    "HD-1",
    Child("Ava", "Thornley", date(2016, 5, 4)),
    owner="Jo Marsh",
    events=(CaseEvent("e1", EventKind.REQUEST_RECEIVED, date(2026, 1, 5)),),
)


def lines(case: Case, book: RuleBook, errand: Errand, today: date = TODAY) -> list[DayLine]:
    return [line for line in summarise(case, book, today, findings=()).lines if line.errand is errand]


def test_a_date_of_the_law_that_has_come_must_be_acted_on(book: RuleBook) -> None:
    (line,) = lines(AVA, book, Errand.MUST_ACT)
    assert line.on == date(2026, 2, 16)
    assert "16 February 2026" in line.words
    assert lines(AVA, book, Errand.MUST_ACT, date(2026, 2, 9)) == []


def test_past_week_sixteen_an_undecided_case_asks_for_the_decision(book: RuleBook) -> None:
    decided = CaseEvent("e2", EventKind.DECISION_ASSESS, date(2026, 2, 12))
    case = replace(AVA, events=(*AVA.events, decided))
    (near,) = lines(case, book, Errand.MUST_ACT, date(2026, 4, 27))
    assert (near.words, near.on) == (
        "Decide whether there will be a plan: a refusal must be told by 27 April 2026",
        date(2026, 4, 27),
    )
    (past,) = lines(case, book, Errand.MUST_ACT, date(2026, 5, 4))
    assert (past.words, past.on) == (
        "Decide whether there will be a plan: the last day to refuse one was 27 April 2026",
        date(2026, 5, 4),
    )
    line = summarise(case, book, date(2026, 5, 4), findings=())
    assert (line.next_rule, line.next_due) == ("FINAL_PLAN", date(2026, 5, 25))
    plan = CaseEvent("e3", EventKind.DECISION_PLAN, date(2026, 5, 1))
    assert lines(replace(case, events=(*case.events, plan)), book, Errand.MUST_ACT, date(2026, 5, 4)) == []


def test_a_date_that_is_near_is_told_and_one_before_a_weekend_is_acted_on_early(book: RuleBook) -> None:
    assert [line.on for line in lines(AVA, book, Errand.DUE_SOON, date(2026, 2, 9))] == [date(2026, 2, 16)]
    saturday = replace(AVA, events=(CaseEvent("e1", EventKind.REQUEST_RECEIVED, date(2026, 1, 10)),))
    assert [line.on for line in lines(saturday, book, Errand.MUST_ACT, date(2026, 2, 20))] == [date(2026, 2, 21)]


def test_late_advice_names_the_adviser_and_how_often_it_was_chased(book: RuleBook) -> None:
    asked = ContributionEvent("1", ContributionEventKind.REQUESTED, date(2026, 1, 12))
    chased = [ContributionEvent(str(n), ContributionEventKind.CHASED, date(2026, 2, n)) for n in (2, 9)]
    adviser = Adviser("Lee Ashby", "social worker")
    line = Contribution("s", Cell.SOCIAL_CARE, adviser, events=(asked, *chased))
    unchased = Contribution("h", Cell.HEALTH, events=(asked,))
    decided = CaseEvent("e2", EventKind.DECISION_ASSESS, date(2026, 1, 12))
    case = replace(AVA, events=(*AVA.events, decided), contributions=(line, unchased))
    said = [one.words for one in lines(case, book, Errand.ADVICE_OVERDUE)]
    assert any("Lee Ashby, social worker: 8 days late, chased twice" in one for one in said)
    assert any("8 days late, not chased yet" in one for one in said)


def test_a_reply_is_owed_until_it_is_answered(book: RuleBook) -> None:
    owed = Contact("k", date(2026, 3, 1), whom="Mia Thornley", reply_owed_by=date(2026, 3, 5))
    case = replace(AVA, contacts=(owed, replace(owed, id="l", answered_on=TODAY), replace(owed, id="m", whom="")))
    assert [one.words for one in lines(case, book, Errand.REPLY_OWED)] == [
        "Mia Thornley awaits a reply by 5 March 2026",
        "Somebody awaits a reply by 5 March 2026",
    ]


def test_a_draft_being_written_waits_with_its_planned_day(book: RuleBook) -> None:
    decided = CaseEvent("e2", EventKind.DECISION_ASSESS, date(2026, 2, 12))
    case = replace(AVA, events=(*AVA.events, decided), entries=(Entry("b", Section.B, EntryKind.NEED),))
    assert [one.on for one in lines(case, book, Errand.DRAFT_WAITING)] == [date(2026, 4, 27)]


def test_a_case_that_is_closed_asks_for_nothing(book: RuleBook) -> None:
    ceased = replace(AVA, events=(*AVA.events, CaseEvent("e2", EventKind.CEASED, date(2026, 2, 1))))
    line = summarise(ceased, book, TODAY, findings=())
    assert (line.lines, line.next_rule, line.week) == ((), "", None)


def test_the_line_counts_findings_by_weight_without_dismissed_ones(book: RuleBook) -> None:
    block = Finding("1/B1", 1, Severity.BLOCK, Level.EXACT, "reason", Law("law"))
    findings = (block, replace(block, severity=Severity.WARN), replace(block, dismissed="agreed"))
    line = summarise(AVA, book, TODAY, findings=findings)
    assert (line.blocks, line.warnings, line.notes) == (1, 1, 0)
    assert (line.next_rule, line.next_due, line.owner) == ("DEC_ASSESS", date(2026, 2, 16), "Jo Marsh")
    assert line.holds_on(TODAY) and not line.holds_on(date(2026, 3, 4))
