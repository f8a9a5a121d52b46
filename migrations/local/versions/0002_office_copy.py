"""What a desk keeps of its office: answers to pushes, marks, positions, reads, colleagues, attachments on their way."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_COLUMNS = ("extra", "redacted", "receipt", "refused_at", "refused_code", "refused_words")
_TABLES = ("mark", "had", "leaving", "read", "colleague", "attachment", "chunk")


def upgrade() -> None:
    """Add the columns and tables; everything so far waits for an office, and so do the attachments."""
    for name in ("extra", "redacted", "receipt"):
        op.add_column("revision", sa.Column(name, sa.LargeBinary(), nullable=True))
    for name in ("refused_at", "refused_code", "refused_words"):
        op.add_column("revision", sa.Column(name, sa.String(), nullable=True))
    op.drop_index("ix_revision_record_case_id_acked_at", table_name="revision")
    op.create_index("ix_revision_record_case_id", "revision", ["record", "case_id"])
    op.create_index(
        "ix_revision_waiting",
        "revision",
        ["case_id", "seq"],
        sqlite_where=sa.text("acked_at IS NULL AND refused_at IS NULL"),
    )
    op.create_index("ix_revision_refused", "revision", ["refused_at"], sqlite_where=sa.text("refused_at IS NOT NULL"))
    op.create_index("ix_record_forked", "record", ["case_id", "record"], sqlite_where=sa.text("forked"))
    op.create_table(
        "mark",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_mark"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "had",
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("first", name="pk_had"),
    )
    op.create_table(
        "leaving",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("seen", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("case_id", name="pk_leaving"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "read",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_read"),
        sa.UniqueConstraint("id", name="uq_read_id"),
    )
    op.create_table(
        "colleague",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("authors", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_colleague"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attachment",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("in_office", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("case_id", "sha256", name="pk_attachment"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "chunk",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "start", name="pk_chunk"),
    )
    op.execute(
        "INSERT INTO attachment (case_id, sha256, in_office) SELECT DISTINCT case_id, lower(sha256), 0 FROM ("
        "SELECT case_id, json_extract(CAST(fields AS TEXT), '$.sha256') AS sha256 FROM record WHERE kind = 'document'"
        ") WHERE length(sha256) = 64 AND lower(sha256) NOT GLOB '*[^0-9a-f]*'"
    )


def downgrade() -> None:
    """Forget what the office said; the log, words in work and attachments stay."""
    for table in _TABLES:
        op.drop_table(table)
    op.drop_index("ix_record_forked", table_name="record")
    for name in ("ix_revision_refused", "ix_revision_waiting", "ix_revision_record_case_id"):
        op.drop_index(name, table_name="revision")
    for name in _COLUMNS:
        op.drop_column("revision", name)
    op.create_index("ix_revision_record_case_id_acked_at", "revision", ["record", "case_id", "acked_at"])
