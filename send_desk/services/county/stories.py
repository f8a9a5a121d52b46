"""How the cases of the made-up county stand: what happened to each, counted back from today."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from random import Random

from send_desk.domain.case import CaseEvent
from send_desk.domain.ids import EventKind, Stage, Version

from .chance import days, identity, workday
from .families import Family, academic_year, fill
from .stock import Stock


class Written(StrEnum):
    """How much of the plan is written."""

    NOTHING = "nothing"
    VIEWS = "views"
    PARTLY = "partly"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Plot:
    """A kind of story: how many of 300 cases tell it, the year groups it fits, and how much is written."""

    name: str
    share: int
    written: tuple[Written, ...]
    years: tuple[int, int] = (-1, 15)
    stage: Stage = Stage.NEW
    version: Version = Version.DRAFT


@dataclass(frozen=True)
class Story:
    """What happened to one case: `asked` is the day advice was asked for, `drafted` the day the plan was written."""

    plot: Plot
    written: Written
    events: tuple[CaseEvent, ...]
    received: date
    asked: date | None = None
    drafted: date | None = None
    issued: date | None = None


_SCHOOL_AGE = (1, 13)
_NONE, _DONE = (Written.NOTHING,), (Written.WHOLE,)

PLOTS: tuple[Plot, ...] = (
    Plot("just_in", 22, _NONE),
    Plot("decision_due", 14, _NONE),
    Plot("not_assess", 12, _NONE),
    Plot("assessing", 44, (Written.NOTHING, Written.VIEWS)),
    Plot("no_plan", 6, (Written.VIEWS,)),
    Plot("showcase", 1, _DONE),
    Plot("drafting", 51, (Written.WHOLE, Written.WHOLE, Written.PARTLY)),
    Plot("draft_served", 26, _DONE),
    Plot("final_sent", 28, _DONE, version=Version.FINAL),
    Plot("review_due", 18, _DONE, _SCHOOL_AGE, version=Version.FINAL),
    Plot("review_held", 16, _DONE, _SCHOOL_AGE, version=Version.FINAL),
    Plot("amendment", 14, _DONE, _SCHOOL_AGE, stage=Stage.AMENDMENT),
    Plot("reassessment", 8, _DONE, _SCHOOL_AGE, stage=Stage.REASSESSMENT),
    Plot("moved_in", 8, _DONE, _SCHOOL_AGE, version=Version.FINAL),
    Plot("phase_transfer", 14, _DONE, (6, 11), stage=Stage.AMENDMENT),
    Plot("ceased", 6, _DONE, (12, 15), version=Version.FINAL),
    Plot("tribunal", 8, _DONE, _SCHOOL_AGE, version=Version.FINAL),
    Plot("moved_out", 4, _DONE, _SCHOOL_AGE, version=Version.FINAL),
)
PLOT_OF: Mapping[str, Plot] = {plot.name: plot for plot in PLOTS}


@dataclass
class _Teller:
    """Writes the events of one case, keeping the day that the next is counted from."""

    stock: Stock
    random: Random
    family: Family
    today: date
    by: str
    events: list[CaseEvent] = field(default_factory=list)

    def ago(self, least: int, most: int) -> date:
        """A working day so many days ago, drawn between two bounds."""
        return workday(self.today - days(self.random.randint(least, most)))

    def tell(self, kind: EventKind, on: date, note: str = "", by: str = "", **fields: str) -> date:
        """Record an event on a working day, never after today."""
        day = min(workday(on), self.today)
        self.events.append(CaseEvent(identity(self.random), kind, day, by or self.by, note, fields))
        return day

    def reason(self, topic: str) -> str:
        """A reason or comment of the stock, filled for this family."""
        return fill(self.random.choice(self.stock.log["reasons"][topic]), self.family.voice)

    def request(self, on: date) -> date:
        """Record the request that starts the clock."""
        by, route = self.random.choice(
            (
                (self.family.voice["parent_name"], "letter"),
                (self.family.voice["parent_name"], "e-mail"),
                (self.family.setting.name, "form"),
                (self.family.setting.name, "e-mail"),
            )
        )
        return self.tell(EventKind.REQUEST_RECEIVED, on, by=by, route=route)

    def assess(self, received: date) -> date:
        """Record the decision to assess, in the sixth week."""
        return self.tell(EventKind.DECISION_ASSESS, received + days(self.random.randint(33, 42)))

    def review(self, held: date, *, report: bool) -> None:
        """Record a review with its notice three weeks before, and its report where it is out."""
        self.tell(EventKind.REVIEW_NOTICE, held - days(21))
        day = self.tell(EventKind.REVIEW_HELD, held)
        if report:
            self.tell(EventKind.REVIEW_REPORT, day + days(12))


_Told = tuple[date, date | None, date | None, date | None]
"""Received, asked, drafted, issued."""


def tell_story(plot: Plot, stock: Stock, random: Random, family: Family, today: date, *, by: str) -> Story:
    """Tell what happened to a case of this plot up to today."""
    teller = _Teller(stock, random, family, today, by)
    received, asked, drafted, issued = _TOLD[plot.name](teller)
    written = random.choice(plot.written)
    return Story(plot, written, tuple(teller.events), received, asked, drafted, issued)


def _just_in(teller: _Teller) -> _Told:
    if teller.random.random() < 0.2:
        told = teller.stock.log["notices"]["responsible"]
        return teller.tell(EventKind.BECAME_RESPONSIBLE, teller.ago(0, 33), told), None, None, None
    return teller.request(teller.ago(0, 33)), None, None, None


def _decision_due(teller: _Teller) -> _Told:
    return teller.request(teller.ago(36, 47)), None, None, None


def _not_assess(teller: _Teller) -> _Told:
    received = teller.request(teller.ago(55, 170))
    teller.tell(
        EventKind.DECISION_NOT_ASSESS, received + days(teller.random.randint(30, 46)), teller.reason("not_assess")
    )
    return received, None, None, None


def _assessing(teller: _Teller) -> _Told:
    received = teller.request(teller.ago(42, 98))
    decided = teller.assess(received)
    return received, min(workday(decided + days(teller.random.randint(0, 5))), teller.today), None, None


def _no_plan(teller: _Teller) -> _Told:
    received = teller.request(teller.ago(118, 190))
    decided = teller.assess(received)
    teller.tell(EventKind.DECISION_NO_PLAN, received + days(teller.random.randint(98, 116)), teller.reason("no_plan"))
    return received, decided, None, None


def _drafting(teller: _Teller) -> _Told:
    received = teller.request(teller.ago(92, 142))
    decided = teller.assess(received)
    if teller.random.random() < 0.6:
        teller.tell(EventKind.DECISION_PLAN, received + days(teller.random.randint(86, 110)))
    return received, decided, teller.today, None


def _showcase(teller: _Teller) -> _Told:
    received = teller.request(workday(teller.today - days(90)))
    decided = teller.tell(EventKind.DECISION_ASSESS, received + days(33))
    return received, decided, teller.today, None


def _draft_served(teller: _Teller) -> _Told:
    received = teller.request(teller.ago(116, 150))
    decided = teller.assess(received)
    teller.tell(EventKind.DECISION_PLAN, received + days(94))
    served = teller.tell(EventKind.DRAFT_SERVED, max(received + days(100), teller.ago(0, 27)))
    if teller.random.random() < 0.5 and (teller.today - served).days > 4:
        told = fill(teller.random.choice(teller.stock.log["representation"]["words"]), teller.family.voice)
        teller.tell(EventKind.REPRESENTATION, served + days(4), told, by=teller.family.voice["parent_name"])
    return received, decided, served, None


def _issued(teller: _Teller, least: int, most: int) -> _Told:
    """A plan issued so many days ago, a fifth of them late."""
    issued = teller.ago(least, most)
    length = teller.random.randint(141, 196) if teller.random.random() < 0.2 else teller.random.randint(126, 140)
    received = teller.request(issued - days(length))
    decided = teller.assess(received)
    teller.tell(EventKind.DECISION_PLAN, received + days(96))
    served = teller.tell(EventKind.DRAFT_SERVED, issued - days(22))
    issued = teller.tell(EventKind.FINAL_SENT, issued, teller.stock.log["notices"]["final"])
    return received, decided, served, issued


def _final_sent(teller: _Teller) -> _Told:
    return _issued(teller, 1, 250)


def _review_due(teller: _Teller) -> _Told:
    told = _issued(teller, 318, 384)
    if teller.random.random() < 0.5:
        teller.tell(EventKind.REVIEW_NOTICE, teller.ago(1, 20))
    return told


def _review_held(teller: _Teller) -> _Told:
    told = _issued(teller, 290, 352)
    held = teller.ago(1, 33)
    teller.review(held, report=(teller.today - held).days > 12)
    return told


def _amendment(teller: _Teller) -> _Told:
    told = _issued(teller, 330, 400)
    sent = teller.ago(1, 62)
    teller.review(sent - days(teller.random.randint(20, 28)), report=True)
    teller.tell(EventKind.REVIEW_DECISION, sent, outcome="amend")
    teller.tell(EventKind.AMENDMENT_NOTICE_SENT, sent)
    return told[0], told[1], sent, told[3]


def _reassessment(teller: _Teller) -> _Told:
    told = _issued(teller, 420, 700)
    reviewed = teller.ago(150, 200)
    teller.review(reviewed - days(21), report=True)
    teller.tell(EventKind.REVIEW_DECISION, reviewed, outcome="maintain")
    asked = teller.tell(EventKind.REASSESSMENT_REQUESTED, teller.ago(3, 90), by=teller.family.voice["parent_name"])
    if (teller.today - asked).days > 14:
        asked = teller.tell(EventKind.REASSESSMENT_DECIDED, asked + days(13), outcome="yes")
    return told[0], asked, teller.today, told[3]


def _moved_in(teller: _Teller) -> _Told:
    made = teller.tell(EventKind.PLAN_MADE, teller.ago(120, 330), teller.stock.log["notices"]["made"])
    teller.tell(EventKind.MOVED_IN, teller.ago(2, 60), "Papers came from the former authority on the same day.")
    return made - days(140), made - days(98), made, made


def _phase_transfer(teller: _Teller) -> _Told:
    told = _issued(teller, 120, 300)
    transfer = date(academic_year(teller.today) + 1, 9, 1)
    kind = "secondary_to_post16" if teller.family.year >= 11 else "other"
    teller.events.append(
        CaseEvent(identity(teller.random), EventKind.PHASE_TRANSFER, transfer, teller.by, fields={"transfer": kind})
    )
    if teller.random.random() < 0.7:
        held = teller.ago(2, 26)
        teller.review(held, report=(teller.today - held).days > 12)
    return told[0], told[1], teller.today, told[3]


def _ceased(teller: _Teller) -> _Told:
    told = _issued(teller, 500, 900)
    decided = teller.tell(EventKind.REVIEW_DECISION, teller.ago(70, 130), teller.reason("ceased"), outcome="cease")
    teller.tell(EventKind.CEASED, decided + days(66), teller.reason("ceased"))
    return told


def _tribunal(teller: _Teller) -> _Told:
    told = _issued(teller, 190, 300)
    if teller.random.random() < 0.3:
        teller.tell(EventKind.TRIBUNAL_UNOPPOSED, teller.ago(2, 40), order="amend")
    else:
        teller.tell(EventKind.TRIBUNAL_ORDER, teller.ago(2, 40), order=teller.random.choice(("amend", "name")))
    return told


def _moved_out(teller: _Teller) -> _Told:
    told = _issued(teller, 200, 400)
    teller.tell(EventKind.MOVED_OUT, teller.ago(5, 80), "Plan and papers sent to the new authority on the day.")
    return told


_TOLD: Mapping[str, Callable[[_Teller], _Told]] = {
    "just_in": _just_in,
    "decision_due": _decision_due,
    "not_assess": _not_assess,
    "assessing": _assessing,
    "no_plan": _no_plan,
    "showcase": _showcase,
    "drafting": _drafting,
    "draft_served": _draft_served,
    "final_sent": _final_sent,
    "review_due": _review_due,
    "review_held": _review_held,
    "amendment": _amendment,
    "reassessment": _reassessment,
    "moved_in": _moved_in,
    "phase_transfer": _phase_transfer,
    "ceased": _ceased,
    "tribunal": _tribunal,
    "moved_out": _moved_out,
}
