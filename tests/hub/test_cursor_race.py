"""Sixteen writers and one reader: the feed's cursor loses nothing, and the cursors that look simpler do.

The naive cursors are given to the very same rows in the very same transactions, by a trigger: a sequence number, and
the time. What they lose was committed after a reader had gone past its place (sync.md, "The feed and its cursor").
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from psycopg import sql

from send_desk.domain.ids import Role
from send_desk.hub import chain
from send_desk.hub.central import Away
from send_desk.hub.database import Database
from send_desk.hub.office import Administration

from .ground import AUTHORITY, Laptop, offered
from .test_functions_conformance import PostgresGround

_WRITERS = 16
_EACH = 150
_NAIVE = """
CREATE SCHEMA naive;
CREATE TABLE naive.line (
  place bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL DEFAULT clock_timestamp(), revision text NOT NULL
);
CREATE INDEX ON naive.line (place);
CREATE INDEX ON naive.line (at);
CREATE FUNCTION naive.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ BEGIN INSERT INTO naive.line (revision) VALUES (NEW.revision); RETURN NULL; END $$;
CREATE TRIGGER naive_note AFTER INSERT ON send_desk.revision FOR EACH ROW EXECUTE FUNCTION naive.note();
"""


class _Naive:
    """A reader that goes on after the greatest value it has seen of one column."""

    def __init__(self, url: str, column: str, start: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        name = sql.Identifier(column)
        self._ask = sql.SQL("SELECT {0}, revision FROM naive.line WHERE {0} > %s ORDER BY {0}").format(name)
        self._last: object = start
        self.seen: set[str] = set()

    def read(self) -> None:
        for place, revision in self._connection.execute(self._ask, (self._last,)).fetchall():
            self._last = place
            self.seen.add(revision)

    def close(self) -> None:
        self._connection.close()


def test_no_committed_revision_is_lost_and_naive_cursors_lose_some(
    empty_url: str, record_property: Callable[[str, object], None]
) -> None:
    chain.upgrade(empty_url)
    with psycopg.connect(empty_url) as connection:
        connection.execute(_NAIVE)
    with Administration(empty_url) as office, Database(empty_url, connections=_WRITERS + 2) as database:
        office.init(AUTHORITY, "Harrowdale")
        ground = PostgresGround(database, office)
        account = ground.add_user("jo", Role.CASEWORKER)
        writers = [Laptop.of(ground, "jo", account) for _ in range(_WRITERS)]
        reader = Laptop.of(ground, "jo", account)
        sequence, time = _Naive(empty_url, "place", "0"), _Naive(empty_url, "at", "-infinity")
        begin, done = threading.Barrier(_WRITERS), threading.Event()

        def write(laptop: Laptop) -> list[str]:
            made = [laptop.write(f"case-{laptop.caller.device}") for _ in range(_EACH)]
            begin.wait()
            for one in made:
                laptop.push(one)
            return [one.id for one in made]

        def read() -> None:
            while not done.is_set():
                reader.pull()
                sequence.read()
                time.read()

        with ThreadPoolExecutor(_WRITERS + 1) as threads:
            reading = threads.submit(read)
            try:
                written = {id_ for ids in threads.map(write, writers) for id_ in ids}
            finally:
                done.set()
            reading.result()
        reader.pull()
        for each in (sequence, time):
            each.read()
            each.close()
    lost = [len(written - seen) for seen in (set(reader.got), sequence.seen, time.seen)]
    record_property("lost of 2400 (feed, sequence, time)", lost)
    assert len(written) == _WRITERS * _EACH
    assert lost[0] == 0
    assert reader.mark == reader.own_mark()
    assert lost[1] > 0
    assert lost[2] > 0


def test_who_comes_second_waits_until_the_first_has_committed(
    central_url: str, database: Database, office: Administration
) -> None:
    ground = PostgresGround(database, office)
    jo = Laptop.of(ground, "jo", ground.add_user("jo", Role.CASEWORKER))
    jo.push(jo.write("case-1"), jo.write("case-2"))
    with psycopg.connect(central_url) as first, Database(central_url, statement_timeout=0.3) as second:
        first.execute("SELECT send_desk.positions(%s, 1)", (AUTHORITY,))
        waits = jo.write("case-2")
        with pytest.raises(Away):
            second.push(jo.caller, [offered(waits)], expects={}, seen=0, reads=())
        first.rollback()
        (taken,) = second.push(jo.caller, [offered(waits)], expects={}, seen=0, reads=())
    assert taken.position is not None
