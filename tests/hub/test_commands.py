"""Every command of the hub, against a real PostgreSQL."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from psycopg import sql

from send_desk.bootstrap.central_side import start
from send_desk.bootstrap.clock import SystemClock
from send_desk.hub import chain
from send_desk.hub.parser import parse
from send_desk.wire import messages
from send_desk.wire.frames import from_bytes, to_bytes
from send_desk.wire.messages import Cursor

from .laptop import PASSWORD, Laptop

DOOR = "import sys; from send_desk.__main__ import hub; sys.exit(hub())"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n")
    return file


class Hub:
    """The hub's command line on one database."""

    def __init__(self, url: str, capture: Capture, secret: Path) -> None:
        self.url = url
        self._capture = capture
        self.secret = secret

    def __call__(self, *words: str) -> tuple[int, str, str]:
        self._capture.readouterr()
        status = start([*words, "--database", self.url])
        return status, *self._capture.readouterr()

    def json(self, *words: str) -> Any:
        status, out, err = self(*words, "--json")
        assert status == 0, err
        return json.loads(out)

    def add(self, name: str, role: str = "caseworker", *more: str) -> Any:
        return self.json("add-user", name, "--role", role, "--password-file", str(self.secret), *more)


@pytest.fixture
def hub(central_url: str, capsys: Capture, secret: Path) -> Hub:
    made = Hub(central_url, capsys, secret)
    assert made("init", "--authority", "999", "--name", "Harrowdale")[0] == 0
    return made


@pytest.fixture
def served(hub: Hub) -> Any:
    """The service as a process of its own, on plain loopback."""
    hub.add("Jo Marsh")
    hub.add("Sam Field")
    serving = subprocess.Popen(
        [
            sys.executable,
            "-P",
            "-c",
            DOOR,
            "serve",
            "--database",
            hub.url,
            "--listen",
            "127.0.0.1:0",
            "--plain-loopback",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert serving.stdout is not None
    url = json.loads(serving.stdout.readline())["listening"]
    with httpx.Client(base_url=url) as client:
        client.headers.clear()
        yield client, serving
    if serving.poll() is None:
        serving.terminate()
    serving.communicate(timeout=30)


def laptop_of(client: httpx.Client, user: str) -> Laptop:
    laptop = Laptop(client, SystemClock(), user=user)
    assert laptop.enrol().status_code == 200
    return laptop


def test_init_makes_an_office_copy_and_run_again_changes_nothing(postgres: Any, capsys: Capture, secret: Path) -> None:
    name = "send_desk_commands"
    with psycopg.connect(postgres.url(), autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    hub = Hub(postgres.url(name), capsys, secret)
    try:
        words = ("init", "--authority", "999", "--name", "Harrowdale", "--service", "hub_of_commands")
        words = (*words, "--service-password-file", str(secret))
        first = hub.json(*words)
        assert (first["from"], first["to"]) == (None, chain.HEAD)
        again = hub(*words)
        assert again[:2] == (0, f"The office copy of 999 is as it was, at version {chain.HEAD}.\n")
        with psycopg.connect(hub.url, user="hub_of_commands", password=PASSWORD) as link:
            assert link.execute("SELECT current_user").fetchone() == ("hub_of_commands",)
    finally:
        with psycopg.connect(postgres.url(), autocommit=True) as link:
            link.execute(f"DROP DATABASE {name} WITH (FORCE)")
            link.execute("DROP ROLE IF EXISTS hub_of_commands")


def test_people_come_change_and_leave(hub: Hub) -> None:
    made = hub.add("Jo Marsh", "caseworker", "--login", "jo.marsh")
    assert (made["login"], made["name"], made["role"]) == ("jo.marsh", "Jo Marsh", "caseworker")
    status, out, err = hub("add-user", "--name", "jo.marsh", "--role", "manager", "--password-file", str(hub.secret))
    assert (status, out) == (2, "")
    assert "user of that name already" in err
    assert hub("password", "jo.marsh", "--password-file", str(hub.secret))[0] == 0
    assert hub("leave", "--user", "jo.marsh")[0] == 0
    (line,) = hub.json("users")["users"]
    assert (line["login"], line["left"]) == ("jo.marsh", True)
    assert hub("users")[1] == "jo.marsh  Jo Marsh  caseworker  left\n"
    assert hub("leave", "nobody")[0] == 2


def test_a_password_too_short_is_refused_and_none_is_asked_of_nobody(hub: Hub, tmp_path: Path) -> None:
    short = tmp_path / "short"
    short.write_text("seven77\n")
    status, _, err = hub("add-user", "Jo", "--role", "caseworker", "--password-file", str(short))
    assert status == 2
    assert "at least 8 characters" in err
    status, _, err = hub("add-user", "Jo", "--role", "caseworker")
    assert status == 3
    assert "--password-file" in err
    assert hub.json("users") == {"users": []}


def test_a_day_of_the_office(hub: Hub, served: Any) -> None:
    client, _ = served
    assert hub("team", "North", "--add", "Jo Marsh", "--lead", "Sam Field")[1] == (
        "North: Jo Marsh, Sam Field. Led by Sam Field.\n"
    )
    hub.add("Ada Reed", "manager")
    jo, ada = laptop_of(client, "Jo Marsh"), laptop_of(client, "Ada Reed")
    first = jo.revision("case-00001", b'{"reference":"HD-1"}', kind="case", record="case-00001")
    second = jo.revision("case-00001", b'{"text":"a secret"}')
    assert jo.push(first, second).refused == ()
    assert [one.code for one in ada.push(ada.revision("case-00001")).refused] == ["not-member"]
    assert hub.json("grant", "HD-1", "--user", "Ada Reed", "--reason", "cover")["changed"] is True
    assert hub("grant", "--case", "HD-1", "--user", "Ada Reed")[1] == "Ada Reed is already on HD-1.\n"
    cursor = Cursor(ada.pull(Cursor("")).cursor.feed, 0, "")
    assert ada.pull(cursor).count >= 2
    assert hub.json("redact", "HD-1", second.id, "--reason", "order of the court")["redacted"] == 1
    assert hub.json("redact", "--case", "HD-1", second.id, "--reason", "again")["redacted"] == 0
    assert hub("redact", "HD-1", "--reason", "nothing named")[0] == 2
    assert hub("redact", "HD-1", "no-such", "--reason", "r")[0] == 2
    acts = [line["act"] for line in hub.json("looked", "HD-1")["lines"]]
    assert {"grant", "redact"} <= {act.split()[0] for act in acts}
    laptops = hub.json("enrolments")["enrolments"]
    assert {one["device"] for one in laptops} == {jo.device, ada.device}
    assert hub("laptop", jo.device)[1].count("HD-1") == 1
    assert hub.json("laptop", "--device", ada.device)["cases"][0]["granted"] is True
    assert hub("withdraw", "HD-1", "--user", "Ada Reed")[1] == "Ada Reed is no longer on HD-1.\n"
    assert "does not know yet" in hub("laptop", ada.device)[1]
    assert hub("bar", jo.device, "--reason", "lost on a train")[0] == 0
    answer = jo.raw("pull", to_bytes(messages.Pull(cursor=cursor)))
    assert (answer.status_code, answer.headers["desk-orders"]) == (403, "wipe")
    assert "  barred" in hub("enrolments")[1]
    for words in (("bar", "nobody's"), ("laptop", "nobody's"), ("grant", "HD-9", "--user", "Jo Marsh")):
        assert hub(*words)[0] == 2


def test_serve_says_one_line_answers_and_ends_well(hub: Hub, served: Any) -> None:
    client, serving = served
    answer = client.post("/v1/hello", headers={"content-type": messages.MEDIA})
    assert from_bytes(answer.content, messages.HelloAnswer).wire == 1
    serving.send_signal(signal.SIGTERM)
    out, err = serving.communicate(timeout=30)
    assert (serving.returncode, out) == (0, "")
    assert "Traceback" not in err
    assert "call=hello device= status=200" in err


def test_an_empty_warm_pull_costs_less_than_a_kilobyte(hub: Hub, served: Any) -> None:
    client, _ = served
    jo = laptop_of(client, "Jo Marsh")
    jo.push(*(jo.revision("case-00001") for _ in range(20)))
    cursor = jo.pull(Cursor("")).cursor
    cursor = jo.pull(Cursor(cursor.feed)).cursor
    body = to_bytes(messages.Pull(cursor=cursor))
    answer = jo.raw("pull", body)
    there = len("POST /v1/pull HTTP/1.1\r\n\r\n") + len(body)
    there += sum(len(f"{name}: {value}\r\n") for name, value in answer.request.headers.items())
    back = len("HTTP/1.1 200 OK\r\n\r\n") + len(answer.content)
    back += sum(len(f"{name}: {value}\r\n") for name, value in answer.headers.items())
    assert there + back <= 1024, (there, back)


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ((), 2, "COMMAND"),
        (("sing",), 2, "invalid choice"),
        (("users",), 2, "--database"),
        (("init", "--database", "postgresql://127.0.0.1:1/none"), 2, "--authority"),
        (("init", "--database", "postgresql://127.0.0.1:1/none", "--authority", "9"), 3, "cannot be reached"),
        (("users", "--database", "postgresql://127.0.0.1:1/none", "--authority", "9"), 3, "cannot be reached"),
        (("serve", "--listen", "127.0.0.1:0"), 2, "--cert"),
        (("serve", "--listen", "0.0.0.0:0", "--plain-loopback"), 2, "only on loopback"),
        (("team",), 2, "Give NAME"),
        (("bar", "a", "--device", "b"), 2, "Give only one DEVICE"),
        (("grant", "HD-1"), 2, "--user"),
        (("grant", "HD-1", "--user", "a", "--team", "b"), 2, "Argument --team"),
        (("redact", "HD-1", "r"), 2, "--reason"),
        (("add-user", "Jo", "--role", "king"), 2, "invalid choice"),
        (("looked", "HD-1", "--limit", "0"), 2, "between 1 and 10000"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(capsys: Capture, words: tuple[str, ...], status: int, told: str) -> None:
    assert start(words) == status
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert "Traceback" not in err


def test_a_database_that_is_not_ready_is_said_in_words(empty_url: str, capsys: Capture, secret: Path) -> None:
    serve = ("serve", "--listen", "127.0.0.1:0", "--plain-loopback")
    hub = Hub(empty_url, capsys, secret)
    status, _, err = hub(*serve)
    assert (status, "send-desk-hub init" in err) == (3, True)
    assert hub("init", "--authority", "999")[0] == 0
    with psycopg.connect(hub.url, autocommit=True) as link:
        table = link.execute("SELECT schemaname FROM pg_tables WHERE tablename = 'alembic_version'").fetchone()
        assert table is not None
        place = sql.Identifier(table[0], "alembic_version")
        link.execute(sql.SQL("UPDATE {} SET version_num = '9999'").format(place))
    status, _, err = hub(*serve)
    assert (status, "newer send-desk-hub" in err) == (3, True)
    status, _, err = hub("init", "--authority", "999")
    assert (status, "newer send-desk-hub" in err.lower()) == (1, True)


def test_the_doors_of_a_checkout_lead_to_the_hub() -> None:
    checkout = Path(__file__).parents[2]
    for door in ([checkout / "packaging/run", "hub"], [checkout / ".venv/bin/send-desk-hub"]):
        done = subprocess.run([*door, "--help"], capture_output=True, text=True, check=False)
        assert done.returncode == 0
        assert "send-desk-hub" in done.stdout


def test_a_name_is_given_in_its_place_or_by_option() -> None:
    for words in (["bar", "d-1"], ["bar", "--device", "d-1"]):
        assert parse(words).device == "d-1"
    for words in (["team", "North"], ["team", "--name", "North"]):
        assert parse(words).name == "North"
    assert parse(["grant", "--case", "c", "--team", "t"]).case == "c"
