"""What the hub's commands do; each returns what is said at the end, for programs and for people."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from send_desk.domain.errors import Cannot, WrongUse
from send_desk.domain.ids import Role

from . import chain, report_commands
from .app import make_app
from .central import Away
from .database import Database
from .limits import Settings
from .office import Administration
from .passwords import SHORTEST, hashed
from .saying import Around, Said, check_version, office_of, url_of
from .serving import listening, serve

Command = Callable[[Namespace, Around], Said]


def init(arguments: Namespace, around: Around) -> Said:
    """Make the roles, tables and functions or bring them up to date, and the authority where there is none."""
    url = url_of(arguments)
    if not arguments.authority:
        raise WrongUse("Name the authority with --authority CODE.")
    secret = around.password(arguments.service_password_file, "Password of the login") if arguments.service else ""
    before = chain.version(url)
    chain.upgrade(url)
    with Administration(url, authority=arguments.authority) as office:
        office.init(arguments.authority, arguments.name)
    if arguments.service:
        chain.make_login(url, arguments.service, _long_enough(secret))
    told = {"authority": arguments.authority, "from": before, "to": chain.version(url), "service": arguments.service}
    what = "made" if before is None else "as it was" if before == told["to"] else "brought up to date"
    return Said(told, (f"The office copy of {arguments.authority} is {what}, at version {told['to']}.",))


def add_user(arguments: Namespace, around: Around) -> Said:
    """Let a person in."""
    secret = _long_enough(around.password(arguments.password_file, "Password"))
    login = arguments.login or arguments.user
    with office_of(arguments) as office:
        account = office.add_user(login, arguments.user, Role(arguments.role), hashed(secret))
    told = {"id": account, "login": login, "name": arguments.user, "role": arguments.role}
    return Said(told, (f"{arguments.user} may sign in as {login}, as {_a(arguments.role)}.",))


def password(arguments: Namespace, around: Around) -> Said:
    """Give a person a new password; a lock-out ends."""
    secret = _long_enough(around.password(arguments.password_file, "New password"))
    with office_of(arguments) as office:
        office.set_password(arguments.user, hashed(secret))
    return Said({"login": arguments.user}, (f"{arguments.user} has a new password.",))


def leave(arguments: Namespace, around: Around) -> Said:
    """Close the account of a person who left."""
    del around
    with office_of(arguments) as office:
        office.leave(arguments.user)
    line = f"The account of {arguments.user} is closed. What waits on the laptop is still taken; nothing can be read."
    return Said({"login": arguments.user, "left": True}, (line,))


def users(arguments: Namespace, around: Around) -> Said:
    """List the people."""
    del around
    with office_of(arguments) as office:
        found = _plain(office.users())
    return Said(
        {"users": found},
        [f"{one['login']}  {one['name']}  {one['role']}{'  left' if one['left'] else ''}" for one in found],
    )


def team(arguments: Namespace, around: Around) -> Said:
    """Make or change a team."""
    del around
    with office_of(arguments) as office:
        office.team(arguments.name, add=arguments.add, remove=arguments.remove, lead=arguments.lead)
        (found,) = (one for one in office.teams() if one.name == arguments.name)
    leads = ", ".join(found.leads) or "nobody"
    return Said(_plain(found), (f"{found.name}: {', '.join(found.members) or 'nobody'}. Led by {leads}.",))


def grant(arguments: Namespace, around: Around) -> Said:
    """Put a person or a team on a case."""
    del around
    return _place(arguments, Administration.grant, "now on", "already on")


def withdraw(arguments: Namespace, around: Around) -> Said:
    """Take a person or a team off a case."""
    del around
    return _place(arguments, Administration.withdraw, "no longer on", "not on")


def redact(arguments: Namespace, around: Around) -> Said:
    """Empty revisions of a case for good."""
    del around
    case, revisions = arguments.case_option, list(arguments.words)
    if not case:
        case = revisions.pop(0)
    if not revisions:
        raise WrongUse("Name the revisions that are to be emptied. The command history of the desk lists their ids.")
    with office_of(arguments) as office:
        id_ = office.find_case(case)
        count = office.redact(id_, revisions, arguments.reason)
    told = {"case": id_, "redacted": count, "revisions": revisions}
    return Said(told, (f"{count} of {len(revisions)} emptied now. Laptops do the same at their next sync.",))


def looked(arguments: Namespace, around: Around) -> Said:
    """Say who looked at a file and who changed it, the latest first."""
    del around
    with office_of(arguments) as office:
        case = office.find_case(arguments.case)
        found = _plain(office.audit(case=case, limit=arguments.limit))
    return Said(
        {"case": case, "lines": found},
        [f"{one['told_at'] or one['at']}  {one['name']}  {one['act']}  {one['detail']}".rstrip() for one in found],
    )


def enrolments(arguments: Namespace, around: Around) -> Said:
    """List the laptops."""
    del around
    with office_of(arguments) as office:
        found = _plain(office.enrolments())
    return Said({"enrolments": found}, [_laptop_line(one) for one in found])


def bar(arguments: Namespace, around: Around) -> Said:
    """Let a laptop read nothing more."""
    del around
    with office_of(arguments) as office:
        office.bar(arguments.device, arguments.reason)
    line = "The laptop is barred. At its next contact it hands in what waits, and then destroys its key."
    return Said({"device": arguments.device, "barred": True}, (line,))


def laptop(arguments: Namespace, around: Around) -> Said:
    """Say what was on a laptop."""
    del around
    with office_of(arguments) as office:
        report = office.laptop(arguments.device)
    cases = [
        f"{one.reference or one.case}  {one.revisions} revisions  {_standing(granted=one.granted, told=one.told)}"
        for one in report.cases
    ]
    return Said(_plain(report), [_laptop_line(_plain(report.enrolment)), *cases])


def run(arguments: Namespace, around: Around) -> Said:
    """Answer desks until the service is stopped."""
    where = listening(arguments.listen, cert=arguments.cert, key=arguments.key, plain_loopback=arguments.plain_loopback)
    with ready_database(url_of(arguments), connections=arguments.connections) as database:
        app = make_app(database, around.clock, settings=Settings())
        serve(app, where, announce=lambda url: around.announce({"listening": url}))
    return Said({}, ())


def ready_database(url: str, *, connections: int = 8) -> Database:
    """Return the central database for a `with`; what it lacks for a service is said in words."""
    check_version(url)
    database = Database(url, connections=connections)
    try:
        with database:
            known = database.authorities()
    except Away as fault:
        raise Cannot("The central database does not answer. Look whether it runs, then start the hub again.") from fault
    if not known:
        raise Cannot("The central database holds no authority yet. An administrator must run: send-desk-hub init")
    return Database(url, connections=connections)


COMMANDS: Mapping[str, Command] = {
    "init": init,
    "serve": run,
    "add-user": add_user,
    "password": password,
    "leave": leave,
    "users": users,
    "team": team,
    "grant": grant,
    "withdraw": withdraw,
    "redact": redact,
    "looked": looked,
    "enrolments": enrolments,
    "bar": bar,
    "laptop": laptop,
    "project": report_commands.project,
    "report": report_commands.report,
}


def _place(arguments: Namespace, act: Callable[..., bool], done: str, before: str) -> Said:
    with office_of(arguments) as office:
        case = office.find_case(arguments.case)
        changed = act(office, case, user=arguments.user, team=arguments.team, reason=arguments.reason)
    who = arguments.user or arguments.team
    told = {"case": case, "user": arguments.user, "team": arguments.team, "changed": changed}
    return Said(told, (f"{who} is {done if changed else before} {arguments.case}.",))


def _long_enough(secret: str) -> str:
    if len(secret) < SHORTEST:
        raise WrongUse(f"A password needs at least {SHORTEST} characters; three words are good. Nothing was changed.")
    return secret


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value)


def _a(role: str) -> str:
    return f"{'an' if role[:1] in 'aeiou' else 'a'} {role}"


def _laptop_line(one: Mapping[str, Any]) -> str:
    barred = "  barred" if one["barred_at"] else ""
    seen = datetime.fromisoformat(str(one["seen_at"])).date().isoformat()
    return f"{one['device']}  {one['name']}  {one['machine'] or 'no name'}  seen {seen}  {one['cases']} cases{barred}"


def _standing(*, granted: bool, told: bool) -> str:
    if granted:
        return "on the case"
    return "withdrawn, and the laptop knows" if told else "withdrawn, and the laptop does not know yet"
