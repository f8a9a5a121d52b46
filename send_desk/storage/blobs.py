"""Attachments: small ones inside the store, large ones as encrypted files that tell nothing by their names.

A file is AES-256-GCM under a key of its own use and named by HMAC-SHA256 of its content (a plain hash would tell a
thief which known document is there). It is on the disk before the row that names it; a file without a row is swept.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlcipher3 import dbapi2

from send_desk.domain.errors import Cannot

from . import atomic
from .keys import DataKey

FOLDER = "blobs"
LARGEST_INSIDE = 256 * 1024
"""Attachments of more bytes than this are files of their own."""

_MARK = b"SDB1"
_NONCE_BYTES = 12
_MISSING = "An attachment is missing or damaged. Everything else is untouched. A backup may bring it back: restore it."
_PUT = "INSERT INTO blob (sha256, size, file, content) VALUES (?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING"


class Blobs:
    """The attachments of one home; rows go through the store's own connection, inside its transactions."""

    def __init__(self, home: Path, key: DataKey) -> None:
        """Work in the folder `blobs` of this home, which is made where it is missing."""
        self.folder = home / FOLDER
        self._cipher = AESGCM(key.derived("blob"))
        self._name_key = key.derived("blob name")

    def put(self, driver: dbapi2.Connection, sha256: str, content: bytes) -> None:
        """Keep an attachment under the digest of its content; known content is passed over."""
        if hashlib.sha256(content).hexdigest() != sha256.lower():
            raise ValueError("the digest is not that of the content")
        if driver.execute("SELECT 1 FROM blob WHERE sha256 = ?", (sha256.lower(),)).fetchone():
            return
        name = None
        if len(content) > LARGEST_INSIDE:
            name = hmac.new(self._name_key, content, hashlib.sha256).hexdigest()
            self._write(name, content)
        driver.execute(_PUT, (sha256.lower(), len(content), name, None if name else content))

    def get(self, driver: dbapi2.Connection, sha256: str) -> bytes | None:
        """Return an attachment, verified; None where it is not held; `Cannot` where its file is gone or damaged."""
        row = driver.execute("SELECT file, content FROM blob WHERE sha256 = ?", (sha256.lower(),)).fetchone()
        if row is None:
            return None
        content: bytes = row[1] if row[0] is None else self.read(self.folder / row[0])
        if hashlib.sha256(content).hexdigest() != sha256.lower():
            raise Cannot(_MISSING)
        return content

    def read(self, path: Path) -> bytes:
        """Open one encrypted file; its name is part of what is verified."""
        try:
            sealed = path.read_bytes()
        except FileNotFoundError:
            raise Cannot(_MISSING) from None
        start = len(_MARK) + _NONCE_BYTES
        try:
            if not sealed.startswith(_MARK):
                raise Cannot(_MISSING)
            return self._cipher.decrypt(sealed[len(_MARK) : start], sealed[start:], path.name.encode())
        except (InvalidTag, ValueError):
            raise Cannot(_MISSING) from None

    def sweep(self, driver: dbapi2.Connection) -> int:
        """Remove files that no row names, left by a crash between file and row; return how many."""
        named = set(names(driver))
        strays = [path for path in self.folder.iterdir() if path.name not in named]
        for path in strays:
            path.unlink(missing_ok=True)
        return len(strays)

    def _write(self, name: str, content: bytes) -> None:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        self.folder.mkdir(exist_ok=True)
        atomic.write(self.folder / name, _MARK + nonce + self._cipher.encrypt(nonce, content, name.encode()))


def names(driver: dbapi2.Connection) -> Iterator[str]:
    """Yield the names of the files that the store's rows point to."""
    for (name,) in driver.execute("SELECT file FROM blob WHERE file IS NOT NULL ORDER BY file"):
        yield name
