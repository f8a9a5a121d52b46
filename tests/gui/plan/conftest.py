"""A plan page on a real encrypted home: the window's own door, a worker thread, and a new case for each test."""

import shutil
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from send_desk.bootstrap.laptop import Laptop
from send_desk.bootstrap.window import WindowDoor
from send_desk.domain.contribution import ContributionEvent
from send_desk.domain.entry import Entry
from send_desk.domain.ids import Cell, ContributionEventKind, EntryKind, EventKind, Section, State
from send_desk.domain.text import from_words
from send_desk.gui.entry_row import EntryRow
from send_desk.gui.look import Look
from send_desk.gui.open_case import OpenCase
from send_desk.gui.plan_page import PlanPage
from send_desk.gui.row_column import RowColumn
from send_desk.gui.session import Session
from send_desk.services import advice, casework, drafting
from send_desk.services.desk import Desk
from send_desk.services.ports import CaseFile
from send_desk.services.reading import open_case

TODAY = date(2026, 3, 3)
WAIT_MS = 10_000


@pytest.fixture(scope="module")
def session(qapp: QApplication, template_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """An unlocked session that the tests of one file share; each makes a case of its own."""
    home = Path(shutil.copytree(template_home, tmp_path_factory.mktemp("plan") / "home"))
    broken: list[Exception] = []
    made = Session(
        WindowDoor(Laptop(Namespace(home=str(home), today=TODAY, passphrase_file=None))), broken=broken.append
    )
    made.unlock("three quiet herons", failed=pytest.fail)
    assert made.jobs.drain(WAIT_MS)
    yield made
    made.close()
    assert broken == []


@dataclass
class Plan:
    """A case on the page, and what tests do with it."""

    session: Session
    page: PlanPage
    case: OpenCase
    qtbot: QtBot

    @property
    def column(self) -> RowColumn:
        """The rows of the section that shows."""
        found = self.page.findChild(RowColumn)
        assert isinstance(found, RowColumn)
        return found

    def settle(self) -> None:
        """Wait until everything asked for is done and every row stands, and stays so for a few turns of the window.

        What a step does at its end (its undo, the focus) comes in a turn of its own and may ask for more.
        """
        column = self.column

        def stands() -> bool:
            return self.session.jobs.waiting == 0 and self.page.is_ready and column.is_settled

        for _ in range(3):
            self.qtbot.waitUntil(stands, timeout=WAIT_MS)
            QApplication.processEvents()

    def section(self, section: Section) -> list[EntryRow]:
        """Show a section and return its rows."""
        self.page.show_section(section)
        self.settle()
        return list(self.column.rows)

    def row(self, entry: Entry) -> EntryRow:
        """The row of an entry, in its section."""
        return next(row for row in self.section(entry.section) if row.entry.id == entry.id)

    def add(self, section: Section, kind: EntryKind, words: str = "", **more: object) -> Entry:
        """Write an entry as a service does, and wait until the page has it."""
        made: list[Entry] = []

        def work(desk: Desk, file: CaseFile) -> CaseFile:
            grown, entry = drafting.add_entry(desk, file, section, kind, text=from_words(words), **more)  # type: ignore[arg-type]  # the fields of an entry, passed on as they are
            made.append(entry)
            return grown

        self.do(work)
        return made[0]

    def do(self, work: Callable[[Desk, CaseFile], CaseFile]) -> None:
        """Let a service change the case, as another part of the window would."""
        self.case.do(work)
        self.settle()

    def stored(self) -> CaseFile:
        """The case as it stands on the disk."""
        found: list[CaseFile] = []
        self.session.ask(lambda desk: open_case(desk, self.case.case.id), found.append)
        self.settle()
        return found[0]

    def entry(self, entry: Entry) -> Entry:
        """An entry as it stands on the disk."""
        return next(one for one in self.stored().case.entries if one.id == entry.id)


@pytest.fixture
def plan(session: Session, look: Look, qtbot: QtBot) -> Iterator[Plan]:
    """The plan of a new case under assessment, in its section A."""
    files: list[CaseFile] = []

    def work(desk: Desk) -> CaseFile:
        file = casework.new_case(
            desk, first_names="Ava", surname="Thornley", born=date(2016, 5, 4), received=date(2026, 1, 5)
        )
        return casework.record_event(desk, file, EventKind.DECISION_ASSESS, on=date(2026, 2, 2))

    session.ask(work, files.append)
    assert session.jobs.drain(WAIT_MS)
    case = session.adopt(files[0])
    page = PlanPage(session, look)
    qtbot.addWidget(page)
    page.resize(1190, 700)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.show_case(case)
    made = Plan(session, page, case, qtbot)
    made.settle()
    yield made
    page.clear()
    page.hide()
    made.settle()


@pytest.fixture
def nothing_needed(plan: Plan) -> str:
    """Social care has answered that there are no relevant needs; the id of its line."""
    line = next(one for one in plan.case.case.contributions if one.cell is Cell.SOCIAL_CARE)

    def work(desk: Desk, file: CaseFile) -> CaseFile:
        for kind, on, state in (
            (ContributionEventKind.REQUESTED, date(2026, 2, 3), None),
            (ContributionEventKind.CONFIRMED, date(2026, 2, 20), State.NO_RELEVANT_NEEDS),
        ):
            event = ContributionEvent("", kind, on, "Imran Cobb", "Social worker", state=state)
            file = advice.record(desk, file, line.id, event)
        return file

    plan.do(work)
    return line.id
