"""Tokens that the hub gives, and the assertions by which a laptop's key asks for one (RFC 7519, RFC 8037)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from jwt.types import Options

LIFE = timedelta(minutes=15)
RENEWED_WITHIN = timedelta(minutes=5)
ASSERTION_LIFE = timedelta(minutes=5)
LEEWAY = timedelta(seconds=60)
HUB = "send-desk-hub"
DESK = "send-desk"

_LONGEST = 4096
# Times are checked here, by the clock that was handed in; PyJWT would look at the machine's.
_OPTIONS: Options = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}


class BadToken(Exception):
    """No token of this hub, or one that has ended."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says; the lease rides along, so that every answer can repeat it."""

    authority: str
    account: str
    device: str
    ends: datetime
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class Tokens:
    """Gives and reads tokens by the key of that use; HS256 and nothing else."""

    key: bytes

    def give(self, *, authority: str, account: str, device: str, lease_until: datetime, now: datetime) -> str:
        """Return a token that lives for 15 minutes."""
        return jwt.encode(
            {
                "iss": HUB,
                "aud": DESK,
                "sub": account,
                "aut": authority,
                "dev": device,
                "lea": int(lease_until.timestamp()),
                "iat": int(now.timestamp()),
                "exp": int((now + LIFE).timestamp()),
                "jti": secrets.token_hex(6),
            },
            self.key,
            algorithm="HS256",
        )

    def read(self, token: str, *, now: datetime) -> Claims:
        """Return what a token says; `BadToken` where it is none of ours or has ended."""
        told = _decoded(token, self.key, "HS256", audience=DESK, issuer=HUB)
        ends, made = _moment(told, "exp"), _moment(told, "iat")
        if now >= ends or made > now + LEEWAY or ends - made > LIFE:
            raise BadToken("the token has ended")
        return Claims(_word(told, "aut"), _word(told, "sub"), _word(told, "dev"), ends, _moment(told, "lea"))


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a laptop says of itself, signed by its key; `version` is that of its program."""

    device: str
    id: str
    ends: datetime
    version: str


def device_of(assertion: str) -> str:
    """Return whose assertion it claims to be, with nothing verified yet."""
    if len(assertion) > _LONGEST:
        raise BadToken("the assertion is too long")
    try:
        told = jwt.decode(assertion, options={**_OPTIONS, "verify_signature": False})
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as fault:
        raise BadToken("this is no assertion") from fault
    return _word(told, "device")


def read_assertion(assertion: str, public_key: bytes, *, now: datetime) -> Assertion:
    """Return what a laptop's key signed; `BadToken` where it did not, or not within these five minutes."""
    told = _decoded(assertion, Ed25519PublicKey.from_public_bytes(public_key), "EdDSA", audience=HUB)
    made, ends = _moment(told, "iat"), _moment(told, "exp")
    if made > now + LEEWAY or now >= ends + LEEWAY or ends - made > ASSERTION_LIFE or ends <= made:
        raise BadToken("the assertion is not of these minutes")
    version = told.get("ver", "")
    return Assertion(_word(told, "device"), _word(told, "jti"), ends, version if isinstance(version, str) else "")


def _decoded(token: str, key: Any, algorithm: str, *, audience: str, issuer: str | None = None) -> Mapping[str, Any]:
    if len(token) > _LONGEST:
        raise BadToken("the token is too long")
    try:
        return jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            audience=audience,
            issuer=issuer,
            options={**_OPTIONS, "require": ["aud", "iat", "exp", "jti"], "strict_aud": True},
        )
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as fault:
        raise BadToken("the token is none of ours") from fault


def _word(told: Mapping[str, Any], name: str) -> str:
    match told.get(name):
        case str(word) if 0 < len(word) <= 200 and word.isprintable():
            return word
        case _:
            raise BadToken(f"{name} is missing")


def _moment(told: Mapping[str, Any], name: str) -> datetime:
    match told.get(name):
        case int(seconds) if not isinstance(seconds, bool) and 0 < seconds < 2**35:
            return datetime.fromtimestamp(seconds, UTC)
        case _:
            raise BadToken(f"{name} is missing")
