"""Revisions travel as columns: what was packed comes out byte for byte, whatever a newer or older desk says besides."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from send_desk.domain.revision import Revision
from send_desk.wire.columns import Crooked, from_columns, to_columns
from send_desk.wire.packed import Mark, Packed, digest_of, mark_of, mark_of_all, pack, unpack

_WORDS = st.text(max_size=12)
_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=6,
)
_REVISIONS = st.builds(
    Revision,
    id=st.uuids().map(str),
    record=_WORDS,
    kind=_WORDS,
    case=_WORDS,
    authority=st.sampled_from(["999", "998"]),
    parents=st.lists(st.uuids().map(str), max_size=3).map(tuple),
    fields=st.dictionaries(_WORDS, _PLAIN, max_size=4),
    author=_WORDS,
    device=_WORDS,
    made_at=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)),  # noqa: DTZ001  made aware beside it
    schema=st.integers(1, 9),
    extra=st.dictionaries(_WORDS.filter(bool), st.text(max_size=5), max_size=2),
)


def _travelled(columns: dict[str, Any]) -> dict[str, Any]:
    return dict(msgspec.msgpack.decode(msgspec.msgpack.encode(columns)))


@given(st.lists(_REVISIONS, max_size=8, unique_by=lambda one: one.id))
def test_what_is_packed_comes_out_the_same(revisions: list[Revision]) -> None:
    packed = [pack(one) for one in revisions]
    arrived = from_columns(_travelled(to_columns(packed)))
    assert arrived == packed
    assert [unpack(one) for one in arrived] == revisions


@given(st.lists(_REVISIONS, max_size=8, unique_by=lambda one: one.id), st.randoms(use_true_random=False))
def test_a_mark_knows_no_order_and_can_be_parted(revisions: list[Revision], shuffle: Any) -> None:
    packed = [pack(one) for one in revisions]
    shuffled = list(packed)
    shuffle.shuffle(shuffled)
    whole = mark_of_all(packed)
    assert mark_of_all(shuffled) == whole
    some = packed[: len(packed) // 2]
    assert whole.minus(mark_of_all(some)) == mark_of_all(packed[len(packed) // 2 :])
    assert mark_of_all(some).plus(whole.minus(mark_of_all(some))) == whole


@given(_REVISIONS, st.sampled_from(["record", "kind", "case", "author", "device", "made_at", "body", "parents"]))
def test_a_digest_stands_for_all_of_the_content(revision: Revision, touched: str) -> None:
    packed = pack(revision)
    values: dict[str, Any] = {name: getattr(packed, name) for name in Packed.__dataclass_fields__}
    values[touched] = {"body": b"{}x", "parents": (*packed.parents, "another")}.get(touched, values[touched])
    if isinstance(values[touched], str):
        values[touched] += "x"
    assert digest_of(Packed(**values)) != digest_of(packed)


def test_a_redacted_revision_keeps_its_digest_and_has_another_mark() -> None:
    packed = _one()
    emptied = Packed(
        **{
            **{name: getattr(packed, name) for name in Packed.__dataclass_fields__},
            "body": b"",
            "redacted": digest_of(packed),
        }
    )
    assert digest_of(emptied) == digest_of(packed)
    assert mark_of(emptied) != mark_of(packed)
    assert unpack(emptied).fields == {}
    assert pack(unpack(emptied)) == emptied


def test_a_newer_desks_columns_are_carried_on_and_an_older_ones_lack_is_a_default() -> None:
    columns = to_columns([_one("a"), _one("b")])
    columns["mood"] = ["calm", None]
    columns["place"] = {1: {"town": "Harrowdale"}}
    first, second = from_columns(_travelled(columns))
    assert unpack(first).extra == {"mood": "calm"}
    assert unpack(second).extra == {"place": {"town": "Harrowdale"}}
    del columns["schema"], columns["device"]
    assert [one.schema for one in from_columns(columns)] == [1, 1]


@pytest.mark.parametrize(
    "columns",
    [
        {"n": -1},
        {"n": "two"},
        {"n": 2},
        {**to_columns([Packed("a", "r", "k", "c", "9", (), "u", "d", "t", 1, b"{}")]), "body": []},
        {**to_columns([Packed("a", "r", "k", "c", "9", (), "u", "d", "t", 1, b"{}")]), "body": ["words"]},
        {**to_columns([Packed("a", "r", "k", "c", "9", (), "u", "d", "t", 1, b"{}")]), "id": [7]},
        {**to_columns([Packed("a", "r", "k", "c", "9", (), "u", "d", "t", 1, b"{}")]), "id": "word"},
        {**to_columns([Packed("a", "r", "k", "c", "9", (), "u", "d", "t", 1, b"{}")]), "schema": [True]},
        {**to_columns([Packed("a", "r", "k", "c", "9", (), "u", "d", "t", 1, b"{}")]), "parents": [[3]]},
        {**to_columns([Packed("a", "r", "k", "c", "9", (), "u", "d", "t", 1, b"{}")]), "receipt": {0: "word"}},
        {**to_columns([Packed("a", "r", "k", "c", "9", (), "u", "d", "t", 1, b"{}")]), "mood": [1, 2, 3]},
    ],
)
def test_columns_that_do_not_fit_are_refused(columns: dict[str, Any]) -> None:
    with pytest.raises(Crooked):
        from_columns(columns)


def test_nothing_is_a_list_of_nothing() -> None:
    assert from_columns({}) == []
    assert from_columns(to_columns([])) == []
    assert mark_of_all([]) == Mark()


def _one(id_: str = "a") -> Packed:
    moment = datetime(2026, 3, 3, 9, tzinfo=UTC) + timedelta(seconds=1)
    return pack(Revision(id_, "c/e", "entry", "c", "999", (), {"text": "Ben likes trains."}, "u", "d", moment))


def test_a_number_of_rows_that_nothing_stands_behind_is_never_multiplied_by() -> None:
    with pytest.raises(Crooked):
        from_columns({"n": 2**62, "id": ["a"], "parents": [[]], "body": [b""]})
    with pytest.raises(Crooked):
        from_columns({"n": 2**62, "id": ["a"]})
