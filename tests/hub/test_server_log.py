"""PostgreSQL's own log: whatever its administrator has it write, no child's words and no password stand in it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from send_desk.domain.ids import Role
from send_desk.hub import chain
from send_desk.hub.database import Database
from send_desk.hub.office import Administration
from send_desk.hub.postgres import Server

from .ground import AUTHORITY, Laptop
from .test_functions_conformance import PostgresGround

WORDS, PASSWORD = "Quixotic", "Sesquipedalian otters"


@pytest.fixture
def server() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="send-desk-postgres-"))
    try:
        with Server(folder, fsync=False) as started:
            yield started
    finally:
        shutil.rmtree(folder)


def test_the_log_of_every_statement_and_of_every_failure_holds_none_of_it(server: Server) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE quiet")
    url = server.url("quiet")
    chain.upgrade(url)
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("log_statement = 'all'", "log_min_duration_statement = 0"):
            connection.execute(f"ALTER SYSTEM SET {setting}".encode())
        connection.execute("SELECT pg_reload_conf()")
    chain.make_login(url, "send_desk_quiet", PASSWORD)
    with Administration(url) as office, Database(url) as database:
        office.init(AUTHORITY, "Harrowdale")
        ground = PostgresGround(database, office)
        jo = Laptop.of(ground, "jo", ground.add_user("jo", Role.CASEWORKER))
        one = jo.write("case-1", text=f"{WORDS} boats")
        assert jo.push(one)[0].refused == ""
        jo.pull(have=False)
    with psycopg.connect(url, autocommit=True) as connection, suppress(psycopg.errors.CheckViolation):
        connection.execute("UPDATE send_desk.revision SET digest = ''")
    written = (server.folder / "log").read_bytes()
    assert b'"push"' in written
    assert b"revision_digest_whole" in written
    for secret in (WORDS.encode(), one.body.hex().encode(), PASSWORD.encode()):
        assert secret.lower() not in written.lower()
