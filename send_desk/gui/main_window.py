"""The window: before the lock a page that shows nothing of any case, behind it the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from send_desk.domain.errors import KnownError
from send_desk.gui.desk_view import DeskView
from send_desk.gui.idle import IdleWatch
from send_desk.gui.look import Look
from send_desk.gui.metrics import TURN_MS
from send_desk.gui.pieces import Kind
from send_desk.gui.places import Page
from send_desk.gui.preferences import Preferences
from send_desk.gui.screen import within_screen
from send_desk.gui.session import Session
from send_desk.gui.turns import Turns
from send_desk.gui.unlock import UnlockPage
from send_desk.services.settings import settings

if TYPE_CHECKING:
    from send_desk.gui.door import NewHome
    from send_desk.gui.first_run import FirstRunPage
    from send_desk.gui.lapsed_page import BarredPage, LapsedPage
    from send_desk.services.office import OfficeState

_BACK_UP_AFTER_MS = 30_000
_HELD = (
    "Words that you wrote could not be saved: the disk does not take them. They wait in the memory of this window. "
    "Free some room on the disk and unlock; they will be saved then. Please do not close SEND Desk before."
)
_CLOSE_ANYWAY = "Close and lose these words"


class MainWindow(QMainWindow):
    """One window for the life of the program."""

    emptied = Signal()
    """What the last lock has hidden is deleted."""

    def __init__(self, session: Session, look: Look, preferences: Preferences) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("SEND Desk")
        self.setProperty("role", "canvas")
        self._session, self._look, self._preferences = session, look, preferences
        self._place = Page.MY_DAY.value
        self._lose = False
        self._desk: DeskView | None = None
        self._idle: IdleWatch | None = None
        self._lapsed: LapsedPage | None = None
        self._barred_page: BarredPage | None = None
        self._goes = Turns(self)  # what a lock has hidden is deleted in turns: a full desk is thousands of widgets
        self._goes.finished.connect(self.emptied, Qt.ConnectionType.QueuedConnection)
        self._stack = QStackedWidget()
        self._stack.setProperty("role", "canvas")
        self.setCentralWidget(self._stack)
        door = session.door
        self._unlock = UnlockPage(look, home=door.home, hint=door.hint)
        self._unlock.tried.connect(self._try)
        self._unlock.left_anyway.connect(self._leave_anyway)
        self._stack.addWidget(self._unlock)
        self._first: FirstRunPage | None = None
        if door.is_destroyed:
            self._show_barred("")
        elif not door.has_home:
            from send_desk.gui.first_run import FirstRunPage

            self._first = FirstRunPage(look, home=door.home)
            self._first.wished.connect(self._create)
            self._stack.addWidget(self._first)
            self._stack.setCurrentWidget(self._first)
        session.unlocked.connect(self._open_desk)
        session.locking.connect(self._blank)
        session.locked.connect(self._locked)
        session.troubled.connect(self._troubled)
        session.idle_changed.connect(self._watch)
        session.lapsed.connect(self._ask_sign_in)
        session.office.barred.connect(self._barred)
        self.setMinimumSize(QSize(480, 320))
        self.resize(within_screen(self, QSize(1280, 800)))
        place = preferences.place
        if place is not None:
            self.restoreGeometry(place)
        (self._barred_page or self._first or self._unlock).focus()

    @property
    def desk(self) -> DeskView | None:
        """The desk while it is unlocked."""
        return self._desk

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._session.flush() and not self._lose:
            event.ignore()
            self._refuse_to_close()
            return
        self._preferences.place = self.saveGeometry()
        self._session.close()
        super().closeEvent(event)

    def _try(self, passphrase: str) -> None:
        self._session.unlock(passphrase, failed=self._unlock.fail)

    def _create(self, wish: NewHome) -> None:
        if self._first is not None:
            self._session.create(wish, failed=self._first.fail)

    def _ask_sign_in(self, state: OfficeState) -> None:
        from send_desk.gui.lapsed_page import LapsedPage

        page = self._lapsed = LapsedPage(self._look, user=state.name)
        page.wished.connect(self._sign_in)
        page.left.connect(self._session.lock)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._unlock.rest()
        page.focus()

    def _sign_in(self, user: str, password: str) -> None:
        self._session.office.sign_in(user, password, self._drop_lapsed, self._not_signed_in)

    def _not_signed_in(self, error: Exception) -> None:
        if self._lapsed is not None:
            self._lapsed.fail(str(error) if isinstance(error, KnownError) else "")
        if not isinstance(error, KnownError):
            self._session.tell(error)

    def _drop_lapsed(self) -> None:
        page, self._lapsed = self._lapsed, None
        if page is not None:
            self._stack.removeWidget(page)
            page.deleteLater()

    def _barred(self, said: str, wiped: bool) -> None:
        if not wiped:
            self._session.troubled.emit(said)
            return
        self._show_barred(said)
        self._session.lock()

    def _show_barred(self, said: str) -> None:
        from send_desk.gui.lapsed_page import BarredPage

        page = self._barred_page = BarredPage(self._look, said)
        page.left.connect(self._leave_anyway)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def _open_desk(self) -> None:
        desk = DeskView(self._session, self._look, self._preferences)
        self._desk = desk
        desk.commands.lock.triggered.connect(self._session.lock)
        desk.commands.leave.triggered.connect(self.close)
        desk.commands.fill(self.menuBar(), desk.page_actions)
        desk.narrowed.connect(self._fold_menus)
        desk.moved.connect(self._remember)
        self._stack.addWidget(desk)
        self._session.ask(settings, lambda known: self._watch(known.idle_minutes))
        QTimer.singleShot(TURN_MS, desk, self._show_desk)
        QTimer.singleShot(_BACK_UP_AFTER_MS, desk, self._back_up)

    def _show_desk(self) -> None:
        # A turn of its own, and the first page another: together they would hold the window up.
        desk = self._desk
        if desk is None or self._session.is_locked:
            return
        self.menuBar().setVisible(True)
        self._stack.setCurrentWidget(desk)
        self._unlock.rest()
        QTimer.singleShot(TURN_MS, desk, lambda: desk.go(self._place))

    def _blank(self) -> None:
        if self._idle is not None:
            self._idle.stop()
        for window in QApplication.topLevelWidgets():
            if not isinstance(window, MainWindow) and window.isVisible():
                window.close()
        self._unlock.rest()
        self._stack.setCurrentWidget(self._barred_page or self._unlock)
        self.menuBar().clear()
        self.menuBar().setVisible(False)
        self._drop_lapsed()
        (self._barred_page or self._unlock).focus()

    def _locked(self) -> None:
        desk, self._desk = self._desk, None
        if desk is not None:
            self._stack.removeWidget(desk)
            desk.farewell(self._goes)
        if self._first is not None:
            self._stack.removeWidget(self._first)
            self._first.deleteLater()
            self._first = None
        if self._session.unsaved:
            self._unlock.tell(_HELD)

    def _troubled(self, words: str) -> None:
        if self._session.is_locked:
            self._unlock.tell(words)

    def _refuse_to_close(self) -> None:
        if self._desk is None:
            self._unlock.tell(_HELD, kind=Kind.LATE, action=_CLOSE_ANYWAY)
        else:
            self._desk.refuse_to_close(_HELD, _CLOSE_ANYWAY, self._leave_anyway)

    def _leave_anyway(self) -> None:
        self._lose = True
        self.close()

    def _remember(self, place: str) -> None:
        self._place = place

    def _fold_menus(self, narrow: bool) -> None:
        self.menuBar().setVisible(not narrow)

    def _watch(self, minutes: int) -> None:
        app = QApplication.instance()
        if self._session.is_locked:
            return
        if self._idle is None and isinstance(app, QApplication):
            self._idle = IdleWatch(app, lambda: self._session.desk.clock.now(), self)
            self._idle.idle.connect(self._session.lock)
        if self._idle is not None:
            self._idle.start(minutes)

    def _back_up(self) -> None:
        if not self._session.is_locked:
            self._session.aside.submit(self._session.door.back_up)
