"""The same work by this program and by Anki's own server, counted at the same door.

    python packaging/benchmarks/peers PYTHON_THAT_HAS_ANKI

Ours carries the whole log, encrypted stores and a database behind the hub; Anki's keeps the latest state in one file.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent / "load"))
sys.path.insert(0, str(Path(__file__).parent.parent))

from counting import Count, counting
from hub import Hub, running_hub
from sync import desk_at, synced, write_edits

_EDITS = 200


def main() -> int:
    """Print one line for each piece of work and program."""
    with tempfile.TemporaryDirectory(prefix="send-desk-peers-") as folder, running_hub() as hub:
        port = int(hub.url.rpartition(":")[2])
        with counting(("127.0.0.1", port)) as (door, count):
            _ours(Path(folder), replace(hub, url=f"http://127.0.0.1:{door}"), count)
    return subprocess.run([sys.argv[1], str(Path(__file__).with_name("anki_work.py"))], check=False).returncode


def _ours(folder: Path, hub: Hub, count: Count) -> None:
    (user,) = hub.users(1)
    with desk_at(folder / "one", hub, user) as one, desk_at(folder / "two", hub, user) as two:
        write_edits(one, _EDITS)
        for each in (one, two, one):
            synced(each)
        count.taken()
        _say("empty sync", count, lambda: synced(one))
        write_edits(one, _EDITS)
        _say(f"push {_EDITS}", count, lambda: synced(one))
        _say(f"pull {_EDITS}", count, lambda: synced(two))


def _say(what: str, count: Count, work: Callable[[], object]) -> None:
    began = perf_counter()
    work()
    spent = round((perf_counter() - began) * 1000, 1)
    sys.stdout.write(json.dumps({"peer": "send-desk", "work": what, "ms": spent, **count.taken()}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
