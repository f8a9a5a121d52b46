"""Making the home of the fictional county, which is the first thing that a person sees of `run demo`."""

from county import CASES, County
from measure import say_limit


def run(county: County) -> None:
    """Tell how long the county of this run took to make."""
    say_limit("fill", county.made.wall / 1000, "s", limit=8.0, clock="wall", cpu=county.made.cpu / 1000, cases=CASES)
