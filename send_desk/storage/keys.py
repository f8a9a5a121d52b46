"""The one data key of a home, and the wraps in `keys.json` that open it: the passphrase's and the authority's.

The data key is 256 random bits and never changes, so that backups outlive a changed passphrase; it is never written
in the clear. A wrap by passphrase is Argon2id (64 MiB, 3 passes, 4 lanes) and AES-256-GCM; a wrap for the authority is
X25519, HKDF-SHA256 and AES-256-GCM to a public key in PEM. Destroying `keys.json` destroys the home and its backups.
"""

import os
import secrets
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from send_desk.domain.errors import Cannot, Refused, WrongUse

from . import atomic
from .schema import KEYS_FILE

FILE = KEYS_FILE
_SCHEMA = "send-desk/keys-1"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_MOST_MEMORY_KIB = 1024 * 1024
_WRONG = "This passphrase does not open the home. Nothing was changed. Look at Caps Lock and the keyboard's language."
_UNREADABLE = (
    "keys.json, which opens this home, is missing or damaged. Nothing was changed. Put back your own copy of that "
    "file if there is one; without it nobody can read the home or its backups."
)


@dataclass(frozen=True, slots=True)
class DataKey:
    """The data key of an open home; each use derives its own key, so that no two uses share one."""

    raw: bytes

    @classmethod
    def new(cls) -> "DataKey":
        """Make a key that never was before."""
        return cls(secrets.token_bytes(_KEY_BYTES))

    def derived(self, use: str) -> bytes:
        """Return the 256-bit key for one use: `store`, `blob` or `blob name`."""
        return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=f"send-desk/1 {use}".encode()).derive(
            self.raw
        )

    def __repr__(self) -> str:
        return "DataKey(...)"


class _Passphrase(msgspec.Struct, kw_only=True):
    salt: str
    wrapped: str
    kdf: str = "argon2id"
    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


class _Recovery(msgspec.Struct, kw_only=True):
    public: str
    ephemeral: str
    wrapped: str
    scheme: str = "x25519-hkdf-sha256-aes256gcm"


class _Wraps(msgspec.Struct, kw_only=True):
    passphrase: _Passphrase
    recovery: _Recovery | None = None
    schema: str = _SCHEMA


def write(home: Path, key: DataKey, passphrase: str, recovery_public_key: bytes | None) -> None:
    """Write `keys.json` for a new home; the public key is PEM (SubjectPublicKeyInfo, X25519)."""
    recovery = _wrap_for(read_public(recovery_public_key), key) if recovery_public_key is not None else None
    _save(home, _Wraps(passphrase=_wrap_by(passphrase, key), recovery=recovery))


def open_by_passphrase(home: Path, passphrase: str) -> DataKey:
    """Return the data key; `Cannot` where the passphrase is wrong or the file unreadable. Takes about 0.1 s."""
    wrap = _load(home).passphrase
    try:
        return DataKey(_opened(_stretched(passphrase, wrap), wrap.wrapped, b"passphrase"))
    except InvalidTag:
        raise Cannot(_WRONG) from None


def open_by_private_key(home: Path, private_key: bytes) -> DataKey:
    """Return the data key by the authority's private key in PEM; `Cannot` where it is not the one."""
    wrap = _load(home).recovery
    if wrap is None:
        raise Cannot("This home was made without a recovery key. Only its passphrase opens it.")
    own = _read_private(private_key)
    try:
        ephemeral = X25519PublicKey.from_public_bytes(b64decode(wrap.ephemeral))
        agreed = _agreed(own.exchange(ephemeral), ephemeral, own.public_key())
        return DataKey(_opened(agreed, wrap.wrapped, b"recovery"))
    except (InvalidTag, ValueError):
        raise Cannot("This is not the private key that the home was made for. Nothing was changed.") from None


def rewrap(home: Path, key: DataKey, passphrase: str) -> None:
    """Let another passphrase open the home; the data key and the authority's wrap stay."""
    _save(home, _Wraps(passphrase=_wrap_by(passphrase, key), recovery=_load(home).recovery))


def set_recovery(home: Path, key: DataKey, public_key: bytes) -> None:
    """Let the authority's private key open the home from now on, in place of an earlier one."""
    _save(home, _Wraps(passphrase=_load(home).passphrase, recovery=_wrap_for(read_public(public_key), key)))


def recoverable(home: Path) -> bool:
    """Tell whether an authority's recovery key opens this home."""
    return _load(home).recovery is not None


def read_public(pem: bytes) -> X25519PublicKey:
    """Read the authority's public key; `WrongUse` says how to make one where it is something else."""
    if b"PRIVATE KEY" in pem:
        raise Refused(
            "This file holds the private half of the recovery key, which must never lie on a laptop. Nothing was "
            "made. Give the public half: openssl pkey -in PRIVATE -pubout -out PUBLIC"
        )
    try:
        key = serialization.load_pem_public_key(pem)
    except ValueError:
        key = None
    if not isinstance(key, X25519PublicKey):
        raise WrongUse(
            "The recovery key must be an X25519 public key in PEM. Make a pair where it will be kept: openssl genpkey "
            "-algorithm X25519 -out PRIVATE, then: openssl pkey -in PRIVATE -pubout -out PUBLIC"
        )
    return key


def _read_private(pem: bytes) -> X25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except TypeError:
        raise WrongUse(
            "The private key is itself locked by a passphrase. Unlock it first: openssl pkey -in LOCKED -out PRIVATE"
        ) from None
    except ValueError:
        key = None
    if not isinstance(key, X25519PrivateKey):
        raise WrongUse("This file holds no X25519 private key in PEM. Nothing was changed.")
    return key


def _wrap_by(passphrase: str, key: DataKey) -> _Passphrase:
    if not passphrase:
        raise WrongUse("The passphrase is empty. Choose one of at least three words.")
    wrap = _Passphrase(salt=b64encode(secrets.token_bytes(16)).decode(), wrapped="")
    wrap.wrapped = _sealed(_stretched(passphrase, wrap), key, b"passphrase")
    return wrap


def _wrap_for(public: X25519PublicKey, key: DataKey) -> _Recovery:
    ephemeral = X25519PrivateKey.generate()
    agreed = _agreed(ephemeral.exchange(public), ephemeral.public_key(), public)
    return _Recovery(
        public=b64encode(public.public_bytes_raw()).decode(),
        ephemeral=b64encode(ephemeral.public_key().public_bytes_raw()).decode(),
        wrapped=_sealed(agreed, key, b"recovery"),
    )


def _stretched(passphrase: str, wrap: _Passphrase) -> bytes:
    # One passphrase may come composed from one keyboard and decomposed from another.
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return hash_secret_raw(secret, b64decode(wrap.salt), wrap.passes, wrap.memory_kib, wrap.lanes, _KEY_BYTES, Type.ID)


def _agreed(shared: bytes, ephemeral: X25519PublicKey, public: X25519PublicKey) -> bytes:
    salt = ephemeral.public_bytes_raw() + public.public_bytes_raw()
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=salt, info=b"send-desk/1 recovery").derive(shared)


def _sealed(by: bytes, key: DataKey, use: bytes) -> str:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return b64encode(nonce + AESGCM(by).encrypt(nonce, key.raw, use)).decode()


def _opened(by: bytes, wrapped: str, use: bytes) -> bytes:
    sealed = b64decode(wrapped)
    return AESGCM(by).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], use)


def _load(home: Path) -> _Wraps:
    try:
        wraps = msgspec.json.decode((home / FILE).read_bytes(), type=_Wraps)
        b64decode(wraps.passphrase.salt, validate=True)
        b64decode(wraps.passphrase.wrapped, validate=True)
    except (msgspec.DecodeError, FileNotFoundError, ValueError):
        raise Cannot(_UNREADABLE) from None
    if wraps.schema != _SCHEMA or wraps.passphrase.kdf != "argon2id":
        raise Refused(
            "A newer SEND Desk made this home. Nothing was changed. Open it with that version or a later one."
        )
    sound = 8 * wraps.passphrase.lanes <= wraps.passphrase.memory_kib <= _MOST_MEMORY_KIB
    if not (sound and 1 <= wraps.passphrase.lanes <= 64 and 1 <= wraps.passphrase.passes <= 100):
        raise Cannot(_UNREADABLE)
    return wraps


def _save(home: Path, wraps: _Wraps) -> None:
    atomic.write(home / FILE, msgspec.json.format(msgspec.json.encode(wraps), indent=1) + b"\n")


def destroy(home: Path) -> None:
    """Make the home and all its backups unreadable for ever; known copies of the file elsewhere are not reached."""
    path = home / FILE
    with path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    atomic.sync_folder(home)
