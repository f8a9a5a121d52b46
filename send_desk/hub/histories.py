"""Whole histories of cases, a few megabytes at a time: small cases together, a large one in pages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from send_desk.wire.packed import Packed

from .rows import to_packed

PAGE = 1000
"""The most revisions that are fetched at once."""

Fetch = Callable[[list[str], tuple[str, str]], list[dict[str, Any]]]
"""Fetches rows: of several cases all, of one case a page after a record and a revision of it."""

_START = ("", "")


def histories(fetch: Fetch, cases: Sequence[Mapping[str, Any]], *, authority: str, most_bytes: int) -> Iterator[Packed]:
    """Yield the revisions of cases in the order of case, record and revision; `cases` are rows of marks, in order."""
    for group in _groups(cases, most_bytes):
        after = _START
        while rows := fetch(group, after):
            for row in rows:
                yield to_packed(row, authority=authority, id_=row["revision"])
            if len(group) > 1:
                break
            after = (rows[-1]["record"], rows[-1]["revision"])


def _groups(cases: Sequence[Mapping[str, Any]], most_bytes: int) -> Iterator[list[str]]:
    group: list[str] = []
    count, size = 0, 0
    for row in cases:
        if group and (count + row["count"] > PAGE or size + row["bytes"] > most_bytes):
            yield group
            group, count, size = [], 0, 0
        if row["count"]:
            group.append(row["case_id"])
            count, size = count + row["count"], size + row["bytes"]
    if group:
        yield group
