"""Every page of an encrypted file in the clear, free ones and those of the write-ahead log too: for looking for words.

What a query returns is not all that a file holds: a deleted row may still stand on a free page or in an older frame of
the log. SQLCipher 4 with a raw key: pages of 4,096 bytes, AES-256-CBC, the last 80 bytes being IV and HMAC; page one
begins with 16 bytes of salt.
"""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAGE = 4096
_RESERVED = 80
_IV = 16
_SALT = 16
_WAL_HEAD = 32
_FRAME_HEAD = 24


def in_the_clear(path: Path, key: bytes) -> Iterator[bytes]:
    """Yield each page of a store and each frame of its log, decrypted by the raw 32-byte key."""
    whole = path.read_bytes()
    for start in range(0, len(whole) - _PAGE + 1, _PAGE):
        yield _decrypted(whole[start : start + _PAGE], key, first=start == 0)
    log = path.with_name(f"{path.name}-wal")
    frames = log.read_bytes() if log.is_file() else b""
    for start in range(_WAL_HEAD, len(frames) - _FRAME_HEAD - _PAGE + 1, _FRAME_HEAD + _PAGE):
        number = int.from_bytes(frames[start : start + 4], "big")
        page = frames[start + _FRAME_HEAD : start + _FRAME_HEAD + _PAGE]
        yield _decrypted(page, key, first=number == 1)


def _decrypted(page: bytes, key: bytes, *, first: bool) -> bytes:
    body = page[_SALT if first else 0 : _PAGE - _RESERVED]
    iv = page[_PAGE - _RESERVED : _PAGE - _RESERVED + _IV]
    reader = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return reader.update(body) + reader.finalize()
