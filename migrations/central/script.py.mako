"""${message}."""

from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database here from the one before."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Lead back, for tests and for a way out."""
    ${downgrades if downgrades else "pass"}
