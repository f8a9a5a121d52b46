"""Memory of the window with ten cases opened, beside that of a bare window process with the same libraries."""

from county import County, by_size
from measure import say_limit
from processes import bare, ours

_CASES = 10
_LIMIT = 400.0


def run(county: County) -> None:
    """Open the plans of the ten largest cases one after another."""
    opened, desk = county.open()
    cases = [case.id for case in by_size(desk)[:_CASES]]
    opened.close()
    first = ours(county)
    say_limit(
        "memory",
        ours(county, *cases).memory,
        "MB",
        limit=_LIMIT,
        on_my_day=first.memory,
        peer=bare(county, first.modules).memory,
        cases=_CASES,
    )
