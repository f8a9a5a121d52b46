"""The law behind one date, in the page: what must be done, counted from when, where it stands, how sure that is."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from send_desk.domain.advice_words import CONFIRMED_WORDS, GROUND_WORDS
from send_desk.domain.dates import in_words
from send_desk.domain.deadlines import DateLine
from send_desk.domain.event_words import EVENT_WORDS
from send_desk.domain.ids import EventKind
from send_desk.domain.rulebook import RuleBook
from send_desk.gui.fact_sheet import FactSheet
from send_desk.gui.inline_form import InlineForm
from send_desk.gui.look import Look


class DateLawForm(InlineForm):
    """What the law says of a date; the main button records what happened, `exempt` an exemption."""

    def __init__(
        self,
        look: Look,
        line: DateLine,
        book: RuleBook,
        *,
        may_record: bool,
        may_exempt: bool,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, line.title, name=name, main="Record what happened...", parent=parent)
        self.main.setVisible(may_record)
        self.exempt = QPushButton("Record an exemption...")
        self.exempt.setObjectName(f"{name}.exempt")
        self.exempt.setAccessibleName("Record an exemption from this time limit")
        self.exempt.setAutoDefault(False)
        self.exempt.setVisible(may_exempt)
        self.buttons.insertWidget(1, self.exempt)
        self.away.setText("Close")
        self.away.setAccessibleName("Close the law of this date")
        facts = FactSheet(look)
        facts.say(
            [
                ("What ends it", _capital(line.ends_with), ""),
                ("Counted from", f"{_start(line)}, {in_words(line.start.on)}", ""),
                ("Original date", in_words(line.due) if line.due else "As soon as practicable", ""),
                ("Act by", in_words(line.act_by) if line.act_by else "", ""),
                ("Exemption", GROUND_WORDS[line.exemption] if line.exemption else "", ""),
                ("Law", line.citation, ""),
                ("How sure", _sure(line, book), ""),
                ("Note", line.note, ""),
            ]
        )
        self.body.addWidget(facts)


def _sure(line: DateLine, book: RuleBook) -> str:
    return f"{_capital(CONFIRMED_WORDS[line.confirmed])}; checked to {in_words(book.checked_to)}"


def _start(line: DateLine) -> str:
    known = set(EventKind)
    return (
        EVENT_WORDS[EventKind(line.start.event)]
        if line.start.event in known
        else _capital(line.start.event.replace("_", " "))
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
