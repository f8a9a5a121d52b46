"""What the window needs to know about the office copy, read on the worker as one value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from send_desk.gui.office_words import CaseSync
from send_desk.services.desk import Desk
from send_desk.services.leasing import office_state
from send_desk.services.office import OfficeState


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """How this laptop stands to its office; `cases` names only those of which something is not in the office copy.

    `directory` is what waits of the authority's directory, which belongs to no case.
    """

    state: OfficeState
    saved_at: datetime | None = None
    cases: Mapping[str, CaseSync] = field(default_factory=dict)
    directory: int = 0

    @property
    def waiting(self) -> int:
        """How many changes wait to be sent, of all cases."""
        return self.directory + sum(one.waiting for one in self.cases.values())

    @property
    def refused(self) -> int:
        """How many changes the office did not take."""
        return self.state.refused

    @property
    def conflicts(self) -> int:
        """How many conflicts are open."""
        return sum(one.conflicts for one in self.cases.values())

    def of_case(self, case: str) -> CaseSync | None:
        """How one case stands; None where this laptop has no office."""
        return self.cases.get(case, CaseSync()) if self.state.enrolled else None


def read_facts(desk: Desk) -> Facts:
    """Read how the laptop stands; everything is counted from what the office copy has acknowledged."""
    state = office_state(desk)
    waiting = desk.store.waiting()
    refused, open_ = Counter[str](), Counter[str]()
    if state.refused:
        from send_desk.services.tray import tray  # not at a start, where nothing is in it

        refused.update(one.case for one in tray(desk))
    if desk.store.forked():
        from send_desk.services.conflicts import counts  # not at a start, where nobody wrote apart

        open_.update(counts(desk))
    cases = {
        case: CaseSync(waiting.get(case, 0), refused[case], open_.get(case, 0))
        for case in {*waiting, *refused, *open_}
        if case and (waiting.get(case, 0) or refused[case] or open_.get(case, 0))
    }
    return Facts(state=state, saved_at=desk.store.saved_at(), cases=cases, directory=waiting.get("", 0))


def sync_of(desk: Desk) -> Mapping[str, CaseSync] | None:
    """Return the badges of the list of cases; None where this laptop has no office."""
    facts = read_facts(desk)
    return facts.cases if facts.state.enrolled else None
