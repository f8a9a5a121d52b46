"""Starting whole processes and taking the time until they say that they are usable."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from time import perf_counter
from typing import Any

from county import DAY, County
from measure import Spent

_LONGEST_S = 120
WHOLE = Path(__file__).with_name("whole.py")


@dataclass(frozen=True, slots=True)
class Told:
    """What a process said when it was usable, and how long that took from its start."""

    spent: Spent
    memory: float
    modules: tuple[str, ...] = ()


def ours(county: County, *cases: str) -> Told:
    """Start the window on the county, unlock it by its data key, and open some cases."""
    kind = "cases" if cases else "ours"
    return _run(county, kind, str(county.home), county.key.raw.hex(), DAY.isoformat(), *cases)


def bare(county: County, modules: Sequence[str]) -> Told:
    """Start a bare window that imports these modules and reads one row of the county's file."""
    return _run(county, "bare", str(county.home / "desk.db"), county.key.derived("store").hex(), *modules)


def _run(county: County, *arguments: str) -> Told:
    root = Path(__file__).parents[2]
    # Both have their modules compiled beforehand, as they are after the first start on anybody's machine.
    fixed = {
        "PYTHONPATH": str(root),
        "PYTHONPYCACHEPREFIX": str(county.compiled),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONFAULTHANDLER": "1",
    }
    began = perf_counter()
    with (
        TemporaryFile("w+") as complaints,
        subprocess.Popen(
            [sys.executable, str(WHOLE), *arguments],
            stdout=subprocess.PIPE,
            stderr=complaints,
            cwd=root,
            env={**os.environ, **fixed},
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        # A window that never gets there would wait for ever.
        late = Timer(_LONGEST_S, process.kill)
        late.start()
        line = process.stdout.readline()
        wall = (perf_counter() - began) * 1000
        process.stdout.read()
        late.cancel()
        if process.wait() != 0 or not line:
            complaints.seek(0)
            raise SystemExit(f"the process {arguments[0]} ended with {process.returncode}\n{complaints.read()}")
    said: dict[str, Any] = json.loads(line)
    return Told(Spent(wall, said["cpu"]), said["memory"], tuple(said.get("modules", ())))
