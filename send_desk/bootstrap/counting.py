"""How the central side counts a case: by the functions of the desk, over the revisions that it holds."""

from collections.abc import Mapping, Sequence
from datetime import date

from send_desk.domain.oversight import Oversight, oversee
from send_desk.domain.rulebook import RuleBook
from send_desk.hub.reports import Counted
from send_desk.services.assembling import case_of
from send_desk.wire.packed import Packed, unpack

_FRAMEWORK = "england-2014"


def counting(books: Mapping[str, RuleBook], day: date) -> Counted:
    """Return what counts one case on a day, by the law that the case is pinned to."""

    def counted(case: str, history: Sequence[Packed]) -> Oversight | None:
        known = case_of(case, (unpack(one) for one in history))
        if known is None:
            return None
        return oversee(known, books.get(known.framework) or books[_FRAMEWORK], day)

    return counted
