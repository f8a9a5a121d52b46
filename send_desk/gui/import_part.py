"""The part of Settings where lists come in: choose files, see what they would do row by row, then bring them in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from send_desk.domain.errors import KnownError
from send_desk.gui.flow import FlowLayout
from send_desk.gui.import_columns import ColumnsForm
from send_desk.gui.import_rows import RowsView
from send_desk.gui.import_work import Kind, Look, bring_in, look, read
from send_desk.gui.jobs import Jobs
from send_desk.gui.look import Look as Colours
from send_desk.gui.metrics import SPACE_2, SPACE_3, SPACE_6, TURN_MS
from send_desk.gui.naming import named
from send_desk.gui.open_case import OpenCase
from send_desk.gui.panes import first_stop
from send_desk.gui.pieces import Kind as Tone
from send_desk.gui.pieces import Message
from send_desk.gui.session import Session
from send_desk.gui.words import Paragraph, Voice, set_role
from send_desk.services.desk import Desk

_SOURCES: Mapping[Kind, tuple[str, str]] = {
    Kind.CASES: ("Lists of children...", "Choose the lists of children"),
    Kind.REGISTER: ("National register of places...", "Choose the national register of establishments"),
    Kind.DIRECTORY: ("Directory of services...", "Choose the directory of services and advisers"),
}
_FILES = "Lists (*.csv *.xlsx *.xlsm *.txt);;All files (*)"
_STEPS = 100


class ImportPart(QWidget):
    """One import at a time. Nothing is written before its button is pressed, and a long one can be stopped."""

    def __init__(self, session: Session, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look: Look | None = None
        self._stopped = threading.Event()
        self._forms: list[ColumnsForm] = []
        self._message = Message(colours, name="settings.import.message")
        self._words = Paragraph()
        self._words.hide()
        self._sources = {kind: self._source(kind) for kind in Kind}
        self._bar = named(QProgressBar(), "settings.import.progress", "How far it is")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        self._stop = _button("settings.import.stop", "Stop")
        self._stop.clicked.connect(self._end)
        self._rows = RowsView(name="settings.import")
        self._columns = QVBoxLayout()
        self._columns.setSpacing(SPACE_3)
        self._again = _button("settings.import.map", "Remember these columns, and look again")
        self._again.clicked.connect(self._map)
        self._go = _button("settings.import.go", "Bring in")
        self._go.setProperty("role", "main")
        self._go.clicked.connect(self._bring_in)
        self._away = _button("settings.import.away", "Leave it")
        self._away.setAccessibleName("Leave it; nothing is brought in")
        self._away.clicked.connect(self._leave)
        self._lay()
        self._show(None)
        session.locking.connect(self._end)

    def take(self, kind: Kind, paths: Sequence[Path]) -> None:
        """Read files and show what they would do."""
        door = self._session.door
        self._message.hide()
        self._show(None)

        def work(desk: Desk) -> Look:
            return look(desk, read(door, kind, paths), watch)

        watch = self._begin(kind, "Reading the files and looking at every row...")
        self._session.ask(work, self._looked, self._failed)

    def _ask(self, kind: Kind) -> None:
        title = _SOURCES[kind][1]
        if kind is Kind.CASES:
            chosen, _ = QFileDialog.getOpenFileNames(self, title, "", _FILES)
        else:
            one, _ = QFileDialog.getOpenFileName(self, title, "", _FILES)
            chosen = [one] if one else []
        if chosen:
            self.take(kind, [Path(name) for name in chosen])

    def _map(self) -> None:
        looked = self._look
        if looked is None:
            return
        said = [form.mapping() for form in self._forms if form.is_changed]
        mappings = [one for one in said if one is not None]
        if len(mappings) < len(said) or not mappings:
            if not said:
                self._message.say("Nothing was changed in the columns. Say what at least one of them holds.")
            return
        self._message.hide()
        watch = self._begin(looked.kind, "Looking at every row again...")
        self._session.ask(lambda desk: look(desk, looked, watch, mappings=mappings), self._looked, self._failed)

    def _bring_in(self) -> None:
        looked = self._look
        if looked is None:
            return
        self._message.hide()
        watch = self._begin(looked.kind, "Bringing in...")
        self._session.ask(lambda desk: bring_in(desk, looked, watch), self._done, self._failed)

    def _begin(self, kind: Kind, words: str) -> Callable[[int, int], bool]:
        """Show that work is under way; return what the worker tells its progress to."""
        self._stopped = threading.Event()
        self._say(words)
        self._bar.setRange(0, 0)
        self._busy(True)
        self._stop.setVisible(kind is Kind.CASES)  # the registers come in whole or not at all
        self._go_to(self._stop if kind is Kind.CASES else self._bar)
        return _watch(self._stopped, self._session.jobs, self._progress)

    def _end(self) -> None:
        self._stopped.set()

    def _progress(self, done: int, total: int) -> None:
        if isValid(self) and self._bar.isVisible():
            self._bar.setRange(0, total)
            self._bar.setValue(done)

    def _looked(self, looked: Look) -> None:
        self._busy(False)
        self._show(looked)
        self._say(looked.words)
        goal = first_stop(self._forms[0]) if self._forms and looked.unknown else self._go
        self._go_to(goal if goal is not None and goal.isVisible() else self._away)
        self._reveal(self._words)

    def _done(self, words: str) -> None:
        self._busy(False)
        kind = self._look.kind if self._look else Kind.CASES
        self._show(None)
        self._message.say(words, kind=Tone.INFO)
        self._go_to(self._sources[kind])
        self._follow()

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        kind = self._look.kind if self._look else Kind.CASES
        self._show(None)
        if isinstance(error, KnownError):
            self._message.say(str(error), kind=Tone.WARN)
        else:
            self._session.tell(error)
        self._go_to(self._sources[kind])
        self._follow()  # a part may have been written before it was stopped

    def _follow(self) -> None:
        self._session.listed.emit()
        for case in self._session.findChildren(OpenCase):
            case.reread()

    def _leave(self) -> None:
        self._message.hide()
        kind = self._look.kind if self._look else Kind.CASES
        self._show(None)
        self._go_to(self._sources[kind])

    def _show(self, looked: Look | None) -> None:
        self._look = looked
        for form in self._forms:
            self._columns.removeWidget(form)
            form.hide()
            form.deleteLater()
        fields = looked.fields or {} if looked else {}
        mapped = [one for one in looked.columns if not one.is_understood] if looked else []
        self._forms = [
            ColumnsForm(one, fields, name=f"settings.import.column.{at + 1}", parent=self)
            for at, one in enumerate(mapped)
        ]
        for form in self._forms:
            self._columns.addWidget(form)
            form.unfolded.connect(self._offer_mapping)
        set_role(self._again, "main" if looked is not None and looked.unknown else "")
        self._offer_mapping()
        self._rows.show_rows(looked.rows if looked else ())
        self._go.setVisible(bool(looked and looked.ready))
        self._go.setText(looked.ready if looked else "")
        self._go.setAccessibleName(looked.ready if looked else "")
        self._away.setVisible(looked is not None)
        self._say("")

    def _offer_mapping(self) -> None:
        self._again.setVisible(any(form.is_open for form in self._forms))

    def _go_to(self, widget: QWidget) -> None:
        """Bring the keyboard to a control, and the page to where it is."""
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._reveal(widget)

    def _reveal(self, widget: QWidget) -> None:
        """Scroll the page to a part of this one, once it has been laid out."""

        def bring() -> None:
            area = self.parentWidget()
            while area is not None and not isinstance(area, QScrollArea):
                area = area.parentWidget()
            if area is not None:
                area.ensureWidgetVisible(widget, 0, SPACE_6)

        QTimer.singleShot(TURN_MS, self, bring)

    def _busy(self, busy: bool) -> None:
        self._bar.setVisible(busy)
        self._stop.setVisible(False)
        for button in (*self._sources.values(), self._go, self._again, self._away):
            button.setEnabled(not busy)

    def _say(self, words: str) -> None:
        self._words.say(words)
        self._words.setVisible(bool(words))

    def _source(self, kind: Kind) -> QPushButton:
        button = _button(f"settings.import.{kind}", _SOURCES[kind][0])
        button.clicked.connect(partial(self._ask, kind))
        return button

    def _lay(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        hint = (
            "From CSV or Excel files: the inspectors' list, SEN2 tables or a list of your own; the national register; "
            "your directory. You see what each row would do before anything is written."
        )
        column.addWidget(Paragraph(hint, Voice.QUIET))
        sources = QWidget()
        flow = FlowLayout(sources, gap=SPACE_2)
        for button in self._sources.values():
            flow.addWidget(button)
        busy = QHBoxLayout()
        busy.setSpacing(SPACE_3)
        busy.addWidget(self._bar, 1)
        busy.addWidget(self._stop)
        ends = QWidget()
        end = FlowLayout(ends, gap=SPACE_2)
        for button in (self._go, self._away):
            end.addWidget(button)
        for part in (sources, self._message, self._words):
            column.addWidget(part)
        column.addLayout(self._columns)
        column.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._rows)
        column.addLayout(busy)
        column.addWidget(ends)
        self._busy(False)


def _watch(stopped: threading.Event, jobs: Jobs, tell: Callable[[int, int], None]) -> Callable[[int, int], bool]:
    def watch(done: int, total: int) -> bool:
        if done % max(1, total // _STEPS) == 0:
            jobs.post(partial(tell, done, total))
        return not stopped.is_set()

    return watch


def _button(name: str, words: str) -> QPushButton:
    button = named(QPushButton(words), name, words.rstrip("."))
    button.setAutoDefault(False)
    return button
