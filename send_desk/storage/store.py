"""The desk's encrypted file behind the port `Store`: one connection, one writer at a time, snapshots out."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime

from sqlalchemy import func, select
from sqlcipher3 import dbapi2

from send_desk.domain.errors import Cannot
from send_desk.domain.ids import RecordKind
from send_desk.domain.person import DirectoryEntry
from send_desk.domain.revision import Merged, Revision
from send_desk.domain.summary import Summary
from send_desk.services import encoding
from send_desk.services.encoding import Row
from send_desk.services.ports import CaseFile, Establishment, Hit, Identity, KeptText

from . import log, search
from .blobs import Blobs
from .engine import Link
from .exchange import SAVED, Exchange, Keeper
from .faults import in_words
from .mapping import (
    KEPT_COLUMNS,
    REVISION_COLUMNS,
    fields_of,
    ids_of,
    kept_from,
    revision_from,
    summary_from,
    value_of,
)
from .schema import WAITING
from .unit import SqlUnit

_RECORDS_OF_CASE = "SELECT record, kind, fields, heads, forked, deleted FROM record WHERE case_id = ? ORDER BY record"
_FORKED = "SELECT case_id, record FROM record WHERE forked AND (?1 IS NULL OR case_id = ?1) ORDER BY case_id, record"
_KEPT = f"SELECT {KEPT_COLUMNS} FROM kept"  # noqa: S608  constant names
_HISTORY = f"SELECT {REVISION_COLUMNS} FROM revision WHERE record = ?"  # noqa: S608  constant names
# Lines of cases held in full, whether there is one or not; then a manager's lines of cases that are not.
_LINES = """
    SELECT case_key.case_id, reference, name, body FROM case_key LEFT JOIN summary USING (case_id)
    UNION ALL
    SELECT case_id, NULL, NULL, body FROM summary WHERE NOT held AND case_id NOT IN (SELECT case_id FROM case_key)
    ORDER BY 1
"""
_KEPT_BY_CASE = "SELECT case_id, count(*) FROM kept GROUP BY case_id"
_CASE_IDS = "SELECT case_id FROM case_key ORDER BY case_id"
_WAITING = f"SELECT case_id, count(*) FROM revision WHERE {WAITING} GROUP BY case_id"  # noqa: S608  constant names
# What was saved here itself: words in work, revisions since the last time that others' came in, and what stood then.
_SAVED = """
    WITH noted AS (SELECT CAST(value AS TEXT) AS value FROM setting WHERE key = ?)
    SELECT (SELECT max(at) FROM kept), (SELECT json_extract(value, '$.at') FROM noted),
    (SELECT made_at FROM revision
     WHERE seq > coalesce((SELECT json_extract(value, '$.to') FROM noted), 0) ORDER BY seq DESC LIMIT 1)
"""
_SETTING = "SELECT value FROM setting WHERE key = ?"
_DIRECTORY = ""
"""The case that lines of the directory belong to: none."""


class SqlStore:
    """Answers `services.ports.Store`; safe to be called from any thread, one call at a time."""

    def __init__(self, link: Link, blobs: Blobs, *, keeper: Keeper | None = None) -> None:
        """Work over an open file; without a `keeper` no backup of it is renewed and no key destroyed."""
        self._link = link
        self._blobs = blobs
        self._lock = threading.RLock()
        self._writing = False
        self._waiting: dict[str, int] | None = None
        self._saved_at: datetime | None = None
        self._closed = False
        self.sync = Exchange(self.write, self.reading, self.saved_at, blobs, keeper)

    # --- writing ---------------------------------------------------------------------------------------------------

    @contextmanager
    def write(self) -> Iterator[SqlUnit]:
        """Open the one transaction that may write; it commits at the end of its block and rolls back on an error."""
        with self._alone():
            if self._writing:
                raise RuntimeError("a transaction is open already: one action, one transaction")
            if self._link.read_only:
                raise Cannot("This home was opened for reading only. Nothing was changed.")
            driver = self._link.driver
            unit = SqlUnit(driver, self._blobs)
            driver.execute("BEGIN IMMEDIATE")
            self._writing = True
            try:
                yield unit
                driver.execute("COMMIT")
            except BaseException:
                if driver.in_transaction:  # a full disk has already rolled back by itself
                    driver.execute("ROLLBACK")
                raise
            finally:
                self._writing = False
            self._remember(unit)

    def _remember(self, unit: SqlUnit) -> None:
        if unit.recount:
            self._waiting = None
        if self._waiting is not None:
            for revision in unit.appended:
                self._waiting[revision.case] = self._waiting.get(revision.case, 0) + 1
        if unit.at is not None and (self._saved_at is None or unit.at > self._saved_at):
            self._saved_at = unit.at

    # --- cases -----------------------------------------------------------------------------------------------------

    def case_file(self, case: str) -> CaseFile | None:
        """Return a case by its id, words in work included; None where there is none."""
        with self._alone():
            records = self._link.driver.execute(_RECORDS_OF_CASE, (case,)).fetchall()
            if not any(row[0] == case and row[1] == RecordKind.CASE and not row[5] for row in records):
                return None
            kept = self._kept_of(case)
            merged = {row[0]: log.merged(self._link.driver, (case, row[0])) for row in records if row[4]}
        # The heads of what was taken away as well: bringing it back is a child of the deletion, not a second beginning.
        heads = {row[0]: ids_of(row[3]) for row in records}
        rows = []
        for record, kind, body, _, _, deleted in records:
            if deleted:
                continue
            fields = dict(encoding.flat(kind, fields_of(body)))
            for words in kept.get(record, ()):
                fields.update(encoding.flat(kind, {words.field: words.text}))
            rows.append(Row(kind, record, fields))
        words_in_work = tuple(words for several in kept.values() for words in several)
        return CaseFile(case=encoding.assemble(case, rows), heads=heads, kept=words_in_work, merged=merged)

    def case_ids(self) -> tuple[str, ...]:
        """Return the ids of all cases held in full."""
        with self._alone():
            return tuple(row[0] for row in self._link.driver.execute(_CASE_IDS))

    def find(self, name: str) -> tuple[str, ...]:
        """Return the ids of the cases with this reference, this id, or an id beginning with these 8 characters."""
        from .models import CaseKeyRow

        asked = name.strip()
        matches = (CaseKeyRow.case_id == asked) | (CaseKeyRow.reference_key == log.reference_key(asked))
        if len(asked) == 8:
            matches |= func.substr(CaseKeyRow.case_id, 1, 8) == asked.lower()
        with self._alone():
            found = tuple(self._link.sql.scalars(select(CaseKeyRow.case_id).where(matches).order_by("case_id")))
        return (asked,) if asked in found else found

    def by_upn(self, upn: str) -> tuple[str, ...]:
        """Return the ids of the cases with this UPN."""
        asked = upn.strip().upper()
        if not asked:
            return ()
        from .models import CaseKeyRow

        with self._alone():
            query = select(CaseKeyRow.case_id).where(CaseKeyRow.upn == asked).order_by("case_id")
            return tuple(self._link.sql.scalars(query))

    def identities(self) -> tuple[Identity, ...]:
        """Return by what every case is found, in the order of their ids."""
        from .models import CaseKeyRow

        query = select(CaseKeyRow.case_id, CaseKeyRow.reference, CaseKeyRow.upn).order_by(CaseKeyRow.case_id)
        with self._alone():
            return tuple(Identity(*row) for row in self._link.sql.execute(query))

    def summaries(self) -> tuple[Summary, ...]:
        """Return the line of every case, as last computed, in the order of their ids.

        A case held in full whose line is missing, or was written by a program that told it otherwise, has a line of
        its reference and name with `computed_for` None, so that no case is ever out of the list.
        """
        with self._alone():
            rows = self._link.driver.execute(_LINES).fetchall()
        lines = (summary_from(*row) for row in rows)
        return tuple(line for line in lines if line is not None)

    def search(self, words: str, *, limit: int = 50) -> tuple[Hit, ...]:
        """Return the places where all these words stand (each word may be a beginning), best first."""
        with self._alone():
            if not self._link.read_only and not self._writing:
                self.index_words()
            return search.find(self._link.driver, words, limit=limit)

    def index_words(self) -> None:
        """Bring the search index up to the log: done before a search, and best in a quiet moment before it."""
        with self._alone():
            if search.is_behind(self._link.driver):
                with self.write():
                    search.catch_up(self._link.driver)

    # --- records ---------------------------------------------------------------------------------------------------

    def history(self, record: str, *, case: str | None = None) -> tuple[Revision, ...]:
        """Return every revision of a record (of one case, where named), oldest arrival first."""
        with self._alone():
            rows = self._link.driver.execute(
                f"{_HISTORY} AND (?2 IS NULL OR case_id = ?2) ORDER BY seq", (record, case)
            )
            return tuple(revision_from(row) for row in rows)

    def merged(self, case: str, record: str) -> Merged:
        """Return a record as its revisions make it, conflicts included."""
        with self._alone():
            return log.merged(self._link.driver, (case, record))

    def forked(self, case: str | None = None) -> tuple[tuple[str, str], ...]:
        """Return the places (case, record) of records with several heads or values, of all cases or of one."""
        with self._alone():
            rows = self._link.driver.execute(_FORKED, (case,)).fetchall()
        return tuple((row[0], row[1]) for row in rows)

    def directory(self) -> tuple[DirectoryEntry, ...]:
        """Return the authority's services and advisers."""
        with self._alone():
            rows = self._link.driver.execute(_RECORDS_OF_CASE, (_DIRECTORY,)).fetchall()
        lines: list[DirectoryEntry] = []
        for record, kind, body, _, _, deleted in rows:
            if kind == RecordKind.ADVISER and not deleted:
                with suppress(encoding.Unreadable):
                    lines.append(encoding.record_from(Row(kind, record, fields_of(body))))
        return tuple(lines)

    def directory_heads(self) -> Mapping[str, tuple[str, ...]]:
        """Return the heads of every line of the directory, of those taken out as well."""
        with self._alone():
            rows = self._link.driver.execute("SELECT record, heads FROM record WHERE case_id = ?", (_DIRECTORY,))
            return {record: ids_of(heads) for record, heads in rows}

    def kept(self) -> tuple[KeptText, ...]:
        """Return all words in work, of every case."""
        with self._alone():
            rows = self._link.driver.execute(f"{_KEPT} ORDER BY case_id, record, field").fetchall()
        return tuple(kept_from(row) for row in rows)

    def waiting(self) -> Mapping[str, int]:
        """Return the number of changes not yet in the office copy, by case; words in work count too."""
        with self._alone():
            counted = self._waiting
            if counted is None:
                counted = dict(self._link.driver.execute(_WAITING).fetchall())
                if not self._link.read_only:  # a reader does not see what the writing process adds
                    self._waiting = counted
            total = dict(counted)
            for case, count in self._link.driver.execute(_KEPT_BY_CASE):
                total[case] = total.get(case, 0) + count
        return total

    def saved_at(self) -> datetime | None:
        """Return the moment of the last durable write."""
        with self._alone():
            if self._saved_at is not None and not self._link.read_only:
                return self._saved_at
            row = self._link.driver.execute(_SAVED, (SAVED,)).fetchone()
            moments = [datetime.fromisoformat(moment) for moment in row if moment is not None]
            self._saved_at = max(moments, default=None)
            return self._saved_at

    # --- what is held beside the cases -----------------------------------------------------------------------------

    def establishments(self, words: str, *, limit: int = 20) -> tuple[Establishment, ...]:
        """Return establishments whose URN is, or whose name holds, these words."""
        asked = words.casefold().split()
        if not asked:
            return ()
        from .models import EstablishmentRow

        matches = [EstablishmentRow.name_key.contains(word, autoescape=True) for word in asked]
        columns = EstablishmentRow.__table__.c
        query = select(columns.urn, columns.name, columns.phase, columns.postcode, columns.status)
        by_name = query.where(*matches).order_by(EstablishmentRow.name_key).limit(limit)
        with self._alone():
            exact = self._link.sql.execute(query.where(EstablishmentRow.urn == words.strip())).all()
            found = exact or self._link.sql.execute(by_name).all()
        return tuple(Establishment(*row) for row in found)

    def other_names(self, digests: frozenset[bytes]) -> frozenset[bytes]:
        """Return those of these keyed digests that are another child's on the list."""
        from .models import OtherNameRow

        with self._alone():
            query = select(OtherNameRow.digest).where(OtherNameRow.digest.in_(digests))
            return frozenset(self._link.sql.scalars(query))

    def blob(self, sha256: str) -> bytes | None:
        """Return an attachment's bytes, verified against its digest; None where it is not held."""
        with self._alone():
            return self._blobs.get(self._link.driver, sha256)

    def setting(self, key: str) -> object:
        """Return one remembered setting, or None."""
        with self._alone():
            row = self._link.driver.execute(_SETTING, (key,)).fetchone()
        return None if row is None else value_of(row[0])

    def close(self) -> None:
        """Close the file; whoever asks afterwards hears that it is locked."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._link.close()

    # --- tending ---------------------------------------------------------------------------------------------------

    def rebuild(self) -> int:
        """Make every projection anew from the log, in one transaction, and return the number of records.

        Words in work and attachments stay. Lines of the list are computed by services, so the caller puts them
        afterwards; here only those of cases that are gone are taken out, never a manager's lines of cases not held.
        """
        with self.write():
            driver = self._link.driver
            log.rebuild(driver)
            search.rebuild(driver)
            driver.execute("DELETE FROM summary WHERE held AND case_id NOT IN (SELECT case_id FROM case_key)")
            self._blobs.sweep(driver)
            return int(driver.execute("SELECT count(*) FROM record").fetchone()[0])

    @contextmanager
    def reading(self) -> Iterator[dbapi2.Connection]:
        """Lend the file to another part of `storage` that only looks, alone for as long as the block lasts."""
        with self._alone():
            yield self._link.driver

    # --- within ----------------------------------------------------------------------------------------------------

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._lock:
            if self._closed:
                raise Cannot("The desk is locked. Nothing was changed. Unlock it with the passphrase.")
            with in_words():
                yield

    def _kept_of(self, case: str) -> dict[str, list[KeptText]]:
        found: dict[str, list[KeptText]] = {}
        for row in self._link.driver.execute(f"{_KEPT} WHERE case_id = ? ORDER BY record, field", (case,)):
            words = kept_from(row)
            found.setdefault(words.record, []).append(words)
        return found
