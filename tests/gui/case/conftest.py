"""A case's front page and register on a real encrypted home: the window's own door, and a new case for each test."""

import shutil
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from send_desk.bootstrap.laptop import Laptop
from send_desk.bootstrap.window import WindowDoor
from send_desk.domain.case import Case
from send_desk.domain.contribution import ContributionEvent
from send_desk.domain.ids import Cell, ContributionEventKind, EventKind, RecordKind
from send_desk.domain.person import DirectoryEntry
from send_desk.gui.front_page import FrontPage
from send_desk.gui.look import Look
from send_desk.gui.open_case import OpenCase, Work
from send_desk.gui.register_page import RegisterPage
from send_desk.gui.session import Session
from send_desk.services import advice, casework
from send_desk.services.commit import write_directory
from send_desk.services.desk import Desk
from send_desk.services.encoding import row_of
from send_desk.services.ports import CaseFile, Establishment
from send_desk.services.reading import open_case

TODAY = date(2026, 3, 3)
WAIT_MS = 20_000

Q = TypeVar("Q", bound=QObject)
DIRECTORY = (
    DirectoryEntry("d1", "Hartwell community paediatrics", "North", "Dr Ines Rana", "Paediatrician", cell="health"),
    DirectoryEntry(
        "d2", "Educational psychology service", "", "Owen Pike", "Educational psychologist", cell="psychology"
    ),
)
SCHOOLS = (
    Establishment("900001", "Hartwell Primary School", "Primary", "HW1 2AB", "Open"),
    Establishment("900002", "Longmeadow School", "Special", "HW3 4CD", "Open"),
)


@pytest.fixture(scope="module")
def session(qapp: QApplication, template_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """An unlocked session that the tests of one file share; each makes a case of its own."""
    home = Path(shutil.copytree(template_home, tmp_path_factory.mktemp("case") / "home"))
    broken: list[Exception] = []
    made = Session(
        WindowDoor(Laptop(Namespace(home=str(home), today=TODAY, passphrase_file=None))), broken=broken.append
    )
    made.unlock("three quiet herons", failed=pytest.fail)
    assert made.jobs.drain(WAIT_MS)
    made.ask(_fill_lists)
    assert made.jobs.drain(WAIT_MS)
    yield made
    made.close()
    assert broken == []


def _fill_lists(desk: Desk) -> None:
    write_directory(desk, [(None, row_of(RecordKind.ADVISER, one)) for one in DIRECTORY])
    with desk.store.write() as unit:
        unit.put_establishments(SCHOOLS)


@dataclass
class Shown:
    """A page with a case on it, and what a person does with it."""

    session: Session
    page: QWidget
    case: OpenCase
    qtbot: QtBot
    look: Look
    places: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until everything asked for is done and answered, and all parts of the page stand."""

        def calm() -> bool:
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            return self.session.jobs.waiting == 0 and self.session.aside.waiting == 0 and self._stands()

        self.qtbot.waitUntil(calm, timeout=WAIT_MS)
        QApplication.processEvents()

    def _stands(self) -> bool:
        match self.page:
            case FrontPage():
                return self.page.is_ready
            case RegisterPage():
                return self.page.is_ready
            case _:
                return True

    def find(self, name: str, kind: type[Q] = QWidget) -> Q:  # type: ignore[assignment]  # a widget unless another kind is asked for
        """The control of that object name."""
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def has(self, name: str) -> bool:
        """Whether a control of that name can be used now."""
        found = self.page.findChild(QWidget, name)
        return found is not None and found.isVisible()

    def press(self, name: str) -> None:
        """Use a button or a line of a menu."""
        found = self.page.findChild(QAbstractButton, name) or self.page.findChild(QAction, name)
        match found:
            case QAbstractButton():
                found.click()
            case QAction():
                found.trigger()
            case _:
                pytest.fail(f"there is no {name}")
        self.settle()

    def write(self, name: str, words: str) -> None:
        """Type into a field what shall stand in it."""
        editor = self.find(name)
        editor.setFocus()
        match editor:
            case QLineEdit():
                editor.selectAll()
                QTest.keyClick(editor, Qt.Key.Key_Delete)
                QTest.keyClicks(editor, words)
            case QPlainTextEdit():
                editor.selectAll()
                QTest.keyClick(editor, Qt.Key.Key_Delete)
                QTest.keyClicks(editor, words)
            case _:
                pytest.fail(f"nobody can type into {name}")

    def choose(self, name: str, words: str) -> None:
        """Choose from a drop-down by the beginning of its words."""
        box = self.find(name, QComboBox)
        at = next(at for at in range(box.count()) if box.itemText(at).startswith(words))
        box.setCurrentIndex(at)
        box.activated.emit(at)

    def words(self) -> str:
        """Everything that the page says now, as a screen reader has it."""
        said = [one.accessibleName() or one.text() for one in self.page.findChildren(QLabel) if one.isVisible()]
        said += [one.accessibleName() for one in self.page.findChildren(QAbstractButton) if one.isVisible()]
        return "\n".join(said)

    def do(self, work: Work) -> None:
        """Let a service change the case, as another part of the window would."""
        self.case.do(work)
        self.settle()

    def stored(self) -> Case:
        """The case as it stands on the disk."""
        found: list[CaseFile] = []
        self.session.ask(lambda desk: open_case(desk, self.case.case.id), found.append)
        self.settle()
        return found[0].case


Show = Callable[..., Shown]


@pytest.fixture
def show(session: Session, look: Look, qtbot: QtBot) -> Iterator[Show]:
    """Shows a page for a new case; `assessed` stands for the decision to assess on 2 February 2026."""
    made: list[Shown] = []

    def shown(kind: type[FrontPage] | type[RegisterPage], *, assessed: bool = True, place: str = "") -> Shown:
        files: list[CaseFile] = []

        def work(desk: Desk) -> CaseFile:
            file = casework.new_case(
                desk, first_names="Ava", surname="Thornley", born=date(2016, 5, 4), received=date(2026, 1, 5)
            )
            if assessed:
                file = casework.record_event(desk, file, EventKind.DECISION_ASSESS, on=date(2026, 2, 2))
            return file

        session.ask(work, files.append)
        assert session.jobs.drain(WAIT_MS)
        case = session.adopt(files[0])
        page = kind(session, look)
        qtbot.addWidget(page)
        one = Shown(session, page, case, qtbot, look)
        page.opened.connect(one.places.append)
        session.troubled.connect(one.troubles.append)
        page.resize(1190, 700)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.show_case(case, place.replace("CASE", case.case.id))
        one.settle()
        made.append(one)
        return one

    yield shown
    for one in made:
        session.troubled.disconnect(one.troubles.append)
        one.page.hide()
        # The page itself is on its way out by now; only what it asked for must still be answered.
        assert session.jobs.drain(WAIT_MS)
        assert session.aside.drain(WAIT_MS)


def asked(shown: Shown, cell: Cell, on: date, kind: ContributionEventKind = ContributionEventKind.REQUESTED) -> None:
    """Record what happened to the first adviser of a cell."""
    line = next(one for one in shown.case.case.contributions if one.cell is cell)
    shown.do(lambda desk, file: advice.record(desk, file, line.id, ContributionEvent("", kind, on)))
