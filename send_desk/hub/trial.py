"""The central side on one machine, to try out: a PostgreSQL of its own, the tables, some people, and the hub by TLS."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self

import psycopg

from send_desk.domain.errors import Cannot
from send_desk.domain.ids import Role

from . import chain
from .app import make_app
from .auth import Clock
from .certificates import make_certificates
from .database import Database
from .office import Administration
from .passwords import hashed
from .postgres import Server
from .serving import Listening, Service

_DATABASE = "send_desk"
_HOST = "127.0.0.1"
_PATIENCE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """Who is there: an authority, its people with one password for all, and one team with who leads it."""

    authority: str
    name: str
    people: Mapping[str, Role]
    password: str
    team: str
    leads: Sequence[str]


class Trial:
    """Everything a desk needs to meet, in one folder, for as long as the context lasts; begun anew it goes on there."""

    def __init__(self, folder: Path, *, town: Town, clock: Clock, port: int = 0) -> None:
        self._folder = folder
        self._town = town
        self._clock = clock
        self._port = port
        self._server = Server(folder / "database")
        self._database: Database | None = None
        self._service: Service | None = None
        self._thread: threading.Thread | None = None
        self.url = ""

    @property
    def ca(self) -> Path:
        """The certificate that desks must trust."""
        return self._folder / "ca.pem"

    @property
    def database_url(self) -> str:
        """The administrator's address of the central database."""
        return self._server.url(_DATABASE)

    def __enter__(self) -> Self:
        """Start all of it; the hub answers when this returns."""
        try:
            self._server.start()
            self._make_office()
            self._serve()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def _make_office(self) -> None:
        with psycopg.connect(self._server.url(), autocommit=True) as link:
            if link.execute("SELECT 1 FROM pg_database WHERE datname = %s", (_DATABASE,)).fetchone() is None:
                link.execute(f"CREATE DATABASE {_DATABASE} TEMPLATE template0")
        chain.upgrade(self.database_url)
        town = self._town
        with Administration(self.database_url, authority=town.authority) as office:
            office.init(town.authority, town.name)
            known = {one.login for one in office.users()}
            secret = hashed(town.password)
            for name, role in town.people.items():
                if name not in known:
                    office.add_user(name, name, role, secret)
            office.team(town.team, add=list(town.people), lead=town.leads)

    def _serve(self) -> None:
        if not self.ca.exists():
            make_certificates(self._folder, now=self._clock.now())
        self._database = Database(self.database_url).open()
        where = Listening(host=_HOST, port=self._port, cert=self._folder / "hub.pem", key=self._folder / "hub-key.pem")
        told: SimpleQueue[str] = SimpleQueue()
        self._service = Service(make_app(self._database, self._clock), where, announce=told.put)
        self._thread = threading.Thread(target=self._service.run, name="hub")
        self._thread.start()
        try:
            self.url = told.get(timeout=_PATIENCE)
        except Empty:
            raise Cannot("The hub did not start.") from None

    def _end(self) -> None:
        if self._service is not None and self._thread is not None:
            self._service.stop()
            self._thread.join(_PATIENCE)
        if self._database is not None:
            self._database.close()
        self._server.stop()
