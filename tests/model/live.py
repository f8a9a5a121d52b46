"""Lives through histories in a process of its own: ``python -m tests.model.live COUNT SEED``; ends with 1 on a fault.

Hypothesis draws the histories, and makes a failing one as short as it can be before its story is printed.
"""

import sys

from hypothesis import HealthCheck, given, note, seed, settings
from hypothesis import strategies as st

from .histories import MOST, Ground, run
from .world import STEPS

_step = st.integers(0, MOST - 1)


def live(histories: int, number: int) -> None:
    """Live through so many histories, drawn from this seed; `AssertionError` where one ends badly."""
    ground = Ground()

    @seed(number)
    @settings(max_examples=histories, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.tuples(*[_step] * (STEPS + 1)))
    def one(history: tuple[int, ...]) -> None:
        with ground.world() as world:
            faults = run(world, history, look_into_files=sum(history) % 20 == 0)
            note("\n".join(world.story))
            assert not faults, "\n".join(faults)

    try:
        one()
    finally:
        ground.clear()


if __name__ == "__main__":
    live(int(sys.argv[1]), int(sys.argv[2]))
