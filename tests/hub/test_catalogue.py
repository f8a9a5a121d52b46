"""What the database itself says of rights: read from its catalogue, and tried in the service's own name."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg import errors, sql

from send_desk.hub import chain
from send_desk.hub.office import Administration

_SCHEMAS = ("send_desk", "send_desk_hub", "send_desk_office", "send_desk_report")
_ROLES = ("send_desk_owner", "send_desk_service", "send_desk_administrator", "send_desk_reader")

Rows = Callable[..., list[tuple[object, ...]]]


@pytest.fixture
def rows(central_url: str) -> Iterator[Rows]:
    with psycopg.connect(central_url, autocommit=True) as connection:
        yield lambda query, *values: connection.execute(query, values).fetchall()


@pytest.fixture
def service(central_url: str, office: Administration) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    assert office.authority
    with psycopg.connect(central_url, autocommit=True) as connection:
        connection.execute("SET ROLE send_desk_service")
        yield connection


def test_every_function_runs_as_the_owner_with_a_fixed_search_path(rows: Rows) -> None:
    found = rows(
        "SELECT p.oid::regprocedure::text, p.prosecdef, p.proconfig, r.rolname FROM pg_proc p"
        " JOIN pg_roles r ON r.oid = p.proowner WHERE p.pronamespace::regnamespace::text = ANY (%s)",
        list(_SCHEMAS),
    )
    assert len(found) > 50
    wrong = [
        name
        for name, definer, settings, owner in found
        if not definer or settings != ["search_path=pg_catalog, pg_temp"] or owner != "send_desk_owner"
    ]
    assert wrong == []


def test_every_table_and_schema_is_the_owners(rows: Rows) -> None:
    tables = rows(
        "SELECT c.relname, r.rolname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner"
        " WHERE c.relnamespace::regnamespace::text = ANY (%s)",
        list(_SCHEMAS),
    )
    assert len(tables) > 20
    assert {owner for _, owner in tables} == {"send_desk_owner"}
    schemas = rows(
        "SELECT n.nspname, r.rolname FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner"
        " WHERE n.nspname = ANY (%s)",
        list(_SCHEMAS),
    )
    assert {owner for _, owner in schemas} == {"send_desk_owner"}
    assert len(schemas) == len(_SCHEMAS)


def test_no_role_of_ours_can_sign_in_or_is_more_than_it_must_be(rows: Rows) -> None:
    found = rows(
        "SELECT rolname, rolcanlogin OR rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls"
        " FROM pg_roles WHERE rolname = ANY (%s)",
        list(_ROLES),
    )
    assert sorted(found) == [(name, False) for name in sorted(_ROLES)]
    memberships = rows(
        "SELECT m.roleid::regrole::text, m.member::regrole::text FROM pg_auth_members m"
        " WHERE m.member::regrole::text = ANY (%s)",
        list(_ROLES),
    )
    assert memberships == []


def test_everybody_has_no_right_on_anything_of_ours(rows: Rows) -> None:
    public = """
      SELECT 'function ' || p.oid::regprocedure
      FROM pg_proc p, aclexplode(COALESCE(p.proacl, acldefault('f', p.proowner))) a
      WHERE p.pronamespace::regnamespace::text = ANY (%s) AND a.grantee = 0
      UNION ALL
      SELECT 'relation ' || c.relname FROM pg_class c, aclexplode(c.relacl) a
      WHERE c.relnamespace::regnamespace::text = ANY (%s) AND a.grantee = 0
      UNION ALL
      SELECT 'schema ' || n.nspname FROM pg_namespace n, aclexplode(n.nspacl) a
      WHERE n.nspname = ANY (%s) AND a.grantee = 0
      UNION ALL
      SELECT 'database ' || a.privilege_type
      FROM pg_database d, aclexplode(COALESCE(d.datacl, acldefault('d', d.datdba))) a
      WHERE d.datname = current_database() AND a.grantee = 0
      UNION ALL
      SELECT 'schema public' FROM pg_namespace n, aclexplode(n.nspacl) a WHERE n.nspname = 'public' AND a.grantee = 0
      UNION ALL
      SELECT 'language plpgsql' FROM pg_language l, aclexplode(COALESCE(l.lanacl, acldefault('l', l.lanowner))) a
      WHERE l.lanname = 'plpgsql' AND a.grantee = 0
    """
    schemas = list(_SCHEMAS)
    assert rows(public, schemas, schemas, schemas) == []


def test_the_service_holds_execute_on_its_own_functions_and_nothing_else(rows: Rows) -> None:
    held = rows(
        "SELECT p.pronamespace::regnamespace::text, a.privilege_type"
        " FROM pg_proc p, aclexplode(p.proacl) a WHERE a.grantee = 'send_desk_service'::regrole GROUP BY 1, 2"
    )
    assert held == [("send_desk_hub", "EXECUTE")]
    others = rows(
        "SELECT 'relation ' || c.oid::regclass FROM pg_class c, aclexplode(c.relacl) a"
        " WHERE a.grantee = 'send_desk_service'::regrole"
        " UNION ALL SELECT 'schema ' || n.nspname || ' ' || a.privilege_type"
        " FROM pg_namespace n, aclexplode(n.nspacl) a"
        " WHERE a.grantee = 'send_desk_service'::regrole"
        " UNION ALL SELECT 'database ' || a.privilege_type FROM pg_database d, aclexplode(d.datacl) a"
        " WHERE d.datname = current_database() AND a.grantee = 'send_desk_service'::regrole"
    )
    assert sorted(others) == [("database CONNECT",), ("schema send_desk_hub USAGE",)]


def test_the_administrator_holds_execute_on_his_functions_and_reads_the_reports(rows: Rows) -> None:
    held = rows(
        "SELECT p.pronamespace::regnamespace::text, a.privilege_type"
        " FROM pg_proc p, aclexplode(p.proacl) a WHERE a.grantee = 'send_desk_administrator'::regrole GROUP BY 1, 2"
    )
    assert held == [("send_desk_office", "EXECUTE")]
    read = rows(
        "SELECT DISTINCT c.relnamespace::regnamespace::text, c.relkind::text, a.privilege_type"
        " FROM pg_class c, aclexplode(c.relacl) a"
        " WHERE a.grantee IN ('send_desk_administrator'::regrole, 'send_desk_reader'::regrole)"
    )
    assert read == [("send_desk_report", "v", "SELECT")]


def test_the_service_reads_no_table_at_all(rows: Rows, service: psycopg.Connection[tuple[object, ...]]) -> None:
    tables = [
        name
        for (name,) in rows(
            "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'send_desk'::regnamespace"
        )
    ]
    assert len(tables) > 20
    for table in tables:
        for way in ("SELECT * FROM {}", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"):
            with pytest.raises(errors.InsufficientPrivilege):
                service.execute(sql.SQL(way).format(sql.SQL(str(table))))


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM send_desk_office.users('999')",
        "SELECT send_desk_office.bar('999', 'd', '')",
        "SELECT send_desk.cases_of('999', 'a')",
        "SELECT send_desk.positions('999', 1)",
        "SELECT * FROM send_desk_report.laptops",
        "CREATE TEMPORARY TABLE mine (a int)",
        "CREATE TABLE public.mine (a int)",
        "CREATE TABLE send_desk_hub.mine (a int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION send_desk_hub.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "DO $$ BEGIN END $$",
        "SELECT lo_create(0)",
        "SELECT lo_creat(-1)",
        "SELECT lo_from_bytea(0, 'a')",
        "SELECT lo_import('/etc/hostname')",
        "SELECT pg_read_file('postgresql.conf')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "ALTER FUNCTION send_desk_hub.version() SECURITY INVOKER",
        "SET ROLE send_desk_owner",
    ],
)
def test_the_service_is_refused(central_url: str, office: Administration, statement: str) -> None:
    assert office.authority
    login, password = "send_desk_test_hub", "a quiet word"
    chain.make_login(central_url, login, password)
    with psycopg.connect(central_url, user=login, password=password, autocommit=True) as connection:
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute(statement)
        assert connection.execute("SELECT send_desk_hub.version()").fetchone() == (chain.HEAD,)


def test_the_audit_log_is_only_ever_added_to(central_url: str, office: Administration) -> None:
    before = office.audit()
    assert [line.act for line in before] == ["init"]
    for statement in (
        "UPDATE send_desk.audit SET act = 'nothing'",
        "DELETE FROM send_desk.audit",
        "TRUNCATE send_desk.audit",
    ):
        with psycopg.connect(central_url) as owner, pytest.raises(psycopg.Error, match="only ever added to"):
            owner.execute(statement)
    assert office.audit() == before


def test_a_copy_of_the_database_is_made_tight_again(postgres: object, empty_url: str) -> None:
    chain.upgrade(empty_url)
    with psycopg.connect(empty_url, autocommit=True) as connection:
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("GRANT TEMPORARY ON DATABASE {} TO PUBLIC").format(name))
        held = "SELECT has_database_privilege('send_desk_service', current_database(), 'TEMPORARY')"
        assert connection.execute(held).fetchone() == (True,)
        chain.upgrade(empty_url)
        assert connection.execute(held).fetchone() == (False,)
