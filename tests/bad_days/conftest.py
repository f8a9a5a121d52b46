"""Bad days on the command line: every answer is looked at for what must never be in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from send_desk.bootstrap import start
from send_desk.storage.keys import open_by_passphrase

PASSPHRASE = "three quiet herons"
TODAY = "2026-03-03"


@dataclass(frozen=True)
class Said:
    """What a command answered: its exit status (interface.md), standard output and standard error."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The one JSON document of the answer."""
        return json.loads(self.out)


Say = Callable[..., Said]


@pytest.fixture(scope="session")
def quick_home(template_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose passphrase is stretched once over 32 KiB, where a real one takes 64 MiB thrice.

    The file says itself what its passphrase costs. Two hundred commands open a home here; what the stretching is worth
    is shown in the tests of storage.
    """
    home = Path(shutil.copytree(template_home, tmp_path_factory.mktemp("quick") / "home"))
    file = home / "keys.json"
    key = open_by_passphrase(home, PASSPHRASE)
    salt, nonce = os.urandom(16), os.urandom(12)
    stretched = hash_secret_raw(PASSPHRASE.encode(), salt, 1, 32, 1, 32, Type.ID)
    wrapped = nonce + AESGCM(stretched).encrypt(nonce, key.raw, b"passphrase")
    wraps = json.loads(file.read_text("utf-8"))
    quick = {"memory_kib": 32, "passes": 1, "lanes": 1}
    told = {"salt": b64encode(salt).decode(), "wrapped": b64encode(wrapped).decode()}
    file.write_text(json.dumps({**wraps, "passphrase": {**wraps["passphrase"], **quick, **told}}), "utf-8")
    return home


@pytest.fixture
def home(quick_home: Path, tmp_path: Path) -> Path:
    """A home of the test's own."""
    return Path(shutil.copytree(quick_home, tmp_path / "home"))


def looked_at(said: Said) -> Said:
    """Hold an answer against what interface.md promises of every answer to --json."""
    assert "Traceback" not in said.out + said.err, said.err
    assert said.status in (0, 1, 2, 3)
    if said.out:
        json.loads(said.out)
    if said.status in (2, 3):
        assert said.out == ""
        assert said.err.startswith("send-desk: ")
        assert "fault of SEND Desk" not in said.err
        assert said.err.count("\n") <= 3
    return said


def arguments(words: tuple[object, ...], home: Path, passphrase: Path) -> list[str]:
    """The words of a command with the common options."""
    common = ["--home", str(home), "--passphrase-file", str(passphrase), "--json"]
    today = [] if "--today" in words else ["--today", TODAY]
    return [*map(str, words), *common, *today]


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    """The file with the passphrase of the test's home."""
    file = tmp_path / "passphrase"
    file.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    return file


@pytest.fixture
def say(home: Path, passphrase: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Give a command in this process, on the test's home, on 3 March 2026."""

    def given(*words: object) -> Said:
        status = start(arguments(words, home, passphrase))
        captured = capsys.readouterr()
        return looked_at(Said(status, captured.out, captured.err))

    return given


@pytest.fixture
def run(home: Path, passphrase: Path, tmp_path: Path) -> Say:
    """Give a command as a person does: in a process of its own, with a folder for temporary files of its own."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()

    def given(*words: object, prelude: str = "") -> Said:
        program = f"{prelude}\nimport sys\nfrom send_desk.__main__ import main\nsys.exit(main())"
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments(words, home, passphrase)],
            capture_output=True,
            check=False,
            env={**os.environ, "TMPDIR": str(temporary), "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.DEVNULL,
            timeout=120,
        )
        return looked_at(Said(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")))

    return given


@pytest.fixture
def ava(say: Say) -> str:
    """A case with the reference HD-1."""
    words = ("--first-names", "Ava", "--surname", "Thornley", "--born", "2016-05-04", "--received", "2026-01-05")
    assert say("new-case", *words, "--reference", "HD-1").status == 0
    return "HD-1"
