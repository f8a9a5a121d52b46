"""The form in which one thing is recorded about an adviser: who was asked, what came, what it is, why it is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from send_desk.domain.advice_steps import Deed
from send_desk.domain.advice_words import GROUND_WORDS
from send_desk.domain.case import Case
from send_desk.domain.contribution import Attendance, ContributionEvent
from send_desk.domain.contribution_state import ContributionStatus
from send_desk.domain.contribution_telling import AGREEMENTS
from send_desk.domain.exemptions import Verdict, recorded
from send_desk.domain.ids import ContributionEventKind, Ground, State
from send_desk.domain.person import Adviser
from send_desk.domain.rulebook import RuleBook
from send_desk.gui.adviser_field import AdviserField
from send_desk.gui.choices import Choice
from send_desk.gui.contribution_words import ANSWERS, ATTENDANCE, DAYS, KINDS, MEANS, WAYS, title_of
from send_desk.gui.contribution_work import Told, record_told
from send_desk.gui.date_field import DateField
from send_desk.gui.inline_form import InlineForm, field_words
from send_desk.gui.look import Look
from send_desk.gui.open_case import Work
from send_desk.gui.paper_field import PaperField
from send_desk.gui.pieces import Field
from send_desk.gui.session import Session


class ContributionForm(InlineForm):
    """One deed, with the fields that it needs; `work` is what is to be done with the case, None if something lacks."""

    def __init__(
        self,
        session: Session,
        look: Look,
        deed: Deed,
        status: ContributionStatus,
        case: Case,
        *,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        main = "Save" if deed in (Deed.ADVISER, Deed.NOT_USED, Deed.ATTENDANCE) else "Record"
        super().__init__(look, title_of(deed, status), name=name, main=main, parent=parent)
        self._session, self._deed, self._status, self._case = session, deed, status, case
        self._adviser: AdviserField | None = None
        self._named: tuple[Field, Field] | None = None
        self._way: Choice[str] | None = None
        self._answer: Choice[State | None] | None = None
        self._ground: Choice[Ground] | None = None
        self._since: DateField | None = None
        self._until: DateField | None = None
        self._attendance: Choice[Attendance | None] | None = None
        self._with_notice: QCheckBox | None = None
        self._agreed: dict[str, QCheckBox] = {}
        self._paper: PaperField | None = None
        self._on: DateField | None = None
        self._note: Field | None = None
        if deed in DAYS:
            self._on = self._day(DAYS[deed], "on", latest=True)
            self._on.set_day(session.desk.today)
        self._build()

    @property
    def _book(self) -> RuleBook:
        return self._session.desk.book(self._case)

    @property
    def _recorded_adviser(self) -> Adviser:
        return self._status.contribution.adviser if self._status.contribution else Adviser()

    def _build(self) -> None:
        match self._deed:
            case Deed.ADVISER:
                self._ask_adviser()
            case Deed.REQUEST:
                self._beside_day(self._way_choice())
                if not self._status.named:
                    self._ask_adviser()
                if self._status.cycle:
                    words = "Notice of the meeting was given with it (two weeks at least, reg 20(3))"
                    self._with_notice = self.tick(words, "with_notice", on=True)
                self._add_note("Note", "What was sent with it, such as the family's views (reg 6(3)).")
            case Deed.CHASE:
                self._beside_day(self._way_choice())
                self._add_note("What was said")
            case Deed.ARRIVE | Deed.CONFIRM:
                self._build_answer()
            case Deed.REUSE:
                self._build_reuse()
            case Deed.EXCEPT:
                self._build_exception()
            case Deed.NOT_USED:
                known = self._status.contribution.not_used_because if self._status.contribution else ""
                self._note = self.text("Not used because", "note", words=known, hint="The family can be given this.")
            case Deed.DECLINE:
                self._beside_day(None)
                self._add_note("Their reason")
            case Deed.NOTICE:
                self._beside_day(None)
            case Deed.ATTENDANCE:
                self._attendance = Choice(ATTENDANCE, name=f"{self.name}.attendance", says="At the meeting")
                self._attendance.choose(self._status.contribution.attendance if self._status.contribution else None)
                self.body.addWidget(_labelled("At the meeting", self._attendance))
            case _:
                self._beside_day(None)
                self._add_note("Note")

    def _build_answer(self) -> None:
        offered: dict[State | None, str] = {None: "I will say later"} if self._deed is Deed.ARRIVE else {}
        self._answer = Choice({**offered, **ANSWERS}, name=f"{self.name}.answer", says="What it is")
        self._answer.setMinimumContentsLength(20)
        self._answer.currentIndexChanged.connect(self._judge)
        adviser = self._recorded_adviser
        who = self.line("From whom", "by", words=adviser.name)
        role = self.line("Their role", "role", words=adviser.role)
        self._named = (who, role)
        self._beside_day(None)
        self.side_by_side(who, role)
        if self._deed is Deed.ARRIVE:
            self._add_paper()
        self.body.addWidget(_labelled("What it is", self._answer))
        self._add_note("Note")
        self._judge()

    def _build_reuse(self) -> None:
        self._beside_day(None)
        for who, words in (
            ("adviser", "The adviser agrees that it is enough"),
            ("authority", "The authority agrees that it is enough"),
            ("family", "The parent or young person agrees that it is enough"),
        ):
            box = self.tick(words, f"agreed.{who}")
            box.toggled.connect(self._judge)
            self._agreed[who] = box
        self._add_paper()
        self._add_note("Which advice, and what it was given for")
        self._judge()

    def _build_exception(self) -> None:
        self._ground = Choice(
            {ground: GROUND_WORDS[ground] for ground in GROUND_WORDS if ground is not Ground.EARLY_YEARS_CLOSED},
            name=f"{self.name}.ground",
            says="Why it is late",
        )
        self._ground.setMinimumContentsLength(20)
        self._ground.currentIndexChanged.connect(self._judge)
        self._beside_day(None)
        self.body.addWidget(_labelled("Why it is late", self._ground))
        self._since = self._day("First day of it", "since")
        self._until = self._day("Day of return, or the end of it", "until")
        for field in (self._since, self._until):
            field.changed.connect(self._judge)
        self.side_by_side(self._since, self._until)
        self._add_note("Evidence, and who decided")
        self._judge()

    def work(self) -> Work | None:
        """Return what records this; where something lacks, say so and return None."""
        status = self._status
        if self._deed is Deed.ADVISER and self._adviser is not None:
            if not any((self._adviser.adviser.name, self._adviser.adviser.role, self._adviser.adviser.service)):
                self.complain("Give a name, a role or a service.", self._adviser.named.editor)
                return None
            return record_told(status, Told(adviser=self._adviser.adviser))
        if self._deed is Deed.NOT_USED:
            return record_told(status, Told(not_used=field_words(self._note)))
        if self._attendance is not None:
            return record_told(status, Told(attendance=self._attendance.value))
        day = self._given_day()
        if day is None:
            return None
        if self._deed is Deed.NOTICE:
            return record_told(status, Told(notice_given=day))
        events = self._events(day)
        if events is None:
            return None
        return record_told(
            status,
            Told(
                events=events,
                adviser=self._adviser.adviser if self._adviser is not None else None,
                notice_given=day if self._with_notice is not None and self._with_notice.isChecked() else None,
                document=self._paper.document if self._paper is not None else "",
                path=self._paper.path if self._paper is not None else None,
                read=self._session.door.paper,
            ),
        )

    def _given_day(self) -> date | None:
        if self._on is None or (self._on.day is not None and not self._on.is_wrong):
            return self._on.day if self._on is not None else None
        if self._on.is_wrong:
            self._on.focus()
        else:
            self.complain("Please give the day.", self._on)
        return None

    def _events(self, day: date) -> tuple[ContributionEvent, ...] | None:
        note = ". ".join(part for part in (self._way.value if self._way else "", field_words(self._note)) if part)
        event = ContributionEvent("", KINDS[self._deed], day, note=note)
        match self._deed:
            case Deed.ARRIVE | Deed.CONFIRM:
                return self._answer_events(event)
            case Deed.DECLINE if not note:
                self.complain("Please give their reason in a few words.", self._note.editor if self._note else None)
                return None
            case Deed.REUSE:
                agreed = self._agreed_by()
                if not agreed:
                    self.complain("Tick who has agreed. All three must, before earlier advice counts.")
                    return None
                return (replace(event, agreed_by=agreed),)
            case Deed.EXCEPT if self._ground is not None and self._since is not None and self._until is not None:
                verdict = self._verdict()
                if not verdict.applies:
                    self.complain(f"This does not lift the limit. {verdict.why} ({verdict.citation})", self._ground)
                    return None
                ground = self._ground.value
                return (replace(event, ground=ground, since=self._since.day, until=self._until.day),)
            case _:
                return (event,)

    def _answer_events(self, event: ContributionEvent) -> tuple[ContributionEvent, ...] | None:
        state = self._answer.value if self._answer is not None else None
        by, role = (field_words(field) for field in self._named) if self._named else ("", "")
        named = replace(event, by=by, role=role)
        if state is State.NO_RELEVANT_NEEDS and not (by and role) and self._named:
            self.complain(
                "“No relevant needs” counts only from a named professional. Give the name and the role.",
                self._named[0 if not by else 1].editor,
            )
            return None
        looked = replace(named, kind=ContributionEventKind.CONFIRMED, state=state)
        if self._deed is Deed.CONFIRM:
            return (looked,)
        return (named,) if state is None else (named, replace(looked, note=""))

    def _agreed_by(self) -> tuple[str, ...]:
        return tuple(who for who, box in self._agreed.items() if box.isChecked())

    def _verdict(self) -> Verdict:
        status = self._status
        rule = status.giver.clock if status.giver else ""
        ground = self._ground.value if self._ground is not None else Ground.OTHER
        start = status.body_received or status.asked or date.min
        return recorded(
            self._book,
            rule,
            ground,
            start=start,
            due=status.due or date.max,
            from_=self._since.day if self._since else None,
            until=self._until.day if self._until else None,
            asked=start,
        )

    def _judge(self) -> None:
        match self._deed:
            case Deed.EXCEPT if self._since is not None and self._until is not None:
                verdict = self._verdict()
                lead = "This lifts the time limit; the date stays on the screen." if verdict.applies else "Not lawful:"
                self.say(f"{lead} {verdict.why} ({verdict.citation})", wrong=not verdict.applies)
            case Deed.REUSE:
                lacking = sorted(AGREEMENTS - set(self._agreed_by()))
                wait = f"Still to agree: {', '.join(lacking)}. Until then the adviser must be asked."
                self.say(wait if lacking else "All three agree: the adviser need not be asked again (reg 6(4)).")
            case Deed.ARRIVE | Deed.CONFIRM if self._answer is not None:
                state = self._answer.value
                self.say(MEANS[state] if state is not None else "")

    def _day(self, label: str, thing: str, *, latest: bool = False) -> DateField:
        def today() -> date:
            return self._session.desk.today

        return DateField(self.look, label, name=f"{self.name}.{thing}", today=today, latest=today if latest else None)

    def _way_choice(self) -> QWidget:
        self._way = Choice(WAYS, name=f"{self.name}.how", says="How")
        return _labelled("How", self._way)

    def _beside_day(self, widget: QWidget | None) -> None:
        if self._on is not None:
            self.side_by_side(*(one for one in (self._on, widget) if one is not None))

    def _ask_adviser(self) -> None:
        self._adviser = AdviserField(self._session, self._status.cell, self._recorded_adviser, name=self.name)
        self.body.addWidget(self._adviser)

    def _add_paper(self) -> None:
        self._paper = PaperField(self.look, self._case.documents, name=self.name)
        self.body.addWidget(self._paper)

    def _add_note(self, label: str, hint: str = "") -> None:
        self._note = self.text(label, "note", hint=hint)


def _labelled(words: str, editor: QWidget) -> QWidget:
    return Field(words, editor, name=editor.objectName())
