"""The fictional county as a home in a temporary folder, made once for all benchmarks of a run."""

import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from send_desk.bootstrap.demo import PASSPHRASE, fill_county
from send_desk.bootstrap.laptop import Laptop
from send_desk.domain.case import Case
from send_desk.domain.ids import Role
from send_desk.services.desk import Desk
from send_desk.storage.home import OpenHome

DAY = date(2026, 11, 18)


@dataclass
class County:
    """A made county: its laptop, and its home opened and closed as a benchmark needs it."""

    folder: Path

    @cached_property
    def laptop(self) -> Laptop:
        """The laptop on the county's home, on a fixed day."""
        return Laptop(Namespace(home=self.folder / "home", passphrase_file=None, today=DAY, json=False))

    def make(self) -> None:
        """Fill the home."""
        made = self.laptop.make_home(
            PASSPHRASE, authority="999", user="Jo Marsh", role=Role.CASEWORKER, authority_name="Harrowdale"
        )
        for _ in fill_county(self.laptop.desk_of(made), cases=300):
            pass
        made.close()

    def open(self) -> tuple[OpenHome, Desk]:
        """Open the home for writing."""
        from send_desk.storage.home import open_home

        opened = open_home(self.folder / "home", PASSPHRASE, now=self.laptop.clock.now())
        return opened, self.laptop.desk_of(opened)


@contextmanager
def county() -> Iterator[County]:
    """Make a county for the length of a block."""
    with tempfile.TemporaryDirectory(prefix="send-desk-bench-") as folder:
        made = County(Path(folder))
        made.make()
        yield made


def largest(desk: Desk) -> Case:
    """Return the case with the most entries."""
    files = (desk.store.case_file(case) for case in desk.store.case_ids())
    return max((file.case for file in files if file), key=lambda case: len(case.entries))
