"""What two people wrote apart in a case: version beside version, for a person to choose; nothing else is held up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from send_desk.domain.dates import counted
from send_desk.gui.column_page import ColumnPage, Listed
from send_desk.gui.conflict_entry import ConflictEntry
from send_desk.gui.conflict_words import value_of
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_4, SPACE_6, TURN_MS
from send_desk.gui.open_case import OpenCase
from send_desk.gui.panes import NARROW
from send_desk.gui.session import Session
from send_desk.gui.words import Line, Paragraph, Voice
from send_desk.services.conflicts import Conflict, accept_combined, conflicts, resolve
from send_desk.services.desk import Desk
from send_desk.services.following import follow
from send_desk.services.ports import CaseFile

Entry = tuple[Conflict, ...]
"""The conflicts of one record."""

Decide = Callable[[Desk, CaseFile, frozenset[str]], CaseFile]
"""What a person has decided, done to a case; the revisions are those that were shown."""


class ConflictView(QWidget):
    """Every open conflict of a case, entry by entry, under the place "conflict/<case>[/<record>[/<field>]]"."""

    opened = Signal(str)
    moved = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._case: OpenCase | None = None
        self._found: tuple[Conflict, ...] = ()
        self._goal: tuple[str, str] | None = None
        self._number = 0
        self._standing: set[tuple[str, str]] = set()
        self._growing = QTimer(self, singleShot=True, interval=TURN_MS)
        self._growing.timeout.connect(self._grow)
        self._title = Line("Two versions", Voice.TITLE)
        self._told = Paragraph("", Voice.QUIET)
        self._plan = QPushButton("Open the plan")
        self._plan.setObjectName("conflict.plan")
        self._plan.setAccessibleName("Open the plan")
        self._plan.setAutoDefault(False)
        self._plan.clicked.connect(self._open_plan)
        self._entries: Listed[Entry, ConflictEntry] = Listed(
            lambda one: one[0].record, self._make, self._fill, gap=SPACE_6
        )
        self._page = ColumnPage(name="conflict.page", says="What two people wrote apart")
        for widget in (self._title, self._told, self._entries):
            self._page.column.addWidget(widget)
        self._page.column.addWidget(self._plan, 0, Qt.AlignmentFlag.AlignLeft)
        self._page.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)
        session.locking.connect(self.clear)

    def show_case(self, case: OpenCase, place: str = "") -> None:
        """Show the conflicts of a case, and bring the keyboard to the one of the place."""
        record, _, field = place.partition("/")[2].partition("/")[2].partition("/")
        self._goal = (record, field)
        if case is not self._case:
            self.clear()
            self._case = case
            case.changed.connect(self._ask)
            case.committed.connect(self._ask)
        case.rest()  # what is typed in the plan becomes a version of its own before anything is decided
        self._ask()

    def clear(self) -> None:
        """Let go of the case, as a lock does."""
        case, self._case = self._case, None
        self._found = ()
        self._title.setText("Two versions")
        self._standing = set()
        self._growing.stop()
        self._entries.show_items([])
        if case is not None:
            case.changed.disconnect(self._ask)
            case.committed.disconnect(self._ask)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for part in self._entries.widgets:
            part.set_across(self._across)

    @property
    def _across(self) -> bool:
        return self.width() >= NARROW - 2 * SPACE_6 - 100  # the window's own limit, less what stands beside the page

    def _ask(self) -> None:
        case = self._case
        if case is not None:
            id_ = case.case.id
            self._session.ask(lambda desk: conflicts(desk, id_), partial(self._arrived, id_), latest="conflicts")

    def _arrived(self, id_: str, found: tuple[Conflict, ...]) -> None:
        if self._case is None or self._case.case.id != id_:
            return
        fewer, self._found = len(found) < len(self._found), found
        self._standing &= {_key(one) for one in found}
        child = self._case.case.child
        self._title.setText(f"Two versions: {child.full_name or self._case.case.reference}")
        self._told.say(_told_words(found))
        if fewer:
            self._announce(_told_words(found))
        self._show_standing()
        self._growing.start()

    def _grow(self) -> None:
        """Make one more block a turn, so that no turn is long; then bring the keyboard to where it is wanted."""
        following = next((one for one in self._found if _key(one) not in self._standing), None)
        if following is not None:
            self._standing.add(_key(following))
            self._show_standing()
            self._growing.start()
        elif self._goal is not None:
            self._focus_goal()

    def _show_standing(self) -> None:
        entries: dict[str, Entry] = {}
        for one in self._found:
            if _key(one) in self._standing:
                entries[one.record] = (*entries.get(one.record, ()), one)
        self._entries.show_items(list(entries.values()))
        for part in self._entries.widgets:
            part.set_across(self._across)

    def _focus_goal(self) -> None:
        """Bring the keyboard to where the person wanted to go, else to the first thing that is open."""
        record, field = self._goal or ("", "")
        self._goal = None
        part = self._entries.at(record) or next(iter(self._entries.widgets), None)
        block = part.block(field) if part is not None else None
        if part is None or block is None:
            self._plan.setFocus()
            return
        if record:
            self._page.bring(part, focus=False)
        block.focus()
        if record:
            self._page.ensureWidgetVisible(block, 0, SPACE_4)
        elif (reached := self._page.focusWidget()) is not None:
            self._page.ensureWidgetVisible(reached, 0, SPACE_6)  # the head stays in sight where there is room for both

    def _make(self, entry: Entry) -> ConflictEntry:
        self._number += 1
        part = ConflictEntry(self._look, f"conflict.{self._number}")
        part.kept.connect(self._keep)
        part.written.connect(self._write)
        part.confirmed.connect(self._confirm)
        part.plan_wanted.connect(self._open_entry)
        return part

    def _fill(self, part: ConflictEntry, entry: Entry) -> None:
        if self._case is not None:
            part.show_entry(self._case, entry)

    def _keep(self, conflict: Conflict, revision: str) -> None:
        def keep(desk: Desk, file: CaseFile, seen: frozenset[str]) -> CaseFile:
            return resolve(desk, file, conflict.record, conflict.field, keep=revision, seen=seen)

        self._do(conflict, keep)

    def _write(self, conflict: Conflict, words: str) -> None:
        if self._case is None:
            return
        value = value_of(self._case.case, conflict, words, self._session.desk.today)

        def write(desk: Desk, file: CaseFile, seen: frozenset[str]) -> CaseFile:
            return resolve(desk, file, conflict.record, conflict.field, value=value, seen=seen)

        self._do(conflict, write)

    def _confirm(self, conflict: Conflict) -> None:
        def confirm(desk: Desk, file: CaseFile, seen: frozenset[str]) -> CaseFile:
            return accept_combined(desk, file, conflict.record, seen=seen)

        self._do(conflict, confirm)

    def _do(self, conflict: Conflict, decide: Decide) -> None:
        if self._case is None:
            return
        seen = frozenset(one.revision for one in conflict.values)

        def work(desk: Desk, file: CaseFile) -> CaseFile:
            # Of the record as it stands now: while somebody wrote in it, the open case may hold it as it was.
            return decide(desk, follow(desk, file) or file, seen)

        self._goal = (conflict.record, "")
        self._case.do(work)

    def _open_entry(self, record: str) -> None:
        if self._case is not None:
            self.opened.emit(f"record/{self._case.case.id}/{record}")

    def _open_plan(self) -> None:
        if self._case is not None:
            self.opened.emit(f"plan/{self._case.case.id}")

    def _announce(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))


def _key(conflict: Conflict) -> tuple[str, str]:
    return conflict.record, conflict.field


def _told_words(found: tuple[Conflict, ...]) -> str:
    if not found:
        return "Nothing stands against each other in this case."
    hard = sum(one.hard for one in found)
    parts = (
        f"{counted(hard, 'choice')} to make" if hard else "",
        f"{counted(len(found) - hard, 'entry', 'entries')} to check" if len(found) > hard else "",
    )
    return (
        f"{' and '.join(part for part in parts if part)}. Whatever you choose, the other words stay in the history, "
        "and everything else can be worked on meanwhile."
    )
