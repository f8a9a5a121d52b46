"""The centre of the plan page: one section with its guidance, the answers beside it, its entries, and what to add."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from send_desk.domain.entry import KINDS, Source
from send_desk.domain.ids import EntryKind, Section
from send_desk.gui.add_buttons import AddButtons, offered
from send_desk.gui.entry_forms import FIRST_AREA, KIND_WORDS
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_4
from send_desk.gui.nil_form import resting
from send_desk.gui.open_case import OpenCase
from send_desk.gui.pieces import Rule
from send_desk.gui.plan_view import PlanView
from send_desk.gui.row_column import RowColumn
from send_desk.gui.section_head import SectionHead
from send_desk.gui.words import Paragraph, Voice
from send_desk.services import drafting
from send_desk.services.desk import Desk
from send_desk.services.ports import CaseFile


class SectionEditor(QWidget):
    """One section at a time."""

    opened = Signal(str)
    """Sent with a place outside the plan, such as "register/<case>/health"."""
    trimmed = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case: OpenCase | None = None
        self._view: PlanView | None = None
        self._section = Section.A
        self._head = SectionHead(look)
        self._head.opened.connect(self.opened)
        self._empty = Paragraph("", Voice.QUIET)
        margin = QWidget()
        inner = QVBoxLayout(margin)
        inner.setContentsMargins(SPACE_4, 0, SPACE_4, SPACE_4)
        inner.addWidget(self._empty)
        self._margin = margin
        self._foot, self._low = AddButtons(look), AddButtons(look)
        self._narrow = False
        self.column = RowColumn(look, (self._head, margin), below=self._low)
        self.column.trimmed.connect(self.trimmed)
        self.column.opened.connect(self.opened)
        for buttons in (self._foot, self._low):
            buttons.wanted.connect(self._wanted)
            buttons.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.column, 1)
        whole.addWidget(Rule())
        whole.addWidget(self._foot)

    @property
    def section(self) -> Section:
        """The section that stands here."""
        return self._section

    @property
    def is_shown(self) -> bool:
        """Whether a case is shown at all."""
        return self._case is not None

    def show_section(self, case: OpenCase, view: PlanView, section: Section, *, writer: str) -> None:
        """Show a section of a case from its beginning."""
        self._case, self._section = case, section
        self._frame(view)
        self.column.show_rows(case, view, section, writer=writer)

    def set_narrow(self, narrow: bool) -> None:
        """Let the buttons scroll with the words where the window is low and narrow."""
        if narrow is not self._narrow:
            self._narrow = narrow
            (self._foot if narrow else self._low).clear()
            if self._view is not None:
                self._frame(self._view)

    def clear(self) -> None:
        """Forget the case that was shown, as a lock does."""
        self.column.clear()
        self._case = self._view = None

    def take(self, view: PlanView) -> None:
        """Take a newer snapshot."""
        if self._case is not None:
            self._frame(view)
            self.column.take(view)

    def take_words(self, view: PlanView) -> None:
        """Take a snapshot in which only words differ."""
        if self._case is not None:
            self._view = view
            self.column.take_words(view)

    def focus_first(self) -> None:
        """Bring the keyboard to the first entry, or to the first button where there is none."""
        if not self.column.focus():
            (self._low if self._narrow else self._foot).focus()

    def add_next(self) -> None:
        """Make another entry of the kind that the cursor is in, after it; else of the first kind of the section."""
        entry = self._view.entry(self.column.active) if self._view else None
        if entry is not None and entry.section is self._section:
            self.add(entry.kind, after=entry.id)
        else:
            self.add()

    def add(self, kind: EntryKind | None = None, *, after: str = "") -> None:
        """Make a new entry of a kind (the first of the section, if none is named) and bring the cursor into it."""
        view, section = self._view, self._section
        kinds = offered(view, section) if view else ()
        if self._case is None or view is None or not kinds:
            return
        chosen = kind if kind in kinds else kinds[0]
        behind = view.nothing_found(section)
        fields = resting(behind[0]) if chosen is EntryKind.NIL and behind else {}
        area = FIRST_AREA.get(section) if chosen in (EntryKind.NEED, EntryKind.STRENGTH) else None
        made: list[str] = []

        def work(desk: Desk, file: CaseFile) -> CaseFile:
            grown, entry = drafting.add_entry(desk, file, section, chosen, area=area, fields=fields, after=after)
            made.append(entry.id)
            return grown

        self._case.restructure(f"add {KIND_WORDS[chosen].lower()}", work, lambda: self._arrived(made))

    def _wanted(self, kind: EntryKind | None) -> None:
        if kind is None:
            self._list_papers()
        else:
            self.add(kind)

    def _list_papers(self) -> None:
        """List in K every advice paper that no line names yet, in one step."""
        if self._case is None or self._view is None:
            return
        papers = self._view.unlisted()

        def work(desk: Desk, file: CaseFile) -> CaseFile:
            for paper in papers:
                source = (Source(document=paper.id),)
                file, _ = drafting.add_entry(desk, file, Section.K, EntryKind.ADVICE, sources=source)
            return file

        self._case.restructure("list advice", work)

    def _arrived(self, made: list[str]) -> None:
        if made and self._case is not None:
            self.column.focus(made[0])

    def _frame(self, view: PlanView) -> None:
        self._view = view
        self._head.show_section(view, self._section)
        (self._low if self._narrow else self._foot).offer(view, self._section)
        words = _empty_words(view, self._section)
        self._margin.setVisible(bool(words))
        if words:
            self._empty.say(words)


def _empty_words(view: PlanView, section: Section) -> str:
    """What stands in a section without entries, or in a locked one; empty where the entries speak for themselves."""
    if view.locked(section):
        return (
            "A draft names no school, college or other place, and no type of one: the family says first what it would "
            "like (Children and Families Act 2014 s38(5)). This section opens once the draft has been served."
        )
    if view.case.section(section):
        return ""
    if EntryKind.NIL in KINDS[section] and view.law(section).cells and not view.nothing_found(section):
        return (
            "Nothing is written here yet. That there is nothing to write can be stated once a named professional has "
            "answered that there are no relevant needs."
        )
    return "Nothing is written here yet."
