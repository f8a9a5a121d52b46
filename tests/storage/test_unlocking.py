"""A home opens by its passphrase and by the authority's recovery key, and by nothing else."""

import json
import shutil
import unicodedata
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from send_desk.domain.errors import Cannot, Refused, WrongUse
from send_desk.services.ports import User
from send_desk.storage import keys
from send_desk.storage.home import (
    OpenHome,
    change_passphrase,
    create_home,
    open_home,
    recover_home,
    set_recovery_key,
)


def _pair() -> tuple[bytes, bytes]:
    private = X25519PrivateKey.generate()
    return (
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    )


def _create(path: Path, user: User, now: datetime, public: bytes | None = None) -> OpenHome:
    return create_home(
        path,
        "first words",
        user=user,
        authority_name="Example County",
        device="laptop-9",
        recovery_public_key=public,
        now=now,
    )


def test_a_new_home_knows_its_user_when_it_is_opened_again(tmp_path: Path, user: User, now: datetime) -> None:
    made = _create(tmp_path / "h", user, now)
    made.close()
    opened = open_home(tmp_path / "h", "first words", now=now)
    assert (opened.user, opened.device, opened.authority_name) == (user, "laptop-9", "Example County")
    opened.close()


def test_a_wrong_passphrase_is_said_gently_and_changes_nothing(home_path: Path, now: datetime) -> None:
    before = (home_path / "keys.json").read_bytes()
    with pytest.raises(Cannot, match="does not open the home"):
        open_home(home_path, "three plain word", now=now)
    assert (home_path / "keys.json").read_bytes() == before


def test_after_a_wrong_passphrase_the_right_one_opens(home_path: Path, passphrase: str, now: datetime) -> None:
    with pytest.raises(Cannot):
        open_home(home_path, "wrong", now=now)
    open_home(home_path, passphrase, now=now).close()


def test_the_same_passphrase_opens_from_a_keyboard_that_composes_otherwise(
    tmp_path: Path, user: User, now: datetime
) -> None:
    path = tmp_path / "h"
    _create(path, user, now).close()
    change_passphrase(path, "first words", unicodedata.normalize("NFC", "café au lait"))
    open_home(path, unicodedata.normalize("NFD", "café au lait"), now=now).close()


def test_a_changed_passphrase_opens_and_the_former_one_does_not(
    home_path: Path, passphrase: str, now: datetime
) -> None:
    change_passphrase(home_path, passphrase, "other words here")
    with pytest.raises(Cannot):
        open_home(home_path, passphrase, now=now)
    open_home(home_path, "other words here", now=now).close()


def test_a_passphrase_changes_only_for_who_knows_it(home_path: Path) -> None:
    with pytest.raises(Cannot):
        change_passphrase(home_path, "guessed", "mine now")


def test_an_empty_passphrase_is_not_taken(home_path: Path, passphrase: str) -> None:
    with pytest.raises(WrongUse):
        change_passphrase(home_path, passphrase, "")


def test_the_recovery_key_gives_the_home_a_new_passphrase(tmp_path: Path, user: User, now: datetime) -> None:
    private, public = _pair()
    path = tmp_path / "h"
    _create(path, user, now, public).close()
    recover_home(path, private, "from the office")
    with pytest.raises(Cannot):
        open_home(path, "first words", now=now)
    open_home(path, "from the office", now=now).close()


def test_the_recovery_key_still_works_after_the_passphrase_changed(tmp_path: Path, user: User, now: datetime) -> None:
    private, public = _pair()
    path = tmp_path / "h"
    _create(path, user, now, public).close()
    change_passphrase(path, "first words", "second words")
    recover_home(path, private, "third words")
    open_home(path, "third words", now=now).close()


def test_another_private_key_opens_nothing(tmp_path: Path, user: User, now: datetime) -> None:
    _, public = _pair()
    other, _ = _pair()
    path = tmp_path / "h"
    _create(path, user, now, public).close()
    with pytest.raises(Cannot, match="not the private key"):
        recover_home(path, other, "mine now")
    open_home(path, "first words", now=now).close()


def test_a_home_without_a_recovery_key_says_so_and_can_be_given_one(home_path: Path, passphrase: str) -> None:
    private, public = _pair()
    assert not keys.recoverable(home_path)
    with pytest.raises(Cannot, match="without a recovery key"):
        recover_home(home_path, private, "new words")
    set_recovery_key(home_path, passphrase, public)
    recover_home(home_path, private, "new words")


def test_the_private_half_is_refused_where_the_public_one_belongs(tmp_path: Path, user: User, now: datetime) -> None:
    private, _ = _pair()
    with pytest.raises(Refused, match="private half"):
        _create(tmp_path / "h", user, now, private)


@pytest.mark.parametrize("pem", [b"", b"not a key", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
def test_what_is_no_public_key_makes_no_home(tmp_path: Path, user: User, now: datetime, pem: bytes) -> None:
    with pytest.raises(WrongUse, match="X25519 public key"):
        _create(tmp_path / "h", user, now, pem)
    assert not (tmp_path / "h" / "keys.json").exists()


def test_after_a_refused_key_the_home_can_be_made(tmp_path: Path, user: User, now: datetime) -> None:
    with pytest.raises(WrongUse):
        _create(tmp_path / "h", user, now, b"not a key")
    _create(tmp_path / "h", user, now).close()


def test_a_private_key_that_is_locked_itself_is_named_as_such(tmp_path: Path, user: User, now: datetime) -> None:
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    locked = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"pin"))
    _create(tmp_path / "h", user, now, public).close()
    with pytest.raises(WrongUse, match="Unlock it first"):
        recover_home(tmp_path / "h", locked, "new words")


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00\xff", b'{"passphrase": {"salt": "!", "wrapped": "!"}}'])
def test_damaged_keys_are_said_in_words(home_path: Path, passphrase: str, now: datetime, content: bytes) -> None:
    (home_path / "keys.json").write_bytes(content)
    with pytest.raises(Cannot, match=r"keys\.json"):
        open_home(home_path, passphrase, now=now)


def test_keys_that_ask_for_all_the_memory_of_the_machine_are_damaged_ones(
    home_path: Path, passphrase: str, now: datetime
) -> None:
    held = json.loads((home_path / "keys.json").read_bytes())
    held["passphrase"]["memory_kib"] = 2**40
    (home_path / "keys.json").write_text(json.dumps(held))
    with pytest.raises(Cannot, match=r"keys\.json"):
        open_home(home_path, passphrase, now=now)


def test_keys_of_a_newer_program_are_refused(home_path: Path, passphrase: str, now: datetime) -> None:
    held = json.loads((home_path / "keys.json").read_bytes())
    (home_path / "keys.json").write_text(json.dumps({**held, "schema": "send-desk/keys-2"}))
    with pytest.raises(Refused, match="newer SEND Desk"):
        open_home(home_path, passphrase, now=now)


def test_a_home_whose_keys_were_destroyed_opens_no_more_even_with_its_passphrase(
    home_path: Path, passphrase: str, now: datetime
) -> None:
    before = (home_path / "keys.json").read_bytes()
    keys.destroy(home_path)
    assert not (home_path / "keys.json").exists()
    assert not any(before[:40] in path.read_bytes() for path in home_path.rglob("*") if path.is_file())
    with pytest.raises(Cannot):
        open_home(home_path, passphrase, now=now)


def test_the_keys_of_one_home_do_not_open_the_store_of_another(
    home_path: Path, tmp_path: Path, user: User, now: datetime
) -> None:
    _create(tmp_path / "other", user, now).close()
    shutil.copy(tmp_path / "other" / "keys.json", home_path / "keys.json")
    with pytest.raises(Cannot, match="damaged"):
        open_home(home_path, "first words", now=now)


def test_a_changed_passphrase_leaves_no_half_written_keys(home_path: Path, passphrase: str) -> None:
    change_passphrase(home_path, passphrase, "other words here")
    assert [path.name for path in home_path.glob("*keys*")] == ["keys.json"]


def test_the_key_is_not_told_by_its_own_name(home: OpenHome, key: keys.DataKey) -> None:
    assert key.raw.hex() not in repr(key) + repr(home)
