"""A real PostgreSQL for the tests of the hub: one server a run, one database, emptied after every test.

`SEND_DESK_TEST_POSTGRES` names the address of another server's superuser, where one is to be tried instead.
"""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from send_desk.hub import chain
from send_desk.hub.database import Database
from send_desk.hub.office import Administration
from send_desk.hub.postgres import Server

AUTHORITY = "999"
_numbers = itertools.count(1)


class Postgres(Protocol):
    """Where a PostgreSQL can be found."""

    def url(self, database: str = "postgres") -> str: ...


@dataclass(frozen=True)
class OtherServer:
    """A PostgreSQL that somebody else started."""

    address: str

    def url(self, database: str = "postgres") -> str:
        return make_conninfo(self.address, dbname=database)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for all tests of a run."""
    if address := os.environ.get("SEND_DESK_TEST_POSTGRES"):
        yield OtherServer(address)
        return
    # As root the server runs as nobody, who cannot reach pytest's own folder.
    folder = Path(tempfile.mkdtemp(prefix="send-desk-postgres-"))
    try:
        with Server(folder, fsync=False) as server:
            yield server
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def empty_url(postgres: Postgres) -> Iterator[str]:
    """The administrator's address of a database of its own with nothing in it, for what changes tables."""
    name = f"send_desk_{os.getpid()}_{next(_numbers)}"
    _run(postgres, f"CREATE DATABASE {name} TEMPLATE template0")
    yield postgres.url(name)
    _run(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def _shared(postgres: Postgres) -> Iterator[str]:
    name = f"send_desk_{os.getpid()}"
    _run(postgres, f"CREATE DATABASE {name} TEMPLATE template0")
    chain.upgrade(postgres.url(name))
    yield postgres.url(name)
    _run(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def central_url(_shared: str) -> Iterator[str]:
    """The administrator's address of a database with all tables and functions, and no row in them."""
    yield _shared
    # Ten times as quick as a database for each test. Triggers sleep, or the audit log would rightly refuse.
    with psycopg.connect(_shared, autocommit=True) as connection:
        tables = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'send_desk'::regnamespace AND relkind = 'r'"
            " AND relname <> 'alembic_version'"
        ).fetchall()
        statements = [sql.SQL("DELETE FROM send_desk.{}").format(sql.Identifier(name)) for (name,) in tables]
        connection.execute(sql.SQL("; ").join([sql.SQL("SET session_replication_role = replica"), *statements]))


@pytest.fixture
def office(central_url: str) -> Iterator[Administration]:
    """The administrator of a fresh database with one authority."""
    with Administration(central_url) as administration:
        administration.init(AUTHORITY, "Harrowdale")
        yield administration


@pytest.fixture
def database(central_url: str, office: Administration) -> Iterator[Database]:
    """The same database as the hub's service reaches it."""
    assert office.authority == AUTHORITY
    with Database(central_url) as found:
        yield found


def _run(server: Postgres, statement: str) -> None:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(statement)
