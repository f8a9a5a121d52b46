"""The authority's side as its commands see it: the clock, where passwords come from, and what is printed."""

import json
import logging
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from send_desk.domain.errors import Cannot, KnownError, Refused

from .clock import SystemClock

if TYPE_CHECKING:
    from send_desk.hub.reports import Counted
    from send_desk.hub.saying import Said

_REFUSED, _WRONG, _CANNOT = 1, 2, 3


def start(arguments: Sequence[str]) -> int:
    """Run one command of the hub; return the exit status of interface.md."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        _log_by_ids()
        # Imported here so that what is missing of the hub's libraries is said in words.
        from send_desk.hub.parser import parse

        wanted = parse(arguments)
        said = _do(wanted)
        _say(said, as_json=wanted.json)
    except KnownError as error:
        return _complain(error)
    except ModuleNotFoundError as missing:
        return _complain(Cannot(f"The hub's library {missing.name} is not installed here: pip install send-desk[hub]"))
    except KeyboardInterrupt:
        return _complain(Cannot("Stopped before the end. What was done before is kept."))
    except BrokenPipeError:  # whoever read the answer has read enough
        sys.stdout = None
        return 0
    except Exception as fault:  # noqa: BLE001  the last resort: nobody is shown a traceback, and no text of a child
        from .journal import fault_in_words

        return _complain(fault_in_words(fault))
    return said.status


def _do(wanted: Namespace) -> "Said":
    from send_desk.hub.commands import COMMANDS
    from send_desk.hub.saying import Around, Said

    if wanted.command == "try":
        from .trying import try_out

        try_out(folder=wanted.folder, cases=wanted.cases, as_json=wanted.json)
        return Said({})
    clock = SystemClock()
    return COMMANDS[wanted.command](wanted, Around(clock, clock.today, _counted, _password, _announce))


def _counted(day: date) -> "Counted":
    from send_desk import paths

    from .counting import counting
    from .law import read_frameworks

    return counting(read_frameworks(paths.resources()), day)


def _password(file: Path | None, what: str) -> str:
    from .passphrase import ask

    if file is None and not sys.stdin.isatty():
        raise Cannot(f"{what}: nobody is there to type it. Give it in a file: --password-file F.")
    return ask(file, what=what)


def _announce(told: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _say(said: "Said", *, as_json: bool) -> None:
    if as_json and said.data:
        sys.stdout.write(json.dumps(said.data, ensure_ascii=False, indent=1) + "\n")
    elif not as_json:
        sys.stdout.writelines(f"{line}\n" for line in said.lines)
    sys.stdout.flush()


def _complain(error: KnownError) -> int:
    sys.stderr.write(f"send-desk-hub: {error}\n")
    match error:
        case Refused():
            return _REFUSED
        case Cannot():
            return _CANNOT
        case _:
            return _WRONG


def _log_by_ids() -> None:
    """Let the service say on stderr, by ids, what it does; of its libraries only what goes wrong is said."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("send_desk.hub").setLevel(logging.INFO)
