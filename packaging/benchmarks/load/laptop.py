"""A laptop as the hub sees it: the calls of `wire.messages`, without a desk behind them."""

import random
import uuid
from dataclasses import dataclass, field
from time import perf_counter
from typing import TypeVar

import httpx
import uuid_utils
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from prose import sentence_of

from send_desk.wire import frames
from send_desk.wire.columns import from_columns, to_columns
from send_desk.wire.messages import MEDIA, TOKEN, Cursor, Enrol, Pull, PullAnswer, Push, PushAnswer, Session
from send_desk.wire.packed import Packed, mark_of_all

T = TypeVar("T")


@dataclass
class Laptop:
    """One enrolled laptop: what it has been told is in the office copy, and what it has got."""

    name: str
    client: httpx.AsyncClient
    rng: random.Random
    authority: str
    author: str = field(default_factory=lambda: str(uuid.uuid4()))
    device: str = field(default_factory=lambda: str(uuid.uuid4()))
    token: str = ""
    cursor: Cursor = field(default_factory=lambda: Cursor(""))
    cases: list[str] = field(default_factory=list)
    heads: dict[str, str] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    got: set[str] = field(default_factory=set)
    spent: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    _given: list[tuple[int, int]] = field(default_factory=list)

    async def enrol(self, password: str) -> None:
        """Present itself."""
        key = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
        wish = Enrol(
            user=self.name,
            password=password,
            device=self.device,
            public_key=key,
            author=self.author,
            authority=self.authority,
            machine="load",
        )
        session = await self._call("enrol", wish, Session)
        self.token = session.token
        self.cursor = Cursor(session.feed)

    async def open_cases(self, cases: list[str]) -> None:
        """Bring cases that the hub has never seen."""
        self.cases = cases
        await self._send([self._revision(case) for case in cases])

    async def push(self, count: int) -> None:
        """Send `count` revisions of its own cases."""
        await self._send([self._revision(self.rng.choice(self.cases)) for _ in range(count)])

    async def _send(self, rows: list[Packed]) -> None:
        mark = mark_of_all(rows)
        wish = Push(columns=to_columns(rows), count=mark.count, digest=mark.digest, cursor=self.cursor)
        answer = await self._call("push", wish, PushAnswer)
        if answer.refused:
            self.errors.append(f"push: {answer.refused[0].code}")
        refused = {one.revision for one in answer.refused}
        self.acknowledged |= {one.id for one in rows} - refused
        self._given += answer.given

    async def pull(self) -> None:
        """Take what is new, page by page."""
        more = True
        while more:
            wish = Pull(cursor=self.cursor, have=tuple(self._given))
            answer = await self._call("pull", wish, PullAnswer)
            self.got |= {one.id for one in from_columns(answer.columns)}
            self.cursor, more = answer.cursor, answer.more
            if answer.resync:
                self.errors.append("pull: resync")
                return
        self._given = [each for each in self._given if each[1] > self.cursor.position]

    def _revision(self, case: str) -> Packed:
        record = f"{case}/entry-{self.rng.randrange(60)}"
        id_ = str(uuid_utils.uuid7())
        parent = self.heads.get(record)
        self.heads[record] = id_
        body = b'{"text":"' + sentence_of(700, self.rng).encode() + b'"}'
        at = "2026-03-03T09:00:00+00:00"
        parents = (parent,) if parent else ()
        return Packed(id_, record, "entry", case, self.authority, parents, self.author, self.device, at, 1, body)

    async def _call(self, name: str, wish: object, kind: type[T]) -> T:
        headers = {"content-type": MEDIA, **({"authorization": f"Bearer {self.token}"} if self.token else {})}
        began = perf_counter()
        answer = await self.client.post(f"/v1/{name}", content=frames.to_bytes(wish), headers=headers)
        self.spent.setdefault(name, []).append((perf_counter() - began) * 1000)
        if answer.status_code != httpx.codes.OK:
            self.errors.append(f"{name}: {answer.status_code}")
            raise RuntimeError(f"{name} answered {answer.status_code}: {frames.unfold(answer.content)!r}")
        self.token = answer.headers.get(TOKEN, self.token)
        return frames.from_bytes(answer.content, kind)
