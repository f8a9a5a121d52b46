"""Version skew: an older desk and this one, at this hub and at a newer one; whatever is said more is not dropped.

The bodies in `recorded/` were written once and are read as they are: a later program must go on reading them. Beside
them whole histories of the model are lived through on a line between desks and hubs of different versions.
"""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from send_desk.hub.auth import Verified
from send_desk.hub.offering import open_parcel
from send_desk.storage.home import OpenHome
from send_desk.storage.mapping import PACKED_COLUMNS, packed_from
from send_desk.wire import messages
from send_desk.wire.columns import from_columns
from send_desk.wire.frames import decode, from_bytes, from_frames, unfold
from send_desk.wire.packed import Mark, Packed, mark_of_all
from tests.model.histories import Ground, drawn, run
from tests.model.line import Line
from tests.model.world import device_of

from .skewed import changed, of_newer_hub, of_newer_hub_in_pieces, of_older_desk

_HISTORIES = 15
_FOLDER = Path(__file__).with_name("recorded")


def recorded(name: str) -> bytes:
    return (_FOLDER / f"{name}.bin").read_bytes()


def revisions(name: str) -> list[Packed]:
    return msgspec.json.decode((_FOLDER / f"{name}.json").read_bytes(), type=list[Packed])


# --- recorded bodies -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("body", "said"), [("push-of-older-desk", "plain"), ("push-of-newer-desk", "newer")])
def test_the_hub_reads_what_older_and_newer_desks_send(body: str, said: str) -> None:
    _, found = open_parcel(unfold(recorded(body)))
    assert found == revisions(said)


def test_a_desk_reads_what_a_newer_hub_answers() -> None:
    pull = from_bytes(recorded("pull-of-newer-hub"), messages.PullAnswer)
    assert from_columns(pull.columns) == revisions("newer")
    assert [event.kind for event in pull.events] == ["person", "lunar"]
    assert Mark(pull.count, pull.digest) == mark_of_all(revisions("newer"))
    head, *pieces = from_frames(io.BytesIO(recorded("snapshot-of-newer-hub")))
    found = [one for piece in pieces for one in from_columns(decode(piece, dict[str, Any]))]
    assert found == revisions("newer")
    assert decode(head, messages.SnapshotHead).revisions == len(found)
    assert from_bytes(recorded("check-of-newer-hub"), messages.CheckAnswer).cases
    assert from_bytes(recorded("hello-of-newer-hub"), messages.HelloAnswer).wire == 2
    taken = from_bytes(recorded("taken-by-newer-hub"), messages.PushAnswer)
    assert (taken.given, [one.code for one in taken.refused]) == (((4, 8),), ["eclipse"])


def test_what_came_from_a_newer_hub_stands_in_the_file_byte_by_byte_and_goes_back_as_it_came(opened: OpenHome) -> None:
    pull = from_bytes(recorded("pull-of-newer-hub"), messages.PullAnswer)
    store = opened.store
    at = datetime(2026, 3, 3, 9, tzinfo=UTC)
    store.sync.receive(from_columns(pull.columns), at=at, cursor=pull.cursor, events=pull.events)
    with store.reading() as driver:
        held = [packed_from(row) for row in driver.execute(f"SELECT {PACKED_COLUMNS} FROM revision ORDER BY seq")]  # noqa: S608  constant names
    assert held == revisions("newer")
    store.sync.send_again(held[0].case)
    assert list(store.sync.outbox()) == revisions("newer")


# --- whole histories -------------------------------------------------------------------------------------------------


class SkewedLine(Line):
    """A line on which one end is of another version."""

    older_desk = False
    newer_hub = False

    def _answered(self, answer: Callable[[Verified, bytes], bytes], sent: bytes) -> bytes:
        told = super()._answered(answer, changed(sent, of_older_desk) if self.older_desk else sent)
        if not self.newer_hub:
            return told
        if self.names[-1] == "snapshot":
            return b"".join(of_newer_hub_in_pieces(io.BytesIO(told)))
        return changed(told, of_newer_hub)


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    made = Ground()
    yield made
    made.clear()


@pytest.mark.parametrize("newer_hub", [False, True], ids=["hub-n", "hub-n+1"])
@pytest.mark.parametrize("older", ["none", "some", "all"])
def test_nothing_is_dropped_between_desks_and_hubs_of_all_versions(ground: Ground, older: str, newer_hub: bool) -> None:
    for number in range(_HISTORIES):
        with ground.world() as world:
            for desk in range(len(world.lines)):
                line = SkewedLine(world.exchange, device_of(desk))
                line.older_desk = older == "all" or (older == "some" and desk % 2 == 0)
                line.newer_hub = newer_hub
                world.lines[desk] = line
            assert run(world, drawn(Random(number))) == []  # noqa: S311  histories, no secrets
            assert any(one.extra for one in world.saved.values())
