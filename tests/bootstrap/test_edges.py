"""Where the program meets the machine: files, passphrases, displays, the journal."""

import json
import os
import socket
import sys
from pathlib import Path

import pytest

from send_desk.bootstrap import display, files, journal, passphrase, start
from send_desk.bootstrap.clock import FreshIds, SystemClock
from send_desk.cli import commands
from send_desk.domain.errors import Cannot, WrongUse


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    out = tmp_path / "draft.pdf"
    files.write_file(out, b"one")
    files.write_file(out, b"two")
    assert files.read_file(out) == b"two"
    assert [one.name for one in tmp_path.iterdir()] == ["draft.pdf"]
    with pytest.raises(Cannot, match="was not written"):
        files.write_file(tmp_path / "no folder" / "draft.pdf", b"one")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only where the system has a disk that is always full")
def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.open

    def full(self: Path, *arguments: object, **more: object) -> object:
        return real(Path("/dev/full"), "wb", 0) if self.suffix == ".part" else real(self, *arguments, **more)  # type: ignore[call-overload]  # the same arguments, handed on

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(Cannot, match="No space left"):
        files.write_file(tmp_path / "draft.pdf", b"one" * 100_000)


def test_what_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WrongUse, match="folder"):
        files.read_file(tmp_path)
    with pytest.raises(WrongUse, match="no file"):
        files.read_file(tmp_path / "none")
    monkeypatch.setattr(files, "BIGGEST", 2)
    (tmp_path / "large").write_bytes(b"abc")
    with pytest.raises(WrongUse, match="larger"):
        files.read_file(tmp_path / "large")


def test_a_passphrase_comes_from_a_file_or_a_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "passphrase"
    kept.write_text("three quiet herons\nsecond line\n", encoding="utf-8")
    assert passphrase.ask(kept) == "three quiet herons"
    assert passphrase.ask_new(kept) == "three quiet herons"
    kept.write_text("\n", encoding="utf-8")
    with pytest.raises(WrongUse, match="no passphrase"):
        passphrase.ask(kept)
    kept.write_text("short\n", encoding="utf-8")
    with pytest.raises(WrongUse, match="at least 8"):
        passphrase.ask_new(kept)
    with pytest.raises(Cannot, match="passphrase-file"):
        passphrase.ask(None)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    typed = iter(["three quiet herons", "three loud herons"])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    with pytest.raises(WrongUse, match="not the same"):
        passphrase.ask_new(None)


def test_a_window_is_tried_only_where_a_display_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert not display.has_display()
    monkeypatch.setenv("DISPLAY", ":4711")
    assert not display.has_display()
    monkeypatch.setenv("DISPLAY", "elsewhere:0")
    assert display.has_display()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert display.has_display()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delenv("QT_QPA_PLATFORM")
    assert display.has_display()


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX") or sys.platform != "linux", reason="X sockets of Linux")
def test_a_local_display_that_answers_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(f"\0/tmp/.X11-unix/X{os.getpid()}")
        server.listen()
        monkeypatch.setenv("DISPLAY", f":{os.getpid()}.0")
        assert display.has_display()


def test_the_journal_holds_ids_and_no_names_and_rotates(tmp_path: Path) -> None:
    log = journal.open_journal(tmp_path / "logs")
    log.info("opened", case="0190-1", child="Ava Thornley", words="Ava reads slowly")
    for _ in range(9_000):
        log.info("saved", case="0190-1", record="0190-2", count=1, frames=["open_case.py:1 run"])
    journal.close_journal(log)
    written = sorted((tmp_path / "logs").iterdir())
    assert 2 <= len(written) <= 4
    assert all(file.stat().st_size <= 1_000_000 for file in written)
    text = "".join(file.read_text("utf-8") for file in written)
    assert "Ava" not in text
    assert json.loads(text.splitlines()[0])["case"] == "0190-1"


def test_a_journal_that_cannot_be_written_stays_silent(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file is in the way", encoding="utf-8")
    log = journal.open_journal(tmp_path / "logs")
    log.error("fault", kind="ValueError")
    journal.close_journal(log)


def test_a_fault_is_told_by_its_places_and_no_words() -> None:
    def fails() -> None:
        raise ValueError("Ava Thornley")

    try:
        fails()
    except ValueError as error:
        frames = journal.frames_of(error)
    assert frames[-1].startswith("test_edges.py:")
    assert frames[-1].endswith("fails")
    assert "Ava" not in str(frames)


def test_the_clock_stands_on_the_day_asked_for_and_ids_are_new() -> None:
    from datetime import date

    assert SystemClock(date(2026, 3, 3)).today() == date(2026, 3, 3)
    assert SystemClock().now().utcoffset() is not None
    assert abs((SystemClock().today() - SystemClock().now().date()).days) <= 1
    ids = FreshIds()
    assert ids.new() < ids.new()
    assert ids.record() != ids.record()


def test_a_fault_of_ours_is_said_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("Merryn Thornbeck")

    monkeypatch.setitem(commands.COMMANDS, "law due", broken)
    assert start(["law", "due", "DEC_ASSESS", "--start", "2026-01-05", "--json"]) == 3
    said = capsys.readouterr()
    assert said.out == "" and "is kept" in said.err and "broken" in said.err
    assert "Traceback" not in said.err and "Merryn" not in said.err
