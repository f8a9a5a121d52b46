"""The words of a Word document (.docx): paragraphs and tables in their order, pages by explicit breaks."""

import io
from collections.abc import Iterator
from typing import Any

from .words import clean

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PAGE = "\x0e"


def read_word(data: bytes) -> tuple[list[str], str]:
    """Return the text of each page and a remark, empty where all is well; raise what python-docx raises."""
    import docx

    document = docx.Document(io.BytesIO(data))
    words = "\n".join(_block(block) for block in document.element.body)
    pages = [clean(page) for page in words.split(_PAGE)]
    if not any(pages):
        return [], "it holds no words"
    return pages, ""


def _block(block: Any) -> str:
    match block.tag.removeprefix(_W):
        case "p":
            before = _PAGE if _starts_a_page(block) else ""
            return before + "".join(_pieces(block))
        case "tbl":
            return "\n".join(_row(row) for row in block.iter(f"{_W}tr"))
        case "sdt":  # a content control round whole paragraphs
            content = block.find(f"{_W}sdtContent")
            return "\n".join(_block(inner) for inner in content) if content is not None else ""
        case _:
            return ""


def _row(row: Any) -> str:
    cells = (" ".join("".join(_pieces(each)) for each in cell.iter(f"{_W}p")) for cell in row.iterchildren(f"{_W}tc"))
    return " | ".join(" ".join(cell.replace(_PAGE, " ").split()) for cell in cells)


def _starts_a_page(paragraph: Any) -> bool:
    found = paragraph.find(f"{_W}pPr/{_W}pageBreakBefore")
    return found is not None and found.get(f"{_W}val", "true") not in ("0", "false", "off")


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        match child.tag:
            case tag if tag == f"{_W}t":
                yield child.text or ""
            case tag if tag == f"{_W}tab":
                yield "\t"
            case tag if tag == f"{_W}br":
                yield _PAGE if child.get(f"{_W}type") == "page" else "\n"
            case tag if tag == f"{_W}cr":
                yield "\n"
            case tag if tag == f"{_W}noBreakHyphen":
                yield "-"
            case tag if tag == _FALLBACK or tag == f"{_W}pPr":
                pass  # the same words a second time, or none
            case _:
                yield from _pieces(child)
