"""The words of the command line."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn, Protocol

from send_desk.domain.errors import WrongUse
from send_desk.domain.ids import Cell, EventKind, Ground, Role, Severity, State
from send_desk.domain.typed import LONGEST_NAME, LONGEST_NOTE, clean, clean_line

RENDERINGS = ("draft",)
"""The renderings that can be printed today."""

_PROGRAM = "send-desk"
_EARLIEST, _LATEST = 1900, 2199  # the years within which every date of the law can be counted


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUse(f"{message[:1].upper()}{message[1:]}. Type {self.prog} --help for what fits.")


class _Add(Protocol):
    def __call__(self, name: str, about: str) -> argparse.ArgumentParser: ...


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the command and its arguments, the common options always set; raise WrongUse where they do not fit."""
    blank = argparse.Namespace(home=None, passphrase_file=None, today=None, json=False, command=None)
    common = _common()
    # Where only these stand the window is wanted, and it opens sooner when no command need be described.
    window = _Parser(prog=_PROGRAM, add_help=False, allow_abbrev=False, parents=[common])
    if not window.parse_known_args(arguments, argparse.Namespace())[1]:
        return window.parse_args(arguments, blank)
    return _parser(common).parse_args(arguments, blank)


def _common() -> _Parser:
    # The common options stand before or after the command; SUPPRESS keeps the later parser from blanking the earlier.
    common = _Parser(prog=_PROGRAM, add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--home", type=Path, metavar="DIR", help="the folder that holds the encrypted work")
    common.add_argument("--passphrase-file", type=Path, metavar="F", help="a file whose first line is the passphrase")
    common.add_argument("--today", type=_present, metavar="DATE", help="work as on this day")
    common.add_argument("--json", action="store_true", help="answer as one JSON document")
    return common


def _parser(common: _Parser) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=_PROGRAM,
        description="Write Education, Health and Care plans offline, with no contribution missed.",
        epilog="Without a command the window opens.",
        parents=[common],
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def add(name: str, about: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=about, description=about, parents=[common])

    _homes(add)
    _office(add)
    _cases(add)
    _contributions(add, common)
    _law(add, common)
    _papers(add)
    return parser


def _homes(add: _Add) -> None:
    init = add("init", "make a home with a local user")
    init.add_argument("--authority", required=True, type=_name, metavar="CODE")
    init.add_argument("--user", required=True, type=_name, metavar="NAME")
    init.add_argument("--role", required=True, choices=[str(role) for role in Role])
    init.add_argument("--recovery-key", type=Path, metavar="F", help="the authority's public recovery key")
    recover = add("recover", "set a new passphrase by the authority's private recovery key")
    recover.add_argument("--private-key", required=True, type=Path, metavar="F")
    add("passphrase", "change the passphrase")
    add("status", "say what is saved and what waits")
    add("doctor", "say how the home and the machine are, without personal data")
    backup = add("backup", "write an encrypted backup")
    backup.add_argument("--to", type=Path, metavar="F")
    restore = add("restore", "bring a backup back, keeping the replaced work aside")
    restore.add_argument("file", type=Path, metavar="F")
    add("rebuild", "compute lists, search and current rows anew from the log")
    demo = add("demo", "open the fictional county")
    demo.add_argument("--headless", action="store_true", help="draft one case without a window and end")
    demo.add_argument(
        "--manager", action="store_true", help="as a manager, with a line for each of 10,000 more children"
    )


def _office(add: _Add) -> None:
    enrol = add("enrol", "connect this home to its authority's hub, or sign in again")
    enrol.add_argument("--hub", required=True, metavar="URL")
    enrol.add_argument("--user", required=True, type=_name, metavar="N")
    enrol.add_argument("--password-file", type=Path, metavar="F", help="a file whose first line is the password")
    enrol.add_argument("--ca", type=Path, metavar="F", help="the authority's own certificate, where it gave itself one")
    sync = add("sync", "send what waits and fetch what is new, one case first where named")
    sync.add_argument("case", nargs="?", metavar="CASE")
    tray = add("tray", "show what the office did not take, with the reason")
    tray.add_argument("--out", type=Path, metavar="F", help="write it, and what waits, to a file that is not encrypted")
    tray.add_argument("--again", metavar="REVISION", help="let this one be sent again at the next sync")


def _cases(add: _Add) -> None:
    new = add("new-case", "open a case")
    new.add_argument("--first-names", required=True, type=_name, metavar="N")
    new.add_argument("--surname", required=True, type=_name, metavar="N")
    new.add_argument("--born", required=True, type=_day, metavar="DATE")
    new.add_argument("--received", required=True, type=_day, metavar="DATE")
    new.add_argument("--reference", default="", type=_name, metavar="R")
    add("cases", "list the cases")
    _case(add("show", "show a case"))
    search = add("search", "find words in names, entries, advice and the contact log")
    search.add_argument("words", nargs="+", metavar="WORDS")
    history = _case(add("history", "show what was done to an entry"))
    history.add_argument("entry", metavar="ENTRY")
    event = _case(add("event", "record what happened to a case"))
    event.add_argument("kind", choices=[str(kind) for kind in EventKind], metavar="KIND")
    event.add_argument("--on", required=True, type=_day, metavar="DATE")
    event.add_argument("--by", default="", type=_name, metavar="NAME")
    event.add_argument("--note", default="", type=_note, metavar="T")
    add("conflicts", "list what two people wrote apart")
    resolve = _case(add("resolve", "decide what two people wrote apart"))
    resolve.add_argument("entry", metavar="ENTRY", help="a label such as F3, or an id, as conflicts lists it")
    resolve.add_argument("field", metavar="FIELD", help="as conflicts lists it; combined, for what stands combined")
    resolve.add_argument("--keep", metavar="REVISION", help="the version to keep")
    issue = _case(add("issue", "make the plan final"))
    issue.add_argument("--final", action="store_true", required=True)
    issue.add_argument("--override-reason", default="", type=_note, metavar="T")


def _contributions(add: _Add, common: argparse.ArgumentParser) -> None:
    line = _case(add("contribution", "record what happened to a contribution"))
    line.add_argument("cell", choices=[str(cell) for cell in Cell], metavar="CELL")
    line.add_argument("kind", metavar="KIND", help="an event, or the state that an answer is confirmed to be")
    line.add_argument("--on", required=True, type=_day, metavar="DATE")
    line.add_argument("--by", default="", type=_name, metavar="NAME")
    line.add_argument("--role", default="", type=_name, metavar="R")
    line.add_argument("--file", type=Path, metavar="F")
    line.add_argument("--state", choices=[str(state) for state in State], metavar="STATE")
    line.add_argument("--note", default="", type=_note, metavar="T")
    advice = add("advice", "keep the papers of a case").add_subparsers(
        dest="advice_command", metavar="add", required=True
    )
    paper = _case(advice.add_parser("add", help="keep a paper, encrypted, and read its text", parents=[common]))
    paper.add_argument("file", type=Path, metavar="FILE")
    paper.add_argument("--from", dest="cell", required=True, choices=[str(cell) for cell in Cell], metavar="CELL")
    paper.add_argument("--author", default="", type=_name, metavar="N")
    paper.add_argument("--role", default="", type=_name, metavar="R")
    paper.add_argument("--dated", type=_day, metavar="DATE")


def _law(add: _Add, common: argparse.ArgumentParser) -> None:
    law = add("law", "compute a date of the law, or test an exemption").add_subparsers(
        dest="law_command", metavar="due|exempt", required=True
    )
    due = law.add_parser("due", help="when a time limit ends", parents=[common])
    due.add_argument("rule", metavar="RULE")
    due.add_argument("--start", required=True, type=_day, metavar="DATE")
    due.add_argument("--to", type=_day, metavar="DATE")
    exempt = law.add_parser("exempt", help="whether an exemption applies", parents=[common])
    exempt.add_argument("rule", metavar="RULE")
    exempt.add_argument("--ground", required=True, choices=[str(ground) for ground in Ground], metavar="G")
    exempt.add_argument("--from", dest="from_", type=_day, metavar="DATE")
    exempt.add_argument("--until", type=_day, metavar="DATE")
    exempt.add_argument("--asked", type=_day, metavar="DATE")
    _case_or_file(add("timetable", "every date of a case with its law"))
    check = _case_or_file(add("check", "say what is wrong with a plan"))
    check.add_argument("--fail-on", choices=[str(one) for one in Severity], default=str(Severity.WARN))


def _papers(add: _Add) -> None:
    printed = _case(add("print", "make a document"))
    printed.add_argument("--rendering", required=True, choices=RENDERINGS, metavar="ID")
    printed.add_argument("--out", required=True, type=Path, metavar="FILE")
    printed.add_argument("--format", choices=["pdf", "blocks"], default="pdf")
    printed.add_argument("--served", type=_day, metavar="DATE")
    printed.add_argument("--to", default="", metavar="PERSON")
    export = _case(add("export", "write the whole plan as a plan file"))
    export.add_argument("--out", required=True, type=Path, metavar="FILE")
    plan = add("import-plan", "take a plan file in")
    plan.add_argument("file", type=Path, metavar="FILE")
    cases = add("import-cases", "take in lists of cases (CSV, XLSX)")
    cases.add_argument("files", nargs="+", type=Path, metavar="FILE")
    cases.add_argument("--dry-run", action="store_true", help="only say what would be made, changed and refused")
    cases.add_argument(
        "--map",
        action="append",
        default=[],
        type=_column,
        metavar="HEADING=FIELD",
        help="what a column of a list with these headings holds; remembered for the next time",
    )
    settings = add("import-settings", "take in the national register of establishments (CSV)")
    settings.add_argument("file", type=Path, metavar="FILE")
    directory = add("import-directory", "take in the authority's services and advisers (CSV)")
    directory.add_argument("file", type=Path, metavar="FILE")


def _case(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("case", metavar="CASE", help="a reference, an id, or the first 8 characters of one")
    return parser


def _case_or_file(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("case", metavar="CASE|FILE")
    return parser


def _column(words: str) -> tuple[str, str]:
    heading, given, field = words.rpartition("=")
    if not given or not heading.strip():
        raise argparse.ArgumentTypeError(f"{words} is not of the form HEADING=FIELD")
    return heading.strip(), field.strip()


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{words} is not a date like 2026-03-31") from None


def _present(words: str) -> date:
    day = _day(words)
    if not _EARLIEST <= day.year <= _LATEST:
        raise argparse.ArgumentTypeError(f"{words} does not lie between {_EARLIEST} and {_LATEST}")
    return day


def _name(words: str) -> str:
    return _no_longer(clean_line(words), LONGEST_NAME)


def _note(words: str) -> str:
    return _no_longer(clean(words).strip(), LONGEST_NOTE)


def _no_longer(words: str, longest: int) -> str:
    if len(words) > longest:
        raise argparse.ArgumentTypeError(f"it has {len(words):,} characters; no more than {longest:,} can be kept here")
    return words
