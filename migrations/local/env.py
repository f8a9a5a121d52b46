"""Runs the chain of the desk's own file, over the connection that `send_desk.storage.migrate` has opened.

The caller began the transaction and ends it. There is no offline mode: a key is needed.
"""

from typing import Any

from alembic import context
from sqlalchemy import TypeDecorator

from send_desk.storage.models import Base


def render_item(type_: str, value: Any, _autogenerate: Any) -> str | bool:
    """Write our own column types as the plain SQL types below them: a migration must outlive the program's classes."""
    if type_ == "type" and isinstance(value, TypeDecorator):
        return f"sa.{value.impl!r}"
    return False


def include_name(name: str | None, type_: str, _parents: Any) -> bool:
    """Leave the tables that FTS5 keeps for itself out of comparisons."""
    return not (type_ == "table" and name is not None and name.startswith("words_index"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render_item,
    include_name=include_name,
    transactional_ddl=False,
    transaction_per_migration=False,
)
context.run_migrations()
