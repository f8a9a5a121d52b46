"""Where the words of an entry come from: the line "From", and under it, when wanted, the place to add and take away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QToolButton, QVBoxLayout, QWidget

from send_desk.domain.case import Document
from send_desk.domain.entry import Entry, Source
from send_desk.gui.choices import Choice
from send_desk.gui.flow import FlowLayout
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1, SPACE_2
from send_desk.gui.pieces import Field, set_icon
from send_desk.gui.plan_view import PlanView
from send_desk.gui.words import Paragraph, Voice
from send_desk.gui.wrapped import Wrapped
from send_desk.gui.writing import Writing


class SourceLine(QWidget):
    """The sources of an entry in words, with a button that opens the editor under them."""

    changed = Signal(object)
    """Sent with the new tuple of `Source`."""

    def __init__(self, look: Look, label: str, *, writer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._label, self._writer = look, label, writer
        self._view: PlanView | None = None
        self._sources: tuple[Source, ...] = ()
        self._editor: SourceEditor | None = None
        self._words = Wrapped(look, small=True)
        self._button = QPushButton("Sources")
        self._button.setProperty("role", "link")
        self._button.setCheckable(True)
        self._button.toggled.connect(self._turn)
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self._words, 1)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_1)
        self._column.addLayout(row)
        self.set_label(label)

    def set_label(self, label: str) -> None:
        """Name the button after the entry's place in the plan, as it now is."""
        self._label = label
        self._button.setObjectName(f"entry.{label}.sources")
        self._button.setAccessibleName(f"{label}: sources")

    def show_sources(self, view: PlanView, entry: Entry) -> None:
        """Say where an entry comes from."""
        self._view, self._sources = view, entry.sources
        said = "; ".join(view.source_words(source) for source in entry.sources)
        self._words.say(f"From {said}" if said else "From: no source is named yet")
        self._button.setText("Sources" if entry.sources else "Add a source")
        if self._editor is not None:
            self._editor.show_sources(view, entry.sources)

    def open(self) -> None:
        """Show the editor and bring the keyboard into it."""
        self._button.setChecked(True)

    def _turn(self, opened: bool) -> None:
        if opened and self._editor is None and self._view is not None:
            self._editor = SourceEditor(self._look, self._label, writer=self._writer)
            self._editor.show_sources(self._view, self._sources)
            self._editor.changed.connect(self.changed)
            self._column.addWidget(self._editor)
        if self._editor is not None:
            self._editor.setVisible(opened)
            if opened:
                self._editor.focus()


class SourceEditor(QWidget):
    """The sources one by one, each to be taken away, and a form for another: a paper with page and quote, or the
    writer's own judgement. It says whether the quoted words stand on the page.
    """

    changed = Signal(object)

    def __init__(self, look: Look, label: str, *, writer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._writer = look, writer
        self._name = f"entry.{label}.source"
        self._papers: tuple[Document, ...] = ()
        self._sources: tuple[Source, ...] = ()
        self._paper: Choice[str] | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE_1)
        self._form = QVBoxLayout()
        self._form.setSpacing(SPACE_2)
        self._page = QSpinBox()
        self._page.setRange(0, 9_999)
        self._page.setSpecialValueText("no page")
        self._page.valueChanged.connect(self._look_up)
        self._quote = Writing(least=1, most=6)
        self._quote.setPlaceholderText("the words of the paper that this rests on")
        self._quote.textChanged.connect(self._look_up)
        self._quoted = Field("Quote", self._quote, name=f"{self._name}.quote")
        self._add = QPushButton("Add this source")
        self._add.setObjectName(f"{self._name}.add")
        self._add.clicked.connect(self._add_paper)
        self._judge = QPushButton("It is my own judgement")
        self._judge.setObjectName(f"{self._name}.judgement")
        self._judge.clicked.connect(self._add_judgement)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_2, 0, 0, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addLayout(self._list)
        column.addLayout(self._form)
        self._none = Paragraph(
            "There is no paper on this case yet. Add advice under Papers on the front page, then quote from it here.",
            Voice.SMALL,
        )
        column.addWidget(self._none)
        self._beside = QWidget()
        beside = QHBoxLayout(self._beside)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(SPACE_2)
        self._form.addWidget(self._beside)
        self._form.addWidget(self._quoted)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self._add)
        flow.addWidget(self._judge)
        column.addWidget(buttons)
        self._beside_row = beside

    def show_sources(self, view: PlanView, sources: tuple[Source, ...]) -> None:
        """Show the sources and the papers to choose from."""
        self._sources = sources
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for at, source in enumerate(sources):
            self._list.addWidget(self._line(at, view.source_words(source)))
        if view.case.documents != self._papers or self._paper is None:
            self._offer(view.case.documents)
        for widget in (self._beside, self._quoted, self._add):
            widget.setVisible(bool(self._papers))
        self._none.setVisible(not self._papers)
        self._judge.setVisible(not any(source.judgement for source in sources))

    def focus(self) -> None:
        """Bring the keyboard to the first field."""
        goal = self._paper if self._paper is not None and self._papers else self._judge
        goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, at: int, words: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Paragraph(words, Voice.SMALL), 1)
        button = QToolButton()
        button.setObjectName(f"{self._name}.remove.{at + 1}")
        button.setAccessibleName(f"Take away the source: {words}")
        button.setToolTip("Take this source away")
        button.setProperty("role", "bare")
        set_icon(button, self._look, "x")
        button.clicked.connect(partial(self._remove, at))
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _offer(self, papers: tuple[Document, ...]) -> None:
        while (item := self._beside_row.takeAt(0)) is not None:
            if (old := item.widget()) is not None and old is not self._page:
                old.hide()
                old.deleteLater()
        self._papers = papers
        self._paper = Choice(
            {paper.id: paper.title or paper.name for paper in papers}, name=f"{self._name}.paper", says="Paper"
        )
        self._paper.currentIndexChanged.connect(self._look_up)
        self._beside_row.addWidget(Field("Paper", self._paper, name=f"{self._name}.paper"), 3)
        self._beside_row.addWidget(Field("Page", self._page, name=f"{self._name}.page"), 1)

    def _look_up(self) -> None:
        paper, quote = self._chosen(), _plain(self._quote.words)
        if paper is None or not quote or not paper.pages:
            self._quoted.set_hint("")
            return
        pages = [number for number, text in enumerate(paper.pages, start=1) if quote in _plain(text)]
        page = self._page.value()
        if not pages:
            self._quoted.set_hint("These words do not stand in the text of the paper. Please look again.")
        elif page == 0 or page in pages:
            self._quoted.set_hint(f"These words stand on page {pages[0] if page == 0 else page}.")
        else:
            self._quoted.set_hint(f"These words stand on page {pages[0]}, not on page {page}.")

    def _chosen(self) -> Document | None:
        if self._paper is None or not self._papers:
            return None
        return next((one for one in self._papers if one.id == self._paper.value), None)

    def _add_paper(self) -> None:
        paper = self._chosen()
        if paper is None:
            return
        quote = " ".join(self._quote.words.split())
        page = self._page.value() or self._page_of(paper, quote)
        self._quote.begin_with("")
        self._page.setValue(0)
        self.changed.emit((*self._sources, Source(paper.id, page or None, quote)))

    def _page_of(self, paper: Document, quote: str) -> int:
        wanted = _plain(quote)
        pages = enumerate(paper.pages, start=1)
        return next((number for number, text in pages if wanted and wanted in _plain(text)), 0)

    def _add_judgement(self) -> None:
        self.changed.emit((*self._sources, Source(judgement=True, by=self._writer)))

    def _remove(self, at: int) -> None:
        self.changed.emit((*self._sources[:at], *self._sources[at + 1 :]))


def _plain(words: str) -> str:
    """Words for comparing: one space between them, no capitals, one kind of quotation mark."""
    return " ".join(words.split()).casefold().replace("’", "'").replace("“", '"').replace("”", '"')
