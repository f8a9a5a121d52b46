"""Five desks, four cases, one hub, and the steps of which histories are made.

Desks are the real `services.syncing` over a real encrypted store; only the network and the hub's database are of the
tests' own making. `saved` is the journal: every revision that any desk ever kept, as it was kept.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from send_desk.domain.errors import Cannot
from send_desk.domain.ids import RecordKind, Role
from send_desk.domain.revision import DELETED, Merged, Revision
from send_desk.hub.central import Device
from send_desk.services.ports import KeptText
from send_desk.services.syncing import Outcome
from send_desk.wire.packed import Packed

from .line import Died, Exchange, Harm, Line, Mishap
from .memory_books import Books
from .memory_central import MemoryCentral

AUTHORITY = "999"
PEOPLE = (
    ("jo", Role.CASEWORKER),
    ("sam", Role.CASEWORKER),
    ("kit", Role.CASEWORKER),
    ("max", Role.MANAGER),
)
DESKS = (0, 0, 1, 2, 3)
"""Whose desk it is: the first person works on two laptops."""
YEARS_OFF = (0, 10, -10, 0, 3)
"""How wrong each desk's clock is."""
CASES = tuple(f"0000000{number}-0000-4000-8000-00000000000{number}" for number in range(4))
MAKERS = (0, 2, 3, 4)
"""The desk on which each case begins."""
DIRECTORY = ""
STEPS = 60
TEAM = "north"


class DeskUnderTest(Protocol):
    """What a history does with one desk; `tests/model/desks.py` makes it of the real store."""

    store: Any
    path: Path
    key: bytes

    def sync(self, line: Line, *, case: str | None = None) -> Outcome:
        """Run the real sync."""
        ...

    def append(self, revision: Revision) -> Packed:
        """Save a revision in one transaction, and return the bytes that were kept."""
        ...

    def merged(self, case: str, record: str) -> Merged:
        """Return a record as its revisions make it."""
        ...

    def shown(self) -> dict[tuple[str, str], tuple[tuple[str, ...], dict[str, object]]]:
        """Return the heads and the fields of every record as the desk shows them."""
        ...

    def held(self) -> dict[str, Packed]:
        """Return every revision of the desk's log, by id."""
        ...

    def crash_at_write(self, number: int | None) -> None:
        """Let the process die in the transaction of this number from now on, just before it commits."""
        ...

    def reopen(self) -> None:
        """Open the file again, as after a crash."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


@dataclass
class Told:
    """The hub's clock, which goes on by a minute at every step."""

    at: datetime = datetime(2026, 3, 3, 9, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


@dataclass
class World:
    """One history as far as it has come."""

    desks: list[DeskUnderTest]
    make_central: Callable[[Callable[[], datetime]], MemoryCentral]
    page: int = 3
    mood: int = 0
    """Which kinds of step this history goes without: a history with everything in it seldom shows a rare fault."""
    clock: Told = field(default_factory=Told)
    saved: dict[str, Packed] = field(default_factory=dict)
    redacted: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    """Revisions that a restore took and that nobody else held."""
    words: dict[tuple[int, str, str], str] = field(default_factory=dict)
    """Words in work by desk, case and record."""
    restored: bool = False
    story: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """What a sync did that it may not do, noted when it was done."""

    def __post_init__(self) -> None:
        self.central = self.make_central(self.clock.now)
        self.exchange = Exchange(self.central, self.clock, page=self.page)
        self.accounts = [self.central.add_user(name, role, account=f"account-{name}") for name, role in PEOPLE]
        self.central.team(TEAM, add=(self.accounts[0], self.accounts[1]), lead=(self.accounts[3],))
        for number, person in enumerate(DESKS):
            device = Device(AUTHORITY, device_of(number), self.accounts[person], b"key", self.clock.at, self.clock.at)
            self.central.enrol(device, author=author_of(number), machine="", version="")
            self.central.renewed(device.id, version="", signed_in=True)
        self.lines = [Line(self.exchange, device_of(number)) for number in range(len(DESKS))]
        self.kept_books: Books | None = None
        self._opened: dict[tuple[int, str, str], tuple[str, ...]] = {}
        self._numbers = count(1)
        for case, desk in zip(CASES, MAKERS, strict=True):
            self._save(desk, case, case, RecordKind.CASE, {"reference": f"REF {case[7]}", "stage": "new"}, ())

    # --- the steps -------------------------------------------------------------------------------------------------

    def step(self, op: int, who: int, what: int) -> None:
        """Do one step of the history; a step that makes no sense here and now does nothing."""
        self.clock.at += timedelta(minutes=1)
        desk, case = who % len(DESKS), CASES[(who // 8) % len(CASES)]
        if what & 1 and not self._has(desk, case):
            case = next((one for one in CASES if self._has(desk, one)), case)
        act = _TABLE[op % len(_TABLE)]
        if act is not None and not any(self.mood >> bit & 1 and act in without for bit, without in enumerate(_MOODS)):
            act(self, desk, case, what)

    def _edit(self, desk: int, case: str, what: int, *, fields: int = 1) -> None:
        record, kind = _record(case, what)
        if self._has(desk, case):
            names = [f"field_{(what // 8 + one) % 4}" for one in range(fields)]
            self._save(desk, case, record, kind, dict.fromkeys(names), None)

    def _two_fields(self, desk: int, case: str, what: int) -> None:
        self._edit(desk, case, what, fields=2)

    def _open_editor(self, desk: int, case: str, what: int) -> None:
        """What is pulled from now on makes a second head: the editor keeps those that stood when it was opened."""
        record, _ = _record(case, what)
        if self._has(desk, case):
            self._opened[desk, case, record] = self.desks[desk].merged(case, record).heads
            self.story.append(f"desk {desk} opens {record[-12:]}")

    def _keep_words(self, desk: int, case: str, what: int) -> None:
        """Somebody is writing: the words are on the disk, and are no change yet."""
        record, _ = _record(case, what)
        if self._has(desk, case):
            words = f"words {next(self._numbers)} of {case[:8]}"
            base = self.desks[desk].merged(case, record).heads
            with self.desks[desk].store.write() as unit:
                unit.keep(KeptText(case, record, "field_0", words, base, self.clock.at))
            self.words[desk, case, record] = words
            self.story.append(f"desk {desk} keeps {words!r} in {record[-12:]}")

    def _close_words(self, desk: int, case: str, what: int) -> None:
        """The words in work of a desk become changes, children of what stood when they were begun."""
        del case, what
        kept = {(desk, one.case, one.record): one for one in self.desks[desk].store.kept()}
        mine = {place: words for place, words in self.words.items() if place[0] == desk}
        for place, words in mine.items():
            del self.words[place]
            if place not in kept and not self._is_redacted(place[1], place[2]):
                self.faults.append(f"desk {desk} has lost {words!r}")
            elif place in kept and kept[place].text != words:
                self.faults.append(f"desk {desk} kept {kept[place].text!r} for {words!r}")
        for (_, case_id, record), one in kept.items():
            kind = RecordKind.CASE if record == case_id else RecordKind.ENTRY
            self._save(desk, case_id, record, kind, {one.field: one.text}, one.base)
            with self.desks[desk].store.write() as unit:
                unit.drop_kept(record, case=case_id)

    def _is_redacted(self, case: str, record: str) -> bool:
        # What was redacted takes the words in work of the same field along.
        return any(self.saved[id_].case == case and self.saved[id_].record == record for id_ in self.redacted)

    def _delete(self, desk: int, case: str, what: int) -> None:
        record, kind = _record(case, what | 1)
        if self._has(desk, case) and record != case:
            self._save(desk, case, record, kind, {DELETED: bool(what % 16 < 12)}, None)

    def _resolve(self, desk: int, case: str, what: int) -> None:
        record, kind = _record(case, what)
        whole = self.desks[desk].merged(case, record)
        if len(whole.heads) > 1 or whole.conflicts:
            chosen: dict[str, object] = {one.field: whole.fields[one.field] for one in whole.conflicts}
            self._save(desk, case, record, kind, chosen, whole.heads)

    def _override(self, desk: int, case: str, what: int) -> None:
        """A caseworker writes what only a manager may: refused by name, unless the case is still his alone."""
        if self._has(desk, case):
            self._save(desk, case, f"{case}/override{what % 2}", RecordKind.OVERRIDE, {"reason": None}, None)

    def _line_of_directory(self, desk: int, case: str, what: int) -> None:
        del case
        self._save(desk, DIRECTORY, f"adviser-{what % 2}", RecordKind.ADVISER, {f"field_{what // 2 % 2}": None}, None)

    def _sync(self, desk: int, case: str, what: int) -> None:
        self._run(desk, None, case=case if what % 4 == 0 else None)

    def _troubled_sync(self, desk: int, case: str, what: int) -> None:
        harms = tuple(Harm)
        harm = harms[what % len(harms)]
        other = (desk + 1 + what // 128) % len(DESKS)
        meanwhile = partial(self._meanwhile, other, case, what) if harm is Harm.MEANWHILE else None
        self._run(desk, Mishap(harm, what // len(harms) % 8, meanwhile))

    def _meanwhile(self, desk: int, case: str, what: int) -> None:
        if what % 3:
            self._edit(desk, case, what)
        if what % 5 == 0:
            self._grant(desk, case, what)
        self._run(desk, None)

    def _die_in_write(self, desk: int, case: str, what: int) -> None:
        del case
        self.desks[desk].crash_at_write(what % 6)
        try:
            self._run(desk, None)
        finally:
            self.desks[desk].crash_at_write(None)

    def _crash(self, desk: int, case: str, what: int) -> None:
        del case, what
        self.story.append(f"desk {desk} is killed and opened again")
        self._forget_editors(desk)
        self.desks[desk].reopen()

    def _grant(self, desk: int, case: str, what: int) -> None:
        if case not in self.central.books.cases:
            return
        whom = {"team": TEAM} if what % 8 == 0 else {"account": self.accounts[DESKS[desk]]}
        self.story.append(f"{case[:8]} is granted to {whom}")
        self.central.grant(case, **whom)

    def _withdraw(self, desk: int, case: str, what: int) -> None:
        if case not in self.central.books.cases:
            return
        whom = {"team": TEAM} if what % 8 == 0 else {"account": self.accounts[DESKS[desk]]}
        self.story.append(f"{case[:8]} is withdrawn from {whom}")
        self.central.withdraw(case, **whom)

    def _redact(self, desk: int, case: str, what: int) -> None:
        del desk
        there = [id_ for id_, stored in self.central.books.log.items() if stored.packed.case == case]
        if there:
            chosen = {there[what % len(there)], there[what // 3 % len(there)]}
            self.story.append(f"{sorted(chosen)} of {case[:8]} are redacted")
            self.central.redact(case, sorted(chosen))
            self.redacted |= chosen

    def _back_up(self, desk: int, case: str, what: int) -> None:
        del desk, case, what
        self.story.append("the hub is backed up")
        self.kept_books = self.central.backup()

    def _restore(self, desk: int, case: str, what: int) -> None:
        del desk, case
        if self.kept_books is None:
            return
        self.story.append(f"the hub is restored from its backup{', grants done again' if what % 4 else ''}")
        before = self.central.backup()
        self.central.restore(self.kept_books)
        held = set().union(*(desk.held() for desk in self.desks), self.central.books.log, before.aside)
        self.gone |= self.saved.keys() - held
        self.restored = True
        if what % 4:
            self._grant_again(before)
        self.redact_again()

    def _grant_again(self, before: Books) -> None:
        for case, book in before.cases.items():
            if case not in self.central.books.cases:
                continue
            now = self.central.books.cases[case].grants
            for account, team in sorted(book.grants - now):
                self.central.grant(case, account=account, team=team)
            for account, team in sorted(now - book.grants):
                self.central.withdraw(case, account=account, team=team)

    def redact_again(self) -> None:
        """Do again what a restore undid, as the drill tells the administrator."""
        log = self.central.books.log
        for id_ in sorted(self.redacted & log.keys()):
            if not log[id_].packed.redacted:
                self.central.redact(log[id_].packed.case, [id_])

    def _days_go_by(self, desk: int, case: str, what: int) -> None:
        del desk, case
        self.clock.at += timedelta(days=what % 40)
        for number in range(len(DESKS)):
            self.central.renewed(device_of(number), version="", signed_in=True)

    # --- within ----------------------------------------------------------------------------------------------------

    def _run(self, desk: int, mishap: Mishap | None, *, case: str | None = None) -> Outcome | None:
        line = self.lines[desk]
        line.begin(mishap)
        harm = f", and at call {mishap.at_call} {mishap.harm}" if mishap is not None else ""
        self.story.append(f"desk {desk} syncs{harm}")
        lost = self._is_lost(desk)
        try:
            outcome = self.desks[desk].sync(line, case=case)
        except Died:
            self.story.append(f"  desk {desk} died after {line.names} and is opened again")
            self._forget_editors(desk)
            self.desks[desk].reopen()
            return None
        except Cannot as trouble:
            self.story.append(f"  desk {desk} was told, after {line.names}: {trouble}")
            return None
        self.story.append(f"  desk {desk}: {outcome_in_words(outcome)}")
        if lost and not outcome.resync:
            self.faults.append(f"desk {desk} stood where the hub has never been, and did not say so")
        if outcome.mended_cases and not self.restored:
            self.faults.append(f"desk {desk} had to mend {outcome.mended_cases}, though no hub was restored")
        return outcome

    def _is_lost(self, desk: int) -> bool:
        """Tell whether a desk's cursor stands at a place that a restored hub does not know."""
        cursor = self.desks[desk].store.sync.cursor()
        places = self.central.books.places
        if cursor is None or not cursor.position:
            return False
        return bool(cursor.position > len(places) or places[cursor.position - 1].item != cursor.item)

    def heal(self) -> None:
        """Let all desks sync until nothing moves any more; the line is good."""
        for desk in range(len(DESKS)):
            self._close_words(desk, "", 0)
        at_rest: dict[int, int] = {}
        for turn in range(9):
            if turn == 1:
                self.redact_again()
            for desk in range(len(DESKS)):
                feed = len(self.central.books.places)
                if at_rest.get(desk) != feed:
                    outcome = self._run(desk, None)
                    if outcome is not None and is_quiet(outcome):
                        at_rest[desk] = feed
            if turn and set(at_rest.values()) == {len(self.central.books.places)} and len(at_rest) == len(DESKS):
                return
        self.faults.append("the desks never came to rest")

    def _has(self, desk: int, case: str) -> bool:
        return bool(self.desks[desk].merged(case, case).heads)

    def _save(
        self,
        desk: int,
        case: str,
        record: str,
        kind: str,
        fields: dict[str, object],
        parents: tuple[str, ...] | None,
    ) -> None:
        number = next(self._numbers)
        if parents is None:
            parents = self._opened.pop((desk, case, record), None)
        if parents is None:
            parents = self.desks[desk].merged(case, record).heads
        made_at = self.clock.at + timedelta(days=365 * YEARS_OFF[desk])
        told = {name: f"{number} of {case[:8]}" if value is None else value for name, value in fields.items()}
        revision = Revision(
            id=f"{int(made_at.timestamp()):011}-{desk}-{number:06}",
            record=record,
            kind=str(kind),
            case=case,
            authority=AUTHORITY,
            parents=parents,
            fields=told,
            author=author_of(desk),
            device=device_of(desk),
            made_at=made_at,
            # Every fourth one says what only a newer desk knows.
            extra={"tone": {"of": number}} if number % 4 == 0 else {},
        )
        self.saved[revision.id] = self.desks[desk].append(revision)
        self.story.append(f"desk {desk} saves {revision.id} of {record[-12:]} after {list(parents)}: {told}")

    def _forget_editors(self, desk: int) -> None:
        self._opened = {key: heads for key, heads in self._opened.items() if key[0] != desk}

    def permitted(self, desk: int) -> set[str]:
        """Return the cases that the person at this desk sees now."""
        return self.central.books.seen_by(self.accounts[DESKS[desk]])


def outcome_in_words(outcome: Outcome) -> str:
    """Return what an outcome says, in short."""
    return (
        f"sent {outcome.sent}, received {outcome.received}, refused {len(outcome.refused)}, waiting {outcome.waiting}, "
        f"resync {outcome.resync}, gone {list(outcome.gone_cases)}, mended {list(outcome.mended_cases)}"
    )


def is_quiet(outcome: Outcome) -> bool:
    """Tell whether a sync had nothing to do."""
    moved = (outcome.sent, outcome.received, outcome.resync, outcome.gone_cases, outcome.mended_cases)
    return not any(moved) and not outcome.redacted_cases and not outcome.changed_cases


def author_of(desk: int) -> str:
    """Return the id that the revisions of a desk carry as their author; each home has its own."""
    return f"00000000-0000-4000-8000-0000000000a{desk}"


def device_of(desk: int) -> str:
    """Return the id of a desk's laptop."""
    return f"00000000-0000-4000-8000-0000000000d{desk}"


def _record(case: str, what: int) -> tuple[str, str]:
    match what % 8:
        case 0 | 1:
            return case, RecordKind.CASE
        case number:
            return f"{case}/entry{number % 3}", RecordKind.ENTRY


_Act = Callable[[World, int, str, int], None]
_TABLE: tuple[_Act | None, ...] = (
    None,
    *(World._edit,) * 12,
    *(World._two_fields,) * 3,
    *(World._open_editor,) * 4,
    *(World._keep_words,) * 2,
    *(World._close_words,) * 2,
    *(World._delete,) * 2,
    *(World._resolve,) * 3,
    *(World._override,),
    *(World._line_of_directory,) * 2,
    *(World._sync,) * 9,
    *(World._troubled_sync,) * 9,
    *(World._die_in_write,) * 2,
    *(World._crash,),
    *(World._grant,) * 5,
    *(World._withdraw,) * 3,
    *(World._redact,) * 2,
    *(World._back_up,) * 2,
    *(World._restore,),
    *(World._days_go_by,),
)
"""How often each kind of step comes; a byte of 0 is no step at all, so that shorter histories are simpler ones."""
_MOODS: tuple[frozenset[_Act], ...] = (
    frozenset({World._restore}),
    frozenset({World._redact}),
    frozenset({World._withdraw}),
    frozenset({World._troubled_sync, World._die_in_write}),
    frozenset({World._override}),
)
