"""Sending: the outbox in batches, what was looked at along with it, and an issue, which is all or nothing."""

from collections.abc import Mapping, Sequence

from send_desk.domain.errors import Refused
from send_desk.domain.revision import Revision
from send_desk.wire import refusals
from send_desk.wire.columns import to_columns
from send_desk.wire.messages import Expected, Push, PushAnswer, Read, Refusal
from send_desk.wire.packed import Mark, Packed, mark_of_all

from .desk import Desk
from .office import NotTaken, Office
from .sync_outcome import Progress, Tally, Told

_MOST = 2000
_MOST_BYTES = 4_000_000


def push_all(desk: Desk, office: Office, tally: Tally, told: Told, *, case: str | None = None) -> None:
    """Send what waits (of one case, where named), oldest first; each answer is on the disk before it counts.

    A batch that the office will not take whole is halved, until the one revision at fault stands alone in the tray.
    """
    store = desk.store.sync
    total = store.pending(case)
    done, most = 0, _MOST
    while True:
        batch, reads = store.outbox(case=case, most=most, most_bytes=_MOST_BYTES), store.reads()
        if not batch and not reads:
            return
        told(Progress("send", revisions_done=done, revisions=max(total, done + len(batch))))
        try:
            answer = office.push(_wish(desk, batch, reads=reads))
        except NotTaken as error:
            if not batch:
                raise
            if len(batch) > 1:
                most = max(1, len(batch) // 2)
                continue
            answer = _alone(desk, batch[0], error)
            reads = ()
        _settle(desk, tally, batch, reads, answer)
        done += len(batch)
        told(Progress("send", revisions_done=done, revisions=max(total, done)))


def offer(desk: Desk, office: Office, revisions: Sequence[Revision], expects: Mapping[str, Mark]) -> None:
    """Offer revisions that are taken all or not at all, on cases that have these marks in the office.

    Taken, they are stored as acknowledged; else `Refused` in the office's words, with nothing stored. Where the answer
    is lost they come back by the next sync if they were taken.
    """
    store = desk.store.sync
    if any(store.pending(case) for case in expects):
        raise Refused("Changes of this plan still wait to be sent. Sync first, then issue again. Nothing was changed.")
    packed = store.packed(revisions)
    try:
        answer = office.push(_wish(desk, packed, expects=expects))
    except NotTaken as error:
        raise Refused(str(error)) from error
    if answer.refused:
        first = next((one for one in answer.refused if one.code != refusals.FINAL_ALONE), answer.refused[0])
        raise Refused(reason(first))
    # Its positions are not noted as had: it comes back by the feed once, with the receipt that lets it be given to a
    # restored office again.
    store.store_taken(revisions, at=desk.clock.now(), given=())


def reason(refusal: Refusal) -> str:
    """Return why a revision was refused, in words for a person."""
    return refusal.words or refusals.WORDS.get(refusal.code) or "The office did not take this."


def _wish(
    desk: Desk, batch: Sequence[Packed], *, reads: Sequence[Read] = (), expects: Mapping[str, Mark] | None = None
) -> Push:
    mark = mark_of_all(batch)
    return Push(
        columns=to_columns(batch),
        count=mark.count,
        digest=mark.digest,
        cursor=desk.store.sync.seen(),
        expects=tuple(Expected(case, one.count, one.digest) for case, one in (expects or {}).items()),
        reads=tuple(reads),
    )


def _alone(desk: Desk, packed: Packed, error: NotTaken) -> PushAnswer:
    code = error.code if error.code in refusals.WORDS else refusals.UNREADABLE
    return PushAnswer(at=desk.clock.now().isoformat(), refused=(Refusal(revision=packed.id, code=code),))


def _settle(desk: Desk, tally: Tally, batch: Sequence[Packed], reads: Sequence[Read], answer: PushAnswer) -> None:
    offered = {one.id for one in batch}
    refused = [
        Refusal(revision=one.revision, code=one.code, words=reason(one))
        for one in answer.refused
        if one.revision in offered
    ]
    names = {one.revision for one in refused}
    taken = [one for one in batch if one.id not in names]
    desk.store.sync.settle(
        taken, at=desk.clock.now(), refused=refused, given=answer.given, reads=[one.id for one in reads]
    )
    tally.sent += len(taken)
    tally.refused += names
