"""Who is let in and who is not: every call, without a token and with every kind of wrong one."""

import base64
import io
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from send_desk.domain.ids import Role
from send_desk.hub.central import Away
from send_desk.hub.passwords import hashed
from send_desk.hub.tokens import BadToken, Tokens
from send_desk.wire import messages, refusals
from send_desk.wire.frames import Unreadable, from_bytes, from_frames, to_bytes
from send_desk.wire.messages import Cursor, Session

from .laptop import PASSWORD, Laptop, push_of, trouble
from .office import CHEAP, CountingHasher, Office

DIGEST = "0" * 64
CALLS: dict[str, object] = {
    "push": push_of(),
    "pull": messages.Pull(cursor=Cursor("feed-1")),
    "check": messages.Check(),
    "snapshot": messages.SnapshotWish(),
    "looked": messages.Looked(case="case-1"),
    "blob_have": messages.BlobHave(case="case-1", blobs=()),
    "blob_put": messages.BlobPut(case="case-1", blob=DIGEST, offset=0, size=10, chunk=b"12345"),
    "blob_get": messages.BlobGet(case="case-1", blob=DIGEST),
}
HANDS_IN = ("push", "blob_have", "blob_put")


@pytest.fixture
def hub() -> Iterator[Office]:
    made = Office()
    yield made
    made.client.close()


@pytest.fixture
def jo(hub: Office) -> Laptop:
    laptop = hub.laptop("Jo Marsh")
    laptop.enrol()
    laptop.push(laptop.revision("case-1"))
    return laptop


def unsigned(claims: dict[str, object]) -> str:
    def part(told: dict[str, object]) -> str:
        return base64.urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(claims)}."


def wrong_tokens(hub: Office, jo: Laptop) -> dict[str, str]:
    key = hub.central.key("token")
    claims = jwt.decode(
        jo.token, key, ["HS256"], options={"verify_exp": False, "verify_aud": False, "verify_iat": False}
    )
    sam = hub.laptop("Sam Field")
    sam.enrol()

    def signed(secret: bytes = key, algorithm: str = "HS256", **changed: object) -> str:
        told = {name: value for name, value in {**claims, **changed}.items() if value is not None}
        return jwt.encode(told, secret, algorithm)

    now = int(hub.clock.now().timestamp())
    public = jo.key.public_key().public_bytes_raw()
    return {
        "nothing": "",
        "no token at all": "x",
        "half a token": jo.token[: len(jo.token) // 2],
        "one letter changed": jo.token[:-1] + ("A" if jo.token[-1] != "A" else "B"),
        "expired": signed(exp=now - 1, iat=now - 900),
        "ends now": signed(exp=now),
        "from the future": signed(iat=now + 600, exp=now + 1200),
        "too long a life": signed(exp=now + 86400),
        "forged": signed(secret=b"another key of thirty-two bytes!"),
        "forged with the laptop's public key": signed(secret=public),
        "none algorithm": unsigned(claims),
        "another algorithm": signed(secret=key * 2, algorithm="HS512"),
        "the laptop's own signature": jwt.encode(claims, jo.key, "EdDSA"),
        "another audience": signed(aud="send-desk-hub"),
        "two audiences": signed(aud=["send-desk", "other"]),
        "another issuer": signed(iss="someone"),
        "without an end": signed(exp=None),
        "without an audience": signed(aud=None),
        "without an id": signed(jti=None),
        "an end that is no number": signed(exp="never"),
        "an end beyond all time": signed(exp=2**62),
        "another's account on this laptop": signed(sub=hub.account("Sam Field")),
        "another's laptop": signed(dev=sam.device),
        "another authority": signed(aut="998"),
        "a laptop that never enrolled": signed(dev=str(uuid4())),
        "an assertion in place of a token": jo.assertion(),
        "longer than any": "A" * 100_000,
    }


@pytest.mark.parametrize("name", CALLS)
def test_no_call_is_answered_without_its_own_good_token(hub: Office, jo: Laptop, name: str) -> None:
    body = to_bytes(CALLS[name])
    for kind, token in wrong_tokens(hub, jo).items():
        answer = jo.raw(name, body, token=token)
        assert (answer.status_code, trouble(answer).code) == (401, refusals.SIGN_IN), kind
        assert "desk-lease" not in answer.headers
    answer = jo.raw(name, body)
    assert answer.status_code != 401


@pytest.mark.parametrize("scheme", ["Basic", "Token", ""])
def test_only_a_bearer_token_counts(hub: Office, jo: Laptop, scheme: str) -> None:
    answer = jo.raw("check", to_bytes(messages.Check()), token="", authorization=f"{scheme} {jo.token}".strip())
    assert answer.status_code == 401


@pytest.mark.parametrize("name", CALLS)
def test_a_barred_laptop_hands_in_and_reads_nothing(hub: Office, jo: Laptop, name: str) -> None:
    hub.central.bar(jo.device)
    answer = jo.raw(name, to_bytes(CALLS[name]))
    assert answer.headers["desk-orders"] == "wipe"
    if name in HANDS_IN:
        assert answer.status_code == 200, trouble(answer)
    else:
        assert (answer.status_code, trouble(answer).code) == (403, refusals.BARRED)


def test_a_barred_laptop_still_gets_a_token_to_hand_in_but_no_lease(hub: Office, jo: Laptop) -> None:
    hub.central.bar(jo.device)
    answer = jo.renew()
    assert answer.status_code == 200
    assert answer.headers["desk-orders"] == "wipe"
    assert from_bytes(answer.content, Session).lease_until == hub.clock.now().isoformat()
    assert jo.push(jo.revision("case-1")).refused == ()
    hub.clock.pass_(minutes=12)
    assert "desk-token" not in jo.raw("push", to_bytes(push_of())).headers
    assert jo.enrol().status_code == 403


def test_another_person_cannot_enrol_on_an_enrolled_laptop(hub: Office, jo: Laptop) -> None:
    thief = hub.laptop("Sam Field", device=jo.device)
    answer = thief.enrol()
    assert (answer.status_code, trouble(answer).code) == (403, refusals.WRONG_DEVICE)
    assert jo.renew().status_code == 200


def test_nobody_takes_the_id_that_another_writes_under(hub: Office, jo: Laptop) -> None:
    answer = hub.laptop("Sam Field", author=jo.author).enrol()
    assert (answer.status_code, trouble(answer).code) == (403, refusals.WRONG_AUTHOR)


@pytest.mark.parametrize("key", [b"", b"short", b"x" * 33])
def test_a_key_that_is_none_is_refused(hub: Office, key: bytes) -> None:
    laptop = hub.laptop("Jo Marsh")
    wish = messages.Enrol(user=laptop.user, password=PASSWORD, device="d", public_key=key, author="a", authority="999")
    answer = laptop.raw("enrol", to_bytes(wish))
    assert (answer.status_code, trouble(answer).code) == (400, refusals.BAD_CALL)


# --- passwords -------------------------------------------------------------------------------------------------------


def test_five_wrong_passwords_lock_the_account_and_twice_as_long_the_next_time(hub: Office) -> None:
    laptop = hub.laptop("Jo Marsh")
    codes = [trouble(laptop.enrol("wrong")).code for _ in range(5)]
    assert codes == [refusals.WRONG_PASSWORD] * 4 + [refusals.LOCKED_OUT]
    answer = laptop.enrol()
    assert (answer.status_code, trouble(answer).code) == (429, refusals.LOCKED_OUT)
    assert "15 minutes" in trouble(answer).words
    hub.clock.pass_(minutes=15)
    for _ in range(5):
        answer = laptop.enrol("wrong")
    assert "30 minutes" in trouble(answer).words
    hub.clock.pass_(minutes=31)
    assert laptop.enrol().status_code == 200


def test_a_locked_out_person_keeps_working_on_an_enrolled_laptop(hub: Office, jo: Laptop) -> None:
    other = hub.laptop("Jo Marsh")
    for _ in range(6):
        other.enrol("wrong")
    assert jo.renew().status_code == 200
    assert jo.raw("check", to_bytes(messages.Check())).status_code == 200


@pytest.mark.parametrize("user", ["Nobody Here", "Jo Marsh"])
def test_an_unknown_name_costs_the_work_of_a_wrong_password(hub: Office, user: str) -> None:
    counting = CountingHasher()
    hub.with_hasher(counting)
    counting.verified.clear()
    answer = hub.laptop(user).enrol("wrong")
    assert (answer.status_code, trouble(answer).code) == (401, refusals.WRONG_PASSWORD)
    assert [kept.split("$")[3] for kept in counting.verified] == ["m=64,t=1,p=1"]


def test_the_same_password_typed_on_another_keyboard_is_the_same(hub: Office) -> None:
    hub.central.add_user("Zoë Hart", Role.CASEWORKER, password_hash=hashed("caf\u00e9 au lait", CHEAP))
    assert hub.laptop("Zoë Hart").enrol("cafe\u0301 au lait").status_code == 200


@pytest.mark.parametrize("password", ["", "x" * 60_000, "\ud7ff", "\0"])
def test_odd_passwords_are_only_wrong(hub: Office, password: str) -> None:
    assert trouble(hub.laptop("Jo Marsh").enrol(password)).code == refusals.WRONG_PASSWORD


# --- the laptop's own signature --------------------------------------------------------------------------------------


def test_an_assertion_is_good_once(hub: Office, jo: Laptop) -> None:
    said = jo.assertion()
    assert jo.renew(said).status_code == 200
    answer = jo.renew(said)
    assert (answer.status_code, trouble(answer).code) == (401, refusals.SIGN_IN)


def test_an_assertion_that_got_no_token_may_be_sent_again(
    hub: Office, jo: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise Away

    said = jo.assertion()
    with monkeypatch.context() as patch:
        patch.setattr(hub.central, "renewed", away)
        assert jo.renew(said).status_code == 503
    assert jo.renew(said).status_code == 200


def test_assertions_are_of_these_minutes_and_of_this_laptop(hub: Office, jo: Laptop) -> None:
    now = int(hub.clock.now().timestamp())
    public = jo.key.public_key().public_bytes_raw()
    claims = {"aud": "send-desk-hub", "device": jo.device, "iat": now, "exp": now + 300, "jti": "1"}
    stranger = Ed25519PrivateKey.generate()
    bad: dict[str, str] = {
        "ended": jo.assertion(iat=now - 400, exp=now - 61),
        "of later": jo.assertion(iat=now + 61, exp=now + 300),
        "too long": jo.assertion(exp=now + 301),
        "backwards": jo.assertion(iat=now, exp=now - 1),
        "without an end": jo.assertion(exp=None),
        "without an id": jo.assertion(jti=None),
        "an id that is none": jo.assertion(jti=[1]),
        "for another": jo.assertion(aud="send-desk"),
        "another laptop": jo.assertion(device="nobody's"),
        "another key": jwt.encode(claims, stranger, "EdDSA"),
        "the public key as a secret": jwt.encode(claims, public, "HS256"),
        "none": unsigned(claims),
        "a token": jo.token,
        "nothing": "x",
        "too long a word": "A" * 50_000,
    }
    for kind, said in bad.items():
        answer = jo.renew(said)
        assert (answer.status_code, trouble(answer).code) == (401, refusals.SIGN_IN), kind
    for good in (jo.assertion(iat=now - 200, exp=now - 59), jo.assertion(iat=now + 59, exp=now + 300)):
        assert jo.renew(good).status_code == 200


def test_a_lapsed_laptop_is_asked_for_name_and_password_once(hub: Office, jo: Laptop) -> None:
    hub.clock.pass_(days=14)
    answer = jo.renew()
    assert (answer.status_code, trouble(answer).code) == (401, refusals.LAPSED)
    assert trouble(jo.renew(user="Jo Marsh", password="wrong")).code == refusals.WRONG_PASSWORD
    assert trouble(jo.renew(user="Sam Field", password=PASSWORD)).code == refusals.WRONG_DEVICE
    answer = jo.renew(user="Jo Marsh", password=PASSWORD)
    assert answer.headers["desk-lease"] == (hub.clock.now() + timedelta(days=14)).isoformat()
    assert jo.renew().status_code == 200


def test_a_token_near_its_end_is_renewed_on_the_way_and_the_lease_with_it(hub: Office, jo: Laptop) -> None:
    hub.clock.pass_(minutes=9)
    body = to_bytes(messages.Check())
    assert "desk-token" not in jo.raw("check", body).headers
    hub.clock.pass_(minutes=2)
    answer = jo.raw("check", body)
    assert answer.headers["desk-lease"] == (hub.clock.now() + timedelta(days=14)).isoformat()
    hub.clock.pass_(minutes=5)
    assert jo.raw("check", body).status_code == 401
    assert jo.raw("check", body, token=answer.headers["desk-token"]).status_code == 200


def test_a_person_who_left_hands_in_and_reads_nothing(hub: Office, jo: Laptop) -> None:
    account = hub.account(jo.user)
    hub.central.books.members[account] = replace(hub.central.books.members[account], left=True)
    assert jo.raw("push", to_bytes(push_of(jo.revision("case-1")))).status_code == 200
    answer = jo.raw("check", to_bytes(messages.Check()))
    assert (answer.status_code, trouble(answer).code) == (403, refusals.BARRED)
    assert "desk-orders" not in answer.headers
    assert trouble(hub.laptop("Jo Marsh").enrol()).code == refusals.WRONG_PASSWORD


# --- what is said and what is not ------------------------------------------------------------------------------------


def test_the_log_knows_ids_and_no_names(hub: Office, jo: Laptop, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="send_desk.hub")
    jo.push(jo.revision("case-1", b'{"reference":"HD-001","child.surname":"Stone"}', kind="case"))
    jo.enrol("wrong")
    jo.raw("check", to_bytes(messages.Check()), token="")
    told = caplog.text
    assert f"call=push device={jo.device} status=200" in told
    assert "code=wrong-password" in told
    for word in ("Jo Marsh", "Stone", "HD-001", "wrong\n", jo.token):
        assert word not in told


@pytest.mark.parametrize(
    ("fault", "status", "code"), [(Away(), 503, "busy"), (RuntimeError("Amy Stone"), 500, "fault")]
)
def test_a_fault_is_told_in_words_without_a_traceback(
    hub: Office,
    jo: Laptop,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
    status: int,
    code: str,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(hub.central, "marks", fail)
    answer = jo.raw("check", to_bytes(messages.Check()))
    assert (answer.status_code, trouble(answer).code) == (status, code)
    assert "saved on this laptop" in trouble(answer).words
    assert "Stone" not in caplog.text
    assert "Traceback" not in caplog.text


def test_a_snapshot_that_fails_on_the_way_never_looks_whole(hub: Office, jo: Laptop) -> None:
    jo.push(*(jo.revision("case-1", b'{"text":"%s"}' % uuid4().hex.encode()) for place in range(9000)))
    hub.central.breaks_after = 5000
    answer = jo.raw("snapshot", to_bytes(messages.SnapshotWish()))
    with pytest.raises(Unreadable):
        list(from_frames(io.BytesIO(answer.content)))
    assert answer.status_code == 200
    assert hub.central.let_go == 1
    hub.central.breaks_after = None
    assert len(list(from_frames(io.BytesIO(jo.raw("snapshot", to_bytes(messages.SnapshotWish())).content)))) == 6


def test_tokens_of_one_key_are_nothing_under_another(hub: Office, jo: Laptop) -> None:
    with pytest.raises(BadToken):
        Tokens(b"y" * 32).read(jo.token, now=hub.clock.now())
