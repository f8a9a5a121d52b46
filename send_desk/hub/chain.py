"""Bringing a central database to the tables and functions of this program, by an administrator's login.

The chain is `migrations/central`; it runs in one transaction. Alembic and SQLAlchemy are imported only here and only
when there is something to do.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

import psycopg
from psycopg import sql

from send_desk import paths
from send_desk.domain.errors import Cannot, Refused

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

HEAD = "0002"
"""The newest migration that this program knows."""

OWNER = "send_desk_owner"
SERVICE = "send_desk_service"
ADMINISTRATOR = "send_desk_administrator"
READER = "send_desk_reader"
OLDEST = 15

_Link: TypeAlias = psycopg.Connection[tuple[object, ...]]
_SCHEMAS = ("send_desk", "send_desk_hub", "send_desk_office", "send_desk_report")
_ROLES = (OWNER, SERVICE, ADMINISTRATOR, READER)
# Of the large objects' functions these make or change one; PostgreSQL leaves them to everybody.
_LARGE_OBJECTS = (
    "lo_creat(integer)",
    "lo_create(oid)",
    "lo_from_bytea(oid, bytea)",
    "lo_open(oid, integer)",
    "lo_put(oid, bigint, bytea)",
    "lo_truncate(integer, integer)",
    "lo_truncate64(integer, bigint)",
    "lo_unlink(oid)",
    "lowrite(integer, bytea)",
)
# What a server may log of a statement besides its text: neither parameters nor rows.
_QUIET = {"log_parameter_max_length": "0", "log_parameter_max_length_on_error": "0", "log_error_verbosity": "terse"}


def upgrade(url: str) -> None:
    """Bring a database to the newest tables; run again it changes nothing. `Refused` where a newer program made it."""
    from alembic import command

    with _connected(url) as connection, _linked(connection) as link:
        found = _version(connection)
        if found is not None and (not found.isdigit() or int(found) > int(HEAD)):
            raise Refused(
                "A newer send-desk-hub has worked on this database. Nothing was changed. Install that version here."
            )
        _make_roles(connection)
        if found != HEAD:
            _run(connection, link, lambda config: command.upgrade(config, "head"))
        _tighten(connection)
        connection.commit()


def downgrade(url: str, *, to: str) -> None:
    """Lead a database back to earlier tables (`base` is none at all), for tests and for a way out."""
    from alembic import command

    with _connected(url) as connection, _linked(connection) as link:
        _run(connection, link, lambda config: command.downgrade(config, to))
        connection.commit()


def version(url: str) -> str | None:
    """Return the migration that a database stands at; None where it has none, or where this login may not see it."""
    with _connected(url) as connection:
        return _version(connection)


def is_ready(url: str) -> bool:
    """Tell whether a database stands at this program's migration; any login that may reach the functions can ask."""
    with _connected(url) as connection:
        return _version(connection) == HEAD


def tighten(url: str) -> None:
    """Take the rights of the database itself from everybody again: a copy or a restored backup comes without."""
    with _connected(url) as connection:
        _tighten(connection)


def make_login(url: str, name: str, password: str) -> None:
    """Make, or give a new password to, a login for hubs: it may become `send_desk_service` and nothing else."""
    with _connected(url) as connection:
        # What travels is what PostgreSQL keeps of it: a statement may come to stand in the server's log.
        secret = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone()
        way = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}") if known else sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
        connection.execute(way.format(sql.Identifier(name), sql.Literal(secret)))
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(SERVICE), sql.Identifier(name)))


def _connected(url: str) -> _Link:
    try:
        connection = psycopg.connect(url, connect_timeout=10)
    except psycopg.OperationalError as fault:
        raise Cannot(f"The central database cannot be reached: {str(fault).strip()}") from fault
    if connection.info.server_version < OLDEST * 10_000:
        connection.close()
        raise Cannot(f"The central database is older than PostgreSQL {OLDEST}. Bring it to a later version first.")
    return connection


def _version(connection: _Link) -> str | None:
    # The service may run this function and cannot see the table that it reads.
    row = connection.execute("SELECT pg_catalog.to_regprocedure('send_desk_hub.version()') IS NOT NULL").fetchone()
    if row is None or not row[0]:
        return None
    try:
        with connection.transaction():
            found = connection.execute("SELECT send_desk_hub.version()").fetchone()
    except psycopg.errors.InsufficientPrivilege:
        return None
    return str(found[0]) if found and found[0] is not None else None


def _make_roles(connection: _Link) -> None:
    """Make the four roles, none of which can sign in, and let this login act as the owner and the administrator."""
    for role in _ROLES:
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone() is None:
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN NOINHERIT").format(sql.Identifier(role)))
    for role in (OWNER, ADMINISTRATOR):
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))


def _tighten(connection: _Link) -> None:
    """Take from everybody what PostgreSQL leaves to everybody; some of it only a superuser may take.

    These rights belong to the database and not to the schemas, so they are taken again after every upgrade: a copy
    made with TEMPLATE or from a backup comes with PostgreSQL's own.
    """
    database = sql.Identifier(connection.info.dbname)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
            database, sql.SQL(", ").join(sql.Identifier(role) for role in (SERVICE, ADMINISTRATOR, READER))
        )
    )
    row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if row is not None and row[0]:
        for function in _LARGE_OBJECTS:
            connection.execute(
                sql.SQL("REVOKE EXECUTE ON FUNCTION pg_catalog.{} FROM PUBLIC").format(sql.SQL(function))
            )
        connection.execute("REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC")
        connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        # A server may be set to log slow or failed statements; what is said of children is no part of that.
        for setting, value in _QUIET.items():
            connection.execute(
                sql.SQL("ALTER DATABASE {} SET {} = {}").format(database, sql.SQL(setting), sql.SQL(value))
            )


@contextmanager
def _linked(connection: _Link) -> "Iterator[Connection]":
    """Lend a connection to SQLAlchemy; what it asks to know its server is asked and rolled back before the work."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    engine = create_engine("postgresql+psycopg://", creator=lambda: connection, poolclass=StaticPool)
    with engine.connect() as link:
        yield link


def _run(connection: _Link, link: "Connection", step: "Callable[[Config], None]") -> None:
    from alembic.config import Config

    place = paths.migrations() / "central"
    if not (place / "env.py").is_file():
        raise Cannot("The program is incomplete: its folder of migrations is missing. Install the program again.")
    config = Config()
    config.set_main_option("script_location", str(place).replace("%", "%%"))
    config.attributes["connection"] = link
    owner = sql.Identifier(OWNER)
    for schema in _SCHEMAS:
        connection.execute(
            sql.SQL("CREATE SCHEMA IF NOT EXISTS {} AUTHORIZATION {}").format(sql.Identifier(schema), owner)
        )
    connection.execute(sql.SQL("GRANT USAGE ON LANGUAGE plpgsql TO {}").format(owner))
    connection.execute(sql.SQL("SET LOCAL ROLE {}").format(owner))
    step(config)
    connection.execute("RESET ROLE")
