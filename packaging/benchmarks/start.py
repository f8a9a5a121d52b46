"""From nothing to a usable My day on the county, against a bare window process with the same libraries."""

import os
import sys
from pathlib import Path
from statistics import median

from county import County
from measure import By, once, say_limit, say_ratio
from processes import bare, ours

from send_desk.bootstrap.demo import PASSPHRASE
from send_desk.storage.keys import open_by_passphrase

_ROUNDS = 9


def run(county: County) -> None:
    """Start both in turn, whole processes; then ours once more with its files no longer in the system's memory."""
    modules = ours(county).modules
    bare(county, modules)
    mine, theirs = [], []
    for _ in range(_ROUNDS):
        mine.append(ours(county).spent)
        theirs.append(bare(county, modules).spent)
    say_ratio("start", mine, theirs, goal=1.5, by=By.WALL, libraries=len(modules))
    stretched = median(once(lambda: open_by_passphrase(county.home, PASSPHRASE)).wall for _ in range(5))
    forgotten = _forget(county.home, county.compiled)
    cold = ours(county).spent
    say_limit(
        "start_cold",
        cold.wall / 1000,
        "s",
        limit=3.0,
        clock="wall",
        argon2id_ms=stretched,
        cpu=cold.cpu / 1000,
        files_taken_out_of_the_cache=forgotten,
    )


def _forget(*more: Path) -> int:
    """Let the system forget the files of program, libraries and home where it can be asked; return how many."""
    if not hasattr(os, "posix_fadvise"):
        return 0
    root = Path(__file__).parents[2]
    folders = (Path(sys.prefix), Path(sys.base_prefix) / "lib", root / "send_desk", root / "resources", *more)
    count = 0
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                with path.open("rb") as file:
                    os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
                count += 1
    return count
