"""What became of words reads as words: struck through and underlined, a space between what went and what came."""

from __future__ import annotations

import re

import pytest

from send_desk.domain.differences import word_differences
from send_desk.gui.changed_words import changed_words


@pytest.mark.parametrize(
    ("before", "after", "read"),
    [
        ("A teaching assistant", "A specialist teacher", "A teaching specialist assistant teacher"),
        ("Twice", "Once", "Twice Once"),
        ("Twice", "", "Twice"),
        ("", "Once", "Once"),
        ("a & b", "a & c", "a &amp; b c"),
    ],
)
def test_what_came_is_never_read_as_the_end_of_what_went(before: str, after: str, read: str) -> None:
    html = changed_words(word_differences(before, after), "#000001", "#000002")
    assert re.sub("<[^>]+>", "", html) == read


def test_what_went_is_struck_through_and_what_came_is_underlined() -> None:
    assert changed_words(word_differences("Twice", "Once"), "#000001", "#000002") == (
        '<span style="color:#000002; text-decoration: line-through">Twice</span> '
        '<span style="color:#000001; text-decoration: underline">Once</span>'
    )
