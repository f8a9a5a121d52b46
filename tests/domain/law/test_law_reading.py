"""A slip in a file of law is refused with its place, never passed over."""

from collections.abc import Mapping

import pytest

from send_desk.domain.errors import Cannot
from send_desk.domain.rulebook_text import read_rulebook

HEAD, LIMITS, SECTIONS = "england-2014.toml", "england-2014.limits-assessment.toml", "england-2014.sections.toml"

# file, what stands there, what is put in its place, what the refusal says
SLIPS = [
    (LIMITS, 'unit = "weeks"', 'unit = "weaks"', "has 'weaks' as unit; it may be days, weeks"),
    (LIMITS, "length = 20\n", "", r"time_limits\.FINAL_PLAN has no length"),
    (LIMITS, "length = 20\n", 'length = "20"\n', "needs int as length"),
    (LIMITS, "length = 20\n", "length = true\n", "needs int as length"),
    (LIMITS, "length = 20\n", "length = 20\nlenght = 20\n", "does not know lenght"),
    (LIMITS, 'exemptions = "EXB"', 'exemptions = "EXQ"', "ADVICE_IN has the exemptions EXQ"),
    (LIMITS, 'starts = ["draft_served"]', "starts = [1]", "needs a list of strings as starts"),
    (LIMITS, "minimum = true", 'calendar = "mars"', "DRAFT_REPS counts by mars"),
    (LIMITS, "minimum = true", 'rolls_on = "mars"', "DRAFT_REPS counts by mars"),
    (LIMITS, "checked_to = 2026-07-15", "checked_to = 2026-07-15T09:00:00", "needs date as checked_to"),
    (LIMITS, 'framework = "england-2014"', 'framework = "wales-2021"', "one is of .* another of"),
    (LIMITS, "[time_limits.FINAL_PLAN]", "[time_limits.LAST_PLAN]", "counts the weeks of FINAL_PLAN"),
    (LIMITS, "[time_limits.ADVICE_IN]", "[time_limits.ADVICE_OUT]", r"the adviser \(b\) has the clock ADVICE_IN"),
    (LIMITS, "[time_limits.FINAL_PLAN]", "[time_limits.AR_FIRST]", "gives the time limit AR_FIRST twice"),
    (LIMITS, "[time_limits.FINAL_PLAN]", "[time_limits.FINAL_PLAN", "it is not TOML"),
    (LIMITS, 'framework = "england-2014"', 'framework = "england-2014"\nweather = "fair"', "does not know weather"),
    (SECTIONS, 'strength = "must"', 'strength = "might"', "has 'might' as strength"),
    (SECTIONS, 'framework = "england-2014"', 'framework = "england-2014"\ntitle = "x"', "two files with a title"),
    (HEAD, 'calendar = "england-wales"', 'calendar = "mars"', "counts by the calendar mars"),
    (HEAD, 'leaving_weekday = "friday"', 'leaving_weekday = "fryday"', "has the weekday 'fryday'"),
    (HEAD, 'school_year = "09-01"', 'school_year = "09-31"', "needs a month and day"),
    (HEAD, "[young_person]", "[[young_person]]", "needs dict as young_person"),
    (HEAD, "title =", "titel =", "none gives the framework's title|does not know"),
    (HEAD, "[thresholds.chase_working_days]\nvalue = 10", "[thresholds]\nchase_working_days = 10", "should be a table"),
    ("england-2014.limits-reviews.toml", "year_groups = [11, 11]", "year_groups = [11]", "a list of 2 whole numbers"),
    ("england-2014.limits-reviews.toml", "year_groups = [11, 11]", 'year_groups = [11, "x"]', "2 whole numbers"),
]


@pytest.mark.parametrize(("name", "stands", "instead", "says"), SLIPS)
def test_a_slip_in_the_framework(
    framework_texts: Mapping[str, str],
    calendar_texts: tuple[str, ...],
    name: str,
    stands: str,
    instead: str,
    says: str,
) -> None:
    assert stands in framework_texts[name]
    texts = {**framework_texts, name: framework_texts[name].replace(stands, instead, 1)}
    with pytest.raises(Cannot, match=says):
        read_rulebook(texts.values(), calendar_texts)


def test_files_without_the_head_are_no_framework(
    framework_texts: Mapping[str, str], calendar_texts: tuple[str, ...]
) -> None:
    with pytest.raises(Cannot, match="none gives the framework's title"):
        read_rulebook([framework_texts[LIMITS]], calendar_texts)


@pytest.mark.parametrize(
    ("stands", "instead", "says"),
    [
        ('as_well_as = "england-wales"', 'as_well_as = "mars"', "builds on mars"),
        ('from = "12-25"', 'from = "25-12"', "needs a month and day"),
        ('title = "Working days of the Tribunal"', "", "has no title"),
        ('weekend = ["saturday", "sunday"]', 'weekend = ["sabbath"]', "has the weekday 'sabbath'"),
    ],
)
def test_a_slip_in_a_calendar(
    framework_texts: Mapping[str, str], calendar_texts: tuple[str, ...], stands: str, instead: str, says: str
) -> None:
    assert any(stands in text for text in calendar_texts)
    with pytest.raises(Cannot, match=says):
        read_rulebook(framework_texts.values(), [text.replace(stands, instead) for text in calendar_texts])


def test_the_order_of_the_files_does_not_matter(
    framework_texts: Mapping[str, str], calendar_texts: tuple[str, ...]
) -> None:
    forwards = read_rulebook(framework_texts.values(), calendar_texts)
    backwards = read_rulebook(reversed(framework_texts.values()), reversed(calendar_texts))
    assert forwards.time_limits == backwards.time_limits
    assert forwards.calendars == backwards.calendars
