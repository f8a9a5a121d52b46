"""Taking in: the feed page by page, what it grants and withdraws, and mending where this desk and the office differ.

The cursor moves last, in the transaction that stores its page: whatever is cut off before is asked for again, and
nothing that is taken in twice does harm.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from send_desk.domain.errors import Cannot
from send_desk.wire.columns import Crooked, from_columns
from send_desk.wire.messages import Check, CheckAnswer, Cursor, Event, Pull, PullAnswer, SnapshotHead
from send_desk.wire.packed import Mark, Packed

from .desk import Desk
from .office import NotTaken, Office, Offline
from .sending import push_all
from .sync_outcome import Progress, Tally, Told

_ROUNDS = 4
"""How often one sync may begin anew because the office's feed is another, or moved on while marks were compared."""

_TOGETHER = 5_000
"""How many revisions of a snapshot are taken in by one transaction."""

_UNREADABLE = (
    "What came from the office could not be read. Nothing of it was taken in, and everything on this laptop is kept. "
    "Please tell those who look after the program."
)


class TakingIn:
    """One sync's way down the feed."""

    def __init__(self, desk: Desk, office: Office, tally: Tally, told: Told) -> None:
        """Work for one sync."""
        self._desk = desk
        self._office = office
        self._store = desk.store.sync
        self._tally = tally
        self._told = told
        self._seen_to = 0

    def all(self) -> None:
        """Bring this desk to where the office is: everything since the cursor, or the first download."""
        if self._store.cursor() is None:
            self._first()
        for last in (False,) * (_ROUNDS - 1) + (True,):
            answer = self._pages()
            if answer.resync:
                self._tally.resync = True
                self._compare(anew=True)
            elif self._store.mark() == Mark(answer.count, answer.digest) or self._mend(give_up=last):
                return
        self._tally.remarks.append(
            "The office copy kept changing while it was compared. Everything is kept; sync again later."
        )

    def purge_leaving(self) -> None:
        """Purge the cases that were withdrawn, once nothing of them waits."""
        for case in self._store.leaving():
            push_all(self._desk, self._office, self._tally, self._told, case=case)
            name = name_of_case(self._desk, case)
            refused = sum(one.case == case for one in self._store.refused())
            if self._store.forget(case):
                if refused:
                    self._tally.remarks.append(
                        f"{name}: {refused} changes that the office did not take left this laptop with the case. The "
                        "office keeps them aside; your manager can ask for them."
                    )
                self._tally.gone[case] = name
                self._tally.changed.pop(case, None)
            else:
                self._tally.held_back.add(case)

    # --- the feed ----------------------------------------------------------------------------------------------------

    def _pages(self) -> PullAnswer:
        while True:
            cursor = self._cursor()
            answer = self._office.pull(Pull(cursor=cursor, have=self._store.had()))
            if answer.resync:
                return answer
            self._page(cursor, answer)
            # A snapshot may have been taken beyond this page: only past it do the marks speak of the same moment.
            if not answer.more and (answer.cursor.position >= self._seen_to or answer.cursor == cursor):
                return answer

    def _page(self, before: Cursor, answer: PullAnswer) -> None:
        revisions = _revisions(answer)
        for case in _granted(answer.events):
            try:
                self._snapshot((case,), step="receive")
            except NotTaken:
                # Withdrawn again meanwhile: the feed says so further on.
                continue
        if revisions or answer.events or answer.cursor != before:
            self._take(revisions, cursor=answer.cursor, events=answer.events)
        self._told(Progress("receive", revisions_done=self._tally.received))

    def _take(
        self,
        revisions: Sequence[Packed],
        *,
        cursor: Cursor | None = None,
        events: Sequence[Event] = (),
    ) -> list[Packed]:
        arrival = self._store.receive(revisions, at=self._desk.clock.now(), cursor=cursor, events=events)
        self._tally.received += arrival.new
        self._tally.redacted |= arrival.redacted
        self._tally.touch(arrival.changed)
        for one in revisions if arrival.new else ():
            if one.case in arrival.changed and one.author != self._desk.user.id:
                by = self._tally.changed[one.case].setdefault(one.author, set())
                by.add((one.kind, one.record))
        return [one for one in revisions if one.id in arrival.behind] if arrival.behind else []

    # --- whole histories ---------------------------------------------------------------------------------------------

    def _first(self) -> None:
        if self._store.mark() == Mark():
            head, _ = self._snapshot((), step="first")
            self._store.receive((), at=self._desk.clock.now(), cursor=head.cursor, people=head.people)
        else:
            # It worked alone before, or its first download was cut off: only what differs is fetched.
            self._compare(always=("",))

    def _compare(self, *, anew: bool = False, always: Collection[str] = ()) -> None:
        answer = self._office.check(Check())
        differing, not_theirs = self._differences(answer)
        self._fetch_whole([*dict.fromkeys((*differing, *always))], not_theirs, step="first")
        self._store.receive((), at=self._desk.clock.now(), anew=anew)
        push_all(self._desk, self._office, self._tally, self._told)
        self._leave(not_theirs)
        # The cursor last: whatever is cut off before is compared again.
        self._store.receive((), at=self._desk.clock.now(), cursor=answer.cursor)

    def _mend(self, *, give_up: bool) -> bool:
        """Compare case by case; True where nothing is left to do, False where the feed has moved on meanwhile."""
        answer = self._office.check(Check())
        differing, not_theirs = self._differences(answer)
        if not differing and not not_theirs:
            return True
        if answer.cursor.position > self._cursor().position and not give_up:
            return False
        self._fetch_whole(differing, not_theirs, step="receive")
        self._tally.mended.update(differing, not_theirs)
        push_all(self._desk, self._office, self._tally, self._told)
        self._leave(not_theirs)
        return True

    def _leave(self, cases: Sequence[str]) -> None:
        """Note as withdrawn what the office does not name although it was given all of it: the feed told it once."""
        if not cases:
            return
        answer = self._office.check(Check(cases=tuple(cases)))
        position = answer.cursor.position
        told = [Event(kind="withdrawn", id="", position=position, case=one) for one in cases if one not in answer.cases]
        if told:
            self._store.receive((), at=self._desk.clock.now(), events=told)

    def _differences(self, answer: CheckAnswer) -> tuple[list[str], list[str]]:
        ours = self._store.marks()
        differing = [
            case for case, (count, digest) in answer.cases.items() if ours.get(case, Mark()) != Mark(count, digest)
        ]
        return differing, [case for case in ours if case not in answer.cases]

    def _fetch_whole(self, differing: Sequence[str], not_theirs: Iterable[str], *, step: str) -> None:
        if differing:
            _, theirs = self._snapshot(differing, step=step)
            for case in differing:
                self._store.send_again(case, but=theirs.get(case, frozenset()))
        for case in not_theirs:
            self._store.send_again(case)

    def _snapshot(self, cases: Sequence[str], *, step: str) -> tuple[SnapshotHead, dict[str, set[str]]]:
        ids: dict[str, set[str]] = {}
        done = 0
        with self._office.snapshot(cases) as (head, batches):
            for batch in _gathered(batches):
                behind = self._take(batch)
                for one in batch:
                    ids.setdefault(one.case, set()).add(one.id)
                # Emptied here, in full there: a restored office is to be told again.
                for one in behind:
                    ids[one.case].discard(one.id)
                done += len(batch)
                known, named = (len({*several} - {""}) for several in (ids, head.cases))  # "" is the directory
                self._told(Progress(step, known, named, done, head.revisions))
        if done < head.revisions:
            raise Offline("The office stopped in the middle of its answer. What came is kept; sync again.")
        self._store.receive((), at=self._desk.clock.now(), people=head.people)
        self._seen_to = max(self._seen_to, head.cursor.position)
        return head, ids

    def _cursor(self) -> Cursor:
        cursor = self._store.cursor()
        if cursor is None:
            raise Cannot(_UNREADABLE)
        return cursor


def _gathered(batches: Iterable[list[Packed]]) -> Iterator[list[Packed]]:
    """Yield several pieces of a snapshot as one: a commit waits for the disk, whatever it holds."""
    together: list[Packed] = []
    for batch in batches:
        together += batch
        if len(together) >= _TOGETHER:
            yield together
            together = []
    if together:
        yield together


def name_of_case(desk: Desk, case: str) -> str:
    """Return what a case is called to a person: the child's name, else the reference, else that it is a case."""
    if not case:
        return "The directory"
    file = desk.store.case_file(case)
    return (file.case.title or file.case.reference) if file else "A case"


def _revisions(answer: PullAnswer) -> list[Packed]:
    try:
        return from_columns(answer.columns) if answer.columns else []
    except Crooked:
        raise Cannot(_UNREADABLE) from None


def _granted(events: Iterable[Event]) -> list[str]:
    last: dict[str, str] = {}
    for event in sorted(events, key=lambda one: one.position):
        if event.kind in ("granted", "withdrawn"):
            last[event.case] = event.kind
    return [case for case, kind in last.items() if kind == "granted"]
