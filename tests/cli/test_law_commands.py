"""`law due` and `law exempt`: the answers as JSON that the schemas allow, and in words."""

import json
from collections.abc import Mapping
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from send_desk.cli.law import due_command, exempt_command
from send_desk.domain.case import Case, CaseEvent, Exemption
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.deadlines import as_json
from send_desk.domain.errors import WrongUse
from send_desk.domain.ids import Cell, ContributionEventKind, EventKind, Ground
from send_desk.domain.person import Child
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.rulebook_text import read_rulebook
from send_desk.domain.timetable import timetable
from send_desk.paths import resources


@pytest.fixture(scope="module")
def law() -> RuleBook:
    frameworks = [path.read_text("utf-8") for path in (resources() / "frameworks").glob("england-2014.*toml")]
    calendars = [path.read_text("utf-8") for path in (resources() / "calendars").glob("*.toml")]
    return read_rulebook(frameworks, calendars)


def validator(name: str) -> Draft202012Validator:
    schema = json.loads((resources() / "schema" / f"{name}.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def through_json(data: Mapping[str, object]) -> object:
    return json.loads(json.dumps(data))


def test_the_date_of_a_decision(law: RuleBook) -> None:
    answer = due_command(law, rule="DEC_ASSESS", start=date(2026, 1, 5))
    assert answer.status == 0
    assert through_json(answer.data) == {
        "rule": "DEC_ASSESS",
        "start": {"event": "request_received", "on": "2026-01-05"},
        "due": "2026-02-16",
        "act_by": "2026-02-16",
        "done_on": None,
        "late_days": 0,
        "exemption": None,
        "citation": "SEND Regulations 2014 reg 5(1)",
        "confirmed": "primary",
        "kind": "duty",
    }
    assert answer.lines[1] == "Due 16 February 2026, counted from 5 January 2026."


def test_every_rule_answers_by_the_schema(law: RuleBook) -> None:
    schema = validator("law-due-1")
    for rule in law.time_limits:
        for to in (None, date(2026, 9, 1)):
            schema.validate(through_json(due_command(law, rule=rule, start=date(2026, 1, 5), to=to).data))


@pytest.mark.parametrize(
    ("rule", "start", "to", "words"),
    [
        ("FINAL_PLAN", "2026-01-05", None, "That is no working day, and nothing moves it: act by 22 May 2026."),
        ("FINAL_PLAN", "2026-01-05", "2026-05-25", "Done 25 May 2026: in time."),
        ("FINAL_PLAN", "2026-01-05", "2026-05-26", "Done 26 May 2026: 1 day late."),
        ("REQ_CONSULT", "2026-01-05", None, "As soon as practicable after 5 January 2026: the law gives no day."),
        ("UNOPP_MAKE", "2026-01-05", None, "Then, by 23 March 2026: the finalised plan is sent."),
        ("DEC_ASSESS", "2031-01-06", None, "Bank holidays of 2031 are not in the data: only weekends were left out."),
    ],
)
def test_the_answer_in_words(law: RuleBook, rule: str, start: str, to: str | None, words: str) -> None:
    done = None if to is None else date.fromisoformat(to)
    lines = due_command(law, rule=rule, start=date.fromisoformat(start), to=done).lines
    assert words in lines
    assert lines[-1].endswith("The law as it was checked to 15 July 2026.")


def test_what_is_not_confirmed_is_called_guidance(law: RuleBook) -> None:
    assert "treat it as guidance" in due_command(law, rule="MED_MEETING", start=date(2026, 1, 5)).lines[-1]


@pytest.mark.parametrize("start", ["9999-12-31", "9999-09-20"])
def test_a_day_at_the_end_of_time_is_refused_whole(law: RuleBook, start: str) -> None:
    """The second step of a rule leaves the calendar a little before its first."""
    day = date.fromisoformat(start)
    if day.month == 12:
        with pytest.raises(WrongUse):
            due_command(law, rule="UNOPP_MAKE", start=day)
    else:
        assert due_command(law, rule="UNOPP_MAKE", start=day).data["due"] == "9999-10-25"


def test_an_exemption_by_the_schema_and_in_words(law: RuleBook) -> None:
    schema = validator("law-exempt-1")
    for rule in law.time_limits:
        for ground in Ground:
            schema.validate(through_json(exempt_command(law, rule=rule, ground=ground).data))
    answer = exempt_command(
        law,
        rule="FINAL_PLAN",
        ground=Ground.SCHOOL_CLOSED,
        from_=date(2026, 7, 22),
        until=date(2026, 9, 2),
        asked=date(2026, 7, 20),
    )
    assert answer.data["applies"] is True and answer.data["ground"] == "school_closed"
    assert answer.lines[0] == "FINAL_PLAN: the exemption applies."
    assert "SEND Regulations 2014 reg 13(3)" in str(answer.data["citation"])
    refused = exempt_command(law, rule="ADVICE_IN", ground=Ground.OTHER)
    assert refused.status == 0 and refused.lines[0] == "ADVICE_IN: the exemption does not apply."


def test_an_unknown_rule_is_wrong_use(law: RuleBook) -> None:
    with pytest.raises(WrongUse):
        due_command(law, rule="NO_SUCH", start=date(2026, 1, 5))
    with pytest.raises(WrongUse):
        exempt_command(law, rule="NO_SUCH", ground=Ground.OTHER)


def test_a_timetable_with_every_kind_of_event_fits_its_schema(law: RuleBook) -> None:
    events = tuple(CaseEvent(f"e{n}", kind, date(2026, 1, 5)) for n, kind in enumerate(EventKind))
    asked = ContributionEvent("v", ContributionEventKind.REQUESTED, date(2026, 1, 5))
    case = Case(
        "c",
        "R",
        Child("Ava", "Thornley", date(2023, 1, 1)),
        events=events,
        contributions=(Contribution("k", Cell.HEALTH, events=(asked,)),),
        exemptions=(Exemption("x", "REASSESS_FINAL", Ground.PERSONAL_CIRCUMSTANCES),),
    )
    dates = [as_json(line) for line in timetable(case, law, date(2026, 11, 21))]
    assert len(dates) > 20 and any(one["exemption"] for one in dates)
    validator("timetable-1").validate(through_json({"schema": "send-desk/timetable-1", "dates": dates}))
