"""The pages of the unlocked desk, each made when it is first wanted, one of them seen at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from send_desk.gui.case_lines import CaseLines
from send_desk.gui.case_pages import CasePage, loading, make_page
from send_desk.gui.look import Look
from send_desk.gui.my_day import MyDayPage
from send_desk.gui.open_case import OpenCase
from send_desk.gui.panes import PaneSwitch, first_stop
from send_desk.gui.places import Page, Place
from send_desk.gui.preferences import Preferences
from send_desk.gui.session import Session
from send_desk.gui.turns import Turns

_LONGEST_HOLD_MS = 100


class DeskPages(QStackedWidget):
    """`bring` shows a page, `show_case` a page of a case; which page that should be, others decide."""

    opened = Signal(str)
    """Sent with a place that the person wants to go to."""
    moved = Signal(str)
    """Sent with the place where the person now is, within a page."""

    def __init__(
        self, session: Session, look: Look, preferences: Preferences, lines: CaseLines, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._look, self._preferences, self._lines = session, look, preferences, lines
        self._made: dict[Page, QWidget] = {}
        self._of_case: dict[Page, CasePage] = {}
        self._focuses: dict[Page, Callable[[], None]] = {}
        self._shows: dict[Page, Callable[[str], None]] = {}
        self._turns = Turns(self)
        self._fresh: set[Page] = set()
        self._holding = QTimer(self, singleShot=True, interval=_LONGEST_HOLD_MS)
        self._holding.timeout.connect(self._let_see)
        session.locking.connect(self._turns.drop)

    def bring(self, page: Page) -> QWidget:
        """Show a page and return it."""
        shown = self.ready(page)
        if self.currentWidget() is not shown:
            self.setCurrentWidget(shown)
        return shown

    def ready(self, page: Page) -> QWidget:
        """Return a page, made now if it was not before."""
        if page not in self._made:
            self._made[page] = self._make(page)
            self.addWidget(self._made[page])
        return self._made[page]

    def prepare(self, page: Page, then: Callable[[], None]) -> None:
        """Import and make a page in turns, and call when it is there; at once where it was; My day always is."""
        if page in self._made or page is Page.MY_DAY:
            self.ready(page)
            then()
            return
        self._turns.add(*loading(page), partial(self.ready, page), then)

    def bring_case(self, page: Page, then: Callable[[], None]) -> None:
        """Show a page of a case, and call when it may be filled: a page that was never seen has a turn to itself.

        Until its first part stands, though never long, the screen keeps what it shows: nobody sees an empty page.
        """
        if page not in self._fresh:
            then()
            return
        self.setUpdatesEnabled(False)
        self._holding.start()
        self.bring(page)
        self._turns.add(then)

    def show_case(self, page: Page, case: OpenCase, words: str) -> None:
        """Show a case at a place on one of its pages, which has been brought before."""
        self._of_case[page].show_case(case, words)
        if page in self._fresh and not hasattr(self._made[page], "appeared"):
            self._let_see()
        self._fresh.discard(page)

    def _let_see(self) -> None:
        self._holding.stop()
        self.setUpdatesEnabled(True)

    def show_place(self, place: Place) -> None:
        """Bring what a place names on a page that belongs to no case: "cases/waiting", "settings/office"."""
        show = self._shows.get(place.page)
        if show is not None:
            show(place.words)

    def forget_cases(self, but: Page | None = None) -> None:
        """Throw away the pages of cases: what one of them shows is no longer on this laptop."""
        self._turns.drop()
        for page in [page for page in self._of_case if page is not but]:
            del self._of_case[page]
            self._fresh.discard(page)
            gone = self._made.pop(page)
            self.removeWidget(gone)
            gone.hide()
            gone.deleteLater()

    def farewell(self, turns: Turns, then: Callable[[], None]) -> None:
        """Let go of every page, as a lock does: each is deleted in a turn of its own, and then the rest is."""
        self._turns.drop()
        gone = list(self._made.values())
        for known in (self._made, self._of_case, self._focuses, self._shows):
            known.clear()
        turns.add(partial(_leave, gone, turns, then))

    def focus(self, page: Page) -> None:
        """Bring the keyboard to where it last was on a page, or to its first stop."""
        made, focus = self._made.get(page), self._focuses.get(page)
        if focus is not None:
            focus()
        elif made is not None:
            goal = made.focusWidget() or first_stop(made)
            if goal is not None:
                goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def actions_of(self, page: Page) -> list[QAction]:
        """Return what a page can do."""
        made = self._made.get(page)
        return list(made.actions()) if made is not None else []

    def has_panes(self, page: Page) -> bool:
        """Whether F6 walks a page."""
        made = self._made.get(page)
        return made is not None and made.findChild(PaneSwitch) is not None

    def _make(self, page: Page) -> QWidget:
        match page:
            case Page.MY_DAY:
                day = MyDayPage(self._session, self._look, self._lines, self)
                day.opened.connect(self.opened)
                self._focuses[page] = day.focus
                return day
            case Page.CASES:
                from send_desk.gui.case_table import CasesPage

                cases = CasesPage(self._look, self._lines, self)
                cases.opened.connect(self.opened)
                self._focuses[page], self._shows[page] = cases.focus, cases.show_place
                return cases
            case Page.SETTINGS:
                from send_desk.gui.settings_page import SettingsPage

                settings = SettingsPage(self._session, self._look, self._preferences, self)
                self._shows[page] = settings.show_place
                return settings
            case Page.TRAY:
                from send_desk.gui.tray_page import TrayPage

                tray = TrayPage(self._session, self._look, self)
                tray.opened.connect(self.opened)
                self._focuses[page] = tray.focus
                return tray
            case _:
                made, of_case = make_page(page, self._session, self._look, self)
                of_case.opened.connect(self.opened)
                if hasattr(made, "moved"):
                    made.moved.connect(self.moved)
                if hasattr(made, "appeared"):
                    made.appeared.connect(self._let_see)
                self._of_case[page] = of_case
                self._fresh.add(page)
                return made


def _leave(gone: list[QWidget], turns: Turns, then: Callable[[], None]) -> None:
    """Delete the first of these pages once its own parts are, and have the others follow."""
    if not gone:
        then()
        return
    if all(one.is_done for one in gone[0].findChildren(Turns)):
        gone.pop(0).deleteLater()
    turns.add(partial(_leave, gone, turns, then))
