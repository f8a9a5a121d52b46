"""How a history is run: desks from a template, sixty steps, healing, and a look at what must hold."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from random import Random

from .desks import RealDesk, make_template
from .holding import faults_of
from .memory_central import MemoryCentral
from .world import DESKS, STEPS, Told, World

MOST = 2**24
"""Steps are numbers below this; the first one of a history is its mood."""

MakeCentral = Callable[[Callable[[], datetime]], MemoryCentral]


def plain_central(now: Callable[[], datetime]) -> MemoryCentral:
    """Make the office in memory, as it should be."""
    return MemoryCentral(now=now)


class Ground:
    """A folder for the files of one run, in memory where the machine has such a place, and the template in it."""

    def __init__(self) -> None:
        shared = Path("/dev/shm")  # noqa: S108  a folder of our own is made in it
        self._folder = Path(tempfile.mkdtemp(prefix="model", dir=shared if shared.is_dir() else None))
        self._template = make_template(self._folder / "template.db")
        self._homes = [self._folder / str(number) for number in range(len(DESKS))]

    def clear(self) -> None:
        """Throw everything away."""
        shutil.rmtree(self._folder)

    @contextmanager
    def world(self, make_central: MakeCentral = plain_central) -> Iterator[World]:
        """Lend a fresh world; its files are gone afterwards."""
        clock = Told()
        desks = [RealDesk(number, self._template, home, clock) for number, home in enumerate(self._homes)]
        try:
            yield World(list(desks), make_central, clock=clock)
        finally:
            for desk in desks:
                desk.close()


def run(world: World, history: Sequence[int], *, look_into_files: bool = False) -> list[str]:
    """Live through a history, heal, and return what does not hold."""
    world.mood = history[0]
    for step in history[1:]:
        world.step(step & 0xFF, step >> 8 & 0xFF, step >> 16)
    world.heal()
    return faults_of(world, look_into_files=look_into_files)


def drawn(dice: Random) -> list[int]:
    """Draw a history."""
    return [dice.randrange(MOST) for _ in range(STEPS + 1)]
