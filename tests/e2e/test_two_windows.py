"""Two people, two windows, one office: both write offline in the same place, and everything comes together by name."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QPushButton

from send_desk.domain.ids import EventKind, Role, Version
from send_desk.domain.text import from_value, to_words
from send_desk.gui.office_link import Pace
from send_desk.gui.office_words import CaseSync, Phase
from send_desk.hub.postgres import Server
from send_desk.services import casework
from send_desk.services.desk import Desk
from send_desk.services.ports import CaseFile, User
from send_desk.services.syncing import Progress
from send_desk.storage.home import create_home
from send_desk.wire.packed import Mark

from .real_hub import AUTHORITY, PASSWORD, RealHub
from .test_caseworkers_day import CHILD, add, case_of, make_case, section, unlock

if TYPE_CHECKING:
    from .conftest import Person

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the database that we start ourselves comes without programs for Windows"
)

T = TypeVar("T")
LONG = 120_000
ONLY_WHEN_ASKED = Pace(first=3_600_000, every=3_600_000, pause=3_600_000, again=3_600_000, seldom=3_600_000, calm=20)
SOON = Pace(first=1, every=3_600_000, pause=3_600_000, again=3_600_000, seldom=3_600_000, calm=20)

BEGUN = "Ava finds it hard to follow spoken instructions."
JO_WENT_ON = " At home she follows one step."
KIT_WENT_ON = " In class she follows two steps."
JO_ADDED = "Ava tires quickly when there is noise."
KIT_ADDED = "follow a spoken instruction of three steps in class"
THIRD = "Ava follows one spoken step at home and two in class."
MORE = " She wears ear defenders."


@pytest.fixture(autouse=True)
def ways_out(ways_out: list[str]) -> Iterator[list[str]]:
    """Whatever tried to reach another machine than this one, which fails the test."""
    yield ways_out
    assert [way for way in ways_out if "127.0.0.1" not in way] == []
    ways_out.clear()


@pytest.fixture
def hub() -> Iterator[RealHub]:
    """An office with a caseworker and a manager, which answers."""
    # As root the database runs as nobody, who cannot reach pytest's own folder.
    folder = Path(tempfile.mkdtemp(prefix="send-desk-office-"))
    folder.chmod(0o711)
    made = RealHub(folder, Server(folder / "database", fsync=False))
    try:
        made.set_up({"Jo Marsh": Role.CASEWORKER, "Kit Lowe": Role.MANAGER})
        made.start()
        yield made
    finally:
        made.close()
        shutil.rmtree(folder)


Seat = Callable[[str], "Person"]


@pytest.fixture
def seat(sit_down: Callable[[Path], Person], tmp_path: Path) -> Seat:
    """Puts somebody before a window on a home of their own, unlocked, that turns to its office only when asked to."""
    seated: list[Person] = []

    def one(name: str) -> Person:
        number = len(seated) + 1
        home = tmp_path / f"home-{number}"
        create_home(
            home,
            "three quiet herons",
            user=User(f"00000000-0000-4000-8000-00000000001{number}", name, Role.CASEWORKER, AUTHORITY),
            authority_name="",
            device=f"00000000-0000-4000-8000-00000000002{number}",
            recovery_public_key=None,
            now=datetime(2026, 3, 1, 9, 0, tzinfo=UTC),
        ).close()
        person = sit_down(home)
        person.shell.session.office.set_pace(ONLY_WHEN_ASKED)
        seated.append(person)
        unlock(person)
        wait_until(person, lambda: person.shell.desk.page is not None and person.place != "")
        return person

    return one


# What a person sees and does


def says(person: Person, name: str) -> str:
    """The words of a button or link that is seen; empty where it is not."""
    seen = person.seen(name)
    return seen.text() if isinstance(seen, QPushButton) else ""


def wait_until(person: Person, holds: Callable[[], bool]) -> None:
    person.qtbot.waitUntil(holds, timeout=LONG)


def choose_file(person: Person, file: Path) -> None:
    """Press the button that has the keyboard, and type a file's name into the dialogue that opens."""

    def answer() -> None:
        dialogue = QApplication.activeModalWidget()
        if isinstance(dialogue, QFileDialog) and dialogue.isVisible():
            waiting.stop()
            line = dialogue.findChild(QLineEdit, "fileNameEdit")
            assert line is not None
            line.setText(str(file))  # pasted: typing would open the list of completions, which takes the Enter
            QTest.keyClick(line, Qt.Key.Key_Return)

    waiting = QTimer()
    waiting.timeout.connect(answer)
    waiting.start(10)
    person.press("Space")


def connect(person: Person, hub: RealHub, name: str) -> None:
    """Settings, the form of the office, Enter; the first sync follows by itself."""
    person.press("Ctrl+Comma")
    wait_until(person, lambda: person.seen("settings") is not None or bool(person.press("Ctrl+Comma")))
    person.wait_for("enrol.hub")
    person.settle()
    person.fill("enrol.hub", hub.url)
    person.fill("enrol.user", name)
    person.fill("enrol.password", PASSWORD)
    person.go_to("enrol.ca")
    person.press("Space")
    person.go_to("enrol.ca.choose")
    choose_file(person, hub.ca)
    person.wait_to_read("ca.pem will be used.")
    person.go_to("enrol.password", key="Shift+Tab")
    person.press("Return")
    wait_until(
        person, lambda: says(person, "top.sync") == "Sync" and "In the office copy" in says(person, "status.office")
    )
    person.settle()


def tell_office(person: Person) -> None:
    """Press the keys of the button, wherever the cursor stands, and wait for the end of it."""
    _synced(person, lambda: person.press("Ctrl+Shift+S"))


def click_sync(person: Person) -> None:
    """Click the button, and wait for the end of it."""
    button = person.wait_for("top.sync")
    _synced(person, lambda: QTest.mouseClick(button, Qt.MouseButton.LeftButton))


def _synced(person: Person, begin: Callable[[], None]) -> None:
    link = person.shell.session.office
    phases: list[Phase] = []
    noted = partial(_note, phases, person)
    link.changed.connect(noted)
    begin()
    wait_until(person, lambda: Phase.SYNCING in phases and phases[-1] is not Phase.SYNCING)
    link.changed.disconnect(noted)
    calm(person)


def _note(phases: list[Phase], person: Person) -> None:
    phases.append(person.shell.session.office.phase)


def calm(person: Person) -> None:
    """Wait until nothing is under way and what came of it is on the screen."""
    session = person.shell.session

    def is_calm() -> bool:
        busy = session.office.line.waiting or session.jobs.waiting or session.office._calm.isActive()
        return not busy

    for _ in range(3):
        wait_until(person, is_calm)
        person.settle()


def put_cursor(person: Person, name: str) -> QPlainTextEdit:
    person.go_to(name)
    person.press("Ctrl+End")
    editor = person.at
    assert isinstance(editor, QPlainTextEdit)
    return editor


def words_in(person: Person, name: str) -> str:
    editor = person.wait_for(name)
    assert isinstance(editor, QPlainTextEdit)
    return editor.toPlainText()


def wait_for_badge(person: Person, case: str, expected: CaseSync) -> None:
    """Wait until that stands beside the case in the list of cases, which is drawn behind everything else."""

    def stands() -> bool:
        rows = person.shell.desk.lines.shown.rows.rows
        return [row.sync for row in rows if row.line.case == case] == [expected]

    wait_until(person, stands)


# What stands on a person's disk


def asked(person: Person, work: Callable[[Desk], T]) -> T:
    found: list[T] = []
    person.shell.session.ask(work, found.append)
    wait_until(person, lambda: bool(found))
    return found[0]


def stored(person: Person, case: str) -> CaseFile:
    file = asked(person, lambda desk: desk.store.case_file(case))
    assert file is not None
    return file


def mark(person: Person, case: str) -> Mark:
    """Count and digest of all that the office has acknowledged of a case."""
    return asked(person, lambda desk: desk.store.sync.marks()[case])


def ever_written(person: Person, case: str) -> set[str]:
    """Every wording that any entry has ever had on this laptop."""
    keys = [f"{case}/{entry.id}" for entry in stored(person, case).case.entries]
    past = asked(person, lambda desk: [one for key in keys for one in desk.store.history(key)])
    values = [value for one in past for name, value in one.fields.items() if name in ("text", "fields.will")]
    return {to_words(from_value(value)) for value in values}


def is_same(one: Person, other: Person, case: str) -> bool:
    """Whether both laptops hold the same case: as it reads, its heads, and every revision of it."""
    ours, theirs = stored(one, case), stored(other, case)
    return (ours.case, ours.heads, mark(one, case)) == (theirs.case, theirs.heads, mark(other, case))


# The story


def begin_case(jo: Person) -> str:
    """A child, a need, and a draft that was sent; all of it in the office copy."""
    case = make_case(jo)
    jo.press("Alt+5")
    jo.wait_for("case.section.B")
    section(jo, "B")
    add(jo, "need", "B1")
    jo.type(BEGUN)
    for kind, day in ((EventKind.DECISION_ASSESS, 6), (EventKind.DECISION_PLAN, 20), (EventKind.DRAFT_SERVED, 27)):
        case_of(jo, case).do(partial(_happened, kind, date(2026, 1, day)))
    calm(jo)
    waiting = says(jo, "status.waiting")
    assert waiting.endswith("changes waiting")
    assert says(jo, "top.sync") == f"Sync - {waiting.partition(' ')[0]} waiting"
    click_sync(jo)
    assert (says(jo, "top.sync"), says(jo, "status.waiting")) == ("Sync", "")
    return case


def _happened(kind: EventKind, day: date, desk: Desk, file: CaseFile) -> CaseFile:
    return casework.record_event(desk, file, kind, on=day)


def first_download(kit: Person, hub: RealHub) -> list[str]:
    """Connect; return what the strip of the first download said while it came."""
    said: list[str] = []

    def look(progress: Progress | None) -> None:
        if progress is not None and kit.seen("download") is not None:
            said.append(kit.screen())

    kit.shell.session.office.progressed.connect(look)
    connect(kit, hub, "Kit Lowe")
    kit.shell.session.office.progressed.disconnect(look)
    return [line for screen in said for line in screen.splitlines() if "come from the office" in line]


def open_b1(person: Person) -> QPlainTextEdit:
    """Find the child by name, and put the cursor at the end of the first need."""
    person.press("Ctrl+K")
    person.wait_to_be_at("top.search")
    person.type(CHILD[1])
    wait_until(person, person.shell.desk._search.found.isVisible)
    person.press("Return")
    person.wait_for("front.office.sync")
    person.settle()
    return to_b1(person)


def to_b1(person: Person) -> QPlainTextEdit:
    person.press("Alt+5")
    person.wait_for("case.section.B")
    section(person, "B")
    return put_cursor(person, "entry.B1.text")


def test_two_people_write_apart_offline_and_nothing_is_lost(hub: RealHub, seat: Seat) -> None:
    jo = seat("Jo Marsh")
    connect(jo, hub, "Jo Marsh")
    case = begin_case(jo)

    hub.do("grant", case, "--user", "Kit Lowe")
    kit = seat("Kit")
    assert "Your cases come from the office: 1 of 1 case" in "\n".join(first_download(kit, hub))
    assert kit.shell.session.desk.user.name == "Kit Lowe"
    open_b1(kit)
    assert words_in(kit, "entry.B1.text") == BEGUN

    # Nobody can be reached: both write an entry of their own, and in the same field of the same one.
    hub.stop()
    section(jo, "B")
    jo.press("Ctrl+Return")
    jo.wait_to_be_at("entry.B2.text")
    jo.type(JO_ADDED)
    section(kit, "E")
    add(kit, "outcome", "E1")
    kit.fill("entry.E1.will", KIT_ADDED)
    at_jo, at_kit = to_b1(jo), to_b1(kit)
    jo.type(JO_WENT_ON)
    kit.type(KIT_WENT_ON)
    for person in (jo, kit):
        tell_office(person)
        waiting = says(person, "status.waiting")
        assert int(waiting.partition(" ")[0]) >= 2
        assert says(person, "top.sync") == f"Offline - {waiting.partition(' ')[0]} waiting"
        assert says(person, "status.saved").startswith("Saved on this laptop")

    # The office is back. What comes never changes the words at a cursor.
    hub.start()
    tell_office(jo)
    tell_office(kit)
    tell_office(jo)
    assert at_jo.toPlainText() == BEGUN + JO_WENT_ON
    assert at_kit.toPlainText() == BEGUN + KIT_WENT_ON
    assert (jo.place, kit.place) == ("entry.B1.text", "entry.B1.text")
    for person in (jo, kit):
        assert says(person, "status.waiting") == ""
        wait_for_badge(person, case, CaseSync(conflicts=1))
        assert "wrote in B1 apart. Both versions are kept; please choose." in person.screen()
        child, entry, by = says(person, "status.conflicts").removeprefix("1 conflict: ").split(", ")
        assert (child, entry) == (" ".join(CHILD), "B1")
        assert set(by.removeprefix("by ").split(" and ")) == {"Jo Marsh", "Kit Lowe"}
        written = ever_written(person, case)
        assert {BEGUN, BEGUN + JO_WENT_ON, BEGUN + KIT_WENT_ON, JO_ADDED, KIT_ADDED} <= written
    assert words_in(kit, "entry.B2.text") == JO_ADDED
    section(jo, "E")
    assert words_in(jo, "entry.E1.will") == KIT_ADDED
    assert is_same(jo, kit, case)

    # A plan of which something stands open is not issued.
    kit.press("Alt+3")
    kit.wait_for("front.next.1.final")
    kit.settle()
    kit.go_to("front.next.1.final")
    kit.press("Space")
    apart = kit.wait_for("front.issue.conflicts")
    calm(kit)
    assert "Two people wrote apart in B1" in apart.accessibleName()
    assert not kit.wait_for("front.issue.record").isEnabled()
    kit.press("Escape")

    # In one window: both versions by name, and a third wording.
    jo.go_to("status.conflicts")
    jo.press("Space")
    jo.wait_for("conflict.1.text.write")
    calm(jo)
    screen = jo.screen()
    assert "Jo Marsh, on this laptop" in screen
    assert "Kit Lowe, on another laptop" in screen
    assert "B1" in screen
    assert f"Both came from: {BEGUN}" in screen
    assert JO_WENT_ON.split()[-2] in screen
    assert KIT_WENT_ON.split()[-2] in screen
    jo.go_to("conflict.1.text.write")
    jo.press("Space")
    jo.wait_to_be_at("conflict.1.text.words")
    jo.press("Ctrl+A")
    jo.type(THIRD)
    jo.press("Tab")
    assert jo.place == "conflict.1.text.words.keep"
    jo.press("Space")
    calm(jo)
    assert says(jo, "status.conflicts") == ""
    tell_office(jo)

    # In the other it is seen, and nothing is open or waits in either.
    click_sync(kit)
    to_b1(kit)
    assert words_in(kit, "entry.B1.text") == THIRD
    for person in (jo, kit):
        assert (says(person, "top.sync"), says(person, "status.waiting"), says(person, "status.conflicts")) == (
            "Sync",
            "",
            "",
        )
        wait_for_badge(person, case, CaseSync())
        assert {BEGUN + JO_WENT_ON, BEGUN + KIT_WENT_ON, THIRD} <= ever_written(person, case)
    assert is_same(jo, kit, case)

    # The office falls silent, and Jo locks in the middle of a sync; after unlocking it goes on by itself.
    to_b1(jo)
    jo.type(MORE)
    hub.fall_silent()
    jo.press("Ctrl+Shift+S")
    wait_until(jo, lambda: says(jo, "top.sync") == "Syncing ..." and jo.shell.session.office.line.waiting > 0)
    jo.press("Ctrl+L")
    jo.wait_to_be_at("unlock.passphrase")
    assert CHILD[1] not in jo.screen()
    hub.wake()
    jo.shell.session.office.set_pace(SOON)
    unlock(jo)
    wait_until(jo, lambda: says(jo, "top.sync") == "Sync" and not says(jo, "status.waiting"))
    calm(jo)
    tell_office(kit)
    assert words_in(kit, "entry.B1.text") == THIRD, "her cursor stands in it"
    section(kit, "E")
    section(kit, "B")
    assert words_in(kit, "entry.B1.text") == THIRD + MORE
    assert is_same(jo, kit, case)

    # Now nothing stands against each other, and the manager makes the plan final at the office.
    kit.press("Alt+3")
    kit.wait_for("front.next.1.final")
    kit.settle()
    kit.go_to("front.next.1.final")
    kit.press("Space")
    kit.wait_for("front.issue.reason")
    calm(kit)
    assert kit.seen("front.issue.conflicts") is None
    kit.fill("front.issue.reason", "The Tribunal ordered it.")
    kit.go_to("front.issue.record")
    kit.press("Space")
    wait_until(kit, lambda: stored(kit, case).case.version is Version.FINAL)
    calm(kit)
    tell_office(jo)
    assert [(one.by, one.role) for one in stored(jo, case).case.issues] == [("Kit Lowe", Role.MANAGER)]
    assert is_same(jo, kit, case)
