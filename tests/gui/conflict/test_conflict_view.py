"""The screen on which a person chooses between two versions: the real window on a home into which words have come."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from send_desk.domain.entry import Entry
from send_desk.domain.ids import EntryKind, Section
from send_desk.domain.revision import DELETED, Revision
from send_desk.gui.conflict_view import ConflictView
from send_desk.gui.growing_text import GrowingText
from send_desk.services.conflicts import conflicts
from send_desk.services.desk import Desk
from send_desk.services.encoding import record_key
from send_desk.services.reading import open_case
from send_desk.wire.messages import Person
from send_desk.wire.packed import pack
from tests.gui.test_names import check, patterns

if TYPE_CHECKING:
    from tests.gui.conftest import Shell

T = TypeVar("T")

SAM, LEE = "author of Sam", "author of Lee"
NOW = datetime(2026, 3, 3, 11, 30, tzinfo=UTC)
LONG = "A speech and language therapist will work with the child every week on telling a story in the right order."


class Apart:
    """A case of the county with an entry of which versions come from people who saw the same one."""

    def __init__(self, shell: "Shell", qtbot: QtBot) -> None:
        self.shell, self.qtbot = shell, qtbot
        rows = shell.desk.lines.shown.rows.rows
        self.case = next(row.line.case for row in rows if row.line.stage == "drafting")
        self.entry: Entry = self._ask(self._first)
        self._count = 0

    def _first(self, desk: Desk) -> Entry:
        case = open_case(desk, self.case).case
        return next(one for one in case.section(Section.F) if one.kind is EntryKind.PROVISION and one.fields.get("who"))

    def comes(self, fields: dict[str, object], *, by: str = SAM) -> None:
        """Let a version come from another laptop."""
        self._count += 1
        number = self._count

        def work(desk: Desk) -> None:
            key = record_key(self.case, self.entry.id)
            parents = (desk.store.history(key)[0].id,)
            id_ = f"ffff{number:04}-0000-7000-8000-000000000000"
            revision = Revision(id_, key, "entry", self.case, "999", parents, fields, by, "another", NOW)
            people = [
                Person(id="a", name="Sam Okoro", role="caseworker", authors=(SAM,)),
                Person(id="b", name="Lee Ashby", role="manager", authors=(LEE,)),
            ]
            desk.store.sync.receive([pack(revision)], at=NOW, people=people)

        self._ask(work)

    def show(self, field: str = "") -> ConflictView:
        """Go to the conflict of the entry."""
        place = "/".join(part for part in ("conflict", self.case, self.entry.id, field) if part)
        self.shell.session.open(self.case, lambda case: case.reread())
        self.shell.settle(self.qtbot)
        self.shell.desk.go(place)
        self.qtbot.waitUntil(lambda: isinstance(self.shell.desk.page, ConflictView), timeout=20_000)
        self.settle()
        page = self.shell.desk.page
        assert isinstance(page, ConflictView)
        self.qtbot.waitUntil(lambda: not page._growing.isActive() and self.shell.session.jobs.waiting == 0)
        self.settle()
        return page

    def settle(self) -> None:
        for _ in range(3):
            self.shell.settle(self.qtbot)

    def open_now(self) -> list[str]:
        return [one.field for one in self._ask(lambda desk: conflicts(desk, self.case))]

    def stored(self) -> Entry | None:
        def read(desk: Desk) -> Entry | None:
            entries = open_case(desk, self.case).case.entries
            return next((one for one in entries if one.id == self.entry.id), None)

        return self._ask(read)

    def _ask(self, work: Callable[[Desk], T]) -> T:
        found: list[T] = []
        self.shell.session.ask(work, found.append)
        self.settle()
        return found[0]


@pytest.fixture
def apart(shell: "Shell", qtbot: QtBot) -> Apart:
    return Apart(shell, qtbot)


def press(page: QWidget, name: str) -> None:
    """Press a button by the keyboard."""
    button = page.findChild(QPushButton, name)
    assert button is not None, sorted(one.objectName() for one in page.findChildren(QPushButton))
    assert button.isVisible()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def words(page: QWidget) -> str:
    """Everything that is read on the page."""
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_both_versions_stand_side_by_side_and_one_is_kept_by_the_keyboard(apart: Apart, qtbot: QtBot) -> None:
    apart.comes({"fields.who": "a trained assistant"})
    apart.comes({"fields.who": "a teacher of the deaf"}, by=LEE)
    page = apart.show("who")
    read = words(page)
    assert "Sam Okoro, on another laptop" in read
    assert "Lee Ashby, on another laptop" in read
    assert "3 March 2026" in read
    assert f"Both came from: {apart.entry.value('who')}" in read
    assert "text-decoration: underline" in read
    assert QApplication.focusWidget() is page.findChild(QPushButton, "conflict.1.fields.who.1.keep")
    check(page, patterns())
    press(page, "conflict.1.fields.who.1.keep")
    apart.settle()
    entry = apart.stored()
    assert entry is not None
    assert entry.value("who") == "a trained assistant"
    assert apart.open_now() == []
    qtbot.waitUntil(lambda: "Nothing stands against each other" in words(page), timeout=20_000)
    assert QApplication.focusWidget() is page.findChild(QPushButton, "conflict.plan")


def test_a_third_version_begins_from_a_proposal_that_nothing_stores(apart: Apart) -> None:
    apart.comes({"text": LONG.replace("every week", "every day")})
    apart.comes({"text": LONG.replace("a story", "what happened")}, by=LEE)
    page = apart.show("text")
    press(page, "conflict.1.text.write")
    editor = page.findChild(GrowingText, "conflict.1.text.words")
    assert editor is not None
    assert QApplication.focusWidget() is editor
    assert "proposal put together from both" in words(page)
    before = editor.toPlainText()
    check(page, patterns())
    apart.comes({"text": "Something else altogether"})
    apart.show("text")
    assert editor.toPlainText() == before, "words under the cursor never change by themselves"
    assert len(page.findChildren(QPushButton, "conflict.1.text.3.keep")) == 1
    assert apart.open_now() == ["text"]
    editor.selectAll()
    QTest.keyClicks(editor, "Our own words.")
    press(page, "conflict.1.text.words.keep")
    apart.settle()
    entry = apart.stored()
    assert entry is not None
    assert entry.words == "Our own words."
    assert apart.open_now() == []


def test_what_was_combined_is_shown_and_confirmed(apart: Apart) -> None:
    apart.comes({"fields.who": "a trained assistant"})
    apart.comes({"fields.how_often": "daily"}, by=LEE)
    page = apart.show()
    read = words(page)
    assert "Combined from two people, please check" in read
    assert "line-through" in read
    press(page, "conflict.1.combined.right")
    apart.settle()
    assert apart.open_now() == []


def test_an_entry_taken_away_by_one_and_changed_by_another_waits_for_a_choice(apart: Apart) -> None:
    apart.comes({DELETED: True})
    apart.comes({"fields.who": "a trained assistant"}, by=LEE)
    page = apart.show()
    assert "One took it away while somebody else wrote in it" in words(page)
    press(page, "conflict.1.deleted.1.keep")
    apart.settle()
    assert apart.stored() is None
    assert apart.open_now() == []


def test_what_came_while_the_person_looked_is_not_chosen_over(apart: Apart) -> None:
    apart.comes({"fields.who": "a trained assistant"})
    apart.comes({"fields.who": "a teacher of the deaf"}, by=LEE)
    page = apart.show("who")
    apart.comes({"fields.who": "a nurse"})
    press(page, "conflict.1.fields.who.1.keep")
    apart.settle()
    assert apart.open_now() == ["fields.who"]
    assert "Another version has come meanwhile" in words(apart.shell.window)


def test_the_entry_in_the_plan_carries_a_mark_that_opens_the_conflict(apart: Apart, qtbot: QtBot) -> None:
    apart.comes({"fields.who": "a trained assistant"})
    apart.comes({"fields.who": "a teacher of the deaf"}, by=LEE)
    apart.show()
    apart.shell.desk.go(f"plan/{apart.case}/F/{apart.entry.id}")
    apart.settle()

    def marks() -> list[QPushButton]:
        found = apart.shell.window.findChildren(QPushButton)
        return [one for one in found if one.objectName().endswith(".conflict") and one.isVisible()]

    qtbot.waitUntil(lambda: len(marks()) == 1, timeout=20_000)
    (mark,) = marks()
    assert mark.text() == "Two versions: choose"
    check(apart.shell.window, patterns())
    mark.setFocus()
    QTest.keyClick(mark, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(apart.shell.desk.page, ConflictView), timeout=20_000)
    apart.settle()
    press(apart.shell.desk, "conflict.1.fields.who.2.keep")
    apart.settle()
    apart.shell.desk.go(f"plan/{apart.case}/F/{apart.entry.id}")
    apart.settle()
    qtbot.waitUntil(lambda: marks() == [], timeout=20_000)


@pytest.mark.parametrize("width", [1366, 683])
def test_nothing_scrolls_sideways_and_narrow_versions_stand_under_one_another(apart: Apart, width: int) -> None:
    apart.comes({"text": LONG})
    apart.comes({"text": f"{LONG} {LONG}"}, by=LEE)
    apart.shell.window.resize(width, 768 if width > 900 else 384)
    page = apart.show("text")
    one, other = (page.findChild(QPushButton, f"conflict.1.text.{place}.keep") for place in (1, 2))
    assert one is not None and other is not None
    beside = one.mapTo(page, one.rect().topLeft()).y() == other.mapTo(page, other.rect().topLeft()).y()
    assert beside is (width > 900)
    content = page.findChild(QWidget, "conflict.page")
    assert content is not None
    assert content.widget().width() <= content.viewport().width()  # type: ignore[attr-defined]  # a scrolled page
    check(page, patterns())


def test_many_conflicts_of_one_entry_all_stand(apart: Apart, qtbot: QtBot) -> None:
    names = ("what", "who", "qualification", "how_often", "how_long", "group", "for_how_long", "review")
    apart.comes({f"fields.{name}": f"one version of {name}" for name in names})
    apart.comes({f"fields.{name}": f"another version of {name}" for name in names}, by=LEE)
    page = apart.show()
    keeps = [one for one in page.findChildren(QPushButton) if one.objectName().endswith(".keep")]
    assert len([one for one in keeps if ".words." not in one.objectName()]) == 2 * len(names)
    qtbot.waitUntil(lambda: QApplication.focusWidget() in keeps, timeout=20_000)
