"""Control characters, emoji, words from right to left, and days of other centuries, at every door of the program."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

Say = Callable[..., Any]

FAMILY = "\U0001f469‍\U0001f467‍\U0001f466"
TYPED = f"Ava​\x07 {FAMILY} שלום\x1b‮"
KEPT = f"Ava {FAMILY} שלום"


@pytest.fixture
def strange(say: Say) -> str:
    """A case whose names have all of it."""
    names = ("--first-names", TYPED, "--surname", "O'Néill\r\nمرحبا", "--reference", "W/1")
    assert say("new-case", *names, "--born", "2016-05-04", "--received", "2026-01-05").status == 0
    return "W/1"


def test_strange_names_go_through_list_search_paper_and_export_and_come_back(
    say: Say, strange: str, tmp_path: Path
) -> None:
    name = f"{KEPT} O'Néill مرحبا"
    assert say("cases").data["cases"][0]["name"] == name
    assert say("show", strange).data["case"]["name"] == name
    for words in ("שלום", "O'Néill", "o'neill", "مرحبا"):
        assert [hit["name"] for hit in say("search", words).data["hits"]] == [name], words
    for words in ('"', "*", "a OR", "NEAR(", "-", "\x00", "\ud83d", "a" * 50_000, " ".join(map(str, range(3_000)))):
        assert say("search", words).status == 0
    out = tmp_path / "plan.json"
    assert say("export", strange, "--out", out).status == 0
    child = json.loads(out.read_text("utf-8"))["case"]["child"]
    assert (child["first_names"], child["surname"]) == (KEPT, "O'Néill مرحبا")
    assert say("import-plan", out).data["changed"] == 0, "what went out is what is here"
    paper = tmp_path / "draft.pdf"
    assert say("print", strange, "--rendering", "draft", "--out", paper).status == 0
    with pypdfium2.PdfDocument(paper) as document:
        assert "O'Néill" in document[0].get_textpage().get_text_bounded()


def test_strange_words_in_an_entry_go_to_paper_and_back(say: Say, tmp_path: Path) -> None:
    child = {"first_names": "Ava", "surname": "Thornley", "date_of_birth": "2016-05-04"}
    text = f'She says {FAMILY} and ‏שלום‏ at 5 < 6 & "7" **not bold** <b>not markup</b> &amp; {{not}} %s'
    plan = {
        "schema": "send-desk/plan-1",
        "case": {"reference": "P1", "child": child},
        "entries": [{"id": "v", "section": "A", "kind": "view", "text": text}],
    }
    file, out, paper = tmp_path / "in.json", tmp_path / "out.json", tmp_path / "draft.pdf"
    file.write_text(json.dumps(plan), encoding="utf-8")
    assert say("import-plan", file).status == 0
    assert say("export", "P1", "--out", out).status == 0
    assert json.loads(out.read_text("utf-8"))["entries"][0]["text"] == text
    assert say("print", "P1", "--rendering", "draft", "--out", paper).status == 0
    with pypdfium2.PdfDocument(paper) as document:
        printed = " ".join(document[at].get_textpage().get_text_bounded() for at in range(len(document)))
    assert "<b>not markup</b> &amp; {not} %s" in " ".join(printed.split())
    assert say("search", "markup").data["hits"][0]["record"].endswith("/v")


def test_a_name_that_nobody_can_see_is_no_name(say: Say) -> None:
    said = say("new-case", "--first-names", "​", "--surname", " \t", "--born", "2016-05-04", "--received", "2026-01-05")
    assert said.status == 2
    assert "name" in said.err
    long = say(
        "new-case", "--first-names", "x" * 5_000, "--surname", "T", "--born", "2016-05-04", "--received", "2026-01-05"
    )
    assert (long.status, "5,000 characters" in long.err) == (2, True)
    assert say("cases").data["cases"] == []


def test_a_child_born_in_1900_is_kept_and_questioned(say: Say, tmp_path: Path) -> None:
    names = ("--first-names", "Ava", "--surname", "Thornley", "--reference", "OLD")
    assert say("new-case", *names, "--born", "1900-01-01", "--received", "2026-01-05").status == 0
    found = say("check", "OLD")
    assert found.status == 1
    assert any(one["field"] == "date_of_birth" for one in found.data["findings"])
    for command in ("show", "timetable"):
        assert say(command, "OLD").status == 0
    assert say("print", "OLD", "--rendering", "draft", "--out", tmp_path / "old.pdf").status == 0


def test_days_that_lie_ahead_are_refused_and_nothing_is_saved(say: Say, ava: str) -> None:
    names = ("--first-names", "Ben", "--surname", "Ashby")
    for born, received in (("2099-01-01", "2026-01-05"), ("2016-05-04", "2099-01-01"), ("2016-05-04", "9999-12-31")):
        said = say("new-case", *names, "--born", born, "--received", received)
        assert said.status == 2
        assert "othing was saved" in said.err
    for words in (
        ("event", ava, "decision_assess", "--on", "2099-01-01"),
        ("contribution", ava, "health", "requested", "--on", "2099-01-01"),
    ):
        assert say(*words).status == 2
    for day in ("2026-02-30", "04/05/2016", "tomorrow", ""):
        assert say("event", ava, "decision_assess", "--on", day).status == 2
    assert [case["reference"] for case in say("cases").data["cases"]] == [ava]
    assert say("show", ava).data["contributions"] == []


def test_a_plan_from_a_file_with_days_of_other_centuries_can_be_seen_and_mended(say: Say, tmp_path: Path) -> None:
    for born, received in (("2099-01-01", "2099-01-01"), ("0001-01-01", "9999-12-31"), ("1900-01-01", "0001-01-01")):
        child = {"first_names": "Ava", "surname": "Thornley", "date_of_birth": born}
        events = [{"kind": "request_received", "on": received}, {"kind": "decision_assess", "on": received}]
        file = tmp_path / f"{born}.json"
        case = {"reference": born, "child": child, "events": events}
        file.write_text(json.dumps({"schema": "send-desk/plan-1", "case": case}), encoding="utf-8")
        assert say("check", file).status == 1
        assert say("timetable", file).status == 0
        assert say("import-plan", file).status == 0
        for command in ("show", "timetable", "check"):
            assert say(command, born).status in (0, 1)
        assert say("print", born, "--rendering", "draft", "--out", tmp_path / "d.pdf").status == 0
    assert len(say("cases").data["cases"]) == 3


@pytest.mark.parametrize("today", ["1900-01-01", "2099-12-31", "2199-12-31"])
def test_a_laptop_whose_clock_is_wrong_shows_every_case(say: Say, ava: str, today: str) -> None:
    for command in (("cases",), ("show", ava), ("timetable", ava), ("check", ava), ("status",)):
        assert say(*command, "--today", today).status in (0, 1)


def test_a_day_outside_the_calendar_of_the_law_is_refused(say: Say, ava: str) -> None:
    assert say("cases", "--today", "0001-01-01").status == 2
    assert say("law", "due", "FINAL_PLAN", "--start", "9999-12-31").status == 2
    assert say("law", "due", "FINAL_PLAN", "--start", "2099-01-01").status == 0
