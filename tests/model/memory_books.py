"""What the office in memory knows: plain values in a few mappings, copied whole for a backup."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from send_desk.domain.ids import Role
from send_desk.hub.central import Device
from send_desk.wire.messages import Event, Person, Read
from send_desk.wire.packed import Mark, Packed


@dataclass(frozen=True, slots=True)
class Member:
    """An account with the ids that its revisions carry."""

    id: str
    login: str
    role: Role
    password_hash: str = ""
    authors: tuple[str, ...] = ()
    failures: int = 0
    locked_until: datetime | None = None
    left: bool = False

    @property
    def told(self) -> Person:
        """Return the user as all desks know him."""
        return Person(id=self.id, name=self.login, role=str(self.role), authors=self.authors)


@dataclass(frozen=True, slots=True)
class Stored:
    """A revision as it was taken, with its digest (of what it said, also after a redaction) and who handed it in."""

    packed: Packed
    digest: bytes
    account: str


@dataclass(frozen=True, slots=True)
class Place:
    """One position of the feed: the id of a revision or of an event; `account` is whom a grant is about."""

    item: str
    at: datetime
    event: Event | None = None
    account: str = ""


@dataclass(slots=True)
class CaseBook:
    """A case: who owns it, who was let in (an account or a team), its mark, and who made its plan final.

    `maker` is the laptop that its first push came from, `first` the first position of that push; `alone` says that
    nobody else has written since. `final_at` is the position of what made the plan final, `final` says by whom.
    """

    owner: str = ""
    maker: str = ""
    first: int = 0
    grants: set[tuple[str, str]] = field(default_factory=set)
    count: int = 0
    digest: int = 0
    alone: bool = True
    final_at: int = 0
    final: str = ""

    def is_first_of(self, device: str, seen: int) -> bool:
        """Tell whether this laptop is still handing in the first history of the case: nobody else has a part in it."""
        return self.alone and self.maker == device and seen < self.first


@dataclass(slots=True)
class Books:
    """Everything of one authority; position n of the feed is `places[n - 1]`."""

    authority: str
    authority_name: str
    feed: str
    members: dict[str, Member] = field(default_factory=dict)
    teams: dict[str, dict[str, bool]] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)
    cases: dict[str, CaseBook] = field(default_factory=dict)
    log: dict[str, Stored] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    aside: dict[str, tuple[str, str, Packed]] = field(default_factory=dict)
    reads: dict[str, tuple[str, Read]] = field(default_factory=dict)
    blobs: dict[tuple[str, str], tuple[int, bytes]] = field(default_factory=dict)

    def case(self, case: str) -> CaseBook:
        """Return the book of a case, begun where there is none."""
        return self.cases.setdefault(case, CaseBook())

    def may_see(self, account: str, case: str) -> bool:
        """Tell whether an account sees a case: by its own grant, its team's, or leading a team that the owner is in."""
        member = self.members.get(account)
        if member is None or member.left:
            return False
        book = self.cases.get(case)
        return case == "" or (book is not None and self._sees(account, book))

    def seen_by(self, account: str) -> set[str]:
        """Return the cases that an account sees, the authority's own lines ("") among them."""
        return {case for case in {"", *self.cases} if self.may_see(account, case)}

    def mark(self, cases: Iterable[str]) -> Mark:
        """Return the mark of several cases together."""
        whole = Mark()
        for case in cases:
            if (book := self.cases.get(case)) is not None:
                whole = whole.plus(Mark(book.count, book.digest))
        return whole

    def item(self, position: int) -> str:
        """Return what stands at a position of the feed; nothing stands at 0."""
        return self.places[position - 1].item if position else ""

    def _sees(self, account: str, book: CaseBook) -> bool:
        if (account, "") in book.grants:
            return True
        for name, members in self.teams.items():
            if account in members and ("", name) in book.grants:
                return True
            if members.get(account) and book.owner in members:
                return True
        return False

    def copy(self) -> "Books":
        """Return a copy that shares nothing that can change."""
        return replace(
            self,
            members=dict(self.members),
            teams={name: dict(members) for name, members in self.teams.items()},
            devices=dict(self.devices),
            cases={case: replace(book, grants=set(book.grants)) for case, book in self.cases.items()},
            log=dict(self.log),
            places=list(self.places),
            aside=dict(self.aside),
            reads=dict(self.reads),
            blobs=dict(self.blobs),
        )
