"""The commands of managers' reports, against a real PostgreSQL."""

import json
from typing import Any

import pytest

from send_desk.bootstrap.central_side import start
from send_desk.domain.ids import Role
from send_desk.hub.database import Database
from send_desk.hub.office import Administration
from send_desk.hub.reports import REPORTS

from .ground import Laptop
from .test_functions_conformance import PostgresGround

Capture = pytest.CaptureFixture[str]


def _said(capture: Capture, url: str, *words: str) -> Any:
    capture.readouterr()
    assert start([*words, "--database", url, "--json"]) == 0
    return json.loads(capture.readouterr().out)


def _case(laptop: Laptop) -> None:
    body = {
        "reference": "HD-1",
        "child.first_names": "Ava",
        "child.surname": "Thornley",
        "child.date_of_birth": "2016-05-04",
        "owner": "Jo Marsh",
    }
    asked = {"kind": "request_received", "on": "2026-01-05"}
    case = "case-0001-boats"
    laptop.push(
        laptop.write(case, kind="case", record=case, body=json.dumps(body).encode()),
        laptop.write(case, kind="event", record=f"{case}/e1", body=json.dumps(asked).encode()),
    )


def test_what_is_out_of_time_on_a_day_is_counted_and_said(
    database: Database, office: Administration, central_url: str, capsys: Capture
) -> None:
    ground = PostgresGround(database, office)
    _case(Laptop.of(ground, "jo", ground.add_user("jo", Role.CASEWORKER)))
    assert _said(capsys, central_url, "project", "--today", "2026-02-10")["counted"] == 1
    assert _said(capsys, central_url, "report", "out-of-time")["reports"]["out-of-time"] == []
    assert _said(capsys, central_url, "project", "--today", "2026-02-20")["counted"] == 1
    (late,) = _said(capsys, central_url, "report", "out-of-time")["reports"]["out-of-time"]
    assert (late["reference"], late["rule"], late["due"], late["days_late"]) == (
        "HD-1",
        "DEC_ASSESS",
        "2026-02-16",
        4,
    )
    again = _said(capsys, central_url, "project", "--today", "2026-02-20")
    assert (again["counted"], again["held"], again["laptops"]) == (0, 1, 1)
    assert _said(capsys, central_url, "project", "--today", "2026-02-20", "--all")["counted"] == 1


def test_every_report_is_said_in_lines_and_names_no_child(
    database: Database, office: Administration, central_url: str, capsys: Capture
) -> None:
    ground = PostgresGround(database, office)
    _case(Laptop.of(ground, "jo", ground.add_user("jo", Role.CASEWORKER)))
    assert start(["project", "--today", "2026-02-20", "--database", central_url]) == 0
    assert capsys.readouterr().out == "1 cases counted, 0 as they were, 1 laptops.\n"
    assert start(["report", "--database", central_url]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines if line.split(":")[0] in REPORTS] == list(REPORTS)
    assert any(line.startswith("HD-1") and "DEC_ASSESS" in line for line in lines)
    assert not any("Ava" in line or "Thornley" in line for line in lines)


def test_a_report_or_a_day_that_is_none_is_wrong_use(central_url: str, capsys: Capture) -> None:
    assert start(["report", "gossip", "--database", central_url]) == 2
    assert start(["project", "--today", "soon", "--database", central_url]) == 2
    assert "not a date" in capsys.readouterr().err
