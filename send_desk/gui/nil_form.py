"""What a "nothing needed" rests on: the answer of a named professional that there are no relevant needs."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QWidget

from send_desk.domain.contribution_state import ContributionStatus
from send_desk.domain.dates import in_words
from send_desk.domain.entry import Entry
from send_desk.gui.choices import Choice
from send_desk.gui.metrics import SPACE_2
from send_desk.gui.open_case import OpenCase
from send_desk.gui.plan_view import PlanView
from send_desk.gui.words import Line, Voice
from send_desk.services import drafting
from send_desk.services.desk import Desk
from send_desk.services.ports import CaseFile


def resting(status: ContributionStatus) -> dict[str, str]:
    """The fields of an entry that rests on an answer: whose, and of what day."""
    line = status.contribution
    if line is None:
        return {}
    return {"contribution": line.id, "on": status.answered.isoformat() if status.answered else ""}


class NilForm(QWidget):
    """A choice among the answers "no relevant needs" beside the section."""

    def __init__(self, case: OpenCase, entry: Entry, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case, self._id, self._label = case, entry.id, ""
        self._offered: tuple[ContributionStatus, ...] = ()
        self._choice: Choice[str] | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE_2)
        self._row.addWidget(Line("Rests on", Voice.SMALL))
        self._row.addStretch(1)

    def set_label(self, label: str) -> None:
        """Name the choice after the entry's place in the plan, as it now is."""
        self._label = label
        if self._choice is not None:
            self._choice.setObjectName(f"entry.{label}.contribution")

    def take(self, view: PlanView, entry: Entry) -> None:
        """Show what the entry rests on, and what else it could rest on."""
        offered = view.nothing_found(entry.section)
        if self._choice is None or offered != self._offered:
            self._offer(offered)
        if self._choice is not None:
            self._choice.choose(entry.value("contribution"))
        self.setVisible(bool(view.law(entry.section).cells))

    def _offer(self, offered: tuple[ContributionStatus, ...]) -> None:
        self._offered = offered
        words = {"": "no answer of a named professional"}
        for one in offered:
            if one.contribution is not None:
                day = f", {in_words(one.answered)}" if one.answered else ""
                words[one.contribution.id] = f"{one.named}{day}"
        if self._choice is not None:
            self._row.removeWidget(self._choice)
            self._choice.deleteLater()
        self._choice = Choice(words, name=f"entry.{self._label}.contribution", says=f"{self._label}: rests on")
        self._choice.activated.connect(self._chosen)
        self._row.insertWidget(1, self._choice)

    def _chosen(self) -> None:
        if self._choice is None:
            return
        wanted = self._choice.value
        status = next((one for one in self._offered if one.contribution and one.contribution.id == wanted), None)
        fields = resting(status) if status else {"contribution": "", "on": ""}
        id_ = self._id

        def work(desk: Desk, file: CaseFile) -> CaseFile:
            entry = next((one for one in file.case.entries if one.id == id_), None)
            if entry is None:
                return file
            return drafting.change_entry(desk, file, replace(entry, fields={**entry.fields, **fields}))

        self._case.restructure(f"what {self._label} rests on", work)
