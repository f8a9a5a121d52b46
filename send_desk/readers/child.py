"""Starting the child that opens a file, and its answer; a child that crashes or hangs costs only the file's words."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .limits import HIDDEN, Limits

BIGGEST = 200 * 1024 * 1024

READ_FILE = "--read-file"
"""The argument by which a frozen program, which has no `-m`, is told to be the child (see `__main__`)."""

_PACKAGES = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """The words of a paper by page, its kind (pdf, docx, another ending or empty), and what was wrong, in words."""

    pages: tuple[str, ...]
    kind: str
    problem: str


def read_text(data: bytes, name: str, *, limits: Limits | None = None) -> ReadDocument:
    """Return the words of a paper; where they cannot be read, `problem` says why and the pages may be none.

    Never raises for what the file holds: whoever adds advice keeps the file in any case.
    """
    answer = ask("text", data, name, limits=limits)
    pages = answer.get("pages")
    problem = str(answer.get("problem", ""))
    return ReadDocument(
        tuple(str(page) for page in pages) if isinstance(pages, list) else (),
        str(answer.get("kind", "")),
        f"The words of {name} could not be read: {problem}. The file itself is kept." if problem else "",
    )


def ask(task: str, data: bytes, name: str, *, limits: Limits | None = None) -> Mapping[str, object]:
    """Have a child do one task and return its answer, with a `problem` where it gave none."""
    bounds = limits or Limits()
    if len(data) > BIGGEST:
        return {"problem": "it is larger than 200 MB"}
    command = [*_command(), task, name.replace("\0", ""), str(bounds.seconds), str(bounds.memory)]
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=bounds.seconds,
            env=_environment(),
            creationflags=HIDDEN,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"problem": "reading it took longer than any paper should"}
    except OSError as error:
        return {"problem": f"the reader could not be started ({error.strerror})"}
    if done.returncode != 0:
        return {"problem": "it is damaged, or needs more memory than any paper should"}
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        return {"problem": "it is damaged"}
    return answer if isinstance(answer, dict) else {"problem": "it is damaged"}


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, READ_FILE]
    return [sys.executable, "-P", "-m", "send_desk.readers.worker"]


def _environment() -> dict[str, str]:
    # Where the program runs from a checkout, the child finds it in the same place.
    paths = [str(_PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}
