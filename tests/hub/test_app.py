"""The calls of the hub as a laptop makes them, over a central database in memory."""

import hashlib
import io
from collections.abc import Iterator
from datetime import timedelta

import pytest

from send_desk.wire import messages, refusals
from send_desk.wire.columns import from_columns
from send_desk.wire.frames import decode, from_bytes, from_frames, to_bytes
from send_desk.wire.messages import Cursor, Session
from send_desk.wire.packed import Mark, mark_of_all

from .laptop import Laptop, push_of, trouble
from .office import Office


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office()
    yield made
    made.client.close()


@pytest.fixture
def jo(office: Office) -> Laptop:
    laptop = office.laptop("Jo Marsh")
    laptop.enrol()
    return laptop


def test_hello_needs_no_token_and_says_what_the_hub_takes(office: Office) -> None:
    answer = office.laptop("Jo Marsh").call("hello", {}, messages.HelloAnswer)
    assert answer.wire == 1
    assert answer.time == office.clock.now().isoformat()
    assert answer.limits == messages.Limits()


def test_an_enrolled_laptop_holds_a_session(office: Office) -> None:
    laptop = office.laptop("Jo Marsh")
    answer = laptop.enrol()
    session = from_bytes(answer.content, Session)
    assert session.user.name == "Jo Marsh"
    assert session.user.authors == (laptop.author,)
    assert session.authority == "999"
    assert answer.headers["desk-lease"] == session.lease_until == (office.clock.now() + timedelta(days=14)).isoformat()


def test_answers_carry_few_headers(jo: Laptop) -> None:
    answer = jo.raw("hello", b"", token="")
    assert set(answer.headers) == {"content-type", "content-length"}


def test_what_one_laptop_pushes_another_pulls_with_a_receipt(office: Office, jo: Laptop) -> None:
    first = jo.revision("case-1", b'{"reference":"E1"}', kind="case")
    answer = jo.push(first, jo.revision("case-1"))
    assert answer.refused == ()
    assert len(answer.given) == 1
    office.central.grant("case-1", account=office.account("Sam Field"))
    sam = office.laptop("Sam Field")
    sam.enrol()
    feed = jo.pull(Cursor("", 0, "")).cursor.feed
    page = sam.pull(Cursor(feed, 0, ""))
    got = from_columns(page.columns)
    assert [one.body for one in got] == [b'{"reference":"E1"}', b'{"text":"words"}']
    assert all(len(one.receipt) == 8 for one in got)
    assert Mark(page.count, page.digest) == mark_of_all(got)
    own = from_columns(jo.pull(Cursor(feed, 0, "")).columns)
    # Of her own she needs none, but for what is not taken from its author at any time, as a case made final is.
    assert [len(one.receipt) for one in own] == [8, 0]
    assert from_columns(jo.pull(Cursor(feed, 0, ""), have=answer.given).columns) == []


def test_a_receipt_lets_a_colleague_hand_back_what_a_restored_hub_lost(office: Office, jo: Laptop) -> None:
    jo.push(jo.revision("case-1"))
    office.central.grant("case-1", account=office.account("Sam Field"))
    sam = office.laptop("Sam Field")
    sam.enrol()
    backup = office.central.backup()
    late = jo.revision("case-1", b'{"text":"later"}')
    jo.push(late)
    feed = jo.pull(Cursor("", 0, "")).cursor.feed
    held = {one.id: one for one in from_columns(sam.pull(Cursor(feed, 0, "")).columns)}
    office.central.restore(backup)
    sam.renew()
    forged = office.forged(held[late.id], body=b'{"text":"forged"}')
    refused = sam.push(forged).refused
    assert [one.code for one in refused] == [refusals.WRONG_AUTHOR]
    assert sam.push(held[late.id]).refused == ()


def test_a_snapshot_tells_the_whole_history_in_pieces(office: Office, jo: Laptop) -> None:
    revisions = [jo.revision("case-1", b'{"text":"%d"}' % place) for place in range(4500)]
    jo.push(*revisions)
    answer = jo.raw("snapshot", to_bytes(messages.SnapshotWish()))
    frames = list(from_frames(io.BytesIO(answer.content)))
    head = decode(frames[0], messages.SnapshotHead)
    pieces = [from_columns(decode(frame, dict)) for frame in frames[1:]]
    assert head.revisions == 4500
    assert [len(piece) for piece in pieces] == [2000, 2000, 500]
    assert mark_of_all(one for piece in pieces for one in piece) == mark_of_all(revisions)
    assert answer.headers["desk-lease"]
    assert "content-length" not in answer.headers


def test_a_large_page_is_cut_until_it_fits(office: Office, jo: Laptop) -> None:
    for _ in range(5):
        jo.push(*(jo.revision("case-1", b'{"text":"%s"}' % (b"a" * 1_000_000)) for _ in range(10)))
    cursor = Cursor(jo.pull(Cursor("", 0, "")).cursor.feed, 0, "")
    got = 0
    sizes = []
    while True:
        page = jo.pull(cursor)
        got += len(from_columns(page.columns))
        sizes.append(sum(len(one.body) for one in from_columns(page.columns)))
        cursor = page.cursor
        if not page.more:
            break
    assert got == 50
    assert max(sizes) <= 17 * 1024 * 1024


def test_check_and_attachments(jo: Laptop) -> None:
    one = jo.revision("case-1")
    jo.push(one)
    check = jo.call("check", messages.Check(), messages.CheckAnswer)
    mark = mark_of_all([one])
    assert check.cases["case-1"] == (mark.count, mark.digest)
    content = bytes(range(256)) * 10
    name = hashlib.sha256(content).hexdigest()
    for offset in (0, 2000):
        held = jo.call(
            "blob_put",
            messages.BlobPut(case="case-1", blob=name, offset=offset, size=2560, chunk=content[offset : offset + 2000]),
            messages.BlobHaveAnswer,
        )
    assert held.whole == (name,)
    have = jo.call("blob_have", messages.BlobHave(case="case-1", blobs=(name,)), messages.BlobHaveAnswer)
    assert have.bytes == {name: 2560}
    got = jo.call("blob_get", messages.BlobGet(case="case-1", blob=name, offset=2000), messages.BlobChunk)
    assert (got.size, got.chunk) == (2560, content[2000:])


def test_who_looked_is_told_to_whoever_is_on_the_case(jo: Laptop) -> None:
    read = messages.Read(id="read-1", case="case-1", what="opened", at="2026-03-03T09:00:00+00:00")
    jo.push(jo.revision("case-1"))
    jo.push(reads=(read,))
    lines = jo.call("looked", messages.Looked(case="case-1"), messages.LookedAnswer).lines
    assert any("opened" in str(line) for line in lines)


def test_a_newer_version_of_the_calls_is_refused_in_words(office: Office) -> None:
    answer = office.client.post("/v2/hello", headers={"content-type": messages.MEDIA})
    assert (answer.status_code, trouble(answer).code) == (404, refusals.NEWER)
    answer = office.client.post("/v1/nothing", headers={"content-type": messages.MEDIA})
    assert (answer.status_code, trouble(answer).code) == (404, refusals.BAD_CALL)
    assert office.client.request("GET", "/v1/hello").status_code == 405


def test_only_the_media_type_of_desks_is_read(office: Office) -> None:
    answer = office.client.post("/v1/hello", content=b"{}", headers={"content-type": "application/json"})
    assert answer.status_code == 415
    assert trouble(answer).words


def test_a_push_that_was_damaged_on_its_way_is_refused_whole(office: Office, jo: Laptop) -> None:
    good = push_of(jo.revision("case-1"))
    bad = messages.Push(columns=good.columns, count=1, digest=good.digest ^ 1)
    answer = jo.raw("push", to_bytes(bad))
    assert (answer.status_code, trouble(answer).code) == (400, refusals.BAD_CALL)
    assert jo.call("check", messages.Check(), messages.CheckAnswer).cases.get("case-1") is None


def test_a_finals_push_is_all_or_nothing_also_where_the_hub_itself_refuses(jo: Laptop) -> None:
    jo.push(jo.revision("case-1"))
    mark = jo.call("check", messages.Check(), messages.CheckAnswer).cases["case-1"]
    good = jo.revision("case-1", b'{"version":"final"}', kind="case")
    bad = jo.revision("case-1", b"no json")
    answer = jo.push(good, bad, expects=(messages.Expected("case-1", *mark),))
    assert {one.revision: one.code for one in answer.refused} == dict.fromkeys((good.id, bad.id), refusals.UNREADABLE)
    assert jo.push(good, expects=(messages.Expected("case-1", *mark),)).refused == ()


def test_what_another_machine_could_not_read_is_not_handed_to_it(jo: Laptop) -> None:
    """How deep a reader may go differs from one machine to the next, and one that cannot read takes in nothing."""
    deep = b"[" * 400 + b"]" * 400
    made = [
        jo.revision("case-1", b'{"text":' + deep + b"}"),
        jo.revision("case-1", extra=b'{"more":' + deep + b"}"),
        jo.revision("case-1", b'{"text":' + b"[" * 60 + b"]" * 60 + b"}"),
        jo.revision("case-1", b'{"text":[' + b",".join([b"[1]"] * 500) + b"]}"),
    ]
    answer = jo.push(*made)
    assert [(one.revision, one.code) for one in answer.refused] == [(one.id, refusals.UNREADABLE) for one in made[:2]]


def test_the_case_itself_is_one_record_and_nothing_else(jo: Laptop) -> None:
    final = b'{"version":"final"}'
    made = [
        jo.revision("case-1", b'{"reference":"E1"}', kind="case"),
        jo.revision("case-1", final, kind="note", record="case-1"),
        jo.revision("case-1", final, kind="case", record="case-1/2"),
        jo.revision("", final, kind="case", record="e1"),
    ]
    answer = jo.push(*made)
    assert [(one.revision, one.code) for one in answer.refused] == [(one.id, refusals.UNREADABLE) for one in made[1:]]
