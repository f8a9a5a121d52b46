"""A real office for the real windows: PostgreSQL by our launcher, and the hub before it in a process of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from send_desk.domain.ids import Role
from send_desk.hub import chain
from send_desk.hub.certificates import make_certificates
from send_desk.hub.office import Administration
from send_desk.hub.passwords import hashed
from send_desk.hub.postgres import Server

AUTHORITY = "999"
PASSWORD = "four slow otters"
_HUB = "import sys; from send_desk.__main__ import hub; sys.exit(hub())"
_PATIENCE = 120


@dataclass
class RealHub:
    """`send-desk-hub serve` by TLS, with a certificate of its own making, and its administrator's commands."""

    folder: Path
    server: Server
    url: str = ""
    _process: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def ca(self) -> Path:
        """The certificate that laptops must be given."""
        return self.folder / "ca.pem"

    def set_up(self, people: Mapping[str, Role]) -> None:
        """Make the tables and let these people in, by one password."""
        self.server.start()
        make_certificates(self.folder, now=datetime.now(UTC))
        chain.upgrade(self.server.url())
        with Administration(self.server.url(), authority=AUTHORITY) as office:
            office.init(AUTHORITY, "Harrowdale")
            for name, role in people.items():
                office.add_user(name, name, role, hashed(PASSWORD))

    def do(self, *words: str) -> Any:
        """Do a command as the administrator would, and return what it answered."""
        done = subprocess.run(
            [*_command(), *words, "--database", self.server.url(), "--json"],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout or "null")

    def start(self) -> None:
        """Answer laptops, at the same address as before."""
        where = self.url.removeprefix("https://") or "127.0.0.1:0"
        files = ("--cert", str(self.folder / "hub.pem"), "--key", str(self.folder / "hub-key.pem"))
        self._process = subprocess.Popen(
            [*_command(), "serve", "--database", self.server.url(), "--json", "--listen", where, *files],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the hub did not start"
        self.url = json.loads(line)["listening"]

    def stop(self) -> None:
        """Answer nobody any more: the laptops are offline."""
        if self._process is not None:
            self.wake()
            self._process.terminate()
            self._process.communicate(timeout=_PATIENCE)
            self._process = None

    def fall_silent(self) -> None:
        """Take calls, and answer none of them until `wake`."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        """Answer again."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        """End all of it."""
        self.stop()
        self.server.stop()


def _command() -> list[str]:
    return [sys.executable, "-P", "-c", _HUB]
