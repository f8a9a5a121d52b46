"""Blocks: equal where the paper is equal, and every word of them can be read out."""

from send_desk.documents.blocks import (
    Facts,
    Figure,
    Group,
    Heading,
    Items,
    Notice,
    PageBreak,
    Table,
    every_words,
    paragraph,
    plain,
    stressed,
    strong,
)
from send_desk.documents.flow import day_words, facts, joined, text_blocks, words_of
from send_desk.domain.text import Block, BlockKind, Run, Style, from_words


def test_every_word_is_read_in_order() -> None:
    blocks = (
        Heading("Title", 1),
        paragraph("first"),
        Items((plain("one"), plain("two"))),
        Facts((("term", plain("value")),)),
        Table(("head",), ((plain("cell"),),), (1,)),
        Notice("notice", (paragraph("inside"),)),
        Figure(b"", "a rabbit"),
        PageBreak(),
        Group("F3", (paragraph("last"),)),
    )
    assert list(every_words(blocks)) == [
        "Title", "first", "one", "two", "term", "value", "head", "cell", "notice", "inside", "a rabbit", "F3", "last",
    ]  # fmt: skip


def test_blocks_compare_by_what_they_hold() -> None:
    assert Group("F3", (paragraph("words"),)) == Group("F3", (paragraph("words"),))
    assert Group("F3", (paragraph("words"),)) != Group("F4", (paragraph("words"),))


def test_a_part_of_a_sentence_can_be_stressed() -> None:
    assert stressed("until 20 May at least", "20 May") == (Run("until "), *strong("20 May"), Run(" at least"))
    assert stressed("20 May", "20 May") == strong("20 May")
    assert stressed("no day", "20 May") == (Run("no day"),)


def test_free_text_becomes_paragraphs_and_lists() -> None:
    text = (
        Block(BlockKind.PARAGRAPH, (Run("She likes "), Run("trains", Style.STRONG))),
        Block(BlockKind.BULLET, (Run("steam"),)),
        Block(BlockKind.BULLET, (Run("diesel"),)),
        Block(BlockKind.NUMBER, (Run("first"),)),
        Block(BlockKind.PARAGRAPH, (Run("end"),)),
    )
    opening, bullets, numbers, end = text_blocks(text)
    assert opening.words == text[0].runs  # type: ignore[union-attr]  # the first block is a paragraph
    assert bullets == Items(((Run("steam"),), (Run("diesel"),)))
    assert numbers == Items(((Run("first"),),), ordered=True)
    assert end == paragraph("end")


def test_a_cell_holds_a_text_with_its_line_ends() -> None:
    assert "".join(run.text for run in words_of(from_words("one\n\ntwo"))) == "one\ntwo"


def test_a_date_is_printed_in_words_and_a_number_as_it_is() -> None:
    assert day_words("2026-03-18") == "18 March 2026"
    assert day_words("20260318") == "20260318"
    assert day_words("mid-March") == "mid-March"


def test_facts_without_a_value_are_not_told() -> None:
    assert facts((("How often", " weekly "), ("Group", "  "))) == (Facts((("How often", plain("weekly")),)),)
    assert facts((("Group", ""),)) == ()
    assert joined("Dr Haddad", " ", "paediatrician") == "Dr Haddad, paediatrician"
