"""Anki's own server and client on the work that our budgets name, run by the Python of an environment that has it.

Prints one JSON line for each piece of work: bytes each way, turns, milliseconds. It keeps the latest state only, so its
figures stand for less than a log of revisions carries.
"""

import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from anki.collection import Collection
from counting import counting
from prose import edited, sentence_of

_EDITS = 200
_SIZE = 700


def main() -> int:
    """Serve, sync two collections through the counting door, and say what each piece of work cost."""
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "anki.syncserver"],
            env={
                **os.environ,
                "SYNC_USER1": "ava:three-quiet-herons",
                "SYNC_HOST": "127.0.0.1",
                "SYNC_PORT": str(port),
                "SYNC_BASE": folder + "/server",
                "RUST_LOG": "error",
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(port)
            with counting(("127.0.0.1", port)) as (door, count):
                _work(Path(folder), f"http://127.0.0.1:{door}/", count)
        finally:
            server.terminate()
            server.wait()
    return 0


def _work(folder, address, count):
    one, two = Collection(str(folder / "one.anki2")), Collection(str(folder / "two.anki2"))
    signed = [each.sync_login("ava", "three-quiet-herons", address) for each in (one, two)]
    rng = random.Random(2014)
    notes = [_note(one, sentence_of(_SIZE, rng)) for _ in range(_EDITS)]
    one.full_upload_or_download(auth=signed[0], server_usn=None, upload=True)
    two.full_upload_or_download(auth=signed[1], server_usn=None, upload=False)
    for each, auth in (*zip((one, two), signed, strict=True), (one, signed[0])):
        each.sync_collection(auth, sync_media=False)
    count.taken()
    _say("empty sync", count, lambda: one.sync_collection(signed[0], sync_media=False))
    for note in notes:
        note["Back"] = edited(note["Back"], rng)
        one.update_note(note)
    _say(f"push {_EDITS}", count, lambda: one.sync_collection(signed[0], sync_media=False))
    _say(f"pull {_EDITS}", count, lambda: two.sync_collection(signed[1], sync_media=False))
    one.close()
    two.close()


def _note(collection, words):
    note = collection.new_note(collection.models.by_name("Basic"))
    note["Front"], note["Back"] = words[:40], words
    collection.add_note(note, 1)
    return note


def _say(what, count, work):
    began = time.perf_counter()
    work()
    print(
        json.dumps(
            {"peer": "anki", "work": what, "ms": round((time.perf_counter() - began) * 1000, 1), **count.taken()}
        )
    )


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def _wait(port):
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("Anki's server did not answer.")


if __name__ == "__main__":
    sys.exit(main())
