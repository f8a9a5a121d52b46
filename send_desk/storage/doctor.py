"""What can be told about a home without telling anything about a child: versions, counts, and what is damaged."""

from collections.abc import Mapping

from sqlcipher3 import dbapi2

from . import backups, keys
from .home import OpenHome

_COUNTED = ("revision", "record", "kept", "summary", "blob", "establishment", "other_name")


def examine(opened: OpenHome) -> Mapping[str, object]:
    """Verify every page's seal and every index and count rows; a few seconds for a large home.

    `faults` are in the library's own words and empty where all is sound; `rows` counts each table.
    """
    kept = backups.kept(opened.path)
    with opened.store.reading() as driver:
        faults = _faults(driver)
        rows = {} if faults else {table: _count(driver, table) for table in _COUNTED}
        sqlcipher = str(driver.execute("PRAGMA cipher_version").fetchone()[0])
    return {
        "sqlite": dbapi2.sqlite_version,
        "sqlcipher": sqlcipher,
        "sound": not faults,
        "faults": faults,
        "rows": rows,
        "recovery_key": keys.recoverable(opened.path),
        "backups": len(kept),
        "newest_backup": kept[0].name if kept else None,
    }


def _faults(driver: dbapi2.Connection) -> list[str]:
    faults = [str(row[0]) for row in driver.execute("PRAGMA cipher_integrity_check")]
    if not faults:
        # An index that does not fit its table is told by this one only.
        faults += [str(row[0]) for row in driver.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
        faults += [f"foreign key of {row[0]}" for row in driver.execute("PRAGMA foreign_key_check")]
    return faults


def _count(driver: dbapi2.Connection, table: str) -> int:
    return int(driver.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608  one of `_COUNTED`
