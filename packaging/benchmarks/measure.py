"""Timing two things in turn, so that a noisy machine is noisy to both, and saying what came out."""

import gc
import json
import sys
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from time import perf_counter


def turns(ours: Callable[[], object], peer: Callable[[], object], *, rounds: int) -> tuple[list[float], list[float]]:
    """Return the milliseconds of each of so many rounds, ours and the peer's in turn after one warm-up."""
    ours(), peer()
    mine: list[float] = []
    theirs: list[float] = []
    gc.collect()
    for _ in range(rounds):
        mine.append(once(ours))
        theirs.append(once(peer))
    return mine, theirs


def once(work: Callable[[], object]) -> float:
    """Return the milliseconds of one call."""
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def p99(values: Sequence[float]) -> float:
    """Return the value under which 99 of 100 lie."""
    return quantiles(values, n=100, method="inclusive")[98]


def say_ratio(name: str, ours: Sequence[float], peer: Sequence[float], *, goal: float, **more: object) -> None:
    """Print the medians of both and the median of the ratios, pair by pair."""
    ratio = median(one / other for one, other in zip(ours, peer, strict=True))
    _line(name, median(ours), "ms", peer=median(peer), ratio=ratio, goal=goal, good=ratio <= goal, **more)


def say_limit(name: str, ours: float, unit: str, *, limit: float, **more: object) -> None:
    """Print a figure against its limit."""
    _line(name, ours, unit, limit=limit, ratio=ours / limit, goal=1.0, good=ours <= limit, **more)


def _line(name: str, ours: float, unit: str, **more: object) -> None:
    shown = {key: round(value, 3) if isinstance(value, float) else value for key, value in more.items()}
    sys.stdout.write(json.dumps({"bench": name, "ours": round(ours, 3), "unit": unit, **shown}) + "\n")
    sys.stdout.flush()
