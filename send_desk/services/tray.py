"""The tray: what the office did not take, with the reason; it blocks nothing and never vanishes by itself."""

import msgspec

from send_desk.domain.errors import WrongUse

from .desk import Desk
from .sync_store import RefusedChange


def tray(desk: Desk) -> tuple[RefusedChange, ...]:
    """Return the changes that the office refused, oldest first."""
    return desk.store.sync.refused()


def try_again(desk: Desk, revision: str) -> None:
    """Let one refused change be sent again at the next sync; `WrongUse` where it is not in the tray."""
    if not desk.store.sync.try_again(revision):
        raise WrongUse(f"There is no change {revision} in the tray. Look at what is there: send-desk tray")


def export_tray(desk: Desk) -> bytes:
    """Return the whole tray, and what else waits, as one JSON document to keep or to send to somebody."""
    store = desk.store.sync
    waiting = store.waiting_changes()
    document = {
        "schema": "send-desk/tray-export-1",
        "authority": desk.user.authority,
        "user": {"id": desk.user.id, "name": desk.user.name},
        "refused": [_plain(one) for one in store.refused()],
        "waiting": [_plain(one) for one in waiting],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _plain(one: RefusedChange) -> dict[str, object]:
    return {
        "revision": one.revision,
        "case": one.case,
        "record": one.record,
        "kind": one.kind,
        "fields": one.fields,
        "made_at": one.made_at.isoformat(),
        "code": one.code,
        "reason": one.words,
    }
