"""What managers count: tables that `project` fills by the desks' own rules, and views for the council's own tools.

The views only select; whoever reads them for a report needs the role `send_desk_reader` and sees no child's name.
"""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_HERE = Path(__file__).parent / "sql_0002"


def upgrade() -> None:
    """Make the tables, the functions that fill them and the views."""
    for part in ("tables", "functions", "views"):
        _run((_HERE / f"{part}.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take them away; `project` can fill them anew at any time."""
    _run((_HERE / "down.sql").read_text(encoding="utf-8"))


def _run(sql: str) -> None:
    op.get_bind().connection.driver_connection.execute(sql)
