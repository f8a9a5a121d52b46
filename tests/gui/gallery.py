"""All atoms of the window on one page, for the eye and for pictures; no part of the product.

python tests/gui/gallery.py light|dark|high_contrast|system [PICTURE.png]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSpinBox,
    QTableView,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from send_desk.domain.ids import Cell, State
from send_desk.gui.flow import FlowLayout
from send_desk.gui.look import Look
from send_desk.gui.panes import Pane, PaneSwitch
from send_desk.gui.pieces import Chip, Field, Fold, Kind, Message, Rule
from send_desk.gui.rows import Row, quiet_table
from send_desk.gui.strip import ContributionStrip, StripCell, StripRow
from send_desk.gui.strip_delegate import STRIP_ROLE, StripDelegate
from send_desk.gui.theme import ThemeChoice
from send_desk.gui.thread import Column, Gap, Link, Node, Thread
from send_desk.gui.thread_map import ThreadMap
from send_desk.gui.week_bar import WEEK_ROLE, WeekBar, WeekBarDelegate
from send_desk.gui.words import Line, Paragraph, Voice

TAB = int(os.environ.get("GALLERY_TAB", "2"))
THREAD = Thread(
    nodes=(
        Node("A1", Column.ASPIRATION, "A1", "To ride the bus to town on my own"),
        Node("A2", Column.ASPIRATION, "A2", "To have a friend to eat lunch with"),
        Node("B1", Column.NEED, "B1", "Cannot yet tell people when the noise is too much"),
        Node("B2", Column.NEED, "B2", "Understands two information-carrying words"),
        Node("C1", Column.NEED, "C1", "Sleeps four hours"),
        Node("E1", Column.OUTCOME, "E1", "By July 2027 Ava will ask for a break in four lessons of five"),
        Node("E2", Column.OUTCOME, "E2", "By July 2027 Ava will join a game she has chosen"),
        Node("F1", Column.PROVISION, "F1", "Direct speech and language therapy, once a week, 45 minutes"),
        Node("F2", Column.PROVISION, "F2", "A key adult at every change of room"),
    ),
    links=tuple(Link(*pair.split("-")) for pair in ("A1-B1", "A2-B2", "B1-E1", "B2-E2", "E1-F1", "E1-F2", "B2-F1")),
    gaps=(
        Gap("C1", Column.OUTCOME, "No outcome for this need"),
        Gap("E2", Column.PROVISION, "No provision for this outcome"),
    ),
)
RESOURCES = Path(__file__).parents[2] / "resources"
STATES = list(State)
DAYS = {State.REQUESTED: 9, State.ACKNOWLEDGED: 23, State.OVERDUE: 12}


def strip_row(seed: int) -> StripRow:
    """A strip that walks through the states, another for each `seed`."""
    cells = []
    for at, cell in enumerate(Cell):
        state = STATES[(seed + at) % len(STATES)]
        name = cell.value.replace("_", " ").capitalize()
        words = f"{name}: {state.value.replace('_', ' ')}"
        cells.append(StripCell(cell, state, words, f"{words}\nReg 6(1), SI 2014/1530", DAYS.get(state)))
    return StripRow(tuple(cells))


class CaseRows(QAbstractTableModel):
    """A made-up case table of any length."""

    HEADS = ("Name", "Age", "Week", "Contributions", "Next date")

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return self._rows

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return len(self.HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        return self.HEADS[section] if role == 0 and orientation == Qt.Orientation.Horizontal else None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        row, column = index.row(), index.column()
        if role == STRIP_ROLE:
            return strip_row(row)
        if role == WEEK_ROLE:
            return (row * 7) % 26
        if role == Qt.ItemDataRole.DisplayRole:
            return {0: f"Ava Thorn {row}", 1: f"{row % 19} y {row % 12} m", 4: "14 April 2026"}.get(column)
        return None


def case_table(look: Look, rows: int = 40) -> QTableView:
    """A table with the two drawn columns of the case list."""
    view = QTableView()
    model = CaseRows(rows)
    model.setParent(view)
    view.setModel(model)
    view.setItemDelegateForColumn(2, WeekBarDelegate(look, view))
    view.setItemDelegateForColumn(3, StripDelegate(look, view))
    quiet_table(view, row_height=52)
    for column, width in enumerate((150, 90, 170, 250, 120)):
        view.setColumnWidth(column, width)
    view.horizontalHeader().setStretchLastSection(True)
    return view


def _controls(look: Look) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    row = QHBoxLayout()
    main = QPushButton("Print draft")
    main.setProperty("role", "main")
    off = QPushButton("Issue")
    off.setEnabled(False)
    bare = QToolButton()
    bare.setProperty("role", "bare")
    bare.setIcon(look.icon("printer"))
    bare.setToolTip("Print")
    menu = QToolButton()
    menu.setText("Lock")
    menu.setIcon(look.icon("lock"))
    menu.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    for button in (main, QPushButton("Add person"), off, menu, bare):
        row.addWidget(button)
    row.addStretch(1)
    column.addLayout(row)
    fields = QHBoxLayout()
    choice = QComboBox()
    choice.addItems(["Speech and language therapist", "Educational psychologist"])
    number, day = QSpinBox(), QDateEdit()
    day.setCalendarPopup(True)
    name = QLineEdit()
    name.setPlaceholderText("First names")
    for editor in (name, choice, number, day):
        fields.addWidget(editor)
    column.addLayout(fields)
    ticks = QHBoxLayout()
    on = QCheckBox("Receives a copy")
    on.setChecked(True)
    radio = QRadioButton("Maintain")
    radio.setChecked(True)
    for box in (on, QCheckBox("Barred"), radio, QRadioButton("Cease")):
        ticks.addWidget(box)
    ticks.addStretch(1)
    column.addLayout(ticks)
    words = QPlainTextEdit("Direct speech and language therapy, 1:1.\nOnce a week in term time, for 45 minutes.")
    words.setFixedHeight(72)
    column.addWidget(words)
    bar = QProgressBar()
    bar.setValue(40)
    column.addWidget(bar)
    return page


def gallery(look: Look) -> QWidget:
    """The page."""
    page = QWidget()
    page.setProperty("role", "canvas")
    column = QVBoxLayout(page)
    column.setContentsMargins(24, 16, 24, 16)
    column.setSpacing(12)
    column.addWidget(Line("Ava T.", Voice.TITLE))
    column.addWidget(Line("Week 13 of 20, year 4, Hartwell Primary", Voice.QUIET))
    message = Message(look, name="gallery.message")
    message.say(
        "The health advice is 12 days late. Nothing in the plan was changed. Write a chase, or record why it is late.",
        kind=Kind.LATE,
        action="Write a chase",
    )
    column.addWidget(message)
    chips = FlowLayout()
    for words in ("Mine", "Missing health", "Missing social care", "Due this week", "Out of time"):
        chip = Chip(look, words, name=f"gallery.{words}")
        chip.setChecked(words == "Missing health")
        chips.addWidget(chip)
    column.addLayout(chips)
    top = QHBoxLayout()
    for seed in (0, 6):
        strip = ContributionStrip(look)
        strip.show_cells(strip_row(seed).cells)
        top.addWidget(strip)
    for week in (13, 23):
        bar = WeekBar(look)
        bar.show_week(week)
        top.addWidget(bar)
    column.addLayout(top)
    column.addWidget(Line("Special educational provision", Voice.HEADING))
    column.addWidget(
        Paragraph(
            "A speech and language therapist (HCPC registered) will deliver one 1:1 session of 45 minutes each week in "
            "term time, for 38 weeks. The therapist will review progress each term with Ava’s teacher and her family."
        )
    )
    fold = Fold(look, "What must be here", name="gallery.fold")
    fold.add(Paragraph("Provision must be detailed and specific and should normally be quantified (Code 9.69)."))
    fold.set_open(True)
    column.addWidget(fold)
    body = QHBoxLayout()
    left, right = QVBoxLayout(), QVBoxLayout()
    left.addWidget(_controls(look))
    listing = QListWidget()
    listing.addItems(["F3 says “regular”. How many times a week?", "Health advice is overdue by 12 days.", "Josh"])
    listing.setCurrentRow(0)
    tabs = QTabWidget()
    tabs.addTab(listing, "Findings")
    rows = QWidget()
    lines = QVBoxLayout(rows)
    for mark, title, detail, end, colour in (
        (State.OVERDUE, "Health advice for Ava T.", "Asked 3 March 2026, reg 8(1)", "12 days late", "late"),
        ("envelope", "Reply owed to Mrs Thorn", "She rang about the school visit", "today", ""),
        ("calendar-blank", "Decide whether to assess Ben K.", "Reg 5(1): six weeks", "2 April 2026", ""),
    ):
        row = Row(look, name=f"gallery.row.{end}")
        row.say(title, detail, end=end, mark=mark, colour=colour)
        lines.addWidget(row)
        lines.addWidget(Rule())
    lines.addStretch(1)
    tabs.addTab(rows, "My day")
    thread_map = ThreadMap(look)
    thread_map.show_thread(THREAD)
    tabs.addTab(thread_map, "Thread")
    tabs.setCurrentIndex(TAB)
    left.addWidget(tabs)
    table = case_table(look)
    table.selectRow(1)
    right.addWidget(table)
    body.addLayout(left, 2)
    body.addLayout(right, 3)
    column.addLayout(body)
    return page


def panes(look: Look) -> QWidget:
    """A page of three panes, as a plan has."""
    sections = QListWidget()
    sections.addItems(list("ABCDEFG"))
    compact = QComboBox()
    compact.addItems([f"Section {letter}" for letter in "ABCDEFG"])
    plan = QWidget()
    column = QVBoxLayout(plan)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(12)
    message = Message(look, name="gallery.panes.message")
    message.say("Health advice is 12 days late. Nothing in the plan was changed.", kind=Kind.LATE, action="Chase")
    column.addWidget(message)
    column.addWidget(Line("F  Special educational provision", Voice.HEADING))
    strip = ContributionStrip(look)
    strip.show_cells(strip_row(3).cells)
    column.addWidget(strip)
    column.addWidget(Field("&What", QPlainTextEdit("Direct therapy, 1:1"), name="gallery.what", hint="One thing only"))
    column.addWidget(Field("&Who", QLineEdit("Speech and language therapist"), name="gallery.who"))
    column.addWidget(Paragraph("A speech and language therapist will deliver one 1:1 session each week."))
    column.addStretch(1)
    scroll = QScrollArea()
    scroll.setWidget(plan)
    scroll.setWidgetResizable(True)
    findings = QWidget()
    lines = QVBoxLayout(findings)
    for mark, title in ((State.OVERDUE, "F3 says “regular”. How many times a week?"), ("question", "Who is “Josh”?")):
        row = Row(look, name=f"gallery.finding.{title}")
        row.say(title, "L v Clarke and Somerset [1998] ELR 129", mark=mark)
        lines.addWidget(row)
        lines.addWidget(Rule())
    thread_map = ThreadMap(look)
    thread_map.show_thread(THREAD)
    lines.addWidget(thread_map)
    lines.addStretch(1)
    return PaneSwitch(
        (
            Pane("sections", "Sections", sections, 90),
            Pane("plan", "Plan", scroll, 600, 3),
            Pane("findings", "Findings", findings, 320, 1),
        ),
        compact=compact,
    )


def main(theme: str, picture: str | None = None) -> int:
    """Show the page, or write its picture and end."""
    app = QApplication(sys.argv[:1])
    look = Look(app, RESOURCES)
    look.choose(ThemeChoice(theme))
    scroll = QScrollArea()
    page = os.environ.get("GALLERY_PAGE", "atoms")
    scroll.setWidget(panes(look) if page == "panes" else gallery(look))
    scroll.setWidgetResizable(True)
    scroll.setProperty("role", "canvas")
    scroll.show()
    size = app.primaryScreen().size()
    scroll.resize(size)
    if page == "atoms":
        scroll.resize(size if picture is None else QSize(size.width(), scroll.widget().sizeHint().height()))
    if picture is not None:
        QTimer.singleShot(300, lambda: (scroll.grab().save(picture), app.quit()))
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
