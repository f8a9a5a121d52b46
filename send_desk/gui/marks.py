"""Lists and emphasis as a writer types them: "- " and "1. " at the beginning of lines, *emphasis*, **strong**.

The words of an editor and the text of the domain lead to one another without loss; a star that is meant as a star is
written with a backslash before it where it could be taken for a mark.
"""

import re
from itertools import takewhile

from send_desk.domain.text import Block, BlockKind, Run, Style, Text, from_words, is_plain, to_value

_BULLET = re.compile(r"[-•*][ \t]+(?=\S)")
_NUMBER = re.compile(r"(\d{1,3})[.)][ \t]+(?=\S)")
_RUN = re.compile(r"\*\*(?=\S)(?P<strong>(?:\\.|[^*\\])+?)(?<=\S)\*\*|\*(?=[^\s*])(?P<em>(?:\\.|[^*\\])+?)(?<=\S)\*")
_ESCAPED = re.compile(r"\\([*\\\-•\d])")
_GAP = re.compile(r"\n[ \t]*\n\s*")
_MARKS = {Style.PLAIN: "", Style.EMPHASIS: "*", Style.STRONG: "**"}


def to_marked(text: Text) -> str:
    """Return a text as the words of an editor."""
    if is_plain(text) and not _looks_marked(text):
        return "\n\n".join(block.words for block in text)
    out: list[str] = []
    number = 0
    before: BlockKind | None = None
    for block in text:
        after, number = number, number + 1 if block.kind is BlockKind.NUMBER else 0
        if before is not None:
            together = before is block.kind and block.kind is not BlockKind.PARAGRAPH
            out.append("\n" if together else "\n\n")
        words = "".join(map(_marked, block.runs))
        if block.kind is BlockKind.PARAGRAPH and _is_list(words, after):
            words = f"\\{words}"
        out.append(_lead(block.kind, number) + words)
        before = block.kind
    return "".join(out)


def from_marked(words: str) -> Text:
    """Return the words of an editor as a text; words without any mark are plain paragraphs."""
    blocks: list[Block] = []
    for part in _GAP.split(words.replace("\r\n", "\n").replace("\r", "\n")):
        numbered = sum(1 for _ in takewhile(lambda block: block.kind is BlockKind.NUMBER, reversed(blocks)))
        blocks += _blocks(part.strip("\n"), numbered)
    return tuple(blocks)


def marked_value(words: str) -> object:
    """Return the words of an editor as they are kept: a string where that suffices, else a list of blocks."""
    return to_value(from_marked(words))


def _looks_marked(text: Text) -> bool:
    return from_marked("\n\n".join(block.words for block in text)) != text


def _lead(kind: BlockKind, number: int) -> str:
    match kind:
        case BlockKind.BULLET:
            return "- "
        case BlockKind.NUMBER:
            return f"{number}. "
        case BlockKind.PARAGRAPH:
            return ""


def _marked(run: Run) -> str:
    words = re.sub(r"([*\\])", r"\\\1", run.text)
    bare = words.strip()
    if not bare:
        return words
    mark = _MARKS[run.style]
    return words.replace(bare, f"{mark}{bare}{mark}", 1)


def _blocks(part: str, after: int) -> list[Block]:
    """Split one paragraph: lines that all begin with a bullet, or count on from the list before, are a list."""
    if not part.strip():
        return []
    lines = part.split("\n")
    if _is_list(part, after):
        kind, lead = (BlockKind.BULLET, _BULLET) if _BULLET.match(part) else (BlockKind.NUMBER, _NUMBER)
        return [Block(kind, _runs(lead.sub("", line, count=1))) for line in lines]
    if not _RUN.search(part) and not _ESCAPED.search(part):
        return list(from_words(part))
    return [Block(BlockKind.PARAGRAPH, _runs(part))]


def _is_list(part: str, after: int) -> bool:
    lines = part.split("\n")
    if all(_BULLET.match(line) for line in lines):
        return True
    numbers = [int(found[1]) for line in lines if (found := _NUMBER.match(line))]
    return numbers == list(range(after + 1, after + len(lines) + 1)) or numbers == list(range(1, len(lines) + 1))


def _runs(words: str) -> tuple[Run, ...]:
    runs: list[Run] = []
    at = 0
    for found in _RUN.finditer(words):
        if found.start() > at:
            runs.append(Run(_plain(words[at : found.start()])))
        if found["strong"] is not None:
            runs.append(Run(_plain(found["strong"]), Style.STRONG))
        else:
            runs.append(Run(_plain(found["em"]), Style.EMPHASIS))
        at = found.end()
    if at < len(words):
        runs.append(Run(_plain(words[at:])))
    return tuple(runs)


def _plain(words: str) -> str:
    return _ESCAPED.sub(r"\1", words)
