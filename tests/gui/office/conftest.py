"""Windows with an office: the real window and services, and the hub's real feed over its central database in memory."""

from __future__ import annotations

import shutil
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from send_desk.bootstrap.laptop import Laptop
from send_desk.bootstrap.window import WindowDoor
from send_desk.domain.ids import Role
from send_desk.gui.main_window import MainWindow
from send_desk.gui.office_link import Pace
from send_desk.gui.preferences import Preferences
from send_desk.gui.session import Session
from send_desk.hub.central import Device
from send_desk.services import office as calls
from send_desk.services.desk import Desk
from send_desk.services.office import Admitted, Enrolment
from send_desk.services.ports import User
from send_desk.storage.home import create_home, open_home
from send_desk.wire import messages
from tests.model.line import Exchange, Line
from tests.model.memory_central import MemoryCentral

if TYPE_CHECKING:
    from send_desk.gui.look import Look
    from tests.gui.conftest import Shell

PASSPHRASE = "three quiet herons"
PASSWORD = "four slow otters"
DAY = date(2026, 3, 3)
SLOW = Pace(first=3_600_000, every=3_600_000, pause=3_600_000, again=3_600_000, seldom=3_600_000, calm=20)
"""A desk that turns to its office only when it is told to."""


@dataclass
class OfficeClock:
    """The hub's clock: that of the machine, as the window's is, moved on as a test says."""

    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class Hub:
    """The office: its people, its log, and whether it can be reached."""

    clock: OfficeClock = field(default_factory=OfficeClock)
    reachable: bool = True
    held: threading.Event | None = None
    """While it stands and is not set, a call waits: the network has gone quiet."""

    def __post_init__(self) -> None:
        self.central = MemoryCentral("999", now=self.clock.now)
        self.exchange = Exchange(self.central, self.clock, page=200)
        self.accounts: dict[str, str] = {}
        self.calls: list[str] = []

    def person(self, name: str, role: Role = Role.CASEWORKER) -> str:
        if name not in self.accounts:
            self.accounts[name] = self.central.add_user(name, role)
        return self.accounts[name]

    def share(self, case: str, *names: str) -> None:
        for name in names:
            self.central.grant(case, account=self.person(name))


class Wire(Line):
    """One laptop's connection, which can be closed from another thread while a call waits."""

    def __init__(self, hub: Hub, device: str) -> None:
        super().__init__(hub.exchange, device)
        self._hub = hub
        self._closed = threading.Event()

    @property
    def orders(self) -> str:
        known = self._hub.central.books.devices.get(self._device)
        return messages.WIPE if known is not None and known.barred else ""

    @property
    def lease_until(self) -> datetime | None:
        known = self._hub.central.books.devices.get(self._device)
        return known.lease_until if known is not None else None

    def close(self) -> None:
        self._closed.set()

    def _carried(self, name: str, wish: object, answer: Callable[[Any, bytes], bytes]) -> bytes:
        self._hub.calls.append(name)
        if not self._hub.reachable:
            raise calls.Offline("The office cannot be reached at the moment. What you wrote is saved on this laptop.")
        held = self._hub.held
        while held is not None and not held.is_set():
            if self._closed.wait(0.01):
                raise calls.Offline("The connection was closed.")
        return super()._carried(name, wish, answer)


@dataclass
class HubDoor:
    """How a laptop presents itself: by name and password, to the office in memory."""

    hub: Hub

    def new_key(self) -> tuple[bytes, bytes]:
        return b"p" * 32, b"q" * 32

    def enrol(self, hub: str, wish: messages.Enrol, /, *, ca: bytes = b"") -> Admitted:
        account = self._known(wish.user, wish.password)
        now = self.hub.clock.now()
        device = Device("999", wish.device, account, wish.public_key, now, now)
        self.hub.central.enrol(device, author=wish.author, machine=wish.machine, version=wish.version)
        return self._session(account, wish.device)

    def sign_in(self, enrolment: Enrolment, /, *, user: str, password: str) -> Admitted:
        return self._session(self._known(user, password), enrolment.device)

    def _known(self, user: str, password: str) -> str:
        if not self.hub.reachable:
            raise calls.Offline("The office cannot be reached at the moment. Nothing was changed.")
        if password != PASSWORD or user not in self.hub.accounts:
            raise calls.SignInNeeded("The office does not know this name and password. Nothing was changed.")
        return self.hub.accounts[user]

    def _session(self, account: str, device: str) -> Admitted:
        member = self.hub.central.books.members[account]
        person = messages.Person(id=account, name=member.login, role=str(member.role))
        until = self.hub.central.renewed(device, version="", signed_in=True)
        session = messages.Session(
            token="", ends="", lease_until=until.isoformat(), user=person, authority="999", authority_name="Harrowdale"
        )
        return Admitted(session, self.hub.clock.now().isoformat())


@dataclass(frozen=True)
class OfficeLaptop(Laptop):
    """The real laptop, whose way to the office ends at the hub in memory."""

    hub: Hub = field(default_factory=Hub)

    def door(self) -> HubDoor:  # type: ignore[override]  # the same calls, without a network
        return HubDoor(self.hub)

    def office(self, desk: Desk) -> Wire:  # type: ignore[override]  # the same calls, without a network
        return Wire(self.hub, desk.device)


@pytest.fixture
def hub() -> Hub:
    """An office with two colleagues."""
    made = Hub()
    made.person("Jo Marsh")
    made.person("Sam Field")
    return made


@dataclass
class Desks:
    """Windows on homes of their own, all of one office; a fault that any of them notes fails the test."""

    hub: Hub
    look: Look
    qtbot: QtBot
    folder: Path
    template: Path
    made: list[Shell] = field(default_factory=list)

    def home(self, name: str) -> Path:
        """A fresh home of a colleague, with a user id and a device of its own."""
        home = self.folder / name.partition(" ")[0].lower()
        number = len(list(self.folder.iterdir())) + 10
        create_home(
            home,
            PASSPHRASE,
            user=User(f"00000000-0000-4000-8000-0000000000{number}", name, Role.CASEWORKER, "999"),
            authority_name="Harrowdale",
            device=f"00000000-0000-4000-8000-0000000001{number}",
            recovery_public_key=None,
            now=datetime(2026, 3, 1, 9, 0, tzinfo=UTC),
        ).close()
        return home

    def county(self) -> Path:
        """The home of Jo Marsh with twelve children of the county."""
        return Path(shutil.copytree(self.template, self.folder / "county"))

    def laptop(self, home: Path) -> OfficeLaptop:
        return OfficeLaptop(Namespace(home=str(home), today=DAY, passphrase_file=None, json=False), self.hub)

    def shell(self, home: Path, *, pace: Pace = SLOW) -> Shell:
        """The window on a home, shown and still locked."""
        from tests.gui.conftest import Shell

        door = WindowDoor(self.laptop(home))
        faults: list[Exception] = []
        session = Session(door, broken=faults.append, pace=pace)
        window = MainWindow(session, self.look, Preferences(home))
        window.resize(1180, 760)
        window.show()
        QTest.qWaitForWindowActive(window)
        made = Shell(window, session, door, faults)
        self.made.append(made)
        return made

    def open(self, home: Path, *, pace: Pace = SLOW) -> Shell:
        """The window, unlocked."""
        made = self.shell(home, pace=pace)
        made.unlock(self.qtbot)
        self.settle(made)
        return made

    def enrol(self, home: Path, user: str) -> None:
        """Bind a home to an account, as the command does."""
        from send_desk.services.enrolling import enrol

        laptop = self.laptop(home)
        opened = open_home(home, PASSPHRASE, now=laptop.clock.now())
        try:
            enrol(laptop.desk_of(opened), laptop.door(), hub="https://hub.example", user=user, password=PASSWORD)
        finally:
            opened.close()

    def joined(self, home: Path, user: str, *, pace: Pace = SLOW) -> Shell:
        """The window on a home that is enrolled, unlocked; it has not synced yet."""
        self.enrol(home, user)
        return self.open(home, pace=pace)

    def settle(self, shell: Shell) -> None:
        """Wait until nothing is under way, on the line neither."""
        session = shell.session

        def quiet() -> bool:
            link = session.office
            resting = link.line.waiting == 0 and not link._calm.isActive() and not link._running
            return resting and session.jobs.waiting == 0

        for _ in range(3):
            self.qtbot.waitUntil(quiet, timeout=20_000)
            QApplication.processEvents()

    def sync(self, shell: Shell, case: str = "") -> None:
        """Press the button, and wait for the end of it."""
        shell.session.office.sync(case)
        self.settle(shell)


@pytest.fixture
def desks(hub: Hub, look: Look, qtbot: QtBot, tmp_path: Path, county_template: Path) -> Iterator[Desks]:
    """Windows of one office."""
    folder = tmp_path / "homes"
    folder.mkdir()
    made = Desks(hub, look, qtbot, folder, county_template)
    yield made
    if hub.held is not None:
        hub.held.set()
    for shell in made.made:
        shell.session.close()
        shell.window.close()
        shell.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [fault for shell in made.made for fault in shell.faults] == []
