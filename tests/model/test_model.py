"""Histories of five desks, four cases and sixty steps: whatever happens on the way, nothing is lost (sync.md).

`SEND_DESK_HISTORIES` says how many (2,000 in an ordinary run, 50,000 at night). Hypothesis draws and shortens them; a
failing one is printed as a story.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from .histories import MOST, Ground, run
from .world import STEPS

HISTORIES = int(os.environ.get("SEND_DESK_HISTORIES", "2000"))
_step = st.integers(0, MOST - 1)


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    made = Ground()
    yield made
    made.clear()


@settings(max_examples=HISTORIES, suppress_health_check=list(HealthCheck), database=None)
@given(st.tuples(*[_step] * (STEPS + 1)))
def test_nothing_is_lost_and_nothing_leaks_whatever_happens_to_desks_line_and_hub(
    ground: Ground, history: tuple[int, ...]
) -> None:
    with ground.world() as world:
        faults = run(world, history, look_into_files=sum(history) % 20 == 0)
        note("\n".join(world.story))
        assert not faults
