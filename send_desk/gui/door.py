"""What the window asks of the world outside it; `bootstrap` answers. Everything here runs on the worker thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from send_desk.domain.case import Case
    from send_desk.domain.finding import Finding
    from send_desk.domain.ids import Role
    from send_desk.services.advice import Paper
    from send_desk.services.desk import Desk
    from send_desk.services.importing import Layout
    from send_desk.services.syncing import Outcome, Progress
    from send_desk.services.tables import Table
    from send_desk.wire.messages import LookedAnswer


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


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolWish:
    """What connecting to an office asks for; `ca` is the file of a private authority's certificate, if there is one."""

    hub: str
    user: str
    password: str
    ca: Path | None = None


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

    @property
    def is_destroyed(self) -> bool:
        """Whether a home stood in the folder whose key was destroyed: nothing opens it any more."""
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

    def tables(self, paths: Sequence[Path]) -> Sequence[Table]:
        """Read the tables of CSV and XLSX files; one that cannot be read says why."""
        ...

    def layouts(self) -> Sequence[Layout]:
        """Return the layouts of lists that councils have."""
        ...

    def draft(self, case: Case, wish: DraftWish) -> DraftPaper:
        """Make the printed draft of a case."""
        ...

    def write(self, path: Path, content: bytes) -> None:
        """Write a file whole or not at all."""
        ...

    # What follows may wait for a network: it runs on the line's own worker. Trouble comes as the errors of
    # `services.office`, in words.

    def enrol(self, wish: EnrolWish) -> Desk:
        """Bind the open home to an account of the office; return the desk with the account's name and role."""
        ...

    def sign_in(self, user: str, password: str) -> Desk:
        """Renew what the office gave this laptop; return the desk."""
        ...

    def sync(self, case: str, told: Callable[[Progress], None]) -> Outcome:
        """Send what waits (of one case first, where it is named) and take in what came; `told` may raise to stop it."""
        ...

    def issue(self, case: str, reason: str) -> None:
        """Make the plan of a case final at the office, with a manager's reason where findings hold it."""
        ...

    def stop_sync(self) -> None:
        """Close the connection of a running sync at once; called on the GUI thread, and waits for nothing."""
        ...

    def looked(self, case: str) -> LookedAnswer:
        """Ask the office who looked at a file."""
        ...
