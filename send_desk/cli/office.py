"""Commands about the office copy: connect to it, sync, look at what it did not take."""

from argparse import Namespace
from collections.abc import Mapping

from send_desk.domain.errors import WrongUse
from send_desk.services import syncing
from send_desk.services.conflicts import counts
from send_desk.services.desk import Desk
from send_desk.services.encoding import local_id
from send_desk.services.enrolling import enrol as enrol_home
from send_desk.services.leasing import office_state
from send_desk.services.reading import open_case
from send_desk.services.sync_store import RefusedChange
from send_desk.services.tray import export_tray, try_again
from send_desk.services.tray import tray as tray_of

from .answer import FINDINGS, Answer, plain
from .conflicts import conflict_json
from .world import World


def enrol(arguments: Namespace, world: World) -> Answer:
    """Connect this home to its authority's hub, or sign in again where it is connected already."""
    ca = world.read(arguments.ca) if arguments.ca else b""
    if ca and b"CERTIFICATE" not in ca:
        raise WrongUse(f"The file {arguments.ca} holds no certificate in PEM. Nothing was sent.")
    password = world.password(arguments.password_file)
    with world.desk(writing=True, lapsed=True) as desk:
        state = enrol_home(
            desk,
            world.door(),
            hub=arguments.hub,
            user=arguments.user,
            password=password,
            ca=ca,
            machine=world.machine(),
            version=world.version(),
        )
    data = {
        "schema": "send-desk/enrol-1",
        "hub": state.hub,
        "user": {"name": state.name, "role": str(state.role)},
        "lease_until": plain(state.lease_until),
    }
    return Answer(data, [f"Connected to {state.hub} as {state.name}, {state.role}. Now: send-desk sync"])


def sync(arguments: Namespace, world: World) -> Answer:
    """Send what waits, fetch what is new; one case first, where named."""
    with world.desk(writing=True, lapsed=True) as desk:
        case = open_case(desk, arguments.case).case.id if arguments.case else None
        with world.office(desk) as office:
            syncing.close_words(desk)
            outcome = syncing.sync(desk, office, case=case)
        data = outcome_json(outcome)
    some = f"Sent {outcome.sent}, received {outcome.received}, waiting {outcome.waiting}."
    status = FINDINGS if outcome.refused or outcome.conflicts else 0
    return Answer(data, [some, *outcome.messages], status)


def tray(arguments: Namespace, world: World) -> Answer:
    """Show what the office did not take; write it to a file, or let one be sent again."""
    writing = bool(arguments.out or arguments.again)
    with world.desk(writing=writing) as desk:
        if arguments.again:
            try_again(desk, arguments.again)
        if arguments.out:
            world.write(arguments.out, export_tray(desk))
        refused = tray_of(desk)
        rows = [{**_refused_json(one), "at": plain(one.at), "made_at": plain(one.made_at)} for one in refused]
        lines = [f"{one.revision}  {_case_words(desk, one.case)}: {one.words}" for one in refused]
    data = {"schema": "send-desk/tray-1", "refused": rows, "out": str(arguments.out) if arguments.out else None}
    if arguments.out:
        lines.append(f"Written to {arguments.out}, not encrypted: keep it safe, and delete it when it has served.")
    return Answer(data, lines or ["The tray is empty: the office has taken everything it was sent."])


def outcome_json(outcome: syncing.Outcome) -> Mapping[str, object]:
    """Return what a sync did, as interface.md tells it."""
    return {
        "schema": "send-desk/sync-1",
        "sent": outcome.sent,
        "received": outcome.received,
        "refused": [_refused_json(one) for one in outcome.refused],
        "waiting": outcome.waiting,
        "conflicts": [conflict_json(one) for one in outcome.conflicts],
        "resync": outcome.resync,
        "turns": outcome.turns,
        "bytes_up": outcome.bytes_up,
        "bytes_down": outcome.bytes_down,
        "messages": list(outcome.messages),
    }


def status(arguments: Namespace, world: World) -> Answer:
    """Say what is saved, what waits for the office copy, and how long this laptop may be unlocked offline."""
    with world.desk(writing=False, lapsed=True) as desk:
        waiting = sum(desk.store.waiting().values())
        saved = plain(desk.store.saved_at())
        state = office_state(desk)
        conflicts = sum(counts(desk).values())
    data = {
        "schema": "send-desk/status-1",
        "waiting": waiting,
        "refused": state.refused,
        "conflicts": conflicts,
        "saved_at": saved,
        "office_copy_at": plain(state.office_copy_at),
        "lease_until": plain(state.lease_until),
    }
    lines = [f"Saved on this laptop: {saved or 'nothing yet'}. Waiting: {waiting}."]
    if state.enrolled:
        lines.append(f"In the office copy: {plain(state.office_copy_at) or 'nothing yet'}. Refused: {state.refused}.")
    if state.ended:
        lines.append("This laptop must sign in to the office before its cases open again: send-desk enrol")
    elif state.warned:
        lines.append(f"Sync within {state.days_left} days, or this laptop asks for a sign-in.")
    return Answer(data, lines)


def _refused_json(one: RefusedChange) -> dict[str, object]:
    return {"revision": one.revision, "case": one.case, "entry": local_id(one.case, one.record), "reason": one.words}


def _case_words(desk: Desk, case: str) -> str:
    file = desk.store.case_file(case)
    return file.case.title if file else case
