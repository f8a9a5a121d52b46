"""Bringing an older file to the tables of this program, and refusing a newer one in words.

The chain is `migrations/local`. Alembic is imported only when there is something to do. The caller copies the file
first; foreign keys are off while tables are rebuilt, since a parent rebuilt with them on deletes every child row.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect

from send_desk import paths
from send_desk.domain.errors import Cannot, Refused

from .engine import Link
from .faults import in_words
from .schema import HEAD

if TYPE_CHECKING:
    from alembic.config import Config


def version(link: Link) -> str | None:
    """Return the migration that a file stands at, None for an empty file."""
    with in_words():
        if not inspect(link.sql).has_table("alembic_version"):
            return None
        row = link.driver.execute("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None


def is_older(found: str | None) -> bool:
    """Tell whether a file needs `upgrade`; `Refused` where a newer program made it."""
    if found is not None and (not found.isdigit() or int(found) > int(HEAD)):
        raise Refused(
            "A newer SEND Desk has worked in this home. Nothing was changed. "
            "Install that version or a later one on this machine, then open it again."
        )
    return found != HEAD


def upgrade(link: Link, *, chain: Path | None = None) -> None:
    """Bring a file to the newest tables in one transaction: all of it happens, or none."""
    from alembic import command

    _run(link, chain, lambda config: command.upgrade(config, "head"))


def downgrade(link: Link, *, to: str, chain: Path | None = None) -> None:
    """Lead a file back to earlier tables, for tests and for a way out."""
    from alembic import command

    _run(link, chain, lambda config: command.downgrade(config, to))


def _run(link: Link, chain: Path | None, step: "Callable[[Config], None]") -> None:
    from alembic.config import Config

    place = chain or paths.migrations() / "local"
    if not (place / "env.py").is_file():
        raise Cannot("The program is incomplete: its folder of migrations is missing. Install the program again.")
    config = Config()
    config.set_main_option("script_location", str(place).replace("%", "%%"))
    config.attributes["connection"] = link.sql
    with in_words():
        if not link.sql.in_transaction():
            # Alembic leaves a transaction that is begun to whoever began it; under AUTOCOMMIT this emits nothing.
            link.sql.begin()
        # Inside a transaction this pragma does nothing, so before it.
        link.driver.execute("PRAGMA foreign_keys = OFF")
        try:
            link.driver.execute("BEGIN IMMEDIATE")
            try:
                step(config)
                if link.driver.execute("PRAGMA foreign_key_check").fetchone() is not None:
                    raise Cannot(
                        "Bringing this home to the new version would have broken it, so it was left as it was. "
                        "Keep using the earlier version and tell whoever looks after the program."
                    )
                link.driver.execute("COMMIT")
            except BaseException:
                if link.driver.in_transaction:
                    link.driver.execute("ROLLBACK")
                raise
        finally:
            link.driver.execute("PRAGMA foreign_keys = ON")
