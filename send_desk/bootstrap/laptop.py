"""The laptop as the commands see it: the real files, store, paper and window behind `cli.world.World`."""

from __future__ import annotations

import platform
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from send_desk import __version__, paths
from send_desk.domain.errors import Cannot, KnownError, Refused
from send_desk.services import reading
from send_desk.services.desk import Desk
from send_desk.services.ports import User

from .clock import FreshIds, SystemClock
from .files import read_file, write_file
from .law import read_frameworks, read_word_lists
from .passphrase import ask, ask_new

if TYPE_CHECKING:
    from send_desk.cli.world import Drawn, Printing
    from send_desk.domain.case import Case
    from send_desk.domain.checks.lists import CheckLists
    from send_desk.domain.ids import Role
    from send_desk.domain.rulebook import RuleBook
    from send_desk.services.advice import Paper
    from send_desk.services.importing import Layout
    from send_desk.services.tables import Table
    from send_desk.storage.home import OpenHome
    from send_desk.sync.client import HttpDoor, HttpOffice


@dataclass(frozen=True)
class Laptop:
    """Built once from the arguments of a command; adapters are imported when they are first needed."""

    arguments: Namespace

    @property
    def home(self) -> Path:
        """The folder of the home."""
        return Path(self.arguments.home) if self.arguments.home else paths.default_home()

    @cached_property
    def clock(self) -> SystemClock:
        """The clock, on the day asked for."""
        return SystemClock(self.arguments.today)

    @cached_property
    def _books(self) -> Mapping[str, RuleBook]:
        return read_frameworks(paths.resources())

    @cached_property
    def _lists(self) -> CheckLists:
        return read_word_lists(paths.resources())

    def today(self) -> date:
        """Return the day the commands work on."""
        return self.clock.today()

    def ids(self) -> FreshIds:
        """Return new ids."""
        return FreshIds()

    def rulebooks(self) -> Mapping[str, RuleBook]:
        """Return the law by framework id."""
        return self._books

    def lists(self) -> CheckLists:
        """Return the word lists of the checks."""
        return self._lists

    @contextmanager
    def desk(self, *, writing: bool, lapsed: bool = False) -> Iterator[Desk]:
        """Unlock the home for the length of a block; with `lapsed` even where the office must be asked first."""
        from send_desk.services.leasing import must_sign_in, note_now

        with self._opened(writing=writing) as opened:
            desk = self.desk_of(opened)
            if not lapsed:
                must_sign_in(desk)
            if writing:
                note_now(desk)
            yield desk

    def door(self) -> HttpDoor:
        """Return how the home presents itself to a hub."""
        from .to_office import door

        return door()

    def office(self, desk: Desk) -> HttpOffice:
        """Return the office of an enrolled home; to be closed in the end, and good for many syncs until then."""
        from .to_office import office

        return office(desk, self.clock)

    def password(self, file: Path | None) -> str:
        """Return the password at the office: from a file, or typed."""
        return ask(file, what="Password at the office")

    def machine(self) -> str:
        """Return what this machine is called among those who look after it."""
        return platform.node()

    def version(self) -> str:
        """Return the version of this program."""
        return __version__

    def desk_of(self, opened: OpenHome) -> Desk:
        """Return the desk of an open home."""
        return Desk(
            store=opened.store,
            user=opened.user,
            device=opened.device,
            rulebooks=self._books,
            lists=self._lists,
            clock=self.clock,
            ids=FreshIds(),
            authority_name=opened.authority_name,
        )

    def init(self, *, authority: str, user: str, role: Role, recovery_key: Path | None) -> Mapping[str, object]:
        """Make a home with a local user; return what was made."""
        public = read_file(recovery_key) if recovery_key else None
        secret = ask_new(self.arguments.passphrase_file)
        made = self.make_home(secret, authority=authority, user=user, role=role, recovery_key=public)
        made.close()
        return {
            "home": str(self.home),
            "user": {"id": made.user.id, "name": user, "role": str(role)},
            "authority": authority,
            "recovery_key": public is not None,
        }

    def make_home(
        self,
        secret: str,
        *,
        authority: str,
        user: str,
        role: Role,
        authority_name: str = "",
        recovery_key: bytes | None = None,
    ) -> OpenHome:
        """Make a home and leave it open."""
        from send_desk.storage.home import create_home

        ids = FreshIds()
        return create_home(
            self.home,
            secret,
            user=User(ids.record(), user, role, authority),
            authority_name=authority_name,
            device=ids.record(),
            recovery_public_key=recovery_key,
            now=self.clock.now(),
        )

    def recover(self, private_key: Path) -> None:
        """Give the home a new passphrase by the authority's recovery key."""
        from send_desk.storage.home import recover_home

        recover_home(self.home, read_file(private_key), ask_new(self.arguments.passphrase_file))

    def change_passphrase(self) -> None:
        """Ask for a new passphrase and let it open the home from now on."""
        from send_desk.storage.home import change_passphrase

        change_passphrase(self.home, ask(self.arguments.passphrase_file), ask_new(None))

    def backup(self, to: Path | None) -> Path:
        """Write an encrypted backup; return where it is."""
        with self._opened(writing=False) as opened:
            return opened.backup(self.clock.now(), to=to)

    def restore(self, source: Path) -> Path:
        """Replace the store by a backup; return the folder where the replaced one is kept."""
        from send_desk.storage.home import restore_home

        secret = ask(self.arguments.passphrase_file)
        self._ask_for_what_waits(secret)
        opened = restore_home(self.home, secret, source.absolute(), now=self.clock.now())
        try:
            reading.summarise_all(self.desk_of(opened))
        finally:
            opened.close()
        return self.home / "backups"

    def rebuild(self) -> int:
        """Compute every projection anew from the log; return the number of records."""
        with self._opened(writing=True) as opened:
            count = opened.store.rebuild()
            reading.summarise_all(self.desk_of(opened))
            return count

    def doctor(self) -> Mapping[str, object]:
        """Return the state of the home and the machine, without personal data."""
        from send_desk.storage.doctor import examine

        machine = {
            "schema": "send-desk/doctor-1",
            "version": __version__,
            "python": platform.python_version(),
            "system": platform.system(),
            "law_checked_to": {name: book.checked_to.isoformat() for name, book in self._books.items()},
        }
        with self._opened(writing=False) as opened:
            return {**machine, **examine(opened)}

    def paper(self, path: Path) -> tuple[Paper, str]:
        """Read a file and its text; return it with a remark where its text could not be read."""
        from send_desk.readers.child import read_text
        from send_desk.services.advice import Paper

        content = read_file(path)
        text = read_text(content, path.name)
        return Paper(path.name, content, text.pages), text.problem

    def tables(self, files: Sequence[Path]) -> Sequence[Table]:
        """Read the tables of CSV and XLSX files."""
        from send_desk.readers.tables import read_tables

        return [table for path in files for table in read_tables(read_file(path), path.name)]

    def layouts(self) -> Sequence[Layout]:
        """Return the layouts of lists that councils have."""
        from send_desk.services.importing import layout_from

        files = sorted((paths.resources() / "import").glob("*.toml"))
        return [layout_from(path.read_text(encoding="utf-8")) for path in files]

    def draw(self, desk: Desk, case: Case, printing: Printing) -> Drawn:
        """Make a rendering of a case."""
        from .paper import press_of

        press = press_of(desk.store, paths.resources(), desk.user.name)
        return press.draw(case, desk.book(case), desk.today, printing)

    def read(self, path: Path) -> bytes:
        """Return a file's bytes; what is wrong with it is said in words."""
        return read_file(path)

    def write(self, path: Path, content: bytes) -> None:
        """Write a file whole or not at all."""
        write_file(path, content)

    def window(self) -> int:
        """Open the window; return the exit status."""
        from .display import has_display
        from .window import open_window

        if not has_display():
            raise Cannot("There is no display here to open the window on. The commands work without one: --help.")

        return open_window(self)

    def demo(self, *, headless: bool, manager: bool) -> Mapping[str, object] | int:
        """Make the fictional county's home and open the window on it, or draft one of its cases without a window."""
        from .demo import demo

        return demo(self, headless=headless, manager=manager)

    def _ask_for_what_waits(self, secret: str) -> None:
        from send_desk.storage.home import open_home

        try:
            opened = open_home(self.home, secret, now=self.clock.now(), read_only=True)
        except KnownError:
            return  # what cannot be opened cannot be asked; the restore itself says what is wrong with it
        try:
            stake = opened.store.sync.at_stake() if opened.store.sync.enrolment() else 0
        finally:
            opened.close()
        if stake:
            raise Refused(
                f"{stake} changes are not in the office copy yet, and this backup may not hold them. Nothing was "
                "changed. Send them first: send-desk sync. Or write them to a file: send-desk tray --out FILE"
            )

    @contextmanager
    def _opened(self, *, writing: bool) -> Iterator[OpenHome]:
        from send_desk.storage.home import open_home

        secret = ask(self.arguments.passphrase_file)
        opened = open_home(self.home, secret, now=self.clock.now(), read_only=not writing)
        try:
            yield opened
        finally:
            opened.close()
