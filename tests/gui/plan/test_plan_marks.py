"""Lists and emphasis are typed as plain signs and come back as they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from send_desk.domain.text import Block, BlockKind, Run, Style, from_words, to_words
from send_desk.gui.marks import from_marked, marked_value, to_marked

WORDS = st.text(st.sampled_from("ab *-1.•\\\n"), min_size=1, max_size=24)


def test_plain_paragraphs_are_shown_and_kept_as_they_are() -> None:
    words = "One paragraph.\n\nAnother, with 5 * 3 in it."
    assert to_marked(from_words(words)) == words
    assert marked_value(words) == words


def test_bullets_and_numbers_become_lists() -> None:
    text = from_marked("Ava can:\n\n- count\n- read\n\n1. first\n2. second")
    assert [block.kind for block in text] == [
        BlockKind.PARAGRAPH,
        BlockKind.BULLET,
        BlockKind.BULLET,
        BlockKind.NUMBER,
        BlockKind.NUMBER,
    ]
    assert to_words(text) == "Ava can:\n\ncount\nread\n\nfirst\nsecond"


@pytest.mark.parametrize("words", ["3. August was hard.", "1. a\n3. b", "-2 degrees", "5 * 3 * 2", "** **"])
def test_what_only_looks_like_a_mark_is_left_alone(words: str) -> None:
    assert from_marked(words) == from_words(words)


def test_emphasis_is_kept_as_runs() -> None:
    text = from_marked("She is *very* quick and **always** kind.")
    assert text[0].runs[1] == Run("very", Style.EMPHASIS)
    assert text[0].runs[3] == Run("always", Style.STRONG)
    assert to_marked(text) == "She is *very* quick and **always** kind."


@given(WORDS)
def test_plain_words_survive_being_shown_and_kept(words: str) -> None:
    text = from_words(words)
    assert from_marked(to_marked(text)) == text


@given(st.lists(st.tuples(st.sampled_from(BlockKind), WORDS, st.sampled_from(Style)), min_size=1, max_size=4))
def test_no_word_of_a_set_text_is_lost(parts: list[tuple[BlockKind, str, Style]]) -> None:
    text = tuple(Block(kind, (Run(" ".join(words.split()), style),)) for kind, words, style in parts if words.strip())
    again = from_marked(to_marked(text))
    assert [block.words.strip() for block in again] == [block.words for block in text]
    assert [block.kind for block in again if block.words] == [block.kind for block in text]
