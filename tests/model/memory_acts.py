"""What an administrator does in the office in memory, and what each act tells the desks by an event of the feed."""

import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from send_desk.domain.ids import Role
from send_desk.wire.messages import Event, Person
from send_desk.wire.packed import mark_of

from .memory_books import Books, Member, Place


class Acts:
    """One authority's books and the acts upon them; the time, asked of `now`, decides only locks and leases."""

    def __init__(
        self,
        authority: str = "999",
        *,
        name: str = "Harrowdale",
        now: Callable[[], datetime] = lambda: datetime(2026, 3, 3, 9, tzinfo=UTC),
        feed: str = "feed-1",
    ) -> None:
        self.books = Books(authority=authority, authority_name=name, feed=feed)
        self.now = now
        self._ids = 0

    def backup(self) -> Books:
        """Return a copy of everything, as a backup of the database holds it."""
        return self.books.copy()

    def restore(self, books: Books) -> None:
        """Put a backup in place of everything: what came after it never was."""
        self.books = books.copy()

    # --- people, teams, grants -------------------------------------------------------------------------------------

    def add_user(
        self,
        login: str,
        role: Role,
        *,
        account: str = "",
        password_hash: str = "",
        authors: Sequence[str] = (),
    ) -> str:
        """Add a user and tell all desks of him; return the account's id."""
        known = account or self._new("account")
        self.books.members[known] = Member(known, login, role, password_hash, tuple(authors))
        self._person(known)
        return known

    def team(self, name: str, *, add: Sequence[str] = (), remove: Sequence[str] = (), lead: Sequence[str] = ()) -> None:
        """Change who is in a team and who leads it; whoever sees more or less now is told by events."""
        touched = {*add, *remove, *lead}
        before = {account: self.books.seen_by(account) for account in touched}
        members = dict(self.books.teams.get(name, {}))
        for account in add:
            members.setdefault(account, False)
        for account in lead:
            members[account] = True
        for account in remove:
            members.pop(account, None)
        # Whoever leads sees what its members own, so a member who comes or goes touches the leaders too.
        leaders = [account for account, leads in members.items() if leads and account not in touched]
        before.update({account: self.books.seen_by(account) for account in leaders})
        self.books.teams[name] = members
        self._tell(before)

    def grant(self, case: str, *, account: str = "", team: str = "") -> None:
        """Let an account or a team see and write a case."""
        before = {each: self.books.seen_by(each) for each in self._meant(account, team)}
        self.books.cases[case].grants.add((account, team))
        self._tell(before)

    def withdraw(self, case: str, *, account: str = "", team: str = "") -> None:
        """Take a case away again; desks purge it once they hear of it."""
        before = {each: self.books.seen_by(each) for each in self._meant(account, team)}
        self.books.cases[case].grants.discard((account, team))
        self._tell(before)

    def bar(self, device: str) -> None:
        """Bar a laptop: it may hand in what it has, and reads nothing any more."""
        self.books.devices[device] = replace(self.books.devices[device], barred=True)

    def redact(self, case: str, revisions: Sequence[str]) -> None:
        """Empty the bodies of revisions of one case for good; ids, parents and digests stay (sync.md, rule 5)."""
        emptied = []
        for id_ in revisions:
            stored = self.books.log[id_]
            if stored.packed.case == case and not stored.packed.redacted:
                bare = replace(stored.packed, body=b"", extra=b"", redacted=stored.digest)
                self.books.log[id_] = replace(stored, packed=bare)
                mark = self.books.case(case)
                mark.digest ^= mark_of(stored.packed).digest ^ mark_of(bare).digest
                emptied.append(id_)
        if emptied:
            self._event("redacted", case=case, revisions=tuple(emptied))

    # --- within ----------------------------------------------------------------------------------------------------

    def _tell(self, before: Mapping[str, set[str]]) -> None:
        for account, seen in before.items():
            now = self.books.seen_by(account)
            for case in sorted(now - seen):
                self._event("granted", case=case, account=account)
            for case in sorted(seen - now):
                self._event("withdrawn", case=case, account=account)

    def _person(self, account: str) -> None:
        self._event("person", person=self.books.members[account].told)

    def _event(
        self,
        kind: str,
        *,
        case: str = "",
        account: str = "",
        revisions: tuple[str, ...] = (),
        person: Person | None = None,
    ) -> None:
        id_ = self._new(kind)
        position = len(self.books.places) + 1
        event = Event(kind=kind, id=id_, position=position, case=case, revisions=revisions, person=person)
        self.books.places.append(Place(id_, self.now(), event, account))

    def _new(self, kind: str) -> str:
        # Counted outside the books: a restored hub never makes the id of an event again.
        self._ids += 1
        return hmac.new(self.books.feed.encode(), f"{kind} {self._ids}".encode(), hashlib.sha256).hexdigest()[:32]

    def _meant(self, account: str, team: str) -> list[str]:
        return [account] if account else list(self.books.teams.get(team, {}))
