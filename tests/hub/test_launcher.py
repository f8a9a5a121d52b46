"""Our own launcher of PostgreSQL: it starts, keeps what was committed through a kill, and says what is wrong."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from send_desk.domain.errors import Cannot
from send_desk.domain.ids import Role
from send_desk.hub import chain
from send_desk.hub.central import Away
from send_desk.hub.database import Database
from send_desk.hub.office import Administration
from send_desk.hub.postgres import Server

from .ground import AUTHORITY, Laptop
from .test_functions_conformance import PostgresGround


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server of this module's own, since it is killed."""
    folder = Path(tempfile.mkdtemp(prefix="send-desk-postgres-"))
    try:
        with Server(folder) as found:
            yield found
    finally:
        shutil.rmtree(folder)


def test_it_runs_in_utf8_as_no_administrator_of_the_machine(server: Server) -> None:
    with psycopg.connect(server.url()) as connection:
        row = connection.execute("SELECT current_setting('server_encoding'), datcollate FROM pg_database").fetchone()
        assert connection.info.server_version >= 150_000
    assert row == ("UTF8", "C.UTF-8")
    assert (server.folder / "data").stat().st_uid != 0
    assert (server.folder / "data").stat().st_mode & 0o077 == 0


def test_nobody_comes_in_without_the_password(server: Server) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(server.url(password="another"))
    assert (server.folder / "password").stat().st_mode & 0o077 == 0


def test_what_was_taken_is_there_after_a_kill_and_the_hub_finds_back(server: Server) -> None:
    address = server.url("county")
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE ROLE county LOGIN CREATEROLE PASSWORD 'it'")
        connection.execute("CREATE DATABASE county OWNER county")
    # An administrator who is no superuser makes everything, the roles too.
    chain.upgrade(make_conninfo(address, user="county", password="it"))
    with Administration(address) as office, Database(address, connections=2, patience=0.5) as database:
        office.init(AUTHORITY, "Harrowdale")
        ground = PostgresGround(database, office)
        jo = Laptop.of(ground, "jo", ground.add_user("jo", Role.CASEWORKER))
        jo.push(jo.write("case-1"), jo.write("case-1"))
        port = server.port
        for end in (server.crash, server.stop):
            end()
            assert not server.running
            assert server.process == 0
            with pytest.raises(Away):
                jo.push(jo.write("case-1"))
            server.start()
            assert server.port == port
            again = jo.write("case-1")
            jo.push(again)
            jo.pull(have=False)
            assert jo.mark == jo.own_mark()


def test_starting_twice_is_starting_once(server: Server) -> None:
    before = server.process
    server.start()
    assert server.process == before
    server.restart()
    assert server.process not in (0, before)


def test_a_folder_with_other_files_is_left_as_it_is() -> None:
    folder = Path(tempfile.mkdtemp(prefix="send-desk-postgres-"))
    try:
        (folder / "data").mkdir()
        letter = folder / "data" / "letter.txt"
        letter.write_text("ours")
        with pytest.raises(Cannot, match="could not be made"):
            Server(folder).start()
        assert letter.read_text() == "ours"
    finally:
        shutil.rmtree(folder)


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="only root has to hand the folder to another account"
)
def test_a_folder_that_the_servers_account_cannot_reach_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0o700)
    with pytest.raises(Cannot, match="cannot reach"):
        Server(tmp_path / "shut" / "server").start()
