"""Messages are read within limits, whatever a frame says of itself."""

import io
import os

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from send_desk.wire import frames
from send_desk.wire.messages import Cursor, Pull, PullAnswer


def test_a_message_comes_back() -> None:
    asked = Pull(cursor=Cursor("feed", 12, "item"), have=((3, 4),))
    assert frames.from_bytes(frames.to_bytes(asked), Pull) == asked


def test_fields_that_are_not_known_are_passed_over_and_those_that_lack_are_defaults() -> None:
    newer = zstandard.compress(msgspec.msgpack.encode({"cursor": ["feed", 1, "x", "further"], "mood": "calm"}))
    assert frames.from_bytes(newer, PullAnswer) == PullAnswer(cursor=Cursor("feed", 1, "x"))


def test_a_bomb_that_names_its_size_is_read_no_further_than_agreed() -> None:
    bomb = zstandard.compress(bytes(256 * 1024 * 1024))
    assert len(bomb) < 64 * 1024
    with pytest.raises(frames.TooLarge):
        frames.from_bytes(bomb, Pull, most=1024)


def test_what_is_nested_too_deep_is_no_message() -> None:
    with pytest.raises(frames.Unreadable):
        frames.decode(b"\x91" * 100_000 + b"\xc0", Pull)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_are_refused_in_words(body: bytes) -> None:
    with pytest.raises((frames.Unreadable, frames.TooLarge)):
        frames.from_bytes(body, Pull, most=1024)
    with pytest.raises((frames.Unreadable, frames.TooLarge)):
        list(frames.from_frames(io.BytesIO(b"x" + body), most=1024))


@given(st.lists(st.binary(max_size=3000), max_size=6))
def test_a_stream_comes_back_message_by_message(messages: list[bytes]) -> None:
    packed = b"".join(frames.to_frames(iter(messages)))
    read = [msgspec.msgpack.decode(one) for one in frames.from_frames(io.BytesIO(packed))]
    assert read == messages


def test_a_stream_that_is_cut_is_never_taken_for_a_whole_one() -> None:
    messages = [os.urandom(500), os.urandom(500)]
    packed = b"".join(frames.to_frames(iter(messages)))
    checksum = 4
    for end in range(len(packed) - checksum - 1):
        with pytest.raises(frames.Unreadable):
            list(frames.from_frames(io.BytesIO(packed[:end])))


def test_a_message_of_a_stream_may_not_be_larger_than_agreed() -> None:
    packed = b"".join(frames.to_frames(iter([bytes(5000)])))
    with pytest.raises(frames.TooLarge):
        list(frames.from_frames(io.BytesIO(packed), most=1000))
