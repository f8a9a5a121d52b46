"""From the bytes of a push to revisions that may be offered to the database: all that can be found out without it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Raw

from send_desk.domain.ids import RecordKind, Role, Version
from send_desk.wire import refusals
from send_desk.wire.columns import Columns, Crooked, from_columns
from send_desk.wire.frames import Unreadable, decode
from send_desk.wire.messages import Cursor, Expected, Read, Refusal
from send_desk.wire.packed import Mark, Packed, digest_of, mark_of, mark_of_all

from .central import Offered
from .limits import ROWS
from .receipts import Receipts
from .troubles import CallRefused

ISSUE = "issue"
"""The kind of record by which a plan is made final; a case whose `version` is set to final does the same."""

GUARDED = frozenset({ISSUE, str(RecordKind.CASE), str(RecordKind.OVERRIDE)})
"""The kinds that are not taken from their author at any time: once taken, they have a receipt for him too, so that he
can give a final or an override back to a hub that was restored from a backup."""

_LONGEST_ID = 200
_LONGEST_RECORD = 1000
_LONGEST_DETAIL = 1000
_LARGEST_INT = 2**63
_YEARS = range(1900, 2200)
_NEWER_BYTES = 1024 * 1024
_DEEPEST = 64

_Words = Annotated[list[str], Meta(max_length=ROWS)]
_Sparse = Annotated[dict[int, bytes], Meta(max_length=ROWS)]
_COLUMNS: Mapping[str, Any] = {
    "n": int,
    "schema": Annotated[list[int], Meta(max_length=ROWS)],
    "parents": Annotated[list[Annotated[tuple[str, ...], Meta(max_length=256)]], Meta(max_length=ROWS)],
    "body": Annotated[list[bytes], Meta(max_length=ROWS)],
    **dict.fromkeys(("id", "record", "kind", "case", "authority", "author", "device", "made_at"), _Words),
    **dict.fromkeys(("extra", "redacted", "receipt"), _Sparse),
}
_NEEDS: Mapping[str, Role] = {str(RecordKind.OVERRIDE): Role.MANAGER}
_fields = msgspec.json.Decoder(dict[str, Any])


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """A push as the hub reads it: its columns stay bytes until each was measured, so that few bytes stay little."""

    columns: Annotated[dict[str, Raw], Meta(max_length=64)]
    count: int
    digest: int
    cursor: Cursor | None = None
    expects: Annotated[tuple[Expected, ...], Meta(max_length=64)] = ()
    reads: Annotated[tuple[Read, ...], Meta(max_length=10_000)] = ()


def open_parcel(plain: bytes) -> tuple[Parcel, list[Packed]]:
    """Return a push and its revisions, whole as its mark says; refuse it as a bad call otherwise."""
    try:
        parcel = decode(plain, Parcel)
        revisions = from_columns(_columns(parcel.columns))
    except (Unreadable, Crooked, msgspec.DecodeError, RecursionError, ValueError) as fault:
        raise CallRefused(refusals.BAD_CALL) from fault
    if mark_of_all(revisions) != Mark(parcel.count, parcel.digest):
        raise CallRefused(refusals.BAD_CALL, "What was sent was damaged on its way. It will be sent again.")
    return parcel, revisions


def offers(revisions: Sequence[Packed], *, receipts: Receipts, largest: int) -> tuple[list[Offered], list[Refusal]]:
    """Return what can be offered to the database, and what the hub itself refuses by name."""
    good: list[Offered] = []
    bad: list[Refusal] = []
    for one in revisions:
        code, offered = _offered(one, receipts, largest)
        if offered is not None:
            good.append(offered)
        else:
            bad.append(Refusal(revision=one.id, code=code, words=refusals.WORDS[code]))
    return good, bad


def expected(parcel: Parcel) -> dict[str, Mark]:
    """Return the marks that an issue rests upon."""
    for one in parcel.expects:
        if not is_text(one.case) or not (0 <= one.count < _LARGEST_INT and fits(one.digest)):
            raise CallRefused(refusals.BAD_CALL)
    return {one.case: Mark(one.count, one.digest) for one in parcel.expects}


def seen(cursor: Cursor | None) -> int:
    """Return how far a laptop says that it has read."""
    return cursor.position if cursor is not None and 0 <= cursor.position < _LARGEST_INT else 0


def readable(reads: Sequence[Read], now: datetime) -> list[Read]:
    """Return who looked at what, as the database can keep it; a moment that is none becomes that of arrival."""
    return [
        Read(
            id=one.id,
            case=one.case,
            what=plain_text(one.what),
            at=(_moment(one.at) or now).isoformat(),
            detail=plain_text(one.detail),
        )
        for one in reads
        if one.id and is_text(one.id) and is_text(one.case)
    ]


def is_text(word: str, *, most: int = _LONGEST_ID) -> bool:
    """Whether a word can be an id: not too long, and without control characters, which PostgreSQL does not take."""
    return len(word) <= most and (word.isprintable() or not any(letter < " " for letter in word))


def fits(number: int) -> bool:
    """Whether a number is one of 64 bits with a sign."""
    return -_LARGEST_INT <= number < _LARGEST_INT


def plain_text(words: str) -> str:
    """Return words without NUL, and not without end."""
    return words[:_LONGEST_DETAIL].replace("\0", "")


def _columns(raw: Mapping[str, Raw]) -> Columns:
    newer = {name: value for name, value in raw.items() if name not in _COLUMNS}
    if sum(len(value) for value in newer.values()) > _NEWER_BYTES:
        raise Crooked("there is more of a newer version than belongs in a push")
    read: Columns = {
        name: msgspec.msgpack.decode(value, type=_COLUMNS.get(name, Any), strict=True) for name, value in raw.items()
    }
    # A newer column that stands once for all rows would be written out for each.
    if newer and sum(len(value) for value in newer.values()) * max(1, int(read.get("n", 0))) > 64 * _NEWER_BYTES:
        raise Crooked("there is more of a newer version than belongs in a push")
    return read


def _offered(one: Packed, receipts: Receipts, largest: int) -> tuple[str, Offered | None]:
    if len(one.body) + len(one.extra) > largest:
        return refusals.TOO_LARGE, None
    fields = _fields_of(one)
    if fields is None or not _is_sound(one):
        return refusals.UNREADABLE, None
    digest = digest_of(one)
    is_case = one.kind == RecordKind.CASE
    reference = fields.get("reference") if is_case else None
    return "", Offered(
        packed=one,
        digest=digest,
        mark=mark_of(one).digest,
        vouched=receipts.vouches(one, digest),
        final=one.kind == ISSUE or (is_case and fields.get("version") == Version.FINAL),
        needs=_NEEDS.get(one.kind),
        reference=plain_text(reference) if isinstance(reference, str) else None,
    )


def _fields_of(one: Packed) -> Mapping[str, Any] | None:
    if one.redacted:
        return None if one.body or one.extra or len(one.redacted) != 32 else {}
    try:
        extra = _fields.decode(one.extra) if one.extra else {}
        fields = _fields.decode(one.body) if one.body else {}
    except (msgspec.DecodeError, RecursionError, ValueError):
        return None
    # How deep a reader may go differs from machine to machine; what one cannot read holds up its whole sync.
    return fields if _is_flat(one.body, fields) and _is_flat(one.extra, extra) else None


def _is_flat(written: bytes, value: object) -> bool:
    if written.count(b"[") + written.count(b"{") <= _DEEPEST:
        return True
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for outer in level for inner in _within(outer)]
        if not level:
            return True
    return False


def _within(value: object) -> Iterable[object]:
    match value:
        case dict():
            return value.values()
        case list():
            return value
        case _:
            return ()


def _is_sound(one: Packed) -> bool:
    ids = (one.id, one.case, one.authority, one.author, one.device, one.kind, *one.parents)
    return (
        all(is_text(word) for word in ids)
        and is_text(one.record, most=_LONGEST_RECORD)
        and all((one.id, one.record, one.kind, one.authority, one.author, one.device))
        and one.id not in one.parents
        # One record of a case is the case itself, and is nothing else: what makes a plan final stands there alone.
        and (one.kind == RecordKind.CASE) == (one.record == one.case)
        and 0 <= one.schema < 2**31
        and _moment(one.made_at) is not None
    )


def _moment(words: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(words) if len(words) <= 40 else None
    except ValueError:
        return None
    if moment is None or moment.tzinfo is None or moment.year not in _YEARS:
        return None
    return moment.astimezone(UTC)
