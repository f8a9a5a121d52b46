"""Our own launcher of PostgreSQL: it starts, keeps what was committed through a kill, and says what is wrong."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
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


def test_a_backup_by_pg_dump_comes_back_whole_and_is_made_tight(server: Server) -> None:
    before, after = server.url("before"), server.url("after")
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE before")
        connection.execute("CREATE DATABASE after")
    chain.upgrade(before)
    with Administration(before) as office, Database(before) as database:
        office.init(AUTHORITY, "Harrowdale")
        ground = PostgresGround(database, office)
        jo = Laptop.of(ground, "jo", ground.add_user("jo", Role.CASEWORKER))
        jo.push(jo.write("case-1"), jo.write("case-1"))
        jo.pull()
        key = database.key("token")
        dump = subprocess.run([server.programs / "pg_dump", "--format=custom", before], capture_output=True, check=True)
        late = jo.write("case-1")
        jo.push(late)
        jo.pull()
    subprocess.run(
        [server.programs / "pg_restore", "--exit-on-error", "--dbname", after], input=dump.stdout, check=True
    )
    chain.upgrade(after)
    assert chain.is_ready(after)
    with Administration(after) as office, Database(after) as database:
        assert database.key("token") == key
        jo.ground = PostgresGround(database, office)
        assert jo.page().resync
        assert {one.id for one in jo.fetch()} == jo.got.keys() - {late.id}
        assert jo.push(late)[0].position is not None
        jo.feed, jo.at, jo.item = "", 0, ""
        jo.pull()
        assert jo.mark == jo.own_mark()
    with psycopg.connect(after, autocommit=True) as connection:
        held = connection.execute("SELECT has_database_privilege('send_desk_service', 'after', 'TEMPORARY')").fetchone()
        assert held == (False,)
        with pytest.raises(psycopg.Error, match="only ever added to"):
            connection.execute("DELETE FROM send_desk.audit")
        connection.execute("SET ROLE send_desk_service")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM send_desk.revision")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT send_desk_office.users('999')")


_DIES = """
import os, sys
from pathlib import Path
from send_desk.hub.postgres import Server
server = Server(Path(sys.argv[1]), fsync=False)
server.start()
print(server.url(), flush=True)
os.kill(os.getpid(), 9)
"""


def test_a_server_does_not_outlive_the_program_that_started_it() -> None:
    folder = Path(tempfile.mkdtemp(prefix="send-desk-postgres-"))
    try:
        died = subprocess.run([sys.executable, "-c", _DIES, folder], capture_output=True, text=True, check=False)
        address = died.stdout.strip()
        assert died.returncode == -9
        assert address.startswith("postgresql://")
        ends = time.monotonic() + 60
        with pytest.raises(psycopg.OperationalError):
            while time.monotonic() < ends:
                psycopg.connect(address, connect_timeout=5).close()
        # Its children go a moment after it took the last connection.
        while (folder / "data" / "postmaster.pid").exists() and time.monotonic() < ends:
            os.sched_yield()
        assert not (folder / "data" / "postmaster.pid").exists()
    finally:
        shutil.rmtree(folder)


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
