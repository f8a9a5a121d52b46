"""The words of the hub's command line; names may be given in their place or by option."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn, Protocol

from send_desk.domain.errors import WrongUse
from send_desk.domain.ids import Role
from send_desk.domain.typed import LONGEST_NAME, LONGEST_NOTE, clean, clean_line

from .reports import REPORTS

_MAY_BE_BLANK = frozenset({"name", "login", "service", "reason", "case_option"})


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUse(f"{message[:1].upper()}{message[1:]}. Type {self.prog} --help for what fits.")


class _Add(Protocol):
    def __call__(self, name: str, about: str) -> argparse.ArgumentParser: ...


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the command and its arguments, the common options always set; raise WrongUse where they do not fit."""
    blank = argparse.Namespace(database="", authority="", json=False)
    found = _parser().parse_args(arguments, blank)
    for name in _MAY_BE_BLANK & vars(found).keys():
        setattr(found, name, getattr(found, name) or "")
    for name, option in (("name", "--name"), ("user", "--user"), ("case", "--case"), ("device", "--device")):
        _settle(found, name, option)
    return found


def _settle(found: argparse.Namespace, name: str, option: str) -> None:
    """Let a name given in its place and one given by option be one; neither and both are wrong."""
    if not hasattr(found, f"{name}_given"):
        return
    here, there = getattr(found, f"{name}_given"), getattr(found, f"{name}_option")
    if bool(here) == bool(there):
        raise WrongUse(f"{'Give' if not here else 'Give only one'} {name.upper()}, in its place or by {option}.")
    setattr(found, name, here or there)


def _parser() -> argparse.ArgumentParser:
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--database", metavar="URL", help="the authority's PostgreSQL: postgresql://...")
    common.add_argument("--authority", type=_name, metavar="CODE", help="may be left out where there is only one")
    common.add_argument("--json", action="store_true", help="answer as one JSON document")
    parser = _Parser(
        prog="send-desk-hub",
        description="The office copy of SEND Desk: the service that desks meet, and what an administrator does there.",
        parents=[common],
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser, required=True)

    def add(name: str, about: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=about, description=about, parents=[common])

    _service(add)
    _people(add)
    _cases(add)
    _laptops(add)
    _reports(add)
    return parser


def _service(add: _Add) -> None:
    init = add("init", "make the tables, functions and roles, or bring them up to date")
    init.add_argument("--name", type=_name, metavar="NAME", help="the authority's name")
    init.add_argument("--service", type=_name, metavar="LOGIN", help="make a login for hubs as well")
    init.add_argument("--service-password-file", type=Path, metavar="F", help="a file whose first line is its password")
    serve = add("serve", "answer desks until it is stopped")
    serve.add_argument("--listen", required=True, metavar="HOST:PORT", help="port 0 takes a free one")
    serve.add_argument("--cert", type=Path, metavar="F", help="the certificate and those above it (PEM)")
    serve.add_argument("--key", type=Path, metavar="F", help="its private key (PEM)")
    serve.add_argument("--plain-loopback", action="store_true", help="plain HTTP, on this machine alone")
    serve.add_argument("--connections", type=_count, default=8, metavar="N", help="to the database at once")
    trial = add("try", "start a database, a hub and two laptops of the fictional county here, until Ctrl+C")
    trial.add_argument("--folder", type=Path, metavar="F", help="keep all of it there, and go on with it next time")
    trial.add_argument("--cases", type=_count, default=24, metavar="N", help="children of the county")


def _people(add: _Add) -> None:
    user = _named(add("add-user", "let a person in"), "user")
    user.add_argument("--login", type=_name, metavar="L", help="what is typed to sign in, else the name")
    user.add_argument("--role", required=True, choices=[str(role) for role in Role])
    user.add_argument("--password-file", type=Path, metavar="F", help="a file whose first line is the password")
    password = _named(add("password", "give a person a new password"), "user")
    password.add_argument("--password-file", type=Path, metavar="F")
    _named(add("leave", "close the account of a person who left; what waits on the laptop is still taken"), "user")
    add("users", "list the people")
    team = _named(add("team", "make a team, and say who is in it and who leads it"), "name")
    for option, about in (("add", "a member"), ("remove", "no longer a member"), ("lead", "sees its members' cases")):
        team.add_argument(f"--{option}", action="append", default=[], type=_name, metavar="USER", help=about)


def _cases(add: _Add) -> None:
    for name, about in (
        ("grant", "put a person or a team on a case"),
        ("withdraw", "take a person or a team off a case; their laptops forget it"),
    ):
        parser = _named(add(name, about), "case", about="a reference, an id, or the first 8 characters of one")
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--user", type=_name, metavar="N")
        who.add_argument("--team", type=_name, metavar="T")
        parser.add_argument("--reason", type=_note, metavar="T", help="kept in the audit log")
    redact = add("redact", "empty revisions for good, as a court orders: here, and on every laptop at its next sync")
    redact.add_argument("--case", dest="case_option", type=_name, metavar="CASE")
    redact.add_argument("words", nargs="+", type=_name, metavar="[CASE] REVISION")
    redact.add_argument("--reason", required=True, type=_note, metavar="T")
    looked = _named(add("looked", "say who looked at a file, and who changed it"), "case")
    looked.add_argument("--limit", type=_count, default=200, metavar="N")


def _laptops(add: _Add) -> None:
    add("enrolments", "list the laptops")
    bar = _named(add("bar", "let a laptop read nothing more, and tell it to destroy its key"), "device")
    bar.add_argument("--reason", type=_note, metavar="T")
    _named(add("laptop", "say what was on a laptop"), "device")


def _reports(add: _Add) -> None:
    project = add("project", "count anew what managers ask for: what changed, and everything on a new day")
    project.add_argument("--today", type=_day, metavar="DATE", help="count for this day, else for the system's")
    project.add_argument("--all", action="store_true", help="count every case, changed or not")
    project.add_argument("--every", type=_count, default=0, metavar="SECONDS", help="go on until it is stopped")
    report = add("report", "say what was last counted")
    report.add_argument("report", nargs="?", choices=REPORTS, metavar="|".join(REPORTS))


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{words} is not a date like 2026-03-31") from None


def _named(parser: argparse.ArgumentParser, name: str, *, about: str = "") -> argparse.ArgumentParser:
    parser.add_argument(f"{name}_given", nargs="?", type=_name, metavar=name.upper(), help=about or None)
    options = ("--user", "--name") if name == "user" else (f"--{name}",)
    parser.add_argument(*options, dest=f"{name}_option", type=_name, metavar=name.upper())
    return parser


def _name(words: str) -> str:
    told = clean_line(words)
    if not told or len(told) > LONGEST_NAME:
        raise argparse.ArgumentTypeError(f"a name has between 1 and {LONGEST_NAME} characters")
    return told


def _count(words: str) -> int:
    if not words.isascii() or not words.isdigit() or not 0 < int(words) <= 10_000:
        raise argparse.ArgumentTypeError("a number lies between 1 and 10000")
    return int(words)


def _note(words: str) -> str:
    told = clean(words).strip()
    if not told or len(told) > LONGEST_NOTE:
        raise argparse.ArgumentTypeError("a reason is a few words")
    return told
