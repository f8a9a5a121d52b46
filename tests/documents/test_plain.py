"""Blocks as JSON: the open form of a paper follows its schema, and its version follows its words."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from send_desk.documents.blocks import (
    Block,
    Document,
    Facts,
    Figure,
    Furniture,
    Group,
    Heading,
    Items,
    Notice,
    PageBreak,
    Table,
    Tone,
    paragraph,
    plain,
)
from send_desk.documents.plain import document_value, version_of, write_plain

EVERY_KIND: tuple[Block, ...] = (
    Heading("Title", 1),
    paragraph("words"),
    Items((plain("one"),), ordered=True),
    Facts((("term", plain("value")),)),
    Table(("head", "head"), ((plain("cell"), ()),), (1, 2)),
    Notice("notice", (paragraph("inside"), Items((plain("item"),))), Tone.KNOW),
    Figure(b"\x89PNG", "a rabbit in a signal box", 0.5),
    PageBreak(),
    Group("F3", (paragraph("last"), Facts((("term", ()),)))),
)


@pytest.fixture(scope="module")
def validator(shipped: Path) -> Draft202012Validator:
    schema = json.loads((shipped / "schema" / "blocks-1.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_every_kind_of_block_follows_the_schema(validator: Draft202012Validator) -> None:
    document = Document("A paper", "en-GB", EVERY_KIND, Furniture("foot", watermark="DRAFT"), version_of(EVERY_KIND))
    value = json.loads(write_plain(document))
    assert list(validator.iter_errors(value)) == []
    assert [block["block"] for block in value["blocks"]] == [
        "heading", "paragraph", "list", "facts", "table", "notice", "figure", "page_break", "group",
    ]  # fmt: skip


def test_the_schema_refuses_a_block_that_is_none(validator: Draft202012Validator) -> None:
    value = document_value(Document("A paper", "en-GB", (paragraph("words"),)))
    value["blocks"] = [{"block": "poster"}]
    assert list(validator.iter_errors(value))


def test_the_same_words_have_the_same_version() -> None:
    again = tuple(EVERY_KIND)
    assert version_of(again) == version_of(EVERY_KIND)
    assert len(version_of(again)) == 8
    assert version_of((paragraph("words"),)) != version_of((paragraph("word"),))


def test_half_a_character_is_written_as_a_question_mark() -> None:
    document = Document("A paper", "en-GB", (paragraph("half \ud83d"),), version=version_of((paragraph("\ud83d"),)))
    assert json.loads(write_plain(document))["blocks"][0]["words"][0]["text"] == "half ?"
