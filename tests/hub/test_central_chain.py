"""The chain of the central database: up, down and up again, with data; and what it refuses in words."""

import psycopg
import pytest

from send_desk.domain.errors import Cannot, Refused
from send_desk.domain.ids import Role
from send_desk.hub import chain
from send_desk.hub.database import Database
from send_desk.hub.office import Administration

from .ground import AUTHORITY, Laptop
from .test_functions_conformance import PostgresGround

_TABLES = "SELECT count(*) FROM pg_class WHERE relnamespace = 'send_desk'::regnamespace AND relkind = 'r'"


def _worked(url: str) -> None:
    """An authority's first day: a person, a laptop, a case handed in and fetched."""
    with Administration(url) as office, Database(url) as database:
        office.init(AUTHORITY, "Harrowdale")
        ground = PostgresGround(database, office)
        jo = Laptop.of(ground, "jo", ground.add_user("jo", Role.CASEWORKER))
        jo.push(jo.write("case-1"), jo.write("case-1"))
        jo.pull()
        assert jo.mark == jo.own_mark()


def test_an_empty_database_becomes_ready_and_stays_so(empty_url: str) -> None:
    assert not chain.is_ready(empty_url)
    assert chain.version(empty_url) is None
    for _ in range(2):
        chain.upgrade(empty_url)
        assert chain.is_ready(empty_url)
        assert chain.version(empty_url) == chain.HEAD
    _worked(empty_url)


def test_up_with_data_down_and_up_again(empty_url: str) -> None:
    chain.upgrade(empty_url)
    _worked(empty_url)
    with psycopg.connect(empty_url, autocommit=True) as connection:
        tables = connection.execute(_TABLES).fetchone()
        chain.downgrade(empty_url, to="0001")
        assert connection.execute("SELECT count(*) FROM send_desk.revision").fetchone() == (2,)
        chain.upgrade(empty_url)
        assert connection.execute("SELECT count(*) FROM send_desk.revision").fetchone() == (2,)
        chain.downgrade(empty_url, to="base")
        assert connection.execute(_TABLES).fetchone() == (1,)  # the chain's own note
        assert not chain.is_ready(empty_url)
        chain.upgrade(empty_url)
        assert connection.execute(_TABLES).fetchone() == tables
    _worked(empty_url)


def test_an_upgrade_that_fails_leaves_everything_as_it_was(empty_url: str) -> None:
    with psycopg.connect(empty_url, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA send_desk_hub")
        connection.execute("CREATE FUNCTION send_desk_hub.key(p_use text) RETURNS text LANGUAGE sql AS 'SELECT 1'")
        with pytest.raises(psycopg.Error):
            chain.upgrade(empty_url)
        assert connection.execute("SELECT to_regnamespace('send_desk')").fetchone() == (None,)
    assert not chain.is_ready(empty_url)


def test_a_database_of_a_newer_program_is_left_alone(empty_url: str) -> None:
    chain.upgrade(empty_url)
    with psycopg.connect(empty_url) as connection:
        connection.execute("UPDATE send_desk.alembic_version SET version_num = '9999'")
    with pytest.raises(Refused, match="newer send-desk-hub"):
        chain.upgrade(empty_url)
    assert not chain.is_ready(empty_url)


def test_a_login_for_hubs_works_and_can_be_given_a_new_password(empty_url: str) -> None:
    chain.upgrade(empty_url)
    with Administration(empty_url) as office:
        office.init(AUTHORITY, "Harrowdale")
    for password in ("first word", "second 'word'"):
        chain.make_login(empty_url, "send_desk_test_login", password)
        with psycopg.connect(empty_url, user="send_desk_test_login", password=password) as connection:
            address = connection.info.dsn
        with Database(f"{address} password='{password.replace(chr(39), chr(92) + chr(39))}'") as database:
            assert database.authorities() == (AUTHORITY,)
            assert database.version() == chain.HEAD


def test_a_database_that_does_not_answer_is_said_in_words() -> None:
    with pytest.raises(Cannot, match="cannot be reached"):
        chain.upgrade("postgresql://postgres@127.0.0.1:1/none")


def test_an_administrator_needs_not_be_a_superuser(empty_url: str) -> None:
    with psycopg.connect(empty_url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS send_desk_test_it")
        connection.execute("CREATE ROLE send_desk_test_it LOGIN PASSWORD 'it' CREATEROLE")
        connection.execute(
            "GRANT send_desk_owner, send_desk_administrator, send_desk_service, send_desk_reader"
            " TO send_desk_test_it WITH ADMIN OPTION"
        )
        connection.execute(
            psycopg.sql.SQL("ALTER DATABASE {} OWNER TO send_desk_test_it").format(
                psycopg.sql.Identifier(connection.info.dbname)
            )
        )
        mine = psycopg.conninfo.make_conninfo(empty_url, user="send_desk_test_it", password="it")
        chain.upgrade(mine)
        _worked(mine)
        connection.execute(
            psycopg.sql.SQL("ALTER DATABASE {} OWNER TO CURRENT_USER").format(
                psycopg.sql.Identifier(connection.info.dbname)
            )
        )
        connection.execute("DROP OWNED BY send_desk_test_it; DROP ROLE send_desk_test_it")
