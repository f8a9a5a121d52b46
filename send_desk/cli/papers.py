"""Commands that bring documents out and plans, lists and registers in."""

import json
from argparse import Namespace

from send_desk.domain.case import Print
from send_desk.domain.errors import Refused, WrongUse
from send_desk.services import importing, issuing
from send_desk.services.plan_file import write_plan
from send_desk.services.reads import note_read

from .answer import FINDINGS, GOOD, Answer
from .sources import opened
from .world import Printing, World


def print_(arguments: Namespace, world: World) -> Answer:
    """Make a document of a case and write it; what left the program is remembered."""
    with world.desk(writing=True) as desk:
        file = opened(arguments, desk)
        person = next((one for one in file.case.people if arguments.to in (one.id, one.name)), None)
        if arguments.to and person is None:
            raise WrongUse(f"{arguments.to} is not among the people of this case; nothing was printed.")
        if person is not None and person.barred:
            raise Refused(f"{person.name} is barred from receiving papers of this case; nothing was printed.")
        printing = Printing(
            arguments.rendering, arguments.format, arguments.served, person.id if person is not None else ""
        )
        drawn = world.draw(desk, file.case, printing)
        world.write(arguments.out, drawn.content)
        line = Print("", arguments.rendering, str(arguments.out.name), drawn.sha256, drawn.pages, to=arguments.to)
        issuing.record_print(desk, file, line)
        note_read(desk, file.case.id, "printed", arguments.rendering)
    data = {
        "out": str(arguments.out),
        "sha256": drawn.sha256,
        "pages": drawn.pages,
        "notices": list(drawn.notices),
    }
    return Answer(data, [f"{arguments.out}: {drawn.pages} pages.", *drawn.notices], remarks=drawn.remarks)


def export(arguments: Namespace, world: World) -> Answer:
    """Write the whole plan as a plan file."""
    # Opened for writing, because the office is told of every copy that leaves.
    with world.desk(writing=True) as desk:
        case = opened(arguments, desk).case
        plan = write_plan(case)
        note_read(desk, case.id, "exported", arguments.out.name)
    content = json.dumps(plan, ensure_ascii=False, indent=1).encode()
    world.write(arguments.out, content)
    return Answer({"out": str(arguments.out)}, [f"{arguments.out} is written. It is not encrypted: keep it safe."])


def import_plan(arguments: Namespace, world: World) -> Answer:
    """Take a plan file in: a new case, or a revision for each entry that differs."""
    content = world.read(arguments.file)
    with world.desk(writing=True) as desk:
        outcome = importing.import_plan(desk, content)
    case = outcome.file.case
    data = {"id": case.id, "reference": case.reference, "made": outcome.made, "changed": outcome.changed}
    return Answer(data, [f"{case.reference}: {'new' if outcome.made else f'{outcome.changed} records changed'}."])


def import_cases(arguments: Namespace, world: World) -> Answer:
    """Take in lists of cases; a bad row never stops a good one."""
    tables, columns = world.tables(arguments.files), dict(arguments.map)
    with world.desk(writing=bool(columns) or not arguments.dry_run) as desk:
        if columns:
            importing.remember_mapping(desk, tables, columns)
        report = importing.import_cases(desk, tables, world.layouts(), dry_run=arguments.dry_run)
    refused = [{"file": one.file, "row": one.row, "reason": one.reason} for one in report.refused]
    data = {"made": report.made, "changed": report.changed, "same": report.same, "refused": refused}
    lines = [f"{report.made} made, {report.changed} changed, {report.same} the same, {len(refused)} refused."]
    # A dry run is for looking through before anything is written, row by row.
    shown = report.rows if arguments.dry_run else report.refused
    lines += [_row_words(row) for row in shown]
    return Answer(data, lines, FINDINGS if refused else GOOD)


def _row_words(row: importing.RowOutcome) -> str:
    place = f"{row.file}, row {row.row}" if row.row else row.file
    told = f"refused: {row.reason}" if row.reason else f"{row.outcome}: {row.reference}"
    return f"{place}: {told}"


def import_settings(arguments: Namespace, world: World) -> Answer:
    """Take in the national register of establishments."""
    with world.desk(writing=True) as desk:
        count = importing.import_settings(desk, world.tables([arguments.file]))
    return Answer({"settings": count}, [f"{count} settings can now be chosen by name."])


def import_directory(arguments: Namespace, world: World) -> Answer:
    """Take in the authority's services and advisers."""
    with world.desk(writing=True) as desk:
        report = importing.import_directory(desk, world.tables([arguments.file]))
    refused = [{"file": one.file, "row": one.row, "reason": one.reason} for one in report.refused]
    lines = [f"{report.changed} lines of the directory are new or changed, {report.same} the same."]
    lines += [f"{one.file}, row {one.row}: {one.reason}" for one in report.refused]
    data = {"changed": report.changed, "same": report.same, "refused": refused}
    return Answer(data, lines, FINDINGS if refused else GOOD)
