"""From what a form was told about an adviser to the work that records it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from send_desk.domain.contribution import Attendance, Contribution, ContributionEvent
from send_desk.domain.contribution_state import ContributionStatus
from send_desk.domain.errors import WrongUse
from send_desk.domain.person import Adviser
from send_desk.gui.open_case import Work
from send_desk.services import advice
from send_desk.services.advice import Paper
from send_desk.services.desk import Desk
from send_desk.services.ports import CaseFile


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be recorded; `read` reads the file at `path` on the worker, where a paper comes with it."""

    events: tuple[ContributionEvent, ...] = ()
    adviser: Adviser | None = None
    not_used: str | None = None
    notice_given: date | None = None
    attendance: Attendance | None = None
    document: str = ""
    path: Path | None = None
    read: Callable[[Path], tuple[Paper, str]] | None = None


def record_told(status: ContributionStatus, told: Told) -> Work:
    """Return the work: a line of the register is made where there is none yet, then all is recorded in order."""

    def work(desk: Desk, file: CaseFile) -> CaseFile:
        file, line = _line(desk, file, status)
        changed = line
        if told.adviser is not None:
            changed = replace(changed, adviser=told.adviser)
        if told.not_used is not None:
            changed = replace(changed, not_used_because=told.not_used)
        if told.notice_given is not None:
            changed = replace(changed, notice_given=told.notice_given)
        if told.attendance is not None:
            changed = replace(changed, attendance=told.attendance)
        if changed != line:
            file = advice.change_line(desk, file, changed)
        file, document = _paper(desk, file, status, told)
        for event in told.events:
            file = advice.record(desk, file, line.id, replace(event, document=document))
        return file

    return work


def _line(desk: Desk, file: CaseFile, status: ContributionStatus) -> tuple[CaseFile, Contribution]:
    if status.contribution is None:
        letter = status.giver.letter if status.giver else ""
        return advice.add_line(desk, file, status.cell, Adviser(), letter=letter, cycle=status.cycle)
    found = next((one for one in file.case.contributions if one.id == status.contribution.id), None)
    if found is None:
        raise WrongUse("That contribution is not on the register any more; nothing was saved.")
    return file, found


def _paper(desk: Desk, file: CaseFile, status: ContributionStatus, told: Told) -> tuple[CaseFile, str]:
    if told.path is None or told.read is None:
        return file, told.document
    paper, _ = told.read(told.path)
    first = next(iter(told.events), None)
    file, document = advice.add_document(
        desk,
        file,
        paper,
        cell=status.cell,
        author=first.by if first else "",
        role=first.role if first else "",
        dated=first.on if first else None,
    )
    return file, document.id
