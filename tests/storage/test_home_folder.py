"""The folder of a home: made once, opened by one writer at a time, and what is said when it is broken."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from send_desk.domain.errors import Cannot, Refused
from send_desk.services.ports import User
from send_desk.storage import engine, lock_file
from send_desk.storage.home import OpenHome, create_home, open_home, open_home_with_key
from send_desk.storage.keys import DataKey

# Holds the right to write until its input ends, as another window would.
_HOLDER = """
import sys
from pathlib import Path
from send_desk.storage.lock_file import LockFile
lock = LockFile(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def _create(path: Path, user: User, now: datetime) -> OpenHome:
    return create_home(path, "words", user=user, authority_name="", device="d", recovery_public_key=None, now=now)


def test_a_folder_that_holds_a_home_is_not_made_one_again(home_path: Path, user: User, now: datetime) -> None:
    before = (home_path / "desk.db").read_bytes()
    with pytest.raises(Refused, match="holds a home already"):
        _create(home_path, user, now)
    assert (home_path / "desk.db").read_bytes() == before


def test_a_store_whose_keys_are_lost_is_not_written_over(home_path: Path, user: User, now: datetime) -> None:
    (home_path / "keys.json").unlink()
    with pytest.raises(Refused):
        _create(home_path, user, now)


def test_a_home_is_made_beside_files_that_are_there_already(tmp_path: Path, user: User, now: datetime) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "note.txt").write_text("kept")
    _create(tmp_path, user, now).close()
    assert (tmp_path / "note.txt").read_text() == "kept"
    assert {path.name for path in tmp_path.iterdir()} == {
        "backups", "blobs", "desk.db", "keys.json", "lock", "logs", "note.txt",
    }  # fmt: skip


@pytest.mark.parametrize("moved", [(), ("desk.db",)])
def test_making_a_home_goes_on_after_a_crash_in_the_midst_of_it(
    tmp_path: Path, home_path: Path, user: User, now: datetime, moved: tuple[str, ...]
) -> None:
    path = tmp_path / "begun"
    (path / ".unfinished").mkdir(parents=True)
    for name in ("desk.db", "keys.json"):
        place = path if name in moved else path / ".unfinished"
        (place / name).write_bytes((home_path / name).read_bytes())
    with pytest.raises(Cannot, match="no home"):
        open_home(path, "words", now=now)
    _create(path, user, now).close()
    open_home(path, "words", now=now).close()


def test_where_there_is_no_home_the_way_to_make_one_is_told(tmp_path: Path, now: datetime) -> None:
    with pytest.raises(Cannot, match="send-desk init"):
        open_home(tmp_path, "words", now=now)


def test_two_windows_cannot_write_at_once_and_the_other_is_named(home_path: Path, key: DataKey, now: datetime) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(home_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(Cannot, match=f"process {other.pid}"):
            open_home_with_key(home_path, key, now=now)
        # Reading is not held up.
        open_home_with_key(home_path, key, now=now, read_only=True).close()
        other.kill()
    # Killed, it left its number behind, and nothing that stands in the way.
    assert lock_file.holder(home_path) == other.pid
    open_home_with_key(home_path, key, now=now).close()


def test_one_program_does_not_open_its_home_twice(home: OpenHome, key: DataKey, now: datetime) -> None:
    with pytest.raises(Cannot, match="already open in this program"):
        open_home_with_key(home.path, key, now=now)


def test_the_right_to_write_is_given_back_when_opening_fails(home_path: Path, passphrase: str, now: datetime) -> None:
    whole = (home_path / "desk.db").read_bytes()
    (home_path / "desk.db").write_bytes(b"x" * len(whole))
    with pytest.raises(Cannot, match="damaged"):
        open_home(home_path, passphrase, now=now)
    (home_path / "desk.db").write_bytes(whole)
    open_home(home_path, passphrase, now=now).close()


def test_a_reader_sees_what_the_writer_has_saved_meanwhile(with_case: OpenHome, key: DataKey, now: datetime) -> None:
    reader = open_home_with_key(with_case.path, key, now=now, read_only=True)
    assert reader.store.find("EX/1") == ("case-1",)
    with pytest.raises(Cannot, match="reading only"), reader.store.write():
        pass
    reader.close()


def test_a_locked_home_says_so_and_locks_only_once(home: OpenHome) -> None:
    home.close()
    home.close()
    with pytest.raises(Cannot, match="locked"):
        home.store.case_ids()
    with pytest.raises(Cannot, match="locked"):
        home.backup(datetime.fromisoformat("2026-03-03T10:00:00+00:00"))


@pytest.mark.parametrize("where", [0, 5000, 40_000])
def test_a_flipped_byte_is_found_and_said_in_words(
    with_case: OpenHome, key: DataKey, now: datetime, where: int
) -> None:
    with_case.close()
    store = with_case.path / "desk.db"
    content = bytearray(store.read_bytes())
    content[where] ^= 0xFF
    store.write_bytes(content)
    with pytest.raises(Cannot, match="damaged"):
        _read_everything(with_case.path, key, now)
    assert store.read_bytes() == content


@pytest.mark.parametrize("length", [0, 100, 4096, 50_000])
def test_a_file_cut_short_is_said_in_words(with_case: OpenHome, key: DataKey, now: datetime, length: int) -> None:
    with_case.close()
    os.truncate(with_case.path / "desk.db", length)
    with pytest.raises(Cannot, match="damaged"):
        _read_everything(with_case.path, key, now)


def test_a_missing_store_is_not_replaced_by_an_empty_one(home_path: Path, key: DataKey, now: datetime) -> None:
    (home_path / "desk.db").unlink()
    with pytest.raises(Cannot, match="damaged"):
        open_home_with_key(home_path, key, now=now)
    assert not (home_path / "desk.db").exists()


def test_an_sqlite_that_can_damage_files_is_not_used() -> None:
    with pytest.raises(Cannot, match=r"3\.51\.2"):
        engine.check_sqlite("3.51.2")
    engine.check_sqlite("3.51.3")
    engine.check_sqlite()


def test_what_makes_a_save_durable_is_switched_on(home: OpenHome) -> None:
    with home.store.reading() as driver:
        told = {
            name: driver.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store")
        }
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "temp_store": 2}


def test_opening_imports_nothing_that_is_seldom_needed(home_path: Path, key: DataKey) -> None:
    script = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from send_desk.storage.home import open_home_with_key
from send_desk.storage.keys import DataKey
key = DataKey(bytes.fromhex(sys.stdin.read()))
open_home_with_key(Path(sys.argv[1]), key, now=datetime(2026, 3, 3, tzinfo=UTC)).close()
print(sorted({"alembic", "keyring", "reportlab", "PySide6", "docx"} & set(sys.modules)))
"""
    told = subprocess.run(
        [sys.executable, "-c", script, str(home_path)], input=key.raw.hex(), capture_output=True, text=True, check=True
    )
    assert told.stdout == "[]\n"


def _read_everything(path: Path, key: DataKey, now: datetime) -> None:
    home = open_home_with_key(path, key, now=now)
    try:
        home.store.rebuild()
        with home.store.reading() as driver:
            faults = driver.execute("PRAGMA cipher_integrity_check").fetchall()
        # A page that no row stands on is found only by the check of every page, which backups and doctor make.
        if faults:
            home.backup(now)
    finally:
        home.close()


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_the_folder_is_for_the_user_alone(home: OpenHome) -> None:
    assert home.path.stat().st_mode & 0o077 == 0
