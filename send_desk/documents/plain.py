"""Blocks as JSON: the open form of a paper (`print --format blocks`, schema send-desk/blocks-1), and its digest."""

import json
from base64 import b64encode
from hashlib import sha256

from .blocks import Block, Document, Facts, Figure, Heading, Items, Notice, PageBreak, Paragraph, Table, Words

SCHEMA = "send-desk/blocks-1"

_VERSION_LENGTH = 8


def document_value(document: Document) -> dict[str, object]:
    """Return the paper as a JSON object of schema send-desk/blocks-1."""
    return {
        "schema": SCHEMA,
        "title": document.title,
        "language": document.language,
        "version": document.version,
        "author": document.author,
        "furniture": {
            "left": document.furniture.left,
            "page": document.furniture.page,
            "watermark": document.furniture.watermark,
        },
        "blocks": [_block(block) for block in document.blocks],
    }


def write_plain(document: Document) -> bytes:
    """Return the paper as UTF-8 JSON, the same bytes for the same paper."""
    return (json.dumps(document_value(document), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def version_of(blocks: tuple[Block, ...]) -> str:
    """Return the short digest by which two prints of a draft are told apart: 8 hexadecimal figures of a SHA-256."""
    body = json.dumps([_block(block) for block in blocks], ensure_ascii=False, separators=(",", ":"))
    return sha256(body.encode("utf-8", "replace")).hexdigest()[:_VERSION_LENGTH]


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading(words=words, level=level, small=small):
            return {"block": "heading", "level": level, "small": small, "words": words}
        case Paragraph(words=runs, role=role):
            return {"block": "paragraph", "role": str(role), "words": _words(runs)}
        case Items(items=items, ordered=ordered):
            return {"block": "list", "ordered": ordered, "items": [_words(item) for item in items]}
        case Facts(pairs=pairs):
            return {"block": "facts", "pairs": [{"term": term, "words": _words(value)} for term, value in pairs]}
        case Table(header=header, rows=rows, widths=widths):
            cells = [[_words(cell) for cell in row] for row in rows]
            return {"block": "table", "header": list(header), "rows": cells, "widths": list(widths)}
        case Notice(title=title, body=body, tone=tone):
            return {"block": "notice", "tone": str(tone), "title": title, "blocks": [_block(part) for part in body]}
        case Figure(data=data, alt=alt, width=width):
            return {"block": "figure", "alt": alt, "width": width, "data": b64encode(data).decode()}
        case PageBreak():
            return {"block": "page_break"}
        case _:
            return {"block": "group", "label": block.label, "blocks": [_block(part) for part in block.blocks]}


def _words(words: Words) -> list[dict[str, str]]:
    return [{"text": run.text, "style": str(run.style)} for run in words]
