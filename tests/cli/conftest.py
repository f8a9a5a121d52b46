"""The command line as a person types it: real arguments, a real home, answers validated against their schemas."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from send_desk import paths
from send_desk.bootstrap import start

TODAY = "2026-03-03"


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
def passphrase_file(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text("three quiet herons\n", encoding="utf-8")
    return file


@pytest.fixture
def type_(home: Path, passphrase_file: Path, capsys: pytest.CaptureFixture[str]) -> Type:
    """Type a command on the test's home, on 3 March 2026."""

    def typed(*words: object, schema: str = "", today: str = TODAY) -> Said:
        arguments = [str(word) for word in words]
        common = ["--home", str(home), "--passphrase-file", str(passphrase_file), "--today", today]
        status = start([*arguments, *common, *(["--json"] if schema else [])])
        captured = capsys.readouterr()
        if schema and status in (0, 1) and captured.out:
            validate(schema, json.loads(captured.out))
        return Said(status, captured.out, captured.err)

    return typed


def validate(schema: str, data: Any) -> None:
    """Hold an answer against its schema under resources/schema."""
    found = json.loads((paths.resources() / "schema" / f"{schema}.json").read_text("utf-8"))
    Draft202012Validator(found, format_checker=FormatChecker()).validate(data)


@pytest.fixture
def ava(type_: Type) -> str:
    """A case with the reference HD-1."""
    words = ("new-case", "--first-names", "Ava", "--surname", "Thornley", "--born", "2016-05-04")
    said = type_(*words, "--received", "2026-01-05", "--reference", "HD-1", schema="new-case-1")
    assert said.status == 0, said.err
    return "HD-1"
