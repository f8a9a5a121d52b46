"""Authorisation against an oracle: all calls, by everybody, while people come and go; nobody is told a word too many.

Every revision and every attachment holds a probe word of its case. After each call all bytes of the answer, unfolded,
are searched for the words of cases that the caller may not see at that moment (sync.md, "What must be tried").
"""

import io
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from send_desk.bootstrap.clock import SystemClock
from send_desk.domain.ids import Role
from send_desk.hub import chain
from send_desk.hub.app import make_app
from send_desk.hub.central import Central
from send_desk.hub.database import Database
from send_desk.hub.office import Administration
from send_desk.hub.passwords import Passwords
from send_desk.hub.postgres import Server
from send_desk.wire import messages, refusals
from send_desk.wire.columns import from_columns
from send_desk.wire.frames import Unreadable, decode, from_bytes, from_frames, to_bytes, unfold
from send_desk.wire.messages import Cursor
from send_desk.wire.packed import Packed
from tests.hub.laptop import Laptop, push_of
from tests.hub.office import CHEAP, Direct
from tests.model.memory_central import MemoryCentral

from .county import CASES, Administrator, County, probe, probes_in

CALLS = int(os.environ.get("SEND_DESK_ORACLE_CALLS", "500"))
_NAMES = ("push", "pull", "pull", "snapshot", "check", "blob_have", "blob_put", "blob_get", "looked")
_PERMITTED, _REFUSED, _STRANGER = "permitted", "refused", "stranger"


class InMemory:
    """The administrator of the office in memory."""

    def __init__(self, central: MemoryCentral) -> None:
        self._central = central
        self._accounts: dict[str, str] = {}

    def add_user(self, name: str, role: Role, password: str) -> None:
        hashed = CHEAP.hash(password)
        self._accounts[name] = self._central.add_user(name, role, password_hash=hashed)

    def team(self, name: str, *, add: Sequence[str] = (), remove: Sequence[str] = (), lead: Sequence[str] = ()) -> None:
        add, remove, lead = ([self._accounts[one] for one in who] for who in (add, remove, lead))
        self._central.team(name, add=add, remove=remove, lead=lead)

    def grant(self, case: str, *, user: str | None = None, team: str | None = None) -> None:
        self._central.grant(case, account=self._accounts[user] if user else "", team=team or "")

    def withdraw(self, case: str, *, user: str | None = None, team: str | None = None) -> None:
        self._central.withdraw(case, account=self._accounts[user] if user else "", team=team or "")

    def bar(self, device: str) -> None:
        self._central.bar(device)


class InPostgres:
    """The administrator of the office copy in PostgreSQL."""

    def __init__(self, office: Administration) -> None:
        self._office = office

    def add_user(self, name: str, role: Role, password: str) -> None:
        self._office.add_user(name, name, role, CHEAP.hash(password))

    def team(self, name: str, *, add: Sequence[str] = (), remove: Sequence[str] = (), lead: Sequence[str] = ()) -> None:
        self._office.team(name, add=add, remove=remove, lead=lead)

    def grant(self, case: str, *, user: str | None = None, team: str | None = None) -> None:
        self._office.grant(case, user=user, team=team)

    def withdraw(self, case: str, *, user: str | None = None, team: str | None = None) -> None:
        self._office.withdraw(case, user=user, team=team)

    def bar(self, device: str) -> None:
        self._office.bar(device)


@contextmanager
def in_memory() -> Iterator[tuple[Central, Administrator]]:
    """The office in memory."""
    central = MemoryCentral()
    yield central, InMemory(central)


@contextmanager
def in_postgres() -> Iterator[tuple[Central, Administrator]]:
    """The office copy in a PostgreSQL server of its own."""
    # As root the server runs as nobody, who cannot reach pytest's own folder.
    folder = Path(tempfile.mkdtemp(prefix="send-desk-postgres-"))
    try:
        with Server(folder, fsync=False) as server:
            url = server.url("postgres")
            chain.upgrade(url)
            with Administration(url) as office, Database(url) as database:
                office.init("999", "Harrowdale")
                yield database, InPostgres(office)
    finally:
        shutil.rmtree(folder)


@pytest.fixture(params=[in_memory, in_postgres], ids=["memory", "postgres"])
def county(request: pytest.FixtureRequest) -> Iterator[County]:
    clock = SystemClock()
    with request.param() as (central, administrator):
        client = Direct(make_app(central, clock, identity=Passwords(central, CHEAP)))
        yield County(client, clock, administrator, Random(20260303))  # noqa: S311  the dice of a test
        client.close()


def test_no_call_tells_anybody_a_word_of_a_case_that_is_not_his(county: County) -> None:
    seen: Counter[tuple[str, str]] = Counter()
    words = 0
    for number in range(CALLS):
        county.act()
        laptop, name, case = county.dice.choice(county.laptops), county.dice.choice(_NAMES), county.dice.choice(CASES)
        caller, token = _token(county, laptop, number)
        barred = caller is not None and caller.device in county.oracle.barred
        permitted = county.oracle.seen(caller.user) if caller is not None and not barred else set()
        asked = county.number()
        answer = laptop.raw(name, _body(county, laptop, name, case, asked), token=token)
        told = probes_in(_unfolded(answer))
        assert told <= permitted, f"call {number}, {name} of {case} by {laptop.user}"
        words += len(told)
        seen[name, _kind_of(caller, case, permitted)] += 1
        if caller is None:
            assert answer.status_code == 401
        elif name in ("push", "blob_put"):
            _hands_in(county, laptop, caller, name, case, asked, answer)
        else:
            # A barred laptop may still hand in, and so may ask how much of an attachment has arrived.
            shut_out = barred and name != "blob_have"
            assert shut_out == (answer.status_code == 403 and _code(answer) == refusals.BARRED)
            if not barred:
                _is_told_all(county, name, case, asked, permitted, answer)
    assert words > CALLS / 2
    assert all(seen[name, kind] for name in set(_NAMES) for kind in (_PERMITTED, _REFUSED, _STRANGER)), seen


def _hands_in(
    county: County, laptop: Laptop, caller: Laptop, name: str, case: str, number: int, answer: httpx.Response
) -> None:
    """What may be written is what may be seen, and a case that nobody has seen yet; a barred laptop may hand in too."""
    oracle = county.oracle
    if name == "blob_put":
        assert (answer.status_code == 200) == (oracle.sees(caller.user, case) or (caller.user, case) in oracle.once)
        if answer.status_code == 200:
            content = probe(case, number).encode()
            county.attached[case] = (sha256(content).hexdigest(), content)
        return
    may = laptop.user == caller.user and (case not in oracle.owner or oracle.sees(caller.user, case))
    refused = from_bytes(answer.content, messages.PushAnswer).refused
    assert bool(refused) != may, (laptop.user, caller.user, case, refused)
    if may:
        if case not in oracle.owner:
            oracle.owner[case] = caller.user
            oracle.people_on[case].add(caller.user)
        county.written[case].append(f"{laptop.device}-{number:06}")


def _is_told_all(
    county: County, name: str, case: str, number: int, permitted: set[str], answer: httpx.Response
) -> None:
    """Silence would leak nothing too: whoever may see a case is told all of it."""
    match name:
        case "pull":
            columns = from_bytes(answer.content, messages.PullAnswer).columns
            _are_these(county, permitted, from_columns(columns) if columns else [])
        case "snapshot" if number % 2 == 0 or case in permitted:
            messages_ = list(from_frames(io.BytesIO(answer.content)))
            found = [one for plain in messages_[1:] for one in from_columns(decode(plain, dict[str, Any]))]
            _are_these(county, {case} if number % 2 else permitted, found)
        case "check":
            marks = from_bytes(answer.content, messages.CheckAnswer).cases
            wanted = permitted & {case} if number % 2 else permitted
            assert {one: count for one, (count, _) in marks.items() if one} == {
                one: len(county.written[one]) for one in wanted
            }
        case "blob_get" if case in permitted and case in county.attached:
            assert from_bytes(answer.content, messages.BlobChunk).chunk == county.attached[case][1]
        case "blob_have" | "blob_get" | "looked" | "snapshot" if case not in permitted:
            assert answer.status_code in (403, 404) or not probes_in(_unfolded(answer))
        case _:
            assert answer.status_code in (200, 404)


def _are_these(county: County, cases: set[str], found: list[Packed]) -> None:
    assert sorted(one.id for one in found) == sorted(id_ for case in cases for id_ in county.written[case])


def _unfolded(answer: httpx.Response) -> bytes:
    """All that an answer says, with its heads: as it came, and unfolded."""
    try:
        plain = unfold(answer.content)
    except Unreadable:
        plain = b""
    return answer.content + plain + repr(answer.headers.raw).encode()


def _code(answer: httpx.Response) -> str:
    return from_bytes(answer.content, messages.Trouble).code


def _kind_of(caller: Laptop | None, case: str, permitted: set[str]) -> str:
    if caller is None:
        return _STRANGER
    return _PERMITTED if case in permitted else _REFUSED


def _token(county: County, laptop: Laptop, number: int) -> tuple[Laptop | None, str]:
    """Mostly the laptop's own token; else none, a forged one, or that of somebody else, whose eyes it then has."""
    match number % 10:
        case 7:
            return None, ""
        case 8:
            return None, f"{laptop.token[:-8]}AAAAAAAA"
        case 9:
            other = county.dice.choice(county.laptops)
            return other, other.token
        case _:
            return laptop, laptop.token


def _body(county: County, laptop: Laptop, name: str, case: str, number: int) -> bytes:
    blob = county.attached.get(case, ("0" * 64, b""))[0]
    content = probe(case, number).encode()
    match name:
        case "push":
            facts = {"id": f"{laptop.device}-{number:06}", "record": f"{case}/{number}"}
            written = laptop.revision(case, b'{"text":"%s"}' % content, **facts)
            # Far in the feed: nothing is forgiven for not having heard of a withdrawal.
            return to_bytes(push_of(written, cursor=Cursor("", 2**40, "")))
        case "pull":
            return to_bytes(messages.Pull(cursor=Cursor("", 0, "")))
        case "snapshot":
            return to_bytes(messages.SnapshotWish(cases=(case,) if number % 2 else ()))
        case "check":
            return to_bytes(messages.Check(cases=(case,) if number % 2 else ()))
        case "looked":
            return to_bytes(messages.Looked(case=case))
        case "blob_put":
            digest = sha256(content).hexdigest()
            return to_bytes(messages.BlobPut(case=case, blob=digest, offset=0, size=len(content), chunk=content))
        case "blob_have":
            return to_bytes(messages.BlobHave(case=case, blobs=(blob,)))
        case _:
            return to_bytes(messages.BlobGet(case=case, blob=blob, offset=0))
