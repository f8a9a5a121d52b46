"""Attachments on their way: which of them the office has, and the parts of those that are still coming."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlcipher3 import dbapi2

from send_desk.domain.ids import RecordKind
from send_desk.domain.revision import Revision
from send_desk.services.sync_store import Attachment

from .blobs import Blobs
from .log import Step
from .mapping import fields_of
from .schema import moment_text

_HEX = frozenset("0123456789abcdef")
_EXPECT = (
    "INSERT INTO attachment (case_id, sha256, in_office) VALUES (?, ?, 0) ON CONFLICT (case_id, sha256) DO NOTHING"
)
_TO_SEND = """
    SELECT case_id, sha256, size FROM attachment JOIN blob USING (sha256)
    WHERE NOT in_office AND case_id NOT IN (SELECT case_id FROM leaving) ORDER BY case_id, sha256
"""
_TO_FETCH = """
    SELECT case_id, sha256, (SELECT coalesce(sum(length(content)), 0) FROM chunk WHERE chunk.sha256 = attachment.sha256)
    FROM attachment WHERE sha256 NOT IN (SELECT sha256 FROM blob) AND case_id NOT IN (SELECT case_id FROM leaving)
    AND (?1 IS NULL OR asked_at IS NULL OR asked_at < ?1) ORDER BY case_id, sha256
"""


def expect(driver: dbapi2.Connection, revisions: "Iterable[Revision | Step]") -> None:
    """Note the attachments that documents among these revisions name."""
    rows = [
        (one.case, digest)
        for one in revisions
        if one.kind == RecordKind.DOCUMENT and (digest := _digest(one.fields.get("sha256")))
    ]
    driver.executemany(_EXPECT, rows)


def let_go(driver: dbapi2.Connection, case: str) -> None:
    """Forget the attachments of a case that no document of it names any more, and their bytes if no case does."""
    named = {
        _digest(fields_of(fields).get("sha256"))
        for (fields,) in driver.execute(
            "SELECT fields FROM record WHERE case_id = ? AND kind = ?", (case, str(RecordKind.DOCUMENT))
        )
    }
    held = [row[0] for row in driver.execute("SELECT sha256 FROM attachment WHERE case_id = ?", (case,))]
    for digest in held:
        if digest not in named:
            driver.execute("DELETE FROM attachment WHERE case_id = ? AND sha256 = ?", (case, digest))
            for table in ("blob", "chunk"):
                driver.execute(
                    f"DELETE FROM {table} WHERE sha256 = ?1 "  # noqa: S608  one of two constant names
                    "AND NOT EXISTS (SELECT 1 FROM attachment WHERE sha256 = ?1)",
                    (digest,),
                )


def to_send(driver: dbapi2.Connection) -> tuple[Attachment, ...]:
    """Return the attachments held here that the office is not known to have."""
    return tuple(Attachment(case, digest, size, size) for case, digest, size in driver.execute(_TO_SEND))


def to_fetch(driver: dbapi2.Connection, asked_before: datetime | None) -> tuple[Attachment, ...]:
    """Return the attachments that are not here, those left out for which the office was lately asked in vain."""
    moment = None if asked_before is None else moment_text(asked_before)
    rows = driver.execute(_TO_FETCH, (moment,))
    return tuple(Attachment(case, digest, 0, held) for case, digest, held in rows)


def in_office(driver: dbapi2.Connection, case: str, sha256: Sequence[str]) -> None:
    """Note that the office has these whole."""
    rows = [(case, digest) for digest in sha256]
    driver.executemany("UPDATE attachment SET in_office = 1 WHERE case_id = ? AND sha256 = ?", rows)


def asked(driver: dbapi2.Connection, case: str, sha256: Sequence[str], at: datetime) -> None:
    """Note that the office was asked for these in vain."""
    rows = [(moment_text(at), case, digest) for digest in sha256]
    driver.executemany("UPDATE attachment SET asked_at = ? WHERE case_id = ? AND sha256 = ?", rows)


def ask_again(driver: dbapi2.Connection) -> None:
    """Believe nothing any more of what the office has: it may be a restored one."""
    driver.execute("UPDATE attachment SET in_office = 0, asked_at = NULL")


def take_chunk(driver: dbapi2.Connection, blobs: Blobs, attachment: Attachment, chunk: bytes, *, size: int) -> bool:
    """Keep the next part; where it was the last one, keep the whole, or throw it away where it is not what it says."""
    digest = attachment.sha256
    driver.execute(
        "INSERT INTO chunk (sha256, start, content) VALUES (?, ?, ?) ON CONFLICT (sha256, start) DO NOTHING",
        (digest, attachment.held, chunk),
    )
    parts = driver.execute("SELECT sum(length(content)) FROM chunk WHERE sha256 = ?", (digest,)).fetchone()
    if int(parts[0] or 0) < size:
        return False
    rows = driver.execute("SELECT content FROM chunk WHERE sha256 = ? ORDER BY start", (digest,))
    content = b"".join(row[0] for row in rows)
    driver.execute("DELETE FROM chunk WHERE sha256 = ?", (digest,))
    if len(content) != size or hashlib.sha256(content).hexdigest() != digest:
        return False
    blobs.put(driver, digest, content)
    return True


def _digest(value: object) -> str:
    if isinstance(value, str) and len(value) == 64 and set(value.lower()) <= _HEX:
        return value.lower()
    return ""
