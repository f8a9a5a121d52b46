"""The one connection of an open store: SQLCipher with a raw key, and the settings that make a save durable."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from send_desk.domain.errors import Cannot

from .faults import in_words

OLDEST_SQLITE = (3, 51, 3)
"""Versions 3.7.0 to 3.51.2 can damage a write-ahead log under two connections."""

PRAGMAS = (
    "foreign_keys = ON",
    "secure_delete = ON",  # what is deleted is overwritten, not only forgotten
    "temp_store = MEMORY",  # nothing is ever sorted through a file in the clear
    "busy_timeout = 5000",
    "synchronous = FULL",
)
"""What every connection is set to. `cipher_memory_security` stays off: measured, it makes bulk writing 2.5 times and a
save 1.4 times as slow, and the words stand in the program's own memory anyway."""


def check_sqlite(version: str = dbapi2.sqlite_version) -> None:
    """Refuse an SQLite that can damage the file under two connections."""
    if tuple(int(part) for part in version.split(".")) < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        raise Cannot(
            f"This program was installed with SQLite {version}, which can damage files; it needs {needed} or later. "
            "Nothing was opened. Ask who installed it to renew the library sqlcipher3."
        )


def connect(path: Path, key: bytes, *, read_only: bool = False) -> dbapi2.Connection:
    """Open one encrypted file by its raw 256-bit key; where it is missing it is created, but not for reading."""
    if read_only and not path.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        # First, so that a wrong key or a damaged page is never written about on standard error.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        # The first statement that reads the file: a wrong key or a damaged head shows here.
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        else:
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def make_engine(creator: Callable[[], dbapi2.Connection]) -> Engine:
    """Return an engine over one connection whose transactions we begin and end ourselves."""
    return create_engine(
        "sqlite://",
        module=dbapi2,  # without it the driver's errors come out unwrapped
        creator=creator,
        poolclass=StaticPool,
        pool_reset_on_return=None,
        isolation_level="AUTOCOMMIT",
    )


class Link:
    """An open file: SQLAlchemy's connection for what is asked seldom, the driver's own for what is done at each key.

    Both are one connection, so that what is asked inside a transaction sees what was written in it.
    """

    def __init__(self, path: Path, key: bytes, *, read_only: bool = False) -> None:
        """Open the file; what goes wrong is said in words."""
        check_sqlite()
        with in_words():
            self._engine = make_engine(lambda: connect(path, key, read_only=read_only))
            try:
                self.sql: Connection = self._engine.connect()
            except BaseException:
                self._engine.dispose()
                raise
        driver = self.sql.connection.driver_connection
        if not isinstance(driver, dbapi2.Connection):
            raise TypeError("the engine's connection is not SQLCipher's")
        self.driver: dbapi2.Connection = driver
        self.read_only = read_only

    def close(self) -> None:
        """Close the file and forget its key; the write-ahead log is folded into it."""
        with in_words():
            self.sql.close()
            self._engine.dispose()
