"""What a restore carries over from the store that it replaces: what the office said of this laptop last.

Its lease, that it is barred, and who it is for are facts of today; a backup is no way round them.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from sqlcipher3 import dbapi2

from send_desk.domain.errors import KnownError

from .blobs import Blobs
from .engine import Link
from .exchange import CONTACT, ENROLMENT, WHO
from .faults import in_words
from .keys import DataKey
from .store import SqlStore


def said_by_office(home: Path, store_file: Path, key: DataKey) -> Mapping[str, object]:
    """Return the settings of an enrolled home that a restore must not undo; none where nothing can be read."""
    # A store that cannot be read is a reason to restore, and says nothing.
    with suppress(KnownError, dbapi2.Error), in_words():
        store = SqlStore(Link(store_file, key.derived("store"), read_only=True), Blobs(home, key))
        try:
            if store.setting(ENROLMENT) is not None:
                return {name: store.setting(name) for name in (ENROLMENT, CONTACT, WHO)}
        finally:
            store.close()
    return {}


def keep_saying(store: SqlStore, said: Mapping[str, object]) -> None:
    """Write them into the restored store; when the office copy was last met is as the backup says."""
    if not said:
        return
    copied_at = store.sync.contact().office_copy_at
    with store.write() as unit:
        for name, value in said.items():
            if value is not None:
                unit.put_setting(name, value)
    store.sync.put_contact(replace(store.sync.contact(), office_copy_at=copied_at))
