"""Writes the bodies in `recorded/` anew: ``python -m tests.sync.record_bodies``; done once, then read for ever."""

import io
from dataclasses import replace
from pathlib import Path

import msgspec

from send_desk.wire.columns import to_columns
from send_desk.wire.frames import to_bytes, to_frames
from send_desk.wire.messages import (
    CheckAnswer,
    Cursor,
    Event,
    HelloAnswer,
    Person,
    PullAnswer,
    Push,
    PushAnswer,
    Read,
    Refusal,
    SnapshotHead,
)
from send_desk.wire.packed import Packed, mark_of_all

from .skewed import changed, of_newer_hub, of_newer_hub_in_pieces, of_older_desk
from .workload import Writer

FOLDER = Path(__file__).with_name("recorded")
_CASE = "019585a1-0c1f-7b52-8d04-5b6f7e3c21aa"


def main() -> None:
    """Write every body, and beside them the revisions that they hold."""
    FOLDER.mkdir(exist_ok=True)
    writer = Writer("00000000-0000-4000-8000-0000000000a1", "00000000-0000-4000-8000-0000000000d1", seed=9)
    plain = [writer.case(_CASE, "HD-1"), *writer.revisions(_CASE, entries=2, each=2)]
    newer = [_with_extra(one, number) for number, one in enumerate(plain)]
    cursor = Cursor("feed-1", 9, newer[-1].id)
    mark = mark_of_all(newer)
    bodies = {
        "push-of-older-desk": changed(to_bytes(_push(plain)), of_older_desk),
        "push-of-newer-desk": changed(to_bytes(_push(newer)), of_newer_hub),
        "pull-of-newer-hub": changed(to_bytes(_pull(newer, cursor)), of_newer_hub),
        "snapshot-of-newer-hub": b"".join(of_newer_hub_in_pieces(io.BytesIO(_snapshot(newer, cursor)))),
        "check-of-newer-hub": changed(
            to_bytes(CheckAnswer(cursor=cursor, cases={_CASE: (mark.count, mark.digest)})), of_newer_hub
        ),
        "hello-of-newer-hub": changed(
            to_bytes(HelloAnswer(hub="2.0", wire=2, time="2026-03-03T09:00:00+00:00")), of_newer_hub
        ),
        "taken-by-newer-hub": changed(
            to_bytes(
                PushAnswer(
                    at="2026-03-03T09:00:00+00:00",
                    given=((4, 8),),
                    refused=(Refusal(revision=newer[0].id, code="eclipse", words="Not under this moon."),),
                )
            ),
            of_newer_hub,
        ),
    }
    for name, body in bodies.items():
        (FOLDER / f"{name}.bin").write_bytes(body)
    (FOLDER / "plain.json").write_bytes(msgspec.json.format(msgspec.json.encode(plain)))
    (FOLDER / "newer.json").write_bytes(msgspec.json.format(msgspec.json.encode(newer)))


def _with_extra(one: Packed, number: int) -> Packed:
    extra = msgspec.json.encode({"tone": {"of": number}}) if number % 2 else b""
    return replace(one, extra=extra)


def _push(revisions: list[Packed]) -> Push:
    mark = mark_of_all(revisions)
    read = Read(id="read-1", case=_CASE, what="opened", at="2026-03-03T09:00:00+00:00")
    return Push(
        columns=to_columns(revisions),
        count=mark.count,
        digest=mark.digest,
        cursor=Cursor("feed-1", 3, "e-1"),
        reads=(read,),
    )


def _pull(revisions: list[Packed], cursor: Cursor) -> PullAnswer:
    mark = mark_of_all(revisions)
    person = Person(id="account-1", name="Jo Marsh", role="caseworker", authors=(revisions[0].author,))
    event = Event(kind="person", id="e-2", position=3, person=person)
    return PullAnswer(
        cursor=cursor, columns=to_columns(revisions), events=(event,), count=mark.count, digest=mark.digest
    )


def _snapshot(revisions: list[Packed], cursor: Cursor) -> bytes:
    head = SnapshotHead(cursor=cursor, cases=("", _CASE), revisions=len(revisions))
    return b"".join(to_frames(iter([head, to_columns(revisions[:2]), to_columns(revisions[2:])])))


if __name__ == "__main__":
    main()
