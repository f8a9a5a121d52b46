"""A durable save of words in work against a bare SQLCipher commit of the same bytes with the same pragmas."""

import secrets
from datetime import UTC, datetime

from county import County, by_size
from measure import By, say_ratio, turns
from sqlcipher3 import dbapi2

from send_desk.services import drafting
from send_desk.storage.mapping import to_json

_PRAGMAS = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store", "wal_autocheckpoint")


def run(county: County) -> None:
    """Save the same paragraph 300 times, each save told by its number so that it differs."""
    opened, desk = county.open()
    bare = dbapi2.connect(county.folder / "bare.db", isolation_level=None)
    bare.execute(f"PRAGMA key = \"x'{secrets.token_hex(32)}'\"")
    with opened.store.reading() as driver:
        for name in _PRAGMAS:
            bare.execute(f"PRAGMA {name} = {driver.execute(f'PRAGMA {name}').fetchone()[0]}")
    bare.execute(
        "CREATE TABLE kept (record TEXT, field TEXT, body BLOB, base TEXT, at TEXT, PRIMARY KEY (record, field))"
    )
    file = desk.store.case_file(by_size(desk)[0].id)
    assert file is not None
    entry = file.case.entries[len(file.case.entries) // 2]
    words = "Ava reads a short text aloud with an adult who waits, and retells it in her own words. " * 6
    count = 0

    def ours() -> None:
        nonlocal file, count
        count += 1
        file = drafting.keep(desk, file, entry.id, "text", f"{words}{count}").file

    def peer() -> None:
        row = (entry.id, "text", to_json(f"{words}{count}"), entry.id, datetime.now(UTC).isoformat())
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?)", row)
        bare.execute("COMMIT")

    try:
        mine, theirs = turns(ours, peer, rounds=300)
        say_ratio("save", mine, theirs, goal=1.5, by=By.WALL, bytes=len(words))
    finally:
        bare.close()
        opened.close()
