"""The words about the office copy: what waits or was refused is always said, and a day that is not today is named."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from send_desk.gui.office_part import looked_words
from send_desk.gui.office_words import (
    Badge,
    CaseSync,
    Phase,
    button_words,
    conflict_words,
    lease_words,
    moment_words,
    office_words,
    refused_words,
    saved_words,
    share_words,
    size_words,
    waiting_words,
)

TODAY = date(2026, 3, 5)  # a Thursday


def local(day: date, hour: int, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute).astimezone()


@pytest.mark.parametrize(
    ("phase", "waiting", "refused", "words"),
    [
        (Phase.RESTING, 0, 0, "Sync"),
        (Phase.RESTING, 3, 0, "Sync - 3 waiting"),
        (Phase.RESTING, 0, 2, "Sync - 2 not taken"),
        (Phase.RESTING, 1204, 2, "Sync - 1,204 waiting, 2 not taken"),
        (Phase.SYNCING, 3, 0, "Syncing ..."),
        (Phase.OFFLINE, 0, 0, "Offline"),
        (Phase.OFFLINE, 3, 0, "Offline - 3 waiting"),
        (Phase.SIGN_IN, 3, 0, "Sign in to sync"),
    ],
)
def test_the_button_says_what_goes_on_and_what_waits(phase: Phase, waiting: int, refused: int, words: str) -> None:
    assert button_words(phase, waiting, refused) == words


@given(phase=st.sampled_from(Phase), waiting=st.integers(0, 9), refused=st.integers(0, 9))
def test_no_words_ever_say_that_all_is_sent(phase: Phase, waiting: int, refused: int) -> None:
    words = button_words(phase, waiting, refused).casefold()
    assert "synced" not in words
    assert "all" not in words
    if phase in (Phase.RESTING, Phase.OFFLINE):
        assert ("waiting" in words) is (waiting > 0)
        assert ("not taken" in words) is (refused > 0)


@given(waiting=st.integers(0, 3), refused=st.integers(0, 3), conflicts=st.integers(0, 3))
def test_a_case_is_all_in_the_office_copy_only_where_nothing_is_open(
    waiting: int, refused: int, conflicts: int
) -> None:
    one = CaseSync(waiting, refused, conflicts)
    nothing = waiting == refused == conflicts == 0
    assert (one.badge is Badge.IN_OFFICE) is nothing
    assert (one.words == "all in the office copy") is nothing
    assert (one.count == 0) is nothing


def test_the_most_pressing_stands_on_the_badge_and_all_of_it_in_the_words() -> None:
    one = CaseSync(waiting=3, refused=1, conflicts=2)
    assert (one.badge, one.count) == (Badge.CONFLICT, 2)
    assert one.words == "2 conflicts, 1 not taken by the office, 3 changes waiting"
    assert CaseSync(waiting=3, refused=1).badge is Badge.REFUSED
    assert CaseSync(waiting=1).words == "1 change waiting"


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "14:32"), (1, "yesterday 14:32"), (3, "Monday 14:32"), (6, "Friday 14:32"), (7, "26 February 2026 14:32")],
)
def test_a_moment_of_another_day_names_it(days: int, words: str) -> None:
    assert moment_words(local(TODAY - timedelta(days=days), 14, 32), TODAY) == words


def test_a_moment_in_the_future_names_its_day() -> None:
    assert moment_words(local(TODAY + timedelta(days=1), 9, 5), TODAY) == "6 March 2026 09:05"


def test_the_status_line_has_long_and_short_words() -> None:
    at = local(TODAY, 9, 10)
    assert saved_words(at, TODAY) == "Saved on this laptop 09:10"
    assert saved_words(at, TODAY, short=True) == "Saved 09:10"
    assert saved_words(None, TODAY) == "Nothing written yet"
    assert office_words(at, TODAY) == "In the office copy 09:10"
    assert office_words(at, TODAY, short=True) == "Office 09:10"
    assert office_words(None, TODAY) == "Not in the office copy yet"
    assert waiting_words(0) == refused_words(0) == conflict_words(0) == ""
    assert (waiting_words(1), waiting_words(3, short=True)) == ("1 change waiting", "3 waiting")
    assert (waiting_words(1_754), waiting_words(1_754, short=True)) == ("1,754 changes waiting", "1,754 waiting")
    assert (refused_words(1), conflict_words(2)) == ("1 not taken", "2 conflicts")


def test_who_looked_is_said_in_words_for_every_deed_the_office_notes() -> None:
    at = local(TODAY, 9, 10).isoformat()
    lines = [
        {"name": "Sam Field", "act": deed, "at": at}
        for deed in ("opened", "printed", "exported", "fetched", "wrote", "granted", "withdrawn", "redacted", "odd")
    ]
    assert looked_words(lines, TODAY).split("\n") == [
        "Sam Field opened it, 09:10",
        "Sam Field printed from it, 09:10",
        "Sam Field took a copy out of it, 09:10",
        "Sam Field brought it onto a laptop, 09:10",
        "Sam Field wrote in it, 09:10",
        "Sam Field put somebody on it, 09:10",
        "Sam Field took somebody off it, 09:10",
        "Sam Field removed something from it for good, 09:10",
        "Sam Field did something else with it, 09:10",
    ]


def test_the_end_of_the_lease_is_told_in_days() -> None:
    now = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
    assert "Connect within 4 days" in lease_words(now + timedelta(days=4, hours=3), now)
    assert "Connect within 1 day:" in lease_words(now + timedelta(days=1), now)
    assert "Connect today" in lease_words(now + timedelta(hours=5), now)
    assert "Nothing is deleted" in lease_words(now + timedelta(hours=5), now)


def test_a_size_is_said_in_kilobytes_and_megabytes() -> None:
    assert [size_words(size) for size in (0, 10, 2048, 3_250_586)] == ["0 KB", "1 KB", "2 KB", "3.1 MB"]
    assert share_words(3_250_586, 9_437_184) == "3.1 of 9.0 MB"
    assert share_words(300_000, 9_437_184) == "293 KB of 9.0 MB"
