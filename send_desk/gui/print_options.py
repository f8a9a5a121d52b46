"""What is asked before a draft is printed: served on which day, for whom, with which findings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from send_desk.domain.finding import Finding
from send_desk.gui.choices import Choice
from send_desk.gui.date_field import DateField
from send_desk.gui.door import DraftWish
from send_desk.gui.findings_order import WEIGHT_WORDS, place_words
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_3
from send_desk.gui.pieces import Field, Fold
from send_desk.gui.plan_view import PlanView

_PAUSE_MS = 400


class PrintOptions(QWidget):
    """The choices; `changed` is sent a moment after the last of them."""

    changed = Signal()

    def __init__(self, look: Look, *, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: PlanView | None = None
        self._people: Choice[str] | None = None
        self._whom: Field | None = None
        self._findings: tuple[Finding, ...] = ()
        self._served = DateField(
            look,
            "Served on",
            name="print.served",
            today=today,
            hint="The family has 15 days from then. Leave it empty for a draft that is not sent yet.",
        )
        self._served.changed.connect(self._tell)
        self._fold = Fold(look, "Findings to print: none", name="print.findings")
        self._list = QListWidget()
        self._list.setObjectName("print.findings.list")
        self._list.setAccessibleName("Findings to print")
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMinimumHeight(140)
        self._list.itemChanged.connect(self._count)
        self._fold.add(self._list)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_3)
        self._column.addWidget(self._served)
        self._column.addWidget(self._fold)

    @property
    def wish(self) -> DraftWish:
        """What is chosen."""
        items = (self._list.item(at) for at in range(self._list.count()))
        ticked = [item.checkState() == Qt.CheckState.Checked for item in items]
        findings = tuple(one for one, chosen in zip(self._findings, ticked, strict=False) if chosen)
        return DraftWish(self._served.day, self._people.value if self._people else "", findings)

    @property
    def whom(self) -> str:
        """For whom the draft is, in words: "Carol Thornley (mother)"; empty for nobody in particular."""
        person = next((one for one in self._view.case.people if one.id == self.wish.to), None) if self._view else None
        if person is None:
            return ""
        return f"{person.name} ({person.relation})" if person.relation else person.name

    def show_view(self, view: PlanView) -> None:
        """Offer the people and the findings of a case."""
        same = self._view is not None and self._view.case.id == view.case.id
        kept = self.wish if same else DraftWish()
        self._view = view
        people = {"": "Nobody in particular"}
        people.update({one.id: f"{one.name}, {one.relation}" if one.relation else one.name for one in view.case.people})
        if self._whom is not None:
            self._column.removeWidget(self._whom)
            self._whom.hide()
            self._whom.deleteLater()
        self._people = Choice(people, name="print.to", says="For")
        self._people.choose(kept.to)
        self._people.currentIndexChanged.connect(self._tell)
        self._whom = Field("For", self._people, name="print.to")
        self._column.insertWidget(1, self._whom)
        if not same:
            self._served.set_day(None)
        self._offer(view, {one.id for one in kept.findings})
        self._pause.stop()

    def _offer(self, view: PlanView, ticked: set[str]) -> None:
        self._findings = view.open_findings
        self._list.blockSignals(True)
        self._list.clear()
        for one in self._findings:
            item = QListWidgetItem(f"{place_words(view, one)}, {WEIGHT_WORDS[one.severity].lower()}: {one.reason}")
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.id in ticked else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._list.blockSignals(False)
        self._say_count()

    def _count(self) -> None:
        self._say_count()
        self._tell()

    def _say_count(self) -> None:
        count = len(self.wish.findings)
        self._fold.set_title(f"Findings to print: {count or 'none'}")
        self._fold.setVisible(bool(self._findings))

    def _tell(self) -> None:
        self._pause.start()
