"""The registers of the reviews of the made-up county: who was invited, told of the meeting, answered and came."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

from send_desk.domain.case import Case, CaseEvent
from send_desk.domain.contribution import Attendance, Contribution, ContributionEvent
from send_desk.domain.cycle import ASSESSMENT, MEETING, lines_of
from send_desk.domain.ids import Cell, ContributionEventKind, EventKind, State
from send_desk.domain.person import Adviser

from .chance import days, identity, workday

INVITED = (
    ("20(2)(a)", Cell.FAMILY),
    ("20(2)(b)", Cell.EDUCATION),
    ("20(2)(c)", Cell.OTHERS),
    ("20(2)(d)", Cell.HEALTH),
    ("20(2)(e)", Cell.SOCIAL_CARE),
)
"""Whom reg 20(2) wants invited, as the framework's data has it."""

_LATE_WITH_IT = frozenset({Cell.HEALTH, Cell.SOCIAL_CARE})
"""Who most often has not answered."""


def with_reviews(case: Case, random: Random, today: date, *, sound: bool) -> Case:
    """Give every review of a case its register; of a sound case, everybody has answered."""
    notices = [event for event in case.events if event.kind is EventKind.REVIEW_NOTICE and event.on is not None]
    for notice in notices:
        held = _held_after(case, notice)
        planned = held or workday(_day(notice) + days(21))
        lines = tuple(_lines(case, notice, random, today, planned=planned, held=held, sound=sound))
        told = replace(notice, fields={**notice.fields, MEETING: planned.isoformat()})
        events = tuple(told if event.id == notice.id else event for event in case.events)
        case = replace(case, events=events, contributions=(*case.contributions, *lines))
    return case


def _lines(
    case: Case, notice: CaseEvent, random: Random, today: date, *, planned: date, held: date | None, sound: bool
) -> Iterator[Contribution]:
    day = _day(notice)
    for letter, cell in INVITED:
        adviser = _adviser(case, cell)
        line = Contribution(identity(random), cell, adviser, letter, cycle=notice.id)
        left_out = not sound and held is None and random.random() < 0.15
        if left_out:
            yield line
            continue
        asked = ContributionEvent(identity(random), ContributionEventKind.REQUESTED, day, by=case.owner)
        answered = workday(planned - days(random.randint(15, 18)))
        answered = max(day, min(answered, today)) if sound else answered
        silent = not sound and cell in _LATE_WITH_IT and random.random() < 0.35
        events = [asked]
        if not silent and day <= answered <= today:
            confirmed = ContributionEventKind.CONFIRMED
            answer = ContributionEvent(
                identity(random), confirmed, answered, by=adviser.name, role=adviser.role, state=State.CONTRIBUTES
            )
            events.append(answer)
        came = random.random() < (0.5 if cell in _LATE_WITH_IT else 0.95)
        attendance = (Attendance.ATTENDED if came else Attendance.APOLOGIES) if held is not None else None
        yield replace(line, events=tuple(events), notice_given=day, attendance=attendance)


def _adviser(case: Case, cell: Cell) -> Adviser:
    if cell is Cell.OTHERS:
        return Adviser(case.owner, "EHC co-ordinator", case.authority.name)
    named = (line.adviser for line in lines_of(case, ASSESSMENT) if line.cell is cell and line.adviser.name)
    return next(named, Adviser())


def _held_after(case: Case, notice: CaseEvent) -> date | None:
    days_held = (event.on for event in case.happened(EventKind.REVIEW_HELD))
    return next((day for day in days_held if day is not None and day >= _day(notice)), None)


def _day(event: CaseEvent) -> date:
    if event.on is None:
        raise LookupError("a notice of the county always has its day")
    return event.on
