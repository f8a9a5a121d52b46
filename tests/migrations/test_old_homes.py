"""Homes that earlier programs made, kept as they were: each opens, and everything in it is still there."""

import hashlib
import runpy
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from send_desk.domain.ids import Section
from send_desk.storage import backups
from send_desk.storage.home import OpenHome, open_home
from send_desk.storage.schema import HEAD
from send_desk.wire.messages import Cursor

_HERE = Path(__file__).parent
_HOMES = sorted(path.name for path in (_HERE / "homes").iterdir())


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    """What the script that made the homes put into them."""
    return runpy.run_path(str(_HERE / "keep_old_home.py"))


@pytest.fixture(params=_HOMES)
def old_home(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a kept home."""
    return Path(shutil.copytree(_HERE / "homes" / request.param, tmp_path / "home"))


def test_a_home_of_every_schema_is_kept() -> None:
    assert [f"{number:04}" for number in range(1, int(HEAD) + 1)] == _HOMES


def test_everything_in_an_old_home_is_still_there(old_home: Path, kept: dict[str, Any]) -> None:
    home = open_home(old_home, kept["PASSPHRASE"], now=kept["MADE"] + timedelta(days=400))
    assert (home.user, home.device, home.authority_name) == (kept["USER"], "old-laptop", "Old County")
    _assert_whole(home, kept)
    home.store.rebuild()
    _assert_whole(home, kept)
    home.close()


def test_what_the_office_said_is_still_there(tmp_path: Path, kept: dict[str, Any]) -> None:
    for number in _HOMES[1:]:
        path = Path(shutil.copytree(_HERE / "homes" / number, tmp_path / number))
        home = open_home(path, kept["PASSPHRASE"], now=kept["MADE"] + timedelta(days=400))
        home.store.rebuild()
        sync = home.store.sync
        assert sync.cursor() == Cursor("old-feed", 7, "t1")
        assert [person.authors for person in sync.people()] == [("another",)]
        assert [read.id for read in sync.reads()] == ["read-1"]
        assert sync.contact().lease_until == kept["MADE"] + timedelta(days=14)
        assert home.store.find("OLD/2") == ("old-case-2",)
        (theirs,) = home.store.history("old-case-2")
        assert (theirs.extra, theirs.made_at.hour) == ({"tomorrow": 1}, 9)
        assert sync.marks()["old-case-2"].count == 1
        home.close()


def test_an_old_home_that_was_brought_up_to_date_left_a_copy(old_home: Path, kept: dict[str, Any]) -> None:
    number = old_home_number(old_home, kept)
    copies = [path.name for path in backups.kept(old_home)]
    assert bool(copies) == (number != HEAD)


def old_home_number(path: Path, kept: dict[str, Any]) -> str:
    """Open a home and return the schema it stood at before, as its copy tells it."""
    open_home(path, kept["PASSPHRASE"], now=kept["MADE"]).close()
    copies = backups.kept(path)
    return backups.read_manifest(copies[-1]).version if copies else HEAD


def _assert_whole(home: OpenHome, kept: dict[str, Any]) -> None:
    store = home.store
    for record in {revision.record for revision in kept["revisions"]()}:
        known = [revision for revision in kept["revisions"]() if revision.record == record]
        assert list(store.history(record)) == known
    file = store.case_file("old-case-1")
    assert file is not None
    assert (file.case.reference, file.case.child.full_name, file.case.people) == ("OLD/1", "Wren Ashdown", ())
    (provision,) = file.case.section(Section.F)
    assert (provision.words, provision.value("who")) == ("Swimming three times", "a coach")
    assert provision.extra == {"a field of tomorrow": {"kept": [1, None]}}
    assert file.heads["old-case-1/b1"] == ("r5", "r6")
    assert [words.base for words in store.kept()] == [("r3",)]
    assert [line.service for line in store.directory()] == ["Sensory support"]
    assert store.setting("window") == {"wide": True}
    assert [school.name for school in store.establishments("mill")] == ["Old Mill School"]
    assert store.other_names(frozenset({b"\x01" * 32})) == {b"\x01" * 32}
    for content in (kept["LETTER"], kept["REPORT"]):
        assert store.blob(hashlib.sha256(content).hexdigest()) == content
    assert [hit.record for hit in store.search("lunch")] == ["old-case-1/b1"]
    assert store.waiting() == {"old-case-1": 9, "": 1}
