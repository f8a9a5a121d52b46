"""The desk's commands about the office as they are typed, against the hub's real service on loopback."""

import json
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from send_desk import paths
from send_desk.bootstrap import start
from send_desk.bootstrap.clock import SystemClock
from send_desk.sync.line import Line
from tests.hub.laptop import PASSWORD
from tests.hub.office import Office

SECRET = "three quiet herons"


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Type = Callable[..., Said]


@pytest.fixture
def type_(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Type:
    """Type a command on a home of the name `at`; JSON is held against its schema."""
    secret, password = tmp_path / "secret", tmp_path / "password"
    secret.write_text(f"{SECRET}\n", encoding="utf-8")
    password.write_text(f"{PASSWORD}\n", encoding="utf-8")

    def typed(*words: object, at: str = "jo", schema: str = "") -> Said:
        common = ["--home", str(tmp_path / at), "--passphrase-file", str(secret), "--today", "2026-03-03"]
        told = [str(password) if word == "PASSWORD" else str(word) for word in words]
        status = start([*told, *common, *(["--json"] if schema else [])])
        captured = capsys.readouterr()
        if schema and captured.out:
            found = json.loads((paths.resources() / "schema" / f"{schema}.json").read_text("utf-8"))
            Draft202012Validator(found, format_checker=FormatChecker()).validate(json.loads(captured.out))
        return Said(status, captured.out, captured.err)

    return typed


def make(type_: Type, name: str, user: str) -> None:
    assert type_("init", "--authority", "999", "--user", user, "--role", "caseworker", at=name).status == 0


def enrol(type_: Type, name: str, user: str, hub: str) -> Said:
    words = ("enrol", "--hub", hub, "--user", user, "--password-file", "PASSWORD")
    return type_(*words, at=name, schema="enrol-1")


def test_from_the_first_home_to_a_conflict_and_back(type_: Type, hub: Office, url: str, tmp_path: Path) -> None:
    hub.clock.moment = datetime.now(UTC)
    for name, user in (("jo", "Jo Marsh"), ("sam", "Sam Field")):
        make(type_, name, user)
    child = ("--first-names", "Ava", "--surname", "Thornley", "--born", "2016-05-04", "--received", "2026-01-05")
    case = type_("new-case", *child, "--reference", "HD-1", schema="new-case-1").data["id"]
    said = type_("status", schema="status-1").data
    assert (said["waiting"], said["office_copy_at"], said["lease_until"]) == (2, None, None)
    said = type_("sync")
    assert (said.status, "enrol --hub" in said.err) == (2, True)
    assert enrol(type_, "jo", "Jo Marsh", url).data["user"] == {"name": "Jo Marsh", "role": "caseworker"}
    said = type_("sync", "HD-1", schema="sync-1")
    assert (said.status, said.data["sent"], said.data["waiting"]) == (0, 2, 0)
    assert said.data["bytes_up"] > 0
    told = type_("status", schema="status-1").data
    assert (told["waiting"], told["refused"], told["conflicts"]) == (0, 0, 0)
    assert told["office_copy_at"] < told["lease_until"]
    assert type_("cases", schema="cases-1").data["cases"][0]["waiting"] == 0

    enrol(type_, "sam", "Sam Field", url)
    hub.central.grant(case, account=hub.account("Sam Field"))
    assert type_("sync", at="sam", schema="sync-1").data["received"] == 2
    assert type_("cases", at="sam", schema="cases-1").data["cases"][0]["name"] == "Ava Thornley"
    for name, known in (("jo", "Avie"), ("sam", "Aves")):
        out = tmp_path / f"{name}.json"
        type_("export", "HD-1", "--out", out, at=name)
        plan = json.loads(out.read_text("utf-8"))
        plan["case"]["child"]["known_as"] = known
        out.write_text(json.dumps(plan), encoding="utf-8")
        assert type_("import-plan", out, at=name).status == 0
        type_("sync", at=name)
    said = type_("sync", schema="sync-1")
    assert said.status == 1
    (conflict,) = said.data["conflicts"]
    assert (conflict["case"], conflict["field"]) == (case, "child.known_as")
    assert {value["value"] for value in conflict["values"]} == {"Avie", "Aves"}
    assert type_("status", schema="status-1").data["conflicts"] == 1


def test_offline_is_said_in_words_with_status_3_and_nothing_is_lost(
    type_: Type, hub: Office, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(type_, "jo", "Jo Marsh")
    enrol(type_, "jo", "Jo Marsh", url)
    type_(
        "new-case", "--first-names", "Ava", "--surname", "Thornley", "--born", "2016-05-04", "--received", "2026-01-05"
    )
    monkeypatch.setattr("send_desk.bootstrap.to_office._reach", lambda hub, ca: _nowhere())
    said = type_("sync")
    assert (said.status, said.out) == (3, "")
    assert "saved on this laptop" in said.err
    assert "Ava" not in said.err
    assert type_("status", schema="status-1").data["waiting"] == 2


def _nowhere() -> Any:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    return Line(f"http://127.0.0.1:{port}", jitter=lambda: 0.0)


def test_a_restore_asks_for_what_waits_and_finds_what_was_sent_since(
    type_: Type, hub: Office, url: str, tmp_path: Path
) -> None:
    hub.clock.moment = datetime.now(UTC)
    make(type_, "jo", "Jo Marsh")
    enrol(type_, "jo", "Jo Marsh", url)
    child = ("--surname", "Thornley", "--born", "2016-05-04", "--received", "2026-01-05")
    type_("new-case", "--first-names", "Ava", *child, "--reference", "HD-1")
    type_("sync")
    copy = tmp_path / "copy.desk"
    type_("backup", "--to", copy)
    type_("event", "HD-1", "decision_assess", "--on", "2026-02-10", "--by", "panel")
    since = type_("sync", schema="sync-1").data["sent"]
    type_("new-case", "--first-names", "Bo", *child, "--reference", "HD-2")
    said = type_("restore", copy)
    assert said.status == 1
    assert "2 changes are not in the office copy yet" in said.err
    out = tmp_path / "tray.json"
    assert type_("tray", "--out", out, schema="tray-1").data["out"] == str(out)
    assert len(json.loads(out.read_text("utf-8"))["waiting"]) == 2
    assert type_("restore", copy).status == 0
    assert [case["reference"] for case in type_("cases", schema="cases-1").data["cases"]] == ["HD-1"]
    said = type_("sync", schema="sync-1")
    assert (said.data["received"], said.data["resync"], said.data["messages"]) == (since, False, [])
    assert type_("sync", schema="sync-1").data["received"] == 0


def test_a_lapsed_lease_opens_nothing_but_the_door_to_the_office(
    type_: Type, hub: Office, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.clock.moment = datetime.now(UTC)
    make(type_, "jo", "Jo Marsh")
    enrol(type_, "jo", "Jo Marsh", url)
    type_("sync")
    later = datetime.now(UTC) + timedelta(days=15)
    monkeypatch.setattr(SystemClock, "now", lambda _: later)
    hub.clock.moment = later
    said = type_("cases")
    assert (said.status, said.out) == (3, "")
    assert "opens again after a sign-in" in said.err
    assert type_("sync").status == 3
    assert type_("status", schema="status-1").status == 0
    assert enrol(type_, "jo", "Jo Marsh", url).status == 0
    assert type_("cases").status == 0


def test_no_start_and_no_other_command_brings_the_network_along() -> None:
    script = (
        "import sys, send_desk.cli.commands, send_desk.bootstrap.laptop, send_desk.bootstrap.window, "
        "send_desk.storage.home, send_desk.services.syncing, send_desk.gui.app\n"
        "print(sorted({'httpx', 'httpcore', 'h11', 'truststore', 'jwt'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
