"""What is gone is gone: after a purge or a redaction no page of any file of the home holds the word any more."""

import hashlib
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from send_desk.domain.revision import Revision
from send_desk.services.ports import KeptText
from send_desk.storage import backups
from send_desk.storage.blobs import LARGEST_INSIDE, Blobs
from send_desk.storage.home import OpenHome, open_home_with_key
from send_desk.storage.keys import DataKey
from send_desk.wire.messages import Cursor, Event
from send_desk.wire.packed import mark_of_all

PROBE = "Quixotic"
MADE = datetime(2026, 3, 3, 10, tzinfo=UTC)
_PAGE, _RESERVED, _IV, _SALT = 4096, 80, 16, 16
_WAL_HEAD, _FRAME_HEAD = 32, 24


def test_the_reader_of_pages_finds_what_is_there(full: OpenHome, key: DataKey) -> None:
    full.store.index_words()
    full.backup(MADE)
    holders = [name for name, plain in everything(full.path, key) if holds(plain)]
    assert "desk.db-wal" in holders
    assert any(name.endswith(".desk") for name in holders)
    assert any(name.startswith("blobs/") for name in holders)
    full.close()
    assert "desk.db" in [name for name, plain in everything(full.path, key) if holds(plain)]


def test_after_a_purge_no_file_of_the_home_holds_the_word(full: OpenHome, key: DataKey) -> None:
    sync, now = full.store.sync, MADE
    full.store.index_words()
    full.backup(now)
    full.backup(now + timedelta(days=1), to=None)
    assert not sync.forget("case-1"), "a change waits"
    sync.settle(sync.outbox(), at=now)
    assert not sync.forget("case-1"), "words in work stand"
    with full.store.write() as unit:
        unit.drop_kept("case-1/f1")
    sync.receive(
        (), at=now, cursor=Cursor("f", 3, "e"), events=[Event(kind="withdrawn", id="e", position=3, case="case-1")]
    )
    assert (sync.leaving(), set(sync.marks()), sync.to_send()) == (("case-1",), {"case-2"}, ())
    assert sync.forget("case-1")
    assert sync.copies_due()
    sync.renew_copies(now + timedelta(days=2))
    assert not sync.copies_due()
    assert [name for name, plain in everything(full.path, key) if holds(plain)] == []
    assert len(backups.kept(full.path)) == 1
    assert full.store.case_ids() == ("case-2",)
    assert (sync.leaving(), full.store.waiting()) == ((), {})
    # The numbers of deleted revisions are given out again: what is written next is found all the same.
    assert [hit.case for hit in full.store.search("tortoise")] == ["case-2"]
    with full.store.write() as unit:
        unit.append(
            [revision("n1", "case-2/f1", {"section": "F", "kind": "provision", "text": "A hare"}, case="case-2")]
        )
    assert [hit.case for hit in full.store.search("hare")] == ["case-2"]


def test_a_crash_before_the_copies_are_renewed_is_made_good_later(full: OpenHome, key: DataKey) -> None:
    sync, now = full.store.sync, MADE
    full.backup(now)
    sync.settle(sync.outbox(), at=now)
    with full.store.write() as unit:
        unit.drop_kept("case-1/f1")
    assert sync.forget("case-1")
    full.close()
    again = open_home_with_key(full.path, key, now=now)
    assert again.store.sync.copies_due()
    again.store.sync.renew_copies(now)
    assert [name for name, plain in everything(full.path, key) if holds(plain)] == []
    again.close()


def test_what_is_redacted_is_in_no_file_and_the_mark_tells_of_it(full: OpenHome, key: DataKey) -> None:
    sync, now = full.store.sync, MADE
    full.store.index_words()
    full.backup(now)
    batch = sync.outbox()
    sync.settle(batch, at=now)
    before = sync.mark()
    assert before == mark_of_all(batch)
    event = Event(kind="redacted", id="e", position=9, case="case-1", revisions=("r2", "r3", "r4", "unknown"))
    arrival = sync.receive((), at=now, cursor=Cursor("f", 9, "e"), events=[event])
    assert arrival.redacted == arrival.changed == {"case-1"}
    assert (sync.mark().count, sync.mark().digest != before.digest) == (before.count, True)
    sync.renew_copies(now)
    assert [name for name, plain in everything(full.path, key) if holds(plain)] == []
    file = full.store.case_file("case-1")
    assert file is not None
    assert (file.case.title, [one.title for one in file.case.documents], file.kept) == ("Zoë O'Neill", [""], ())
    (emptied,) = full.store.history("case-1/f1")
    assert (emptied.fields, emptied.parents, len(emptied.redacted)) == ({}, (), 64)
    full.store.rebuild()
    assert sync.mark().count == before.count
    assert full.store.search(PROBE) == ()


def revision(
    id_: str, record: str, fields: dict[str, object], *, kind: str = "entry", case: str = "case-1"
) -> Revision:
    return Revision(id_, record, kind, case, "830", (), fields, "jo", "laptop-1", MADE)


@pytest.fixture
def full(home: OpenHome) -> OpenHome:
    """A home with a case that holds the probe word in an entry, words in work, a paper in a file; and another case."""
    paper = f"{PROBE} ".encode() * (LARGEST_INSIDE // 8)
    digest = hashlib.sha256(paper).hexdigest()
    child: dict[str, object] = {"reference": "EX/1", "child.first_names": "Zoë", "child.surname": "O'Neill"}
    other: dict[str, object] = {"reference": "EX/2", "child.first_names": "Bo", "child.surname": "Tortoise"}
    with home.store.write() as unit:
        unit.append(
            [
                revision("r1", "case-1", child, kind="case"),
                revision("r2", "case-1/f1", {"section": "F", "kind": "provision", "text": f"{PROBE} lessons"}),
                revision("r3", "case-1/d1", {"title": PROBE, "sha256": digest, "pages": [PROBE]}, kind="document"),
                revision("r4", "case-1/p1", {"name": PROBE}, kind="person"),
                revision("r5", "case-2", other, kind="case", case="case-2"),
            ]
        )
        unit.put_blob(digest, paper)
        unit.keep(KeptText("case-1", "case-1/f1", "text", f"{PROBE} again", ("r2",), MADE))
    return home


def holds(plain: bytes) -> bool:
    return PROBE.lower().encode() in plain.lower()


def everything(home: Path, key: DataKey) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a home in the clear, page by page, with what is free or left over in it."""
    store = key.derived("store")
    blobs = Blobs(home, key)
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home).as_posix()
        if not path.is_file():
            continue
        yield name, path.read_bytes()
        if path.name == "desk.db":
            yield name, b"".join(pages(path.read_bytes(), store))
        elif path.name == "desk.db-wal":
            yield name, b"".join(frames(path.read_bytes(), store))
        elif path.suffix == backups.SUFFIX:
            with tarfile.open(path) as tar:
                member = tar.extractfile("desk.db")
                assert member is not None
                yield name, b"".join(pages(member.read(), store))
        elif path.parent.name == "blobs":
            yield name, blobs.read(path)


def pages(content: bytes, key: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _PAGE):
        yield opened(content[start : start + _PAGE], key, first=start == 0)


def frames(content: bytes, key: bytes) -> Iterator[bytes]:
    for start in range(_WAL_HEAD, len(content), _FRAME_HEAD + _PAGE):
        number = int.from_bytes(content[start : start + 4], "big")
        yield opened(content[start + _FRAME_HEAD : start + _FRAME_HEAD + _PAGE], key, first=number == 1)


def opened(page: bytes, key: bytes, *, first: bool) -> bytes:
    body, vector = page[_SALT if first else 0 : _PAGE - _RESERVED], page[_PAGE - _RESERVED : _PAGE - _RESERVED + _IV]
    reader = Cipher(AES256(key), CBC(vector)).decryptor()
    return reader.update(body) + reader.finalize()
