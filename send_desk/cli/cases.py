"""Commands about cases: open, list, show, search, record, issue."""

from argparse import Namespace

from send_desk.domain.case import Case
from send_desk.domain.cycle import cycle_in_force, cycles, meeting_of
from send_desk.domain.ids import EventKind, Section
from send_desk.domain.labels import label
from send_desk.domain.section_state import section_state
from send_desk.domain.summary import Summary
from send_desk.services import casework, issuing, reading
from send_desk.services.conflicts import counts
from send_desk.services.people import SOMEBODY, names

from .answer import Answer, plain
from .contributions import contribution_json, strip_json
from .sources import opened
from .world import World


def new_case(arguments: Namespace, world: World) -> Answer:
    """Open a case from names, date of birth and the day the request was received."""
    with world.desk(writing=True) as desk:
        file = casework.new_case(
            desk,
            first_names=arguments.first_names,
            surname=arguments.surname,
            born=arguments.born,
            received=arguments.received,
            reference=arguments.reference,
        )
    case = file.case
    return Answer({"id": case.id, "reference": case.reference}, [f"{case.reference}: {case.title}. Saved."])


def cases(arguments: Namespace, world: World) -> Answer:
    """List every case, one line each."""
    with world.desk(writing=False) as desk:
        lines = reading.case_list_unsaved(desk)
        waiting = desk.store.waiting()
    rows = [_summary_json(line, waiting.get(line.case, 0)) for line in lines]
    return Answer({"schema": "send-desk/cases-1", "cases": rows}, [_summary_line(line) for line in lines])


def show(arguments: Namespace, world: World) -> Answer:
    """Show a case: the child, the strip, the contributions, the sections."""
    with world.desk(writing=False) as desk:
        file = opened(arguments, desk)
        waiting = desk.store.waiting().get(file.case.id, 0)
        conflicts = counts(desk).get(file.case.id, 0)
        findings = issuing.findings_of(desk, file)
        book, today = desk.book(file.case), desk.today
        setting = reading.setting_name(desk, file.case.setting)
    case = file.case
    live = [finding for finding in findings if finding.dismissed is None]
    sections = {
        str(letter): {
            "state": str(section_state(case, letter, findings)),
            "findings": sum(finding.section is letter for finding in live),
        }
        for letter in Section
    }
    data = {
        "schema": "send-desk/show-1",
        "case": {**_case_json(case), "setting": setting},
        "strip": strip_json(case, book, today),
        "cycle": _cycle_json(case),
        "contributions": [contribution_json(line, case, book, today) for line in case.contributions],
        "sections": sections,
        "waiting": waiting,
        "conflicts": conflicts,
    }
    strip = ", ".join(f"{cell} {state}" for cell, state in strip_json(case, book, today).items())
    title = next(one.title for one in cycles(case) if one.id == cycle_in_force(case))
    lines = [f"{case.reference}  {case.title}", f"{title}: {strip}"]
    lines += [f"{letter}  {row['state']}  {row['findings']}" for letter, row in sections.items()]
    return Answer(data, lines)


def search(arguments: Namespace, world: World) -> Answer:
    """Find words in names, entries, advice and the contact log."""
    with world.desk(writing=False) as desk:
        hits = desk.store.search(" ".join(arguments.words))
    rows = [
        {
            "case": hit.case,
            "reference": hit.reference,
            "name": hit.name,
            "kind": hit.kind,
            "record": hit.record,
            "snippet": hit.snippet.replace("\x02", "").replace("\x03", ""),
        }
        for hit in hits
    ]
    words = [f"{row['reference']}  {row['name']}  {row['kind']}: {row['snippet']}" for row in rows]
    return Answer({"schema": "send-desk/search-1", "hits": rows}, words or ["Nothing found."])


def event(arguments: Namespace, world: World) -> Answer:
    """Record what happened to a case on a day."""
    with world.desk(writing=True) as desk:
        kind = EventKind(arguments.kind)
        before = opened(arguments, desk)
        file = casework.record_event(desk, before, kind, on=arguments.on, by=arguments.by, note=arguments.note)
    known = {one.id for one in before.case.events}
    made = next(one for one in file.case.events if one.id not in known)
    data = {"case": file.case.id, "event": {"id": made.id, "kind": str(made.kind), "on": plain(made.on)}}
    return Answer(data, [f"{file.case.reference}: {kind} on {arguments.on.isoformat()}. Saved."])


def history(arguments: Namespace, world: World) -> Answer:
    """Show what was done to an entry, newest first."""
    with world.desk(writing=False) as desk:
        file = opened(arguments, desk)
        record = _entry_id(file.case, arguments.entry)
        past = reading.history(desk, file.case.id, record)
        known = names(desk)
    revisions = [
        {
            "revision": one.revision,
            "at": plain(one.at),
            "by": known.get(one.author, SOMEBODY),
            "deleted": one.deleted,
            "changes": [
                {"field": change.field, "words": [[str(part.change), part.words] for part in change.stretches]}
                for change in one.changes
            ],
        }
        for one in past
    ]
    data = {"schema": "send-desk/history-1", "case": file.case.id, "entry": record, "revisions": revisions}
    lines = [f"{row['at']}  {row['by']}" for row in revisions]
    return Answer(data, lines or ["Nothing was ever written under that name."])


def issue(arguments: Namespace, world: World) -> Answer:
    """Make the plan final; refused while a conflict is open or findings hold it, unless a manager says why.

    A home that has an office must reach it, so that nobody issues the plan twice.
    """
    with world.desk(writing=True) as desk:
        file, reason = opened(arguments, desk), arguments.override_reason
        if issuing.needs_office(desk):
            with world.office(desk) as office:
                file = issuing.issue_final(desk, file, override_reason=reason, office=office)
        else:
            file = issuing.issue_final(desk, file, override_reason=reason)
    return Answer({"case": file.case.id, "version": str(file.case.version)}, [f"{file.case.reference} is final."])


def _entry_id(case: Case, name: str) -> str:
    return next((entry.id for entry in case.entries if name in (entry.id, label(case, entry))), name)


def _cycle_json(case: Case) -> dict[str, object]:
    """Which register the strip shows: the assessment's, or that of a review with the days of notice and meeting."""
    current = next(one for one in cycles(case) if one.id == cycle_in_force(case))
    return {
        "review": current.id or None,
        "notice": plain(current.notice),
        "meeting": plain(meeting_of(case, current.id)),
    }


def _case_json(case: Case) -> dict[str, object]:
    child = case.child
    return {
        "id": case.id,
        "reference": case.reference,
        "name": child.full_name,
        "known_as": child.known_as,
        "born": plain(child.date_of_birth),
        "year_group": child.year_group,
        "framework": case.framework,
        "stage": str(case.stage),
        "version": str(case.version),
        "owner": case.owner,
    }


def _summary_json(line: Summary, waiting: int) -> dict[str, object]:
    return {
        "id": line.case,
        "reference": line.reference,
        "name": line.name,
        "known_as": line.known_as,
        "born": plain(line.born),
        "stage": str(line.stage),
        "week": line.week,
        "strip": {str(cell): str(state) for cell, state in line.strip.items()},
        "next": {"rule": line.next_rule, "due": plain(line.next_due)} if line.next_rule else None,
        "findings": {"block": line.blocks, "warn": line.warnings, "note": line.notes},
        "owner": line.owner,
        "waiting": waiting,
    }


def _summary_line(line: Summary) -> str:
    due = f"{line.next_rule} {plain(line.next_due)}" if line.next_rule else ""
    week = f"week {line.week}" if line.week else ""
    return f"{line.reference:<16} {line.name:<28} {line.stage:<14} {week:<8} {due}".rstrip()
