"""Contributions and the papers they come in: who was asked, who answered, what the answer is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from send_desk.domain.case import Case, Document
from send_desk.domain.chronology import in_order
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.contribution_telling import recorded_state
from send_desk.domain.cycle import cycle_in_force, lines_of
from send_desk.domain.errors import Refused, WrongUse
from send_desk.domain.ids import Cell, ContributionEventKind, State
from send_desk.domain.person import Adviser
from send_desk.domain.register import fill_register

from .commit import commit
from .desk import Desk
from .ports import CaseFile

STATED = (
    State.CONTRIBUTES,
    State.NO_RELEVANT_NEEDS,
    State.NOT_KNOWN,
    State.ADMINISTRATIVE_ONLY,
)
"""The states that a person gives an answer by confirming what it is; all others follow from events and the day."""

BIGGEST = 200 * 1024 * 1024
"""The largest paper that is taken in, in bytes."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as it was handed over, with the text that could be read from it by page."""

    name: str
    content: bytes
    pages: tuple[str, ...] = ()


def line_for(case: Case, cell: Cell, *, by: str = "", role: str = "") -> Contribution | None:
    """Return the line of the register in force that an event belongs to: that adviser's, else the first unanswered.

    None where a name and a role are given and every line is another adviser's of another role.
    """
    lines = [one for one in lines_of(case, cycle_in_force(case)) if one.cell is cell]
    named = [one for one in lines if by and one.adviser.name.casefold() == by.casefold()]
    if by and role and not named:
        lines = [one for one in lines if not one.adviser.name or one.adviser.role.casefold() in ("", role.casefold())]
    waiting = [one for one in lines if not _answered(one)]
    return next(iter((*named, *waiting, *lines)), None)


def add_line(
    desk: Desk, file: CaseFile, cell: Cell, adviser: Adviser, *, letter: str = "", cycle: str | None = None
) -> tuple[CaseFile, Contribution]:
    """Add an adviser to a register, that in force where none is named: somebody the authority or the family wants asked
    (reg 6(1)(f), (h)), or invited to a review.
    """
    on = cycle_in_force(file.case) if cycle is None else cycle
    line = Contribution(desk.ids.record(), cell, adviser, letter, cycle=on)
    return commit(desk, file, replace(file.case, contributions=(*file.case.contributions, line))), line


def begin_review_register(desk: Desk, file: CaseFile, notice: str) -> CaseFile:
    """Put on a register of its own everybody who must be invited to a review whose notice was recorded without one."""
    event = next((one for one in file.case.events if one.id == notice), None)
    if event is None or event.on is None:
        raise WrongUse("The notice of that review is not on the case; nothing was saved.")
    lines = fill_register(file.case, desk.book(file.case), event.on, new_id=desk.ids.record, cycle=notice)
    return commit(desk, file, replace(file.case, contributions=(*file.case.contributions, *lines)))


def invite_all(desk: Desk, file: CaseFile, cycle: str, on: date, *, note: str = "") -> CaseFile:
    """Record that everybody on a review's register who was not invited yet was invited and given notice on a day.

    A line is made for who must be invited and is on none; who was invited already stays as recorded.
    """
    require_sound(desk, ContributionEvent("", ContributionEventKind.REQUESTED, on))
    case = file.case
    made = fill_register(case, desk.book(case), on, new_id=desk.ids.record, cycle=cycle)
    case = replace(case, contributions=(*case.contributions, *made))
    invited = tuple(
        _invited(desk, line, on, note) if line.cycle == cycle and _is_uninvited(line, case) else line
        for line in case.contributions
    )
    return commit(desk, file, replace(case, contributions=invited))


def change_line(desk: Desk, file: CaseFile, line: Contribution) -> CaseFile:
    """Record who the adviser is, or why advice was not used."""
    return commit(desk, file, replace(file.case, contributions=_put(file.case.contributions, line)))


def record(desk: Desk, file: CaseFile, line: str, event: ContributionEvent) -> CaseFile:
    """Record what happened to a contribution on a day; nothing earlier is overwritten.

    What `require_sound` refuses is refused.
    """
    found = next((one for one in file.case.contributions if one.id == line), None)
    if found is None:
        raise WrongUse("That contribution is not on the register of this case; nothing was saved.")
    require_sound(desk, event)
    dated = replace(event, id=event.id or desk.ids.record())
    events = in_order((*found.events, dated))
    document = dated.document or found.document
    changed = replace(found, events=events, document=document, adviser=_named(found.adviser, dated))
    return commit(desk, file, replace(file.case, contributions=_put(file.case.contributions, changed)))


def require_sound(desk: Desk, event: ContributionEvent) -> None:
    """Raise WrongUse for a day after today, and for a confirmation that does not say what the answer is.

    To be asked before a line or a paper is added for the event, so that a refusal leaves nothing half done.
    """
    if event.on is None or event.on > desk.today:
        raise WrongUse("Please give the day on which it happened, today or earlier; nothing was saved.")
    if event.kind is ContributionEventKind.CONFIRMED and event.state not in STATED:
        raise WrongUse(
            "To confirm an answer, say what it is: contributes, no_relevant_needs, not_known or administrative_only. "
            "Nothing was saved."
        )


def take_back(desk: Desk, file: CaseFile, line: str, event: str) -> CaseFile:
    """Take back an event of a contribution that was recorded in error; the history keeps it."""
    found = next((one for one in file.case.contributions if one.id == line), None)
    if found is None:
        raise WrongUse("That contribution is not on the register of this case; nothing was changed.")
    left = replace(found, events=tuple(one for one in found.events if one.id != event))
    return commit(desk, file, replace(file.case, contributions=_put(file.case.contributions, left)))


def add_document(
    desk: Desk,
    file: CaseFile,
    paper: Paper,
    *,
    cell: Cell | None = None,
    title: str = "",
    author: str = "",
    role: str = "",
    dated: date | None = None,
) -> tuple[CaseFile, Document]:
    """Keep a paper encrypted under its digest, with its text by page; the same bytes on the same case are kept once."""
    if len(paper.content) > BIGGEST:
        raise Refused(f"{paper.name} is larger than 200 MB and was not taken in. Everything else is as it was.")
    digest = sha256(paper.content).hexdigest()
    known = next((one for one in file.case.documents if one.sha256 == digest), None)
    if known is not None:
        return file, known
    document = Document(
        id=desk.ids.record(),
        title=title or paper.name.rpartition(".")[0] or paper.name,
        cell=str(cell or ""),
        author=author,
        role=role,
        dated=dated,
        name=paper.name,
        sha256=digest,
        size=len(paper.content),
        pages=paper.pages,
    )
    with desk.store.write() as unit:
        unit.put_blob(digest, paper.content)
    return commit(desk, file, replace(file.case, documents=(*file.case.documents, document))), document


def remove_document(desk: Desk, file: CaseFile, document: str) -> CaseFile:
    """Take a paper off the case; refused while the plan or the register rests on it: a quote must stay provable."""
    resting = any(source.document == document for entry in file.case.entries for source in entry.sources)
    if resting or any(document in _papers_of(one) for one in file.case.contributions):
        raise Refused("The plan or the register rests on that paper, so it stays. Take away what rests on it first.")
    documents = tuple(one for one in file.case.documents if one.id != document)
    return commit(desk, file, replace(file.case, documents=documents))


def _papers_of(line: Contribution) -> Sequence[str]:
    return [line.document, *(event.document for event in line.events)]


def _answered(line: Contribution) -> bool:
    answers = (ContributionEventKind.CONFIRMED, ContributionEventKind.REUSE_AGREED)
    return line.stated is not None or any(event.kind in answers for event in line.events)


def _named(adviser: Adviser, event: ContributionEvent) -> Adviser:
    if event.kind is ContributionEventKind.REUSE_AGREED:
        return adviser  # its role tells who agreed: the adviser, the authority or the family
    return replace(adviser, name=adviser.name or event.by, role=adviser.role or event.role)


def _is_uninvited(line: Contribution, case: Case) -> bool:
    return recorded_state(line, case) is State.NOT_REQUESTED


def _invited(desk: Desk, line: Contribution, on: date, note: str) -> Contribution:
    event = ContributionEvent(desk.ids.record(), ContributionEventKind.REQUESTED, on, note=note)
    return replace(line, events=in_order((*line.events, event)), notice_given=line.notice_given or on)


def _put(lines: tuple[Contribution, ...], new: Contribution) -> tuple[Contribution, ...]:
    return tuple(new if one.id == new.id else one for one in lines)
