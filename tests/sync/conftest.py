"""Desks with real homes, and the hub's real service on loopback over a central database in memory."""

import random
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from queue import Queue
from uuid import UUID

import pytest
import uuid_utils

from send_desk.domain.case import Case
from send_desk.domain.checks.lists import CheckLists
from send_desk.domain.ids import Role
from send_desk.domain.rulebook import RuleBook
from send_desk.hub.serving import Listening, Service
from send_desk.services import casework
from send_desk.services.desk import Desk
from send_desk.services.enrolling import enrol
from send_desk.services.office import OfficeState
from send_desk.services.ports import User
from send_desk.storage import keys
from send_desk.storage.home import OpenHome, create_home, open_home_with_key
from send_desk.storage.keys import DataKey
from send_desk.sync.client import HttpDoor, HttpOffice
from send_desk.sync.line import Line
from tests.hub.laptop import PASSWORD
from tests.hub.office import Office, StillClock

PASSPHRASE = "three quiet herons"


@dataclass
class LaptopClock:
    """A laptop's clock: the hub's, and as wrong as it may be."""

    hub: StillClock
    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        return self.hub.now() + self.ahead

    def today(self) -> date:
        return self.now().date()


class RisingIds:
    """Real ids: revisions rise, records are random."""

    def new(self) -> str:
        return str(uuid_utils.uuid7())

    def record(self) -> str:
        return str(uuid_utils.uuid4())


@dataclass
class Colleague:
    """One person at one laptop."""

    opened: OpenHome
    desk: Desk
    clock: LaptopClock
    hub: str
    key: DataKey
    offices: list[HttpOffice] = field(default_factory=list)

    def line(self, hub: str, ca: bytes = b"") -> Line:
        return Line(hub, jitter=lambda: 0.0, ca=ca, still_for=10.0)

    def enrol(self, user: str, *, password: str = PASSWORD, hub: str = "") -> OfficeState:
        """Enrol; name and role are the account's from then on."""
        state = enrol(self.desk, HttpDoor(self.line), hub=hub or self.hub, user=user, password=password)
        self.desk = replace(self.desk, user=replace(self.desk.user, name=state.name, role=state.role))
        return state

    def office(self, hub: str = "") -> HttpOffice:
        """Return a fresh office: its first call is a cold one."""
        enrolment = self.desk.store.sync.enrolment()
        assert enrolment is not None
        self.offices.append(HttpOffice(self.line(hub or enrolment.hub), enrolment, self.clock))
        return self.offices[-1]

    def new_case(self, reference: str, name: str = "Ava") -> Case:
        """Open a case."""
        day = date(2026, 1, 5)
        file = casework.new_case(
            self.desk, first_names=name, surname="Thornley", born=date(2016, 5, 4), received=day, reference=reference
        )
        return file.case

    def reopen(self) -> None:
        """Close the home and open it again, as after a crash."""
        self.opened.close()
        self.opened = open_home_with_key(self.opened.path, self.key, now=self.clock.now())
        self.desk = replace(self.desk, store=self.opened.store)

    def close(self) -> None:
        for office in self.offices:
            office.close()
        self.opened.close()


@pytest.fixture
def hub() -> Iterator[Office]:
    """The hub's app over a central database in memory, with Jo Marsh, Sam Field and Ada Reed."""
    made = Office()
    yield made
    made.client.close()


@pytest.fixture
def url(hub: Office) -> Iterator[str]:
    """The address at which the hub's real service listens."""
    told: Queue[str] = Queue()
    service = Service(hub.app, Listening(host="127.0.0.1", port=0), announce=told.put)
    thread = threading.Thread(target=service.run)
    thread.start()
    try:
        yield told.get(timeout=30)
    finally:
        service.stop()
        thread.join(timeout=30)
        assert not thread.is_alive()


@pytest.fixture(scope="session")
def _blank(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DataKey]:
    path = tmp_path_factory.mktemp("blank") / "home"
    user = User("00000000-0000-4000-8000-000000000001", "Somebody", Role.CASEWORKER, "999")
    made = datetime.fromisoformat("2026-03-01T09:00:00+00:00")
    create_home(path, PASSPHRASE, user=user, authority_name="", device="d", recovery_public_key=None, now=made).close()
    return path, keys.open_by_passphrase(path, PASSPHRASE)


Sit = Callable[..., Colleague]


@pytest.fixture
def sit(
    url: str,
    hub: Office,
    tmp_path: Path,
    _blank: tuple[Path, DataKey],
    books: Mapping[str, RuleBook],
    lists: CheckLists,
) -> Iterator[Sit]:
    """Sit somebody down at a laptop of their own: `sit()` alone, `sit("Jo Marsh")` enrolled."""
    seated: list[Colleague] = []
    dice = random.Random(20260303)  # noqa: S311  ids of a test

    def one(user: str = "", *, ahead: timedelta = timedelta(0)) -> Colleague:
        template, key = _blank
        path = Path(shutil.copytree(template, tmp_path / f"home-{len(seated)}"))
        clock = LaptopClock(hub.clock, ahead)
        opened = open_home_with_key(path, key, now=clock.now())
        author, device = (str(UUID(int=dice.getrandbits(128), version=4)) for _ in range(2))
        desk = Desk(
            store=opened.store,
            user=User(author, user or "Somebody", Role.CASEWORKER, "999"),
            device=device,
            rulebooks=books,
            lists=lists,
            clock=clock,
            ids=RisingIds(),
        )
        seated.append(Colleague(opened, desk, clock, url, key))
        if user:
            seated[-1].enrol(user)
        return seated[-1]

    yield one
    for colleague in seated:
        colleague.close()
