"""A disk that is full: nothing saved before is lost, the message says what to do, and work goes on afterwards."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from send_desk.domain.errors import Cannot
from send_desk.domain.revision import Revision
from send_desk.services.ports import KeptText
from send_desk.storage.home import OpenHome
from send_desk.storage.keys import DataKey

Revise = Callable[..., Revision]
Open = Callable[[], OpenHome]

# The system refuses to let any file grow beyond a limit, as a full disk would, in the middle of real writing.
_WRITER = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from send_desk.domain.errors import Cannot
from send_desk.services.ports import KeptText
from send_desk.storage.home import open_home_with_key
from send_desk.storage.keys import DataKey

now = datetime(2026, 3, 3, tzinfo=UTC)
home = open_home_with_key(Path(sys.argv[1]), DataKey(bytes.fromhex(sys.stdin.readline().strip())), now=now)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = 400_000
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

def keep(number):
    with home.store.write() as unit:
        unit.keep(KeptText("case-1", "case-1/f1", f"field {number}", "word " * 2000, (), now))

saved = 0
try:
    while saved < 1000:
        keep(saved)
        saved += 1
    print("never full")
except Cannot as error:
    print(saved, error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert len(home.store.kept()) == saved
keep("after room was made")
print(len(home.store.kept()))
home.close()
"""


def test_a_full_disk_loses_nothing_and_the_store_stays_usable(with_case: OpenHome, reopen: Open, key: DataKey) -> None:
    with_case.close()
    told = subprocess.run(
        [sys.executable, "-c", _WRITER, str(with_case.path)],
        input=f"{key.raw.hex()}\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    first, after = told.stdout.splitlines()
    saved, words = first.split(" ", 1)
    # A limit comes back from SQLite as a failed write rather than as a full disk; both say what was kept.
    assert words.startswith("The disk did not read or write as it should. What was saved before is kept"), words
    assert int(after) == int(saved) + 1
    store = reopen().store
    assert len(store.kept()) == int(after)
    with store.reading() as driver:
        assert driver.execute("PRAGMA cipher_integrity_check").fetchall() == []


def test_a_file_that_may_not_grow_keeps_what_it_had(with_case: OpenHome, revise: Revise, now: datetime) -> None:
    store = with_case.store
    with store.reading() as driver:
        pages = driver.execute("PRAGMA page_count").fetchone()[0]
        driver.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(Cannot, match="disk is full"), store.write() as unit:
        unit.append([revise("case-1/f1", {"text": "before the disk was full"}, parents=("r000002",))])
        unit.keep(KeptText("case-1", "case-1/f1", "text", "much " * 50_000, (), now))
    assert store.kept() == ()
    assert len(store.history("case-1/f1")) == 1
    with store.reading() as driver:
        driver.execute("PRAGMA max_page_count = 1000000")
    with store.write() as unit:
        unit.keep(KeptText("case-1", "case-1/f1", "text", "much " * 50_000, (), now))
    assert len(store.kept()) == 1


def test_a_home_without_its_folder_of_backups_says_so_and_goes_on(with_case: OpenHome, now: datetime) -> None:
    nowhere = Path(str(with_case.path)) / "missing" / "copy.desk"
    with pytest.raises(Cannot, match="There is no folder"):
        with_case.backup(now, to=nowhere)
    assert with_case.store.find("EX/1") == ("case-1",)
