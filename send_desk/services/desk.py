"""The desk: everything a service needs, passed in as one value."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from send_desk.domain.case import Case
from send_desk.domain.checks.lists import CheckLists
from send_desk.domain.rulebook import RuleBook

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

    @property
    def today(self) -> date:
        """The day on which the desk works."""
        return self.clock.today()

    def book(self, case: Case) -> RuleBook:
        """Return the law a case is pinned to; a framework that is not on this laptop falls back to the default."""
        return self.rulebooks.get(case.framework) or self.rulebooks[self.default_framework]
