"""What a desk sends and fetches: pushes, pages of the feed, snapshots, marks, attachments, and who looked."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import cached_property
from itertools import groupby

from send_desk.wire import refusals
from send_desk.wire.columns import to_columns
from send_desk.wire.frames import to_frames
from send_desk.wire.messages import (
    BlobChunk,
    BlobGet,
    BlobHave,
    BlobHaveAnswer,
    BlobPut,
    Check,
    CheckAnswer,
    Cursor,
    Limits,
    Looked,
    LookedAnswer,
    Pull,
    PullAnswer,
    PushAnswer,
    Refusal,
    SnapshotHead,
    SnapshotWish,
)
from send_desk.wire.packed import Packed

from .auth import Clock, Verified
from .central import Central, Page, Taken, Whole
from .offering import GUARDED, expected, fits, is_text, offers, open_parcel, readable, seen
from .receipts import Receipts
from .troubles import CallRefused

_PAGE_BYTES = 16 * 1024 * 1024
_PIECE_BYTES = 2 * 1024 * 1024
_PIECE_ROWS = 2000
_MOST = 20_000
_LARGEST_BLOB = 2**40


class Feed:
    """Answers the calls of a verified caller by the central database."""

    def __init__(self, central: Central, clock: Clock, limits: Limits) -> None:
        self._central = central
        self._clock = clock
        self._limits = limits

    @cached_property
    def _receipts(self) -> Receipts:
        return Receipts(self._central.key("receipt"))

    def push(self, verified: Verified, plain: bytes) -> PushAnswer:
        """Take what is new into the office copy, and say of everything else by name why it was not taken."""
        parcel, revisions = open_parcel(plain)
        expects = expected(parcel)
        now = self._clock.now()
        good, bad = offers(revisions, receipts=self._receipts, largest=self._limits.revision)
        if bad and expects:  # all or nothing
            first = bad[0]
            named = {one.revision for one in bad}
            bad += [
                Refusal(revision=one.packed.id, code=first.code, words=first.words)
                for one in good
                if one.packed.id not in named
            ]
            return PushAnswer(at=now.isoformat(), refused=tuple(bad))
        taken = self._central.push(
            verified.caller, good, expects=expects, seen=seen(parcel.cursor), reads=readable(parcel.reads, now)
        )
        bad += [_refusal(one) for one in taken if one.refused]
        positions = sorted(one.position for one in taken if one.position is not None)
        return PushAnswer(at=now.isoformat(), given=tuple(_ranges(positions)), refused=tuple(bad))

    def pull(self, verified: Verified, wish: Pull) -> PullAnswer:
        """Return the page of the feed that comes after a cursor."""
        cursor = wish.cursor
        numbers = [number for pair in wish.have for number in pair]
        if len(numbers) > _MOST or not all(fits(number) for number in (cursor.position, wish.limit, *numbers)):
            raise CallRefused(refusals.BAD_CALL)
        if not is_text(cursor.feed) or not is_text(cursor.item) or cursor.position < 0:
            raise CallRefused(refusals.BAD_CALL)
        page = self._page(verified, wish, min(wish.limit, self._limits.page) if wish.limit > 0 else self._limits.page)
        return PullAnswer(
            cursor=Cursor(page.feed, page.at, page.item),
            columns=to_columns(self._receipted(verified, page.revisions)) if page.revisions else {},
            events=page.events,
            more=page.more,
            resync=page.resync,
            count=page.mark.count if page.mark else 0,
            digest=page.mark.digest if page.mark else 0,
        )

    def snapshot(self, verified: Verified, wish: SnapshotWish) -> Iterator[bytes]:
        """Yield the whole history of cases, compressed; closing the iterator lets go of the database."""
        _check_cases(wish.cases)
        with ExitStack() as open_until_read:
            whole = open_until_read.enter_context(self._central.snapshot(verified.caller, wish.cases))
            yield from to_frames(self._told(verified, whole))

    def check(self, verified: Verified, wish: Check) -> CheckAnswer:
        """Return the mark of every case that the caller may see."""
        _check_cases(wish.cases)
        feed, at, item, marks = self._central.marks(verified.caller, wish.cases)
        return CheckAnswer(
            cursor=Cursor(feed, at, item), cases={case: (mark.count, mark.digest) for case, mark in marks.items()}
        )

    def blob_have(self, verified: Verified, wish: BlobHave) -> BlobHaveAnswer:
        """Return how much of each attachment the office copy holds."""
        _check_cases((wish.case,))
        if len(wish.blobs) > _MOST:
            raise CallRefused(refusals.BAD_CALL)
        for blob in wish.blobs:
            _check_blob(blob)
        held = self._central.blob_have(verified.caller, wish.case, wish.blobs)
        return BlobHaveAnswer(
            bytes={blob: count for blob, (count, _) in held.items()},
            whole=tuple(blob for blob, (_, whole) in held.items() if whole),
        )

    def blob_put(self, verified: Verified, wish: BlobPut) -> BlobHaveAnswer:
        """Take a chunk of an attachment, and say how much is held now."""
        _check_cases((wish.case,))
        _check_blob(wish.blob)
        if len(wish.chunk) > self._limits.chunk:
            raise CallRefused(refusals.TOO_LARGE)
        if not 0 <= wish.offset <= wish.offset + len(wish.chunk) <= wish.size <= _LARGEST_BLOB:
            raise CallRefused(refusals.BAD_CALL)
        held = self._central.blob_put(
            verified.caller, wish.case, wish.blob, offset=wish.offset, size=wish.size, chunk=wish.chunk
        )
        return BlobHaveAnswer(bytes={wish.blob: held}, whole=(wish.blob,) if held == wish.size else ())

    def blob_get(self, verified: Verified, wish: BlobGet) -> BlobChunk:
        """Return a chunk of an attachment."""
        _check_cases((wish.case,))
        _check_blob(wish.blob)
        if not 0 <= wish.offset <= _LARGEST_BLOB:
            raise CallRefused(refusals.BAD_CALL)
        found = self._central.blob_get(
            verified.caller, wish.case, wish.blob, offset=wish.offset, most=self._limits.chunk
        )
        if found is None:
            raise CallRefused(refusals.BAD_CALL, "The office copy does not hold this attachment.", status=404)
        return BlobChunk(size=found[0], chunk=found[1])

    def looked(self, verified: Verified, wish: Looked) -> LookedAnswer:
        """Return who looked at a file, the latest first."""
        _check_cases((wish.case,))
        return LookedAnswer(lines=tuple(dict(line) for line in self._central.looked(verified.caller, wish.case)))

    def _page(self, verified: Verified, wish: Pull, limit: int) -> Page:
        while True:
            page = self._central.pull(
                verified.caller,
                feed=wish.cursor.feed,
                position=wish.cursor.position,
                item=wish.cursor.item,
                have=wish.have,
                limit=limit,
            )
            size = sum(_size(one) for one in page.revisions)
            if size <= _PAGE_BYTES or len(page.revisions) <= 1:
                return page
            limit = max(1, min(limit, len(page.revisions)) * _PAGE_BYTES // (2 * size))

    def _told(self, verified: Verified, whole: Whole) -> Iterator[object]:
        cursor = Cursor(whole.feed, whole.at, whole.item)
        yield SnapshotHead(cursor=cursor, cases=whole.cases, revisions=whole.count, people=whole.people)
        for piece in _pieces(whole.revisions):
            yield to_columns(self._receipted(verified, piece))

    def _receipted(self, verified: Verified, revisions: Sequence[Packed]) -> list[Packed]:
        mine = verified.authors
        return [one if one.author in mine and one.kind not in GUARDED else self._receipts.add(one) for one in revisions]


def _pieces(revisions: Iterator[Packed]) -> Iterator[list[Packed]]:
    place: Callable[[Packed], int] = _Places().of
    for _, piece in groupby(revisions, key=place):
        yield list(piece)


class _Places:
    """Numbers the pieces of a snapshot: each has so many revisions and so many bytes at most."""

    def __init__(self) -> None:
        self._piece = 0
        self._rows = 0
        self._bytes = 0

    def of(self, one: Packed) -> int:
        self._rows += 1
        self._bytes += _size(one)
        if self._rows > _PIECE_ROWS or self._bytes > _PIECE_BYTES:
            self._piece += 1
            self._rows, self._bytes = 1, _size(one)
        return self._piece


def _size(one: Packed) -> int:
    return len(one.body) + len(one.extra)


def _ranges(positions: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for position in positions:
        if first is None or last is None:
            first = position
        elif position != last + 1:
            yield first, last
            first = position
        last = position
    if first is not None and last is not None:
        yield first, last


def _refusal(taken: Taken) -> Refusal:
    words = refusals.WORDS.get(taken.refused, "")
    return Refusal(revision=taken.revision, code=taken.refused, words=f"{words} {taken.detail}".strip())


def _check_cases(cases: Sequence[str]) -> None:
    if len(cases) > _MOST or not all(is_text(case) for case in cases):
        raise CallRefused(refusals.BAD_CALL)


def _check_blob(blob: str) -> None:
    if len(blob) != 64 or not set(blob) <= set("0123456789abcdef"):
        raise CallRefused(refusals.BAD_CALL)
