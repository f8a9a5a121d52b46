"""The mark of the acknowledged revisions of each case, changed in the transaction that changes what it counts."""

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlcipher3 import dbapi2

from send_desk.wire.packed import Mark, Packed, mark_of

_PUT = (
    "INSERT INTO mark (case_id, count, digest) VALUES (?, ?, ?) "
    "ON CONFLICT (case_id) DO UPDATE SET count = excluded.count, digest = excluded.digest"
)
_ALL = "SELECT case_id, count, digest FROM mark WHERE case_id NOT IN (SELECT case_id FROM leaving)"


def add(driver: dbapi2.Connection, revisions: Iterable[Packed]) -> None:
    """Count these revisions from now on."""
    _change(driver, ((one.case, mark_of(one), 1) for one in revisions))


def take(driver: dbapi2.Connection, revisions: Iterable[Packed]) -> None:
    """Count these revisions no longer."""
    _change(driver, ((one.case, mark_of(one), -1) for one in revisions))


def of_cases(driver: dbapi2.Connection) -> dict[str, Mark]:
    """Return the mark of every case that has any and is not leaving."""
    return {case: Mark(count, digest) for case, count, digest in driver.execute(_ALL)}


def together(marks: Mapping[str, Mark]) -> Mark:
    """Return the mark of many cases, which share nothing."""
    whole = Mark()
    for mark in marks.values():
        whole = whole.plus(mark)
    return whole


def _change(driver: dbapi2.Connection, changes: Iterable[tuple[str, Mark, int]]) -> None:
    counts: Counter[str] = Counter()
    digests: dict[str, int] = {}
    for case, mark, sign in changes:
        counts[case] += sign
        digests[case] = digests.get(case, 0) ^ mark.digest
    for case, digest in digests.items():
        change = Mark(counts[case], digest)
        row = driver.execute("SELECT count, digest FROM mark WHERE case_id = ?", (case,)).fetchone()
        whole = Mark(*row).plus(change) if row else change
        if whole.count:
            driver.execute(_PUT, (case, whole.count, whole.digest))
        else:
            driver.execute("DELETE FROM mark WHERE case_id = ?", (case,))
