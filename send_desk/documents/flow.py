"""Words of a case as blocks: free text with its lists, and the small forms that several sections share."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from send_desk.domain.dates import in_words, iso
from send_desk.domain.text import BlockKind, Text

from .blocks import Facts, Items, Paragraph, Role, Words, plain


def text_blocks(text: Text, role: Role = Role.BODY) -> Iterator[Paragraph | Items]:
    """Yield free text as paragraphs and lists; neighbouring items of one kind make one list."""
    for kind, run in groupby(text, lambda block: block.kind):
        match kind:
            case BlockKind.PARAGRAPH:
                yield from (Paragraph(block.runs, role) for block in run)
            case BlockKind.BULLET:
                yield Items(tuple(block.runs for block in run))
            case _:
                yield Items(tuple(block.runs for block in run), ordered=True)


def facts(pairs: Iterable[tuple[str, str]]) -> tuple[Facts, ...]:
    """Return the pairs that have a value, as one block; none where no pair has."""
    filled = tuple((term, plain(value.strip())) for term, value in pairs if value.strip())
    return (Facts(filled),) if filled else ()


def day_words(value: str) -> str:
    """Return an ISO date as it is printed; other words, and numbers that only look like one, as they are."""
    day = iso(value) if "-" in value else None
    return in_words(day) if day else value


def joined(*parts: str, by: str = ", ") -> str:
    """Return the parts that are not empty, joined."""
    return by.join(part.strip() for part in parts if part.strip())


def words_of(text: Text) -> Words:
    """Return a text as one run of words, line ends between its blocks: for a cell of a table."""
    runs: list[Words] = []
    for number, block in enumerate(text):
        runs.append(block.runs if not number else (*plain("\n"), *block.runs))
    return tuple(run for words in runs for run in words)
