"""A well-written plan is left in peace."""

from collections.abc import Callable

from send_desk.domain.case import Case
from send_desk.domain.finding import Finding


def test_nothing_is_said_of_a_good_plan(good: Case, look: Callable[..., list[Finding]]) -> None:
    assert [(one.id, one.reason) for one in look(good)] == []
