"""Plan files that are none, or too much, or of tomorrow: a clear message, the right status, and nothing is changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Say = Callable[..., Any]

CHILD = {"first_names": "Ava", "surname": "Thornley", "date_of_birth": "2016-05-04"}
PLAN: dict[str, Any] = {
    "schema": "send-desk/plan-1",
    "case": {"reference": "P1", "child": CHILD},
    "entries": [{"id": "b1", "section": "B", "kind": "need", "text": "Ava needs time to answer."}],
}
WHOLE = json.dumps(PLAN).encode()


def _with(**other: object) -> bytes:
    return json.dumps({**PLAN, **other}).encode()


def _deep(opening: bytes, closing: bytes) -> bytes:
    return WHOLE[:-1] + b',"more":' + opening * 100_000 + b"1" + closing * 100_000 + b"}"


BAD = {
    "not JSON": (b"Dear colleague,", 2, "is not JSON"),
    "empty": (b"", 2, "is not JSON"),
    "cut off": (WHOLE[:-9], 2, "is not JSON"),
    "a list": (b"[]", 2, "does not hold a plan"),
    "bytes": (bytes(range(256)) * 9, 2, "is not text in UTF-8"),
    "UTF-16": (WHOLE.decode().encode("utf-16"), 2, "is not text in UTF-8"),
    "lists 100,000 deep": (_deep(b"[", b"]"), 2, "deeper than any plan needs"),
    "objects 100,000 deep": (_deep(b'{"a":', b"}"), 2, "deeper than any plan needs"),
    "of tomorrow": (_with(schema="send-desk/plan-2"), 1, "written by a newer SEND Desk"),
    "of another program": (_with(schema="other/plan-1"), 2, "is not a plan file"),
    "without its schema": (json.dumps({"case": PLAN["case"]}).encode(), 2, "is not a plan file"),
    "without a child": (_with(case={"reference": "P1"}), 2, "child"),
    "with a section Z": (_with(entries=[{"id": "z", "section": "Z"}]), 2, '"Z" is not one of A, B, C'),
    "with an id twice": (_with(entries=[{"id": "a", "section": "B"}] * 2), 2, "may stand once in a file"),
    "with a word for a day": (_with(case={"reference": "P1", "child": {**CHILD, "date_of_birth": "May"}}), 2, "May"),
    "with a member twice": (WHOLE[:-1] + b',"schema":"send-desk/plan-1"}', 2, "twice"),
    "with a bell": (_with(entries=[{"id": "b1", "section": "B", "text": "a\x07b"}]), 2, "U+0007"),
    "of more than 10 MB": (_with(notes="word " * 2_200_000), 2, "larger than 10 MB"),
    "with 9 MB in one entry": (
        _with(entries=[{"id": "b1", "section": "B", "text": "word " * 1_900_000}]),
        2,
        "100,000",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_a_plan_file_that_cannot_be_used_is_refused_in_words(say: Say, tmp_path: Path, what: str) -> None:
    content, status, words = BAD[what]
    file = tmp_path / "plan.json"
    file.write_bytes(content)
    for command in ("import-plan", "check", "timetable"):
        said = say(command, file)
        assert (said.status, said.out) == (status, ""), (command, said.err)
        assert words in said.err
        assert "Nothing was changed" in said.err
    assert say("cases").data["cases"] == []


def test_unknown_fields_everywhere_come_back_at_export(say: Say, tmp_path: Path) -> None:
    plan = json.loads(WHOLE)
    places = (plan, plan["case"], plan["case"]["child"], plan["entries"][0])
    for number, place in enumerate(places):
        place["of_tomorrow"] = {"number": number, "words": ["‏שלום", "\U0001f469‍\U0001f467"]}
    file, out = tmp_path / "plan.json", tmp_path / "out.json"
    file.write_text(json.dumps(plan), encoding="utf-8")
    assert say("import-plan", file).status == 0
    assert say("event", "P1", "request_received", "--on", "2026-01-05").status == 0
    assert say("export", "P1", "--out", out).status == 0
    back = json.loads(out.read_text("utf-8"))
    for number, place in enumerate((back, back["case"], back["case"]["child"], back["entries"][0])):
        assert place["of_tomorrow"] == {"number": number, "words": ["‏שלום", "\U0001f469‍\U0001f467"]}


def test_a_file_that_is_no_file_is_said(say: Say, tmp_path: Path) -> None:
    for command in ("import-plan", "check", "import-cases", "import-settings"):
        assert say(command, tmp_path / "none.json").status == 2
        assert say(command, tmp_path).status in (2, 3)
    assert say("check", "x" * 5_000).status == 2
    assert say("check", "x" * 5_000 + ".json").status in (2, 3)
