"""The central database as the hub knows it: `Central` answered by the functions of `migrations/central`.

The service's role may execute these functions and nothing else; each of them checks who calls and what he may.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Any, Self

from send_desk.domain.ids import Role
from send_desk.wire import refusals
from send_desk.wire.messages import Person, Read
from send_desk.wire.packed import Mark

from .central import Account, Caller, Denied, Device, Offered, Page, Taken, Whole
from .histories import PAGE, histories
from .rows import columns_of, columns_of_expected, columns_of_reads, is_storable, to_event, to_packed
from .session import Link, Session, only

SERVICE = "send_desk_service"
LARGEST_BLOB = 100 * 1024 * 1024
"""The most bytes of one attachment: the database puts it together once, to know that it is what it says."""

_SCAN = 50_000
_BYTES = 8 * 1024 * 1024


class Database:
    """The functions of one central database over a pool of connections; open it before use, as a context or by `open`.

    `statement_timeout` and `patience`, the time to wait for a connection, are in seconds. A page looks through at most
    `scan` positions of the feed and carries about `page_bytes` bytes. Errors: `Denied`, and `Away` where the database
    does not answer.
    """

    def __init__(
        self,
        url: str,
        *,
        connections: int = 8,
        statement_timeout: float = 30.0,
        patience: float = 5.0,
        scan: int = _SCAN,
        page_bytes: int = _BYTES,
    ) -> None:
        self._session = Session(
            url, role=SERVICE, connections=connections, statement_timeout=statement_timeout, patience=patience
        )
        self._scan = scan
        self._bytes = page_bytes

    def open(self) -> Self:
        """Connect; `Away` where the database does not answer."""
        self._session.open()
        return self

    def close(self) -> None:
        """Let go of all connections."""
        self._session.close()

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def version(self) -> str:
        """Return the migration that the database stands at."""
        return str(only(self._session.call("send_desk_hub.version"), "version"))

    def authorities(self) -> tuple[str, ...]:
        """Return the codes of the authorities that the database holds."""
        return tuple(row["authorities"] for row in self._session.call("send_desk_hub.authorities"))

    # --- who is there ----------------------------------------------------------------------------------------------

    def key(self, use: str) -> bytes:
        """Return the 32-byte key of one use (`token`, `receipt`)."""
        value = only(self._session.call("send_desk_hub.key", use), "key")
        if value is None:
            raise Denied(refusals.BAD_CALL)
        return bytes(value)

    def account(self, authority: str, login: str) -> Account | None:
        """Return the account of a login name, compared without case; None where there is none."""
        if "\0" in login:
            return None
        rows = self._session.call("send_desk_hub.account", authority, login)
        return _account(rows[0]) if rows else None

    def signed_in(self, authority: str, account: str, *, good: bool) -> datetime | None:
        """Note a sign-in that went well or not; return until when the account is locked out, if it now is."""
        until: datetime | None = only(
            self._session.call("send_desk_hub.signed_in", authority, account, good), "signed_in"
        )
        return until

    def enrol(self, device: Device, *, author: str, machine: str, version: str) -> None:
        """Enrol a laptop and bind the id that its revisions carry to the account.

        `Denied` with `wrong-author` or `wrong-device` where the id is another person's, `barred` where the laptop is.
        """
        self._session.call(
            "send_desk_hub.enrol",
            device.authority,
            device.account,
            device.id,
            device.public_key,
            author,
            machine,
            version,
        )

    def device(self, device: str) -> tuple[Device, Account] | None:
        """Return an enrolled laptop with its account; None where there is none."""
        rows = self._session.call("send_desk_hub.device", device)
        if not rows:
            return None
        row = rows[0]
        found = Device(
            authority=row["authority"],
            id=device,
            account=row["account"],
            public_key=row["public_key"],
            enrolled_at=row["enrolled_at"],
            signed_in_at=row["signed_in_at"],
            barred=row["barred"],
            lease_until=row["lease_until"],
        )
        return found, _account(row)

    def renewed(self, device: str, *, version: str, signed_in: bool) -> datetime:
        """Note that a laptop was seen; return until when its lease runs. `Denied`, `lapsed`: it needs its person."""
        until: datetime = only(self._session.call("send_desk_hub.renewed", device, version, signed_in), "renewed")
        return until

    # --- the feed --------------------------------------------------------------------------------------------------

    def push(
        self,
        caller: Caller,
        offered: Sequence[Offered],
        *,
        expects: Mapping[str, Mark],
        seen: int,
        reads: Sequence[Read],
    ) -> tuple[Taken, ...]:
        """Take revisions in one transaction; each is taken, known already or refused by name."""
        sound = [one for one in offered if is_storable(one.packed)]
        if expects and len(sound) < len(offered):
            return tuple(Taken(one.packed.id, refused=refusals.UNREADABLE) for one in offered)
        with self._session.link() as link, self._session.together(link):
            if reads:
                self._session.ask(link, "send_desk_hub.note_reads", *_who(caller), *columns_of_reads(reads))
            # The feed's lock is held from the end of this function to the commit, and for nothing else.
            rows = (
                self._session.ask(
                    link, "send_desk_hub.push", *_who(caller), seen, *columns_of(sound), *columns_of_expected(expects)
                )
                if sound
                else []
            )
        answers = {
            id(one): Taken(one.packed.id, position=row["given"], refused=row["refused"], detail=row["detail"])
            for one, row in zip(sound, rows, strict=True)
        }
        return tuple(answers.get(id(one), Taken(one.packed.id, refused=refusals.UNREADABLE)) for one in offered)

    def pull(
        self, caller: Caller, *, feed: str, position: int, item: str, have: Sequence[tuple[int, int]], limit: int
    ) -> Page:
        """Return what came after a place of the feed, without positions in `have` (first and last of each range)."""
        first, *rows = self._session.call(
            "send_desk_hub.pull",
            *_who(caller),
            feed,
            position,
            item,
            [each[0] for each in have],
            [each[1] for each in have],
            min(limit, PAGE) if limit > 0 else PAGE,
            self._scan,
            self._bytes,
        )
        if not first["resync"] and first["noted"] != position:
            self._session.call("send_desk_hub.note_read_to", *_who(caller), position)
        return Page(
            feed=first["feed"],
            at=first["pos"],
            item=first["item"],
            revisions=tuple(
                to_packed(row, authority=caller.authority, id_=row["item"]) for row in rows if row["what"] == "revision"
            ),
            events=tuple(to_event(row) for row in rows if row["what"] == "event"),
            more=first["more"],
            mark=None if first["mark"] is None else Mark(first["count"], first["mark"]),
            resync=first["resync"],
        )

    @contextmanager
    def snapshot(self, caller: Caller, cases: Sequence[str]) -> Iterator[Whole]:
        """Open the whole history of those of these cases that the caller sees, or of all that he sees.

        The revisions are fetched as they are asked for, a few megabytes at a time, all of one moment.
        """
        self._session.call("send_desk_hub.note_fetch", *_who(caller), list(cases))
        with self._session.moment() as link:
            rows = self._session.ask(link, "send_desk_hub.marks", *_who(caller), list(cases))
            people = self._session.ask(link, "send_desk_hub.people", *_who(caller))
            found = [row for row in rows if row["case_id"] is not None]
            yield Whole(
                feed=rows[0]["feed"],
                at=rows[0]["pos"],
                item=rows[0]["item"],
                cases=tuple(row["case_id"] for row in found),
                count=sum(row["count"] for row in found),
                people=tuple(
                    Person(id=row["account"], name=row["name"], role=row["role"], authors=tuple(row["authors"]))
                    for row in people
                ),
                revisions=histories(
                    partial(self._page, link, caller), found, authority=caller.authority, most_bytes=self._bytes
                ),
            )

    def marks(self, caller: Caller, cases: Sequence[str]) -> tuple[str, int, str, Mapping[str, Mark]]:
        """Return the feed, the position, its item and the mark of each granted case, all of one moment."""
        rows = self._session.call("send_desk_hub.marks", *_who(caller), list(cases))
        marks = {row["case_id"]: Mark(row["count"], row["digest"]) for row in rows if row["case_id"] is not None}
        return rows[0]["feed"], rows[0]["pos"], rows[0]["item"], marks

    # --- attachments -----------------------------------------------------------------------------------------------

    def blob_have(self, caller: Caller, case: str, blobs: Sequence[str]) -> Mapping[str, tuple[int, bool]]:
        """Return how many bytes of each attachment are held for a case, and whether it is whole."""
        rows = self._session.call("send_desk_hub.blob_have", *_who(caller), case, list(blobs))
        return {row["blob"]: (row["have"], row["whole"]) for row in rows}

    def blob_put(self, caller: Caller, case: str, blob: str, *, offset: int, size: int, chunk: bytes) -> int:
        """Add a chunk where `offset` is what is held; return the bytes now held.

        `Denied`, `unreadable`: the last chunk came and the whole is not what its name says; it was dropped.
        """
        have: int = only(
            self._session.call("send_desk_hub.blob_put", *_who(caller), case, blob, offset, size, chunk, LARGEST_BLOB),
            "blob_put",
        )
        if have < 0:
            raise Denied(refusals.UNREADABLE)
        return have

    def blob_get(self, caller: Caller, case: str, blob: str, *, offset: int, most: int) -> tuple[int, bytes] | None:
        """Return the size of a whole attachment and a chunk of it; None where it is not held for this case."""
        rows = self._session.call("send_desk_hub.blob_get", *_who(caller), case, blob, offset, most)
        return (rows[0]["size"], rows[0]["chunk"]) if rows else None

    # --- who looked ------------------------------------------------------------------------------------------------

    def looked(self, caller: Caller, case: str) -> tuple[Mapping[str, object], ...]:
        """Return who opened, printed, exported or changed a file, the latest first: at, by, what, device, detail.

        `at` is ISO 8601: of a reading, the moment that the laptop told; else that at which the hub noted it.
        """
        return tuple(
            {
                "at": row["told_at"] or row["at"].isoformat(),
                "by": row["name"],
                "what": row["act"],
                "device": row["device"],
                "detail": row["detail"],
            }
            for row in self._session.call("send_desk_hub.looked", *_who(caller), case)
        )

    def _page(self, link: Link, caller: Caller, cases: list[str], after: tuple[str, str]) -> list[dict[str, Any]]:
        return self._session.ask(link, "send_desk_hub.snapshot_rows", *_who(caller), cases, *after, PAGE, self._bytes)


def _who(caller: Caller) -> tuple[str, str, str]:
    return caller.authority, caller.account, caller.device


def _account(row: Mapping[str, Any]) -> Account:
    return Account(
        authority=row["authority"],
        authority_name=row["authority_name"],
        id=row["account"],
        name=row["name"],
        role=Role(row["role"]),
        password_hash=row["password_hash"],
        locked_until=row["locked_until"],
        left=row["has_left"],
        authors=tuple(row["authors"]),
    )
