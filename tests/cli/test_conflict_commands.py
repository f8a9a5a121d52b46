"""`conflicts` and `resolve` as a person types them, on a home into which other people's words have come."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from send_desk.domain.checks.lists import CheckLists
from send_desk.domain.ids import EntryKind, Section
from send_desk.domain.revision import DELETED, Revision
from send_desk.domain.rulebook import RuleBook
from send_desk.services import drafting, reading
from send_desk.services.desk import Desk
from send_desk.services.encoding import record_key
from send_desk.services.office import Contact, Enrolment
from send_desk.storage.home import open_home
from tests.conftest import FixedClock, SeededIds

Type = Callable[..., Any]
Apart = Callable[..., list[str]]
NOW = datetime(2026, 3, 3, 11, 30, tzinfo=UTC)


@pytest.fixture
def apart(home: Path, ava: str, books: dict[str, RuleBook], lists: CheckLists) -> Apart:
    """Write a row of section F, let versions of it come from people who had seen the first only; return their ids."""

    def write(*versions: dict[str, object]) -> list[str]:
        with_home = open_home(home, "three quiet herons", now=NOW)
        store = with_home.store
        desk = Desk(store, with_home.user, with_home.device, books, lists, FixedClock(), SeededIds(count=500))
        fields = {"who": "a teacher", "what": "reading"}
        file, entry = drafting.add_entry(
            desk, reading.open_case(desk, ava), Section.F, EntryKind.PROVISION, fields=fields
        )
        key = record_key(file.case.id, entry.id)
        ids = [f"01900000-0000-7000-9000-{place:012}" for place in range(len(versions))]
        with store.write() as unit:
            for id_, said in zip(ids, versions, strict=True):
                unit.append(
                    [Revision(id_, key, "entry", file.case.id, "999", file.heads[key], said, "sam", "another", NOW)]
                )
        with_home.close()
        return ids

    return write


def test_without_conflicts_the_list_is_empty_and_the_status_good(type_: Type, ava: str) -> None:
    said = type_("conflicts", schema="conflicts-1")
    assert (said.status, said.data["conflicts"]) == (0, [])
    said = type_("resolve", ava, "F1", "who", "--keep", "x")
    assert said.status == 2
    assert "Nothing is open at F1 who" in said.err


def test_two_versions_are_listed_counted_and_one_is_kept(type_: Type, ava: str, apart: Apart) -> None:
    one, other = apart({"fields.who": "an assistant"}, {"fields.who": "a therapist"})
    said = type_("conflicts", schema="conflicts-1")
    assert said.status == 1
    (found,) = said.data["conflicts"]
    assert (found["label"], found["field"], found["hard"], found["base"]) == ("F1", "who", True, "a teacher")
    assert [(each["revision"], each["by"], each["value"]) for each in found["values"]] == [
        (one, "somebody else", "an assistant"),
        (other, "somebody else", "a therapist"),
    ]
    assert "HD-1  F1, Who: somebody else “an assistant”" in type_("conflicts").out
    assert type_("status", schema="status-1").data["conflicts"] == 1
    assert type_("show", ava, schema="show-1").data["conflicts"] == 1
    said = type_("resolve", ava, "F1", "who", schema="resolve-1")
    assert said.status == 2
    assert one in said.err
    said = type_("resolve", ava, found["entry"], found["field"], "--keep", one, schema="resolve-1")
    assert (said.status, said.data["kept"], said.data["conflicts"]) == (0, one, 0)
    assert type_("conflicts", schema="conflicts-1").status == 0
    assert type_("status", schema="status-1").data["conflicts"] == 0
    history = type_("history", ava, "F1", schema="history-1").data["revisions"]
    assert [each["by"] for each in history] == ["Jo Marsh", "somebody else", "somebody else", "Jo Marsh"]
    assert {each["revision"] for each in history} >= {one, other}


def test_what_stands_combined_is_confirmed(type_: Type, ava: str, apart: Apart) -> None:
    apart({"fields.who": "an assistant"}, {"fields.what": "spelling"})
    (found,) = type_("conflicts", schema="conflicts-1").data["conflicts"]
    assert (found["field"], found["hard"]) == ("", False)
    assert found["base"] == {"who": "a teacher", "what": "reading"}
    assert "combined from somebody else, please check: What, Who" in type_("conflicts").out
    said = type_("resolve", ava, "F1", "combined", schema="resolve-1")
    assert (said.status, said.data["kept"], said.data["conflicts"]) == (0, None, 0)


def test_taking_away_against_writing_is_decided_too(type_: Type, ava: str, apart: Apart) -> None:
    gone, _ = apart({DELETED: True}, {"fields.who": "a therapist"})
    assert "somebody else took it away" in type_("conflicts").out
    said = type_("resolve", ava, "F1", "deleted", "--keep", gone, schema="resolve-1")
    assert said.status == 0, said.err
    assert type_("show", ava, schema="show-1").data["sections"]["F"]["state"] == "empty"


def test_a_plan_with_an_open_conflict_is_not_issued(type_: Type, ava: str, apart: Apart) -> None:
    apart({"fields.who": "an assistant"}, {"fields.what": "spelling"})
    said = type_("issue", ava, "--final", "--override-reason", "The Tribunal ordered it.")
    assert said.status == 1
    assert "brought together in F1" in said.err
    assert type_("show", ava, schema="show-1").data["case"]["version"] == "draft"


def test_a_home_with_an_office_issues_only_when_the_office_is_reached(type_: Type, ava: str, home: Path) -> None:
    opened = open_home(home, "three quiet herons", now=NOW)
    opened.store.sync.put_enrolment(
        Enrolment("https://127.0.0.1:9", opened.device, bytes(range(32)), bytes(range(32)), enrolled_at=NOW)
    )
    opened.store.sync.put_contact(Contact(lease_until=datetime(2099, 1, 1, tzinfo=UTC), seen=NOW))
    opened.close()
    said = type_("issue", ava, "--final", "--override-reason", "The Tribunal ordered it.")
    assert said.status == 3
    assert "office" in said.err
    assert type_("show", ava, schema="show-1").data["case"]["version"] == "draft"
