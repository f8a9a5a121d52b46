"""The one place that knows every part: it reads the law, opens the home, and hands each part what it needs.

The clock, new ids, the disk and the environment are met here and nowhere below.
"""

import gc
import sys
from collections.abc import Sequence

_OBJECTS = 50_000
"""How many more objects there must be than at the last look before cycles are looked for."""


def start(arguments: Sequence[str]) -> int:
    """Run one command, or the window where none is named; return the exit status of interface.md."""
    # Nothing that a start imports or reads is garbage, and looking through it after every 700 objects takes a tenth of
    # the time; cycles are still collected in a command that works long.
    gc.set_threshold(_OBJECTS)
    # Imported here so that a part of this package, such as the law, can be had without the whole program.
    from send_desk.cli.parser import parse
    from send_desk.cli.run import complain, run
    from send_desk.domain.errors import Cannot, KnownError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        wanted = parse(arguments)
    except KnownError as error:
        return complain(error)
    from .laptop import Laptop

    try:
        return run(wanted, Laptop(wanted))
    except KeyboardInterrupt:
        return complain(Cannot("Stopped before the end. What was saved before is kept."))
    except Exception as fault:  # noqa: BLE001  the last resort: nobody is shown a traceback, and no text of a child
        from .journal import fault_in_words

        return complain(fault_in_words(fault))
