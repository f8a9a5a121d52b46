"""The findings of the cases worked on lately, kept warm so that a keystroke is checked in a few milliseconds."""

from collections import OrderedDict
from datetime import date

from send_desk.domain import checks
from send_desk.domain.case import Case
from send_desk.domain.checks.lists import CheckLists
from send_desk.domain.finding import Finding
from send_desk.domain.rulebook import RuleBook

KEPT = 12


class RecentChecks:
    """Gives what `check_case` gives, from what is remembered of each case."""

    def __init__(self) -> None:
        self._checkers: OrderedDict[str, checks.Checker] = OrderedDict()

    def findings(self, case: Case, book: RuleBook, lists: CheckLists, today: date) -> tuple[Finding, ...]:
        """Return every finding of a case on a day; the case longest unseen is forgotten first."""
        checker = self._checkers.pop(case.id, None) or checks.Checker()
        # Put back when it is done, so that two threads that look at one case never share a checker.
        found = checker.check(case, book, lists, today)
        self._checkers[case.id] = checker
        while len(self._checkers) > KEPT:
            self._checkers.popitem(last=False)
        return found
