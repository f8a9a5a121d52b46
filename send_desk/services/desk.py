"""The desk: everything a service needs, passed in as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from send_desk.domain.case import Case
from send_desk.domain.checks.lists import CheckLists
from send_desk.domain.finding import Finding
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.summary import Summary

from .checking import RecentChecks
from .ports import Clock, Ids, Store, User


@dataclass(frozen=True, slots=True)
class Desk:
    """One open home: its store, its user, the law by framework id, the word lists, time and ids."""

    store: Store
    user: User
    device: str
    rulebooks: Mapping[str, RuleBook]
    lists: CheckLists
    clock: Clock
    ids: Ids
    authority_name: str = ""
    default_framework: str = "england-2014"
    checks: RecentChecks = field(default_factory=RecentChecks)

    @property
    def today(self) -> date:
        """The day on which the desk works."""
        return self.clock.today()

    def book(self, case: Case) -> RuleBook:
        """Return the law a case is pinned to; a framework that is not on this laptop falls back to the default."""
        return self.rulebooks.get(case.framework) or self.rulebooks[self.default_framework]

    def findings(self, case: Case) -> tuple[Finding, ...]:
        """Return every finding of a case today: the one computation that all readers share."""
        return self.checks.findings(case, self.book(case), self.lists, self.today)

    def line(self, case: Case) -> Summary:
        """Return the case's line in the list, as it stands today."""
        from send_desk.domain.summarise import summarise  # a start shows the lines that are kept

        return summarise(case, self.book(case), self.today, findings=self.findings(case))
