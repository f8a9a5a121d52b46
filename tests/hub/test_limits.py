"""Bodies that mean harm: refused by name, in bounded memory, and never a fault of the hub's own.

Memory is what Python and the decompressor's output take at most while a call is answered (tracemalloc); the bounds are
some multiples of what a good push of the same size needs, and far below what the body asks for.
"""

import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from typing import Any

import anyio
import httpx
import msgspec
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from send_desk.hub.limits import Gate, Settings, declared, read_body
from send_desk.hub.troubles import CallRefused
from send_desk.wire import refusals
from send_desk.wire.columns import to_columns
from send_desk.wire.frames import to_bytes
from send_desk.wire.messages import Limits, PushAnswer
from send_desk.wire.packed import Packed, mark_of_all

from .laptop import Laptop, push_of, trouble
from .office import Office

MB = 1024 * 1024
ROOM = 200 * MB
NESTED = b"\x91" * 100_000 + b"\xc0"


@pytest.fixture(scope="module")
def hub() -> Iterator[Office]:
    made = Office()
    yield made
    made.client.close()


@pytest.fixture(scope="module")
def jo(hub: Office) -> Laptop:
    laptop = hub.laptop("Jo Marsh")
    laptop.enrol()
    return laptop


def packed(plain: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=1).compress(plain)


def array(count: int, each: bytes) -> bytes:
    return b"\xdd" + count.to_bytes(4, "big") + each * count


def mapping(pairs: dict[str, bytes]) -> bytes:
    encode = msgspec.msgpack.encode
    return bytes([0x80 + len(pairs)]) + b"".join(encode(name) + value for name, value in pairs.items())


def push(columns: bytes | dict[str, bytes], **more: bytes) -> bytes:
    inner = columns if isinstance(columns, bytes) else mapping(columns)
    return packed(mapping({"columns": inner, "count": b"\x00", "digest": b"\x00", **more}))


def good_columns(jo: Laptop, **changed: bytes) -> dict[str, bytes]:
    told = to_columns([jo.revision("case-1")])
    return {**{name: msgspec.msgpack.encode(value) for name, value in told.items()}, **changed}


def hostile(jo: Laptop) -> dict[str, Callable[[], bytes]]:
    many = 15 * MB
    return {
        "a bomb of nothing": lambda: packed(bytes(256 * MB)),
        "a bomb that keeps its size to itself": lambda: zstandard.ZstdCompressor(write_content_size=False).compress(
            bytes(256 * MB)
        ),
        "nested for ever": lambda: packed(NESTED),
        "nested in the columns": lambda: push(NESTED),
        "nested in a column": lambda: push(good_columns(jo, parents=NESTED)),
        "nested in a newer column": lambda: push(good_columns(jo, newer=NESTED)),
        "a number of rows and none": lambda: push({"n": b"\xce\x7f\xff\xff\xff", "id": b"\x91\xa1a"}),
        "a number of rows beyond all": lambda: push({"n": b"\xcf" + b"\xff" * 8, "id": b"\x91\xa1a"}),
        "millions of empty parents": lambda: push(good_columns(jo, parents=array(many, b"\x90"))),
        "millions of parents of one": lambda: push(good_columns(jo, parents=b"\x91" + array(many // 2, b"\xa1a"))),
        "millions of empty bodies": lambda: push(good_columns(jo, body=array(many // 2, b"\xc4\x00"))),
        "millions of ids": lambda: push(good_columns(jo, id=array(many // 2, b"\xa1a"))),
        "millions of newer values": lambda: push(good_columns(jo, newer=array(many, b"\x80"))),
        "millions of reads": lambda: push(good_columns(jo), reads=array(many, b"\x80")),
        "millions of expectations": lambda: push(good_columns(jo), expects=array(many, b"\x90")),
        "millions of columns": lambda: push(
            b"\xdf" + (many // 8).to_bytes(4, "big") + b"".join(b"\xa6%06x\xc0" % place for place in range(many // 8))
        ),
        "an array that says more than it holds": lambda: push(good_columns(jo, id=b"\xdd\xff\xff\xff\xff")),
        "a text that says more than it holds": lambda: push(good_columns(jo, id=b"\x91\xdb\xff\xff\xff\xff")),
    }


@pytest.mark.parametrize("kind", hostile(Laptop(None, None)))
def test_a_push_that_means_harm_is_refused_in_bounded_memory(hub: Office, jo: Laptop, kind: str) -> None:
    body = hostile(jo)[kind]()
    tracemalloc.start()
    try:
        answer = jo.raw("push", body)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (answer.status_code, trouble(answer).code) in {(400, refusals.BAD_CALL), (413, refusals.TOO_LARGE)}
    assert peak < ROOM, f"{peak // MB} MB"


@pytest.mark.parametrize("name", ["hello", "enrol", "token"])
def test_whoever_has_no_token_is_read_to_64_kilobytes_and_no_further(hub: Office, name: str) -> None:
    body = packed(bytes(256 * MB))
    tracemalloc.start()
    try:
        answer = hub.laptop("Jo Marsh").raw(name, body)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (answer.status_code, trouble(answer).code) == (413, refusals.TOO_LARGE)
    assert peak < 5 * MB


def test_a_declared_size_is_refused_before_a_byte_is_read(hub: Office, jo: Laptop) -> None:
    read: list[int] = []

    async def body() -> AsyncIterator[bytes]:
        read.append(1)
        yield b"x"

    for name, length in (("push", 8 * MB + 1), ("push", 10**30), ("hello", 65 * 1024), ("pull", 3 * MB)):
        headers = {"content-length": str(length), "authorization": f"Bearer {jo.token}"}
        answer = hub.client.stream(f"/v1/{name}", body(), headers)
        assert (answer.status_code, trouble(answer).code) == (413, refusals.TOO_LARGE), name
        assert answer.headers["connection"] == "close"
    assert read == []


def test_a_body_in_pieces_is_read_only_as_far_as_was_agreed(hub: Office, jo: Laptop) -> None:
    read: list[int] = []

    async def body() -> AsyncIterator[bytes]:
        for _ in range(1000):
            read.append(1)
            yield bytes(MB)

    answer = hub.client.stream("/v1/push", body(), {"authorization": f"Bearer {jo.token}"})
    assert (answer.status_code, trouble(answer).code) == (413, refusals.TOO_LARGE)
    assert len(read) <= 10


def test_without_a_token_nothing_is_kept_and_nothing_read_that_may_have_no_end(hub: Office) -> None:
    read: list[int] = []

    async def body() -> AsyncIterator[bytes]:
        for _ in range(8):
            read.append(1)
            yield bytes(MB)

    answer = hub.client.stream("/v1/push", body(), {})
    assert (answer.status_code, answer.headers["connection"], read) == (401, "close", [])
    tracemalloc.start()
    try:
        answer = hub.client.stream("/v1/push", body(), {"content-length": str(8 * MB)})
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (answer.status_code, len(read)) == (401, 8)
    assert "connection" not in answer.headers
    assert peak < 4 * MB


@pytest.mark.parametrize("length", ["-1", "1e3", "", "１２", "0x10", "9" * 5000])
def test_a_length_that_is_none_is_refused(length: str) -> None:
    with pytest.raises(CallRefused):
        declared(length, most=1000)


def test_a_body_that_stands_still_or_trickles_is_left() -> None:
    async def still() -> AsyncIterator[bytes]:
        yield b"x"
        await anyio.sleep_forever()

    async def trickle() -> AsyncIterator[bytes]:
        while True:
            await anyio.sleep(0)
            yield b"x"

    for pieces, wanted in ((still(), Settings(pause_seconds=0.01)), (trickle(), Settings(body_seconds=0.01))):
        with pytest.raises(CallRefused) as refused:
            anyio.run(partial(read_body, pieces, most=100 * MB, settings=wanted))
        assert refused.value.status == 408


def test_calls_at_once_are_counted_for_each_laptop_for_all_and_for_strangers() -> None:
    gate = Gate(Settings(calls=3, calls_of_device=2, strangers=1, bytes_at_once=10, snapshots=1))
    with gate.device("a"), gate.device("a"):
        with pytest.raises(CallRefused), gate.device("a"):
            pass
        with gate.device("b"), pytest.raises(CallRefused), gate.device("c"):
            pass
        with gate.device("c"), gate.stranger(), pytest.raises(CallRefused), gate.stranger():
            pass
        with gate.room(6), pytest.raises(CallRefused), gate.room(5):
            pass
        with gate.snapshot(), pytest.raises(CallRefused), gate.snapshot():
            pass
    with gate.device("a"), gate.room(10), gate.snapshot():
        pass


def test_a_busy_hub_says_when_to_come_again() -> None:
    office = Office(settings=Settings(calls_of_device=0))
    laptop = office.laptop("Jo Marsh")
    laptop.enrol()
    answer = laptop.raw("push", to_bytes(push_of()))
    office.client.close()
    assert (answer.status_code, trouble(answer).code) == (503, refusals.BUSY)
    assert answer.headers["retry-after"] == "5"


def test_a_revision_too_large_is_refused_by_name_and_the_others_are_taken() -> None:
    office = Office(settings=Settings(limits=Limits(revision=100)))
    laptop = office.laptop("Jo Marsh")
    laptop.enrol()
    small, large = laptop.revision("case-1"), laptop.revision("case-1", b'{"text":"%s"}' % (b"a" * 100))
    answer = laptop.push(small, large)
    office.client.close()
    assert [(one.revision, one.code) for one in answer.refused] == [(large.id, refusals.TOO_LARGE)]
    assert len(answer.given) == 1


@pytest.mark.parametrize(
    ("facts", "body"),
    [
        ({}, b"[1]"),
        ({}, b'{"a":1'),
        ({}, b"\xff\xfe"),
        ({}, b'{"a":' * 50_000),
        ({"extra": b"[]"}, b"{}"),
        ({"made_at": "yesterday"}, b"{}"),
        ({"made_at": "2026-03-03T09:00:00"}, b"{}"),
        ({"made_at": "9999-12-31T23:59:59-14:00"}, b"{}"),
        ({"case": "a\0b"}, b"{}"),
        ({"record": "r\0"}, b"{}"),
        ({"kind": ""}, b"{}"),
        ({"author": "x" * 201}, b"{}"),
        ({"parents": ("p\0",)}, b"{}"),
        ({"schema": -1}, b"{}"),
        ({"schema": 2**40}, b"{}"),
        ({"redacted": b"x" * 32}, b'{"text":"kept after all"}'),
        ({"redacted": b"short"}, b""),
    ],
)
def test_what_is_no_revision_is_refused_by_name(jo: Laptop, facts: dict[str, Any], body: bytes) -> None:
    bad = jo.revision(**{"case": "case-1", **facts}, body=body)
    assert [one.code for one in jo.push(bad).refused] == [refusals.UNREADABLE]


# --- whatever is sent ------------------------------------------------------------------------------------------------

_words = st.text(max_size=12)
_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | _words | st.binary(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_words | st.integers(0, 9), inner, max_size=4),
    max_leaves=12,
)
_names = st.sampled_from(["n", "id", "record", "kind", "case", "authority", "parents", "author", "device", "made_at"])
_more = st.sampled_from(["schema", "body", "extra", "redacted", "receipt", "newer"])
_pushes = st.fixed_dictionaries(
    {"columns": st.dictionaries(_names | _more | _words, _values, max_size=6)},
    optional={
        "count": _values,
        "digest": _values,
        "cursor": _values,
        "expects": _values,
        "reads": _values,
        "besides": _values,
    },
)


def answered(answer: httpx.Response) -> None:
    if answer.status_code == 200:
        msgspec.msgpack.decode(zstandard.ZstdDecompressor().decompress(answer.content), type=PushAnswer)
    else:
        assert 400 <= answer.status_code < 500, trouble(answer)
        assert trouble(answer).words


@settings(max_examples=25)
@given(st.binary(max_size=200))
def test_any_bytes_are_answered(jo: Laptop, body: bytes) -> None:
    for name in ("push", "pull", "check", "snapshot", "blob_put", "enrol", "token", "hello"):
        answer = jo.raw(name, body)
        assert answer.status_code < 500, name
        assert jo.raw(name, packed(body)).status_code < 500, name


@given(_pushes)
def test_any_push_is_answered(jo: Laptop, message: dict[str, Any]) -> None:
    answered(jo.raw("push", to_bytes(message)))


@given(st.data())
def test_a_push_with_any_one_thing_changed_is_answered(jo: Laptop, data: st.DataObject) -> None:
    revisions = [jo.revision("case-2") for _ in range(3)]
    columns = to_columns(revisions)
    columns[data.draw(_names | _more)] = data.draw(_values)
    mark = mark_of_all(revisions)
    answered(jo.raw("push", to_bytes({"columns": columns, "count": mark.count, "digest": mark.digest})))


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                **dict.fromkeys(("id", "record", "kind", "case", "authority", "author", "device", "made_at"), _words),
                "parents": st.lists(_words, max_size=3).map(tuple),
                "schema": st.integers(-(2**63), 2**63 - 1),
                "extra": st.binary(max_size=8),
                "redacted": st.binary(max_size=33),
                "receipt": st.binary(max_size=9),
            },
        ),
        max_size=3,
    ),
    st.binary(max_size=20),
)
def test_every_revision_of_a_sound_push_is_taken_or_refused_by_name(
    jo: Laptop, facts: list[dict[str, Any]], body: bytes
) -> None:
    revisions: list[Packed] = [jo.revision(**{"case": "case-3", **each}, body=body) for each in facts]
    answer = jo.raw("push", to_bytes(push_of(*revisions)))
    if any(not one.id for one in revisions):
        assert answer.status_code == 400
        return
    told = msgspec.msgpack.decode(zstandard.ZstdDecompressor().decompress(answer.content), type=PushAnswer)
    assert {one.revision for one in told.refused} <= {one.id for one in revisions}
    assert all(one.words for one in told.refused)
