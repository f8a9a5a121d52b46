"""What the commands ask of the world around them; `bootstrap` answers."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from send_desk.domain.case import Case
from send_desk.domain.checks.lists import CheckLists
from send_desk.domain.finding import Finding
from send_desk.domain.ids import Role
from send_desk.domain.rulebook import RuleBook
from send_desk.services.advice import Paper
from send_desk.services.desk import Desk
from send_desk.services.office import Door, Office
from send_desk.services.ports import Ids
from send_desk.services.tables import Table

if TYPE_CHECKING:
    from send_desk.services.importing import Layout


@dataclass(frozen=True, slots=True)
class Drawn:
    """A rendering as bytes, with what its answer tells: the notices of missing contributions that stand in it, and
    remarks on how it came out, such as letters that the typeface lacks.
    """

    content: bytes
    sha256: str
    pages: int
    notices: tuple[str, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printing:
    """What is to be printed: which rendering in which form, served when, for whom."""

    rendering: str
    form: str
    served: date | None = None
    to: str = ""
    findings: tuple[Finding, ...] = ()


class World(Protocol):
    """The adapters behind the commands: files, the store, paper, the window."""

    def today(self) -> date:
        """Return the day the commands work on."""
        ...

    def ids(self) -> Ids:
        """Return new ids."""
        ...

    def rulebooks(self) -> Mapping[str, RuleBook]:
        """Return the law by framework id."""
        ...

    def lists(self) -> CheckLists:
        """Return the word lists of the checks."""
        ...

    def desk(self, *, writing: bool, lapsed: bool = False) -> AbstractContextManager[Desk]:
        """Unlock the home for the length of a block; with `lapsed` even where the office must be asked first."""
        ...

    def door(self) -> Door:
        """Return how the home presents itself to a hub."""
        ...

    def office(self, desk: Desk) -> AbstractContextManager[Office]:
        """Reach the office of an enrolled home for the length of a block."""
        ...

    def password(self, file: Path | None) -> str:
        """Return the password at the office: from a file, or typed."""
        ...

    def machine(self) -> str:
        """Return what this machine is called among those who look after it."""
        ...

    def version(self) -> str:
        """Return the version of this program."""
        ...

    def init(self, *, authority: str, user: str, role: Role, recovery_key: Path | None) -> Mapping[str, object]:
        """Make a home with a local user; return what was made."""
        ...

    def recover(self, private_key: Path) -> None:
        """Give the home a new passphrase by the authority's recovery key."""
        ...

    def change_passphrase(self) -> None:
        """Ask for a new passphrase and let it open the home from now on."""
        ...

    def backup(self, to: Path | None) -> Path:
        """Write an encrypted backup; return where it is."""
        ...

    def restore(self, source: Path) -> Path:
        """Replace the store by a backup; return where the replaced one is kept."""
        ...

    def rebuild(self) -> int:
        """Compute every projection anew from the log; return the number of records."""
        ...

    def doctor(self) -> Mapping[str, object]:
        """Return the state of the home and the machine, without personal data."""
        ...

    def paper(self, path: Path) -> tuple[Paper, str]:
        """Read a file and its text; return it with a remark where its text could not be read."""
        ...

    def tables(self, paths: Sequence[Path]) -> Sequence[Table]:
        """Read the tables of CSV and XLSX files."""
        ...

    def layouts(self) -> "Sequence[Layout]":
        """Return the layouts of lists that councils have."""
        ...

    def draw(self, desk: Desk, case: Case, printing: Printing) -> Drawn:
        """Make a rendering of a case."""
        ...

    def read(self, path: Path) -> bytes:
        """Return a file's bytes; what is wrong with it is said in words."""
        ...

    def write(self, path: Path, content: bytes) -> None:
        """Write a file whole or not at all."""
        ...

    def window(self) -> int:
        """Open the window; return the exit status."""
        ...

    def demo(self, *, headless: bool, manager: bool) -> Mapping[str, object] | int:
        """Make the fictional county's home and open the window on it, or draft one of its cases without a window."""
        ...
