"""The tables of the desk, one class each; what makes them in a file is the chain in `migrations/local`.

`revision`, `kept`, `blob`, `setting` and what sync keeps (`mark` and all below it) are truth; `record`, `case_key`,
`words` and most of `summary` are projections.
A record's id is unique in its case only (a plan file names its own), so every key begins with the case.
"""

from datetime import datetime

from sqlalchemy import Dialect, Index, Integer, LargeBinary, MetaData, String, TypeDecorator, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from .schema import WAITING, moment_text

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC, kept as ISO text of one width, so that its order is the order of its letters."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write an aware moment; a naive one is a fault of ours."""
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read the moment back, aware."""
        return None if value is None else datetime.fromisoformat(value)


class Base(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=_NAMES)


class RevisionRow(Base):
    """The log: one immutable change. `seq` is the order of arrival on this laptop and means nothing elsewhere.

    `fields`, `extra` and `made_at` are kept as they came, so that a digest is the same on every desk. A revision
    without `acked_at` waits for the office, unless `refused_at` says that it is in the tray. `redacted` is the digest
    of what it said before it was emptied; `receipt` the hub's word that it once took it from its author.
    """

    __tablename__ = "revision"
    __table_args__ = (
        Index("ix_revision_record_case_id", "record", "case_id"),
        # What waits, and what was refused: small trees, because most of a log is neither.
        Index("ix_revision_waiting", "case_id", "seq", sqlite_where=text(WAITING)),
        Index("ix_revision_refused", "refused_at", sqlite_where=text("refused_at IS NOT NULL")),
    )

    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    record: Mapped[str]
    kind: Mapped[str]
    case_id: Mapped[str]
    authority: Mapped[str]
    parents: Mapped[bytes]
    fields: Mapped[bytes]
    author: Mapped[str]
    device: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Moment)
    schema_version: Mapped[int]
    acked_at: Mapped[datetime | None] = mapped_column(Moment)
    extra: Mapped[bytes | None] = mapped_column(LargeBinary)
    redacted: Mapped[bytes | None] = mapped_column(LargeBinary)
    receipt: Mapped[bytes | None] = mapped_column(LargeBinary)
    refused_at: Mapped[datetime | None] = mapped_column(Moment)
    refused_code: Mapped[str | None]
    refused_words: Mapped[str | None]


class KeptRow(Base):
    """Words in work on one field of one record: durable, not yet a revision, left alone by `rebuild`."""

    __tablename__ = "kept"

    case_id: Mapped[str] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[bytes]
    base: Mapped[bytes]
    at: Mapped[datetime] = mapped_column(Moment)


class RecordRow(Base):
    """A record as its revisions make it; `forked` says that its history must be merged anew to be understood."""

    __tablename__ = "record"
    __table_args__ = (Index("ix_record_forked", "case_id", "record", sqlite_where=text("forked")),)

    case_id: Mapped[str] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    fields: Mapped[bytes]
    heads: Mapped[bytes]
    deleted: Mapped[bool]
    forked: Mapped[bool]


class CaseKeyRow(Base):
    """By what a case is found: its reference (case-folded), its UPN, and the name to show beside it."""

    __tablename__ = "case_key"
    __table_args__ = ({"sqlite_with_rowid": False},)

    case_id: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str]
    reference_key: Mapped[str] = mapped_column(index=True)
    upn: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]


class SummaryRow(Base):
    """The line of a case in the list; `held` is false for a manager's line of a case that is not on this laptop."""

    __tablename__ = "summary"

    case_id: Mapped[str] = mapped_column(primary_key=True)
    held: Mapped[bool]
    body: Mapped[bytes]


class WordsRow(Base):
    """The searched words of one part of a record; the index `words_index` (FTS5) stands on this table.

    `title` holds what weighs more in the order of hits (names and references), `body` everything else.
    """

    __tablename__ = "words"
    __table_args__ = (Index("ix_words_case_id_record", "case_id", "record"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[str]
    record: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]


class WordsMarkRow(Base):
    """Up to which `revision.seq` the words are indexed: a save need not wait for the index."""

    __tablename__ = "words_mark"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    seq: Mapped[int] = mapped_column(server_default=text("0"))


class BlobRow(Base):
    """An attachment: its bytes here, or in the file of that name under `blobs` where they are many."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    file: Mapped[str | None]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)


class SettingRow(Base):
    """One remembered thing of this desk, as JSON."""

    __tablename__ = "setting"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes]


class EstablishmentRow(Base):
    """A line of the national register of establishments; `name_key` is the case-folded name."""

    __tablename__ = "establishment"
    __table_args__ = ({"sqlite_with_rowid": False},)

    urn: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]
    phase: Mapped[str]
    postcode: Mapped[str]
    status: Mapped[str]


class OtherNameRow(Base):
    """The keyed digest of another child's name: whose it is cannot be told from it."""

    __tablename__ = "other_name"
    __table_args__ = ({"sqlite_with_rowid": False},)

    digest: Mapped[bytes] = mapped_column(primary_key=True)


class MarkRow(Base):
    """How many acknowledged revisions a case has here, and their digest without order (`wire.packed.Mark`)."""

    __tablename__ = "mark"
    __table_args__ = ({"sqlite_with_rowid": False},)

    case_id: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    digest: Mapped[int]


class HadRow(Base):
    """Positions of the feed that own pushes were given, both ends included, until the cursor has passed them."""

    __tablename__ = "had"

    first: Mapped[int] = mapped_column(Integer, primary_key=True)
    last: Mapped[int]


class LeavingRow(Base):
    """A case that was withdrawn from this person and is still to be purged.

    `seen` is how far the feed had been read before, as JSON of a cursor: what was written till then is still taken.
    """

    __tablename__ = "leaving"
    __table_args__ = ({"sqlite_with_rowid": False},)

    case_id: Mapped[str] = mapped_column(primary_key=True)
    seen: Mapped[bytes | None] = mapped_column(LargeBinary)


class ReadRow(Base):
    """Somebody opened, printed or exported a file, and the office has not been told yet."""

    __tablename__ = "read"

    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[str]
    what: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    detail: Mapped[str]


class ColleagueRow(Base):
    """A user of the authority, known by name; `authors` are the ids under which revisions carry them, as JSON."""

    __tablename__ = "colleague"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[str]
    authors: Mapped[bytes]


class AttachmentRow(Base):
    """A document of a case names an attachment; `in_office` once the office is known to have it whole.

    `asked_at`: when the office was last asked for it and did not have it.
    """

    __tablename__ = "attachment"
    __table_args__ = ({"sqlite_with_rowid": False},)

    case_id: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    in_office: Mapped[bool]
    asked_at: Mapped[datetime | None] = mapped_column(Moment)


class ChunkRow(Base):
    """A part of an attachment that is still coming; the last one makes a `blob` of them all."""

    __tablename__ = "chunk"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    start: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes]
