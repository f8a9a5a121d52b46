"""Every command by its name, with the function that does it."""

from argparse import Namespace
from collections.abc import Callable, Mapping

from . import cases, checking, conflicts, contributions, office, papers, upkeep
from .answer import Answer
from .world import World

Command = Callable[[Namespace, World], Answer]

COMMANDS: Mapping[str, Command] = {
    "init": upkeep.init,
    "recover": upkeep.recover,
    "passphrase": upkeep.passphrase,
    "doctor": upkeep.doctor,
    "backup": upkeep.backup,
    "restore": upkeep.restore,
    "rebuild": upkeep.rebuild,
    "status": office.status,
    "enrol": office.enrol,
    "sync": office.sync,
    "tray": office.tray,
    "new-case": cases.new_case,
    "cases": cases.cases,
    "show": cases.show,
    "search": cases.search,
    "history": cases.history,
    "event": cases.event,
    "issue": cases.issue,
    "conflicts": conflicts.conflicts,
    "resolve": conflicts.resolve_,
    "contribution": contributions.contribution,
    "advice add": contributions.advice_add,
    "law due": checking.law_due,
    "law exempt": checking.law_exempt,
    "timetable": checking.dates,
    "check": checking.check,
    "print": papers.print_,
    "export": papers.export,
    "import-plan": papers.import_plan,
    "import-cases": papers.import_cases,
    "import-settings": papers.import_settings,
    "import-directory": papers.import_directory,
}
