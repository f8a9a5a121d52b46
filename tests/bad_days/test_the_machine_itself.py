"""What the machine does to a command: no room for the answer, nobody who reads it, no display, no network, Ctrl+C."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Say = Callable[..., Any]

PROBE = "Quarzblende"

# Every attempt to reach anything but this machine ends the program with a status that no command has.
_NO_NETWORK = """
import os, sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.bind"):
        where = arguments[1] if event in ("socket.connect", "socket.sendto", "socket.bind") else arguments[0]
        if not isinstance(where, (str, bytes)) or event == "socket.getaddrinfo":
            os.write(2, f"a way out was sought: {event} {where}".encode())
            os._exit(77)
sys.addaudithook(watch)
"""


def _in_the_clear(folder: Path, word: str) -> list[str]:
    forms = (word.encode(), word.lower().encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and (word in path.name or any(form in path.read_bytes() for form in forms))
    ]


def test_the_main_job_needs_no_network_and_leaves_nothing_in_the_clear(run: Say, home: Path, tmp_path: Path) -> None:
    letter = tmp_path / f"{PROBE}.pdf"
    letter.write_bytes(b"%PDF-1.4 " + PROBE.encode() * 1_000)
    names = ("--first-names", PROBE, "--surname", "Thornley", "--born", "2016-05-04", "--reference", "HD-1")
    out = tmp_path / "draft.pdf"
    for words in (
        ("new-case", *names, "--received", "2026-01-05"),
        ("event", "HD-1", "decision_assess", "--on", "2026-02-10", "--note", PROBE),
        ("contribution", "HD-1", "health", "requested", "--on", "2026-02-11", "--by", PROBE),
        ("advice", "add", "HD-1", letter, "--from", "health", "--author", PROBE),
        ("print", "HD-1", "--rendering", "draft", "--out", out),
        ("search", PROBE),
        ("backup",),
    ):
        said = run(*words, prelude=_NO_NETWORK)
        assert said.status == 0, said.err
    assert out.read_bytes().startswith(b"%PDF")
    assert _in_the_clear(home, PROBE) == []
    assert _in_the_clear(tmp_path / "temporary", PROBE) == []
    assert _in_the_clear(tmp_path, PROBE), "the search itself finds the letter that lies beside"


def test_the_watch_over_the_network_sees_an_attempt(run: Say) -> None:
    attempt = f"{_NO_NETWORK}\nimport socket\nsocket.socket().connect_ex(('127.0.0.1', 9))"
    with pytest.raises(AssertionError):
        run("cases", prelude=attempt)


def test_an_answer_that_nobody_reads_to_the_end_is_no_fault(home: Path, passphrase: Path, ava: str) -> None:
    command = [sys.executable, "-m", "send_desk", "cases", "--home", str(home), "--passphrase-file", str(passphrase)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
    assert (process.returncode, told) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the device that is always full is Linux's")
def test_an_answer_for_which_there_is_no_room_is_said(home: Path, passphrase: Path, ava: str) -> None:
    command = [sys.executable, "-m", "send_desk", "cases", "--home", str(home), "--passphrase-file", str(passphrase)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 3
    assert done.stderr.decode().startswith("send-desk: The answer could not be written")
    assert b"Traceback" not in done.stderr


def test_paper_for_which_there_is_no_place_leaves_the_case_as_it_was(say: Say, ava: str, tmp_path: Path) -> None:
    for out in (tmp_path / "none" / "draft.pdf", tmp_path):
        said = say("print", ava, "--rendering", "draft", "--out", out)
        assert said.status == 3
        assert "Your work in SEND Desk is as it was" in said.err
        assert say("export", ava, "--out", out).status == 3
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_without_a_display_the_window_says_so(run: Say) -> None:
    blind = "import os\nfor name in ('QT_QPA_PLATFORM', 'DISPLAY', 'WAYLAND_DISPLAY'): os.environ.pop(name, None)"
    said = run(prelude=blind)
    assert said.status == 3
    assert "no display" in said.err


def test_ctrl_c_in_a_command_is_answered_in_words(run: Say, ava: str) -> None:
    # The signal comes while the passphrase is being tried, which takes the longest.
    stop = (
        "import argon2.low_level as low, os, signal\n"
        "def tried(*_, **__):\n"
        "    signal.raise_signal(signal.SIGINT)\n"
        "    while True:\n"  # the interpreter takes the signal at its next turn, and not before
        "        pass\n"
        "low.hash_secret_raw = tried"
    )
    said = run("show", ava, prelude=stop)
    assert said.status == 3
    assert "What was saved before is kept" in said.err
