"""Encrypted copies of a home: one a day inside it, seven at most, and whole ones in a file of the user's choice.

A backup is a tar of parts that are encrypted already: ``manifest.json`` (no personal data), ``desk.db`` under the
same data key, and attachments. The home's own backups keep attachments once, in ``backups/blobs``, because they never
change; a whole one carries them. No wrap of the key is in a backup: without ``keys.json`` it is noise, and a changed
passphrase still opens it.
"""

import io
import shutil
import tarfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from send_desk.domain.errors import Cannot, Refused

from . import atomic
from .blobs import FOLDER as BLOBS_FOLDER
from .blobs import names
from .engine import connect
from .keys import DataKey
from .schema import HEAD

FOLDER = "backups"
SUFFIX = ".desk"
MOST = 7
"""How many backups a home keeps of itself."""

_SCHEMA = "send-desk/backup-1"
_MANIFEST = "manifest.json"
_STORE = "desk.db"
_SCRATCH = ".making-"
_DAY = 24 * 60 * 60
_NOT_ONE = "This file is no whole backup of SEND Desk. Nothing was changed. Choose another one from the folder backups."


class Manifest(msgspec.Struct, kw_only=True):
    """What a backup holds: `blobs` are names that tell nothing, `carried` says that their bytes are in it."""

    made_at: datetime
    version: str
    blobs: tuple[str, ...]
    carried: bool
    schema: str = _SCHEMA


def is_due(home: Path, today: date) -> bool:
    """Tell whether no backup of this day is in the home."""
    return not any(path.name.startswith(today.isoformat()) for path in kept(home))


def kept(home: Path) -> tuple[Path, ...]:
    """Return the home's own backups, newest first."""
    return tuple(sorted((home / FOLDER).glob(f"*{SUFFIX}"), reverse=True))


def make_daily(home: Path, key: DataKey, now: datetime, *, why: str = "") -> Path:
    """Make a backup inside the home, let the oldest beyond seven go, and return the new one's path."""
    folder = home / FOLDER
    (folder / BLOBS_FOLDER).mkdir(parents=True, exist_ok=True)
    _clear_unfinished(folder, now)
    target = folder / f"{_stamp(now)}{'-' if why else ''}{why}{SUFFIX}"
    _make(home, key, target, now, carried=False)
    for old in kept(home)[MOST:]:
        old.unlink(missing_ok=True)
    _forget_unused_blobs(home)
    return target


def renew(home: Path, key: DataKey, now: datetime) -> Path:
    """Make a backup and delete every older one, because they hold what is gone from the store."""
    for scratch in (home / FOLDER).glob(f"{_SCRATCH}*"):
        shutil.rmtree(scratch, ignore_errors=True)
    made = make_daily(home, key, now, why="renewed")
    for old in kept(home):
        if old != made:
            old.unlink()
    _forget_unused_blobs(home)
    return made


def make_whole(home: Path, key: DataKey, to: Path, now: datetime) -> Path:
    """Make a backup that carries its attachments, in a file outside."""
    if to.is_dir():
        to = to / f"send-desk-{_stamp(now)}{SUFFIX}"
    if not to.parent.is_dir():
        raise Cannot(f"There is no folder {to.parent}. No backup was made.")
    _make(home, key, to, now, carried=True)
    return to


def read_manifest(backup: Path) -> Manifest:
    """Read what a backup holds; `Cannot` where it is none, `Refused` where a newer program made it."""
    try:
        with tarfile.open(backup, "r:") as tar:
            manifest = msgspec.json.decode(_read(tar, _MANIFEST), type=Manifest)
    except (tarfile.TarError, msgspec.DecodeError, EOFError):
        raise Cannot(_NOT_ONE) from None
    if manifest.schema != _SCHEMA or not manifest.version.isdigit() or int(manifest.version) > int(HEAD):
        raise Refused("A newer SEND Desk made this backup. Nothing was changed. Restore it with that version or later.")
    return manifest


def unpack(home: Path, backup: Path, into: Path) -> Manifest:
    """Write a backup's store and attachments into a folder; attachments it does not carry come from beside it."""
    manifest = read_manifest(backup)
    blobs = into / BLOBS_FOLDER
    blobs.mkdir(parents=True)
    try:
        with tarfile.open(backup, "r:") as tar:
            _extract(tar, _STORE, into / _STORE)
            for name in manifest.blobs:
                if not _is_blob_name(name):
                    raise Cannot(_NOT_ONE)
                if manifest.carried:
                    _extract(tar, f"{BLOBS_FOLDER}/{name}", blobs / name)
                else:
                    _copy_first(name, (home / FOLDER / BLOBS_FOLDER, home / BLOBS_FOLDER), blobs / name)
    except (tarfile.TarError, EOFError):
        raise Cannot(_NOT_ONE) from None
    return manifest


def _make(home: Path, key: DataKey, target: Path, now: datetime, *, carried: bool) -> None:
    with TemporaryDirectory(prefix=_SCRATCH, dir=target.parent) as scratch:
        copy = Path(scratch) / _STORE
        blobs, version = _copy_store(home, key, copy)
        manifest = Manifest(made_at=now, version=version, blobs=blobs, carried=carried)
        with atomic.replacing(target) as file, tarfile.open(fileobj=file, mode="w:") as tar:
            _add(tar, _MANIFEST, msgspec.json.encode(manifest))
            tar.add(copy, _STORE, filter=_bare)
            for name in blobs:
                if carried:
                    tar.add(home / BLOBS_FOLDER / name, f"{BLOBS_FOLDER}/{name}", filter=_bare)
                else:
                    _keep_blob(home, name)


def _copy_store(home: Path, key: DataKey, copy: Path) -> tuple[tuple[str, ...], str]:
    raw = key.derived("store")
    source = connect(home / _STORE, raw, read_only=True)
    try:
        target = connect(copy, raw)
        try:
            source.backup(target)
            # One file, with nothing left in a log beside it; every page is verified before it counts as a backup.
            target.execute("PRAGMA journal_mode = DELETE").fetchall()
            check(target.execute("PRAGMA cipher_integrity_check").fetchall())
            version = target.execute("SELECT version_num FROM alembic_version").fetchone()
            return tuple(names(target)), str(version[0]) if version else "0"
        finally:
            target.close()
    finally:
        source.close()


def check(faults: Sequence[object]) -> None:
    """Say what an integrity check found; nothing where it found nothing."""
    if faults:
        raise Cannot(
            "A copy of the store did not pass its check, so it was thrown away. The store itself was not changed. "
            "Run: send-desk doctor"
        )


def _keep_blob(home: Path, name: str) -> None:
    kept_copy = home / FOLDER / BLOBS_FOLDER / name
    if not kept_copy.exists():
        with atomic.replacing(kept_copy) as file, (home / BLOBS_FOLDER / name).open("rb") as source:
            shutil.copyfileobj(source, file)


def _stamp(now: datetime) -> str:
    # The day as the person at this machine counts it.
    return now.astimezone().strftime("%Y-%m-%dT%H%M%S")


def _clear_unfinished(folder: Path, now: datetime) -> None:
    for scratch in folder.glob(f"{_SCRATCH}*"):
        # One of another process may be at work; a day later nobody is.
        if now.timestamp() - scratch.stat().st_mtime > _DAY:
            shutil.rmtree(scratch, ignore_errors=True)


def _forget_unused_blobs(home: Path) -> None:
    used: set[str] = set()
    for backup in kept(home):
        used.update(read_manifest(backup).blobs)
    for path in (home / FOLDER / BLOBS_FOLDER).iterdir():
        if path.name not in used:
            path.unlink(missing_ok=True)


def _copy_first(name: str, folders: Sequence[Path], target: Path) -> None:
    for folder in folders:
        if (folder / name).is_file():
            shutil.copyfile(folder / name, target)
            return
    raise Cannot("An attachment of this backup is missing. Nothing was changed. Choose another backup.")


def _is_blob_name(name: str) -> bool:
    return len(name) == 64 and set(name) <= set("0123456789abcdef")


def _bare(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = ""
    return member


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


def _read(tar: tarfile.TarFile, name: str) -> bytes:
    try:
        file = tar.extractfile(name)
    except KeyError:
        file = None
    if file is None:
        raise Cannot(_NOT_ONE)
    return file.read()


def _extract(tar: tarfile.TarFile, name: str, target: Path) -> None:
    try:
        member = tar.getmember(name)
    except KeyError:
        raise Cannot(_NOT_ONE) from None
    source = tar.extractfile(member)
    if source is None:
        raise Cannot(_NOT_ONE)
    with target.open("wb") as file:
        shutil.copyfileobj(source, file)
