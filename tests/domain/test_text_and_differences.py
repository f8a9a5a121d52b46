"""Texts keep every word through files, and differences lead from one text to the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from send_desk.domain.differences import Change, word_differences
from send_desk.domain.text import EMPTY, Block, BlockKind, Run, Style, from_value, from_words, to_value, to_words

runs = st.builds(Run, st.text(min_size=1, max_size=30), st.sampled_from(Style))
texts = st.lists(st.builds(Block, st.sampled_from(BlockKind), st.tuples(runs) | st.tuples(runs, runs)), max_size=6)


@given(texts.map(tuple))
def test_a_text_comes_back_from_a_file_as_it_went(text: tuple[Block, ...]) -> None:
    assert from_value(to_value(text)) == text


@given(st.text(max_size=200))
def test_plain_words_keep_every_character_but_empty_lines(words: str) -> None:
    kept = to_words(from_words(words))
    assert kept.split() == words.split()


def test_paragraphs_are_parted_by_an_empty_line_and_list_items_by_a_line_end() -> None:
    text = (
        Block(BlockKind.PARAGRAPH, (Run("One"), Run(" two", Style.STRONG))),
        Block(BlockKind.BULLET, (Run("three"),)),
        Block(BlockKind.BULLET, (Run("four"),)),
    )
    assert to_words(text) == "One two\n\nthree\nfour"
    assert to_value(from_words("a\n\nb")) == "a\n\nb"
    assert from_value(None) == EMPTY


def test_a_file_may_give_blocks_short() -> None:
    assert (
        to_words(from_value(["a", {"kind": "bullet", "text": "b"}, {"runs": ["c", {"text": "d"}]}])) == "a\n\nb\n\ncd"
    )


@pytest.mark.parametrize(
    "value",
    [
        7,
        [7],
        [{"kind": "table", "runs": []}],
        [{"runs": 7}],
        [{"runs": [7]}],
        [{"runs": [{"text": "a", "style": "x"}]}],
    ],
)
def test_what_is_no_text_is_said(value: object) -> None:
    with pytest.raises(ValueError, match=r"text|block|run"):
        from_value(value)


@given(st.text(max_size=120), st.text(max_size=120))
def test_differences_rebuild_both_texts(before: str, after: str) -> None:
    stretches = word_differences(before, after)
    assert "".join(one.words for one in stretches if one.change is not Change.ADDED) == before
    assert "".join(one.words for one in stretches if one.change is not Change.REMOVED) == after


def test_a_changed_word_is_shown_with_what_it_replaced() -> None:
    stretches = word_differences("one session each week", "two sessions each week")
    assert [(str(one.change), one.words) for one in stretches] == [
        ("removed", "one"),
        ("added", "two"),
        ("same", " "),
        ("removed", "session"),
        ("added", "sessions"),
        ("same", " each week"),
    ]


def test_very_long_texts_are_compared_whole() -> None:
    long = "word " * 11_000
    assert [one.change for one in word_differences(long, long + "more")] == [Change.REMOVED, Change.ADDED]
    assert [one.change for one in word_differences(long, long)] == [Change.SAME]
