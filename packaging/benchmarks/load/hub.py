"""A real hub as a process of its own on a real PostgreSQL, both thrown away at the end."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from argon2 import PasswordHasher

from send_desk.hub import chain
from send_desk.hub.office import Administration
from send_desk.hub.postgres import Server

AUTHORITY = "999"
PASSWORD = "three quiet herons"
_ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Hub:
    """Where the hub and its database answer, and which process it is."""

    url: str
    database: str
    process: int

    def memory(self) -> int:
        """Return the megabytes that the hub holds in memory now."""
        return int(psutil.Process(self.process).memory_info().rss) // (1024 * 1024)

    def hashed(self) -> str:
        """Return what is kept of the password that all of them have."""
        return PasswordHasher().hash(PASSWORD)

    def users(self, count: int) -> list[str]:
        """Make so many caseworkers with one password; return their names."""
        hashed = self.hashed()
        names = [f"worker-{number}" for number in range(count)]
        with Administration(self.database) as office:
            for name in names:
                office.add_user(name, name, "caseworker", hashed)
        return names


@contextmanager
def running_hub() -> Iterator[Hub]:
    """Start PostgreSQL and one hub over loopback; yield it; stop both and leave nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="send-desk-load-"))
    folder.chmod(0o755)
    try:
        with Server(folder / "database", fsync=True) as server:
            url = server.url("postgres")
            chain.upgrade(url)
            with Administration(url) as office:
                office.init(AUTHORITY, "Harrowdale County Council")
            hub = subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    "from send_desk.__main__ import hub; raise SystemExit(hub())",
                    "serve",
                    "--database",
                    url,
                    "--listen",
                    "127.0.0.1:0",
                    "--plain-loopback",
                ],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                cwd=_ROOT,
                env={**os.environ, "PYTHONPATH": str(_ROOT)},
            )
            try:
                line = json.loads(hub.stdout.readline())
                yield Hub(line["listening"], url, hub.pid)
            finally:
                hub.terminate()
                hub.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
