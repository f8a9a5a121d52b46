"""Commands about contributions and the papers they come in."""

from argparse import Namespace
from dataclasses import replace
from datetime import date

from send_desk.domain.case import Case
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.contribution_state import status_of
from send_desk.domain.errors import WrongUse
from send_desk.domain.ids import Cell, ContributionEventKind, State
from send_desk.domain.person import Adviser
from send_desk.domain.register import strip
from send_desk.domain.rulebook import RuleBook
from send_desk.services import advice

from .answer import Answer, plain
from .sources import opened
from .world import World


def contribution(arguments: Namespace, world: World) -> Answer:
    """Record what happened to a contribution; a state in the place of an event confirms that this is the answer."""
    kind, state = _kind_and_state(arguments.kind, arguments.state)
    cell = Cell(arguments.cell)
    role = "" if kind is ContributionEventKind.REUSE_AGREED else arguments.role
    paper = world.paper(arguments.file) if arguments.file else None
    with world.desk(writing=True) as desk:
        file = opened(arguments, desk)
        event = ContributionEvent("", kind, arguments.on, arguments.by, arguments.role, arguments.note, state)
        advice.require_sound(desk, event)
        line = advice.line_for(file.case, cell, by=arguments.by, role=role)
        if line is None:
            adviser = Adviser(name=arguments.by, role=arguments.role)
            file, line = advice.add_line(desk, file, cell, adviser)
        if paper is not None:
            file, kept = advice.add_document(
                desk, file, paper[0], cell=cell, author=arguments.by, role=arguments.role, dated=arguments.on
            )
            event = replace(event, document=kept.id)
        file = advice.record(desk, file, line.id, event)
        book, today = desk.book(file.case), desk.today
    changed = next(one for one in file.case.contributions if one.id == line.id)
    data = {
        "case": file.case.id,
        "contribution": contribution_json(changed, file.case, book, today),
        "strip": strip_json(file.case, book, today),
    }
    said = status_of(changed, file.case, book, today)
    remark = [paper[1]] if paper is not None and paper[1] else []
    return Answer(data, [f"{file.case.reference}, {cell}: {said.words}. Saved.", *remark])


def advice_add(arguments: Namespace, world: World) -> Answer:
    """Keep a paper, encrypted, with its digest and the text of its pages."""
    paper, remark = world.paper(arguments.file)
    with world.desk(writing=True) as desk:
        file, document = advice.add_document(
            desk,
            opened(arguments, desk),
            paper,
            cell=Cell(arguments.cell),
            author=arguments.author,
            role=arguments.role,
            dated=arguments.dated,
        )
    data = {
        "case": file.case.id,
        "document": {
            "id": document.id,
            "cell": document.cell,
            "name": document.name,
            "sha256": document.sha256,
            "pages": len(document.pages),
        },
    }
    lines = [f"{document.name} is kept, encrypted; {len(document.pages)} pages of text were read."]
    return Answer(data, [*lines, remark] if remark else lines)


def strip_json(case: Case, book: RuleBook, today: date) -> dict[str, str]:
    """Return the seven cells with their states."""
    return {str(cell): str(status.state) for cell, status in strip(case, book, today).items()}


def contribution_json(line: Contribution, case: Case, book: RuleBook, today: date) -> dict[str, object]:
    """Return one line of the register with its state today and the legal date of the answer."""
    status = status_of(line, case, book, today)
    return {
        "id": line.id,
        "cell": str(line.cell),
        "adviser": {"name": line.adviser.name, "role": line.adviser.role, "service": line.adviser.service},
        "state": str(status.state),
        "due": plain(status.due),
        "document": line.document or None,
        "cycle": line.cycle or None,
        "notice_given": plain(line.notice_given),
        "attendance": str(line.attendance) if line.attendance else None,
        "events": [
            {"id": event.id, "kind": str(event.kind), "on": plain(event.on), "by": event.by, "note": event.note}
            for event in line.events
        ],
    }


def _kind_and_state(word: str, state: str | None) -> tuple[ContributionEventKind, State | None]:
    if word in set(ContributionEventKind):
        kind = ContributionEventKind(word)
        if kind is ContributionEventKind.CONFIRMED and state is None:
            raise WrongUse(
                "Say what the answer is with --state: contributes, no_relevant_needs, not_known or administrative_only."
            )
        return kind, State(state) if state else None
    if word in set(advice.STATED):
        return ContributionEventKind.CONFIRMED, State(word)
    if word == State.LAWFUL_EXCEPTION:
        return ContributionEventKind.EXCEPTION, None
    if word == State.REUSED:
        raise WrongUse(
            "Earlier advice is used again once three have agreed: record reuse_agreed with --role adviser, authority "
            "and family, one after the other."
        )
    kinds = " ".join(ContributionEventKind)
    raise WrongUse(f"{word} is neither an event of a contribution ({kinds}) nor a state that an answer can have.")
