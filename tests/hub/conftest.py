"""A real PostgreSQL for the tests of the hub: one server a run, and a fresh database, copied from a template, a test.

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
from psycopg.conninfo import make_conninfo

from send_desk.hub import chain
from send_desk.hub.database import Database
from send_desk.hub.office import Administration
from send_desk.hub.postgres import Server

AUTHORITY = "999"
_TEMPLATE = "send_desk_template"
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
    """One server for all tests of a run; it has a template database with all tables and functions."""
    if address := os.environ.get("SEND_DESK_TEST_POSTGRES"):
        other = OtherServer(address)
        _make_template(other)
        yield other
        _run(other, f"DROP DATABASE {_TEMPLATE}")
        return
    # As root the server runs as nobody, who cannot reach pytest's own folder.
    folder = Path(tempfile.mkdtemp(prefix="send-desk-postgres-"))
    try:
        with Server(folder, fsync=False) as server:
            _make_template(server)
            yield server
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def central_url(postgres: Postgres) -> Iterator[str]:
    """The administrator's address of a fresh database with all tables and functions, and no authority yet."""
    name = f"send_desk_{os.getpid()}_{next(_numbers)}"
    _run(postgres, f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
    chain.tighten(postgres.url(name))
    yield postgres.url(name)
    _run(postgres, f"DROP DATABASE {name} WITH (FORCE)")


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


def _make_template(server: Postgres) -> None:
    _run(server, f"DROP DATABASE IF EXISTS {_TEMPLATE}")
    _run(server, f"CREATE DATABASE {_TEMPLATE} TEMPLATE template0")
    chain.upgrade(server.url(_TEMPLATE))


def _run(server: Postgres, statement: str) -> None:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(statement)
