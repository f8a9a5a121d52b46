"""One transaction of the desk's file: the port `Unit`, kept lean because it runs at every pause of the fingers."""

from collections.abc import Sequence
from datetime import datetime

from sqlcipher3 import dbapi2

from send_desk.domain.revision import Revision
from send_desk.domain.summary import Summary
from send_desk.services.ports import Establishment, KeptText

from . import attachments, log
from .blobs import Blobs
from .mapping import KEPT_COLUMNS, kept_row, text_of, to_json

_KEEP = (
    f"INSERT INTO kept ({KEPT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) "  # noqa: S608  constant names
    "ON CONFLICT (case_id, record, field) DO UPDATE SET text = excluded.text, at = excluded.at"
)
_PUT_SUMMARY = (
    "INSERT INTO summary (case_id, held, body) VALUES (?, ?, ?) "
    "ON CONFLICT (case_id) DO UPDATE SET held = excluded.held, body = excluded.body"
)
_PUT_SETTING = "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
_PUT_ESTABLISHMENT = (
    "INSERT INTO establishment (urn, name, name_key, phase, postcode, status) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (urn) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, phase = excluded.phase, "
    "postcode = excluded.postcode, status = excluded.status"
)


class SqlUnit:
    """The writing half of the store, for as long as its transaction is open; `appended` and `at` tell what it did.

    `recount` says that what waits has changed otherwise than by what was appended.
    """

    def __init__(self, driver: dbapi2.Connection, blobs: Blobs) -> None:
        """Write through a connection whose transaction is open."""
        self._driver = driver
        self._blobs = blobs
        self.appended: list[Revision] = []
        self.at: datetime | None = None
        self.recount = False

    @property
    def driver(self) -> dbapi2.Connection:
        """The connection, for other parts of `storage` that write in this transaction."""
        return self._driver

    def append(self, revisions: Sequence[Revision]) -> None:
        """Add revisions to the log and bring the records along; a known id is passed over."""
        new = log.append(self._driver, revisions)
        self.appended.extend(new)
        attachments.expect(self._driver, new)
        for revision in new:
            self._touched(revision.made_at)

    def keep(self, words: KeptText) -> None:
        """Save words in work, replacing earlier ones of the same record and field (the first `base` stays)."""
        self._driver.execute(_KEEP, kept_row(words))
        self._touched(words.at)

    def drop_kept(self, record: str, *, case: str | None = None, field: str | None = None) -> None:
        """Forget the words in work of a record (of one case, of one field, where named): they became a revision."""
        self._driver.execute(
            "DELETE FROM kept WHERE record = ? AND (?2 IS NULL OR case_id = ?2) AND (?3 IS NULL OR field = ?3)",
            (record, case, field),
        )

    def put_summaries(self, summaries: Sequence[Summary]) -> None:
        """Replace the lines of these cases in the list."""
        rows = [(summary.case, summary.full, to_json(summary)) for summary in summaries]
        self._driver.executemany(_PUT_SUMMARY, rows)

    def drop_summaries(self, cases: Sequence[str]) -> None:
        """Take the lines of these cases out of the list, because the cases are gone."""
        self._driver.executemany("DELETE FROM summary WHERE case_id = ?", [(case,) for case in cases])

    def put_blob(self, sha256: str, content: bytes) -> None:
        """Keep an attachment, encrypted, under the digest of its content; known content is passed over."""
        self._blobs.put(self._driver, sha256, content)

    def put_establishments(self, establishments: Sequence[Establishment]) -> None:
        """Replace the register of establishments."""
        self._driver.execute("DELETE FROM establishment")
        rows = [
            (one.urn, text_of(one.name), text_of(one.name).casefold(), one.phase, one.postcode, one.status)
            for one in establishments
        ]
        self._driver.executemany(_PUT_ESTABLISHMENT, rows)

    def put_other_names(self, digests: Sequence[bytes]) -> None:
        """Replace the keyed digests of other children's names."""
        self._driver.execute("DELETE FROM other_name")
        rows = [(digest,) for digest in sorted(set(digests))]
        self._driver.executemany("INSERT INTO other_name (digest) VALUES (?)", rows)

    def put_setting(self, key: str, value: object) -> None:
        """Remember one setting of this desk; the value is plain JSON."""
        self._driver.execute(_PUT_SETTING, (key, to_json(value)))

    def _touched(self, at: datetime) -> None:
        if self.at is None or at > self.at:
            self.at = at
