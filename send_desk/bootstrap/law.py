"""The law and the word lists, read from the files that the program ships with."""

from collections.abc import Mapping
from pathlib import Path

from send_desk.domain.checks.lists import CheckLists, read_lists
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.rulebook_text import read_rulebook


def read_frameworks(resources: Path) -> Mapping[str, RuleBook]:
    """Return every framework beside england-2014 by its id; `name.sections.toml` belongs to `name.toml`."""
    calendars = [path.read_text("utf-8") for path in sorted((resources / "calendars").glob("*.toml"))]
    books: dict[str, RuleBook] = {}
    for path in sorted((resources / "frameworks").glob("*.toml")):
        if "." in path.stem:
            continue
        parts = sorted(path.parent.glob(f"{path.stem}.*.toml"))
        book = read_rulebook([path.read_text("utf-8"), *(part.read_text("utf-8") for part in parts)], calendars)
        books[book.framework] = book
    return books


def read_word_lists(resources: Path) -> CheckLists:
    """Return the word lists of the checks."""
    return read_lists(path.read_text("utf-8") for path in sorted((resources / "words").glob("*.toml")))
