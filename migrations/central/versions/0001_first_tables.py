"""The authority's log, its people and its rules: tables, and functions that are the only way to them.

The SQL stands beside this file, in the order of `_PARTS`, as SQL. It goes to the driver as it stands: no placeholder is
looked for in it. Everything is made in the name of `send_desk_owner`, which nobody can sign in as.
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent / "sql_0001"
_PARTS = (
    "tables",
    "audit",
    "rules",
    "hub_people",
    "hub_push",
    "hub_read",
    "hub_blobs",
    "office_people",
    "office_cases",
    "rights",
)


def upgrade() -> None:
    """Make everything; the roles and the schema `send_desk` are there already."""
    for part in _PARTS:
        _run((_HERE / f"{part}.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take everything away, with what it holds; the roles belong to the cluster and stay."""
    _run((_HERE / "down.sql").read_text(encoding="utf-8"))


def _run(sql: str) -> None:
    op.get_bind().connection.driver_connection.execute(sql)
