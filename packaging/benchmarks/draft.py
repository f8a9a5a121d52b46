"""A draft of 30 pages against bare ReportLab: the same words in the same fonts, as paragraphs and tables."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from xml.sax.saxutils import escape

from county import County, by_size
from measure import once, say_ratio, turns
from reportlab.lib.pagesizes import A4
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table

from send_desk import paths
from send_desk.bootstrap.paper import press_of
from send_desk.cli.world import Printing
from send_desk.documents import blocks
from send_desk.documents.plan_document import draft_blocks
from send_desk.documents.styles import COLUMN, MARGIN_FOOT, MARGIN_SIDE, MARGIN_TOP, Styles, load_styles
from send_desk.documents.wording import read_wording
from send_desk.domain.text import Style

_PAGES = 30
_STEP = 5
_TERM = 0.28
"""The share of the column that the terms of a list of facts take."""


def run(county: County) -> None:
    """Print the longest plan of the county that fills no more than these pages, looking at every fifth."""
    opened, desk = county.open()
    try:
        press = press_of(opened.store, paths.resources(), desk.user.name)
        wanted, today = Printing("draft", "pdf"), desk.today
        for plan in by_size(desk)[::_STEP]:
            book = desk.book(plan)
            pages = press.draw(plan, book, today, wanted).pages
            if pages <= _PAGES:
                break
        paper = draft_blocks(
            plan, book, today, wording=read_wording(paths.resources()), local_help=press.local_help, writer=press.writer
        )
        content = once(lambda: draft_blocks(plan, book, today, wording=read_wording(paths.resources())))
        styles = load_styles(paths.resources() / "fonts")
        bare = _bare(paper, styles)
        mine, theirs = turns(lambda: press.draw(plan, book, today, wanted), lambda: _bare(paper, styles), rounds=5)
        say_ratio(
            "draft",
            mine,
            theirs,
            goal=1.3,
            pages=pages,
            peer_pages=bare,
            words=sum(len(words.split()) for words in blocks.every_words(paper.blocks)),
            of_it_content=content.cpu,
        )
    finally:
        opened.close()


def _bare(paper: blocks.Document, styles: Styles) -> int:
    """Set the paper as anybody would with ReportLab alone; return the number of pages."""
    out = BytesIO()
    template = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN_SIDE,
        rightMargin=MARGIN_SIDE,
        topMargin=MARGIN_TOP,
        bottomMargin=MARGIN_FOOT,
        title=paper.title,
    )
    template.build(list(_story(paper.blocks, styles)))
    return template.page


def _story(parts: Iterable[blocks.Block], styles: Styles) -> Iterator[Flowable]:
    body = styles.roles[blocks.Role.BODY]
    for part in parts:
        match part:
            case blocks.Heading(words=words, level=level, small=small):
                yield Paragraph(escape(words), styles.headings[min(level + small, 4) - 1])
            case blocks.Paragraph(words=words, role=role):
                yield Paragraph(_marked(words, styles), styles.roles[role])
            case blocks.Items(items=items, ordered=ordered):
                for number, item in enumerate(items, start=1):
                    mark = f"{number}." if ordered else "•"
                    yield Paragraph(_marked(item, styles), styles.item, bulletText=mark)
            case blocks.Facts(pairs=pairs):
                rows = [
                    [Paragraph(escape(term), styles.term), Paragraph(_marked(value, styles), styles.cell)]
                    for term, value in pairs
                ]
                yield _table(rows, [_TERM, 1 - _TERM])
            case blocks.Table(header=header, rows=cells, widths=widths):
                heads = [Paragraph(escape(head), styles.head_cell) for head in header]
                rows = [heads, *([Paragraph(_marked(cell, styles), styles.cell) for cell in row] for row in cells)]
                yield _table(rows, [width / sum(widths) for width in widths])
            case blocks.Notice(title=title, body=inner):
                inside = [Paragraph(escape(title), styles.notice_title), *_story(inner, styles)]
                yield _table([[flowable] for flowable in inside], [1.0])
            case blocks.Group(label=label, blocks=inner):
                yield Paragraph(escape(label), body)
                yield from _story(inner, styles)
            case blocks.PageBreak():
                yield PageBreak()
            case blocks.Figure(alt=alt):
                yield Paragraph(escape(alt), body)


def _table(rows: list[list[Flowable]], shares: list[float]) -> Table:
    return Table(rows, colWidths=[share * COLUMN for share in shares], style=[("VALIGN", (0, 0), (-1, -1), "TOP")])


def _marked(words: blocks.Words, styles: Styles) -> str:
    """Return words in ReportLab's own mark-up."""
    return "".join(
        escape(run.text).replace("\n", "<br/>")
        if run.style is Style.PLAIN
        else f'<font name="{styles.fonts.faces[run.style]}">{escape(run.text)}</font>'
        for run in words
    )
