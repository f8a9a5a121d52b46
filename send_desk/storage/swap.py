"""Putting a restored store in place of the present one, so that a crash at any point leaves one of the two whole."""

import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from send_desk.domain.errors import Cannot, KnownError

from . import atomic, backups
from .blobs import FOLDER as BLOBS_FOLDER
from .blobs import Blobs
from .engine import connect
from .faults import in_words
from .keys import DataKey
from .schema import STORE_FILE

_ASIDE = "replaced"
_COMING = ".restoring"
_LOGS = ("-wal", "-shm")


def restore(home: Path, key: DataKey, backup: Path, now: datetime) -> None:
    """Put a backup's store and attachments into a home that is open nowhere."""
    heal(home)
    coming = home / _COMING
    try:
        manifest = backups.unpack(home, backup, coming)
        _verify(coming / STORE_FILE, key)
        blobs = Blobs(coming, key)
        for name in manifest.blobs:
            blobs.read(coming / BLOBS_FOLDER / name)
        _keep_present(home, key, now)
        for name in manifest.blobs:
            (home / BLOBS_FOLDER).mkdir(exist_ok=True)
            (coming / BLOBS_FOLDER / name).replace(home / BLOBS_FOLDER / name)
        put_in_place(home, key)
    finally:
        shutil.rmtree(coming, ignore_errors=True)


def heal(home: Path) -> None:
    """Put back what a crash in the middle of a restore left aside."""
    aside = home / _ASIDE
    if not (home / STORE_FILE).exists() and (aside / STORE_FILE).exists():
        _move(aside, home)
    if not (home / STORE_FILE).exists():
        return
    shutil.rmtree(home / _COMING, ignore_errors=True)


def _keep_present(home: Path, key: DataKey, now: datetime) -> None:
    # A store that can still be read becomes a backup; a damaged one, whatever is wrong with it, only stays aside.
    with suppress(KnownError, dbapi2.Error), in_words():
        backups.make_daily(home, key, now, why="before-restore")


def put_in_place(home: Path, key: DataKey) -> None:
    """Change the present store for the one that is coming; where that does not pass its check, the former stays."""
    aside = home / _ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    _move(home, aside)
    try:
        (home / _COMING / STORE_FILE).replace(home / STORE_FILE)
        atomic.sync_folder(home)
        _verify(home / STORE_FILE, key)
    except BaseException:
        _move(aside, home)
        raise
    shutil.rmtree(aside)


def _move(source: Path, target: Path) -> None:
    for ending in (*_LOGS, ""):
        (target / f"{STORE_FILE}{ending}").unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            (source / f"{STORE_FILE}{ending}").replace(target / f"{STORE_FILE}{ending}")
    atomic.sync_folder(target)


def _verify(store: Path, key: DataKey) -> None:
    with in_words():
        connection = connect(store, key.derived("store"))
        try:
            faults = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            sound = connection.execute("PRAGMA quick_check").fetchone()
        finally:
            connection.close()
    if faults or sound != ("ok",):
        raise Cannot("This backup is damaged. Nothing was changed. Choose another one from the folder backups.")
