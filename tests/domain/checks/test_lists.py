"""The quick look at a row never passes over what the patterns of a word list would find in it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from send_desk.domain.checks.lists import CheckLists, vocabulary_of

_PATTERNS = (
    r"\bX{2,}\b",
    r"\b(?:Pupil|Child)'s name\b",
    r"\bTODO\b|FIXME|\bTBC\b",
    r"\b[|(xX]{3}",
    r"_{3,}",
    r"\[(?i:insert|name)[^\[\]|]{0,20}\]",
    r"(?m:^\s*name\s*$)",
)
_PHRASES = ("special school", "SEN school", "he/she", "to be added", "***", "autism", "down's syndrome")
_PIECES = (
    *(
        "XX",
        "X",
        "xxx",
        "x|x",
        "Pupil",
        "Child's",
        "name",
        "TODO",
        "FIXME",
        "aFIXME",
        "TBC",
        "___",
        "[insert",
        "]",
        "|",
    ),
    *("special", "School", "sen", "he", "/", "She", "to be", "added", "***", "Autism", "Down's", "syndrome"),
    *(" ", " ", "  ", "\n", ".", ",", "\u00e9", "\u2019"),
)
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=14).map("".join)
_LISTS = CheckLists(
    {"placeholders.patterns": _PATTERNS, "placeholders.words": _PHRASES, "adulthood.employment": ("job", "work place")}
)


@given(_TEXTS)
def test_marks_of_a_template_are_those_that_the_patterns_find(text: str) -> None:
    plain = re.search("|".join(f"(?:{pattern})" for pattern in sorted(_PATTERNS, key=len, reverse=True)), text)
    found = _LISTS.template_marks.search(text)
    assert (found and found.span()) == (plain and plain.span())


@given(_TEXTS)
def test_phrases_are_those_that_the_pattern_finds(text: str) -> None:
    phrases = _LISTS.template_words
    plain = phrases.whole.search(text)
    found = phrases.search(text, vocabulary_of(text.lower()))
    assert (found and found.span()) == (plain and plain.span())


@pytest.mark.parametrize("words", ["***", "a ***.", "he/she", "She or He/She", "TO BE\nadded", "Down's syndrome"])
def test_a_phrase_is_found_whatever_its_signs_capitals_and_spaces(words: str) -> None:
    assert _LISTS.template_words.search(words, vocabulary_of(words.lower()))


def test_beginnings_of_words_are_found_inside_no_word() -> None:
    strand = _LISTS.strands["employment"]
    assert strand.search("A Job, a work  placement.", "a job, a work  placement.")
    assert strand.search("A work  placement.", "a work  placement.")
    assert not strand.search("A windowjob.", "a windowjob.")
