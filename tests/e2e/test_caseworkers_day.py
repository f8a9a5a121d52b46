"""A caseworker's day in the real window: from an empty home, by the keyboard alone, to a draft on paper and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QListView, QListWidget, QPlainTextEdit, QTableView

from send_desk.gui.open_case import OpenCase

if TYPE_CHECKING:
    from .conftest import Person

# Qt without a screen has no keyboard for a list that pops up to grab.
pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

CHILD = ("Ava", "Thornley")
WRITTEN = {
    "A": {
        "how": "Ava talked with her keyworker and chose from pictures.",
        "when": "23 February 2026",
        "by": "Jo Marsh",
        "method": "pictures and speech",
        "view": "I like the quiet corner and I want more time to answer.",
        "aspiration": "I want to look after animals when I am grown up.",
    },
    "B": {"need": "Ava finds it hard to follow spoken instructions of more than one step in a busy room."},
    "E": {
        "by": "the end of Year 6",
        "will": "follow a spoken instruction of three steps in class",
        "so_that": "she can join in group work without waiting for help",
        "baseline": "follows one step in a quiet room",
    },
    "F": {
        "what": "Direct speech and language therapy on following instructions",
        "who": "Speech and language therapist",
        "qualification": "HCPC registered",
        "how_often": "once a week in term time",
        "how_long": "45 minutes",
        "group": "1:1",
        "for_how_long": "38 weeks",
        "review": "termly by the school and the therapist",
    },
}
SENTENCE = (
    "A speech and language therapist (HCPC registered) will provide direct speech and language therapy on following "
    "instructions, once a week in term time, for 45 minutes each time, one to one, over 38 weeks. This will be "
    "reviewed termly by the school and the therapist."
)
LAST_WORDS = " This was typed a moment before the power went."
BRACKET = "social care advice (not requested)"


class Watch(Protocol):
    """What watches that the window is never busy for long."""

    def away(self) -> AbstractContextManager[None]:
        """Look away for a while."""


def unlock(person: Person) -> None:
    person.type("three quiet herons")
    person.press("Return")
    person.wait_for("top.search")
    person.settle()


def make_case(person: Person) -> str:
    """Ctrl+N, the little that must be known, Enter; return the id of the case."""
    person.press("Ctrl+N")
    person.wait_to_be_at("new_case.first_names")
    person.type(CHILD[0])
    person.press("Tab")
    person.type(CHILD[1])
    person.press("Tab")
    person.type("4 May 2016")
    person.fill("new_case.received", "5 January 2026")
    person.press("Return")
    person.wait_for("front.next.1.decision_assess")
    person.settle()
    case: str = person.shell.desk.place.case
    return case


def decide_to_assess(person: Person) -> None:
    person.go_to("front.next.1.decision_assess")
    person.press("Space")
    person.wait_for("front.event.record")
    person.fill("front.event.note", "The school's evidence shows needs beyond its own means.")
    person.press("Ctrl+Return")
    person.settle()


def ask_health(person: Person) -> None:
    person.go_to("register.health.request")
    person.press("Space")
    person.wait_to_be_at("register.form.on")
    person.fill("register.form.note", "The family's views went with it.")
    person.press("Ctrl+Return")
    person.settle()


def section(person: Person, letter: str) -> None:
    person.press("Ctrl+G", *letter)
    person.settle()


def add(person: Person, kind: str, label: str) -> None:
    """Make an entry of a kind by its button; the keyboard is brought into its first field."""
    person.go_to(f"case.add.{kind}")
    person.press("Space")
    person.qtbot.waitUntil(lambda: person.place.startswith(f"entry.{label}."), timeout=20_000)


def write_fields(person: Person, label: str, words: dict[str, str]) -> None:
    for field, said in words.items():
        person.fill(f"entry.{label}.{field}", said)


def link_all(person: Person, label: str) -> None:
    """Open the list of links of an entry and tick all that it offers."""
    person.go_to(f"entry.{label}.links", key="Shift+Tab")
    person.press("Space")
    person.wait_to_be_at(f"entry.{label}.links.list")
    offers = person.at
    assert isinstance(offers, QListWidget)
    enabled = [at for at in range(offers.count()) if offers.item(at).flags()]
    for at in enabled:
        while offers.currentRow() != at:
            person.press("Down")
        person.press("Space")
    person.press("Return")
    person.settle()


def write_plan(person: Person) -> None:
    a = dict(WRITTEN["A"])
    section(person, "A")
    add(person, "how_views", "A1")
    view, aspiration = a.pop("view"), a.pop("aspiration")
    write_fields(person, "A1", a)
    add(person, "view", "A2")
    person.type(view)
    add(person, "aspiration", "A3")
    person.type(aspiration)
    section(person, "B")
    add(person, "need", "B1")
    person.type(WRITTEN["B"]["need"])
    section(person, "E")
    add(person, "outcome", "E1")
    write_fields(person, "E1", WRITTEN["E"])
    link_all(person, "E1")
    section(person, "F")
    person.press("Ctrl+Return")
    person.wait_to_be_at("entry.F1.what")
    write_fields(person, "F1", WRITTEN["F"])
    link_all(person, "F1")


def findings(person: Person) -> str:
    """What the findings panel lists, as it is read out."""
    listed = person.seen("findings.list")
    assert isinstance(listed, QListView)
    model = listed.model()
    return "\n".join(str(model.index(at, 0).data()) for at in range(model.rowCount()))


def list_of_cases(person: Person) -> str:
    """What the table of cases lists."""
    table = person.seen("cases.table")
    assert isinstance(table, QTableView)
    model = table.model()
    rows = range(model.rowCount())
    return "\n".join(str(model.index(row, at).data()) for row in rows for at in range(model.columnCount()))


def case_of(person: Person, case: str) -> OpenCase:
    """The open case, to wait for its saves."""
    found: list[OpenCase] = []
    person.shell.session.open(case, found.append)
    person.qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    return found[0]


def save_as_pdf(person: Person, out: Path) -> None:
    """Press the button, type a file's name into the dialogue, read what is read back, and say yes."""
    answered: list[str] = []

    def answer() -> None:
        dialogue = QApplication.activeModalWidget()
        if not isinstance(dialogue, QFileDialog) or not dialogue.isVisible():
            return
        waiting.stop()
        line = dialogue.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        answered.append(line.text())
        line.setText(str(out))  # pasted: typing would open the list of completions, which takes the Enter
        QTest.keyClick(line, Qt.Key.Key_Return)

    waiting = QTimer()
    waiting.timeout.connect(answer)
    waiting.start(10)
    person.go_to("print.save")
    person.press("Space")
    assert answered
    assert "draft" in answered[0].lower(), answered
    message = person.wait_for("print.message")
    assert CHILD[1] in message.accessibleName()
    person.go_to("print.message.action", key="Shift+Tab")
    person.press("Space")
    person.qtbot.waitUntil(out.is_file, timeout=20_000)
    person.settle()


def words_of_pdf(file: Path) -> str:
    with pypdfium2.PdfDocument(file) as document:
        pages = [document[at].get_textpage().get_text_bounded() for at in range(len(document))]
    return re.sub(r"\s+", " ", " ".join(pages))


def on_screen(person: Person) -> dict[str, str]:
    """Walk through the written sections by the keyboard and read every field of every entry that is seen."""
    read: dict[str, str] = {}
    for letter in WRITTEN:
        section(person, letter)
        person.wait_for(f"entry.{letter}1")
        for name in person.names():
            widget = person.seen(name)
            if name.startswith("entry.") and isinstance(widget, QPlainTextEdit):
                read[name.removeprefix("entry.")] = widget.toPlainText()
    return {name: words for name, words in read.items() if words}


def expected() -> dict[str, str]:
    """What was typed, by the name of its field."""
    a = WRITTEN["A"]
    fields = {f"A1.{name}": words for name, words in a.items() if name not in ("view", "aspiration")}
    fields |= {"A2.text": a["view"], "A3.text": a["aspiration"], "B1.text": WRITTEN["B"]["need"]}
    for letter in "EF":
        fields |= {f"{letter}1.{name}": words for name, words in WRITTEN[letter].items()}
    return fields


def test_from_an_empty_home_to_a_draft_on_paper_by_keys_alone_and_all_is_there_after_a_power_cut(
    person: Person,
    sit_down: Callable[[Path], Person],
    as_it_is_now: Callable[[Path], Path],
    temporary: Path,
    in_the_clear: Callable[..., list[str]],
    tmp_path: Path,
    no_stall: Watch,
) -> None:
    home: Path = person.shell.door.home
    unlock(person)
    person.wait_to_read("There are no cases here yet. Ctrl+N begins one")
    assert person.shell.desk.place.words == "my_day"
    case = make_case(person)
    assert "week 9 of 20" in person.screen()
    decide_to_assess(person)
    person.press("Alt+4")
    person.wait_for("register.health.request")
    person.settle()
    ask_health(person)
    person.press("Alt+5")
    person.wait_for("case.section.A")
    person.settle()
    write_plan(person)

    # The missing social-care contribution: in the strip, beside D's heading, and in the findings panel.
    section(person, "D")
    assert person.wait_for("strip.social_care").accessibleName() == "Social care: not requested"
    assert "42 days left" in person.wait_for("strip.health").accessibleName()
    assert "Not requested" in person.wait_for("case.beside.social_care.1").accessibleName()
    assert "Section D. Social care advice: nobody has been asked yet." in findings(person)

    section(person, "F")
    assert SENTENCE in person.screen()
    assert "meets B1, towards E1" in person.screen()
    person.press("Ctrl+P")
    person.wait_for("print.pages")
    person.settle()
    out = tmp_path / "draft.pdf"
    save_as_pdf(person, out)
    printed = words_of_pdf(out)
    assert SENTENCE in printed
    assert "This draft was prepared without: the family's views (not requested)" in printed
    assert "health advice (requested 3 March 2026, due 14 April 2026)" in printed
    assert printed.count(BRACKET) >= 2, "in the box on page one and under the heading of section D"
    assert "Section F: Special educational provision" in printed
    assert "Please ring Jo Marsh about anything in this draft. Their telephone number has not been entered" in printed

    probes = (CHILD[1], CHILD[1].lower(), "animals", "quiet corner", "spoken instruction")
    # Nowhere but in what was asked for: not in the store's own log, the journal, the temporary files.
    assert in_the_clear(tmp_path, *probes) == [out.name]
    person.press("Ctrl+L")
    person.wait_to_be_at("unlock.passphrase")
    person.settle()
    assert CHILD[1] not in person.screen()
    assert in_the_clear(tmp_path, *probes) == [out.name]
    assert (home / "logs").is_dir()
    unlock(person)
    person.wait_for("case.section.F")
    person.settle()
    assert person.shell.desk.place.case == case

    # The power goes a moment after a pause in typing: no leaving of the field, no lock, no close.
    section(person, "B")
    person.go_to("entry.B1.text")
    person.press("Ctrl+End")
    person.type(LAST_WORDS)
    person.qtbot.waitUntil(lambda: not case_of(person, case).has_unsaved, timeout=20_000)
    person.settle()
    left = as_it_is_now(home)
    person.shell.window.close()

    with no_stall.away():  # the program starts anew, which the benchmarks take the time of
        again = sit_down(left)
    unlock(again)
    again.press("Alt+2")
    again.wait_for("cases.table")
    again.settle()
    assert f"{CHILD[0]} {CHILD[1]}" in list_of_cases(again)
    again.shell.desk.go(f"plan/{case}")
    again.wait_for("case.section.A")
    again.settle()
    there = expected()
    there["B1.text"] += LAST_WORDS
    assert on_screen(again) == there
    assert "meets B1, towards E1" in again.screen()
    assert "asked" in again.wait_for("strip.health").accessibleName()
