"""What is gone is gone from copies too: a withdrawn case leaves the file, the index, the log beside it and the backups.

`forget` is one transaction and leaves a note that older copies still hold the case; `clean` does the rest and may be
done again after a crash, until the note is taken away.
"""

from sqlcipher3 import dbapi2

from send_desk.wire.refusals import TOO_LARGE, UNREADABLE

from . import search
from .blobs import Blobs
from .schema import WAITING

_TABLES = ("attachment", "mark", "kept", "record", "case_key", "summary", "revision")

EXPORTED = "sync.exported"
"""The setting that says up to which place of the log all that the office lacks was exported."""
_ALONE = f"""
    SELECT 1 FROM revision WHERE case_id = ? AND refused_code IN ('{TOO_LARGE}', '{UNREADABLE}')
    AND seq > coalesce((SELECT CAST(CAST(value AS TEXT) AS INTEGER) FROM setting WHERE key = '{EXPORTED}'), 0)
"""  # noqa: S608  constant names


def may_go(driver: dbapi2.Connection, case: str) -> bool:
    """Tell whether nothing of a case waits: no change, no words in work, and nothing that stands here alone.

    What the office could not even read is kept nowhere else, so it stays until the tray has been exported.
    """
    waits = f"SELECT 1 FROM revision WHERE {WAITING} AND case_id = ?"  # noqa: S608  constant names
    kept = "SELECT 1 FROM kept WHERE case_id = ?"
    return not any(driver.execute(query, (case,)).fetchone() for query in (waits, kept, _ALONE))


def forget(driver: dbapi2.Connection, case: str) -> None:
    """Delete all that is known of a case, inside the caller's transaction."""
    search.forget_case(driver, case)
    digests = [row[0] for row in driver.execute("SELECT sha256 FROM attachment WHERE case_id = ?", (case,))]
    for table in _TABLES:
        driver.execute(f"DELETE FROM {table} WHERE case_id = ?", (case,))  # noqa: S608  one of `_TABLES`
    for digest in digests:
        for table in ("blob", "chunk"):
            driver.execute(
                f"DELETE FROM {table} WHERE sha256 = ?1 "  # noqa: S608  one of two constant names
                "AND NOT EXISTS (SELECT 1 FROM attachment WHERE sha256 = ?1)",
                (digest,),
            )
    driver.execute("DELETE FROM leaving WHERE case_id = ?", (case,))


def clean(driver: dbapi2.Connection, blobs: Blobs) -> bool:
    """Leave nothing of what was deleted in the index, in the log beside the file or in stray files.

    Called outside a transaction; False where another connection is reading and the log could not be emptied.
    """
    # Deletion only marks a word as gone in the segments of the index; one segment made of all of them has no marks.
    driver.execute("INSERT INTO words_index (words_index) VALUES ('optimize')")
    blobs.sweep(driver)
    busy = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy[0]
