"""Who calls: enrolment, tokens, their renewal, and the lease of a laptop (sync.md, "Identity")."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from send_desk.wire import refusals
from send_desk.wire.messages import Enrol, Person, Session, TokenWish

from .central import Account, Caller, Central, Device
from .passwords import Identity, Proof
from .tokens import LIFE, RENEWED_WITHIN, Assertion, BadToken, Claims, Tokens, device_of, read_assertion
from .troubles import CallRefused

_LONGEST_ID = 200
_REMEMBERED = 100_000


class Clock(Protocol):
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the moment, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Verified:
    """A caller whom his token and the database confirm; `fresh` is a token in place of one that ends soon.

    `handing_in`: a barred laptop, or one of a person who left, hands in what waits there and reads nothing; `wipe`: it
    is told to destroy its key after that.
    """

    caller: Caller
    authors: tuple[str, ...]
    lease_until: datetime
    handing_in: bool = False
    wipe: bool = False
    fresh: str = ""


@dataclass(frozen=True, slots=True)
class Admitted:
    """A session that begins, and whether the laptop is told to destroy its key."""

    session: Session
    lease_until: datetime
    wipe: bool = False


class Auth:
    """Answers `enrol` and `token`, and knows the callers of all other calls."""

    def __init__(self, central: Central, identity: Identity, clock: Clock) -> None:
        self._central = central
        self._identity = identity
        self._clock = clock
        self._used = _Used()

    @cached_property
    def _tokens(self) -> Tokens:
        return Tokens(self._central.key("token"))

    def enrol(self, wish: Enrol) -> Admitted:
        """Enrol a laptop for whoever gives a name and a password."""
        if not all(_is_id(word) for word in (wish.user, wish.device, wish.author, wish.authority)):
            raise CallRefused(refusals.BAD_CALL)
        _check_key(wish.public_key)
        now = self._clock.now()
        account = self._identity.prove(wish.authority, Proof(wish.user, wish.password), now)
        known = self._central.device(wish.device)
        if known is not None:
            if known[1].id != account.id or known[0].authority != wish.authority:
                raise CallRefused(refusals.WRONG_DEVICE, "This laptop is enrolled for another person.")
            if known[0].barred:
                raise CallRefused(refusals.BARRED)
        device = Device(wish.authority, wish.device, account.id, wish.public_key, enrolled_at=now, signed_in_at=now)
        self._central.enrol(device, author=wish.author, machine=_line(wish.machine), version=_line(wish.version))
        lease = self._central.renewed(device.id, version=_line(wish.version), signed_in=True)
        if wish.author not in account.authors:
            account = replace(account, authors=(*account.authors, wish.author))
        return self._admitted(account, device, lease, now)

    def token(self, wish: TokenWish) -> Admitted:
        """Give a token to a laptop that signs for it; where its lease lapsed, only with name and password."""
        now = self._clock.now()
        device, account, said = self._asserted(wish.assertion, now)
        with self._used.once(f"{said.device} {said.id}", said.ends, now):
            return self._token_for(device, account, said, wish, now)

    def _token_for(self, device: Device, account: Account, said: Assertion, wish: TokenWish, now: datetime) -> Admitted:
        proven = bool(wish.user)
        if proven:
            person = self._identity.prove(device.authority, Proof(wish.user, wish.password), now)
            if person.id != account.id:
                raise CallRefused(refusals.WRONG_DEVICE, "This laptop is enrolled for another person.")
        elif device.lease_until is not None and device.lease_until <= now:
            raise CallRefused(refusals.LAPSED)
        if device.barred or account.left:  # what waits may be handed in; there is no lease for reading
            return self._admitted(account, device, now, now)
        lease = self._central.renewed(device.id, version=_line(said.version), signed_in=proven)
        return self._admitted(account, device, lease, now)

    def read(self, authorization: str) -> Claims:
        """Return what the bearer token of a call says; nothing but its signature and times are looked at."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise CallRefused(refusals.SIGN_IN)
        try:
            return self._tokens.read(token.strip(), now=self._clock.now())
        except BadToken as fault:
            raise CallRefused(refusals.SIGN_IN) from fault

    def confirm(self, claims: Claims) -> Verified:
        """Return the caller of a token as the database knows him today, with a fresh token where this one ends soon."""
        found = self._central.device(claims.device)
        if found is None or found[1].id != claims.account or found[0].authority != claims.authority:
            raise CallRefused(refusals.SIGN_IN)
        device, account = found
        verified = Verified(
            Caller(device.authority, account.id, device.id, account.role, account.name),
            account.authors,
            claims.lease_until,
            handing_in=device.barred or account.left,
            wipe=device.barred,
        )
        now = self._clock.now()
        if verified.handing_in or claims.ends - now > RENEWED_WITHIN:
            return verified
        lease = self._central.renewed(device.id, version="", signed_in=False)
        return replace(verified, lease_until=lease, fresh=self._token(account, device, lease, now))

    def _asserted(self, assertion: str, now: datetime) -> tuple[Device, Account, Assertion]:
        try:
            found = self._central.device(device_of(assertion))
            if found is None:
                raise CallRefused(refusals.SIGN_IN, "The office does not know this laptop. Please connect it again.")
            said = read_assertion(assertion, found[0].public_key, now=now)
        except (BadToken, ValueError) as fault:
            raise CallRefused(refusals.SIGN_IN) from fault
        return *found, said

    def _admitted(self, account: Account, device: Device, lease: datetime, now: datetime) -> Admitted:
        session = Session(
            token=self._token(account, device, lease, now),
            ends=(now + LIFE).isoformat(),
            lease_until=lease.isoformat(),
            user=Person(id=account.id, name=account.name, role=str(account.role), authors=account.authors),
            authority=account.authority,
            authority_name=account.authority_name,
        )
        return Admitted(session, lease, wipe=device.barred)

    def _token(self, account: Account, device: Device, lease: datetime, now: datetime) -> str:
        return self._tokens.give(
            authority=account.authority, account=account.id, device=device.id, lease_until=lease, now=now
        )


class _Used:
    """Assertions that got a token lately, so that one that was overheard is worth nothing; they end within minutes."""

    def __init__(self) -> None:
        self._ends: dict[str, datetime] = {}
        self._lock = threading.Lock()

    @contextmanager
    def once(self, name: str, ends: datetime, now: datetime) -> Iterator[None]:
        """Let an assertion be used in this block and never again; where the block fails, it was not used."""
        with self._lock:
            if name in self._ends:
                raise CallRefused(refusals.SIGN_IN)
            if len(self._ends) >= _REMEMBERED:
                # Two minutes more than they live cover every allowance for clocks.
                self._ends = {known: end for known, end in self._ends.items() if (now - end).total_seconds() < 120}
            self._ends[name] = ends
        try:
            yield
        except BaseException:
            del self._ends[name]
            raise


def _is_id(word: str) -> bool:
    return 0 < len(word) <= _LONGEST_ID and word.isprintable()


def _line(word: str) -> str:
    return "".join(letter for letter in word[:_LONGEST_ID] if letter.isprintable())


def _check_key(public_key: bytes) -> None:
    make: Callable[[bytes], object] = Ed25519PublicKey.from_public_bytes
    try:
        make(public_key)
    except ValueError as fault:
        raise CallRefused(refusals.BAD_CALL, "The laptop's key is none.") from fault
