"""What many tests need: the law, a fixed day, and a real encrypted home made once and copied for each test."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from hypothesis import settings

from send_desk import paths
from send_desk.bootstrap.law import read_frameworks, read_word_lists
from send_desk.domain.checks.lists import CheckLists
from send_desk.domain.ids import Role
from send_desk.domain.rulebook import RuleBook
from send_desk.services.desk import Desk
from send_desk.services.ports import User
from send_desk.storage.home import OpenHome, create_home, open_home

# A noisy machine is no fault of the program, so no example has a time limit; where changes land, the examples are the
# same on every run, so that what fails there can be seen again.
settings.register_profile("send-desk", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("send-desk")

PASSPHRASE = "three quiet herons"
TODAY = date(2026, 3, 3)


@dataclass
class FixedClock:
    """A clock that stands on one day and moves a second at every look."""

    day: date = TODAY
    looks: int = 0

    def now(self) -> datetime:
        self.looks += 1
        return datetime(self.day.year, self.day.month, self.day.day, 9, 0, tzinfo=UTC) + timedelta(seconds=self.looks)

    def today(self) -> date:
        return self.day


@dataclass
class SeededIds:
    """Ids that are the same on every run and rise, as those of a desk do."""

    random: Random = field(default_factory=lambda: Random(7))  # noqa: S311  test data, no secret
    count: int = 0

    def new(self) -> str:
        self.count += 1
        return str(UUID(int=(0x01900000_0000_7000_8000_000000000000 + self.count)))

    def record(self) -> str:
        return str(UUID(int=self.random.getrandbits(128), version=4))


@pytest.fixture(scope="session")
def books() -> dict[str, RuleBook]:
    return dict(read_frameworks(paths.resources()))


@pytest.fixture(scope="session")
def book(books: dict[str, RuleBook]) -> RuleBook:
    return books["england-2014"]


@pytest.fixture(scope="session")
def lists() -> CheckLists:
    return read_word_lists(paths.resources())


@pytest.fixture(scope="session")
def template_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh home of a caseworker, closed; copy it, never write to it."""
    home = tmp_path_factory.mktemp("template") / "home"
    create_home(
        home,
        PASSPHRASE,
        user=User("00000000-0000-4000-8000-000000000001", "Jo Marsh", Role.CASEWORKER, "999"),
        authority_name="Harrowdale",
        device="00000000-0000-4000-8000-000000000002",
        recovery_public_key=None,
        now=datetime(2026, 3, 1, 9, 0, tzinfo=UTC),
    ).close()
    return home


@pytest.fixture
def home(template_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template_home, tmp_path / "home"))


@pytest.fixture
def opened(home: Path) -> Iterator[OpenHome]:
    found = open_home(home, PASSPHRASE, now=datetime(2026, 3, 3, 9, 0, tzinfo=UTC))
    yield found
    found.close()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def desk(opened: OpenHome, books: dict[str, RuleBook], lists: CheckLists, clock: FixedClock) -> Desk:
    return Desk(
        store=opened.store,
        user=opened.user,
        device=opened.device,
        rulebooks=books,
        lists=lists,
        clock=clock,
        ids=SeededIds(),
        authority_name=opened.authority_name,
    )
