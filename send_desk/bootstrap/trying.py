"""The whole of it on one machine, to try out: the centre, and two laptops of the fictional county that meet there."""

import json
import logging
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from send_desk.domain.errors import Cannot, Refused
from send_desk.domain.ids import Role
from send_desk.hub.trial import Town, Trial
from send_desk.services import county

from .clock import SystemClock
from .demo import PASSPHRASE, fill_county
from .files import write_file
from .laptop import Laptop

_AUTHORITY = "999"
_COUNTY = "Harrowdale County Council"
_TEAM = "North"
_NOTE = "try.json"
_HOMES: Mapping[str, tuple[str, Role]] = {
    "caseworker": (county.CASEWORKER, Role.CASEWORKER),
    "manager": (county.MANAGER, Role.MANAGER),
}
_SECONDS = 600


def try_out(*, folder: Path | None, cases: int, as_json: bool) -> None:
    """Start everything, say where it is, and keep it until Ctrl+C; without a folder nothing is left afterwards."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    place = _kept(folder) if folder else Path(tempfile.mkdtemp(prefix="send-desk-try-"))
    try:
        # The database of root runs in another account's name, which must get through; homes are encrypted anyway.
        place.chmod(0o711)
        _run(place, cases=cases, as_json=as_json)
    finally:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)
        if not folder:
            shutil.rmtree(place, ignore_errors=True)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, before)


def _run(place: Path, *, cases: int, as_json: bool) -> None:
    note = place / _NOTE
    port = _port_of(note)
    if not port:
        write_file(note, json.dumps({"port": 0}).encode())
    town = Town(
        authority=_AUTHORITY,
        name=_COUNTY,
        people=dict(_HOMES.values()),
        password=PASSPHRASE,
        team=_TEAM,
        leads=(county.MANAGER,),
    )
    logging.getLogger("send_desk.hub").setLevel(logging.WARNING)  # nobody asked for a line of every call here
    _say("Starting a database and a hub of their own.")
    with Trial(place, town=town, clock=SystemClock(), port=port) as trial:
        secret = place / "passphrase"
        if not port:
            write_file(secret, f"{PASSPHRASE}\n".encode())
            _make_homes(place, trial, secret, cases)
            write_file(note, json.dumps({"port": int(trial.url.rpartition(":")[2])}).encode())
        homes = _homes(place)
        if as_json:
            told = {
                "hub": trial.url,
                "ca": str(trial.ca),
                "database": trial.database_url,
                "authority": _AUTHORITY,
                "password": PASSPHRASE,
                "passphrase": PASSPHRASE,
                "homes": homes,
            }
            sys.stdout.write(json.dumps(told) + "\n")
        else:
            sys.stdout.writelines(f"{line}\n" for line in _lines(trial, homes))
        sys.stdout.flush()
        _wait()


def _make_homes(place: Path, trial: Trial, secret: Path, cases: int) -> None:
    for name, (user, role) in _HOMES.items():
        home = place / name
        shutil.rmtree(home, ignore_errors=True)  # what an interrupted start left half done
        laptop = Laptop(Namespace(home=home, passphrase_file=secret, today=None, json=True))
        opened = laptop.make_home(PASSPHRASE, authority=_AUTHORITY, user=user, role=role, authority_name=_COUNTY)
        try:
            if role is Role.CASEWORKER:
                _say(f"Making {cases} children of the fictional county. All people in it are made up.")
                for _ in fill_county(laptop.desk_of(opened), cases=cases):
                    pass
                opened.store.index_words()
        finally:
            opened.close()
        _say(f"The laptop of {user} meets the office for the first time.")
        _desk("enrol", home, secret, "--hub", trial.url, "--user", user, "--password-file", secret, "--ca", trial.ca)
        _desk("sync", home, secret)


def _desk(command: str, home: Path, secret: Path, *more: str | Path) -> None:
    """Do a command of the desk as its user would, in a process of its own."""
    words = [command, *map(str, more), "--home", str(home), "--passphrase-file", str(secret), "--json"]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "send_desk", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode:
        raise Cannot(f"The first {command} did not end well. {done.stderr.strip() or done.stdout.strip()}")


def _homes(place: Path) -> list[dict[str, str]]:
    beside = Path(sys.executable).with_name("send-desk")
    door = str(beside) if beside.exists() else "send-desk"
    return [
        {
            "user": user,
            "role": str(role),
            "home": str(place / name),
            "open": shlex.join([door, "--home", str(place / name)]),
        }
        for name, (user, role) in _HOMES.items()
    ]


def _lines(trial: Trial, homes: Sequence[Mapping[str, str]]) -> list[str]:
    return [
        f"The hub listens on {trial.url}, with the certificate {trial.ca}.",
        f"Both laptops open with the passphrase: {PASSPHRASE}. The password at the office is the same.",
        *(f"{one['user']}, {one['role']}: {one['open']}" for one in homes),
        f"As the administrator: send-desk-hub enrolments --database {trial.database_url}",
        "Ctrl+C ends all of it.",
    ]


def _kept(folder: Path) -> Path:
    place = folder.absolute()
    place.mkdir(parents=True, exist_ok=True)
    if (place / _NOTE).exists():
        if not _port_of(place / _NOTE):  # the first start was stopped half-way: begun anew
            for name in ("database", *_HOMES):
                shutil.rmtree(place / name, ignore_errors=True)
    elif any(place.iterdir()):
        raise Refused(f"{place} holds something else. Nothing was changed. Name a new folder.")
    return place


def _port_of(note: Path) -> int:
    """Return where the hub listened, which the laptops remember; 0 where they have not met it yet."""
    return int(json.loads(note.read_text("utf-8"))["port"]) if note.exists() else 0


def _wait() -> None:
    ended = threading.Event()
    try:
        while not ended.wait(1):  # with a time, so that Windows hears Ctrl+C
            pass
    except KeyboardInterrupt:
        _say("Ending.")


def _say(words: str) -> None:
    sys.stderr.write(f"send-desk-hub: {words}\n")
    sys.stderr.flush()
