"""How long to wait before a call is made again: longer each time, never longer than a bound, never all at once."""

LONGEST = 15 * 60.0
"""The most seconds between two tries in the background."""


def pause(attempt: int, jitter: float, *, first: float = 0.5, longest: float = LONGEST) -> float:
    """Return the seconds to wait before try `attempt` + 1 (from 0); `jitter` is drawn evenly from 0 to 1.

    Doubling, and somewhere between the half and the whole of it, so that a hub that comes back is not run over.
    """
    whole = min(longest, first * 2.0 ** min(attempt, 40))
    return whole * (0.5 + jitter / 2)
