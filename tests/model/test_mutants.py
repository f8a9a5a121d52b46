"""Every planted bug is caught by the model; one that lives fails the build (sync.md, "What must be tried")."""

from collections.abc import Iterator
from random import Random

import pytest

from .histories import Ground, drawn, run
from .mutants import MUTANTS

_MOST = 300
"""So many histories a mutant may live through; all of those known are caught within a fifth of it."""


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    made = Ground()
    yield made
    made.clear()


@pytest.mark.parametrize("name", MUTANTS)
def test_no_mutant_lives(ground: Ground, name: str) -> None:
    with MUTANTS[name].there() as make_central:
        for number in range(_MOST):
            with ground.world(make_central) as world:
                if run(world, drawn(Random(number)), look_into_files=True):  # noqa: S311  histories, no secrets
                    return
    pytest.fail(f"the mutant {name!r} lives")


def test_without_a_mutant_the_same_histories_end_well(ground: Ground) -> None:
    for number in range(20):
        with ground.world() as world:
            assert run(world, drawn(Random(number)), look_into_files=True) == []  # noqa: S311
