"""The office in plain memory: `hub.central.Central` by the rules of sync.md, and the administrator's acts.

It is the yardstick of the model and passes the suite of tests/hub that the PostgreSQL functions pass. Everything it
knows stands in one `Books`, so that a backup of the hub is a copy of them.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from send_desk.hub.central import Account, Caller, Denied, Device, Offered, Page, Taken, Whole
from send_desk.wire import refusals
from send_desk.wire.messages import Event, Read
from send_desk.wire.packed import Mark, Packed, mark_of

from .memory_acts import Acts
from .memory_books import Member, Place, Stored

LEASE = timedelta(days=14)
LATE = timedelta(days=30)
"""How long after a withdrawal a laptop that could not know of it may still hand in what it wrote."""
_TRIES = 5
_LOCKED = timedelta(minutes=15)


class MemoryCentral(Acts):
    """Answers `Central` for one authority."""

    # --- who is there ----------------------------------------------------------------------------------------------

    def key(self, use: str) -> bytes:
        """Return the key of one use, the same for as long as the hub lives and after a restore too."""
        return hashlib.sha256(f"{self.books.authority} {use}".encode()).digest()

    def account(self, authority: str, login: str) -> Account | None:
        """Return the account of a login name."""
        wanted = login.casefold()
        for member in self.books.members.values():
            if authority == self.books.authority and member.login.casefold() == wanted:
                return self._account(member)
        return None

    def signed_in(self, authority: str, account: str, *, good: bool) -> datetime | None:
        """Note a sign-in; five bad ones lock the account for 15 minutes, then twice as long each time."""
        member = self.books.members[account]
        if good:
            self.books.members[account] = replace(member, failures=0, locked_until=None)
            return None
        failures = member.failures + 1
        until = member.locked_until
        if failures % _TRIES == 0:
            until = self.now() + _LOCKED * 2 ** (failures // _TRIES - 1)
        self.books.members[account] = replace(member, failures=failures, locked_until=until)
        return until if until is not None and until > self.now() else None

    def enrol(self, device: Device, *, author: str, machine: str, version: str) -> None:
        """Enrol a laptop and bind its author's id to the account."""
        del machine, version
        for member in self.books.members.values():
            if author in member.authors and member.id != device.account:
                raise Denied(refusals.WRONG_AUTHOR)
        former = self.books.devices.get(device.id)
        if former is not None and former.account != device.account:
            raise Denied(refusals.WRONG_DEVICE)
        if former is not None and former.barred:
            raise Denied(refusals.BARRED)
        self.books.devices[device.id] = device
        member = self.books.members[device.account]
        if author not in member.authors:
            self.books.members[device.account] = replace(member, authors=(*member.authors, author))
            self._person(device.account)

    def device(self, device: str) -> tuple[Device, Account] | None:
        """Return an enrolled laptop with its account."""
        found = self.books.devices.get(device)
        return None if found is None else (found, self._account(self.books.members[found.account]))

    def renewed(self, device: str, *, version: str, signed_in: bool) -> datetime:
        """Note that a laptop was seen; return until when its lease runs."""
        del version
        found = self.books.devices[device]
        if found.barred:
            return found.lease_until or self.now()
        if not signed_in and found.lease_until is not None and found.lease_until < self.now():
            raise Denied(refusals.LAPSED)
        lease = self.now() + LEASE
        signed = self.now() if signed_in else found.signed_in_at
        self.books.devices[device] = replace(found, lease_until=lease, signed_in_at=signed)
        return lease

    # --- the feed --------------------------------------------------------------------------------------------------

    def push(
        self,
        caller: Caller,
        offered: Sequence[Offered],
        *,
        expects: Mapping[str, Mark],
        seen: int,
        reads: Sequence[Read],
    ) -> tuple[Taken, ...]:
        """Take revisions, or say of each why not; with `expects` all of them or none."""
        self._must_be_known(caller)
        for read in reads:
            if read.id not in self.books.reads and self.books.may_see(caller.account, read.case):
                self.books.reads[read.id] = (caller.account, read)
        made = {case for case, book in self.books.cases.items() if book.maker == caller.device and seen < book.first}
        found = [self._judged(caller, one, expects, seen, made) for one in offered]
        if expects and any(one.refused for one in found):
            return tuple(one if one.refused else replace(one, refused=refusals.FINAL_STALE) for one in found)
        taken = []
        for one, answer in zip(offered, found, strict=True):
            id_ = one.packed.id
            if answer.refused:
                self.books.aside[id_] = (caller.account, answer.refused, one.packed)
                taken.append(answer)
            elif id_ in self.books.log:
                taken.append(replace(answer, position=None))
            else:
                taken.append(replace(answer, position=self._append(caller, one)))
        return tuple(taken)

    def pull(
        self, caller: Caller, *, feed: str, position: int, item: str, have: Sequence[tuple[int, int]], limit: int
    ) -> Page:
        """Return what came after a place of the feed, or that this hub has never been there."""
        self._must_read(caller)
        places = self.books.places
        end = len(places)
        if feed != self.books.feed or position > end or (position and places[position - 1].item != item):
            return Page(self.books.feed, end, self.books.item(end), (), (), more=False, mark=None, resync=True)
        revisions: list[Packed] = []
        events: list[Event] = []
        at = position
        while at < end and len(revisions) + len(events) < limit:
            at += 1
            place = places[at - 1]
            if place.event is not None:
                if self._is_for(caller, place):
                    events.append(place.event)
            elif not any(first <= at <= last for first, last in have):
                packed = self.books.log[place.item].packed
                if self.books.may_see(caller.account, packed.case):
                    revisions.append(packed)
        more = at < end
        mark = None if more else self.books.mark(self.books.seen_by(caller.account))
        return Page(self.books.feed, at, self.books.item(at), tuple(revisions), tuple(events), more=more, mark=mark)

    @contextmanager
    def snapshot(self, caller: Caller, cases: Sequence[str]) -> Iterator[Whole]:
        """Open the whole history of cases that the caller sees, in record order."""
        self._must_read(caller)
        wanted = self._wanted(caller, cases)
        found = [stored.packed for stored in self.books.log.values() if stored.packed.case in wanted]
        found.sort(key=lambda one: (one.case, one.record, one.id))
        end = len(self.books.places)
        people = tuple(member.told for member in self.books.members.values())
        yield Whole(self.books.feed, end, self.books.item(end), tuple(sorted(wanted)), len(found), people, iter(found))

    def marks(self, caller: Caller, cases: Sequence[str]) -> tuple[str, int, str, Mapping[str, Mark]]:
        """Return where the feed stands and the mark of each case that the caller sees."""
        self._must_read(caller)
        end = len(self.books.places)
        wanted = self._wanted(caller, cases)
        return self.books.feed, end, self.books.item(end), {case: self.books.mark({case}) for case in wanted}

    # --- attachments -----------------------------------------------------------------------------------------------

    def blob_have(self, caller: Caller, case: str, blobs: Sequence[str]) -> Mapping[str, tuple[int, bool]]:
        """Return how much of each attachment is here for a case."""
        self._must_see(caller, case)
        found: dict[str, tuple[int, bool]] = {}
        for blob in blobs:
            held = self.books.blobs.get((case, blob))
            if held is not None:
                found[blob] = (len(held[1]), len(held[1]) == held[0])
        return found

    def blob_put(self, caller: Caller, case: str, blob: str, *, offset: int, size: int, chunk: bytes) -> int:
        """Add a chunk where `offset` is what is held; a whole one that is not what it says is thrown away."""
        self._must_see(caller, case)
        _, held = self.books.blobs.get((case, blob), (size, b""))
        if offset != len(held) or len(held) + len(chunk) > size:
            return len(held)
        held += chunk
        if len(held) == size and hashlib.sha256(held).hexdigest() != blob:
            self.books.blobs.pop((case, blob), None)
            raise Denied(refusals.UNREADABLE)
        self.books.blobs[case, blob] = (size, held)
        return len(held)

    def blob_get(self, caller: Caller, case: str, blob: str, *, offset: int, most: int) -> tuple[int, bytes] | None:
        """Return a chunk of a whole attachment."""
        self._must_see(caller, case)
        size, held = self.books.blobs.get((case, blob), (-1, b""))
        return (size, held[offset : offset + most]) if len(held) == size else None

    # --- who looked ------------------------------------------------------------------------------------------------

    def looked(self, caller: Caller, case: str) -> tuple[Mapping[str, object], ...]:
        """Return who looked at a file, the latest first."""
        self._must_see(caller, case)
        lines = [
            {"at": read.at, "by": self.books.members[account].login, "what": read.what, "detail": read.detail}
            for account, read in self.books.reads.values()
            if read.case == case
        ]
        return tuple(sorted(lines, key=lambda line: str(line["at"]), reverse=True))

    # --- what a push is judged by ----------------------------------------------------------------------------------

    def _judged(self, caller: Caller, one: Offered, expects: Mapping[str, Mark], seen: int, made: set[str]) -> Taken:
        packed = one.packed
        answer = Taken(packed.id)
        if packed.authority != self.books.authority:
            return replace(answer, refused=refusals.WRONG_AUTHORITY)
        known = self.books.log.get(packed.id)
        if known is not None:
            return answer if known.digest == one.digest else replace(answer, refused=refusals.KNOWN_OTHERWISE)
        refused = self._not_his(caller, one) or self._not_there(caller, packed.case, seen, made)
        if not refused and one.needs not in (None, caller.role) and packed.case not in made:
            refused = refusals.ROLE
        if refused:
            return replace(answer, refused=refused)
        return self._final(answer, one, expects, made)

    def _not_his(self, caller: Caller, one: Offered) -> str:
        if one.vouched:
            return ""
        if one.packed.author not in self.books.members[caller.account].authors:
            return refusals.WRONG_AUTHOR
        device = self.books.devices.get(one.packed.device)
        return "" if device is not None and device.account == caller.account else refusals.WRONG_DEVICE

    def _not_there(self, caller: Caller, case: str, seen: int, made: set[str]) -> str:
        if case == "" or case in made or self.books.may_see(caller.account, case):
            return ""
        if case not in self.books.cases:
            made.add(case)
            return ""
        for place in reversed(self.books.places):
            event = place.event
            if (
                event is not None
                and event.kind == "withdrawn"
                and event.case == case
                and place.account == caller.account
            ):
                late = seen < event.position and self.now() - place.at < LATE
                return "" if late else refusals.NOT_MEMBER
        return refusals.NOT_MEMBER

    def _final(self, answer: Taken, one: Offered, expects: Mapping[str, Mark], made: set[str]) -> Taken:
        case = one.packed.case
        if case not in expects:
            alone = one.final and case not in made
            return replace(answer, refused=refusals.FINAL_ALONE) if alone else answer
        book = self.books.case(case)
        if book.final is not None:
            return replace(answer, refused=refusals.FINAL_TAKEN, detail=book.final)
        stale = Mark(book.count, book.digest) != expects[case]
        return replace(answer, refused=refusals.FINAL_STALE) if stale else answer

    def _append(self, caller: Caller, one: Offered) -> int:
        packed = replace(one.packed, receipt=b"")
        known = packed.case in self.books.cases
        book = self.books.case(packed.case)
        if not known and packed.case:
            book.owner, book.maker, book.first = caller.account, caller.device, len(self.books.places) + 1
            book.grants.add((caller.account, ""))
        self.books.log[packed.id] = Stored(packed, one.digest, caller.account)
        self.books.aside.pop(packed.id, None)
        book.count += 1
        book.digest ^= mark_of(packed).digest
        if one.final:
            told = datetime.fromisoformat(packed.made_at)
            book.final = f"By {caller.name} on {told.day} {told:%B %Y}."
        self.books.places.append(Place(packed.id, self.now()))
        return len(self.books.places)

    # --- who sees what ---------------------------------------------------------------------------------------------

    def _wanted(self, caller: Caller, cases: Sequence[str]) -> set[str]:
        seen = self.books.seen_by(caller.account)
        return seen & set(cases) if cases else seen

    def _must_be_known(self, caller: Caller) -> Device:
        device = self.books.devices.get(caller.device)
        if caller.authority != self.books.authority or device is None or device.account != caller.account:
            raise Denied(refusals.SIGN_IN)
        return device

    def _must_read(self, caller: Caller) -> None:
        if self._must_be_known(caller).barred or self.books.members[caller.account].left:
            raise Denied(refusals.BARRED)

    def _must_see(self, caller: Caller, case: str) -> None:
        self._must_read(caller)
        if not self.books.may_see(caller.account, case):
            raise Denied(refusals.NOT_MEMBER)

    def _is_for(self, caller: Caller, place: Place) -> bool:
        event = place.event
        if event is None:
            return False
        match event.kind:
            case "granted" | "withdrawn":
                return place.account == caller.account
            case "redacted":
                return self.books.may_see(caller.account, event.case)
            case _:
                return True

    # --- within ----------------------------------------------------------------------------------------------------

    def _account(self, member: Member) -> Account:
        return Account(
            authority=self.books.authority,
            authority_name=self.books.authority_name,
            id=member.id,
            name=member.login,
            role=member.role,
            password_hash=member.password_hash,
            locked_until=member.locked_until,
            left=member.left,
            authors=member.authors,
        )
