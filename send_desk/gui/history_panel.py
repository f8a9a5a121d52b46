"""What was done to the entry that the cursor is in: by whom, when, word by word; any state can be brought back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from send_desk.domain.dates import in_words
from send_desk.domain.differences import word_differences
from send_desk.domain.entry import Entry
from send_desk.domain.ids import EntryKind, RecordKind
from send_desk.gui.changed_words import changed_words
from send_desk.gui.entry_forms import form_of
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_2, SPACE_3
from send_desk.gui.open_case import OpenCase
from send_desk.gui.plan_view import PlanView
from send_desk.gui.session import Session
from send_desk.gui.words import Paragraph, Voice
from send_desk.services import drafting
from send_desk.services.desk import Desk
from send_desk.services.encoding import Row, record_from
from send_desk.services.ports import CaseFile
from send_desk.services.reading import FieldChange, PastChange, history

_NAMES: Mapping[str, str] = {
    "text": "Words",
    "area": "Area",
    "voice": "Whose words",
    "sources": "Sources",
    "order": "Place in the section",
    "not_met_because": "Not met because",
    "links.needs": "Needs it meets",
    "links.outcomes": "Outcomes it works towards",
    "links.aspirations": "Aspirations it serves",
    "section": "Section",
    "kind": "Kind",
}
_QUIET = frozenset({"order", "section", "kind"})
_KINDS_WITH_FIELDS = (EntryKind.PROVISION, EntryKind.OUTCOME, EntryKind.HOW_VIEWS, EntryKind.PLACEMENT)


class HistoryPanel(QWidget):
    """The list of changes, newest first; under it the words that came (underlined) and went (struck through)."""

    def __init__(self, look: Look, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._session = look, session
        self._case: OpenCase | None = None
        self._view: PlanView | None = None
        self._entry = ""
        self._asked: object = None
        self._past: tuple[PastChange, ...] = ()
        self._title = Paragraph("", Voice.QUIET)
        self._list = QListWidget()
        self._list.setObjectName("history.list")
        self._list.setAccessibleName("Changes of this entry, the newest first")
        self._list.setProperty("role", "bare")
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentRowChanged.connect(self._show)
        self._words = QTextBrowser()
        self._words.setObjectName("history.words")
        self._words.setAccessibleName("What this change did")
        self._words.setOpenLinks(False)
        self._restore = QPushButton("Bring this state back")
        self._restore.setObjectName("history.restore")
        self._restore.clicked.connect(self._bring_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self._title)
        column.addWidget(self._list, 2)
        column.addWidget(self._words, 3)
        column.addWidget(self._restore, 0, Qt.AlignmentFlag.AlignLeft)
        look.changed.connect(self._redraw)
        self._say_nothing()

    def show_case(self, case: OpenCase | None, view: PlanView | None) -> None:
        """Take another case, or none."""
        self._case, self._view, self._entry, self._asked = case, view, "", None
        self._say_nothing()

    def take(self, view: PlanView) -> None:
        """Take a newer snapshot; the history is asked for anew where the entry has a new revision."""
        self._view = view
        self._ask()

    def show_entry(self, entry: str) -> None:
        """Show the history of an entry."""
        if entry != self._entry:
            self._entry = entry
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def _ask(self) -> None:
        case, view, id_ = self._case, self._view, self._entry
        if case is None or view is None or not self.isVisible():
            return
        entry = view.entry(id_)
        if entry is None:
            self._say_nothing()
            return
        now = (id_, entry)
        if now == self._asked:
            return
        self._asked = now
        self._session.ask(
            lambda desk: history(desk, case.case.id, id_), partial(self._arrived, id_), latest="plan.history"
        )

    def _arrived(self, entry: str, past: tuple[PastChange, ...]) -> None:
        if entry != self._entry or self._view is None:
            return
        label = self._view.labels.get(entry, "")
        self._past = past
        self._title.say(f"{label}: {len(past)} {'change' if len(past) == 1 else 'changes'}, the newest first.")
        self._list.clear()
        for one in past:
            self._list.addItem(QListWidgetItem(f"{_moment(one.at)}, {one.by}\n{_named(one)}"))
        for widget in (self._list, self._words, self._restore):
            widget.setVisible(bool(past))
        self._list.setCurrentRow(0)

    def _say_nothing(self) -> None:
        self._past = ()
        self._list.clear()
        self._title.say("Put the cursor into an entry; its changes appear here.")
        for widget in (self._list, self._words, self._restore):
            widget.hide()

    def _show(self, row: int) -> None:
        if not 0 <= row < len(self._past):
            return
        one, tokens = self._past[row], self._look.tokens
        shown = (self._readable(change, one.before, one.state) for change in _shown(one))
        self._words.setHtml("".join(_html(change, tokens.answered, tokens.late) for change in shown))
        self._restore.setEnabled(row > 0 and not one.deleted)
        self._restore.setToolTip("This is how it stands now." if row == 0 else "")

    def _readable(self, change: FieldChange, before: Mapping[str, object], after: Mapping[str, object]) -> FieldChange:
        """Say ids as people know them: links by their labels, sources by their papers."""
        if self._view is None or not (change.field == "sources" or change.field.startswith("links.")):
            return change
        said = (self._said(change.field, state) for state in (before, after))
        return FieldChange(change.field, word_differences(*said))

    def _said(self, field: str, state: Mapping[str, object]) -> str:
        value = state.get(field)
        if self._view is None or not isinstance(value, list):
            return ""
        if field == "sources":
            entry: Entry = record_from(Row(RecordKind.ENTRY, self._entry, state))
            return "; ".join(self._view.source_words(source) for source in entry.sources)
        return ", ".join(self._view.labels.get(str(one), "an entry that is gone") for one in value)

    def _redraw(self) -> None:
        self._show(self._list.currentRow())

    def _bring_back(self) -> None:
        row, case = self._list.currentRow(), self._case
        if case is None or not 0 <= row < len(self._past):
            return
        past: Entry = record_from(Row(RecordKind.ENTRY, self._entry, self._past[row].state))

        def work(desk: Desk, file: CaseFile) -> CaseFile:
            now = next((one for one in file.case.entries if one.id == past.id), None)
            if now is None:
                return file
            back = replace(past, order=now.order, section=now.section, kind=now.kind)
            return drafting.restore_entries(desk, file, old=(back,), new=(now,))

        case.restructure("bring back an earlier state", work)


def _moment(at: datetime) -> str:
    local = at.astimezone()
    return f"{in_words(local.date())}, {local:%H:%M}"


def _shown(one: PastChange) -> tuple[FieldChange, ...]:
    loud = tuple(change for change in one.changes if change.field not in _QUIET)
    return loud or one.changes


def _named(one: PastChange) -> str:
    if one.deleted:
        return "taken away"
    if not one.changes:
        return "brought together, or confirmed"
    return ", ".join(dict.fromkeys(field_words(change.field) for change in _shown(one))) or "no words changed"


def field_words(field: str) -> str:
    """The name of a field as people read it."""
    if field in _NAMES:
        return _NAMES[field]
    bare = field.removeprefix("fields.")
    for kind in _KINDS_WITH_FIELDS:
        for form in form_of(kind):
            if form.name == bare:
                return form.label
    return bare.replace("_", " ").capitalize()


def _html(change: FieldChange, came: str, went: str) -> str:
    words = changed_words(change.stretches, came, went)
    return f"<p><b>{escape(field_words(change.field))}</b><br>{words or '(empty)'}</p>"
