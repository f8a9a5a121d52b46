"""What the window asks of the world outside it; `bootstrap` answers. Everything here runs on the worker thread."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from send_desk.domain.case import Case
from send_desk.domain.finding import Finding
from send_desk.domain.ids import Role
from send_desk.services.advice import Paper
from send_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class DraftWish:
    """What the writer wants printed: served on which day, for whom, with which findings."""

    served: date | None = None
    to: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftPaper:
    """A printed draft as bytes, with the notices of missing contributions that stand in it, and remarks on how it came
    out.
    """

    content: bytes
    sha256: str
    pages: int
    notices: tuple[str, ...]
    suggested_name: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHome:
    """What a first run asks for: who works here, for which authority, and what is to open the home.

    `recovery_key` is the file of the authority's public recovery key, None where there is none.
    """

    name: str
    authority: str
    role: Role
    passphrase: str
    authority_name: str = ""
    recovery_key: Path | None = None


class Door(Protocol):
    """The home behind the lock, and the adapters that the window may not import."""

    @property
    def home(self) -> Path:
        """The folder of the home, as the unlock screen names it."""
        ...

    @property
    def hint(self) -> str:
        """What the unlock screen says beside the passphrase, such as that of the fictional county; else empty."""
        ...

    @property
    def resources(self) -> Path:
        """The folder of fonts and icons."""
        ...

    @property
    def has_home(self) -> bool:
        """Whether a home stands in the folder; where none does, the window offers to make one."""
        ...

    def warm_up(self) -> None:
        """Make ready what an unlocking needs, while the person types the passphrase."""
        ...

    def create(self, wish: NewHome) -> Desk:
        """Make a home and open it; a passphrase that is too short, or a key file that is none, is a KnownError."""
        ...

    def unlock(self, passphrase: str) -> Desk:
        """Open the home; a wrong passphrase and all other trouble of the world come as KnownError with words."""
        ...

    def back_up(self) -> bool:
        """Make today's encrypted backup if it is still to be made; tell whether one was made."""
        ...

    def back_up_now(self) -> Path:
        """Make an encrypted backup whether or not one is due, and return where it is."""
        ...

    def backups(self) -> tuple[Path, ...]:
        """Return the backups that are kept, the newest first."""
        ...

    def lock(self) -> None:
        """Close the store and drop the key."""
        ...

    def change_passphrase(self, old: str, new: str) -> None:
        """Let a new passphrase open the home from now on."""
        ...

    def paper(self, path: Path) -> tuple[Paper, str]:
        """Read a file and its text, with a remark where the text could not be read."""
        ...

    def draft(self, case: Case, wish: DraftWish) -> DraftPaper:
        """Make the printed draft of a case."""
        ...

    def write(self, path: Path, content: bytes) -> None:
        """Write a file whole or not at all."""
        ...
