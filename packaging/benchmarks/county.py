"""The fictional county as a home in a temporary folder, made once for all benchmarks of a run."""

import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from measure import Spent, once

from send_desk.bootstrap.demo import PASSPHRASE, fill_county
from send_desk.bootstrap.laptop import Laptop
from send_desk.domain.case import Case
from send_desk.domain.ids import Role
from send_desk.services import county as telling
from send_desk.services.desk import Desk
from send_desk.storage.home import OpenHome
from send_desk.storage.keys import DataKey

DAY = date(2026, 11, 18)
CASES = 300


@dataclass
class County:
    """A made county: its laptop, and its home opened and closed as a benchmark needs it."""

    folder: Path
    made: Spent = field(default_factory=lambda: Spent(0, 0))

    @property
    def home(self) -> Path:
        """The folder of the home."""
        return self.folder / "home"

    @property
    def compiled(self) -> Path:
        """Where the processes of a benchmark find their modules compiled."""
        return self.folder / "compiled"

    @cached_property
    def laptop(self) -> Laptop:
        """The laptop on the county's home, on a fixed day."""
        return Laptop(Namespace(home=self.home, passphrase_file=None, today=DAY, json=False))

    @cached_property
    def key(self) -> DataKey:
        """The data key of the home, for a start that leaves out the stretching of the passphrase."""
        from send_desk.storage.keys import open_by_passphrase

        return open_by_passphrase(self.home, PASSPHRASE)

    def make(self) -> None:
        """Fill the home, and remember how long that took."""
        self.made = once(self._make)

    def open(self) -> tuple[OpenHome, Desk]:
        """Open the home for writing."""
        from send_desk.storage.home import open_home_with_key

        opened = open_home_with_key(self.home, self.key, now=self.laptop.clock.now())
        return opened, self.laptop.desk_of(opened)

    def _make(self) -> None:
        made = self.laptop.make_home(
            PASSPHRASE,
            authority="999",
            user=telling.CASEWORKER,
            role=Role.CASEWORKER,
            authority_name="Harrowdale County Council",
        )
        for _ in fill_county(self.laptop.desk_of(made), cases=CASES):
            pass
        made.close()


@contextmanager
def county() -> Iterator[County]:
    """Make a county for the length of a block."""
    with tempfile.TemporaryDirectory(prefix="send-desk-bench-") as folder:
        made = County(Path(folder))
        made.make()
        yield made


def by_size(desk: Desk) -> list[Case]:
    """Return all cases, the one with the most entries first."""
    files = (desk.store.case_file(case) for case in desk.store.case_ids())
    return sorted((file.case for file in files if file), key=lambda case: (-len(case.entries), case.id))
