"""The window while it is unlocked: header, pages, status line. Made at each unlocking, thrown away at each lock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from send_desk.gui.case_lines import CaseLines
from send_desk.gui.case_pages import CASE_PAGES
from send_desk.gui.desk_pages import DeskPages
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_3, SPACE_4
from send_desk.gui.naming import named
from send_desk.gui.navigation import Navigation, NavigationMenu
from send_desk.gui.office_status import OfficeStatus
from send_desk.gui.office_strip import OfficeStrip
from send_desk.gui.open_case import OpenCase
from send_desk.gui.panes import NARROW, first_stop
from send_desk.gui.pieces import Kind, Message, Rule, StatusLine, set_icon
from send_desk.gui.places import Page, Place, read_place
from send_desk.gui.preferences import Preferences
from send_desk.gui.search_box import SearchBox
from send_desk.gui.session import Session
from send_desk.gui.sync_button import SyncButton
from send_desk.gui.turns import Turns
from send_desk.gui.window_actions import WindowActions
from send_desk.gui.words import Line, Voice

_NEW_DAY_MS = 20_000
_SLOW_MS = 600
_QUIET_MS = 250  # after the first lines stand
_STEPS_BACK = 40


class DeskView(QWidget):
    """Everything that may show a case. `go` opens a place; `moved` tells where the person is."""

    moved = Signal(str)
    narrowed = Signal(bool)

    def __init__(self, session: Session, look: Look, preferences: Preferences) -> None:
        super().__init__()
        self.setProperty("role", "canvas")
        self._session, self._look = session, look
        self.commands = WindowActions(self)
        self._day = session.desk.today
        self._place = self._wanted = Place(Page.MY_DAY, "", Page.MY_DAY.value)
        self._behind: list[str] = []
        self._case: OpenCase | None = None
        self._narrow = False
        self.lines = CaseLines(session, self)
        self._pages = DeskPages(session, look, preferences, self.lines)
        self._pages.opened.connect(self.go)
        self._pages.moved.connect(self._page_moved)
        self._search = SearchBox(session, look, self)
        self._search.opened.connect(self.go)
        self._search.left.connect(self._focus_page)
        self._menu = NavigationMenu(look)
        self.commands.fold(self._menu.inside, self.page_actions)
        self._navigation = Navigation(look, self.commands.go)
        self._message = Message(look, name="top.message")
        self._office = OfficeStrip(session, look, self)
        self._sync = SyncButton(look, session.office)
        self._status = StatusLine()
        self._facts = OfficeStatus(session, self._status, self)
        self._lay_out()
        self._connect()
        self._follow_office()
        self.lines.changed.connect(self._make_ready_soon, Qt.ConnectionType.SingleShotConnection)
        self.lines.read()
        session.ask(lambda desk: desk.store.search("", limit=0))  # brings the index up to the log before it is needed

    @property
    def place(self) -> Place:
        """Where the person is."""
        return self._place

    @property
    def page(self) -> QWidget | None:
        """The page that shows, None in the first moment."""
        return self._pages.currentWidget()

    def go(self, words: str) -> None:
        """Open a place; one inside a case opens the case first."""
        place = read_place(words)
        if words != self._place.words:
            self._behind = [*self._behind[-_STEPS_BACK:], self._place.words]
        self._show(place)

    def page_actions(self) -> list[QAction]:
        """Return what the page that shows can do."""
        return self._pages.actions_of(self._place.page)

    def farewell(self, turns: Turns) -> None:
        """Delete the desk in turns, its pages first; it is hidden already, and shows nothing any more."""
        self._pages.farewell(turns, self.deleteLater)

    def refuse_to_close(self, words: str, action: str, leave: Callable[[], None]) -> None:
        """Say why the window stays open, with the one way to close it all the same."""
        self._message.acted.connect(leave)
        self._message.say(words, kind=Kind.LATE, action=action)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        if narrow is not self._narrow:
            self._narrow = narrow
            self._set_narrow()

    def _lay_out(self) -> None:
        lock = named(QPushButton("Lock"), "top.lock", "Lock")
        lock.setToolTip("Lock   Ctrl+L")
        set_icon(lock, self._look, "lock")
        lock.clicked.connect(self.commands.lock.trigger)
        self._title = Line("SEND Desk", Voice.HEADING)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_2)
        head.setSpacing(SPACE_3)
        head.addWidget(self._menu)
        head.addWidget(self._title)
        head.addSpacing(SPACE_4)
        head.addWidget(self._search, 1)
        head.addStretch(0)
        head.addWidget(self._sync)
        head.addWidget(lock)
        strip = QVBoxLayout()
        strip.setContentsMargins(SPACE_4, 0, SPACE_4, 0)
        strip.addWidget(self._message)
        strip.addWidget(self._office)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._navigation)
        body.addWidget(self._pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addLayout(strip)
        column.addLayout(body, 1)
        column.addWidget(Rule())
        column.addWidget(self._status)
        for before, after in (
            (self._menu, self._search),
            (self._search, self._sync),
            (self._sync, lock),
            (lock, self._navigation),
        ):
            QWidget.setTabOrder(before, first_stop(after) or after)
        self._set_narrow()

    def _connect(self) -> None:
        session, commands = self._session, self.commands
        for page, action in commands.go.items():
            action.triggered.connect(partial(self._go_to_page, page))
        commands.back.triggered.connect(self._go_back)
        commands.search.triggered.connect(self._go_to_search)
        commands.new_case.triggered.connect(self._new_case)
        commands.keys.triggered.connect(self._show_keys)
        for pressed in (commands.sync.triggered, self._sync.clicked):
            pressed.connect(self._office.press)
        commands.tray.triggered.connect(partial(self.go, Page.TRAY.value))
        for opened in (self._facts.opened, self._office.opened):
            opened.connect(self.go)
        self._office.left.connect(self._focus_page)
        session.office.changed.connect(self._follow_office)
        session.forgotten.connect(self._forget)
        session.troubled.connect(self._tell_trouble)
        session.told.connect(self._message.say)
        self._message.closed.connect(self._focus_page)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(partial(self._status.say, "busy", "Working ..."))
        session.jobs.busy_changed.connect(self._tell_busy)
        midnight = QTimer(self)
        midnight.setInterval(_NEW_DAY_MS)
        midnight.timeout.connect(self._look_at_day)
        midnight.start()

    def _show(self, place: Place) -> None:
        self._wanted = place
        if place.case:
            if self.page is None:
                self._bring(Page.MY_DAY)  # seen until the case is here, and where it is no longer
            self._session.open(place.case, partial(self._show_case, place))
            return
        self._pages.prepare(place.page, partial(self._arrive_at_page, place))

    def _arrive_at_page(self, place: Place) -> None:
        if place is not self._wanted:
            return
        self._place = place
        self._bring(place.page)
        self._pages.show_place(place)
        self.moved.emit(place.words)

    def _show_case(self, place: Place, case: OpenCase) -> None:
        self._pages.prepare(place.page, partial(self._arrive, place, case))

    def _arrive(self, place: Place, case: OpenCase) -> None:
        if place is not self._wanted:
            return  # the person has gone on meanwhile
        self._pages.bring_case(place.page, partial(self._show_there, place, case))

    def _show_there(self, place: Place, case: OpenCase) -> None:
        if place is not self._wanted:
            return
        self._name_case(case)
        words = place.resolved(case.case)
        self._place = read_place(words)
        page = self._bring(place.page)
        self._pages.show_case(place.page, case, words)
        if not page.isAncestorOf(QApplication.focusWidget() or self) and not self._search.text():
            self._focus_page()
        self.moved.emit(words)

    def _make_ready_soon(self) -> None:
        # in quiet turns after the first page, so that going there takes no longer than a blink
        QTimer.singleShot(_QUIET_MS, self, partial(self._pages.prepare, Page.CASES, lambda: None))

    def _bring(self, page: Page) -> QWidget:
        shown = self._pages.bring(page)
        self._navigation.show_page(page)
        if page not in CASE_PAGES and not self._search.text():
            self._focus_page()
        return shown

    def _page_moved(self, words: str) -> None:
        self._place = read_place(words)
        self.moved.emit(words)

    def _name_case(self, case: OpenCase) -> None:
        if self._case is not case:
            if self._case is not None:
                self._case.changed.disconnect(self._tell_name)
            self._case = case
            case.changed.connect(self._tell_name)
            self.commands.show_case_pages(shown=True)
        self._tell_name()

    def _tell_name(self) -> None:
        if self._case is not None:
            child = self._case.case.child
            self._navigation.show_case(child.full_name or self._case.case.reference)

    def _go_to_page(self, page: Page) -> None:
        if page in CASE_PAGES:
            if self._case is not None:
                self.go(f"{page.value}/{self._case.case.id}")
            return
        self.go(page.value)

    def _go_back(self) -> None:
        if self._behind:
            self._show(read_place(self._behind.pop()))

    def _go_to_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _focus_page(self) -> None:
        self._pages.focus(self._place.page)

    def _new_case(self) -> None:
        from send_desk.gui.new_case import NewCase

        dialog = NewCase(self._session, self._look, self)
        dialog.made.connect(self._open_new)
        dialog.show()

    def _open_new(self, case: str) -> None:
        self._session.office.read()
        self.go(f"front/{case}")

    def _show_keys(self) -> None:
        from send_desk.gui.keys_sheet import KeysSheet

        panes = self._pages.has_panes(self._place.page)
        KeysSheet([*self.commands.all(), *self.page_actions()], panes=panes, parent=self).show()

    def _follow_office(self) -> None:
        facts = self._session.office.facts
        if facts is not None and not self._session.is_locked:
            self.commands.show_office(enrolled=facts.state.enrolled, tray=facts.refused > 0)

    def _forget(self, case: str) -> None:
        self._behind = [words for words in self._behind if read_place(words).case != case]
        here = case in (self._place.case, self._wanted.case)
        if here:
            self._wanted = Place(Page.MY_DAY, "", Page.MY_DAY.value)
            self._show(self._wanted)
        self._pages.forget_cases(None if here else self._place.page)
        if self._case is not None and self._case.case.id == case:
            self._case.changed.disconnect(self._tell_name)
            self._case = None
            self._navigation.show_case("")
            self.commands.show_case_pages(shown=False)

    def _tell_trouble(self, words: str) -> None:
        self._message.say(words, kind=Kind.WARN)

    def _tell_busy(self, busy: bool) -> None:
        if busy:
            self._slow.start()
        else:
            self._slow.stop()
            self._status.say("busy", "")

    def _look_at_day(self) -> None:
        if not self._session.is_locked and self._session.desk.today != self._day:
            self._day = self._session.desk.today
            self._session.new_day()
            self._facts.draw()

    def _set_narrow(self) -> None:
        self._navigation.setVisible(not self._narrow)
        self._menu.setVisible(self._narrow)
        self._title.setVisible(not self._narrow)
        self._facts.set_short(self._narrow)
        self.narrowed.emit(self._narrow)
