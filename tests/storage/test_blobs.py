"""Attachments come back byte for byte, and a stranger with the disk learns nothing from them."""

import hashlib
import secrets
from pathlib import Path

import pytest

from send_desk.domain.errors import Cannot
from send_desk.storage.blobs import LARGEST_INSIDE
from send_desk.storage.home import OpenHome


def _put(home: OpenHome, content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    with home.store.write() as unit:
        unit.put_blob(digest, content)
    return digest


def _files(home: OpenHome) -> list[Path]:
    return sorted((home.path / "blobs").iterdir())


@pytest.mark.parametrize("size", [0, 1, LARGEST_INSIDE, LARGEST_INSIDE + 1, 3_000_000])
def test_an_attachment_comes_back_whatever_its_size(home: OpenHome, size: int) -> None:
    content = secrets.token_bytes(size)
    digest = _put(home, content)
    assert home.store.blob(digest) == home.store.blob(digest.upper()) == content
    assert len(_files(home)) == (size > LARGEST_INSIDE)


def test_an_attachment_that_is_not_held_is_none(home: OpenHome) -> None:
    assert home.store.blob("0" * 64) is None


def test_the_same_content_is_kept_once(home: OpenHome) -> None:
    content = b"x" * 300_000
    assert _put(home, content) == _put(home, content)
    assert len(_files(home)) == 1


def test_neither_name_nor_content_of_a_file_tells_what_it_is(home: OpenHome) -> None:
    content = b"A known letter of the council. " * 20_000
    digest = _put(home, content)
    (file,) = _files(home)
    assert digest not in file.name
    assert content[:16] not in file.read_bytes()


def test_a_digest_that_is_not_the_content_s_is_a_fault_of_ours(home: OpenHome) -> None:
    with pytest.raises(ValueError, match="digest"), home.store.write() as unit:
        unit.put_blob("0" * 64, b"content")


@pytest.mark.parametrize("harm", ["flip", "cut", "empty", "gone", "other"])
def test_a_harmed_file_is_noticed_and_said_in_words(home: OpenHome, harm: str) -> None:
    digest = _put(home, b"x" * 300_000)
    (file,) = _files(home)
    _put(home, b"y" * 300_000)
    (other,) = [path for path in _files(home) if path != file]
    content = bytearray(file.read_bytes())
    match harm:
        case "flip":
            content[1000] ^= 1
            file.write_bytes(content)
        case "cut":
            file.write_bytes(content[:5000])
        case "empty":
            file.write_bytes(b"")
        case "gone":
            file.unlink()
        case "other":
            file.write_bytes(other.read_bytes())
    with pytest.raises(Cannot, match="attachment is missing or damaged"):
        home.store.blob(digest)
    assert home.store.find("nothing") == ()


def test_an_action_that_fails_leaves_no_attachment(home: OpenHome) -> None:
    content = b"z" * 300_000
    digest = hashlib.sha256(content).hexdigest()
    with pytest.raises(ZeroDivisionError), home.store.write() as unit:
        unit.put_blob(digest, content)
        raise ZeroDivisionError
    assert home.store.blob(digest) is None
    # The file without a row is swept at the next rebuild; put again, it is simply replaced.
    assert _put(home, content) == digest
    assert home.store.blob(digest) == content


def test_files_that_no_row_names_are_swept(home: OpenHome) -> None:
    digest = _put(home, b"x" * 300_000)
    (home.path / "blobs" / ("0" * 64)).write_bytes(b"left by a crash")
    (home.path / "blobs" / ".half.123.new").write_bytes(b"left by a crash")
    home.store.rebuild()
    assert len(_files(home)) == 1
    assert home.store.blob(digest) == b"x" * 300_000
