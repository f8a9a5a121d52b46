"""Two windows of one office: what one writes comes to the other, by name, and never under the cursor."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTableView, QWidget

from send_desk.domain.text import to_words
from send_desk.gui.badge import BadgeLine
from send_desk.gui.case_rows import CaseRow, Column
from send_desk.gui.entry_row import EntryRow
from send_desk.gui.office_words import Badge, CaseSync

if TYPE_CHECKING:
    from send_desk.gui.open_case import OpenCase
    from tests.gui.conftest import Shell

    from .conftest import Desks, Hub


def drafted(shell: Shell) -> str:
    """The id of a case with entries."""
    return next(row.line.case for row in shell.desk.lines.shown.rows.rows if row.line.stage == "drafting")


def opened(desks: Desks, shell: Shell, case: str) -> OpenCase:
    found: list[OpenCase] = []
    shell.session.open(case, found.append)
    desks.qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    desks.settle(shell)
    return found[0]


def words(case: OpenCase, entry: str) -> str:
    return next(to_words(one.text) for one in case.case.entries if one.id == entry)


def write(desks: Desks, shell: Shell, case: OpenCase, entry: str, text: str) -> None:
    case.type(entry, "text", text)
    case.leave(entry)
    desks.settle(shell)


def shown_words(widget: QWidget) -> str:
    return "\n".join(label.accessibleName() or label.text() for label in widget.findChildren(QLabel))


@pytest.fixture
def jo(desks: Desks) -> Shell:
    shell = desks.joined(desks.county(), "Jo Marsh")
    desks.sync(shell)
    return shell


@pytest.fixture
def sam(desks: Desks, hub: Hub, jo: Shell) -> Shell:
    """A colleague who is on one of Jo's cases and has it on her laptop."""
    hub.share(drafted(jo), "Sam Field")
    shell = desks.joined(desks.home("Sam Field"), "Sam Field")
    desks.sync(shell)
    return shell


def test_a_case_that_is_granted_appears_in_the_list(desks: Desks, jo: Shell, sam: Shell) -> None:
    desks.qtbot.waitUntil(lambda: [row.line.case for row in _rows(sam)] == [drafted(jo)], timeout=20_000)
    line = _rows(sam)[0].line
    assert line.name
    assert line.strip
    assert "came to this laptop" in shown_words(sam.find("top.news"))


def test_a_colleagues_words_come_into_an_open_case_and_are_told_by_name(desks: Desks, jo: Shell, sam: Shell) -> None:
    case = drafted(jo)
    theirs, ours = opened(desks, sam, case), opened(desks, jo, case)
    entry = next(one for one in ours.case.entries if one.section == "B")
    write(desks, sam, theirs, entry.id, "Sam saw this at school.")
    desks.sync(sam)
    desks.sync(jo)
    assert words(ours, entry.id) == "Sam saw this at school."
    news = jo.find("top.news")
    assert news.isVisible()
    assert "by Sam Field" in news.accessibleName() or "by Sam Field" in shown_words(news)
    assert ours.case.child.surname in shown_words(news)


def test_the_field_under_the_cursor_never_changes_and_both_versions_stand_by_name(
    desks: Desks, jo: Shell, sam: Shell
) -> None:
    case = drafted(jo)
    entry = next(one for one in opened(desks, jo, case).case.entries if one.section == "B")
    jo.desk.go(f"plan/{case}/B/{entry.id}/text")
    desks.qtbot.waitUntil(lambda: _row(jo, entry.id) is not None, timeout=20_000)
    row = _row(jo, entry.id)
    assert row is not None
    editor = row.form.editor("text")
    before = editor.toPlainText()
    jo.activate()
    editor.setFocus()
    desks.qtbot.waitUntil(lambda: entry.id in opened_now(jo, case)._in_hand, timeout=20_000)
    theirs = opened(desks, sam, case)
    write(desks, sam, theirs, entry.id, "Sam's words.")
    other = next(one for one in theirs.case.entries if one.section == "B" and one.id != entry.id)
    write(desks, sam, theirs, other.id, "Sam's words on another need.")
    desks.sync(sam)
    jo.activate()
    editor.setFocus()
    desks.sync(jo)
    ours = opened_now(jo, case)
    assert editor.toPlainText() == before
    assert words(ours, other.id) == "Sam's words on another need."
    jo.activate()
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "Jo's words.")
    desks.settle(jo)
    ours.leave(entry.id)
    jo.desk.go("cases")
    desks.settle(jo)
    desks.sync(jo)
    assert jo.session.office.of_case(case) is not None
    sync = jo.session.office.of_case(case)
    assert sync is not None
    assert (sync.badge, sync.conflicts) == (Badge.CONFLICT, 1)
    link = jo.find("status.conflicts")
    assert link.accessibleName() == f"1 conflict: {ours.case.title}, B1, by Sam Field and Jo Marsh"
    history = {
        str(one.fields["text"]) for one in jo.session.desk.store.history(f"{case}/{entry.id}") if "text" in one.fields
    }
    assert {"Jo's words.", "Sam's words."} <= history


def _row(shell: Shell, entry: str) -> EntryRow | None:
    return next((row for row in shell.desk.findChildren(EntryRow) if row.entry.id == entry), None)


def opened_now(shell: Shell, case: str) -> OpenCase:
    found = shell.session.opened(case)
    assert found is not None
    return found


def test_a_case_that_is_withdrawn_while_it_is_open_closes_gently(desks: Desks, hub: Hub, jo: Shell, sam: Shell) -> None:
    case = drafted(jo)
    sam.desk.go(f"front/{case}")
    desks.settle(sam)
    child = opened_now(sam, case).case.child
    hub.central.withdraw(case, account=hub.person("Sam Field"))
    desks.sync(sam)
    assert sam.desk.place.words == "my_day"
    assert sam.session.opened(case) is None
    assert sam.desk.lines.shown.rows.rows == ()
    assert sam.session.desk.store.case_ids() == ()
    news = sam.find("top.news")
    assert news.isVisible()
    assert "not on this case any more" in shown_words(news)
    left = "\n".join(one.text() for one in sam.desk.findChildren(QLabel) if not news.isAncestorOf(one))
    assert child.surname not in left


def test_a_refused_change_goes_to_the_tray_with_child_entry_and_reason(desks: Desks, jo: Shell) -> None:
    case = opened(desks, jo, drafted(jo))
    entry = next(one for one in case.case.entries if one.section == "B")
    write(desks, jo, case, entry.id, f"More than the office copy takes. {'x' * 1_100_000}")
    desks.sync(jo)
    assert _text(jo, "top.sync") == "Sync - 1 not taken"
    assert jo.session.office.of_case(case.case.id) == CaseSync(refused=1)
    assert jo.find("top.news").isVisible()
    QTest.mouseClick(jo.find("status.refused"), Qt.MouseButton.LeftButton)
    desks.settle(jo)
    assert jo.desk.place.words == "tray"
    page = shown_words(jo.desk.page or jo.desk)
    assert "More than the office copy takes." in page
    assert "larger than the office copy takes" in page
    assert f"{case.case.title}: B" in page
    calls = len(desks.hub.calls)
    QTest.mouseClick(jo.find("tray.1.again"), Qt.MouseButton.LeftButton)
    desks.settle(jo)
    assert len(desks.hub.calls) > calls
    assert _text(jo, "top.sync") == "Sync - 1 not taken"  # refused once more, and it has not vanished


def test_what_was_written_too_late_on_a_withdrawn_case_is_kept_aside_by_the_office(
    desks: Desks, hub: Hub, jo: Shell, sam: Shell
) -> None:
    theirs = opened(desks, sam, drafted(jo))
    entry = next(one for one in theirs.case.entries if one.section == "B")
    hub.central.withdraw(theirs.case.id, account=hub.person("Sam Field"))
    hub.clock.ahead += timedelta(days=40)  # the office no longer allows that the laptop could not know
    write(desks, sam, theirs, entry.id, "Written too late.")
    desks.sync(sam)
    assert sam.session.desk.store.case_ids() == ()
    kept_aside = [packed for _, _, packed in hub.central.books.aside.values()]
    assert any(b"Written too late." in packed.body for packed in kept_aside)  # for whoever looks after the office


def _text(shell: Shell, name: str) -> str:
    found = shell.find(name)
    assert isinstance(found, QPushButton)
    return found.text()


def test_every_case_has_its_badge_and_the_chip_shows_what_waits(desks: Desks, jo: Shell) -> None:
    case = drafted(jo)
    jo.desk.go("cases")
    desks.settle(jo)
    table = jo.find("cases.table")
    assert isinstance(table, QTableView)
    assert not table.isColumnHidden(Column.SYNC)
    desks.qtbot.waitUntil(
        lambda: {one.sync and one.sync.badge for one in _rows(jo)} == {Badge.IN_OFFICE}, timeout=20_000
    )
    ours = opened(desks, jo, case)
    write(desks, jo, ours, ours.case.entries[0].id, "One more sentence.")
    desks.qtbot.waitUntil(lambda: _badge(jo, case) is Badge.WAITING, timeout=20_000)
    QTest.mouseClick(jo.find("status.waiting"), Qt.MouseButton.LeftButton)
    desks.settle(jo)
    assert table.model().rowCount() == 1
    jo.desk.go(f"front/{case}")
    desks.qtbot.waitUntil(lambda: _heads(jo) == ["Office copy: 1 change waiting"], timeout=20_000)
    jo.desk.go(f"plan/{case}")
    desks.qtbot.waitUntil(lambda: _heads(jo) == ["Office copy: 1 change waiting"], timeout=20_000)
    desks.sync(jo, case)
    desks.qtbot.waitUntil(lambda: _badge(jo, case) is Badge.IN_OFFICE, timeout=20_000)
    desks.qtbot.waitUntil(lambda: _heads(jo) == ["Office copy: all in the office copy"], timeout=20_000)


def _heads(shell: Shell) -> list[str]:
    return [mark.accessibleName() for mark in shell.desk.findChildren(BadgeLine) if mark.isVisible()]


def _rows(shell: Shell) -> tuple[CaseRow, ...]:
    return shell.desk.lines.shown.rows.rows


def _badge(shell: Shell, case: str) -> Badge | None:
    row = next(row for row in shell.desk.lines.shown.rows.rows if row.line.case == case)
    return row.sync.badge if row.sync is not None else None


def test_who_looked_at_a_file_is_told_on_its_front_page(desks: Desks, jo: Shell, sam: Shell) -> None:
    case = drafted(jo)
    sam.desk.go(f"front/{case}")
    desks.settle(sam)
    desks.sync(sam)
    jo.desk.go(f"front/{case}")
    desks.qtbot.waitUntil(lambda: jo.window.findChild(QPushButton, "front.office.looked") is not None, timeout=20_000)
    desks.settle(jo)
    button = jo.find("front.office.looked")
    desks.qtbot.waitUntil(button.isVisible, timeout=20_000)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desks.settle(jo)
    assert "Sam Field opened it" in shown_words(jo.desk)
