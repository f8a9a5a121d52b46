"""The law of England 2014 as shipped, and the smallest case that has been decided to be assessed."""

from datetime import date

import pytest

from send_desk.domain.case import Case, CaseEvent
from send_desk.domain.ids import EventKind
from send_desk.domain.person import Child
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.rulebook_text import read_rulebook
from send_desk.paths import resources


@pytest.fixture(scope="session")
def book() -> RuleBook:
    folder = resources()
    framework = [path.read_text("utf-8") for path in sorted((folder / "frameworks").glob("england-2014.*toml"))]
    calendars = [path.read_text("utf-8") for path in sorted((folder / "calendars").glob("*.toml"))]
    return read_rulebook(framework, calendars)


@pytest.fixture
def case() -> Case:
    """Ava, 9, in Year 4; the authority decided to assess on 2 March 2026."""
    child = Child("Ava", "Thornley", date(2016, 7, 4), year_group="Year 4")
    return Case("c1", "R-1", child, events=(CaseEvent("e1", EventKind.DECISION_ASSESS, date(2026, 3, 2)),))
