"""What an administrator does at the centre: people, teams, cases, laptops, redactions, and what may be known of them.

Every act is written into the audit log with the database's login that did it. What cannot be done is said in words.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from send_desk.domain.errors import Cannot, Refused, WrongUse
from send_desk.domain.ids import Role
from send_desk.wire.packed import Packed, mark_of

from .central import Away, Denied
from .office_lines import AuditLine, CaseLine, Enrolment, LaptopCase, LaptopReport, RefusedLine, TeamLine, UserLine
from .rows import to_packed
from .session import Session, only

_ROLE = "send_desk_administrator"
_PATIENCE = 15.0
_PAGE = 1000
_LAST = 2**63 - 1

_WORDS = {
    "no-authority": "This database holds no authority of that code. Make it with: send-desk-hub init.",
    "no-user": "There is no user of that name.",
    "no-team": "There is no team of that name.",
    "no-case": "There is no case of that name in the office copy.",
    "no-device": "There is no laptop of that id. The command enrolments lists them.",
    "user-known": "There is a user of that name already. Nothing was changed.",
}


class Administration:
    """The administrator's door to one authority of a central database; open it before use, as a context or by `open`.

    `authority` may be left out where the database holds exactly one. Errors, in words: `WrongUse` for a name that is
    none, `Refused`, `Cannot` where the database does not answer.
    """

    def __init__(self, url: str, *, authority: str = "", statement_timeout: float = 120.0) -> None:
        self._session = Session(url, role=_ROLE, connections=2, statement_timeout=statement_timeout, patience=_PATIENCE)
        self._authority = authority

    def open(self) -> Self:
        """Connect; `Cannot` where the database does not answer."""
        with _in_words():
            self._session.open()
        return self

    def close(self) -> None:
        """Let go of all connections."""
        self._session.close()

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def authority(self) -> str:
        """The code of the authority that is administered."""
        if not self._authority:
            found = [row["authority"] for row in self._call("authorities")]
            if len(found) != 1:
                raise WrongUse(
                    "Name the authority with --authority: this database holds "
                    + (f"{len(found)} of them." if found else "none yet.")
                )
            self._authority = found[0]
        return self._authority

    # --- people ----------------------------------------------------------------------------------------------------

    def init(self, authority: str, name: str = "") -> None:
        """Make an authority with its feed, and the keys of the hubs; run again it changes only a name that is given."""
        if not authority.strip() or not authority.isprintable():
            raise WrongUse("An authority needs a code.")
        self._call("init", authority, name)
        self._authority = authority

    def add_user(self, login: str, name: str, role: Role, password_hash: str) -> str:
        """Add a person, who signs in as `login`; return the account's id. An empty hash opens nothing."""
        if not login.strip() or not login.isprintable() or not name.strip() or not name.isprintable():
            raise WrongUse("A user needs a name.")
        return str(only(self._of("add_user", login, name, str(role), password_hash), "add_user"))

    def set_password(self, login: str, password_hash: str) -> None:
        """Give a person a new password's hash, and end a lock-out."""
        self._of("set_password", login, password_hash)

    def set_role(self, login: str, role: Role) -> None:
        """Give a person another role; every laptop is told."""
        self._of("set_role", login, str(role))

    def leave(self, login: str) -> None:
        """A person leaves: all cases are withdrawn; the laptops may still send what they hold, and read nothing."""
        self._of("leave", login)

    def users(self) -> tuple[UserLine, ...]:
        """Return all people, by login."""
        return tuple(
            UserLine(
                id=row["account"],
                login=row["login"],
                name=row["name"],
                role=Role(row["role"]),
                left=row["has_left"],
                locked_until=row["locked_until"],
                authors=tuple(row["authors"]),
            )
            for row in self._of("users")
        )

    def team(self, name: str, *, add: Sequence[str] = (), remove: Sequence[str] = (), lead: Sequence[str] = ()) -> None:
        """Make a team where there is none of the name, and change who is in it and who leads it, by login.

        Who leads a team sees every case that a member owns. Whoever is removed leads it no more.
        """
        if not name.strip() or not name.isprintable():
            raise WrongUse("A team needs a name.")
        self._of("team", name, list(add), list(remove), list(lead))

    def teams(self) -> tuple[TeamLine, ...]:
        """Return all teams with their members' logins."""
        return tuple(TeamLine(row["name"], tuple(row["members"]), tuple(row["leads"])) for row in self._of("teams"))

    # --- laptops ---------------------------------------------------------------------------------------------------

    def enrolments(self) -> tuple[Enrolment, ...]:
        """Return all laptops, the last seen first."""
        return tuple(
            Enrolment(**{("left" if name == "has_left" else name): value for name, value in row.items()})
            for row in self._of("enrolments")
        )

    def bar(self, device: str, reason: str = "") -> None:
        """Bar a laptop: it may still send, may read nothing, and is told to destroy its key."""
        self._of("bar", device, reason)

    def laptop(self, device: str) -> LaptopReport:
        """Return what may be on a laptop."""
        found = next((each for each in self.enrolments() if each.device == device), None)
        if found is None:
            raise WrongUse(_WORDS["no-device"])
        return LaptopReport(
            enrolment=found,
            cases=tuple(
                LaptopCase(
                    case=row["case_id"],
                    reference=row["reference"],
                    granted=row["sees"],
                    withdrawn_at=row["withdrawn_at"],
                    told=row["told"],
                    fetched_at=row["fetched_at"],
                    wrote_at=row["wrote_at"],
                    revisions=row["revisions"],
                )
                for row in self._of("laptop", device)
            ),
        )

    # --- cases -----------------------------------------------------------------------------------------------------

    def cases(self) -> tuple[CaseLine, ...]:
        """Return all cases, by reference."""
        return tuple(
            CaseLine(
                id=row["case_id"],
                reference=row["reference"],
                owner=row["owner"],
                owner_name=row["owner_name"],
                revisions=row["revisions"],
                bytes=row["bytes"],
                made_at=row["made_at"],
                users=tuple(row["accounts"]),
                teams=tuple(row["teams"]),
            )
            for row in self._of("cases")
        )

    def find_case(self, name: str) -> str:
        """Return the id of the case that goes by a reference, an id, or the first eight characters of one."""
        found = [row["find_case"] for row in self._of("find_case", name)]
        if len(found) != 1:
            raise WrongUse(_WORDS["no-case"] if not found else "Several cases go by that name. Name it by its id.")
        return str(found[0])

    def grant(self, case: str, *, user: str | None = None, team: str | None = None, reason: str = "") -> bool:
        """Put a person or a team on a case (by its id); return whether that is new."""
        return self._place(case, user, team, on=True, reason=reason)

    def withdraw(self, case: str, *, user: str | None = None, team: str | None = None, reason: str = "") -> bool:
        """Take a person or a team off a case (by its id); return whether they were on it.

        Whoever is in a team that is on it, or leads the owner's team, sees it still.
        """
        return self._place(case, user, team, on=False, reason=reason)

    def redact(self, case: str, revisions: Sequence[str], reason: str) -> int:
        """Empty revisions of a case for good, and attachments that only they name; return how many were emptied now.

        Ids, parents and digests stay (sync.md, rule 5). `WrongUse` where one is not of this case.
        """
        found = {row["revision"]: row for row in self._of("to_redact", case, list(revisions))}
        if len(found) < len(set(revisions)):
            raise WrongUse("A revision of that id is not in this case. Nothing was redacted.")
        ids = [each for each, row in found.items() if not row["redacted"]]
        marks = [mark_of(_emptied(each, found[each]["digest"])).digest for each in ids]
        return int(only(self._of("redact", case, ids, marks, reason), "redact"))

    def history_of(self, case: str) -> Iterator[Packed]:
        """Yield the whole history of a case in the order of records, fetched in pages."""
        record, revision = "", ""
        while rows := self._of("history_of", case, record, revision, _PAGE):
            for row in rows:
                yield to_packed(row, authority=self.authority, id_=row["revision"])
            record, revision = rows[-1]["record"], rows[-1]["revision"]

    # --- what may be known -----------------------------------------------------------------------------------------

    def audit(self, *, case: str | None = None, before: int | None = None, limit: int = 1000) -> tuple[AuditLine, ...]:
        """Return lines of the audit log, the latest first; `before` is the line of the last page's end."""
        rows = self._of("audit", case, _LAST if before is None else before, limit)
        return tuple(AuditLine(**row) for row in rows)

    def refusals(self) -> tuple[RefusedLine, ...]:
        """Return what was refused and kept aside, the oldest first."""
        return tuple(
            RefusedLine(
                user=row["login"],
                device=row["device"],
                code=row["code"],
                refused_at=row["refused_at"],
                packed=to_packed(
                    {**row, "device": row["told_device"]}, authority=row["told_authority"], id_=row["revision"]
                ),
            )
            for row in self._of("refusals")
        )

    def call(self, function: str, *values: object) -> list[dict[str, Any]]:
        """Call one of the administrator's functions for this authority and return its rows."""
        return self._of(function, *values)

    # --- within ----------------------------------------------------------------------------------------------------

    def _place(self, case: str, user: str | None, team: str | None, *, on: bool, reason: str) -> bool:
        if (user is None) == (team is None):
            raise WrongUse("Name either a user or a team.")
        return bool(only(self._of("place", case, user, team, on, reason), "place"))

    def _of(self, function: str, *values: object) -> list[dict[str, Any]]:
        return self._call(function, self.authority, *values)

    def _call(self, function: str, *values: object) -> list[dict[str, Any]]:
        with _in_words():
            return self._session.call(f"send_desk_office.{function}", *values)


def _emptied(revision: str, digest: bytes) -> Packed:
    """Return as much of a redacted revision as its mark is made of."""
    return Packed(revision, "", "", "", "", (), "", "", "", 0, b"", redacted=digest)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except Denied as fault:
        words = _WORDS.get(fault.code)
        if words is None:
            raise Refused(f"The central database refused this ({fault.code}). Nothing was changed.") from fault
        raise WrongUse(words) from fault
    except Away as fault:
        raise Cannot(
            "The central database does not answer. Nothing was changed. Look whether it runs, then try again."
        ) from fault
