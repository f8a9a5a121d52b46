"""The law of England as shipped, as text and as a rule book; and cases told as stories of what happened."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from send_desk.domain.case import Case, CaseEvent, Exemption
from send_desk.domain.deadlines import DateLine
from send_desk.domain.ids import EventKind
from send_desk.domain.person import Child
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.rulebook_text import read_rulebook
from send_desk.domain.timetable import timetable
from send_desk.paths import resources


@pytest.fixture(scope="session")
def framework_texts() -> Mapping[str, str]:
    folder = resources() / "frameworks"
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("england-2014.*toml"))}


@pytest.fixture(scope="session")
def calendar_texts() -> tuple[str, ...]:
    return tuple(path.read_text("utf-8") for path in sorted((resources() / "calendars").glob("*.toml")))


@pytest.fixture(scope="session")
def book(framework_texts: Mapping[str, str], calendar_texts: tuple[str, ...]) -> RuleBook:
    return read_rulebook(framework_texts.values(), calendar_texts)


TODAY = date(2026, 11, 21)


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def story() -> Callable[..., Case]:
    """Make a case from lines such as "2026-01-05 request_received" or "2026-06-15 review_decision outcome=amend"."""

    def tell(*told: str, child: Child | None = None, exemptions: tuple[Exemption, ...] = ()) -> Case:
        events = []
        for place, line in enumerate(told):
            on, kind, *facts = line.split()
            fields: Mapping[str, str] = dict(fact.split("=") for fact in facts)
            events.append(CaseEvent(f"e{place}", EventKind(kind), date.fromisoformat(on), fields=fields))
        return Case("c", "R", child or Child("Ava", "Thornley"), events=tuple(events), exemptions=exemptions)

    return tell


@pytest.fixture
def lines(book: RuleBook) -> Callable[..., dict[str, DateLine]]:
    """Give the lines of a case by rule; a rule with several lines fails the test that asked."""

    def look(case: Case, on: date = TODAY) -> dict[str, DateLine]:
        found = timetable(case, book, on)
        by_rule = {line.rule: line for line in found}
        assert len(by_rule) == len(found), [line.rule for line in found]
        return by_rule

    return look


@pytest.fixture
def rules(book: RuleBook) -> Callable[[Case], list[str]]:
    """Give the rules that a case has lines of, earliest due first."""
    return lambda case: [line.rule for line in timetable(case, book, TODAY)]
