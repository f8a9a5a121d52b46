"""Faults planted into the real code, each of them one that a careful programmer has made somewhere.

A mutant is a context in which one function does what it should not; the rules that live in SQL have their mutants in
the office in memory, which obeys the same suite. `test_mutants.py` fails if the model lets one of them live.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from typing import Any
from unittest.mock import patch

from send_desk.domain.revision import Revision
from send_desk.hub.central import Caller, Offered, Page, Taken
from send_desk.hub.receipts import Receipts
from send_desk.services import sending, syncing, taking_in
from send_desk.services.desk import Desk
from send_desk.services.office import Office
from send_desk.services.sync_outcome import Tally, Told
from send_desk.storage import incoming, log
from send_desk.storage.exchange import Exchange
from send_desk.wire.columns import from_columns
from send_desk.wire.messages import Push, PushAnswer, Read
from send_desk.wire.packed import Mark

from .histories import MakeCentral, plain_central
from .memory_central import MemoryCentral

Mutant = Callable[[], Any]
"""Opens a context in which the fault is there, and gives what makes the hub's central."""


# --- the hub ---------------------------------------------------------------------------------------------------------


class _NaiveCursor(MemoryCentral):
    """Positions come from a sequence: a transaction that took one early may be seen after later ones were read."""

    slow: tuple[str, frozenset[int]] = ("", frozenset())
    """Whose push is not seen by others yet, and the positions that it has already."""

    def push(
        self,
        caller: Caller,
        offered: Sequence[Offered],
        *,
        expects: Mapping[str, Mark],
        seen: int,
        reads: Sequence[Read],
    ) -> tuple[Taken, ...]:
        taken = super().push(caller, offered, expects=expects, seen=seen, reads=reads)
        self.slow = caller.device, frozenset(one.position for one in taken if one.position is not None)
        return taken

    def pull(
        self, caller: Caller, *, feed: str, position: int, item: str, have: Sequence[tuple[int, int]], limit: int
    ) -> Page:
        page = super().pull(caller, feed=feed, position=position, item=item, have=have, limit=limit)
        device, late = self.slow
        if caller.device == device or page.resync:
            return page
        self.slow = "", frozenset()
        unseen = {self.books.places[one - 1].item for one in late if one < page.at}
        return replace(page, revisions=tuple(one for one in page.revisions if one.id not in unseen))


class _AnswersBeforeCommit(MemoryCentral):
    """The answer goes out before the commit, and every fifth commit fails."""

    pushes = 0

    def push(
        self,
        caller: Caller,
        offered: Sequence[Offered],
        *,
        expects: Mapping[str, Mark],
        seen: int,
        reads: Sequence[Read],
    ) -> tuple[Taken, ...]:
        before = self.backup()
        taken = super().push(caller, offered, expects=expects, seen=seen, reads=reads)
        self.pushes += 1
        if self.pushes % 5 == 0:
            self.restore(before)
        return taken


class _NeverResyncs(MemoryCentral):
    """A cursor that this hub never gave out is taken for one that has read everything."""

    def pull(
        self, caller: Caller, *, feed: str, position: int, item: str, have: Sequence[tuple[int, int]], limit: int
    ) -> Page:
        page = super().pull(caller, feed=feed, position=position, item=item, have=have, limit=limit)
        if not page.resync:
            return page
        end = min(position, len(self.books.places))
        return super().pull(
            caller, feed=self.books.feed, position=end, item=self.books.item(end), have=have, limit=limit
        )


class _PageBoundary(MemoryCentral):
    """The next page begins one position too late."""

    def pull(
        self, caller: Caller, *, feed: str, position: int, item: str, have: Sequence[tuple[int, int]], limit: int
    ) -> Page:
        page = super().pull(caller, feed=feed, position=position, item=item, have=have, limit=limit)
        return replace(page, at=page.at + 1, item=self.books.item(page.at + 1)) if page.more else page


# --- the desk --------------------------------------------------------------------------------------------------------


class _Hasty:
    """An office to which nothing is sent before it counts as sent."""

    def __init__(self, desk: Desk, office: Office) -> None:
        self._desk = desk
        self._office = office

    def push(self, wish: Push, /) -> PushAnswer:
        self._desk.store.sync.settle(from_columns(wish.columns), at=self._desk.clock.now())
        return self._office.push(wish)


def _push_hastily(desk: Desk, office: Office, tally: Tally, told: Told, *, case: str | None = None) -> None:
    sending.push_all(desk, _Hasty(desk, office), tally, told, case=case)  # type: ignore[arg-type]  # it only pushes


def _heads_by_insert_and_delete(driver: Any, place: log.Place) -> Any:
    standing = _merged(driver, place)
    heads: list[str] = []
    for revision in log.history(driver, place):
        heads = [head for head in heads if head not in revision.parents] + [revision.id]
    return replace(standing, heads=tuple(sorted(heads)))


def _last_write_wins(driver: Any, place: log.Place) -> Any:
    standing = _merged(driver, place)
    fields: dict[str, object] = {}
    for revision in sorted(log.history(driver, place), key=lambda one: one.made_at):
        fields.update(revision.fields)
    return replace(standing, fields=fields)


def _merged(driver: Any, place: log.Place) -> Any:
    return _REAL_MERGE(driver, place)


def _outcome_with_a_merge(desk: Desk, *rest: Any) -> Any:
    """Whatever lies apart is put together by itself, stored, and sent to everybody at the next sync."""
    for case, record in desk.store.forked():
        whole = desk.store.merged(case, record)
        merge = Revision(
            id=f"merge-{desk.device}-{next(_numbers)}",
            record=record,
            kind="entry",
            case=case,
            authority=desk.user.authority,
            parents=whole.heads,
            fields=dict(whole.fields),
            author=desk.user.id,
            device=desk.device,
            made_at=desk.clock.now(),
        )
        with desk.store.write() as unit:
            unit.append([merge])
    return _REAL_OUTCOME(desk, *rest)


def _nothing(*_: Any, **__: Any) -> Any:
    return set()


_numbers = count(1)
_REAL_MERGE = log._merged_standing
_REAL_OUTCOME = syncing._outcome


@dataclass(frozen=True, slots=True)
class Planted:
    """One fault: which hub, and which functions of which modules are other ones."""

    central: type[MemoryCentral] = MemoryCentral
    other: tuple[tuple[object, str, Any], ...] = ()

    @contextmanager
    def there(self) -> Iterator[MakeCentral]:
        """Let the fault be there for a while."""
        patches = [patch.object(owner, name, new) for owner, name, new in self.other]
        for one in patches:
            one.start()
        try:
            yield plain_central if self.central is MemoryCentral else lambda now: self.central(now=now)
        finally:
            for one in reversed(patches):
                one.stop()


MUTANTS: Mapping[str, Planted] = {
    "naive cursor": Planted(central=_NaiveCursor),
    "heads by retry": Planted(other=((log, "_merged_standing", _heads_by_insert_and_delete),)),
    "acknowledge before commit, at the hub": Planted(central=_AnswersBeforeCommit),
    "acknowledge before commit, on the desk": Planted(
        other=((syncing, "push_all", _push_hastily), (taking_in, "push_all", _push_hastily))
    ),
    "no resync": Planted(central=_NeverResyncs),
    "stored random merge": Planted(other=((syncing, "_outcome", _outcome_with_a_merge),)),
    "last write wins": Planted(other=((log, "_merged_standing", _last_write_wins),)),
    "page boundary": Planted(central=_PageBoundary),
    "missing backfill": Planted(other=((taking_in, "_granted", lambda _: []),)),
    "receipts are not believed": Planted(other=((Receipts, "vouches", lambda *_: False),)),
    "nothing is sent again to a restored hub": Planted(other=((Exchange, "send_again", _nothing),)),
    "a withdrawn case stays": Planted(other=((Exchange, "leaving", lambda _: ()),)),
    "a redaction is passed over": Planted(other=((incoming, "redact", _nothing),)),
}
"""The planted bugs of sync.md, and some more, each with its name."""
