"""The one place that knows every part: it reads the law, opens the home, and hands each part what it needs.

The clock, new ids, the disk and the environment are met here and nowhere below.
"""

import sys
from collections.abc import Sequence


def start(arguments: Sequence[str]) -> int:
    """Run one command, or the window where none is named; return the exit status of interface.md."""
    # Imported here so that a part of this package, such as the law, can be had without the whole program.
    from send_desk.cli.parser import parse
    from send_desk.cli.run import complain, run
    from send_desk.domain.errors import KnownError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        wanted = parse(arguments)
    except KnownError as error:
        return complain(error)
    from .laptop import Laptop

    return run(wanted, Laptop(wanted))
