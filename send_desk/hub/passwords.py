"""Accounts of the hub's own: a name and a password, kept as Argon2id (RFC 9106, second recommended option)."""

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from send_desk.wire import refusals

from .central import Account, Central
from .troubles import CallRefused

SHORTEST = 8
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Proof:
    """What a person shows: the name and the password typed on the laptop."""

    user: str
    password: str = field(repr=False)


class Identity(Protocol):
    """Who a person is.

    `Passwords` answers for accounts of the hub's own. Sign-in through Entra ID will be a second answer beside it: the
    hub as OIDC client by the code flow with PKCE, the desk handed a short token over a loopback redirect with state and
    nonce (sync.md, "Identity"). Its proof is the code that the browser brought back; whatever proves a person, what
    follows from it - tokens, lease, the laptop's key - stays as it is.
    """

    def prove(self, authority: str, proof: Proof, now: datetime) -> Account:
        """Return the account of whoever shows this; raise `CallRefused` where it proves nobody."""
        ...


class Passwords:
    """Proves a person by a password; an unknown name costs the same work as a wrong password."""

    def __init__(self, central: Central, hasher: PasswordHasher | None = None) -> None:
        self._central = central
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash("nobody has this password")

    def prove(self, authority: str, proof: Proof, now: datetime) -> Account:
        """Return the account whose password this is; five wrong ones lock it for a quarter of an hour."""
        account = self._central.account(authority, proof.user) if proof.user.isprintable() else None
        if account is not None and account.locked_until is not None and account.locked_until > now:
            raise _locked_out(account.locked_until, now)
        kept = account.password_hash if account is not None and not account.left else ""
        good = self._verified(kept or self._nobody, proof.password) and bool(kept)
        if account is None or account.left:
            raise CallRefused(refusals.WRONG_PASSWORD)
        until = self._central.signed_in(authority, account.id, good=good)
        if good:
            return account
        if until is not None and until > now:
            raise _locked_out(until, now)
        raise CallRefused(refusals.WRONG_PASSWORD)

    def _verified(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, _plain(password))
        except (Argon2Error, InvalidHashError):
            return False


def hashed(password: str, hasher: PasswordHasher | None = None) -> str:
    """Return what is kept of a password."""
    return (hasher or PasswordHasher()).hash(_plain(password))


def _plain(password: str) -> bytes:
    # The same letters typed on two keyboards are one password (NFC); a very long one is cut before it costs work.
    return unicodedata.normalize("NFC", password[:LONGEST]).encode("utf-8", "surrogatepass")


def _locked_out(until: datetime, now: datetime) -> CallRefused:
    minutes = max(1, -(-int((until - now).total_seconds()) // 60))
    return CallRefused(
        refusals.LOCKED_OUT,
        f"There were too many wrong passwords. Please try again in {minutes} minute{'s' if minutes > 1 else ''}.",
    )
