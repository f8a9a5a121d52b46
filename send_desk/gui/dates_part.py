"""When: every date of the law in order, done and due, and what happened; a date opens its law in the page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from send_desk.domain.contribution import Contribution
from send_desk.domain.dates import counted, in_words
from send_desk.domain.deadlines import DateLine
from send_desk.domain.ids import EventKind
from send_desk.domain.next_steps import lawful_kinds
from send_desk.domain.rulebook import RuleBook
from send_desk.gui.column_page import Listed, PagePart
from send_desk.gui.date_law_form import DateLawForm
from send_desk.gui.date_words import date_detail, date_end, date_mark, date_title, enders, is_coming
from send_desk.gui.event_form import EventForm
from send_desk.gui.events_list import EventsList
from send_desk.gui.exemption_form import ExemptionForm, may_be_exempt
from send_desk.gui.flow import FlowLayout
from send_desk.gui.inline_form import FormPlace
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2
from send_desk.gui.open_case import OpenCase
from send_desk.gui.pieces import Fold, set_icon
from send_desk.gui.rows import Row
from send_desk.gui.session import Session

_DONE_SHOWN = 2  # of what is done, the latest


class DatesPart(PagePart):
    """The dates of the front page."""

    recorded = Signal(object)
    """Sent with the form whose event or exemption stands in the case now; the form is gone."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("When", parent=parent)
        self._session, self._look = session, look
        self._open: OpenCase | None = None
        self._lines: tuple[DateLine, ...] = ()
        self._earlier_shown = False
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=SPACE_2)
        record = self._button("Record what happened...", "front.record", "note-pencil")
        record.clicked.connect(lambda: self.begin_event())
        self._exempt = self._button("Record an exemption...", "front.exempt", "scales")
        self._exempt.clicked.connect(lambda: self._begin_exemption(None))
        flow.addWidget(record)
        flow.addWidget(self._exempt)
        self._place = FormPlace()
        self._rows: Listed[DateLine, Row] = Listed(_key, self._make, self._fill)
        self._earlier = QPushButton()
        self._earlier.setObjectName("front.dates.earlier")
        self._earlier.setProperty("role", "link")
        self._earlier.setAutoDefault(False)
        self._earlier.clicked.connect(self._show_earlier)
        self._past = Fold(look, "What happened", name="front.events")
        self._past.toggled.connect(self._unfold)
        self._events: EventsList | None = None
        self.body.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self._rows, buttons, self._place, self._past):
            self.body.addWidget(widget)

    def show_case(self, open_case: OpenCase, lines: tuple[DateLine, ...], book: RuleBook) -> None:
        """Show the dates of a case; `lines` is its timetable."""
        if open_case is not self._open:
            self._open = open_case
            self._earlier_shown = False
            self._past.set_open(False)
            self._place.close_form()
        self._lines = lines
        shown = tuple(line for line in lines if line.due is not None)
        done = [line for line in shown if not is_coming(line, self._session.desk.today)]
        hidden = () if self._earlier_shown else tuple(done[:-_DONE_SHOWN])
        self._earlier.setVisible(bool(hidden))
        self._earlier.setText(f"Show {counted(len(hidden), 'earlier date')}")
        self._earlier.setAccessibleName(self._earlier.text())
        self._rows.show_items([line for line in shown if line not in hidden])
        self.say("" if shown else "No date of the law runs yet. Record the day on which the request was received.")
        self._exempt.setVisible(any(may_be_exempt(line, book) for line in shown))
        count = len(open_case.case.events) + len(open_case.case.exemptions)
        self._past.set_title(f"What happened ({count})")
        self._past.setVisible(count > 0)
        if self._events is not None:
            self._show_events(open_case, book)

    @property
    def form_place(self) -> QWidget:
        """Where the forms of this part open."""
        return self._place

    def begin_event(self, kinds: Sequence[EventKind] = ()) -> EventForm | None:
        """Open the form for an event, the first of `kinds` in it, and return it; None where no case is shown."""
        if self._open is None:
            return None
        lawful = tuple(dict.fromkeys((*kinds, *lawful_kinds(self._open.case))))
        form = EventForm(self._session, self._look, lawful, name="front.event", chosen=kinds[0] if kinds else None)
        form.handed_in.connect(partial(self._record, form))
        self._place.open(form)
        return form

    def _begin_exemption(self, chosen: DateLine | None) -> None:
        if self._open is None:
            return
        book = self._session.desk.book(self._open.case)
        lines = [line for line in self._lines if may_be_exempt(line, book)]
        lines.sort(key=lambda line: not line.is_open)
        titled = {
            line: f"{date_title(line, self._contributions)}: by {in_words(line.due)}" for line in lines if line.due
        }
        form = ExemptionForm(self._session, self._look, titled, book, name="front.exemption", chosen=chosen)
        form.handed_in.connect(partial(self._record, form))
        self._place.open(form)

    def _open_line(self, key: str) -> None:
        line = next((one for one in self._lines if _key(one) == key), None)
        if line is None or self._open is None:
            return
        book = self._session.desk.book(self._open.case)
        kinds = enders(line, book) if line.is_open else ()
        form = DateLawForm(
            self._look, line, book, may_record=bool(kinds), may_exempt=may_be_exempt(line, book), name="front.date"
        )
        form.handed_in.connect(lambda: self.begin_event(kinds))
        form.exempt.clicked.connect(lambda: self._begin_exemption(line))
        self._place.open(form)

    def _record(self, form: EventForm | ExemptionForm) -> None:
        work = form.work()
        if work is not None and self._open is not None:
            self._open.do(work, partial(self._done, form))

    def _done(self, form: EventForm | ExemptionForm) -> None:
        self._place.close_form()
        self.recorded.emit(form)

    def _make(self, line: DateLine) -> Row:
        row = Row(self._look, name=f"front.date.{_key(line)}")
        row.clicked.connect(partial(self._open_line, _key(line)))
        return row

    def _fill(self, row: Row, line: DateLine) -> None:
        today = self._session.desk.today
        mark, colour = date_mark(line, today)
        row.say(
            date_title(line, self._contributions),
            date_detail(line),
            end=date_end(line, today),
            mark=mark,
            colour=colour,
        )

    @property
    def _contributions(self) -> tuple[Contribution, ...]:
        return self._open.case.contributions if self._open is not None else ()

    def _show_earlier(self) -> None:
        self._earlier_shown = True
        if self._open is not None:
            self.show_case(self._open, self._lines, self._session.desk.book(self._open.case))

    def _unfold(self, opened: bool) -> None:
        if opened and self._events is None:
            self._events = EventsList()
            self._past.add(self._events)
        if self._events is not None and self._open is not None:
            self._show_events(self._open, self._session.desk.book(self._open.case))

    def _show_events(self, open_case: OpenCase, book: RuleBook) -> None:
        if self._events is not None:
            self._events.show_case(open_case, {rule: limit.title for rule, limit in book.time_limits.items()})

    def _button(self, words: str, name: str, icon: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAccessibleName(words.rstrip("."))
        button.setAutoDefault(False)
        set_icon(button, self._look, icon)
        return button


def _key(line: DateLine) -> str:
    due = line.due.isoformat() if line.due else ""
    return f"{line.rule}.{line.contribution or line.start.id or line.start.on.isoformat()}.{due}"
