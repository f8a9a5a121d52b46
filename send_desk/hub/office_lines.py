"""What an administrator is told: one line of each list, as plain values."""

from dataclasses import dataclass
from datetime import datetime

from send_desk.domain.ids import Role
from send_desk.wire.packed import Packed


@dataclass(frozen=True, slots=True, kw_only=True)
class UserLine:
    """A person of the authority; `authors` are the ids under which revisions carry them."""

    id: str
    login: str
    name: str
    role: Role
    left: bool
    locked_until: datetime | None
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team with the logins of its members, and of those who lead it."""

    name: str
    members: tuple[str, ...]
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A laptop: whose it is, what it runs, when it was seen; `pulled_to` is how far it has read the feed.

    `cases` is how many cases its person sees now.
    """

    device: str
    login: str
    name: str
    machine: str
    version: str
    enrolled_at: datetime
    signed_in_at: datetime
    seen_at: datetime
    lease_until: datetime
    pulled_to: int
    barred_at: datetime | None
    left: bool
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LaptopCase:
    """A case that may be on a laptop: granted now, or withdrawn since; `told` says that the laptop has read so."""

    case: str
    reference: str
    granted: bool
    withdrawn_at: datetime | None
    told: bool
    fetched_at: datetime | None
    wrote_at: datetime | None
    revisions: int


@dataclass(frozen=True, slots=True)
class LaptopReport:
    """What may be on a laptop (what to tell whom when it is lost)."""

    enrolment: Enrolment
    cases: tuple[LaptopCase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case in the office copy: who owns it, who is on it by name and by team."""

    id: str
    reference: str
    owner: str
    owner_name: str
    revisions: int
    bytes: int
    made_at: datetime
    users: tuple[str, ...]
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """Something that was done: `name` is the person's, or the database login of an administrator."""

    line: int
    at: datetime
    told_at: str
    account: str
    name: str
    device: str
    act: str
    case_id: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLine:
    """A revision that was not taken, kept aside as it came."""

    user: str
    device: str
    code: str
    refused_at: datetime
    packed: Packed
