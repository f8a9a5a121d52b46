"""The office in plain memory: `hub.central.Central` by the rules of sync.md, and the administrator's acts.

It is the yardstick of the model and passes the suite of tests/hub that the PostgreSQL functions pass. Everything it
knows stands in one `Books`, so that a backup of the hub is a copy of them.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from send_desk.domain.ids import RecordKind
from send_desk.hub.central import Account, Caller, Denied, Device, Offered, Page, Taken, Whole
from send_desk.wire import refusals
from send_desk.wire.messages import Event, Read
from send_desk.wire.packed import Mark, Packed, mark_of

from .memory_acts import Acts
from .memory_books import CaseBook, Member, Place, Stored

LEASE = timedelta(days=14)
LATE = timedelta(days=30)
"""How long after a withdrawal a laptop that could not know of it may still hand in what it wrote."""
REDACTED_THERE = "redacted-there"
"""Why something is kept aside that is known: a laptop holds it redacted, and this hub, restored, in full."""
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
            self.books.reads.setdefault(read.id, (caller.account, read))
        first = {case for case, book in self.books.cases.items() if book.is_first_of(caller.device, seen)}
        made = {one.packed.case for one in offered} - self.books.cases.keys()
        kinds = self._begun([one.packed for one in offered])
        found = [self._judged(caller, one, expects, seen, first | made, kinds) for one in offered]
        if expects and any(not one.refused and one.revision not in self.books.log for one in found):
            found = self._all_or_nothing(caller, found, expects, seen)
        taken = []
        for one, answer in zip(offered, found, strict=True):
            known = self.books.log.get(one.packed.id)
            if answer.refused:
                if answer.refused not in (refusals.FINAL_STALE, refusals.FINAL_TAKEN):
                    self.books.aside[one.packed.id] = (caller.account, answer.refused, one.packed)
                taken.append(answer)
            elif known is None:
                taken.append(replace(answer, position=self._append(caller, one)))
            else:
                if one.packed.redacted and not known.packed.redacted:
                    # Nobody's word but the administrator's empties a revision; he is shown it and redacts again.
                    self.books.aside[one.packed.id] = (caller.account, REDACTED_THERE, one.packed)
                taken.append(answer)
        return tuple(taken)

    def pull(
        self, caller: Caller, *, feed: str, position: int, item: str, have: Sequence[tuple[int, int]], limit: int
    ) -> Page:
        """Return what came after a place of the feed, or that this hub has never been there."""
        self._must_read(caller)
        places = self.books.places
        end = len(places)
        begins = position == 0 and feed in ("", self.books.feed) and not item
        stood = feed == self.books.feed and 1 <= position <= end and places[position - 1].item == item
        if not begins and not stood:
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
        self._must_hand_in(caller, case)
        found: dict[str, tuple[int, bool]] = {}
        for blob in blobs:
            held = self.books.blobs.get((case, blob))
            if held is not None:
                found[blob] = (len(held[1]), len(held[1]) == held[0])
        return found

    def blob_put(self, caller: Caller, case: str, blob: str, *, offset: int, size: int, chunk: bytes) -> int:
        """Add a chunk where `offset` is what is held; a whole one that is not what it says is thrown away."""
        self._must_hand_in(caller, case)
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

    def _begun(self, offered: Sequence[Packed]) -> Mapping[tuple[str, str], str]:
        """Return what each record is: its kind is that of its first revision, of those here or of those offered."""
        asked = {(one.case, one.record) for one in offered}
        kinds: dict[tuple[str, str], str] = {}
        for one in (*(stored.packed for stored in self.books.log.values()), *offered):
            if (one.case, one.record) in asked:
                kinds.setdefault((one.case, one.record), one.kind)
        return kinds

    def _judged(
        self,
        caller: Caller,
        one: Offered,
        expects: Mapping[str, Mark],
        seen: int,
        first: set[str],
        kinds: Mapping[tuple[str, str], str],
    ) -> Taken:
        packed = one.packed
        known = self.books.log.get(packed.id)
        refused = ""
        if packed.authority != self.books.authority:
            refused = refusals.WRONG_AUTHORITY
        elif known is not None:
            refused = "" if known.digest == one.digest else refusals.KNOWN_OTHERWISE
        elif (packed.kind == RecordKind.CASE) != (packed.record == packed.case):
            refused = refusals.UNREADABLE
        elif not one.vouched and packed.author not in self.books.members[caller.account].authors:
            refused = refusals.WRONG_AUTHOR
        elif not one.vouched and not self._is_laptop_of(caller.account, packed.device):
            refused = refusals.WRONG_DEVICE
        elif not self._may_write(caller, packed.case, seen):
            refused = refusals.NOT_MEMBER
        elif packed.kind != kinds[packed.case, packed.record]:
            refused = refusals.KNOWN_OTHERWISE
        elif not one.vouched and packed.case not in first:
            if one.needs not in (None, caller.role):
                refused = refusals.ROLE
            elif one.final and packed.case not in expects:
                refused = refusals.FINAL_ALONE
        return Taken(packed.id, refused=refused)

    def _is_laptop_of(self, account: str, device: str) -> bool:
        found = self.books.devices.get(device)
        return found is not None and found.account == account

    def _may_write(self, caller: Caller, case: str, seen: int) -> bool:
        if case not in self.books.cases or self.books.may_see(caller.account, case):
            return True
        told = [
            place
            for place in self.books.places
            if place.event is not None and place.event.case == case and place.account == caller.account
        ]
        if not told or told[-1].event is None or told[-1].event.kind != "withdrawn":
            return False
        return told[-1].event.position > seen and self.now() - told[-1].at < LATE

    def _all_or_nothing(
        self, caller: Caller, found: list[Taken], expects: Mapping[str, Mark], seen: int
    ) -> list[Taken]:
        code, detail = next((one.refused for one in found if one.refused), ""), ""
        for case in sorted(expects, reverse=True):
            if self.books.mark({case}) != expects[case]:
                book = (
                    self.books.cases.get(case, CaseBook()) if self.books.may_see(caller.account, case) else CaseBook()
                )
                taken = book.final_at > seen
                code, detail = (refusals.FINAL_TAKEN, book.final) if taken else (refusals.FINAL_STALE, "")
        if not code:
            return found
        fresh = [not one.refused and one.revision not in self.books.log for one in found]
        return [
            replace(one, refused=code, detail=detail) if new else one for one, new in zip(found, fresh, strict=True)
        ]

    def _append(self, caller: Caller, one: Offered) -> int:
        packed = replace(one.packed, receipt=b"")
        known = packed.case in self.books.cases
        book = self.books.case(packed.case)
        position = len(self.books.places) + 1
        authors = self.books.members[caller.account].authors
        if not known and packed.case:
            # A new case belongs to who wrote it first; whoever brought it is on it.
            wrote = [each.id for each in self.books.members.values() if packed.author in each.authors]
            book.owner = next(iter(wrote), caller.account)
            book.grants |= {(book.owner, ""), (caller.account, "")}
            book.maker, book.first = caller.device, position
        book.alone = book.alone and book.maker == caller.device and packed.author in authors
        book.count += 1
        book.digest ^= mark_of(packed).digest
        if one.final:
            told = self.now()
            book.final_at, book.final = position, f"By {caller.name} on {told.day} {told:%B %Y}."
        self.books.log[packed.id] = Stored(packed, one.digest, caller.account)
        self.books.places.append(Place(packed.id, self.now()))
        return position

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

    def _must_hand_in(self, caller: Caller, case: str) -> None:
        # What a barred laptop has is taken in, its papers too, and for a while after a withdrawal.
        self._must_be_known(caller)
        # The directory has no papers: every laptop of the authority would fetch them.
        if not case or case not in self.books.cases or not self._may_write(caller, case, 0):
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
