"""A revision as it travels and as the office copy keeps it: its fields are bytes that nobody writes anew."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from send_desk.domain.revision import Revision

_json = msgspec.json.Encoder()
_read = msgspec.json.Decoder(dict[str, Any])
_SIGNED_64 = 1 << 63
_ROUND_64 = 1 << 64


@dataclass(frozen=True, slots=True)
class Packed:
    """One revision in bytes: `body` is JSON of the fields it sets, `extra` JSON of what a newer desk says besides.

    `made_at` is ISO 8601 in UTC. A redacted revision has an empty `body` and `extra`, and keeps in `redacted` the
    digest that it had. `receipt` is the hub's word that it once took this revision from its author.
    """

    id: str
    record: str
    kind: str
    case: str
    authority: str
    parents: tuple[str, ...]
    author: str
    device: str
    made_at: str
    schema: int
    body: bytes
    extra: bytes = b""
    redacted: bytes = b""
    receipt: bytes = b""


@dataclass(frozen=True, slots=True)
class Mark:
    """How many revisions a set holds, and one digest of them without order: the exclusive or of 64 bits of each."""

    count: int = 0
    digest: int = 0

    def plus(self, other: "Mark") -> "Mark":
        """Return the mark of two sets that share nothing."""
        return Mark(self.count + other.count, self.digest ^ other.digest)

    def minus(self, other: "Mark") -> "Mark":
        """Return the mark of a set without a part of it."""
        return Mark(self.count - other.count, self.digest ^ other.digest)


def pack(revision: Revision) -> Packed:
    """Return a revision in bytes; those of its fields are what `storage` writes too."""
    return Packed(
        id=revision.id,
        record=revision.record,
        kind=str(revision.kind),
        case=revision.case,
        authority=revision.authority,
        parents=revision.parents,
        author=revision.author,
        device=revision.device,
        made_at=revision.made_at.isoformat(),
        schema=revision.schema,
        body=b"" if revision.redacted else _json.encode(revision.fields),
        extra=_json.encode(revision.extra) if revision.extra else b"",
        redacted=bytes.fromhex(revision.redacted),
    )


def unpack(packed: Packed) -> Revision:
    """Return a revision as the domain knows it; `msgspec.DecodeError` or `ValueError` where its bytes are none."""
    return Revision(
        id=packed.id,
        record=packed.record,
        kind=packed.kind,
        case=packed.case,
        authority=packed.authority,
        parents=packed.parents,
        fields=_read.decode(packed.body) if packed.body else {},
        author=packed.author,
        device=packed.device,
        made_at=datetime.fromisoformat(packed.made_at),
        schema=packed.schema,
        extra=_read.decode(packed.extra) if packed.extra else {},
        redacted=packed.redacted.hex(),
    )


def fields_of(packed: Packed) -> Mapping[str, Any]:
    """Return the fields that a revision sets; empty where it was redacted."""
    return _read.decode(packed.body) if packed.body else {}


def digest_of(packed: Packed) -> bytes:
    """Return the 32 bytes that stand for a revision: of all its content; of a redacted one, those it had before."""
    if packed.redacted:
        return packed.redacted
    told = (
        packed.id,
        packed.record,
        packed.kind,
        packed.case,
        packed.authority,
        packed.parents,
        packed.author,
        packed.device,
        packed.made_at,
        packed.schema,
        packed.body,
        packed.extra,
    )
    return hashlib.sha256(msgspec.msgpack.encode(told)).digest()


def mark_of(packed: Packed) -> Mark:
    """Return the mark of one revision; a redaction changes it, so that a desk that missed one is found out."""
    digest = digest_of(packed)
    if packed.redacted:
        digest = hashlib.sha256(digest + b"redacted").digest()
    number = int.from_bytes(digest[:8], "big")
    return Mark(1, number - _ROUND_64 if number >= _SIGNED_64 else number)


def mark_of_all(revisions: Iterable[Packed]) -> Mark:
    """Return the mark of many."""
    count, digest = 0, 0
    for one in revisions:
        count += 1
        digest ^= mark_of(one).digest
    return Mark(count, digest)
