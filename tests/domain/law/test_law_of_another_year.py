"""A framework of another year is dropped in beside this one, and a case stays with its own."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from send_desk.domain.case import Case
from send_desk.domain.deadlines import due
from send_desk.domain.errors import WrongUse
from send_desk.domain.exemptions import judge
from send_desk.domain.ids import Ground
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.rulebook_text import read_rulebook
from send_desk.domain.timetable import timetable
from send_desk.domain.young_person import compulsory_school_age_ends

REFORMED = """
framework = "england-2030"
title = "England: an imagined Act of 2029"
in_force = 2030-09-01
checked_to = 2030-06-30
notice = "Made up for a test."
calendar = "moon"
weeks_of = "PACKAGE_SENT"
appealable = ["final_sent"]
week_marks = [{ week = 4, text = "Package sent" }]

[young_person]
turns = 18
under = 21
leaving_month = 7
leaving_weekday = "monday"
school_year = "01-01"
first_year_age = 6
citation = "an imagined Act, s 9"
confirmed = "no"

[[sections]]
letter = "P1"
title = "Package of provision"
citation = "an imagined Act, s 2"
confirmed = "no"
kinds = ["provision"]

[time_limits.PACKAGE_SENT]
title = "Send the package"
starts = ["request_received"]
length = 4
unit = "weeks"
anchor = "incl"
ends_with = "the package is sent"
done_by = ["final_sent"]
exemptions = "SNOW"
exempt_by = "an imagined Act, s 5"
citation = "an imagined Act, s 4"
confirmed = "no"
kind = "duty"
who = "authority"
checked_to = 2030-06-29

[exemption_sets.SNOW]
title = "Snow"
citation = "an imagined Act, s 5"
confirmed = "no"

[[exemption_sets.SNOW.grounds]]
ground = "other"
words = "snow lay"
days = 2
"""

MOON = """
[calendars.moon]
title = "A calendar that rests on Mondays"
citation = "made up"
checked_to = 2030-06-30
first_year = 2030
last_year = 2031
weekend = ["monday"]
"""


@pytest.fixture
def reformed() -> RuleBook:
    return read_rulebook([REFORMED], [MOON])


def test_its_own_lengths_letters_and_ages_hold(reformed: RuleBook) -> None:
    line = due(reformed, "PACKAGE_SENT", date(2030, 9, 3))
    assert (line.due, line.act_by) == (date(2030, 9, 30), date(2030, 9, 29))  # a Monday, at rest
    assert [section.heading for section in reformed.sections] == ["Section P1: Package of provision"]
    assert judge(reformed, "PACKAGE_SENT", Ground.OTHER, from_=date(2030, 9, 9), until=date(2030, 9, 11)).applies
    assert compulsory_school_age_ends(reformed, date(2012, 3, 1)) == date(2030, 7, 29)
    assert reformed.limit("PACKAGE_SENT").checked_to == date(2030, 6, 29)
    with pytest.raises(WrongUse, match="england-2030 has no rule called FINAL_PLAN"):
        due(reformed, "FINAL_PLAN", date(2030, 9, 3))


def test_a_case_has_the_dates_of_the_framework_it_is_pinned_to(
    book: RuleBook, reformed: RuleBook, story: Callable[..., Case]
) -> None:
    case = story("2030-09-03 request_received")
    assert [line.rule for line in timetable(case, reformed, date(2030, 9, 4))] == ["PACKAGE_SENT"]
    assert "PACKAGE_SENT" not in {line.rule for line in timetable(case, book, date(2030, 9, 4))}


def test_one_length_changed_changes_one_date(
    framework_texts: Mapping[str, str], calendar_texts: tuple[str, ...], book: RuleBook
) -> None:
    changed = [text.replace("length = 20\n", "length = 25\n") for text in framework_texts.values()]
    variant = read_rulebook(changed, calendar_texts)
    start = date(2026, 1, 5)
    moved = {
        rule: due(variant, rule, start).due
        for rule in book.time_limits
        if due(variant, rule, start).due != due(book, rule, start).due
    }
    assert moved == {"FINAL_PLAN": date(2026, 6, 29)}
