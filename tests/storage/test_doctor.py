"""The doctor tells what is damaged and how much there is, and never of whom."""

import os
from datetime import datetime

from send_desk.storage.doctor import examine
from send_desk.storage.home import OpenHome, open_home_with_key
from send_desk.storage.keys import DataKey


def test_a_sound_home_is_told_so_without_a_word_of_the_work(with_case: OpenHome, now: datetime) -> None:
    copy = with_case.backup(now)
    told = examine(with_case)
    assert (told["sound"], told["faults"], told["recovery_key"]) == (True, [], False)
    assert (told["backups"], told["newest_backup"]) == (1, copy.name)
    rows = told["rows"]
    assert isinstance(rows, dict)
    assert (rows["revision"], rows["record"]) == (2, 2)
    assert "Neill" not in str(told)
    assert "EX/1" not in str(told)


def test_a_home_can_be_examined_beside_the_window_that_writes(with_case: OpenHome, key: DataKey, now: datetime) -> None:
    reader = open_home_with_key(with_case.path, key, now=now, read_only=True)
    assert examine(reader)["sound"]
    reader.close()


def test_a_page_that_was_changed_from_outside_is_a_fault(with_case: OpenHome, key: DataKey, now: datetime) -> None:
    with_case.close()
    store = with_case.path / "desk.db"
    with store.open("r+b") as file:
        # The last page: opening does not read it.
        file.seek(-100, os.SEEK_END)
        file.write(b"changed from outside")
    opened = open_home_with_key(with_case.path, key, now=now)
    told = examine(opened)
    assert (told["sound"], told["rows"]) == (False, {})
    assert "HMAC verification failed" in str(told["faults"])
    opened.close()
