"""The real things together: a PostgreSQL server, the hub as a process, homes of three people; all may be killed."""

import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import httpx
import psycopg
from psycopg import sql

from send_desk.bootstrap.clock import FreshIds, SystemClock
from send_desk.domain.checks.lists import CheckLists
from send_desk.domain.ids import Role
from send_desk.domain.rulebook import RuleBook
from send_desk.hub import chain
from send_desk.hub.office import Administration
from send_desk.hub.postgres import Server
from send_desk.services.desk import Desk
from send_desk.services.enrolling import enrol
from send_desk.services.ports import User
from send_desk.storage.exchange import WHO
from send_desk.storage.home import OpenHome, create_home, open_home_with_key
from send_desk.storage.keys import DataKey, open_by_passphrase
from send_desk.sync.client import HttpDoor, HttpOffice
from send_desk.sync.line import Line
from send_desk.wire.packed import Packed
from tests.hub.laptop import PASSWORD
from tests.hub.office import CHEAP

PEOPLE = ("Jo Marsh", "Sam Field", "Kit Ash")
_PASSPHRASE = "three quiet herons"
_DOOR = "import sys; from send_desk.__main__ import hub; sys.exit(hub())"
_BACKUP = "backup"


class Field:
    """One authority; `with` starts everything and ends it again."""

    def __init__(self, books: Mapping[str, RuleBook], lists: CheckLists) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="send-desk-field-"))
        # As root the server runs as nobody, who cannot reach a folder of ours.
        self._data = Path(tempfile.mkdtemp(prefix="send-desk-postgres-"))
        self.server = Server(self._data)
        self._books, self._lists = books, lists
        self._hub: subprocess.Popen[str] | None = None
        self._port = 0
        self.homes = [self._folder / f"home-{number}" for number in range(len(PEOPLE))]
        self.key = DataKey(b"")

    def __enter__(self) -> Self:
        try:
            self.server.start()
            self._make_central()
            self.start_hub()
            self._make_homes()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.kill_hub()
        self.server.stop()
        shutil.rmtree(self._folder)
        shutil.rmtree(self._data)

    @property
    def url(self) -> str:
        """The hub's address, the same after every start."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def administrator(self) -> Administration:
        """The administrator of the office copy."""
        return Administration(self.server.url("central"))

    # --- the hub and its database ----------------------------------------------------------------------------------

    def start_hub(self) -> None:
        """Start the hub as a process of its own and wait until it takes calls."""
        words = ("serve", "--database", self.server.url("central"), "--listen", f"127.0.0.1:{self._port}")
        self._hub = subprocess.Popen(
            [sys.executable, "-P", "-c", _DOOR, *words, "--plain-loopback"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._hub.stdout is not None
        told = json.loads(self._hub.stdout.readline())
        self._port = httpx.URL(told["listening"]).port or 0

    def kill_hub(self) -> None:
        """Kill the hub where it stands."""
        if self._hub is not None:
            self._hub.send_signal(signal.SIGKILL)
            self._hub.communicate()
            self._hub = None

    def back_up(self) -> None:
        """Copy the whole database as it stands."""
        self._in_place_of(_BACKUP, by="central")

    def restore(self) -> None:
        """Put the copy in place of the database; the hub is down meanwhile, as in the drill of README."""
        self.kill_hub()
        self._in_place_of("central", by=_BACKUP)
        self.start_hub()

    def history(self, case: str) -> dict[str, Packed]:
        """Return every revision of a case in the office copy."""
        with self.administrator as office:
            return {one.id: one for one in office.history_of(case)}

    # --- desks -----------------------------------------------------------------------------------------------------

    @contextmanager
    def desk(self, number: int) -> Iterator[tuple[Desk, OpenHome, HttpOffice]]:
        """Open one home in this process, with its way to the hub."""
        home = open_home_with_key(self.homes[number], self.key, now=SystemClock().now())
        try:
            desk = desk_of(home, self._books, self._lists)
            with office_of(desk) as office:
                yield desk, home, office
        finally:
            home.close()

    # --- within ----------------------------------------------------------------------------------------------------

    def _make_central(self) -> None:
        self._run(sql.SQL("CREATE DATABASE central TEMPLATE template0"))
        chain.upgrade(self.server.url("central"))
        with self.administrator as office:
            office.init("999", "Harrowdale")
            for name in PEOPLE:
                office.add_user(name, name, Role.CASEWORKER, CHEAP.hash(PASSWORD))
            office.team("north", add=PEOPLE)

    def _make_homes(self) -> None:
        now = SystemClock().now()
        first = User(str(uuid4()), "Somebody", Role.CASEWORKER, "999")
        template = self._folder / "template"
        told: Any = {"authority_name": "", "recovery_public_key": None, "now": now}
        create_home(template, _PASSPHRASE, user=first, device=str(uuid4()), **told).close()
        self.key = open_by_passphrase(template, _PASSPHRASE)
        for path, name in zip(self.homes, PEOPLE, strict=True):
            shutil.copytree(template, path)
            home = open_home_with_key(path, self.key, now=now)
            who = home.store.setting(WHO)
            assert isinstance(who, dict)
            with home.store.write() as unit:
                user = {**who["user"], "id": str(uuid4())}
                unit.put_setting(WHO, {**who, "user": user, "device": str(uuid4())})
            home.close()
            home = open_home_with_key(path, self.key, now=now)
            door = HttpDoor(lambda hub, ca: Line(hub, jitter=lambda: 0.0, ca=ca))
            enrol(desk_of(home, self._books, self._lists), door, hub=self.url, user=name, password=PASSWORD)
            home.close()

    def _in_place_of(self, name: str, *, by: str) -> None:
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        # Nobody may be connected to what is copied.
        self._run(
            sql.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}").format(sql.Literal(by))
        )
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(by)))

    def _run(self, statement: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(self.server.url(), autocommit=True) as connection:
            connection.execute(statement)


def desk_of(home: OpenHome, books: Mapping[str, RuleBook], lists: CheckLists) -> Desk:
    """Return the desk of an open home."""
    return Desk(
        store=home.store,
        user=home.user,
        device=home.device,
        rulebooks=books,
        lists=lists,
        clock=SystemClock(),
        ids=FreshIds(),
    )


def office_of(desk: Desk) -> HttpOffice:
    """Return a way to the hub that gives up soon: whoever kills it every second need not wait for it."""
    enrolment = desk.store.sync.enrolment()
    assert enrolment is not None
    return HttpOffice(Line(enrolment.hub, jitter=lambda: 0.0, still_for=5.0), enrolment, SystemClock())
