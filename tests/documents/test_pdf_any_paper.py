"""Papers of any shape: whatever the blocks hold and wherever the pages break, nothing fails and no word is lost."""

from collections import Counter
from pathlib import Path
from random import Random

import pypdfium2
import pytest

from send_desk.documents.blocks import (
    Block,
    Document,
    Facts,
    Furniture,
    Group,
    Heading,
    Items,
    Notice,
    Paragraph,
    Role,
    Table,
    Words,
    every_words,
    plain,
    said,
)
from send_desk.documents.flowables import Grid, WordsFlow
from send_desk.documents.pdf import write_pdf
from send_desk.documents.styles import COLUMN, COLUMN_HEIGHT, load_styles
from send_desk.documents.wording import Wording

COUNTED = "xyz"


class Maker:
    """Makes blocks out of a seed; the letters x, y and z are those that are counted again on the pages."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311  shapes for a test, no secret

    def paper(self) -> tuple[Block, ...]:
        return tuple(self._block() for _ in range(self._random.randrange(2, 10)))

    def _words(self) -> Words:
        length = self._random.choice((0, 4, 30, 300, 1200, 2600))
        letter = self._random.choice(COUNTED)
        if self._random.random() < 0.2:
            return plain(letter * length)
        return plain(" ".join(letter * self._random.choice((1, 5, 9, 70)) for _ in range(length // 6)))

    def _simple(self) -> Paragraph | Items | Facts | Table | Notice:
        count = self._random.randrange(1, 7)
        match self._random.randrange(5):
            case 0:
                return Paragraph(self._words(), self._random.choice(list(Role)))
            case 1:
                return Items(tuple(self._words() for _ in range(count)), ordered=count > 3)
            case 2:
                return Facts(tuple((said(self._words())[:20], self._words()) for _ in range(count)))
            case 3:
                return Table(("a", "b"), tuple((self._words(), self._words()) for _ in range(count)), (1, 3))
            case _:
                return Notice("Title", tuple(Paragraph(self._words()) for _ in range(count)))

    def _block(self) -> Block:
        match self._random.randrange(6):
            case 0:
                return Heading(said(self._words())[:400] or "Heading", self._random.randrange(1, 5))
            case 1:
                return Group("F1", tuple(self._simple() for _ in range(self._random.randrange(4))))
            case _:
                return self._simple()


@pytest.mark.parametrize("seed", range(8))
def test_no_word_is_lost_in_a_paper_of_any_shape(shipped: Path, wording: Wording, seed: int) -> None:
    blocks = Maker(seed).paper()
    foot = Furniture("foot", wording.sentences["page.number"], "DRAFT")
    made = write_pdf(Document("A paper", "en-GB", blocks, foot), shipped)
    with pypdfium2.PdfDocument(made.data) as pdf:
        assert len(pdf) == made.pages
        told = Counter("".join(page.get_textpage().get_text_bounded() for page in pdf))
    expected = Counter("".join(every_words(blocks)))
    assert [told[letter] for letter in COUNTED] == [expected[letter] for letter in COUNTED]


def test_a_row_a_little_taller_than_a_page_is_parted_higher_up(shipped: Path) -> None:
    style = load_styles(shipped / "fonts").cell
    lines = int(COLUMN_HEIGHT // style.leading) + 1
    flow = WordsFlow(None, style, frags=WordsFlow("<br/>".join(["word"] * lines), style).frags)
    table = Grid([[[flow]]], colWidths=[COLUMN], splitInRow=34)
    first, rest = table.split(COLUMN, COLUMN_HEIGHT)
    assert first.wrap(COLUMN, COLUMN_HEIGHT)[1] <= COLUMN_HEIGHT
    assert rest.wrap(COLUMN, COLUMN_HEIGHT)[1] > style.leading


def test_a_tall_row_with_no_room_for_its_opening_begins_on_the_next_page(shipped: Path) -> None:
    style = load_styles(shipped / "fonts").cell

    def cell(words: str) -> list[WordsFlow]:
        return [WordsFlow(words, style)]

    table = Grid([[cell("short")], [cell("long " * 600)], [cell("end")]], colWidths=[COLUMN], splitInRow=34)
    first, rest = table.split(COLUMN, table.heights(COLUMN)[0] + 5)
    assert len(first.heights(COLUMN)) == 1
    assert len(rest.heights(COLUMN)) == 2
