"""One entry of the plan as a row: its label and links, its fields, the sentence that will be printed, its sources."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from send_desk.domain.entry import Entry, Links, Source
from send_desk.domain.ids import Area, EntryKind, Voice
from send_desk.domain.provision_sentence import outcome_sentence, provision_sentence
from send_desk.gui.choices import Choice
from send_desk.gui.conflict_mark import ConflictMark, is_open
from send_desk.gui.entry_form import EntryForm
from send_desk.gui.entry_forms import AREA_WORDS, KIND_WORDS, VOICE_WORDS, WITH_AREA, WITH_SOURCES, WITH_VOICE
from send_desk.gui.links_editor import LinkButton, can_link, link_words
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1, SPACE_2, SPACE_3, SPACE_4
from send_desk.gui.nil_form import NilForm
from send_desk.gui.open_case import OpenCase
from send_desk.gui.pieces import set_icon
from send_desk.gui.plan_view import PlanView
from send_desk.gui.reason_field import ReasonField
from send_desk.gui.source_editor import SourceLine
from send_desk.gui.style import text_font
from send_desk.gui.words import Line, ShortLine
from send_desk.gui.words import Voice as Set
from send_desk.gui.wrapped import Wrapped
from send_desk.services import drafting
from send_desk.services.desk import Desk
from send_desk.services.ports import CaseFile


class EntryRow(QWidget):
    """An entry with everything that can be done to it. Words go to the open case as they are typed; links, area,
    voice, sources, moving and removing are changes of structure, with undo.
    """

    trimmed = Signal(str)
    opened = Signal(str)
    """Sent with a place outside the plan: that of a conflict."""

    def __init__(
        self, look: Look, case: OpenCase, view: PlanView, entry: Entry, *, writer: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._case, self._view, self._entry = look, case, view, entry
        self._active = False
        self._dirty = False
        label = view.labels[entry.id]
        self._label = Line(label)
        self._label.setFont(text_font(bold=True))
        self._area: Choice[Area | None] | None = None
        self._voice: Choice[Voice | None] | None = None
        self._links: LinkButton | None = None
        self._linked: ShortLine | None = None
        self._sentence = Wrapped(look) if entry.kind in (EntryKind.PROVISION, EntryKind.OUTCOME) else None
        self._reason = ReasonField(case, entry) if entry.kind is EntryKind.NEED else None
        self._sources = SourceLine(look, label, writer=writer) if entry.kind in WITH_SOURCES else None
        self._nil = NilForm(case, entry) if entry.kind is EntryKind.NIL else None
        self._form = EntryForm(look, case, entry, label, today=view.today)
        self._menu = QToolButton()
        self._conflict: ConflictMark | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(self._head())
        if self._nil is not None:
            column.addWidget(self._nil)
        column.addWidget(self._form)
        for part in (self._sentence, self._reason, self._sources):
            if part is not None:
                column.addWidget(part)
        self._connect()
        self._name(label)
        self.take(view)

    @property
    def entry(self) -> Entry:
        """The entry as last seen in a snapshot."""
        return self._entry

    @property
    def form(self) -> EntryForm:
        """The editors."""
        return self._form

    @property
    def printed(self) -> str:
        """The sentence that will be printed, as it stands under the fields."""
        return self._sentence.words if self._sentence is not None else ""

    def take(self, view: PlanView) -> None:
        """Take a newer snapshot in which the entry still stands."""
        entry = view.entry(self._entry.id)
        if entry is None:
            return
        self._view, self._entry = view, entry
        label = view.labels[entry.id]
        if label != self._label.text():
            self._name(label)
        self._form.take(entry)
        if self._links is not None:
            self._links.show_links(view, entry)
        if self._linked is not None:
            self._linked.say(link_words(view, entry))
        if self._area is not None:
            self._area.choose(entry.area)
        if self._voice is not None:
            self._voice.choose(entry.voice)
        if self._sources is not None:
            self._sources.show_sources(view, entry)
        if self._reason is not None:
            self._reason.take(view, entry)
        if self._nil is not None:
            self._nil.take(view, entry)
        self._mark_conflict(label)
        self._say()

    def set_active(self, active: bool) -> None:
        """Mark the row that the cursor is in; leaving it lets what was typed become a revision."""
        if active == self._active:
            return
        self._active = active
        self.update()
        if active:
            self._case.take_up(self._entry.id)
            return
        if self._dirty:
            self._dirty = False
            self._case.leave(self._entry.id)
        self._case.put_down(self._entry.id)

    def focus(self, field: str = "", *, quote: str = "") -> None:
        """Bring the cursor into a field of the entry, or to its links or sources."""
        match field:
            case "links" if self._links is not None:
                self._links.setFocus(Qt.FocusReason.OtherFocusReason)
            case "sources" if self._sources is not None:
                self._sources.open()
            case "area" if self._area is not None:
                self._area.setFocus(Qt.FocusReason.OtherFocusReason)
            case "voice" if self._voice is not None:
                self._voice.setFocus(Qt.FocusReason.OtherFocusReason)
            case _:
                self._form.focus(field, quote=quote)

    def shift(self, by: int) -> None:
        """Move the entry up (-1) or down (+1) in its section."""
        entry = self._entry.id
        self._case.restructure(
            f"move {self._label.text()}", lambda desk, file: drafting.move_entry(desk, file, entry, by=by)
        )

    def remove(self) -> None:
        """Take the entry away; Ctrl+Z brings it back."""
        entry = self._entry.id
        self._case.restructure(
            f"remove {self._label.text()}", lambda desk, file: drafting.remove_entry(desk, file, entry)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._active:
            painter = QPainter(self)
            painter.fillRect(0, SPACE_1, 3, self.height() - 2 * SPACE_1, QColor(self._look.tokens.accent))

    def _mark_conflict(self, label: str) -> None:
        """Show under the head that two versions stand, or that this was combined; made where it is first wanted."""
        file, id_ = self._case.file, self._entry.id
        if self._conflict is None:
            if not is_open(file, id_):
                return
            self._conflict = ConflictMark(self._look, self)
            self._conflict.clicked.connect(lambda: self.opened.emit(f"conflict/{file.case.id}/{id_}"))
            column = self.layout()
            if isinstance(column, QVBoxLayout):
                column.insertWidget(1, self._conflict, 0, Qt.AlignmentFlag.AlignLeft)
        self._conflict.show_entry(file, id_, label)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        head.addWidget(self._label)
        kind = self._entry.kind
        if kind is not EntryKind.PROVISION:
            head.addWidget(Line(KIND_WORDS[kind], Set.SMALL))
        if kind in WITH_AREA:
            self._area = Choice(AREA_WORDS, name="", says="Area of need")
            head.addWidget(self._area)
        if kind in WITH_VOICE:
            self._voice = Choice(VOICE_WORDS, name="", says="Whose words")
            head.addWidget(self._voice)
        if can_link(kind):
            self._links = LinkButton()
            head.addWidget(self._links)
        elif kind in (EntryKind.NEED, EntryKind.ASPIRATION):
            self._linked = ShortLine("", Set.SMALL)
            head.addWidget(self._linked)
        head.addStretch(1)
        self._menu.setProperty("role", "bare")
        self._menu.setToolTip("Move or remove")
        set_icon(self._menu, self._look, "dots-three")
        self._menu.clicked.connect(self._open_menu)
        head.addWidget(self._menu)
        return head

    def _open_menu(self) -> None:
        """Show what else can be done, in a menu that is made when it is wanted."""
        menu = QMenu(self._menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Move up", lambda: self.shift(-1))
        menu.addAction("Move down", lambda: self.shift(1))
        menu.addAction("Remove", self.remove)
        menu.popup(self._menu.mapToGlobal(QPoint(0, self._menu.height())))

    def _connect(self) -> None:
        self._form.written.connect(self._written)
        self._form.trimmed.connect(self.trimmed)
        if self._links is not None:
            self._links.chosen.connect(self._link)
        if self._area is not None:
            self._area.activated.connect(self._set_area)
        if self._voice is not None:
            self._voice.activated.connect(self._set_voice)
        if self._sources is not None:
            self._sources.changed.connect(self._set_sources)
        if self._reason is not None:
            self._reason.written.connect(self._written)

    def _name(self, label: str) -> None:
        self.setObjectName(f"entry.{label}")
        self.setAccessibleName(f"{KIND_WORDS[self._entry.kind]} {label}")
        self._label.setText(label)
        self._form.set_label(label)
        self._menu.setObjectName(f"entry.{label}.menu")
        self._menu.setAccessibleName(f"{label}: move or remove")
        for widget, part, says in (
            (self._area, "area", "area of need"),
            (self._voice, "voice", "whose words"),
            (self._links, "links", "links"),
        ):
            if widget is not None:
                widget.setObjectName(f"entry.{label}.{part}")
                widget.setAccessibleName(f"{label}: {says}")
        for named in (self._sources, self._reason, self._nil):
            if named is not None:
                named.set_label(label)

    def _written(self) -> None:
        self._dirty = True
        self._say()

    def _say(self) -> None:
        """Let the printed sentence follow the fields."""
        if self._sentence is None:
            return
        shown = self._form.shown
        if shown.kind is EntryKind.OUTCOME:
            words = outcome_sentence(shown, self._view.case.child)
            lacking = "The sentence for print appears here once “Will” is filled."
        else:
            words = provision_sentence(shown)
            lacking = "The sentence for print appears here once “What” is filled."
        self._sentence.say(words or lacking, small=not words)

    def _change(self, title: str, **changes: object) -> None:
        id_ = self._entry.id

        def work(desk: Desk, file: CaseFile) -> CaseFile:
            entry = next((one for one in file.case.entries if one.id == id_), None)
            return file if entry is None else drafting.change_entry(desk, file, replace(entry, **changes))  # type: ignore[arg-type]  # each caller names a field of Entry with its own type

        self._case.restructure(f"{title} of {self._label.text()}", work)

    def _link(self, links: Links) -> None:
        self._change("links", links=links)

    def _set_area(self) -> None:
        if self._area is not None and self._area.value is not self._entry.area:
            self._change("area", area=self._area.value)

    def _set_voice(self) -> None:
        if self._voice is not None and self._voice.value is not self._entry.voice:
            self._change("voice", voice=self._voice.value)

    def _set_sources(self, sources: tuple[Source, ...]) -> None:
        self._change("sources", sources=sources)
