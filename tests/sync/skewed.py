"""Other versions of desk and hub, as they show on the wire: what a newer one says more, what an older one leaves out.

A newer hub tells a field more in every message, an event of a kind that is not known, and shows what newer desks say of
a revision as columns of their own. An older desk sends no `schema`, no cursor, and no reads.
"""

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import msgspec

from send_desk.wire.frames import from_frames, to_bytes, to_frames, unfold

Message = dict[str, Any]


def changed(body: bytes, change: Callable[[Message], Message]) -> bytes:
    """Return a message with a change made to it."""
    return to_bytes(change(msgspec.msgpack.decode(unfold(body))))


def of_newer_hub(message: Message) -> Message:
    """Return an answer as a newer hub gives it."""
    told = {**message, "mood": {"of": "the hub", "steps": [1, 2]}}
    if message.get("columns"):
        told["columns"] = newer_columns(message["columns"])
    if "cursor" in message and "columns" in message:
        event = {"kind": "lunar", "id": "e-moon", "position": 1, "phase": "full"}
        told["events"] = [*message.get("events", ()), event]
    return told


def newer_columns(columns: Message) -> Message:
    """Return columns in which what newer desks say stands in columns of its own, beside one that nobody fills."""
    told = {name: values for name, values in columns.items() if name != "extra"}
    for place, extra in columns.get("extra", {}).items():
        for name, value in msgspec.json.decode(extra).items():
            told.setdefault(name, {})[place] = value
    return {**told, "phase": [None] * columns["n"]} if columns.get("n") else told


def of_newer_hub_in_pieces(source: BinaryIO) -> Iterator[bytes]:
    """Return a snapshot as a newer hub streams it."""

    def messages() -> Iterator[object]:
        for number, plain in enumerate(from_frames(source)):
            message = msgspec.msgpack.decode(plain)
            yield newer_columns(message) if number else {**message, "mood": "fine"}

    return to_frames(messages())


def of_older_desk(message: Message) -> Message:
    """Return a call as an older desk makes it: a column fewer, and of a push only what was there from the beginning."""
    if "columns" not in message:
        return message
    columns = {name: values for name, values in message["columns"].items() if name != "schema"}
    return {"columns": columns, "count": message["count"], "digest": message["digest"]}
