"""Runs the chain of the central database, over the connection that `send_desk.hub.chain` has opened.

The caller began the transaction and ends it: all of it happens, or none.
"""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table="alembic_version",
    version_table_schema="send_desk",
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
