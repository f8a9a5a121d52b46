"""Two windows of one office write apart and issue: shown by name, decided in one, seen in the other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from send_desk.domain.case import Case
from send_desk.domain.ids import EventKind, Role, Version
from send_desk.gui.conflict_view import ConflictView
from send_desk.gui.growing_text import GrowingText
from send_desk.services import casework, conflicts
from send_desk.services.reading import open_case

if TYPE_CHECKING:
    from send_desk.gui.open_case import OpenCase
    from tests.gui.conftest import Shell
    from tests.gui.office.conftest import Desks, Hub


@pytest.fixture
def jo(desks: Desks) -> Shell:
    shell = desks.joined(desks.county(), "Jo Marsh")
    desks.sync(shell)
    return shell


@pytest.fixture
def kit(desks: Desks, hub: Hub, jo: Shell) -> Shell:
    """A manager who has one of Jo's cases on her laptop."""
    hub.person("Kit Lowe", Role.MANAGER)
    hub.share(drafted(jo), "Kit Lowe")
    shell = desks.joined(desks.home("Kit Lowe"), "Kit Lowe")
    desks.sync(shell)
    return shell


def drafted(shell: Shell) -> str:
    return next(row.line.case for row in shell.desk.lines.shown.rows.rows if row.line.stage == "drafting")


def write(desks: Desks, shell: Shell, case: str, entry: str, words: str) -> None:
    def typed(found: OpenCase) -> None:
        found.type(entry, "text", words)
        found.leave(entry)

    shell.session.open(case, typed)
    desks.settle(shell)


def stored(desks: Desks, shell: Shell, case: str) -> Case:
    found: list[Case] = []
    shell.session.ask(lambda desk: open_case(desk, case).case, found.append)
    desks.settle(shell)
    return found[0]


def counted(desks: Desks, shell: Shell) -> int:
    found: list[int] = []
    shell.session.ask(lambda desk: sum(conflicts.counts(desk).values()), found.append)
    desks.settle(shell)
    return found[0]


def words(widget: QWidget) -> str:
    return "\n".join(one.accessibleName() or one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def press(desks: Desks, shell: Shell, name: str) -> None:
    button = shell.find(name)
    assert isinstance(button, QPushButton)
    desks.qtbot.waitUntil(button.isEnabled, timeout=20_000)
    button.click()
    desks.settle(shell)


def begin_final(desks: Desks, shell: Shell) -> None:
    """Press the step from draft to final, once the page stands."""

    def steps() -> list[QPushButton]:
        found = shell.window.findChildren(QPushButton)
        return [one for one in found if one.objectName().endswith(".final") and one.isVisible()]

    desks.qtbot.waitUntil(lambda: bool(steps()), timeout=20_000)
    steps()[0].click()
    desks.settle(shell)


def test_a_conflict_is_decided_in_one_window_and_seen_in_the_other(desks: Desks, jo: Shell, kit: Shell) -> None:
    case = drafted(jo)
    entry = next(one for one in stored(desks, jo, case).entries if one.section == "B")
    write(desks, jo, case, entry.id, "Jo saw this at home.")
    write(desks, kit, case, entry.id, "Kit saw this at school.")
    for shell in (jo, kit, jo):
        desks.sync(shell)
    assert (counted(desks, jo), counted(desks, kit)) == (1, 1)
    jo.desk.go(f"conflict/{case}/{entry.id}/text")
    desks.qtbot.waitUntil(lambda: isinstance(jo.desk.page, ConflictView), timeout=20_000)
    desks.settle(jo)
    page = jo.desk.page
    assert page is not None
    # The page comes in turns, its versions last.
    desks.qtbot.waitUntil(lambda: "Kit Lowe, on another laptop" in words(page), timeout=20_000)
    assert "Jo Marsh, on this laptop" in words(page)
    keep = next(
        one
        for one in page.findChildren(QPushButton)
        if one.objectName().endswith(".keep") and "Kit Lowe" in one.accessibleName()
    )
    keep.click()
    desks.settle(jo)
    for shell in (jo, kit):
        desks.sync(shell)
    assert (counted(desks, jo), counted(desks, kit)) == (0, 0)
    for shell in (jo, kit):
        found = next(one for one in stored(desks, shell, case).entries if one.id == entry.id)
        assert found.words == "Kit saw this at school."


def test_a_plan_is_made_final_at_the_office_and_offline_the_form_says_so(
    desks: Desks, hub: Hub, jo: Shell, kit: Shell
) -> None:
    case = drafted(jo)
    kit.session.open(
        case,
        lambda found: found.do(
            lambda desk, file: casework.record_event(desk, file, EventKind.DRAFT_SERVED, on=date(2026, 2, 10))
        ),
    )
    desks.settle(kit)
    kit.desk.go(f"front/{case}")
    desks.settle(kit)
    begin_final(desks, kit)
    reason = kit.find("front.issue.reason")
    assert isinstance(reason, GrowingText)
    if reason.isVisible():
        reason.setPlainText("The Tribunal ordered it.")
    hub.reachable = False
    press(desks, kit, "front.issue.record")
    assert "office cannot be reached" in words(kit.find("front.issue.record").parentWidget() or kit.window)
    assert stored(desks, kit, case).version is Version.DRAFT
    hub.reachable = True
    press(desks, kit, "front.issue.record")
    desks.qtbot.waitUntil(lambda: stored(desks, kit, case).version is Version.FINAL, timeout=20_000)
    desks.sync(jo)
    issued = stored(desks, jo, case)
    assert issued.version is Version.FINAL
    assert [(one.by, one.role) for one in issued.issues] == [("Kit Lowe", Role.MANAGER)]


def test_an_open_conflict_shows_in_the_form_and_leads_to_its_screen(desks: Desks, jo: Shell, kit: Shell) -> None:
    case = drafted(jo)
    entry = next(one for one in stored(desks, jo, case).entries if one.section == "B")
    kit.session.open(
        case,
        lambda found: found.do(
            lambda desk, file: casework.record_event(desk, file, EventKind.DRAFT_SERVED, on=date(2026, 2, 10))
        ),
    )
    write(desks, jo, case, entry.id, "Jo saw this at home.")
    write(desks, kit, case, entry.id, "Kit saw this at school.")
    for shell in (jo, kit):
        desks.sync(shell)
    kit.desk.go(f"front/{case}")
    desks.settle(kit)
    begin_final(desks, kit)
    row = kit.find("front.issue.conflicts")
    desks.qtbot.waitUntil(row.isVisible, timeout=20_000)
    assert "Two people wrote apart in B" in row.accessibleName()
    assert not kit.find("front.issue.record").isEnabled()
    row.click()  # type: ignore[attr-defined]  # a row is a button
    desks.qtbot.waitUntil(lambda: isinstance(kit.desk.page, ConflictView), timeout=20_000)
