"""Histories of five desks, four cases and sixty steps: whatever happens on the way, nothing is lost (sync.md).

`SEND_DESK_HISTORIES` says how many (2,000 in an ordinary run, 50,000 at night); they are shared out over the machine's
processors. Where changes land the histories are the same on every run, elsewhere they are new ones each time.
"""

import os
import subprocess
import sys
from pathlib import Path
from random import SystemRandom

HISTORIES = int(os.environ.get("SEND_DESK_HISTORIES", "2000"))
_ROOT = Path(__file__).parents[2]
_MOST_PROCESSES = 4


def test_nothing_is_lost_and_nothing_leaks_whatever_happens_to_desks_line_and_hub() -> None:
    processes = min(_MOST_PROCESSES, os.cpu_count() or 1)
    first = 20260303 if os.environ.get("CI") else SystemRandom().randrange(2**32)
    shares = [HISTORIES // processes + (number < HISTORIES % processes) for number in range(processes)]
    running = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "tests.model.live", str(share), str(first + number)],
            cwd=_ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for number, share in enumerate(shares)
        if share
    ]
    told = [one.communicate()[0] for one in running]
    assert [one.returncode for one in running] == [0] * len(running), "\n".join(told)
