"""The advice reports of the made-up county, page by page, with the place of every sentence that a plan will quote."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from send_desk.domain.case import Document
from send_desk.domain.dates import in_words
from send_desk.domain.entry import Source
from send_desk.domain.person import Adviser

from .chance import identity, some
from .families import Family, fill
from .stock import AdviserKind, Provided, Stock, Strand

PAGE = 2_300
"""About so many characters stand on a page."""


@dataclass(frozen=True)
class Report:
    """A document with where each of its sentences stands: by strand and part, or by the words themselves."""

    document: Document
    places: dict[str, Source] = field(default_factory=dict)

    def source(self, key: str) -> tuple[Source, ...]:
        """Return the place of a sentence as the sources of an entry; empty where the report has no such sentence."""
        found = self.places.get(key)
        return (found,) if found else ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A provision's fields with names and pronouns in place."""

    what: str
    who: str
    qualification: str
    how_often: str
    how_long: str
    group: str
    for_how_long: str
    review: str


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    key: str = ""
    quote: str = ""

    @property
    def heading(self) -> bool:
        """Whether it stands over what follows and so must not end a page."""
        return not self.key and len(self.text) < 60 and not self.text.endswith((".", "?"))


def filled(provided: Provided, family: Family) -> Filled:
    """Return a provision's fields for one child; they begin with capitals only where they begin a sentence."""
    voice = family.voice
    return Filled(
        what=fill(provided.what, voice),
        who=fill(provided.who, voice),
        qualification=_small(fill(provided.qualification, voice)),
        how_often=_small(fill(provided.how_often, voice)),
        how_long=_small(fill(provided.how_long, voice)),
        group=_small(fill(provided.group, voice)),
        for_how_long=_small(fill(provided.for_how_long, voice)),
        review=_small(fill(provided.review, voice)),
    )


def outcome_words(strand: Strand, family: Family, by: str) -> str:
    """Return the sentence with which a report hopes for an outcome."""
    voice = family.voice
    will, so_that = strand.will.format_map(voice), strand.so_that.format_map(voice)
    return f"By {by}, {voice['name']} will {will}, so that {so_that}."


def provision_words(provided: Provided, family: Family, shape: int) -> str:
    """Return the sentence with which a report advises a provision; `shape` chooses between ways of putting it."""
    one = filled(provided, family)
    match shape % 3:
        case 0:
            return (
                f"I advise {_small(one.what)}. {one.who} ({one.qualification}) gives it {one.how_often} for "
                f"{one.how_long}, {one.group}, for {one.for_how_long}. It is reviewed {one.review}."
            )
        case 1:
            return (
                f"{family.voice['name']} needs {_small(one.what)}: {_small(one.who)}, {one.qualification}; "
                f"{one.how_often}; {one.how_long}; {one.group}; {one.for_how_long}; reviewed {one.review}."
            )
        case _:
            return (
                f"{one.what}. {one.who}, {one.qualification}, {one.how_often}, {one.how_long}, {one.group}, "
                f"for {one.for_how_long}. Review {one.review}."
            )


def write_report(
    stock: Stock,
    random: Random,
    family: Family,
    kind: AdviserKind,
    adviser: Adviser,
    *,
    dated: date,
    by: str,
    strands: Sequence[Strand] = (),
    quoted: Sequence[str] = (),
) -> Report:
    """Write an adviser's report on the strands given; `quoted` are words of the child or family to stand in it."""
    skeleton = random.choice([one for one in stock.skeletons if kind.id in one.kinds])
    voice, shape = family.voice, random.randrange(3)

    def paragraphs() -> Iterator[_Paragraph]:
        yield from _head(kind, adviser, family, dated)
        yield _Paragraph("How this advice was made")
        yield from (_Paragraph(fill(words, voice)) for words in skeleton.method)
        yield from (_Paragraph(fill(words, voice)) for words in skeleton.opening)
        if quoted:
            yield _Paragraph("In our own words" if kind.id == "parent" else f"What {voice['name']} says")
            yield from (_Paragraph(words, words, words) for words in quoted)
        if strands:
            yield from _findings(stock, random, family, strands, by=by, shape=shape)
        yield from (_Paragraph(fill(words, voice)) for words in skeleton.closing)
        yield _Paragraph(fill(random.choice(stock.shared["sharing"]), voice))
        yield _Paragraph(_signed(adviser, dated))

    return _paged(random, kind, adviser, dated, list(paragraphs()))


def write_nil(
    stock: Stock, random: Random, family: Family, kind: AdviserKind, adviser: Adviser, *, dated: date
) -> Report:
    """Write the short letter of an adviser who looked and found no relevant needs; its key is `nil`."""
    words = fill(stock.shared["nil"], family.voice)
    body = [*_head(kind, adviser, family, dated), _Paragraph(words, "nil", words), _Paragraph(_signed(adviser, dated))]
    return _paged(random, kind, adviser, dated, body)


def write_notice(random: Random, family: Family, kind: AdviserKind, adviser: Adviser, *, dated: date) -> Report:
    """Write an answer that holds no advice: a covering note without its papers."""
    words = "Please see the letters on the clinic's system. Current information will be shared at the next meeting."
    body = [*_head(kind, adviser, family, dated), _Paragraph(words), _Paragraph(_signed(adviser, dated))]
    return _paged(random, kind, adviser, dated, body)


def document_bytes(document: Document) -> bytes:
    """Return the bytes whose digest a made-up document names: its pages as UTF-8 text, parted by form feeds."""
    return "\f".join(document.pages).encode()


def _head(kind: AdviserKind, adviser: Adviser, family: Family, dated: date) -> Iterator[_Paragraph]:
    child = family.child
    born = in_words(child.date_of_birth) if child.date_of_birth else ""
    yield _Paragraph(f"{kind.title} for an education, health and care needs assessment")
    yield _Paragraph(
        f"Name: {child.full_name}\nDate of birth: {born}\nSetting: {family.setting.name}\n"
        f"From: {adviser.name}, {adviser.role}\nService: {adviser.service}\nDate: {in_words(dated)}"
    )


def _findings(
    stock: Stock, random: Random, family: Family, strands: Sequence[Strand], *, by: str, shape: int
) -> Iterator[_Paragraph]:
    voice, shared = family.voice, stock.shared
    yield _Paragraph(fill(shared["strengths"], voice))
    for area in dict.fromkeys(strand.area for strand in strands):
        for words in some(random, stock.strengths.get(area, ()), 2):
            text = fill(words, voice)
            yield _Paragraph(text, f"strength/{words}", text)
    yield _Paragraph(shared["needs"])
    for strand in strands:
        quote = fill(strand.evidence, voice)
        more = fill(strand.more, voice)
        yield _Paragraph(f"{quote} {more}", f"{strand.id}/need", quote)
    yield _Paragraph(shared["outcomes"])
    for strand in strands:
        quote = f"{outcome_words(strand, family, by)} At present {voice['name']} {strand.baseline.format_map(voice)}."
        yield _Paragraph(quote, f"{strand.id}/outcome", quote)
    yield _Paragraph(shared["provision"])
    for strand in strands:
        for number, provided in enumerate(strand.provisions):
            quote = provision_words(provided, family, shape)
            yield _Paragraph(quote, f"{strand.id}/provision/{number}", quote)


def _signed(adviser: Adviser, dated: date) -> str:
    return f"Signed: {adviser.name}, {adviser.role}, {in_words(dated)}"


def _paged(
    random: Random, kind: AdviserKind, adviser: Adviser, dated: date, paragraphs: Sequence[_Paragraph]
) -> Report:
    whole = sum(len(one.text) for one in paragraphs)
    room = min(PAGE, max(900, whole // 2 + 200))
    pages: list[list[_Paragraph]] = [[]]
    taken = 0
    for one in paragraphs:
        if taken and taken + len(one.text) > room:
            carried = [pages[-1].pop()] if len(pages[-1]) > 1 and pages[-1][-1].heading else []
            pages.append(carried)
            taken = 0
        pages[-1].append(one)
        taken += len(one.text)
    texts = tuple(
        "\n\n".join([*(one.text for one in page), f"Page {number} of {len(pages)}"])
        for number, page in enumerate(pages, start=1)
    )
    id_ = identity(random)
    body = "\f".join(texts).encode()
    document = Document(
        id=id_,
        title=kind.title,
        cell=str(kind.cell),
        author=adviser.name,
        role=adviser.role,
        dated=dated,
        name=f"{_file_name(kind.title)}-{dated.isoformat()}.txt",
        sha256=hashlib.sha256(body).hexdigest(),
        size=len(body),
        pages=texts,
    )
    places = {
        one.key: Source(document=id_, page=number, quote=one.quote)
        for number, page in enumerate(pages, start=1)
        for one in page
        if one.key
    }
    return Report(document, places)


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _file_name(title: str) -> str:
    return title.lower().replace(" ", "-").replace("'", "")
