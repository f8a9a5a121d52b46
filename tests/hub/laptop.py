"""A laptop as the hub meets it: a key, a session, and calls over an ASGI client; nothing of the desk's own code."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import uuid4

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from send_desk.wire import messages
from send_desk.wire.columns import to_columns
from send_desk.wire.frames import from_bytes, to_bytes
from send_desk.wire.messages import Cursor, Enrol, Push, Session, TokenWish, Trouble
from send_desk.wire.packed import Packed, mark_of_all

T = TypeVar("T")
PASSWORD = "four slow otters"


@dataclass
class Laptop:
    """One device of one person; `client` is an httpx client whose base is the hub."""

    client: Any
    clock: Any
    user: str = "Jo Marsh"
    authority: str = "999"
    device: str = field(default_factory=lambda: str(uuid4()))
    author: str = field(default_factory=lambda: str(uuid4()))
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    token: str = ""
    count: int = 0

    def raw(self, name: str, body: bytes = b"", *, token: str | None = None, **headers: str) -> httpx.Response:
        told = {"content-type": messages.MEDIA, **headers}
        if token is None:
            token = self.token
        if token:
            told["authorization"] = f"Bearer {token}"
        answer: httpx.Response = self.client.post(f"/v1/{name}", content=body, headers=told)
        return answer

    def call(self, name: str, message: object, kind: type[T]) -> T:
        answer = self.raw(name, to_bytes(message))
        assert answer.status_code == 200, trouble(answer)
        return from_bytes(answer.content, kind)

    def enrol(self, password: str = PASSWORD) -> httpx.Response:
        answer = self.raw("enrol", to_bytes(self.wish(password)))
        if answer.status_code == 200:
            self.token = from_bytes(answer.content, Session).token
        return answer

    def wish(self, password: str = PASSWORD) -> Enrol:
        return Enrol(
            user=self.user,
            password=password,
            device=self.device,
            public_key=self.key.public_key().public_bytes_raw(),
            author=self.author,
            authority=self.authority,
            version="1.0",
        )

    def assertion(self, **claims: object) -> str:
        now: datetime = self.clock.now()
        told = {
            "aud": "send-desk-hub",
            "device": self.device,
            "iat": int(now.timestamp()),
            "exp": int((now + timedelta(minutes=5)).timestamp()),
            "jti": str(uuid4()),
            **claims,
        }
        return jwt.encode({name: value for name, value in told.items() if value is not None}, self.key, "EdDSA")

    def renew(self, assertion: str | None = None, **person: str) -> httpx.Response:
        answer = self.raw("token", to_bytes(TokenWish(assertion=assertion or self.assertion(), **person)), token="")
        if answer.status_code == 200:
            self.token = from_bytes(answer.content, Session).token
        return answer

    def revision(self, case: str, body: bytes = b'{"text":"words"}', **facts: Any) -> Packed:
        self.count += 1
        named: dict[str, Any] = {
            "id": f"{self.device}-{self.count:06}",
            "record": case if facts.get("kind") == "case" else f"{case}/{self.count}",
            "kind": "entry",
            "case": case,
            "authority": self.authority,
            "parents": (),
            "author": self.author,
            "device": self.device,
            "made_at": "2026-03-03T09:00:00+00:00",
            "schema": 1,
            "body": body,
        }
        return Packed(**{**named, **facts})

    def push(self, *revisions: Packed, **more: Any) -> messages.PushAnswer:
        return self.call("push", push_of(*revisions, **more), messages.PushAnswer)

    def pull(self, cursor: Cursor, **more: Any) -> messages.PullAnswer:
        return self.call("pull", messages.Pull(cursor=cursor, **more), messages.PullAnswer)


def push_of(*revisions: Packed, **more: Any) -> Push:
    mark = mark_of_all(revisions)
    return Push(columns=to_columns(revisions), count=mark.count, digest=mark.digest, **more)


def trouble(answer: httpx.Response) -> Trouble:
    return from_bytes(answer.content, Trouble)
