"""The first tables: the log, words in work, attachments and settings, and what is projected from them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TRUTH = ("revision", "kept", "blob", "setting", "establishment", "other_name")
_PROJECTIONS = ("record", "case_key", "summary", "words", "words_mark")


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "revision",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("parents", sa.LargeBinary(), nullable=False),
        sa.Column("fields", sa.LargeBinary(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("acked_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_revision"),
        sa.UniqueConstraint("id", name="uq_revision_id"),
    )
    op.create_index("ix_revision_record_case_id_acked_at", "revision", ["record", "case_id", "acked_at"])
    op.create_table(
        "kept",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("base", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "record", "field", name="pk_kept"),
    )
    op.create_table(
        "record",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("fields", sa.LargeBinary(), nullable=False),
        sa.Column("heads", sa.LargeBinary(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("forked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "record", name="pk_record"),
    )
    op.create_table(
        "case_key",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("reference_key", sa.String(), nullable=False),
        sa.Column("upn", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_case_key_reference_key", "case_key", ["reference_key"])
    op.create_index("ix_case_key_upn", "case_key", ["upn"])
    op.create_table(
        "summary",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_summary"),
    )
    op.create_table(
        "words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_words"),
    )
    op.create_index("ix_words_case_id_record", "words", ["case_id", "record"])
    op.create_table(
        "words_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_words_mark"),
    )
    op.execute(
        "CREATE VIRTUAL TABLE words_index USING fts5 (title, body, content = 'words', content_rowid = 'id', "
        "tokenize = 'unicode61 remove_diacritics 2')"
    )
    # Names and references weigh ten times as much as the words of a plan.
    op.execute("INSERT INTO words_index (words_index, rank) VALUES ('rank', 'bm25(10.0, 1.0)')")
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name="pk_blob"),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "establishment",
        sa.Column("urn", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("urn", name="pk_establishment"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "other_name",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_other_name"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop every table: before the first there was none."""
    op.execute("DROP TABLE words_index")
    for table in (*_TRUTH, *_PROJECTIONS):
        op.drop_table(table)
