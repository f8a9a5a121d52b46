"""When: every date of the law in order, done and due, and what happened; a date opens its law in the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from send_desk.domain.advice_words import GROUND_WORDS
from send_desk.domain.dates import counted, in_words
from send_desk.domain.deadlines import DateLine
from send_desk.domain.ids import EventKind
from send_desk.domain.next_steps import lawful_kinds
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.time_limit import LimitKind
from send_desk.gui.column_page import Listed, PagePart
from send_desk.gui.date_law_form import DateLawForm
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
        done = [line for line in shown if not _is_coming(line, self._session.desk.today)]
        hidden = () if self._earlier_shown else tuple(done[:-_DONE_SHOWN])
        self._earlier.setVisible(bool(hidden))
        self._earlier.setText(f"Show {counted(len(hidden), 'earlier date')}")
        self._earlier.setAccessibleName(self._earlier.text())
        self._rows.show_items([line for line in shown if line not in hidden])
        self.say("" if shown else "No date of the law runs yet. Record the day on which the request was received.")
        self._exempt.setVisible(any(may_be_exempt(line, book) for line in shown))
        events = open_case.case.events
        self._past.set_title(f"What happened ({len(events)})")
        self._past.setVisible(bool(events))
        if self._events is not None:
            self._events.show_case(open_case)

    @property
    def form_place(self) -> QWidget:
        """Where the forms of this part open."""
        return self._place

    def begin_event(self, kinds: Sequence[EventKind] = ()) -> None:
        """Open the form for an event; the first of `kinds` stands in it."""
        if self._open is None:
            return
        lawful = tuple(dict.fromkeys((*kinds, *lawful_kinds(self._open.case))))
        form = EventForm(self._session, self._look, lawful, name="front.event", chosen=kinds[0] if kinds else None)
        form.handed_in.connect(partial(self._record, form))
        self._place.open(form)

    def _begin_exemption(self, chosen: DateLine | None) -> None:
        if self._open is None:
            return
        book = self._session.desk.book(self._open.case)
        lines = [line for line in self._lines if may_be_exempt(line, book)]
        lines.sort(key=lambda line: not line.is_open)
        form = ExemptionForm(self._session, self._look, lines, book, name="front.exemption", chosen=chosen)
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
            self._open.do(work, self._place.close_form)

    def _make(self, line: DateLine) -> Row:
        row = Row(self._look, name=f"front.date.{_key(line)}")
        row.clicked.connect(partial(self._open_line, _key(line)))
        return row

    def _fill(self, row: Row, line: DateLine) -> None:
        today = self._session.desk.today
        mark, colour = _mark(line, today)
        row.say(_title(line, self._open), date_detail(line), end=date_end(line, today), mark=mark, colour=colour)

    def _show_earlier(self) -> None:
        self._earlier_shown = True
        if self._open is not None:
            self.show_case(self._open, self._lines, self._session.desk.book(self._open.case))

    def _unfold(self, opened: bool) -> None:
        if opened and self._events is None:
            self._events = EventsList()
            self._past.add(self._events)
        if self._events is not None and self._open is not None:
            self._events.show_case(self._open)

    def _button(self, words: str, name: str, icon: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAccessibleName(words.rstrip("."))
        button.setAutoDefault(False)
        set_icon(button, self._look, icon)
        return button


def enders(line: DateLine, book: RuleBook) -> tuple[EventKind, ...]:
    """Return the events of a case that would meet a date."""
    limit = book.limit(line.rule)
    matches = (*limit.done_by, *(limit.then.done_by if limit.then else ()))
    kinds = (EventKind(match.kind) for match in matches if match.kind in set(EventKind))
    return tuple(dict.fromkeys(kinds))


def date_detail(line: DateLine) -> str:
    """Return the day, "act by" and the law of a date as one line."""
    parts = [in_words(line.due)] if line.due else []
    if line.act_by is not None and line.act_by != line.due and line.done_on is None:
        parts.append(f"act by {in_words(line.act_by)}, the last working day")
    if line.exemption is not None:
        parts.append(f"exempt: {GROUND_WORDS[line.exemption].lower()}; the original date stays")
    kind = {LimitKind.GUIDANCE: "guidance", LimitKind.TARGET: "our own target", LimitKind.WINDOW: "the family's time"}
    parts.append(", ".join(part for part in (kind.get(line.kind, ""), line.citation) if part))
    return "  ·  ".join(parts)


def date_end(line: DateLine, today: date) -> str:
    """Return the short word at the end: done, days left, days late."""
    if line.done_on is not None:
        late = f", {counted(line.late_days, 'day')} late" if line.late_days else ""
        return f"done {in_words(line.done_on)}{late}"
    if line.due is None or not line.is_open:
        return "" if line.due is None or line.due >= today else "over"
    if line.late_days:
        return f"{counted(line.late_days, 'day')} late"
    days = (line.due - today).days
    return "due today" if days == 0 else f"{counted(days, 'day')} left"


def _mark(line: DateLine, today: date) -> tuple[str, str]:
    if line.done_on is not None:
        return "check", "late" if line.late_days else "answered"
    if line.exemption is not None:
        return "scales", "lawful"
    if line.is_open and line.late_days:
        return "warning-circle", "late"
    if line.is_open:
        return "clock", "waiting" if line.due is not None and (line.due - today).days <= 14 else ""
    return "calendar-blank", ""


def _is_coming(line: DateLine, today: date) -> bool:
    """Whether somebody still waits for this date: open, or a window that is not over."""
    return line.is_open or (line.done_on is None and line.due is not None and line.due >= today)


def _title(line: DateLine, open_case: OpenCase | None) -> str:
    if not line.contribution or open_case is None:
        return line.title
    found = next((one for one in open_case.case.contributions if one.id == line.contribution), None)
    who = found.adviser.name or found.adviser.role or str(found.cell).replace("_", " ") if found else ""
    return f"{line.title}: {who}" if who else line.title


def _key(line: DateLine) -> str:
    return f"{line.rule}.{line.contribution or line.start.id or line.start.on.isoformat()}.{line.ends_with[:12]}"
