"""`send-desk-hub try`: one command, and two laptops of the fictional county have met."""

import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from send_desk.bootstrap import trying as trying_module
from send_desk.bootstrap.central_side import start

HUB = "import sys; from send_desk.__main__ import hub; sys.exit(hub())"


@pytest.fixture
def folder() -> Iterator[Path]:
    # As root the database runs as nobody, who cannot reach pytest's own folder.
    place = Path(tempfile.mkdtemp(prefix="send-desk-trying-"))
    place.chmod(0o711)
    yield place / "kept"
    shutil.rmtree(place)


@contextmanager
def trying(*words: str, end: signal.Signals) -> Iterator[dict[str, Any]]:
    with subprocess.Popen(
        [sys.executable, "-P", "-c", HUB, "try", "--cases", "2", "--json", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        line = started.stdout.readline()
        assert line, started.stderr.read()
        try:
            yield json.loads(line)
        finally:
            started.send_signal(end)
            try:
                out, err = started.communicate(timeout=60)
            except subprocess.TimeoutExpired:
                started.kill()
                raise
    assert (started.returncode, out) == (0, "")
    assert "Traceback" not in err


def desk(told: dict[str, Any], place: int, *words: str) -> Any:
    home = Path(told["homes"][place]["home"])
    common = ("--home", home, "--passphrase-file", home.parent / "passphrase", "--json")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "send_desk", *words, *common],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_two_laptops_meet_and_go_on_where_they_were(folder: Path) -> None:
    with trying("--folder", str(folder), end=signal.SIGINT) as told:
        assert told["hub"].startswith("https://127.0.0.1:")
        assert [one["role"] for one in told["homes"]] == ["caseworker", "manager"]
        ours, theirs = (desk(told, place, "cases")["cases"] for place in (0, 1))
        assert {one["reference"] for one in ours} == {one["reference"] for one in theirs}
        assert len(ours) == 2
    with trying("--folder", str(folder), end=signal.SIGTERM) as again:
        assert again["hub"] == told["hub"]
        desk(again, 0, "event", ours[0]["reference"], "representation", "--on", "2026-03-02")
        assert desk(again, 0, "sync")["sent"] == 1
        assert desk(again, 1, "sync")["received"] == 1


def test_a_folder_that_holds_something_else_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder.mkdir()
    (folder / "letter.txt").write_text("of another kind")
    assert start(["try", "--folder", str(folder)]) == 1
    assert "something else" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_a_first_start_that_was_stopped_half_way_is_begun_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "database/data").mkdir(parents=True)
    (folder / "caseworker").mkdir()
    (folder / "try.json").write_text('{"port": 0}')
    found: list[set[str]] = []

    class Looking(Exception):
        pass

    def look(*_: object, **__: object) -> None:
        found.append({path.name for path in folder.iterdir()})
        raise Looking

    monkeypatch.setattr(trying_module, "Trial", look)
    with pytest.raises(Looking):
        trying_module.try_out(folder=folder, cases=1, as_json=True)
    assert found == [{"try.json"}]
