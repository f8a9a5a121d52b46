"""The PDF as a reader finds it: real pages, read back with another library."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from send_desk.documents.blocks import (
    Document,
    Facts,
    Figure,
    Furniture,
    Group,
    Heading,
    Items,
    Notice,
    PageBreak,
    Role,
    Table,
    Tone,
    every_words,
    paragraph,
    plain,
)
from send_desk.documents.flowables import Grid
from send_desk.documents.pdf import Printed, write_pdf
from send_desk.documents.plan_document import draft_blocks
from send_desk.documents.wording import Wording
from send_desk.domain.case import Case
from send_desk.domain.entry import Entry
from send_desk.domain.ids import EntryKind, Section
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.text import Run, Style, from_words

BRACKET = "social care advice (requested 3 March 2026, due 14 April 2026, chased twice)"


def pages_of(data: bytes) -> list[str]:
    """Return the words of every page, in one line each; the reader marks a split word's end, which is left out."""
    with pypdfium2.PdfDocument(data) as document:
        return [" ".join(_text(page).split()) for page in _pages(document)]


def _pages(document: pypdfium2.PdfDocument) -> Iterator[pypdfium2.PdfPage]:
    for page in document:
        yield page
        page.close()


def _text(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_bounded()).replace("\ufffe", "").replace("\u0002", "")
    finally:
        text.close()


def paper(*blocks: object) -> Document:
    return Document("A paper", "en-GB", blocks, Furniture("foot", watermark="DRAFT"))  # type: ignore[arg-type]  # blocks


@pytest.fixture(scope="module")
def document(filled: Case, book: RuleBook, wording: Wording, today: date) -> Document:
    return draft_blocks(filled, book, today, wording=wording, served=date(2026, 5, 6), to=filled.people[0])


@pytest.fixture(scope="module")
def printed(document: Document, shipped: Path) -> Printed:
    return write_pdf(document, shipped)


@pytest.fixture(scope="module")
def pages(printed: Printed) -> list[str]:
    return pages_of(printed.data)


@pytest.fixture
def read(shipped: Path) -> Callable[..., list[str]]:
    """Set blocks and read the pages back."""
    return lambda *blocks: pages_of(write_pdf(paper(*blocks), shipped).data)


def test_the_printed_value_tells_the_truth(printed: Printed, pages: list[str]) -> None:
    assert printed.pages == len(pages) > 5
    assert printed.sha256 == sha256(printed.data).hexdigest()
    assert printed.replaced == ()


def test_every_page_says_which_it_is_and_whose(printed: Printed, pages: list[str], document: Document) -> None:
    for number, page in enumerate(pages, start=1):
        assert f"page {number} of {printed.pages}" in page
        assert document.furniture.left in page
        assert "DRAFT" in page


def test_sections_stand_in_order_with_their_names(pages: list[str], book: RuleBook) -> None:
    words = " ".join(pages)
    places = [words.index(law.heading) for law in book.sections]
    assert places == sorted(places)


def test_the_box_is_on_page_one_and_its_bracket_under_each_heading(pages: list[str]) -> None:
    assert "Advice missing from this draft" in pages[0]
    assert f"This draft was prepared without: {BRACKET}" in pages[0]
    words = " ".join(pages)
    for letter, following in (("D: Social care needs", "E: "), ("H1: ", "H2: "), ("H2: ", "I: ")):
        section = words[words.index(f"Section {letter}") : words.index(f"Section {following}")]
        assert BRACKET in section


def test_page_one_holds_everything_that_a_family_needs_first(pages: list[str]) -> None:
    for words in ("Who to ring", "01632 960 144", "until 20 May 2026 at least", "a meeting", "free of charge"):
        assert words in pages[0]
    assert "About Avie" in pages[1]


def test_no_word_of_the_paper_is_lost(pages: list[str], document: Document) -> None:
    told = "".join("".join(pages).split())
    for words in every_words(document.blocks):
        assert "".join(words.split()) in told.replace("-", "-"), words


def test_equal_blocks_give_equal_bytes(document: Document, printed: Printed, shipped: Path) -> None:
    assert write_pdf(document, shipped).data == printed.data
    other = replace(document, blocks=(*document.blocks, paragraph("more")))
    assert write_pdf(other, shipped).data != printed.data


def test_another_process_gives_the_same_bytes(shipped: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from send_desk.documents.blocks import Document, Furniture, Group, Heading, paragraph\n"
        "from send_desk.documents.pdf import write_pdf\n"
        "made = Document('A paper', 'en-GB', (Heading('Ŵyn', 1), Group('B1', (paragraph('words ✓ 🚂'),))), "
        "Furniture('foot', watermark='DRAFT'))\n"
        "print(write_pdf(made, Path(sys.argv[1])).sha256)"
    )
    here = write_pdf(paper(Heading("Ŵyn", 1), Group("B1", (paragraph("words ✓ 🚂"),))), shipped)
    there = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script, str(shipped)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": str(Path.cwd())},
    )
    assert there.stdout.strip() == here.sha256


def test_documents_is_imported_without_reportlab() -> None:
    script = (
        "import sys, send_desk.documents.plan_document, send_desk.documents.pdf, send_desk.documents.plain\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('reportlab', 'PIL', 'pypdfium2', 'docx')])"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_title_language_and_outline_are_in_the_file(printed: Printed) -> None:
    with pypdfium2.PdfDocument(printed.data) as pdf:
        assert pdf.get_metadata_value("Title") == "Draft education, health and care plan: Ava Rose Thornley"
        outline = [(item.level, item.get_title()) for item in pdf.get_toc()]
    assert outline[0] == (0, "Draft education, health and care plan")
    assert (1, "Section H2: Any other social care provision") in outline
    assert b"/Lang" in printed.data


def test_only_the_shipped_typeface_is_in_the_file(printed: Printed) -> None:
    assert b"AtkinsonHyperlegibleNext" in printed.data
    assert b"Helvetica" not in printed.data


def test_the_watermark_lies_behind_the_words_in_a_pale_grey(shipped: Path) -> None:
    sheet = write_pdf(paper(paragraph("word")), shipped).data
    with pypdfium2.PdfDocument(sheet) as pdf:
        picture = pdf[0].render(scale=0.5, grayscale=True).to_pil()
    middle = picture.crop((40, 100, picture.width - 40, picture.height - 60))
    darkest, lightest = middle.getextrema()
    assert lightest == 255
    assert 255 * 0.9 < darkest < 250  # there, and under 10% grey


def test_a_confidential_address_is_not_printed(
    filled: Case, book: RuleBook, wording: Wording, today: date, shipped: Path
) -> None:
    kept = replace(filled, child=replace(filled.child, address_confidential=True))
    words = " ".join(pages_of(write_pdf(draft_blocks(kept, book, today, wording=wording), shipped).data))
    assert "Weir Lane" not in words
    assert "CB4 7QX" not in words


@pytest.mark.parametrize(
    ("written", "read_back"),
    [
        ("Tom & Jerry <b>not bold</b> &amp; <para>", "Tom & Jerry <b>not bold</b> &amp; <para>"),
        ("bell\x07 null\x00 escape\x1b[31m", "bell null escape[31m"),
        ("She loves \N{STEAM LOCOMOTIVE}", "She loves [steam locomotive]"),
        ("שלום עולם", "[4 letters, Hebrew, not in this typeface] [4 letters, Hebrew, not in this typeface]"),
        ("Siân Ŵyn-Łukasz Ağaoğlu", "Siân Ŵyn-Łukasz Ağaoğlu"),
        ("half \ud83d", "half [character d83d]"),
        ("{braces} %s \\n", "{braces} %s \\n"),
    ],
)
def test_strange_characters_never_break_a_page(read: Callable[..., list[str]], written: str, read_back: str) -> None:
    told = read(
        Heading(written, 2),
        paragraph(written),
        Items((plain(written),)),
        Facts(((written, plain(written)),)),
        Table((written,), ((plain(written),),), (1,)),
        Notice(written, (paragraph(written), Items((plain(written),), ordered=True)), Tone.KNOW),
        Group(written[:2], (paragraph(written, Role.QUIET),)),
    )
    squeezed = "".join(" ".join(told).split())
    assert squeezed.count("".join(read_back.split())) >= 10


def test_what_was_replaced_is_told(shipped: Path) -> None:
    made = replace(paper(paragraph("✓ \N{RABBIT}")), title="A \N{RABBIT}\x00", author="\u202eSam")
    assert write_pdf(made, shipped).replaced == ("✓", "\N{RABBIT}")


def test_emphasis_and_line_ends_are_kept(read: Callable[..., list[str]], shipped: Path) -> None:
    runs = (Run("plain "), Run("strong", Style.STRONG), Run(" and\n"), Run("soft", Style.EMPHASIS), Run("\n\nend"))
    told = read(replace(paragraph(""), words=runs), Group("A1", (replace(paragraph(""), words=runs),)))
    assert told[0].count("plain strong and soft end") == 2
    made = write_pdf(paper(replace(paragraph(""), words=runs)), shipped)
    assert made.data.count(b"/BaseFont") >= 3


@pytest.mark.parametrize("length", [3000, 9000, 30000])
def test_a_word_without_end_is_broken_and_kept(read: Callable[..., list[str]], length: int) -> None:
    told = "".join("".join(read(paragraph("x" * length), Facts((("t", plain("y" * length)),)))).split())
    assert told.count("x") == length
    assert told.count("y") == length


def test_a_paste_of_many_pages_is_set_whole(read: Callable[..., list[str]]) -> None:
    numbers = [f"w{number}" for number in range(20_000)]
    told = " ".join(read(paragraph(" ".join(numbers))))
    assert [word for word in told.split() if word.startswith("w")] == numbers


def test_a_long_paragraph_of_many_styles_is_parted_without_loss(read: Callable[..., list[str]]) -> None:
    runs = tuple(Run(f"part{number} ", list(Style)[number % 3]) for number in range(2000))
    told = " ".join(read(Group("A1", (replace(paragraph(""), words=runs),))))
    assert [word for word in told.split() if word.startswith("part")] == [f"part{number}" for number in range(2000)]


def test_a_table_row_over_two_pages_is_split_under_a_repeated_head(read: Callable[..., list[str]]) -> None:
    long = " ".join(f"w{number}" for number in range(900))
    rows = ((plain("K1"), plain("short")), (plain("K2"), plain(long)), (plain("K3"), plain("end")))
    told = read(paragraph("before"), Table(("Label", "Longhead"), rows, (1, 5)))
    assert len(told) > 1
    assert all("Longhead" in page for page in told)
    assert [word for word in " ".join(told).split() if word.startswith("w")] == long.split()


def test_a_table_that_fits_is_not_split() -> None:
    table = Grid([["one"], ["two"]], colWidths=[100])
    assert table.split(100, 1000) == [table]


def test_the_last_row_of_a_table_is_not_left_alone(read: Callable[..., list[str]]) -> None:
    for count in range(24, 34):
        told = read(Facts(tuple((f"term{number}", plain("value")) for number in range(count))))
        assert len(told) in (1, 2)
        assert all(page.count("term") >= 2 for page in told)


def test_a_heading_is_never_the_last_thing_on_a_page(read: Callable[..., list[str]]) -> None:
    matters = (
        paragraph("follows " * 60),
        Items((plain("follows"), plain("more"))),
        Facts((("follows", plain("value")), ("more", plain("value")))),
        Table(("follows",), ((plain("one"),), (plain("two"),)), (1,)),
        Notice("follows", (paragraph("inside " * 40),)),
        Group("B1", (paragraph("follows"), Facts((("more", plain("value " * 50)),)))),
    )
    for lines in range(24, 40, 3):
        filler = tuple(paragraph(f"line {number}") for number in range(lines))
        for matter in matters:
            told = read(*filler, Heading("Lonely", 2), Heading("Smaller", 3), matter)
            page = next(page for page in told if "Lonely" in page)
            assert "Smaller" in page
            assert "follows" in page


def test_no_page_is_left_blank(read: Callable[..., list[str]]) -> None:
    rows = Facts(tuple((f"term{number}", plain("value")) for number in range(8)))
    for lines in range(1, 28):
        told = read(
            *(Group(f"F{number}", (paragraph("words"), rows)) for number in range(4)), *[paragraph("w")] * lines
        )
        told += read(
            *[paragraph("w")] * lines, *(Group(f"F{number}", (paragraph("words"), rows)) for number in range(4))
        )
        assert all("value" in page or " w" in page for page in told)


def test_a_group_stays_together_where_that_can_be(read: Callable[..., list[str]]) -> None:
    group = Group("F3", (paragraph("opening"), Facts(tuple((f"t{n}", plain("v")) for n in range(6)))))
    told = read(*(paragraph(f"line {number}") for number in range(23)), group)
    page = next(page for page in told if "opening" in page)
    assert "t5" in page


def test_a_group_may_begin_with_what_has_no_words(read: Callable[..., list[str]]) -> None:
    told = read(
        Group("F1", (Facts((("How often", plain("weekly")),)),)),
        Group("F2", (Items((plain("first"),)),)),
        Group("F3", (paragraph("Steps"), Notice("note", (paragraph("inside"),)), paragraph("after"))),
        Group("F4", ()),
        Heading("End", 4),
    )
    for words in ("F1", "F4", "How often", "weekly", "F2", "first", "F3", "Steps", "note", "after", "End"):
        assert words in told[0]


def test_a_paper_of_forty_pages(filled: Case, book: RuleBook, wording: Wording, today: date, shipped: Path) -> None:
    provision = [entry for entry in filled.entries if entry.kind is EntryKind.PROVISION]
    many = tuple(replace(entry, id=f"{entry.id}-{turn}") for turn in range(15) for entry in provision)
    document = draft_blocks(replace(filled, entries=(*filled.entries, *many)), book, today, wording=wording)
    printed = write_pdf(document, shipped)
    told = pages_of(printed.data)
    assert printed.pages >= 40
    assert f"page 40 of {printed.pages}" in told[39]
    assert "F80" in " ".join(told)


def test_an_empty_case_still_prints(bare: Case, book: RuleBook, wording: Wording, today: date, shipped: Path) -> None:
    told = " ".join(pages_of(write_pdf(draft_blocks(bare, book, today, wording=wording), shipped).data))
    assert "Section K: Advice and information" in told


@pytest.mark.parametrize("blocks", [(), (Items(()),), (Items(()), paragraph("")), (PageBreak(),)])
def test_a_paper_without_words_has_a_page(shipped: Path, blocks: tuple[Items | PageBreak, ...]) -> None:
    made = write_pdf(paper(*blocks), shipped)
    assert made.pages == len(pages_of(made.data)) == 1


def test_a_very_long_name_wraps_at_the_foot_too(
    filled: Case, book: RuleBook, wording: Wording, today: date, shipped: Path
) -> None:
    name = "The Combined Authority of the Upper Calder, the Weir Valley and the Parishes of Hartwell and Brambling"
    child = replace(
        filled.child, first_names="Wilhelmina Anastasia Persephone", surname="Featherstonehaugh-Cholmondeley"
    )
    long = replace(filled, authority=replace(filled.authority, name=name), child=child)
    told = pages_of(write_pdf(draft_blocks(long, book, today, wording=wording), shipped).data)
    for number, page in enumerate(told, start=1):
        assert name in page
        assert f"page {number} of {len(told)}" in page


def test_a_picture_stands_in_the_column(shipped: Path) -> None:
    drawn = BytesIO()
    Image.new("RGB", (400, 2000), "#1d5f8a").save(drawn, "PNG")
    made = write_pdf(
        paper(Figure(drawn.getvalue(), "a tall signal box", 0.5), PageBreak(), paragraph("after")), shipped
    )
    assert made.pages == 2
    with pypdfium2.PdfDocument(made.data) as pdf:
        images = [part for part in pdf[0].get_objects() if part.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
        left, bottom, right, top = images[0].get_bounds()
    assert right - left <= 228
    assert top - bottom <= 500


def test_control_characters_in_a_plan_reach_no_page(
    filled: Case, book: RuleBook, wording: Wording, today: date, shipped: Path
) -> None:
    strange = Entry("x", Section.B, EntryKind.NEED, from_words("odd\x00\x0b\u202ewords &<> \N{RABBIT}"))
    case = replace(filled, entries=(*filled.entries, strange))
    made = write_pdf(draft_blocks(case, book, today, wording=wording), shipped)
    assert made.replaced == ("\N{RABBIT}",)
    assert "oddwords &<> [rabbit]" in " ".join(pages_of(made.data))
