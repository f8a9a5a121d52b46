"""What the conformance suite stands on: a central store with its administrator, and laptops that talk to it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from typing import Protocol

from send_desk.domain.ids import Role
from send_desk.hub.central import Caller, Central, Device, Offered, Page, Taken
from send_desk.wire.messages import Read
from send_desk.wire.packed import Mark, Packed, digest_of, mark_of, mark_of_all

AUTHORITY = "999"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_numbers = count(1)


class Ground(Protocol):
    """A central store under test and what its administrator does; people and teams go by name, cases by id."""

    central: Central

    def add_user(self, login: str, role: Role) -> str: ...
    def team(
        self, name: str, *, add: Sequence[str] = (), remove: Sequence[str] = (), lead: Sequence[str] = ()
    ) -> None: ...
    def grant(self, case: str, *, user: str | None = None, team: str | None = None) -> None: ...
    def withdraw(self, case: str, *, user: str | None = None, team: str | None = None) -> None: ...
    def bar(self, device: str) -> None: ...
    def leave(self, login: str) -> None: ...
    def redact(self, case: str, revisions: Sequence[str]) -> None: ...

    def aside(self) -> Mapping[str, str]:
        """Return the code of each revision that was refused and kept aside."""
        ...


def new_id(kind: str = "r") -> str:
    """Return an id that rises, as those of a desk do."""
    return f"{kind}{next(_numbers):07d}-0000-7000-8000-000000000000"


@dataclass
class Laptop:
    """One enrolled laptop: it makes revisions, hands them in, and keeps what the feed brings."""

    ground: Ground
    caller: Caller
    author: str
    feed: str = ""
    at: int = 0
    item: str = ""
    have: list[tuple[int, int]] = field(default_factory=list)
    got: dict[str, Packed] = field(default_factory=dict)
    told: list[tuple[str, str]] = field(default_factory=list)
    mark: Mark | None = None

    @classmethod
    def of(
        cls, ground: Ground, login: str, account: str, role: Role = Role.CASEWORKER, *, author: str = ""
    ) -> "Laptop":
        """Enrol a laptop for a person."""
        device = new_id("d")
        author = author or new_id("a")
        ground.central.enrol(
            Device(AUTHORITY, device, account, b"k" * 32, START, START), author=author, machine="PC 7", version="1"
        )
        return cls(ground, Caller(AUTHORITY, account, device, role, login), author)

    def write(
        self,
        case: str,
        *,
        record: str | None = None,
        parents: tuple[str, ...] = (),
        kind: str = "entry",
        text: str = "Sam likes boats.",
        **changes: object,
    ) -> Packed:
        """Make a revision, without handing it in."""
        made = Packed(
            id=new_id(),
            record=record or new_id("e"),
            kind=kind,
            case=case,
            authority=AUTHORITY,
            parents=parents,
            author=self.author,
            device=self.caller.device,
            made_at=START.isoformat(),
            schema=1,
            body=json.dumps({"text": text}).encode(),
        )
        return replace(made, **changes)  # type: ignore[arg-type]  # the names are Packed's own, given by each test

    def push(
        self,
        *packed: Packed,
        expects: Mapping[str, Mark] | None = None,
        seen: int | None = None,
        reads: Sequence[Read] = (),
        **found: object,
    ) -> tuple[Taken, ...]:
        """Hand revisions in; what the hub service finds out about them is given as `found`."""
        taken = self.ground.central.push(
            self.caller,
            [offered(one, **found) for one in packed],
            expects=expects or {},
            seen=self.at if seen is None else seen,
            reads=reads,
        )
        for one, answer in zip(packed, taken, strict=True):
            assert answer.revision == one.id
            if not answer.refused:
                self.got[one.id] = one
            if answer.position is not None:
                self.have.append((answer.position, answer.position))
        return taken

    def page(self, *, limit: int = 1000, have: bool = True) -> Page:
        """Take one page of the feed and keep it."""
        page = self.ground.central.pull(
            self.caller,
            feed=self.feed,
            position=self.at,
            item=self.item,
            have=self.have if have else (),
            limit=limit,
        )
        if not page.resync:
            self.feed, self.at, self.item, self.mark = page.feed, page.at, page.item, page.mark
            self.got.update({one.id: one for one in page.revisions})
            self._obey(page)
        return page

    def pull(self, *, limit: int = 1000, have: bool = True) -> list[Page]:
        """Take pages until no more follow; each moves the cursor on."""
        pages = [self.page(limit=limit, have=have)]
        while pages[-1].more:
            before = self.at
            pages.append(self.page(limit=limit, have=have))
            assert self.at > before
        return pages

    def fetch(self, *cases: str) -> list[Packed]:
        """Take a snapshot of cases, or of all, and keep it."""
        with self.ground.central.snapshot(self.caller, cases) as whole:
            found = list(whole.revisions)
            assert whole.count == len(found)
        self.got.update({one.id: one for one in found})
        return found

    def own_mark(self) -> Mark:
        """Return the mark of all that this laptop keeps."""
        return mark_of_all(self.got.values())

    def _obey(self, page: Page) -> None:
        for event in page.events:
            self.told.append((event.kind, event.case))
            match event.kind:
                case "granted":
                    self.fetch(event.case)
                case "withdrawn":
                    self.got = {id_: one for id_, one in self.got.items() if one.case != event.case}
                case "redacted":
                    for id_ in event.revisions:
                        if id_ in self.got and not self.got[id_].redacted:
                            before = digest_of(self.got[id_])
                            self.got[id_] = replace(self.got[id_], body=b"", extra=b"", redacted=before)


def offered(packed: Packed, **found: object) -> Offered:
    """Return a revision as the hub service hands it to the database."""
    return Offered(packed, digest_of(packed), mark_of(packed).digest, **found)  # type: ignore[arg-type]  # Offered's own
