"""Backups are encrypted, few, still open after a changed passphrase, and come back whole or not at all."""

import hashlib
import shutil
import tarfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from send_desk.domain.errors import Cannot, Refused
from send_desk.domain.ids import Role
from send_desk.domain.revision import Revision
from send_desk.services.office import Contact, Enrolment
from send_desk.services.ports import KeptText
from send_desk.storage import backups, swap
from send_desk.storage.home import OpenHome, change_passphrase, restore_home
from send_desk.storage.keys import DataKey
from send_desk.storage.schema import HEAD

Revise = Callable[..., Revision]
_LARGE = b"A long report. " * 30_000
_SMALL = b"A short letter."


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def worked(with_case: OpenHome, now: datetime) -> OpenHome:
    """A home with a case, words in work, and attachments small and large."""
    with with_case.store.write() as unit:
        unit.keep(KeptText("case-1", "case-1/f1", "text", "in work", ("r000002",), now))
        for content in (_LARGE, _SMALL):
            unit.put_blob(_digest(content), content)
    return with_case


def _spoil(home: OpenHome, revise: Revise) -> None:
    with home.store.write() as unit:
        unit.append([revise("case-1", {"reference": "EX/2"}, kind="case", parents=("r000001",))])
        unit.drop_kept("case-1/f1")


def _is_as_backed_up(home: OpenHome) -> bool:
    store = home.store
    return (
        store.find("EX/1") == ("case-1",)
        and [words.text for words in store.kept()] == ["in work"]
        and store.blob(_digest(_LARGE)) == _LARGE
        and store.blob(_digest(_SMALL)) == _SMALL
        and [hit.record for hit in store.search("work")] == ["case-1/f1"]
    )


def test_a_backup_is_made_while_the_home_is_open_and_comes_back(
    worked: OpenHome, revise: Revise, passphrase: str, now: datetime
) -> None:
    backup = worked.backup(now)
    _spoil(worked, revise)
    worked.close()
    restored = restore_home(worked.path, passphrase, backup, now=now)
    assert _is_as_backed_up(restored)
    restored.close()


def test_a_backup_is_no_way_round_what_the_office_said_since(worked: OpenHome, passphrase: str, now: datetime) -> None:
    """An earlier lease, an earlier role, or no office at all would open a barred laptop again."""
    alone = worked.backup(now)
    sync = worked.store.sync
    manager, caseworker = (replace(worked.user, role=role) for role in (Role.MANAGER, Role.CASEWORKER))
    enrolment = Enrolment("https://hub", "laptop-1", b"k" * 32, b"p" * 32, enrolled_at=now)
    sync.put_enrolment(enrolment, user=manager)
    sync.put_contact(Contact(now + timedelta(days=14), 0.0, now, now))
    before = worked.backup(now + timedelta(hours=1))
    later = now + timedelta(days=1)
    sync.put_enrolment(enrolment, user=caseworker)
    sync.put_contact(Contact(later, 0.0, later, later, barred=True))
    worked.close()
    for backup, copied_at in ((before, now), (alone, None)):
        restored = restore_home(worked.path, passphrase, backup, now=later)
        assert _is_as_backed_up(restored)
        assert restored.store.sync.contact() == Contact(later, 0.0, later, copied_at, barred=True)
        assert restored.store.sync.enrolment() == enrolment
        assert restored.user.role is Role.CASEWORKER
        restored.close()


def test_what_a_restore_replaces_is_a_backup_itself(
    worked: OpenHome, revise: Revise, passphrase: str, now: datetime
) -> None:
    backup = worked.backup(now)
    _spoil(worked, revise)
    worked.close()
    restore_home(worked.path, passphrase, backup, now=now).close()
    (replaced,) = [path for path in backups.kept(worked.path) if path != backup]
    home = restore_home(worked.path, passphrase, replaced, now=now + timedelta(minutes=1))
    assert home.store.find("EX/2") == ("case-1",)
    home.close()
    assert sorted(path.name for path in worked.path.iterdir()) == [
        "backups", "blobs", "desk.db", "keys.json", "lock", "logs",
    ]  # fmt: skip


def test_a_backup_outside_carries_its_attachments(
    worked: OpenHome, passphrase: str, tmp_path: Path, now: datetime
) -> None:
    whole = worked.backup(now, to=tmp_path / "copy.desk")
    worked.close()
    for folder in ("blobs", "backups"):
        shutil.rmtree(worked.path / folder)
    (worked.path / "desk.db").write_bytes(b"broken by a bad sector" * 500)
    restored = restore_home(worked.path, passphrase, whole, now=now)
    assert _is_as_backed_up(restored)
    restored.close()


def test_a_backup_into_a_folder_gets_a_name_of_its_own(worked: OpenHome, tmp_path: Path, now: datetime) -> None:
    made = worked.backup(now, to=tmp_path)
    assert made.parent == tmp_path
    assert backups.read_manifest(made).carried


def test_a_lost_store_comes_back_from_the_backups_of_the_home(worked: OpenHome, passphrase: str, now: datetime) -> None:
    backup = worked.backup(now)
    worked.close()
    (worked.path / "desk.db").unlink()
    shutil.rmtree(worked.path / "blobs")
    restored = restore_home(worked.path, passphrase, backup, now=now)
    assert _is_as_backed_up(restored)
    restored.close()


def test_a_changed_passphrase_still_opens_earlier_backups(
    worked: OpenHome, revise: Revise, passphrase: str, now: datetime
) -> None:
    backup = worked.backup(now)
    _spoil(worked, revise)
    worked.close()
    change_passphrase(worked.path, passphrase, "other words here")
    with pytest.raises(Cannot):
        restore_home(worked.path, passphrase, backup, now=now)
    restored = restore_home(worked.path, "other words here", backup, now=now)
    assert _is_as_backed_up(restored)
    restored.close()


def test_no_wrap_of_the_key_is_in_a_backup(worked: OpenHome, tmp_path: Path, now: datetime) -> None:
    with tarfile.open(worked.backup(now, to=tmp_path / "copy.desk")) as tar:
        names = tar.getnames()
    assert names[:2] == ["manifest.json", "desk.db"]
    assert all(name.startswith("blobs/") for name in names[2:])


def test_a_home_keeps_seven_backups_and_the_attachments_they_need(worked: OpenHome, now: datetime) -> None:
    assert worked.backup_due(now.astimezone().date())
    for day in range(10):
        worked.backup(now + timedelta(days=day))
    kept = backups.kept(worked.path)
    assert [path.name[:10] for path in kept] == [f"2026-03-{day:02}" for day in range(12, 5, -1)]
    assert len(list((worked.path / "backups" / "blobs").iterdir())) == 1
    assert not worked.backup_due((now + timedelta(days=9)).astimezone().date())
    assert worked.backup_due((now + timedelta(days=10)).astimezone().date())


def test_attachments_that_no_backup_needs_any_more_go(worked: OpenHome, now: datetime) -> None:
    worked.backup(now)
    with worked.store.write(), worked.store.reading() as driver:
        driver.execute("DELETE FROM blob")
    worked.store.rebuild()
    for day in range(1, 8):
        worked.backup(now + timedelta(days=day))
    assert list((worked.path / "backups" / "blobs").iterdir()) == []


def test_a_reader_may_make_a_backup_beside_the_writer(worked: OpenHome, key: DataKey, now: datetime) -> None:
    from send_desk.storage.home import open_home_with_key

    reader = open_home_with_key(worked.path, key, now=now, read_only=True)
    assert reader.backup(now).is_file()
    reader.close()


@pytest.mark.parametrize("harm", ["flip", "cut", "text", "empty", "foreign tar", "no store"])
def test_a_harmed_backup_changes_nothing(
    worked: OpenHome, revise: Revise, passphrase: str, now: datetime, harm: str
) -> None:
    backup = worked.backup(now)
    _spoil(worked, revise)
    worked.close()
    _harm(backup, harm)
    with pytest.raises(Cannot, match="Nothing was changed"):
        restore_home(worked.path, passphrase, backup, now=now)
    home = restore_home(worked.path, passphrase, _newest_other(worked.path, backup, now, passphrase), now=now)
    assert home.store.find("EX/2") == ("case-1",)
    home.close()


def test_a_backup_of_a_newer_program_is_refused(worked: OpenHome, passphrase: str, now: datetime) -> None:
    backup = worked.backup(now)
    worked.close()
    backup.write_bytes(backup.read_bytes().replace(f'"version":"{HEAD}"'.encode(), b'"version":"9999"'))
    with pytest.raises(Refused, match="newer SEND Desk"):
        restore_home(worked.path, passphrase, backup, now=now)


def test_a_backup_of_another_home_is_not_put_in_place(
    worked: OpenHome, passphrase: str, tmp_path: Path, now: datetime
) -> None:
    from send_desk.storage.home import create_home

    other = create_home(
        tmp_path / "o", "w", user=worked.user, authority_name="", device="d", recovery_public_key=None, now=now
    )
    foreign = other.backup(now, to=tmp_path / "foreign.desk")
    other.close()
    worked.close()
    with pytest.raises(Cannot):
        restore_home(worked.path, passphrase, foreign, now=now)


def test_a_missing_backup_is_named(home: OpenHome, passphrase: str, now: datetime) -> None:
    home.close()
    with pytest.raises(Cannot, match=r"no such file.*nowhere\.desk"):
        restore_home(home.path, passphrase, home.path / "nowhere.desk", now=now)


def test_an_open_home_is_not_restored_over(worked: OpenHome, passphrase: str, now: datetime) -> None:
    backup = worked.backup(now)
    with pytest.raises(Cannot, match="already open"):
        restore_home(worked.path, passphrase, backup, now=now)


def test_a_crash_in_the_midst_of_a_restore_leaves_the_replaced_store(
    worked: OpenHome, reopen: Callable[[], OpenHome]
) -> None:
    worked.close()
    aside = worked.path / "replaced"
    aside.mkdir()
    (worked.path / "desk.db").rename(aside / "desk.db")
    coming = worked.path / ".restoring"
    coming.mkdir()
    (coming / "desk.db").write_bytes(b"half")
    home = reopen()
    assert _is_as_backed_up(home)
    assert not coming.exists()


def test_a_restored_store_that_does_not_pass_makes_way_for_the_replaced_one(
    worked: OpenHome, key: DataKey, reopen: Callable[[], OpenHome]
) -> None:
    worked.close()
    coming = worked.path / ".restoring"
    coming.mkdir()
    (coming / "desk.db").write_bytes(b"not a store at all" * 1000)
    with pytest.raises(Cannot):
        swap.put_in_place(worked.path, key)
    assert _is_as_backed_up(reopen())


def test_a_backup_that_was_interrupted_is_cleared_away_later(worked: OpenHome, now: datetime) -> None:
    import os

    scratch = worked.path / "backups" / ".making-left"
    scratch.mkdir(parents=True)
    (scratch / "desk.db").write_bytes(b"half")
    os.utime(scratch, (now.timestamp(), now.timestamp()))
    worked.backup(now + timedelta(hours=1))
    assert scratch.exists()
    worked.backup(now + timedelta(days=2))
    assert not scratch.exists()


def _harm(backup: Path, harm: str) -> None:
    content = bytearray(backup.read_bytes())
    match harm:
        case "flip":
            content[len(content) // 2] ^= 1
            backup.write_bytes(content)
        case "cut":
            backup.write_bytes(content[: len(content) // 2])
        case "text":
            backup.write_text("This is a letter and no backup. " * 100)
        case "empty":
            backup.write_bytes(b"")
        case "foreign tar":
            with tarfile.open(backup, "w") as tar:
                tar.add(__file__, "a file")
        case "no store":
            with tarfile.open(backup) as tar:
                member = tar.extractfile("manifest.json")
                assert member is not None
                manifest = member.read()
            with tarfile.open(backup, "w") as tar:
                (backup.parent / "m").write_bytes(manifest)
                tar.add(backup.parent / "m", "manifest.json")


def _newest_other(home: Path, harmed: Path, now: datetime, passphrase: str) -> Path:
    from send_desk.storage.home import open_home

    harmed.unlink()
    opened = open_home(home, passphrase, now=now)
    made = opened.backup(now + timedelta(minutes=2))
    opened.close()
    return made
