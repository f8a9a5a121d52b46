"""Commands that only compute: the checks, the timetable, the law."""

from argparse import Namespace

from send_desk.domain import checks
from send_desk.domain.case import Case
from send_desk.domain.checks.answer import findings_json
from send_desk.domain.deadlines import as_json
from send_desk.domain.ids import Ground, Severity
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.timetable import timetable

from . import law
from .answer import FINDINGS, GOOD, Answer
from .sources import case_or_file
from .world import World

_WEIGHT = {Severity.BLOCK: 2, Severity.WARN: 1, Severity.NOTE: 0}


def check(arguments: Namespace, world: World) -> Answer:
    """Say what is wrong with a plan; the status tells whether anything weighs as much as --fail-on."""
    case = case_or_file(arguments, world)
    book = _book(case, world)
    findings = checks.check_case(case, book, world.lists(), world.today())
    bar = _WEIGHT[Severity(arguments.fail_on)]
    heavy = any(finding.dismissed is None and _WEIGHT[finding.severity] >= bar for finding in findings)
    live = [finding for finding in findings if finding.dismissed is None]
    lines = [f"{one.severity:<5} {one.check:>2}  {one.reason}  [{one.law.citation}]" for one in live]
    data = findings_json(case, findings, world.today())
    return Answer(data, lines or ["Nothing found."], FINDINGS if heavy else GOOD)


def dates(arguments: Namespace, world: World) -> Answer:
    """Give every date of a case with its law."""
    case = case_or_file(arguments, world)
    book = _book(case, world)
    found = timetable(case, book, world.today())
    rows = [as_json(line) for line in found]
    lines = [f"{row['due']}  {row['rule']:<18} {row['citation']}" for row in rows]
    return Answer({"schema": "send-desk/timetable-1", "dates": rows}, lines)


def law_due(arguments: Namespace, world: World) -> Answer:
    """Compute when a time limit ends."""
    return law.due_command(_newest(world), rule=arguments.rule, start=arguments.start, to=arguments.to)


def law_exempt(arguments: Namespace, world: World) -> Answer:
    """Say whether an exemption applies, and why."""
    return law.exempt_command(
        _newest(world),
        rule=arguments.rule,
        ground=Ground(arguments.ground),
        from_=arguments.from_,
        until=arguments.until,
        asked=arguments.asked,
    )


def _book(case: Case, world: World) -> RuleBook:
    return world.rulebooks().get(case.framework) or _newest(world)


def _newest(world: World) -> RuleBook:
    """The law in force: that of the framework which came into force last, not after today."""
    books = [book for book in world.rulebooks().values() if book.in_force <= world.today()]
    return max(books or world.rulebooks().values(), key=lambda book: book.in_force)
