"""Whatever a laptop sends to a hub over a real PostgreSQL, the answer is a message or a refusal, and never a fault."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from send_desk.domain.ids import Role
from send_desk.hub.app import make_app
from send_desk.hub.database import Database
from send_desk.hub.office import Administration
from send_desk.hub.passwords import Passwords, hashed
from send_desk.wire import messages, refusals
from send_desk.wire.frames import from_bytes, to_bytes
from send_desk.wire.messages import BlobHaveAnswer, Cursor, PushAnswer

from .laptop import PASSWORD, Laptop, push_of, trouble
from .office import CHEAP, Direct, StillClock

SETTINGS = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
_words = st.text(max_size=20)
_numbers = st.integers(-(2**63), 2**64 - 1)
_bodies = st.dictionaries(_words, _words, max_size=2).map(json.dumps).map(str.encode)
_ranges = st.lists(st.tuples(_numbers, _numbers), max_size=3).map(tuple)
_reads = st.lists(st.builds(messages.Read, id=_words, case=_words, what=_words, at=_words, detail=_words), max_size=3)


@pytest.fixture
def client(database: Database, office: Administration) -> Iterator[Direct]:
    office.add_user("Jo Marsh", "Jo Marsh", Role.CASEWORKER, hashed(PASSWORD, CHEAP))
    made = Direct(make_app(database, CLOCK, identity=Passwords(database, CHEAP)))
    yield made
    made.close()


CLOCK = StillClock()


@pytest.fixture
def jo(client: Direct) -> Laptop:
    laptop = Laptop(client, CLOCK)
    assert laptop.enrol().status_code == 200
    return laptop


@given(
    facts=st.fixed_dictionaries(
        {},
        optional={
            **dict.fromkeys(("id", "record", "kind", "case", "authority", "author", "device"), _words),
            "parents": st.lists(_words, max_size=3).map(tuple),
            "made_at": st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat()),
            "schema": st.integers(0, 2**31),
            "body": st.binary(max_size=8) | _bodies,
            "extra": st.binary(max_size=8),
            "redacted": st.binary(min_size=32, max_size=32),
            "receipt": st.binary(max_size=9),
        },
    ),
    cursor=st.builds(Cursor, _words, _numbers, _words) | st.none(),
    expects=st.lists(st.builds(messages.Expected, _words, _numbers, _numbers), max_size=2).map(tuple),
    reads=_reads.map(tuple),
)
@SETTINGS
def test_any_sound_push_is_taken_or_refused_by_name(jo: Laptop, facts: dict[str, Any], **more: Any) -> None:
    one = jo.revision(**{"case": "case-1", **facts})
    answer = jo.raw("push", to_bytes(push_of(one, **more)))
    assert answer.status_code in (200, 400), trouble(answer)
    if answer.status_code == 200:
        assert {each.code for each in from_bytes(answer.content, PushAnswer).refused} <= set(refusals.WORDS)


@given(cursor=st.builds(Cursor, _words, _numbers, _words), have=_ranges, limit=_numbers)
@SETTINGS
def test_any_pull_is_answered(jo: Laptop, **wish: Any) -> None:
    assert jo.raw("pull", to_bytes(messages.Pull(**wish))).status_code in (200, 400)


@given(cases=st.lists(_words, max_size=3).map(tuple))
@SETTINGS
def test_any_wish_for_cases_is_answered(jo: Laptop, cases: tuple[str, ...]) -> None:
    for name, wish in (("check", messages.Check(cases=cases)), ("snapshot", messages.SnapshotWish(cases=cases))):
        assert jo.raw(name, to_bytes(wish)).status_code in (200, 400, 403)
    for case in cases:
        assert jo.raw("looked", to_bytes(messages.Looked(case=case))).status_code in (200, 400, 403)


@given(case=_words, offset=_numbers, size=_numbers, chunk=st.binary(max_size=9))
@SETTINGS
def test_any_chunk_is_answered(jo: Laptop, **wish: Any) -> None:
    put = messages.BlobPut(blob="0" * 64, **wish)
    assert jo.raw("blob_put", to_bytes(put)).status_code in (200, 400, 403, 413)
    get = messages.BlobGet(case=put.case, blob=put.blob, offset=put.offset)
    assert jo.raw("blob_get", to_bytes(get)).status_code in (400, 403, 404)
    have = jo.raw("blob_have", to_bytes(messages.BlobHave(case=put.case, blobs=(put.blob,))))
    assert have.status_code in (200, 400, 403)
    if have.status_code == 200:
        assert from_bytes(have.content, BlobHaveAnswer).whole == ()


@given(user=_words, password=_words, device=_words, author=_words, authority=_words, machine=_words)
@SETTINGS
def test_any_enrolment_is_answered(jo: Laptop, **wish: Any) -> None:
    key = jo.key.public_key().public_bytes_raw()
    for message in (
        messages.Enrol(public_key=key, **wish),
        messages.Enrol(public_key=key, **{**wish, "authority": "999"}),
    ):
        assert jo.raw("enrol", to_bytes(message)).status_code in (400, 401)
