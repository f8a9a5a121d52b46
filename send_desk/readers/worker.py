"""What runs in the child: bytes of one file by standard input, one JSON document by standard output."""

import json
import sys
from collections.abc import Callable
from pathlib import PurePath

from .archive import parts_of
from .limits import Limits, hold_to
from .pdf import read_pdf
from .word import read_word
from .workbook import read_workbook

Answer = dict[str, object]


def main(arguments: list[str]) -> int:
    """Read one file: arguments are the task, the file's name, seconds and mebibytes."""
    task, name, seconds, memory = arguments
    hold_to(Limits(float(seconds), int(memory)))
    data = sys.stdin.buffer.read()
    answer = _TASKS[task](data, name)
    sys.stdout.buffer.write(json.dumps(answer).encode())
    return 0


def text_of(data: bytes, name: str) -> Answer:
    """Return the pages of a paper, its kind, and what was wrong with it."""
    kind = _kind(data, name)
    match kind:
        case "pdf":
            pages, problem = read_pdf(data)
        case "docx":
            try:
                pages, problem = read_word(data)
            except Exception:  # noqa: BLE001  python-docx raises whatever its parsing meets; damaged either way
                pages, problem = [], "it is damaged"
        case "":
            pages, problem = [], "it is empty" if not data else "it is not a kind of file whose words can be read"
        case _:
            pages, problem = [], f"the words of .{kind} files are not read yet"
    return {"kind": kind, "pages": pages, "problem": problem}


def tables_of(data: bytes, _name: str) -> Answer:
    """Return the sheets of an Excel workbook as rows of words, and what was wrong with it."""
    sheets, problem = read_workbook(data)
    return {"sheets": sheets, "problem": problem}


def _kind(data: bytes, name: str) -> str:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK") and "word/document.xml" in parts_of(data):
        return "docx"
    ending = PurePath(name).suffix.lower().removeprefix(".")
    # A file that only calls itself one of these is opened as one, so that it is told to be damaged.
    return ending if ending.isalnum() and data else ""


_TASKS: dict[str, Callable[[bytes, str], Answer]] = {"text": text_of, "tables": tables_of}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
