"""A home: the folder that holds one user's work on this laptop, made, opened, recovered and locked here.

``desk.db`` (SQLCipher), ``keys.json`` (what opens it), ``blobs/``, ``backups/``, ``logs/`` and ``lock``. Everything
that names a child is encrypted. **The recovery key** is the public half of a pair that the authority keeps elsewhere:
with it, whoever holds the private half can give the home a new passphrase. A private key made on the laptop would lie
beside what it opens, so none is ever made here: a home without a recovery key opens by its passphrase alone.
"""

import shutil
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import msgspec

from send_desk.domain.errors import Cannot, Refused
from send_desk.services.ports import User

from . import backups, keychain, keys, migrate, swap
from .blobs import FOLDER as BLOBS_FOLDER
from .blobs import Blobs
from .carried import keep_saying, said_by_office
from .engine import Link
from .exchange import WHO, Keeper
from .faults import DAMAGED, in_words
from .keys import DataKey
from .lock_file import LockFile
from .schema import HEAD, STORE_FILE
from .store import SqlStore

LOGS_FOLDER = "logs"
_UNFINISHED = ".unfinished"
_FOLDERS = (BLOBS_FOLDER, backups.FOLDER, LOGS_FOLDER)


class _Who(msgspec.Struct, frozen=True):
    """Whose home it is; it stands inside the store, because a name is nobody's business outside."""

    user: User
    authority_name: str
    device: str
    made_at: datetime


@dataclass(slots=True)
class OpenHome:
    """An unlocked home; `close` locks it: the store is flushed and closed, the key dropped, others may write."""

    path: Path
    store: SqlStore
    user: User
    device: str
    authority_name: str
    read_only: bool
    _key: DataKey | None = field(repr=False)
    _lock: LockFile | None = field(repr=False)

    def backup_due(self, today: date) -> bool:
        """Tell whether today's backup is still to be made."""
        return not self.read_only and backups.is_due(self.path, today)

    def backup(self, now: datetime, *, to: Path | None = None) -> Path:
        """Make an encrypted copy and return its path: in the home (seven at most), or whole in the file `to`.

        It reads over a connection of its own, so that it may run beside the writing one, in another thread.
        """
        if self._key is None:
            raise Cannot("The desk is locked. No backup was made. Unlock it with the passphrase.")
        with in_words():
            if to is not None:
                return backups.make_whole(self.path, self._key, to, now)
            return backups.make_daily(self.path, self._key, now)

    def remember_key(self) -> None:
        """Put the key into the machine's keyring, where policy allows it; `keychain.recall` reads it there."""
        if self._key is None:
            raise Cannot("The desk is locked. Nothing was stored. Unlock it with the passphrase.")
        keychain.remember(self.path, self._key)

    def look_again(self) -> None:
        """Read anew whose home it is: a sign-in at the office may have given another name or role."""
        who = msgspec.convert(self.store.setting(WHO), _Who)
        self.user, self.authority_name = who.user, who.authority_name

    def close(self) -> None:
        """Lock the home; calling it again does nothing."""
        self.store.close()
        self._key = None
        if self._lock is not None:
            self._lock.release()


def create_home(
    path: Path,
    passphrase: str,
    *,
    user: User,
    authority_name: str,
    device: str,
    recovery_public_key: bytes | None,
    now: datetime,
) -> OpenHome:
    """Make a home for one user and open it; `Refused` where there is one already.

    `recovery_public_key` is PEM, X25519. A half-made home, left by a crash, is never taken for a whole one.
    """
    key = DataKey.new()
    with in_words():
        _make_room(path)
        part = path / _UNFINISHED
        part.mkdir(parents=True, mode=0o700)
        keys.write(part, key, passphrase, recovery_public_key)
        link = Link(part / STORE_FILE, key.derived("store"))
        migrate.upgrade(link)
        store = SqlStore(link, Blobs(part, key))
        who = _Who(user=user, authority_name=authority_name, device=device, made_at=now)
        with store.write() as unit:
            unit.put_setting(WHO, msgspec.to_builtins(who))
        store.close()
        for folder in _FOLDERS:
            (path / folder).mkdir(exist_ok=True)
        # The keys last: a folder with them is a home.
        for name in (STORE_FILE, keys.FILE):
            (part / name).replace(path / name)
        shutil.rmtree(part)
    return _open(path, key, LockFile(path), now=now)


def open_home(path: Path, passphrase: str, *, now: datetime, read_only: bool = False) -> OpenHome:
    """Unlock a home; an older file is copied and brought up to date first.

    `Cannot` where the passphrase is wrong, the file damaged or another process writes to it; `Refused` where a newer
    program made it. With `read_only` another process may be writing meanwhile.
    """
    with in_words():
        _must_be_home(path)
        lock = None if read_only else LockFile(path)
        try:
            key = keys.open_by_passphrase(path, passphrase)
        except BaseException:
            if lock is not None:
                lock.release()
            raise
    return _open(path, key, lock, now=now)


def open_home_with_key(path: Path, key: DataKey, *, now: datetime, read_only: bool = False) -> OpenHome:
    """Unlock a home by its data key, as `keychain.recall` gives it where the authority's policy allows that."""
    with in_words():
        _must_be_home(path)
        lock = None if read_only else LockFile(path)
    return _open(path, key, lock, now=now)


def recover_home(path: Path, private_key: bytes, new_passphrase: str) -> None:
    """Give a home a new passphrase by the authority's private key (PEM); the old one opens it no longer."""
    with in_words():
        _must_be_home(path)
        keys.rewrap(path, keys.open_by_private_key(path, private_key), new_passphrase)


def change_passphrase(path: Path, old: str, new: str) -> None:
    """Let `new` open the home instead of `old`; backups stay readable, because the data key stays."""
    with in_words():
        _must_be_home(path)
        keys.rewrap(path, keys.open_by_passphrase(path, old), new)


def set_recovery_key(path: Path, passphrase: str, public_key: bytes) -> None:
    """Let the authority's recovery key (PEM, X25519) open a home from now on."""
    with in_words():
        _must_be_home(path)
        keys.set_recovery(path, keys.open_by_passphrase(path, passphrase), public_key)


def restore_home(path: Path, passphrase: str, backup: Path, *, now: datetime) -> OpenHome:
    """Put a backup in place of the store and open it.

    The replaced store is first made a backup itself where it can still be read, and is kept aside until the restored
    one has opened and passed its integrity check; where it does not pass, the replaced one is put back. What the
    office said of this laptop last (its lease, that it is barred, who it is for) stands: a backup is no way round it.
    """
    with in_words():
        if not (path / keys.FILE).is_file():
            raise Cannot(f"There is no home in the folder {path}. Nothing was restored.")
        lock = LockFile(path)
        try:
            key = keys.open_by_passphrase(path, passphrase)
            said = said_by_office(path, path / STORE_FILE, key)
            swap.restore(path, key, backup, now)
        except BaseException:
            lock.release()
            raise
    opened = _open(path, key, lock, now=now)
    try:
        keep_saying(opened.store, said)
        opened.look_again()
    except BaseException:
        opened.close()
        raise
    return opened


def _open(path: Path, key: DataKey, lock: LockFile | None, *, now: datetime) -> OpenHome:
    try:
        with in_words():
            if lock is not None:
                swap.heal(path)
            if not (path / STORE_FILE).is_file() or not (path / STORE_FILE).stat().st_size:
                raise Cannot(DAMAGED)  # an empty file would be taken for a new one and written to
            link = _up_to_date(path, key, lock, now)
            store = SqlStore(link, Blobs(path, key), keeper=None if lock is None else _keeper(path, key))
        try:
            who = msgspec.convert(store.setting(WHO), _Who)
        except msgspec.ValidationError:
            store.close()
            raise Cannot(DAMAGED) from None
        except BaseException:
            store.close()
            raise
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    return OpenHome(
        path=path,
        store=store,
        user=who.user,
        device=who.device,
        authority_name=who.authority_name,
        read_only=lock is None,
        _key=key,
        _lock=lock,
    )


def _keeper(path: Path, key: DataKey) -> Keeper:
    def renew_backups(now: datetime) -> None:
        with in_words():
            backups.renew(path, key, now)

    def destroy_key() -> None:
        with in_words():
            keys.destroy(path)
            keychain.forget(path)

    return Keeper(renew_backups, destroy_key)


def _up_to_date(path: Path, key: DataKey, lock: LockFile | None, now: datetime) -> Link:
    link = Link(path / STORE_FILE, key.derived("store"), read_only=lock is None)
    try:
        found = migrate.version(link)
        if found is None:
            raise Cannot(DAMAGED)
        if not migrate.is_older(found):
            return link
        if lock is None:
            raise Cannot(
                "An earlier SEND Desk made this home and it must first be brought up to date. Nothing was changed. "
                "Open it once with a command that writes, when no other window has it open."
            )
        backups.make_daily(path, key, now, why=f"before-{HEAD}")
        migrate.upgrade(link)
    except BaseException:
        link.close()
        raise
    return link


def _must_be_home(path: Path) -> None:
    if not (path / keys.FILE).is_file():
        raise Cannot(f"There is no home in the folder {path}. Make one there first: send-desk init.")


def _make_room(path: Path) -> None:
    if (path / keys.FILE).exists() or ((path / STORE_FILE).exists() and not (path / _UNFINISHED).exists()):
        raise Refused(f"The folder {path} holds a home already. Nothing was changed. Name another folder.")
    if (path / _UNFINISHED).exists():
        # A first attempt that never ended: nobody has written a word into it.
        shutil.rmtree(path / _UNFINISHED)
        (path / STORE_FILE).unlink(missing_ok=True)
    path.mkdir(parents=True, exist_ok=True)
    # For the user alone; Windows gives the folder the rights of the user's profile and leaves this without effect.
    path.chmod(0o700)
