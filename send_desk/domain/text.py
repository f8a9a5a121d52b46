"""Words with paragraphs, lists and emphasis, in a small structure of our own.

A text is a tuple of blocks; a list is a run of neighbouring bullet or number blocks. In files it is a string
(paragraphs parted by an empty line) as long as that loses nothing, and otherwise a list of blocks.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of text is."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBER = "number"


class Style(StrEnum):
    """How a run of words is set."""

    PLAIN = ""
    STRONG = "strong"
    EMPHASIS = "em"


@dataclass(frozen=True, slots=True)
class Run:
    """Words set in one style."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or one item of a list."""

    kind: BlockKind
    runs: tuple[Run, ...]

    @property
    def words(self) -> str:
        """The block's words without their setting."""
        return "".join(run.text for run in self.runs)


Text = tuple[Block, ...]
EMPTY: Text = ()

_GAP = re.compile(r"\n[ \t]*\n\s*")


def from_words(words: str) -> Text:
    """Return plain words as paragraphs, parted where a line is empty."""
    parts = (part.strip("\n") for part in _GAP.split(words.replace("\r\n", "\n").replace("\r", "\n")))
    return tuple(Block(BlockKind.PARAGRAPH, (Run(part),)) for part in parts if part.strip())


def to_words(text: Text) -> str:
    """Return the words of a text, paragraphs parted by an empty line and list items by a line end."""
    out: list[str] = []
    for before, block in zip((None, *text), text, strict=False):
        if before is not None:
            both_items = before.kind is not BlockKind.PARAGRAPH and before.kind is block.kind
            out.append("\n" if both_items else "\n\n")
        out.append(block.words)
    return "".join(out)


def is_plain(text: Text) -> bool:
    """Tell whether a string can hold this text without losing anything."""
    return from_words(to_words(text)) == text


def to_value(text: Text) -> str | list[dict[str, object]]:
    """Return the text as it stands in files: a string where that suffices, else a list of blocks."""
    if is_plain(text):
        return to_words(text)
    return [
        {"kind": str(block.kind), "runs": [{"text": run.text, "style": str(run.style)} for run in block.runs]}
        for block in text
    ]


def from_value(value: object) -> Text:
    """Read a text from a file's value; raise ValueError with a plain reason where it is neither string nor blocks."""
    match value:
        case None:
            return EMPTY
        case str():
            return from_words(value)
        case Sequence():
            return tuple(_block(item) for item in value)
        case _:
            raise ValueError("a text is a string or a list of blocks")


def _block(item: object) -> Block:
    match item:
        case str():
            return Block(BlockKind.PARAGRAPH, (Run(item),))
        case Mapping():
            kind = item.get("kind", "paragraph")
            runs = item.get("runs", item.get("text", ""))
            if kind not in set(BlockKind):
                raise ValueError(f"a block of text is a paragraph, bullet or number, not {kind!r}")
            return Block(BlockKind(kind), _runs(runs))
        case _:
            raise ValueError("a block of text has a kind and its runs")


def _runs(value: object) -> tuple[Run, ...]:
    match value:
        case str():
            return (Run(value),)
        case Sequence():
            return tuple(_run(item) for item in value)
        case _:
            raise ValueError("the runs of a block are a string or a list")


def _run(item: object) -> Run:
    match item:
        case str():
            return Run(item)
        case {"text": str(words), **rest}:
            style = rest.get("style", "")
            if style not in set(Style):
                raise ValueError(f"the style of a run is empty, strong or em, not {style!r}")
            return Run(words, Style(str(style)))
        case _:
            raise ValueError("a run has its text")
