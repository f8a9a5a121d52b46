"""The tables of the desk, one class each; what makes them in a file is the chain in `migrations/local`.

`revision`, `kept`, `blob` and `setting` are truth; `record`, `case_key`, `words` and most of `summary` are projections.
A record's id is unique in its case only (a plan file names its own), so every key begins with the case.
"""

from datetime import UTC, datetime

from sqlalchemy import Dialect, Index, Integer, LargeBinary, MetaData, String, TypeDecorator, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

HEAD = "0001"
"""The migration that this program's tables stand at; a later number in a file means a newer program made it."""

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


def moment_text(value: datetime) -> str:
    """Return a moment as the tables hold it."""
    if value.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


class Base(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=_NAMES)


class RevisionRow(Base):
    """The log: one immutable change. `seq` is the order of arrival on this laptop and means nothing elsewhere."""

    __tablename__ = "revision"
    __table_args__ = (
        # Covers the history of a record, its place and the count of what waits, with one tree to write.
        Index("ix_revision_record_case_id_acked_at", "record", "case_id", "acked_at"),
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
