"""Attachments both ways, after the revisions that name them: in chunks, each kept as it comes."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby

from send_desk.wire.messages import BlobGet, BlobHave, BlobHaveAnswer, BlobPut, Limits

from .desk import Desk
from .office import NotTaken, Office
from .sync_outcome import Progress, Told
from .sync_store import Attachment

_ASK_AGAIN = timedelta(hours=1)
"""How long an attachment that the office does not have yet is not asked for once more."""


def send_attachments(desk: Desk, office: Office, told: Told, limits: Limits) -> None:
    """Send what the office lacks of the attachments that are here."""
    waiting = desk.store.sync.to_send()
    done, size = 0, sum(one.size for one in waiting)
    for case, group in _by_case(waiting):
        have = _have(office, case, group)
        if have is None:
            continue
        desk.store.sync.in_office(case, have.whole)
        for one in group:
            if one.sha256 not in have.whole:
                for sent in _chunks_up(desk, office, one, have.bytes.get(one.sha256, 0), limits.chunk):
                    told(Progress("attachments", bytes_done=done + sent, bytes=size))
            done += one.size


def fetch_attachments(desk: Desk, office: Office, told: Told, *, case: str | None = None) -> None:
    """Fetch the attachments that documents name and that are not here; of the named case even those just asked for."""
    now = desk.clock.now()
    lately = desk.store.sync.to_fetch(asked_before=now - _ASK_AGAIN)
    named = [one for one in desk.store.sync.to_fetch() if one.case == case] if case is not None else []
    for where, group in _by_case(dict.fromkeys((*lately, *named))):
        have = _have(office, where, group)
        whole = frozenset(have.whole) if have is not None else frozenset()
        missing = [one.sha256 for one in group if one.sha256 not in whole]
        if missing:
            desk.store.sync.asked(where, missing, at=now)
        for one in group:
            if one.sha256 in whole and not _chunks_down(desk, office, one, told):
                desk.store.sync.asked(where, [one.sha256], at=now)


def _have(office: Office, case: str, group: Sequence[Attachment]) -> BlobHaveAnswer | None:
    try:
        return office.blob_have(BlobHave(case=case, blobs=tuple(one.sha256 for one in group)))
    except NotTaken:
        # A case that the office does not let this person see (any more): its changes are in the tray.
        return None


def _chunks_up(desk: Desk, office: Office, one: Attachment, held: int, most: int) -> Iterable[int]:
    content = desk.store.blob(one.sha256)
    while content is not None and held < len(content):
        chunk = content[held : held + most]
        wish = BlobPut(case=one.case, blob=one.sha256, offset=held, size=len(content), chunk=chunk)
        try:
            answer = office.blob_put(wish)
        except NotTaken:
            return
        if one.sha256 in answer.whole:
            desk.store.sync.in_office(one.case, (one.sha256,))
            yield len(content)
            return
        before, held = held, answer.bytes.get(one.sha256, 0)
        if held <= before:
            return
        yield held


def _chunks_down(desk: Desk, office: Office, one: Attachment, told: Told) -> bool:
    held = one.held
    while True:
        try:
            answer = office.blob_get(BlobGet(case=one.case, blob=one.sha256, offset=held))
        except NotTaken:
            return False
        part = Attachment(one.case, one.sha256, answer.size, held)
        if not answer.chunk:
            return False
        whole = desk.store.sync.take_chunk(part, answer.chunk, size=answer.size)
        held += len(answer.chunk)
        told(Progress("attachments", bytes_done=held, bytes=answer.size))
        if whole:
            desk.store.sync.in_office(one.case, (one.sha256,))
        if whole or held >= answer.size:
            return whole


def _by_case(several: Iterable[Attachment]) -> Iterable[tuple[str, list[Attachment]]]:
    ordered = sorted(several, key=lambda one: (one.case, one.sha256))
    return ((case, list(group)) for case, group in groupby(ordered, key=lambda one: one.case))
