"""Timing two things in turn, so that a noisy machine is noisy to both, and saying what came out.

Each figure is taken by the clock on the wall and by the processor's: where a disk is waited for the first one counts,
where a processor works the second, because others may be working on the same machine. The line says which.
"""

import gc
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median, quantiles
from time import perf_counter, process_time


class By(StrEnum):
    """The clock that counts."""

    WALL = "wall"
    CPU = "cpu"


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of one call by both clocks."""

    wall: float
    cpu: float

    def by(self, clock: By) -> float:
        """Return the milliseconds of one clock."""
        return self.wall if clock is By.WALL else self.cpu


def turns(ours: Callable[[], object], peer: Callable[[], object], *, rounds: int) -> tuple[list[Spent], list[Spent]]:
    """Return what each of so many rounds took, ours and the peer's in turn after one warm-up."""
    ours(), peer()
    mine: list[Spent] = []
    theirs: list[Spent] = []
    gc.collect()
    for _ in range(rounds):
        mine.append(once(ours))
        theirs.append(once(peer))
    return mine, theirs


def once(work: Callable[[], object]) -> Spent:
    """Return what one call took."""
    began, worked = perf_counter(), process_time()
    work()
    return Spent((perf_counter() - began) * 1000, (process_time() - worked) * 1000)


def p99(values: Sequence[float]) -> float:
    """Return the value under which 99 of 100 lie."""
    return quantiles(values, n=100, method="inclusive")[98]


def middle(spent: Sequence[Spent], clock: By) -> float:
    """Return the median by one clock."""
    return median(one.by(clock) for one in spent)


def say_ratio(
    name: str, ours: Sequence[Spent], peer: Sequence[Spent], *, goal: float, by: By = By.CPU, **more: object
) -> None:
    """Print the medians of both and the median of the ratios, pair by pair, by the clock that counts and the other."""
    other = By.CPU if by is By.WALL else By.WALL
    ratio = _ratio(ours, peer, by)
    more = {"clock": by, f"ratio_by_{other}": _ratio(ours, peer, other), "rounds": len(ours), **more}
    _line(name, middle(ours, by), "ms", peer=middle(peer, by), ratio=ratio, goal=goal, good=ratio <= goal, **more)


def say_limit(name: str, ours: float, unit: str, *, limit: float, **more: object) -> None:
    """Print a figure against its limit."""
    _line(name, ours, unit, limit=limit, ratio=ours / limit, goal=1.0, good=ours <= limit, **more)


def _ratio(ours: Sequence[Spent], peer: Sequence[Spent], clock: By) -> float:
    return median(one.by(clock) / other.by(clock) for one, other in zip(ours, peer, strict=True))


def _line(name: str, ours: float, unit: str, **more: object) -> None:
    shown = {key: round(value, 3) if isinstance(value, float) else value for key, value in more.items()}
    sys.stdout.write(json.dumps({"bench": name, "ours": round(ours, 3), "unit": unit, **shown}) + "\n")
    sys.stdout.flush()
