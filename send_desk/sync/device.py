"""The laptop's own key (Ed25519): its private half stands in the encrypted store, and signs a wish for a token."""

from datetime import datetime, timedelta
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from send_desk import __version__

AUDIENCE = "send-desk-hub"
_LIFE = timedelta(minutes=4)


def new_key() -> tuple[bytes, bytes]:
    """Return a new key: its private and its public half, 32 bytes each."""
    key = Ed25519PrivateKey.generate()
    return key.private_bytes_raw(), key.public_key().public_bytes_raw()


def assertion(private_key: bytes, device: str, now: datetime) -> str:
    """Return a JWT (EdDSA) that says that this device speaks now; `now` is by the hub's clock, each is used once."""
    claims = {
        "aud": AUDIENCE,
        "device": device,
        "iat": int(now.timestamp()),
        "exp": int((now + _LIFE).timestamp()),
        "jti": str(uuid4()),
        "ver": __version__,
    }
    return jwt.encode(claims, Ed25519PrivateKey.from_private_bytes(private_key), algorithm="EdDSA")
