"""Record why a time limit need not be kept: the verdict follows what is typed, the original date stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from send_desk.domain.advice_words import GROUND_WORDS
from send_desk.domain.case import Exemption
from send_desk.domain.dates import in_words
from send_desk.domain.deadlines import DateLine
from send_desk.domain.exemptions import Verdict, recorded
from send_desk.domain.ids import Ground
from send_desk.domain.rulebook import RuleBook
from send_desk.gui.choices import Choice
from send_desk.gui.date_field import DateField
from send_desk.gui.inline_form import InlineForm, field_words
from send_desk.gui.look import Look
from send_desk.gui.open_case import Work
from send_desk.gui.pieces import Field
from send_desk.gui.session import Session
from send_desk.services import casework

_GROUNDS: Mapping[Ground, str] = {
    ground: words for ground, words in GROUND_WORDS.items() if ground is not Ground.MISSED_APPOINTMENT
}
_CLOSURES = (Ground.SCHOOL_CLOSED, Ground.EARLY_YEARS_CLOSED)


def may_be_exempt(line: DateLine, book: RuleBook) -> bool:
    """Whether the law has any ground on which this date need not be kept."""
    return line.due is not None and bool(book.exemption_sets[book.limit(line.rule).exemptions].grounds)


class ExemptionForm(InlineForm):
    """Which date, on which ground, with which days; only a ground that the law has is recorded."""

    def __init__(
        self,
        session: Session,
        look: Look,
        titles: Mapping[DateLine, str],
        book: RuleBook,
        *,
        name: str,
        chosen: DateLine | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, "Record an exemption", name=name, parent=parent)
        self._session, self._book = session, book
        self._lines = {str(at): line for at, line in enumerate(titles)}
        self._line: Choice[str] = Choice(
            {key: titles[line] for key, line in self._lines.items()}, name=f"{name}.line", says="Time limit"
        )
        self._line.setMinimumContentsLength(20)
        if chosen is not None:
            self._line.choose(next((key for key, line in self._lines.items() if line == chosen), ""))
        grounds: dict[Ground, str] = {
            ground: GROUND_WORDS[ground] for ground in Ground if ground is not Ground.MISSED_APPOINTMENT
        }
        self._ground: Choice[Ground] = Choice(grounds, name=f"{name}.ground", says="Ground")
        self._ground.choose(Ground.PERSONAL_CIRCUMSTANCES)
        self._ground.setMinimumContentsLength(20)
        self._from = self._day("First day", "from")
        self._until = self._day("Day of return or re-opening", "until")
        self._asked = self._day("Day the advice was asked for", "asked")
        self._letter = self._day("Day the family was told", "letter", hint="They should be told of it, and why")
        self.body.addWidget(Field("Time limit", self._line, name=f"{name}.line"))
        self.body.addWidget(Field("Ground", self._ground, name=f"{name}.ground"))
        self.side_by_side(self._from, self._until, self._asked, self._letter)
        self._evidence = self.text("Evidence", "evidence")
        for choice in (self._line, self._ground):
            choice.currentIndexChanged.connect(self._judge)
        for field in (self._from, self._until, self._asked):
            field.changed.connect(self._judge)
        self._judge()

    def work(self) -> Work | None:
        """Return what records the exemption; a ground that the law does not have is refused with its words."""
        verdict, line, ground = self._verdict(), self._lines[self._line.value], self._ground.value
        if not verdict.applies:
            self.complain(f"Not recorded. {verdict.why} ({verdict.citation})", self._ground)
            return None
        from_, until, asked, letter = (one.day for one in (self._from, self._until, self._asked, self._letter))
        evidence, user = field_words(self._evidence), self._session.desk.user.name
        today = self._session.desk.today
        return lambda desk, file: casework.put_exemption(
            desk,
            file,
            Exemption(
                desk.ids.record(),
                line.rule,
                ground,
                from_=from_,
                until=until,
                asked=asked if ground in _CLOSURES else None,
                evidence=evidence,
                decided_by=user,
                decided_on=today,
                letter_sent=letter,
                contribution=line.contribution,
            ),
        )

    def _verdict(self) -> Verdict:
        line = self._lines[self._line.value]
        return recorded(
            self._book,
            line.rule,
            self._ground.value,
            start=line.start.on,
            due=line.due or date.max,
            from_=self._from.day,
            until=self._until.day,
            asked=self._asked.day,
        )

    def _judge(self) -> None:
        self._asked.setVisible(self._ground.value in _CLOSURES)
        verdict, line = self._verdict(), self._lines[self._line.value]
        stays = f"The original date, {in_words(line.due)}, stays on the screen." if line.due else ""
        lead = f"This lifts the time limit. {stays}" if verdict.applies else "This lifts nothing yet."
        self.say(f"{lead} {verdict.why} ({verdict.citation})", wrong=not verdict.applies)

    def _day(self, label: str, thing: str, *, hint: str = "") -> DateField:
        return DateField(
            self.look, label, name=f"{self.name}.{thing}", today=lambda: self._session.desk.today, hint=hint
        )
