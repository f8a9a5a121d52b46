"""The calls of the hub and their answers (sync.md, "Calls"). Fields that a version does not know are passed over.

Every call is a POST under ``/v1``; ``hello``, ``enrol`` and ``token`` need no bearer token, all others do. Answers
carry `LEASE`, `ORDERS` and, where the token was renewed on the way, `TOKEN` as headers, so that an empty sync stays one
turn. A refusal of the whole call is a `Trouble` with a status of 4xx or 5xx.
"""

from typing import Any

import msgspec

from .columns import Columns

VERSION = 1
"""The version of these calls; a hub answers every version from 1 to its own."""

MEDIA = "application/x-send-desk"
LEASE = "Desk-Lease"
"""Header: the moment until which the desk may be unlocked offline, ISO 8601 in UTC."""
ORDERS = "Desk-Orders"
"""Header: what the desk must do; `wipe` tells it to destroy its key once nothing waits to be sent."""
TOKEN = "Desk-Token"  # noqa: S105  a header's name
"""Header: a fresh token in place of one that ends soon."""
WIPE = "wipe"


class Cursor(msgspec.Struct, frozen=True, array_like=True):
    """A place in a feed: which feed, how far, and what stands there, by which a restored hub is noticed."""

    feed: str
    position: int = 0
    item: str = ""


class Trouble(msgspec.Struct, frozen=True):
    """Why a whole call was refused: `code` for programs, `words` for people."""

    code: str
    words: str = ""


class Limits(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the hub takes at most: bytes of a call as sent, of one revision, of one chunk; revisions of a page."""

    call: int = 8 * 1024 * 1024
    revision: int = 1024 * 1024
    chunk: int = 1024 * 1024
    page: int = 1000


class HelloAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who answers: the versions it speaks, its clock (ISO 8601, UTC) and its limits."""

    hub: str
    wire: int
    time: str
    limits: Limits = Limits()


class Enrol(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A desk presents itself: name and password once, and its own public key (Ed25519, 32 bytes) from then on.

    `author` is the id that the desk's revisions carry; it becomes one of the account's.
    """

    user: str
    password: str
    device: str
    public_key: bytes
    author: str
    authority: str
    machine: str = ""
    version: str = ""


class Person(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A user of the authority: `authors` are the ids under which revisions carry them."""

    id: str
    name: str
    role: str
    authors: tuple[str, ...] = ()


class Session(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a signed-in desk holds: a short token with its end, the lease, and who it is for."""

    token: str
    ends: str
    lease_until: str
    user: Person
    authority: str
    authority_name: str = ""
    feed: str = ""


class TokenWish(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A wish for a new token, signed by the device's key (JWT, EdDSA); name and password where the lease lapsed."""

    assertion: str
    user: str = ""
    password: str = ""


class Expected(msgspec.Struct, frozen=True, array_like=True):
    """What an issue rests upon: this case had so many revisions with this digest, and no more."""

    case: str
    count: int
    digest: int


class Read(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody looked at a file: opened, printed or exported it; the desk keeps these until the hub has them."""

    id: str
    case: str
    what: str
    at: str
    detail: str = ""


class Push(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Revisions for the office copy, parents before children; `count` and `digest` are their mark.

    `expects` makes the batch all or nothing: an issue is taken only on the heads that the hub knows.
    """

    columns: Columns
    count: int
    digest: int
    cursor: Cursor | None = None
    expects: tuple[Expected, ...] = ()
    reads: tuple[Read, ...] = ()


class Refusal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why one revision was not taken; `code` is one of those in `refusals.py`."""

    revision: str
    code: str
    words: str = ""


class PushAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Every revision of the push that is not refused is in the office copy; `given` are the positions it now has."""

    at: str
    given: tuple[tuple[int, int], ...] = ()
    refused: tuple[Refusal, ...] = ()


class Pull(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What came after a cursor, without the positions that this desk's own pushes were given."""

    cursor: Cursor
    have: tuple[tuple[int, int], ...] = ()
    limit: int = 0


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the feed tells besides revisions: `granted` or `withdrawn` (`case`), `redacted` (`revisions`), `person`."""

    kind: str
    id: str
    position: int
    case: str = ""
    revisions: tuple[str, ...] = ()
    person: Person | None = None


class PullAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page of the feed, or `resync`: the cursor stands where this hub has never been.

    Where no `more` follows, `count` and `digest` are the mark of all granted cases at the cursor.
    """

    cursor: Cursor
    columns: Columns = {}
    events: tuple[Event, ...] = ()
    more: bool = False
    resync: bool = False
    count: int = 0
    digest: int = 0


class SnapshotWish(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The whole history of these cases, or of all that are granted where none is named."""

    cases: tuple[str, ...] = ()


class SnapshotHead(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The first message of a snapshot: where the feed stood, and how much is to come; then come `Columns`."""

    cursor: Cursor
    cases: tuple[str, ...]
    revisions: int
    people: tuple[Person, ...] = ()


class Check(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A wish for the mark of every granted case."""

    cases: tuple[str, ...] = ()


class CheckAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The mark of each case at one position."""

    cursor: Cursor
    cases: dict[str, tuple[int, int]] = {}


class BlobHave(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which attachments (by SHA-256 in hex) of a case the hub has, and how much of each."""

    case: str
    blobs: tuple[str, ...]


class BlobHaveAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Bytes that the hub holds of each, and which are whole."""

    bytes: dict[str, int] = {}
    whole: tuple[str, ...] = ()


class BlobPut(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A chunk of an attachment; the last one is verified against the digest before it counts."""

    case: str
    blob: str
    offset: int
    size: int
    chunk: bytes


class BlobGet(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A wish for a chunk of an attachment."""

    case: str
    blob: str
    offset: int = 0


class BlobChunk(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A chunk of an attachment of `size` bytes in all."""

    size: int
    chunk: bytes


class Looked(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A wish to know who looked at a file."""

    case: str


class LookedAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who looked, wrote, printed or exported, the latest first; each line as plain values."""

    lines: tuple[dict[str, Any], ...] = ()
