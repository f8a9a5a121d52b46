"""What is typed at any door is fit to keep, and nothing that a language needs is lost."""

import json

from hypothesis import given
from hypothesis import strategies as st

from send_desk.domain.typed import clean, clean_line
from send_desk.services.plan_json import parse

FAMILY = "\U0001f469‍\U0001f467‍\U0001f466"


def test_what_languages_and_emoji_need_stays() -> None:
    for words in ("O'Néill", "שלום", "مرحبا", FAMILY, "नमस्ते", "‏(א)", "Zoë-Anne"):
        assert clean_line(words) == words


def test_what_nobody_can_see_goes() -> None:
    assert clean_line("A\x00v\x07a​ \x1b[31m‮Thornley\ud83d﻿") == "Ava [31mThornley"
    assert clean_line("​ \t\n") == ""


def test_a_line_is_one_line_and_a_note_keeps_its_paragraphs() -> None:
    assert clean_line("Ava\r\n  Rose\tThornley") == "Ava Rose Thornley"
    assert clean("one\r\n\r\ntwo\x85three\u2028four") == "one\n\ntwo\nthree\nfour"


@given(st.text())
def test_what_is_clean_stays_as_it_is_and_a_plan_file_takes_it(words: str) -> None:
    once = clean(words)
    assert clean(once) == once
    assert clean_line(clean_line(words)) == clean_line(words)
    once.encode("utf-8")


@given(st.text())
def test_whatever_is_typed_can_go_out_in_a_plan_file_and_come_back(words: str) -> None:
    assert parse(json.dumps({"words": clean(words)}))["words"] == clean(words)
