"""Bad moments in the real window: what the person reads, and the proof that no word is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from send_desk.gui.open_case import OpenCase
from send_desk.storage.home import open_home

if TYPE_CHECKING:
    from .conftest import Person

PASSPHRASE = "three quiet herons"


def unlock(person: Person, passphrase: str = "") -> None:
    person.type(passphrase or PASSPHRASE)
    person.press("Return")
    person.wait_for("top.search")
    person.settle()


@pytest.fixture
def writer(person: Person) -> Person:
    """Somebody whose cursor stands in a new need of section B of a new case."""
    unlock(person)
    person.press("Ctrl+N")
    person.wait_to_be_at("new_case.first_names")
    person.type("Ava")
    person.press("Tab")
    person.type("Thornley")
    person.fill("new_case.received", "5 January 2026")
    person.press("Return")
    person.wait_for("front.next.1.decision_assess")
    person.settle()
    person.press("Alt+5")
    person.wait_for("case.section.B")
    person.settle()
    person.press("Ctrl+G", "B")
    person.settle()
    person.press("Ctrl+Return")
    person.wait_to_be_at("entry.B1.text")
    return person


def open_case(person: Person) -> OpenCase:
    found: list[OpenCase] = []
    person.shell.session.open(person.shell.desk.place.case, found.append)
    return found[0]


def words_on_disk(home: Path) -> list[str]:
    """The words of every need of the home's cases, kept text included, read by a second connection."""
    opened = open_home(home, PASSPHRASE, now=datetime(2026, 3, 3, tzinfo=UTC), read_only=True)
    try:
        files = [opened.store.case_file(line.case) for line in opened.store.summaries()]
        return [entry.words for file in files if file is not None for entry in file.case.entries]
    finally:
        opened.close()


def test_a_wrong_passphrase_is_said_beside_the_field_and_can_be_mended(person: Person) -> None:
    person.type("three quiet heron")
    person.press("Return")
    person.wait_to_read("This passphrase does not open the home. Nothing was changed.")
    person.settle()
    assert person.place == "unlock.passphrase"
    assert person.shell.window.desk is None
    person.press("End")  # the keyboard is where it was, and what was typed still stands there
    person.type("s")
    person.press("Return")
    person.wait_for("top.search")


def test_words_typed_on_a_full_disk_stay_and_are_saved_when_there_is_room(writer: Person) -> None:
    case = open_case(writer)
    driver = writer.shell.session.desk.store._link.driver  # the file itself is made full, for no fault is played
    pages = driver.execute("PRAGMA page_count").fetchone()[0]
    driver.execute(f"PRAGMA max_page_count = {pages}")
    words = "Ava follows one step of an instruction in a quiet room. " * 300
    writer.paste(words)
    case.flush()
    writer.wait_to_read("The disk is full")
    assert "the words are still on the screen" in writer.screen()
    assert "Everything saved before is kept" in writer.screen()
    assert case.has_unsaved
    writer.wait_to_be_at("entry.B1.text")
    driver.execute(f"PRAGMA max_page_count = {pages * 100}")
    case.flush()
    writer.qtbot.waitUntil(lambda: not case.has_unsaved, timeout=20_000)
    writer.settle()
    assert [one.strip() for one in words_on_disk(writer.shell.door.home)] == [words.strip()]


def test_ten_megabytes_pasted_into_a_field_are_cut_with_words_and_the_window_goes_on(writer: Person) -> None:
    writer.paste("word " * 2_000_000)
    writer.wait_to_read("A field takes 20,000 characters")
    assert "still on the clipboard" in writer.screen()
    editor = writer.seen("entry.B1.text")
    assert isinstance(editor, QPlainTextEdit)
    assert 19_000 <= len(editor.toPlainText()) <= 20_000
    writer.go_to("entry.B1.text", key="Shift+Tab")
    writer.press("Ctrl+A")
    writer.type("Short again.")
    open_case(writer).rest()
    writer.settle()
    assert words_on_disk(writer.shell.door.home) == ["Short again."]


def test_strange_words_in_a_field_come_back_as_they_are_kept(writer: Person) -> None:
    strange = "a\x07b\u202e שלום \U0001f469\u200d\U0001f467 <b>bold</b> &amp; \ud83d end"
    writer.paste(strange)
    open_case(writer).rest()
    writer.settle()
    kept = "ab שלום \U0001f469\u200d\U0001f467 <b>bold</b> &amp;  end"
    assert words_on_disk(writer.shell.door.home) == [kept]
    writer.press("Ctrl+L")
    writer.wait_to_be_at("unlock.passphrase")
    unlock(writer)
    editor = writer.wait_for("entry.B1.text")
    assert isinstance(editor, QPlainTextEdit)
    assert editor.toPlainText() == kept


def test_a_window_killed_while_somebody_types_has_kept_every_word_that_it_said_was_saved(home: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("killed_window.py")), str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    saved: list[str] = []
    for line in child.stdout:
        told = json.loads(line)
        saved += [told["saved"]] if told.get("saved") else []
        if len(saved) == 4:
            child.kill()
            break
    rest = child.stdout.read()
    assert child.wait() == -9, child.stderr.read()
    child.stdout.close()
    child.stderr.close()
    saved += [told["saved"] for line in rest.splitlines() if (told := _read(line)).get("saved")]
    assert saved[-1].startswith("word1 word2 ")
    found = words_on_disk(home)
    assert len(found) == 1
    assert f"{found[0]} ".startswith(saved[-1]), (found[0][-80:], saved[-1][-80:])
    opened = open_home(home, PASSPHRASE, now=datetime(2026, 3, 3, tzinfo=UTC))  # nothing stale keeps it shut
    opened.close()


def _read(line: str) -> dict[str, str]:
    try:
        told: dict[str, str] = json.loads(line)
    except ValueError:  # the kill came in the middle of a line
        return {}
    return told


def test_a_home_that_is_open_in_another_window_is_said_at_unlocking(
    writer: Person, sit_down: Callable[[Path], Person]
) -> None:
    home = writer.shell.door.home
    second = sit_down(home)
    second.type(PASSPHRASE)
    second.press("Return")
    second.wait_to_read("already open")
    second.settle()
    assert second.shell.window.desk is None
