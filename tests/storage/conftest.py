"""Real encrypted homes for the tests of storage: one is made with its passphrase, the others are copies of it."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from send_desk.domain.ids import Role
from send_desk.domain.revision import Revision
from send_desk.services.ports import User
from send_desk.storage import keys
from send_desk.storage.home import OpenHome, create_home, open_home_with_key
from send_desk.storage.keys import DataKey

PASSPHRASE = "three plain words"
NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
USER = User("5d1c0f5e-0000-4000-8000-000000000001", "Jo Writer", Role.CASEWORKER, "830")

Revise = Callable[..., Revision]
Open = Callable[[], OpenHome]


@pytest.fixture
def now() -> datetime:
    """The moment of the tests."""
    return NOW


@pytest.fixture
def passphrase() -> str:
    """What opens every home of the tests."""
    return PASSPHRASE


@pytest.fixture
def user() -> User:
    """Whose homes they are."""
    return USER


@pytest.fixture(scope="session")
def _first_home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DataKey]:
    path = tmp_path_factory.mktemp("first") / "home"
    create_home(
        path,
        PASSPHRASE,
        user=USER,
        authority_name="Example County",
        device="laptop-1",
        recovery_public_key=None,
        now=NOW,
    ).close()
    return path, keys.open_by_passphrase(path, PASSPHRASE)


@pytest.fixture
def key(_first_home: tuple[Path, DataKey]) -> DataKey:
    """The data key of the homes of the tests."""
    return _first_home[1]


@pytest.fixture
def home_path(_first_home: tuple[Path, DataKey], tmp_path: Path) -> Path:
    """A closed home with nothing in it yet."""
    return Path(shutil.copytree(_first_home[0], tmp_path / "home"))


@pytest.fixture
def reopen(home_path: Path, key: DataKey) -> Iterator[Open]:
    """Open the home of this test once more; whatever is still open at the end is closed."""
    opened: list[OpenHome] = []

    def once_more() -> OpenHome:
        for home in opened:
            home.close()
        opened.append(open_home_with_key(home_path, key, now=NOW))
        return opened[-1]

    yield once_more
    for home in opened:
        home.close()


@pytest.fixture
def home(reopen: Open) -> OpenHome:
    """An open home with nothing in it yet."""
    return reopen()


@pytest.fixture
def revise() -> Revise:
    """Make revisions with ids that rise: `revise(record, fields, parents=..., kind=..., case=...)`."""
    numbers = count(1)

    def make(
        record: str,
        fields: Mapping[str, object],
        *,
        parents: tuple[str, ...] = (),
        kind: str = "entry",
        case: str = "case-1",
    ) -> Revision:
        return Revision(
            id=f"r{next(numbers):06}",
            record=record,
            kind=kind,
            case=case,
            authority="830",
            parents=parents,
            fields=fields,
            author=USER.id,
            device="laptop-1",
            made_at=NOW,
        )

    return make


@pytest.fixture
def with_case(home: OpenHome, revise: Revise) -> OpenHome:
    """An open home with one case, `case-1`, that has one entry, `case-1/f1`."""
    child = {"reference": "EX/1", "child.first_names": "Zoë", "child.surname": "O'Neill", "child.upn": "H801200001001"}
    entry = {"section": "F", "kind": "provision", "text": "Speech and language therapy", "fields.who": "a therapist"}
    with home.store.write() as unit:
        unit.append([revise("case-1", child, kind="case"), revise("case-1/f1", entry)])
    return home
